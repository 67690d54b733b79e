"""A note to read: its lines, its quotations in place, and a cursor that goes from citation to citation.

It has no keys and knows no project: a screen calls its methods and listens to its messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from workbench.tui.note_page import Quote, by_name
from workbench.tui.widgets.note_layout import NoteLayout, Stop, pointed_at, visible_stops
from workbench.tui.widgets.note_markdown import Line, lines_of

MEASURE = 80
"""Most cells a row takes."""
OVERLAP = 2
"""Rows that two screens have in common when pages are turned."""


class NoteView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a note's body with live quotations.

    Attributes:
        at: index of the citation under the cursor; 0 where there is none.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"note-view--empty"}
    DEFAULT_CSS = Path(__file__).with_name("note_view.tcss").read_text(encoding="utf-8")

    class Chosen(Message):
        """A citation was clicked; the cursor is on it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.at = 0
        self._empty = ""
        self._lines: Sequence[Line] = ()
        self._quotes: Mapping[str, Quote] = {}
        self._rows: Sequence[Content] = ()
        self._stops: Sequence[Stop] = ()

    def show(self, body: str, quotes: Sequence[Quote], empty: str = "") -> None:
        """Shows a body and the quotes known to it; the cursor keeps its place. An empty one says `empty`."""
        self._empty = empty
        self._lines = lines_of(body)
        self._quotes = by_name(quotes)
        self._lay_out()

    @property
    def quote(self) -> Quote | None:
        """The quote under the cursor; None where there is none, or nothing is known of it."""
        return self._quotes.get(self._stops[self.at].name) if self._stops else None

    def move(self, step: int) -> None:
        """Goes on by citations, or by rows where there is none further that way."""
        if 0 <= self.at + step < len(self._stops):
            self.goto(self.at + step)
        else:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)

    def goto(self, index: int) -> None:
        """Puts the cursor on a citation and scrolls it into view."""
        if 0 <= index < len(self._stops):
            self.at = index
            self.refresh()
            self._show_cursor()

    def goto_passage(self, passage: str) -> bool:
        """Puts the cursor on the first citation of a passage; False where it is not cited."""
        for index, stop in enumerate(self._stops):
            quote = self._quotes.get(stop.name)
            if quote and quote.passage == passage:
                self.goto(index)
                return True
        return False

    def page(self, pages: int) -> None:
        """Scrolls by screens; the cursor goes to a citation in sight, if there is one."""
        rows = max(self.size.height - OVERLAP, 1)
        self.scroll_to(y=self.scroll_offset.y + pages * rows, animate=False)
        seen = list(visible_stops(self._stops, int(self.scroll_offset.y), self.size.height))
        if seen and self.at not in seen:
            self.at = seen[0] if pages > 0 else seen[-1]
            self.refresh()

    def to_edge(self, *, top: bool) -> None:
        """Goes to the top or the bottom."""
        self.at = 0 if top else max(len(self._stops) - 1, 0)
        self.refresh()
        self.scroll_to(y=0 if top else len(self._rows), animate=False)

    def render_line(self, y: int) -> Strip:
        """Draws one line of the viewport."""
        width = self.scrollable_content_region.width
        row = y + int(self.scroll_offset.y)
        content = self._rows[row] if row < len(self._rows) else Content("")
        if self.has_focus and self._stops and row == self._stops[self.at].last - 1:
            content = pointed_at(content, self._stops[self.at])
        if not self._lines and y == 0:
            content = Content(self._empty).stylize(self.get_visual_style("note-view--empty"))
        cut = content.truncate(width, ellipsis=True)
        return Visual.to_strips(self, cut, width, 1, self.visual_style, pad=True)[0]

    def on_resize(self) -> None:
        """Wraps anew and keeps the cursor in view."""
        self._lay_out()
        if self.at:
            self._show_cursor()

    def notify_style_update(self) -> None:
        """Another theme has other tag colours."""
        super().notify_style_update()
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Chooses the citation under the mouse; a quotation by any of its rows."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y + int(self.scroll_offset.y)
        for index, stop in enumerate(self._stops):
            on_mark = row == stop.last - 1 and 0 <= offset.x - stop.left < stop.size
            if on_mark or stop.first <= row < stop.last - 1:
                self.goto(index)
                self.post_message(self.Chosen())
                return

    def _lay_out(self) -> None:
        width = min(self.scrollable_content_region.width, MEASURE)
        if not self.is_mounted or width <= 0:
            return
        layout = NoteLayout(self._lines, self._quotes, width)
        if layout.stops and self.at >= len(layout.stops):
            self.at = len(layout.stops) - 1
        self._rows, self._stops = layout.rows, layout.stops
        self.virtual_size = Size(0, len(self._rows))
        self.refresh()

    def _show_cursor(self) -> None:
        if not self._stops:
            return
        stop = self._stops[self.at]
        top, height = int(self.scroll_offset.y), self.size.height
        if stop.first < top:
            self.scroll_to(y=max(stop.first - 1, 0), animate=False)
        elif stop.last > top + height:
            self.scroll_to(y=min(stop.last + 1 - height, stop.first), animate=False)
