"""The reader: an article with its tagged passages, and one selection that keys and mouse move alike.

It has no key bindings and knows no project: a screen calls its methods and listens to its messages. How it
draws is in `reader_view`, how a selection moves in `reader_selection`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.geometry import Offset
from textual.message import Message

from workbench.model import Span
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_margin import LANES
from workbench.tui.widgets.reader_selection import ReaderSelection, SelectionState
from workbench.tui.widgets.reader_view import ReaderView


@dataclass(frozen=True, slots=True)
class ReaderPosition:
    """A place to come back to: the selection, and the offset of the first words on screen."""

    selection: SelectionState
    top: int


class Reader(ReaderView):
    """Shows a text and owns the selection in it; works from 20 x 3 cells up.

    Ranges are code points in the text, end exclusive. Methods that move take how many units, negative
    for backwards, and extend the selection while `extending` is on.
    """

    class ReaderMessage(Message):
        """A message of a reader; `reader` is also its `control`, for ``@on(…, "#id")``."""

        def __init__(self, reader: Reader) -> None:
            super().__init__()
            self.reader = reader

        @property
        def control(self) -> Reader:
            """The reader it comes from."""
            return self.reader

    class CursorMoved(ReaderMessage):
        """The selection changed. `sentence_index` counts from 0 and is that of the cursor's start."""

        def __init__(self, reader: Reader) -> None:
            super().__init__(reader)
            self.selection = reader.selection
            self.sentence_index = reader.sentence_index
            self.sentence_count = reader.sentence_count

    class SelectionMade(ReaderMessage):
        """The mouse chose something: a click, a drag that ended, or a stripe (`passage` is then its id)."""

        def __init__(self, reader: Reader, passage: str | None = None) -> None:
            super().__init__(reader)
            self.selection = reader.selection
            self.passage = passage

    class ReachedEnd(ReaderMessage):
        """There was nothing further that way: `direction` is 1 at the end of the text, -1 at its start."""

        def __init__(self, reader: Reader, direction: int) -> None:
            super().__init__(reader)
            self.direction = direction

    class MenuRequested(ReaderMessage):
        """The right button was pressed at a place on the screen; what is there is selected."""

        def __init__(self, reader: Reader, place: Offset) -> None:
            super().__init__(reader)
            self.selection = reader.selection
            self.place = place

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._grip: Literal["words", "minimap"] | None = None
        self._grip_word: Span = (0, 0)
        self._grip_place = Offset()
        self._dragged = False

    def load(self, text: str | ReaderDocument, *, sentences: Sequence[Span] | None = None) -> None:
        """Show a text from its start, without marks. A `ReaderDocument` made in a worker saves time here."""
        document = text if isinstance(text, ReaderDocument) else ReaderDocument(text, sentences)
        self._selection = ReaderSelection(document)
        self._hits, self._labels = (), {}
        self._layout = self._anchor = None
        self.set_marks(())
        self._reflow()
        self._scroll_to_row(0)
        self.post_message(self.CursorMoved(self))

    @property
    def selection(self) -> Span:
        """What is selected; empty only in an empty text."""
        return self._selection.span

    @property
    def cursor(self) -> Span:
        """The unit that moves: the selection itself, or the moving end of an extended one."""
        return self._selection.cursor

    @property
    def extending(self) -> bool:
        """Whether plain movement extends the selection."""
        return self._selection.extending

    @property
    def sentence_index(self) -> int:
        """Index, from 0, of the sentence in which the cursor starts."""
        return self._selection.sentence_index

    @property
    def sentence_count(self) -> int:
        """How many sentences the text has."""
        return len(self.document.sentences)

    @property
    def position(self) -> ReaderPosition:
        """The place now, for `restore`."""
        return ReaderPosition(self._selection.state, self.visible_range()[0])

    def restore(self, position: ReaderPosition) -> None:
        """Come back to a place: selection, extension and what was on screen."""
        self._act(lambda: self._selection.restore(position.selection), follow=False)
        if painter := self._ready():
            self._scroll_to_row(painter.layout.row_of(position.top))

    def goto(self, start: int, end: int) -> None:
        """Select a range and bring it comfortably into view."""
        self._act(lambda: self._selection.select(start, end))

    def move_sentence(self, n: int) -> None:
        """Move by sentences."""
        self._act(lambda: self._selection.move_sentence(n), n)

    def move_word(self, n: int) -> None:
        """Move by words; from a sentence, into it."""
        self._act(lambda: self._selection.move_word(n), n)

    def move_paragraph(self, n: int) -> None:
        """Move to the first sentence of another paragraph."""
        self._act(lambda: self._selection.move_paragraph(n), n)

    def extend_sentence(self, n: int) -> None:
        """Move the moving end by sentences, the anchor staying."""
        self._act(lambda: self._selection.move_sentence(n, extend=True), n)

    def extend_word(self, n: int) -> None:
        """Move the moving end by words, the anchor staying."""
        self._act(lambda: self._selection.move_word(n, extend=True), n)

    def to_start(self) -> None:
        """Move to the first sentence."""
        self._act(lambda: self._selection.move_to(0))

    def to_end(self) -> None:
        """Move to the last sentence."""
        self._act(lambda: self._selection.move_to(len(self.document.text)))

    def page(self, n: int) -> None:
        """Turn `n` screens, two rows overlapping; the cursor keeps its place on screen."""
        self._turn(n * max(self.size.height - 2, 1))

    def half_page(self, n: int) -> None:
        """Turn `n` half screens."""
        self._turn(n * max(self.size.height // 2, 1))

    def toggle_extending(self) -> bool:
        """Switch whether plain movement extends (`v`), and give the new state."""
        return self._selection.toggle_extending()

    def clear_extension(self) -> None:
        """Back to the cursor alone, extending no more."""
        self._act(self._selection.clear_extension)

    def select_word(self) -> None:
        """Select the word where the cursor starts."""
        self._act(self._selection.select_word)

    def select_sentence(self) -> None:
        """Select the whole sentences the selection touches."""
        self._act(self._selection.select_sentence)

    def select_paragraph(self) -> None:
        """Select the paragraph where the selection starts."""
        self._act(self._selection.select_paragraph)

    def select_quoted(self) -> bool:
        """Select the quoted speech around the selection's start; False where there is none."""
        return self._act(self._selection.select_quoted)

    def grow_selection(self) -> bool:
        """Select the next larger unit around the selection; False where there is none."""
        return self._act(self._selection.grow)

    def shrink_selection(self) -> bool:
        """Take back a growth, or select the next smaller unit; False where there is none."""
        return self._act(self._selection.shrink)

    def visible_sentences(self) -> list[int]:
        """Indices of the sentences that start on screen."""
        start, end = self.visible_range()
        document = self.document
        around = range(document.sentence_index(start), document.sentence_index(end) + 1)
        return [index for index in around if start <= document.sentence(index)[0] < end]

    def visible_words(self) -> list[Span]:
        """The words that start on screen."""
        return self.document.words_between(*self.visible_range())

    def show_labels(self, labels: Mapping[int, str]) -> None:
        """Draw a label over the first cells of each of these sentences, given by index."""
        self.show_labels_at({self.document.sentence(index)[0]: text for index, text in labels.items()})

    def _act(self, change: Callable[[], bool | None], towards: int = 0, follow: bool = True) -> bool:
        """Change the selection, repaint what differs, follow the cursor, tell. False: nothing to do."""
        before, extending = self.selection, self.extending
        if change() is False:
            if towards:
                self.post_message(self.ReachedEnd(self, 1 if towards > 0 else -1))
            return False
        self._refresh_changed(before, self.selection)
        if follow:
            self._show(self.cursor, (towards > 0) - (towards < 0))
        if before != self.selection or extending != self.extending:
            self.post_message(self.CursorMoved(self))
        return True

    def _turn(self, rows: int) -> None:
        """Scroll by rows; the cursor goes to a sentence that starts in view, near its old place on screen. A
        sentence longer than the screen is scrolled through."""
        painter = self._ready()
        if painter is None:
            return
        top, bottom = self._visible_rows()
        row = min(max(painter.layout.row_of(self.cursor[0]), top), bottom) + rows
        offset = painter.layout.span(min(max(row, 0), painter.layout.rows - 1))[0]
        self._scroll_to_row(top + rows)
        starts = [self.document.sentence(index)[0] for index in self.visible_sentences()]
        nearest = min(starts, key=lambda start: abs(start - offset), default=offset)
        if self._visible_rows()[0] == top and self.document.sentence_index(nearest) == self.sentence_index:
            self.move_sentence(1 if rows > 0 else -1)
        else:
            self._act(lambda: self._selection.move_to(nearest), follow=False)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the words or of the minimap; the right button selects and asks for a menu."""
        painter = self._ready()
        if painter is None:
            return
        self._dragged = False
        if event.button == 3:
            offset = self._offset_at(event)
            if not self.selection[0] <= offset < self.selection[1]:
                self._act(lambda: self._selection.move_to(offset), follow=False)
            self.post_message(self.MenuRequested(self, event.screen_offset))
        elif event.button == 1:
            self._grip_place = event.offset
            self._grip = "minimap" if event.x >= painter.geometry.width - 1 else "words"
            self._grip_word = self._word_under(event)
            self.capture_mouse()
            if self._grip == "minimap":
                self._scroll_to_minimap(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag: a range of whole words, scrolling past the edges; on the minimap, the view."""
        if self._grip == "minimap":
            self._scroll_to_minimap(event.y)
        elif self._grip and (self._dragged or event.offset != self._grip_place):
            self._dragged = True
            if not 0 <= event.y < self.size.height:
                self._scroll_to_row(self._top + (1 if event.y > 0 else -1))
            word = self._word_under(event)
            self._act(lambda: self._selection.select_range(self._grip_word, word), follow=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._grip:
            self.release_mouse()
            if self._dragged:
                self.post_message(self.SelectionMade(self))
            self._dragged = self._dragged or self._grip == "minimap"
            self._grip = None

    def on_click(self, event: events.Click) -> None:
        """Select a sentence, with a second click a word, a third a paragraph; beside the words, a passage."""
        painter = self._ready()
        if painter is None or event.button != 1 or self._dragged:
            return
        if passage := self._passage_under(event):
            self.post_message(self.SelectionMade(self, passage))
            return
        selection, offset = self._selection, self._offset_at(event)
        self._act(lambda: selection.move_to(offset, extend=event.shift), follow=False)
        if event.chain == 2:
            word = self._word_under(event)
            self._act(lambda: selection.select(*word, unit="word"), follow=False)
        elif event.chain > 2:
            self._act(selection.select_paragraph, follow=False)
        self.post_message(self.SelectionMade(self))

    def _passage_under(self, event: events.MouseEvent) -> str | None:
        """Select the passage whose stripe or label is under the mouse, and give its id."""
        painter = self._ready()
        if painter is None:
            return None
        row, mark = self._top + event.y, None
        if event.x < LANES:
            stripe = painter.margin.stripe(row, event.x)
            mark = stripe.mark if stripe else None
        elif painter.geometry.side_width and event.x >= painter.geometry.side:
            mark = next(iter(painter.margin.starting(row)), None)
        if mark is None:
            return None
        start, end = mark.start, mark.end
        self._act(lambda: self._selection.select(start, end), follow=False)
        return mark.passage

    def _offset_at(self, event: events.MouseEvent) -> int:
        painter = self._ready()
        return painter.offset_at(self._top + event.y, event.x - painter.geometry.text) if painter else 0

    def _word_under(self, event: events.MouseEvent) -> Span:
        offset = self._offset_at(event)
        return self.document.word_at(offset) or self.document.snap(offset, offset)

    def _scroll_to_minimap(self, y: int) -> None:
        """Bring the part of the text that a cell of the minimap stands for to the middle of the screen."""
        height = max(self.size.height, 1)
        self._scroll_to_row(y * self.virtual_size.height // height - height // 2)
