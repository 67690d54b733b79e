"""Reading a note: going from citation to citation, to the list of its quotes, and to the source of one."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container

from workbench.tui.commands import hint
from workbench.tui.note_page import NotePage, Quote
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.targets import Target, with_source
from workbench.tui.widgets.bars import quoted
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.note_editor import NoteEditor
from workbench.tui.widgets.note_quotes import QuoteList
from workbench.tui.widgets.note_source import SourcePane
from workbench.tui.widgets.note_view import NoteView
from workbench.tui.widgets.pane import Pane

NARROW, WIDE = 60, 100
WIDTHS = [(0, "-tiny"), (NARROW, "-narrow"), (WIDE, "-wide")]
HEIGHTS = [(0, "-flat"), (16, "-high")]
NO_CITATION = "No citation here: {note.edit} edits the text, and {editor.quote} there inserts one"
SOURCE_GONE = "The source of this quote is gone; its words are kept"


class NoteReading(WorkbenchScreen):
    """The text of a note, and on its side the quotes or a source. `NoteScreen` adds what changes the note."""

    CSS_PATH = "note.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._page: NotePage | None = None
        self._source_of: Quote | None = None
        self._view = NoteView(id="view")
        self._editor = NoteEditor(id="editor")
        self._rows = QuoteList(id="rows")
        self._source = SourcePane(id="source")

    def compose_body(self) -> ComposeResult:
        """The parts; which of them are seen depends on the mode and on the room there is."""
        with Container(id="note"):
            yield Pane(self._view, self._editor, id="text")
            yield Pane(self._rows, id="quotes")
            yield self._source

    def on_resize(self, event: events.Resize) -> None:
        """Beside the text, or instead of it, a quote has several lines, below it one."""
        self._rows.set_tall(not NARROW <= event.size.width < WIDE)

    # Citations and their sources

    @property
    def _quote(self) -> Quote | None:
        """The quote that keys are about."""
        if self.active_context == "source":
            return self._source_of
        return self._rows.current if self.focused is self._rows else self._view.quote

    def _living(self) -> Quote | None:
        """The same, if it has a source; else says why not."""
        quote = self._quote
        if quote is None:
            self.show_status(hint(NO_CITATION))
        elif quote.lost:
            self.show_status(SOURCE_GONE)
        else:
            return quote
        return None

    def action_citation(self, step: int) -> None:
        """Goes from citation to citation; an opened source goes along."""
        self._view.move(step)
        quote = self._view.quote
        if quote:
            self._rows.goto_passage(quote.passage)
        if self._source_of and quote and not quote.lost:
            self._open_source(quote)

    def action_open(self) -> None:
        """Enter: the source of the citation under the cursor, beside the note."""
        quote = self._living()
        if quote is None:
            return
        enters = self.focused is self._rows or self._single
        self._open_source(quote)
        if enters:
            self.add_class("-side")
            self.set_focus(self._source.reader)

    def action_close_source(self) -> None:
        """Back from the source to the note."""
        self._forget_source()
        self.set_focus(self._view)

    def action_open_reading(self) -> None:
        """`o`: the source in the reading room."""
        quote = self._living()
        if quote:
            walked = self.active_context == "source"
            span = self._source.reader.selection if walked else (quote.start, quote.end)
            self.workbench.open_article(quote.article, span)

    def action_copy(self) -> None:
        """`y`: the quotation with its source."""
        quote = self._quote
        if quote is None:
            self.show_status(hint(NO_CITATION))
        elif quote.lost:
            self._copied(f"“{quote.words}” — {quote.source}")
        else:
            self.job(lambda: self._with_source(quote), self._copied)

    def _with_source(self, quote: Quote) -> str:
        return with_source(Target(self.project.article(quote.article), quote.start, quote.end, quote.words))

    def _copied(self, text: str) -> None:
        self.workbench.copy(text, f"{quoted(text)} with its source")

    def _open_source(self, quote: Quote) -> None:
        self._source_of = quote
        self.add_class("-sourced")
        self.job(
            lambda: self.project.passages(article=quote.article),
            lambda passages: self._source.open(quote, passages, lambda: self.project.text(quote.article)),
            group="source",
        )

    def _refresh_source(self) -> None:
        """Draws an opened source anew; one that is gone is closed."""
        wanted = self._source_of
        quotes = self._page.quotes if self._page else ()
        if wanted and any(quote.passage == wanted.passage and not quote.lost for quote in quotes):
            self._open_source(wanted)
        elif wanted:
            self.action_close_source()

    def _forget_source(self) -> None:
        self._source_of = None
        self.remove_class("-sourced", "-side")

    @on(NoteView.Chosen)
    def _citation_clicked(self) -> None:
        self.action_open()

    @on(LineList.Selected, "#rows")
    def _quote_clicked(self) -> None:
        self.action_open()

    @on(LineList.Highlighted, "#rows")
    def _came_to(self) -> None:
        if self.focused is self._rows and self._rows.current:
            self._view.goto_passage(self._rows.current.passage)

    # Moving about

    @property
    def _single(self) -> bool:
        """Whether there is room for one part only."""
        return self.has_class("-tiny") or (self.has_class("-narrow") and self.has_class("-flat"))

    def action_next_pane(self, step: int) -> None:
        """From the note to what is beside it, and back."""
        side = self._source.reader if self._source_of else self._rows
        leaving = self.focused is side
        self.set_class(not leaving, "-side")
        self.set_focus(self._view if leaving else side)

    def action_list_page(self, pages: int) -> None:
        """A page on, in the part that has the focus."""
        if self.active_context == "source":
            self._source.reader.page(pages)
        elif self.focused is self._rows:
            super().action_list_page(pages)
        else:
            self._view.page(pages)

    def action_list_top(self) -> None:
        """To the top of the part that has the focus."""
        if self.active_context == "source":
            self._source.reader.to_start()
        elif self.focused is self._rows:
            super().action_list_top()
        else:
            self._view.to_edge(top=True)

    def action_list_end(self) -> None:
        """To the end of it."""
        if self.active_context == "source":
            self._source.reader.to_end()
        elif self.focused is self._rows:
            super().action_list_end()
        else:
            self._view.to_edge(top=False)

    def action_sentence(self, step: int) -> None:
        """To another sentence of the source."""
        self._source.reader.move_sentence(step)

    def action_back(self) -> None:
        """Escape: first back to the note from what is beside it, then out of the note."""
        if self._source_of or self.focused is self._rows:
            self.action_close_source()
        else:
            super().action_back()
