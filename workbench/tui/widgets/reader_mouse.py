"""What the mouse does in a reader: clicks, drags, stripes, the minimap, the right button.

Between a press and a release the reader keeps the mouse, wherever it goes. Terminals that do not tell of a
release outside their window tell of a move without a button afterwards, which counts as the release.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, cast

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.timer import Timer

from workbench.model import Span
from workbench.tui.widgets.reader_margin import LANES
from workbench.tui.widgets.reader_view import ReaderView

if TYPE_CHECKING:
    from workbench.tui.widgets.reader import Reader

SCROLL_EVERY = 0.06
"""Seconds a row while a drag is held past an edge."""


class ReaderMessage(Message):
    """A message of a reader; `reader` is also its `control`, for ``@on(…, "#id")``.

    Attributes:
        selection: what was selected when it was sent.
    """

    def __init__(self, reader: ReaderView) -> None:
        super().__init__()
        self.reader = cast("Reader", reader)
        self.selection = self.reader.selection

    @property
    def control(self) -> Reader:
        """The reader it comes from."""
        return self.reader


class ReaderMouse(ReaderView):
    """The mouse half of `Reader`."""

    class SelectionMade(ReaderMessage, namespace="reader"):
        """The mouse chose something: a click, or a stripe or label (`passage` is then its id)."""

        def __init__(self, reader: ReaderView, passage: str | None = None) -> None:
            super().__init__(reader)
            self.passage = passage

    class Dragged(ReaderMessage, namespace="reader"):
        """A drag selected a range and ended at a `place` on the screen."""

        def __init__(self, reader: ReaderView, place: Offset) -> None:
            super().__init__(reader)
            self.place = place

    class MenuRequested(ReaderMessage, namespace="reader"):
        """The right button was pressed at a `place` on the screen; what is there is selected."""

        def __init__(self, reader: ReaderView, place: Offset) -> None:
            super().__init__(reader)
            self.place = place

    class Scrolled(ReaderMessage, namespace="reader"):
        """The wheel turned over the text."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._grip: Literal["words", "minimap"] | None = None
        self._grip_word: Span = (0, 0)
        self._grip_place = self._pointer = Offset()
        self._dragged = False
        self._scroller: Timer | None = None

    def _act(self, change: Callable[[], bool | None], towards: int = 0, follow: bool = True) -> bool:
        """Change the selection, repaint, follow the cursor, tell. To be overridden."""
        raise NotImplementedError

    @property
    def selected_region(self) -> Region:
        """The rows of the screen that the selection is drawn in; without height where it is out of view."""
        painter = self._ready()
        start, end = self._selection.span
        if painter is None:
            return Region()
        first, last = painter.layout.row_of(start), painter.layout.row_of(max(end - 1, start))
        rows = Region(0, first - self._top, self.size.width, last + 1 - first)
        return rows.intersection(self.size.region).translate(self.content_region.offset)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the words or of the minimap; the right button selects and asks for a menu."""
        painter = self._ready()
        if painter is None:
            return
        self._dragged = False
        if event.button == 3:
            start, end = self._selection.span
            offset = self._offset_at(event.offset)
            if not self._passage_under(event.offset) and not start <= offset < end:
                self._act(lambda: self._selection.move_to(offset), follow=False)
            self.post_message(self.MenuRequested(self, event.screen_offset))
        elif event.button == 1:
            self._grip_place = event.offset
            self._grip = "minimap" if event.x >= painter.geometry.width - 1 else "words"
            self._grip_word = self._word_under(event.offset)
            self.capture_mouse()
            if self._grip == "minimap":
                self._scroll_to_minimap(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag: a range of whole words, scrolling past the edges; on the minimap, the view."""
        if self._grip and not event.button:
            self._let_go(event.screen_offset)
        elif self._grip == "minimap":
            self._scroll_to_minimap(event.y)
        elif self._grip and (self._dragged or event.offset != self._grip_place):
            self._dragged = True
            self._pointer = event.offset
            self._drag()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self._let_go(event.screen_offset)

    def on_click(self, event: events.Click) -> None:
        """Select a sentence; a second click the word, a third the sentence again, a fourth the paragraph.

        Beside the words, select a passage.
        """
        if self._ready() is None or event.button != 1 or self._dragged:
            return
        if passage := self._passage_under(event.offset):
            self.post_message(self.SelectionMade(self, passage))
            return
        selection, offset = self._selection, self._offset_at(event.offset)
        self._act(lambda: selection.move_to(offset, extend=event.shift), follow=False)
        if event.chain == 2:
            word = self._word_under(event.offset)
            self._act(lambda: selection.select(*word, unit="word"), follow=False)
        elif event.chain > 3:
            self._act(selection.select_paragraph, follow=False)
        self.post_message(self.SelectionMade(self))

    def on_mouse_scroll_down(self) -> None:
        """Tell of the wheel; scrolling is done by the widget, and the selection stays."""
        self.post_message(self.Scrolled(self))

    def on_mouse_scroll_up(self) -> None:
        """Tell of the wheel."""
        self.post_message(self.Scrolled(self))

    def _let_go(self, place: Offset) -> None:
        if self._grip is None:
            return
        self.release_mouse()
        self._stop_scrolling()
        if self._dragged:
            self.post_message(self.Dragged(self, place))
        self._dragged = self._dragged or self._grip == "minimap"
        self._grip = None

    def _drag(self) -> None:
        """Select up to the pointer; while it is past an edge, scroll a row, and soon another."""
        height = self.size.height
        past = (self._pointer.y >= height) - (self._pointer.y < 0)
        if past:
            self._scroll_to_row(self._top + past)
            self._scroller = self._scroller or self.set_interval(SCROLL_EVERY, self._drag)
        else:
            self._stop_scrolling()
        word = self._word_under(Offset(self._pointer.x, min(max(self._pointer.y, 0), height - 1)))
        self._act(lambda: self._selection.select_range(self._grip_word, word), follow=False)

    def _stop_scrolling(self) -> None:
        if self._scroller:
            self._scroller.stop()
            self._scroller = None

    def _passage_under(self, place: Offset) -> str | None:
        """Select the passage whose stripe or label is at a place in the widget, and give its id."""
        painter = self._ready()
        if painter is None:
            return None
        row, mark = self._top + place.y, None
        if place.x < LANES:
            stripe = painter.margin.stripe(row, place.x)
            mark = stripe.mark if stripe else None
        elif painter.geometry.side_width and painter.geometry.side <= place.x < painter.geometry.width - 1:
            mark = next(iter(painter.margin.starting(row)), None)
        if mark is None:
            return None
        start, end = mark.start, mark.end
        self._act(lambda: self._selection.select(start, end), follow=False)
        return mark.passage

    def _offset_at(self, place: Offset) -> int:
        painter = self._ready()
        return painter.offset_at(self._top + place.y, place.x - painter.geometry.text) if painter else 0

    def _word_under(self, place: Offset) -> Span:
        offset = self._offset_at(place)
        return self.document.word_at(offset) or self.document.snap(offset, offset)

    def _scroll_to_minimap(self, y: int) -> None:
        """Bring the part of the text that a cell of the minimap stands for to the middle of the screen."""
        height = max(self.size.height, 1)
        self._scroll_to_row(y * self.virtual_size.height // height - height // 2)
