"""Choosing a quotation to put into a note: its own first, then the latest; typing searches all quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import AwaitMount
from textual.widgets import Input

from workbench.tui.note_page import Quote
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.narrowing import NarrowingDialog
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.note_quotes import flat_row
from workbench.tui.widgets.pane import Pane, query_line

if TYPE_CHECKING:
    from workbench.project import Project

LIMIT = 100
"""Most quotes that are listed."""
_NONE = "No passages yet: in the reading room {passage.tag} tags one, {passage.note} adds one to a note"
_NO_MATCH = "No quote like that: {pick.cancel} leaves without one"


class QuotationScreen(NarrowingDialog[Quote]):
    """Closes with the chosen quote, or None."""

    context = "quotation"
    CSS_PATH = "quotation.tcss"

    def __init__(self, own: Sequence[Quote]) -> None:
        """`own` are the quotes of the note."""
        super().__init__()
        living = [quote for quote in own if not quote.lost]
        self._known: dict[str, Quote] = {}
        self._own = sorted(living, key=lambda quote: quote.number is not None)

    def compose_body(self) -> ComposeResult:
        """A line to type in, over the list."""
        yield Pane(
            query_line(NarrowingInput(placeholder="words of the quote, @source, #tag")),
            LineList(self._row, key=lambda quote: quote.passage, empty="Looking …"),
            heading="Insert a quotation",
        )

    def on_mount(self) -> None:
        """Reads what there is and lists the first ones."""
        self.job(lambda: _all_quotes(self.project), self._read, label="Reading")

    def action_apply(self) -> None:
        """Closes with the quote under the cursor."""
        quote = self._rows.current
        if quote:
            self.dismiss(quote)

    @property
    def _rows(self) -> LineList[Quote]:
        return self.query_one(LineList)

    def _read(self, latest: Sequence[Quote]) -> None:
        own = {quote.passage: quote for quote in self._own}
        self._known = {quote.passage: own.get(quote.passage, quote) for quote in latest}
        self.narrow(self.query_one(Input).value)

    def narrow(self, typed: str) -> None:
        """Lists the quotes that a search finds; as long as nothing is typed its own, then the latest."""
        if typed.strip():
            self.job(lambda: self._matching(typed), self._show, group="quotes")
        else:
            others = [quote for quote in self._known.values() if quote not in self._own]
            self._show([*self._own, *others][:LIMIT])

    def _matching(self, query: str) -> list[Quote]:
        """The known quotes whose words fit a query, best first. For the project's thread."""
        hits = self.project.search(query, limit=LIMIT, scope=frozenset({"quote"})).hits
        return [self._known[hit.thing] for hit in hits if hit.thing in self._known]

    def _show(self, quotes: Sequence[Quote]) -> None:
        self._rows.empty = _NO_MATCH if self._known else _NONE
        self._rows.set_rows(quotes, cursor=0)

    def _row(self, quote: Quote, width: int) -> Content:
        return flat_row(quote, width)


def choose_quotation(
    screen: CommandScreen[Any], own: Sequence[Quote], then: Callable[[Quote], object]
) -> AwaitMount:
    """Lets the user choose a quotation for the note whose quotes are `own`; `then` gets it."""

    def answered(quote: Quote | None) -> None:
        if quote:
            then(quote)

    return screen.app.push_screen(QuotationScreen(own), answered)


def _all_quotes(project: Project) -> list[Quote]:
    """All passages, those made last first. For the project's thread."""
    articles = {article.id: article for article in project.articles()}
    latest = sorted(project.passages(), key=lambda passage: passage.created, reverse=True)
    return [Quote.of_passage(passage, articles[passage.article]) for passage in latest]
