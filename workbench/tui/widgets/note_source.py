"""The source of a citation beside the note: its article, the passage selected, the keys let in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.model import Passage
from workbench.tui.note_page import Quote
from workbench.tui.widgets.preview import Preview, View
from workbench.tui.widgets.reader import Reader


class SourcePane(Preview):
    """A preview in which one can walk about."""

    context = "source"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._reader.can_focus = True

    @property
    def reader(self) -> Reader:
        """What draws the article, and holds the selection in it."""
        return self._reader

    def open(self, quote: Quote, passages: Sequence[Passage], read: Callable[[], str]) -> None:
        """Shows the article of a quote with its annotated passages, the quoted one selected.

        Args:
            read: gives the article's text; called in a job.
        """
        view = View(("article", quote.article), quote.source, (quote.start, quote.end), passages=passages)
        self.show(view, read)
