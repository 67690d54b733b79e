"""The reader: an article with its tagged passages, and one selection that keys and mouse move alike.

It has no key bindings and knows no project: a screen calls its methods and listens to its messages. How it
draws is in `reader_view`, what the mouse does in `reader_mouse`, how a selection moves in `reader_selection`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.model import Span
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_mouse import ReaderMessage, ReaderMouse
from workbench.tui.widgets.reader_selection import ReaderSelection, SelectionState


@dataclass(frozen=True, slots=True)
class ReaderPosition:
    """A place to come back to: the selection, and the offset of the first words on screen."""

    selection: SelectionState
    top: int


class Reader(ReaderMouse):
    """Shows a text and owns the selection in it; works from 20 x 3 cells up.

    Ranges are code points in the text, end exclusive. Methods that move take how many units, negative
    for backwards, and extend the selection while `extending` is on.
    """

    class CursorMoved(ReaderMessage, namespace="reader"):
        """The selection changed. `sentence_index` counts from 0 and is that of the cursor's start."""

        def __init__(self, reader: Reader) -> None:
            super().__init__(reader)
            self.sentence_index = reader.sentence_index
            self.sentence_count = reader.sentence_count

    class ReachedEnd(ReaderMessage, namespace="reader"):
        """There was nothing further that way: `direction` is 1 at the end of the text, -1 at its start."""

        def __init__(self, reader: Reader, direction: int) -> None:
            super().__init__(reader)
            self.direction = direction

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
