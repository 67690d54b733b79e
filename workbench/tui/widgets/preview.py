"""A pane that shows a text around a place in it, for lists of hits and passages.

It draws with the reader, which the keys pass over. Texts are read and cut into sentences in a job, and the
last few are kept, so that going up and down a list costs nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.content import Content

from workbench.model import Passage, Span
from workbench.text.inert import inert
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_marks import Mark, MarkTag

if TYPE_CHECKING:
    from workbench.tui.screens.command_screen import CommandScreen

_KEPT = 8


@dataclass(frozen=True, slots=True)
class View:
    """What to show.

    Attributes:
        text: names the text as it is now, to know it again: (article id, hash).
        heading: its title.
        place: the range to bring into view; None for the start.
        found: ranges to highlight, as offsets in the text, or in `find` where that is given.
        find: a line of the text to bring into view, for texts whose offsets are not known.
        passages: its passages, to draw over it.
    """

    text: tuple[str, object]
    heading: str
    place: Span | None = None
    found: Sequence[Span] = ()
    passages: Sequence[Passage] = ()
    find: str = ""


def marks(passages: Iterable[Passage]) -> list[Mark]:
    """Passages as a reader draws them."""
    return [
        Mark(
            one.id,
            one.start,
            one.end,
            tuple(MarkTag(tag.id, inert(tag.name), inert(tag.code), tag.color) for tag in one.tags),
            len(one.comments),
            bool(one.notes),
        )
        for one in passages
    ]


class Preview(Pane):
    """Shows one view after another; the newest wins."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        self._reader = Reader()
        self._reader.can_focus = False
        super().__init__(self._reader, id=id)
        self._documents: OrderedDict[tuple[str, object], ReaderDocument] = OrderedDict()
        self._wanted: View | None = None
        self._shown: ReaderDocument | None = None
        self._title = self._paragraph = ""

    def show(self, view: View, read: Callable[[], str]) -> None:
        """Shows a view. `read` gives its text, called in a job if the text is not at hand."""
        self._wanted = view
        document = self._documents.get(view.text)
        if document:
            self._documents.move_to_end(view.text)
            self._draw(view, document)
            return
        width = self._reader.text_width(max(self._reader.size.width, 1))

        def work() -> ReaderDocument:
            made = ReaderDocument(read())
            made.layout(width)
            return made

        screen = cast("CommandScreen[Any]", self.screen)
        screen.job(work, lambda made: self._arrived(view, made), group="preview", label="Reading")

    def clear(self) -> None:
        """Shows nothing."""
        self._wanted = self._shown = None
        self._reader.load("")
        self._title = self._paragraph = ""
        self._head()

    def on_resize(self) -> None:
        """Cuts the title anew."""
        self._head()

    def _arrived(self, view: View, document: ReaderDocument) -> None:
        self._documents[view.text] = document
        while len(self._documents) > _KEPT:
            self._documents.popitem(last=False)
        if self._wanted is view:
            self._draw(view, document)

    def _draw(self, view: View, document: ReaderDocument) -> None:
        if document is not self._shown:
            self._reader.load(document)
            self._shown = document
        place, found = view.place, view.found
        at = document.text.find(view.find) if view.find else 0
        if view.find and at >= 0:
            place, found = (at, at + len(view.find)), [(at + first, at + last) for first, last in found]
        self._reader.set_marks(marks(view.passages))
        self._reader.set_hits(found if at >= 0 else ())
        start, end = place or document.sentence(0)
        self._reader.goto(start, end)
        paragraphs = len(document.paragraphs)
        self._title = inert(view.heading)
        self._paragraph = f"¶{document.paragraph_index(start) + 1} of {paragraphs}" if paragraphs else ""
        self._head()

    def _head(self) -> None:
        """Writes the heading, its title cut to what the paragraph's number leaves."""
        room = max(self.outer_size.width - len(self._paragraph) - 11, 8)
        title = Content(self._title).truncate(room, ellipsis=True)
        self.set_heading(title.plain, self._paragraph)
