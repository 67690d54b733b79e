"""The place to write a note in: a text area that colours headings and citations, and says when to save."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text
from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from workbench.store.notes import MARKER
from workbench.tui import theme
from workbench.tui.note_page import Quote, by_name
from workbench.tui.widgets.text_area import InertTextArea

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_INDENT = "    "
_CHECKPOINTS = 200


class NoteEditor(InertTextArea):
    """Holds the text of a note while it is written; the readline keys are Textual's own.

    Attributes:
        pace: seconds between the first unsaved key press and the `Due` that asks to save.
    """

    context = "editor"
    pace = 0.5

    class Due(Message):
        """What was typed should be saved now."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, compact=True, highlight_cursor_line=False, max_checkpoints=_CHECKPOINTS)
        self._quotes: Mapping[str, Quote] = {}
        self._waiting: Timer | None = None

    def set_quotes(self, quotes: Sequence[Quote]) -> None:
        """Citations of these are drawn in the colour of their tag, others as unknown."""
        self._quotes = by_name(quotes)
        self.notify_style_update()

    def load(self, text: str) -> None:
        """Shows a text that was not typed here, the cursor staying about where it was."""
        place = self.cursor_location
        self.load_text(text)
        self.move_cursor(place)

    def cite(self, handle: str) -> int:
        """Inserts a citation at the cursor, apart from the word before it; returns its line, from 1."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        self.insert(f"{' ' if before and not before[-1].isspace() else ''}{{{{{handle}}}}}")
        return row + 1

    def indent(self) -> None:
        """Inserts four spaces, which nests any list."""
        self.insert(_INDENT)

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: inert, headings and citations coloured."""
        source = self.document.get_line(line_index)
        line = super().get_line(line_index)
        if _HEADING.match(source):
            line.stylize(Style(bold=True, color=self._color("primary")))
        for match in MARKER.finditer(source):
            line.stylize(self._citation_style(match[1].upper()), *match.span())
        return line

    def _citation_style(self, name: str) -> Style:
        quote = self._quotes.get(name)
        if quote is None or quote.lost:
            return Style(bold=True, color=self._color("error"))
        hue = None if quote.slot is None else quote.slot % theme.HUES
        ink, back = ("background", "text-muted") if hue is None else (f"on-tag-{hue}", f"tag-{hue}")
        return Style(bold=True, color=self._color(ink), bgcolor=self._color(back))

    def _color(self, variable: str) -> str:
        return self.app.theme_variables[variable]

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(self.pace, self._due)

    def _due(self) -> None:
        self._waiting = None
        self.post_message(self.Due())
