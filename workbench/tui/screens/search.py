"""The search: a query over everything in the project, answered at every key press.

How it asks is in `search_asking`, what can be done with hits in `hit_actions`; here is what it looks like,
and what helps to write the query. That stays on the desk, so that opening the search again shows it.
"""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from workbench.model import Answer, Hit
from workbench.search.query import OPERATORS, exact
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui import commands
from workbench.tui.command import Command
from workbench.tui.commands import HelpRow
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.operators import choose_operator
from workbench.tui.screens.saved_searches import save_search
from workbench.tui.screens.search_asking import SearchAsking
from workbench.tui.surroundings import view
from workbench.tui.widgets.bars import hinted
from workbench.tui.widgets.hit_list import HitList, HitRow, relative_matches
from workbench.tui.widgets.index_bar import IndexBar
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line
from workbench.tui.widgets.preview import Preview, View
from workbench.tui.widgets.scope_line import SCOPES, Scope, ScopeLine

BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-flat"), (14, "-low"), (18, "-high")]
MENDING = frozenset({"search.exact", "search.drop_filter"})
"""Commands that are offered only while the query has something to mend."""
WEAK = "Weaker: too little of what is asked is in these"
_WRITTEN = 18
"""Cells of an operator where they are listed."""


class QueryInput(NarrowingInput):
    """A line for a query; a pasted text becomes one line."""

    def on_paste(self, event: events.Paste) -> None:
        """Takes the whole paste, line breaks as spaces, what could act on the terminal drawn inert."""
        event.prevent_default()
        event.stop()
        self.replace(inert(" ".join(event.text.split())), *sorted(self.selection))


class SearchScreen(SearchAsking):
    """Query, scopes, hits and a preview of the hit under the cursor."""

    context = "search"
    contexts = ("hits",)
    AUTO_FOCUS = "#query Input"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._opens_first = False
        self._in_dialog = False

    def compose_body(self) -> ComposeResult:
        """The query, the scopes, and the hits beside their preview."""
        line = QueryInput(placeholder="words you remember")
        yield Pane(query_line(line), heading="Search everything", id="query")
        yield ScopeLine()
        yield IndexBar()
        with Container(id="found"):
            yield Pane(Static(id="nothing", markup=False), HitList(id="rows"), heading="Hits", id="hits")
            yield Preview(id="preview")

    def on_mount(self) -> None:
        """Shows the last query, selected, so that typing replaces it."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        desk = self.workbench.desk
        if getattr(below, "context", "") == "reading" and desk.panes:
            article = desk.panes[min(desk.focused, len(desk.panes) - 1)]
            self._scopes = (*SCOPES, Scope("This article", None, article))
        self.show_answer(top=True)
        self.take_query()

    def on_screen_suspend(self) -> None:
        """Notes whether a box covers it, from which one comes back into the middle of the query."""
        self._in_dialog = isinstance(self.app.screen, WorkbenchDialog)

    def on_screen_resume(self) -> None:
        """Coming back from elsewhere, the query is there to be replaced."""
        if not self._in_dialog:
            self._line.select_all()

    def take_query(self) -> None:
        """Asks what the desk says was searched last, everywhere: what it says of places stands in it."""
        self._scope = 0
        self.show_scopes()
        self._line.value = self.workbench.desk.query
        self._line.select_all()
        self.ask()

    @property
    def typed(self) -> str:
        """The query as typed."""
        return self._line.value

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.workbench.desk.query = event.value
        if not event.value.strip():
            self._opens_first = False
        self.ask()

    # Showing

    def show_answer(self, *, top: bool) -> None:
        """Draws everything that depends on the answer; `top`: the cursor goes to the first hit."""
        answer = self._answer
        hits = len(answer.hits) if answer else 0
        asked = answer if answer and answer.query.strip() else None
        facts = f"{counted(asked.total, 'hit')} · {asked.ms:.0f} ms" if asked else ""
        self.query_one("#query", Pane).set_heading("Search everything", facts)
        self.query_one("#query", Pane).set_footing(self._reading(asked))
        if answer:
            self.query_one(IndexBar).show_progress(answer.indexed, answer.to_index)
        self.set_class(not hits, "-empty")
        self.set_class(asked is None, "-blank")
        if not hits:
            self.query_one("#nothing", Static).update(self._advice())
        self.show_scopes()
        self.show_rows(top=top)
        self.marks_changed()

    def show_scopes(self) -> None:
        """Draws the scopes with what was counted."""
        self.query_one(ScopeLine).show([scope.name for scope in self._scopes], self._scope, self._counts)

    def show_rows(self, *, top: bool) -> None:
        """Draws the hits, weaker ones below a line that says so."""
        rows: list[HitRow | str] = []
        for hit in self._answer.hits if self._answer else ():
            if hit.weak and WEAK not in rows:
                rows.append(WEAK)
            rows.append(self.around.row(hit))
        self.hit_list.set_rows(rows, cursor=0 if top else None)

    def marks_changed(self) -> None:
        """Says over the list how many are marked, else how they are ordered."""
        answer, marked = self._answer, len(self.hit_list.marked_rows)
        hits = len(answer.hits) if answer else 0
        facts = "best first" if hits else ""
        if answer and answer.fuzzy and self.has_class("-flat"):  # the query has no frame to say it in
            facts = _readings(answer)
        if marked:
            facts = f"{marked:,} marked"
        elif answer and hits < answer.total:
            facts = f"best {hits} of {answer.total:,}"
        self.query_one("#hits", Pane).set_heading("Hits", facts)
        super().marks_changed()

    def _advice(self) -> Content:
        """What an empty list says: how to ask, or what else to try."""
        answer = self._answer
        if answer is None or not answer.query.strip():
            ways = [("words", "typos and their order do not matter")]
            ways += [(one.written, one.says) for one in OPERATORS]
            lines = [Content.assemble((f"{way:<{_WRITTEN}}", "$foreground"), says) for way, says in ways]
            hint = Content(
                f"Type what you remember of it. {self._key('search.operators')} lists these signs.\n"
            )
            return Content("\n").join([hint, *lines])
        if answer.emptied:
            filters = [inert(one) for one in answer.emptied]
            verb = "leaves" if len(filters) == 1 else "leave"
            drop = f"{self._key('search.drop_filter')} takes {filters[0]} out of the query."
            return Content(f"{', '.join(filters)} {verb} nothing.\n\n{drop}")
        if not answer.to_index:
            way = f"{self._key('library.import')} in the library imports articles."
            return Content(f"There is nothing to search yet.\n\n{way}")
        if answer.indexed < answer.to_index:
            return Content("Nothing found yet: the index is being built.")
        elsewhere = "" if self.scope.name == "All" else f" in {self.scope.name.lower()}"
        tries = ["Try fewer words, or only the beginning of one."]
        if elsewhere:
            tries.append(f"{self._key('search.scope')} searches elsewhere.")
        if any(sign in answer.query for sign in '@#<>-":='):
            tries.append("Signs and filters narrow the search: leave one out.")
        return Content(f"Nothing found{elsewhere}.\n\n" + "\n".join(tries))

    def _reading(self, answer: Answer | None) -> Content:
        """How words of the query that are in no text were read, and what takes them for that."""
        if not answer or not answer.fuzzy:
            return Content("")
        return Content.assemble(f"{_readings(answer)}  ", hinted("{search.exact} makes it exact"))

    def help_rows(self) -> list[HelpRow]:
        """The operators."""
        return [HelpRow(one.written, one.written, one.says, "In the query", ()) for one in OPERATORS]

    @on(LineList.Highlighted, "#rows")
    def _came_to(self, event: LineList.Highlighted) -> None:
        event.stop()
        hit = self.hit
        if hit is None:
            self._preview.clear()
        elif hit.article_id is None:
            self._preview_note(hit)
        else:
            self._preview_article(hit, hit.article_id)

    def _preview_article(self, hit: Hit, article: str) -> None:
        """Shows the article of a hit, with all that was found in it."""
        known = self.around.articles.get(article)
        if known is None or self._answer is None:
            self._preview.clear()
            return
        ranged = [one for one in self._answer.hits if one.article_id == article and one.start is not None]
        found = [match for one in ranged for match in one.matches]
        shown = view(known, self.around.place(hit), self.around, found)
        self._preview.show(shown, lambda: self.project.text(article))

    def _preview_note(self, hit: Hit) -> None:
        """Shows a note as it is edited, with the words found in the line that was."""
        note = self.around.notes.get(hit.thing)
        if note is None:
            self._preview.clear()
            return
        shown = View((note.id, note.changed), note.title, found=relative_matches(hit), find=hit.text)
        self._preview.show(shown, lambda: f"{note.title}\n\n{self.project.editable_body(note)}")

    # What keys do

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_open()

    @on(ScopeLine.Chosen)
    def _scope_clicked(self, event: ScopeLine.Chosen) -> None:
        self.set_scope(event.index)

    def available_commands(self) -> list[Command]:
        """What mends the query is offered while there is something to mend."""
        return [
            one
            for one in super().available_commands()
            if one.id not in MENDING or not self.disabled_reason(one.id)
        ]

    def disabled_reason(self, command_id: str) -> str | None:
        """Mending the query needs something to mend, saving it a query."""
        answer = self._answer
        if command_id == "search.exact" and not (answer and answer.fuzzy):
            return "No word of the query was read as another"
        if command_id == "search.drop_filter" and not (answer and answer.emptied):
            return "No filter of the query leaves nothing by itself"
        if command_id == "search.save" and not self._line.value.strip():
            return "Nothing to save: type what to look for"
        return super().disabled_reason(command_id)

    def action_scope(self) -> None:
        """Searches in the next scope."""
        self.set_scope((self._scope + 1) % len(self._scopes))

    def action_hits(self) -> None:
        """From the query to the hits."""
        self.hit_list.focus()

    def action_query(self) -> None:
        """From the hits to the query."""
        self._line.focus()

    def action_open(self) -> None:
        """Opens the hit under the cursor; while the answer is under way, its first hit once it is there."""
        if self.is_settled or not self._line.value.strip():
            self.open_hit(beside=False)
        else:
            self._opens_first = True

    def settled(self) -> None:
        """What is listed answers what was typed: opens the first hit, if enter was pressed before."""
        if self._opens_first:
            self._opens_first = False
            self.open_hit(beside=False)

    # The query

    def action_operators(self) -> None:
        """Offers the operators, and what the project has for them; the chosen one goes into the query."""
        choose_operator(self, self._insert)

    def _insert(self, text: str) -> None:
        """Puts an operator where the cursor is, at the start of a word."""
        line = self._line
        at = line.cursor_position
        lead = " " if at and not line.value[at - 1].isspace() else ""
        line.focus()
        line.insert(lead + text, at)
        line.cursor_position = at + len(lead) + len(text)

    def action_exact(self) -> None:
        """Takes the words for what they were read as, exactly."""
        if self._answer:
            self._set_query(exact(self._answer.query, self._answer.fuzzy))

    def action_drop_filter(self) -> None:
        """Takes the filter that leaves nothing (or the first, if they do so together) out of the query."""
        if self._answer and self._answer.emptied:
            dropped = self._answer.emptied[0]
            before, _, after = self._answer.query.partition(dropped)
            self._set_query(" ".join(f"{before} {after}".split()))
            self.show_status(f"Took {inert(dropped)} out of the query")

    def _set_query(self, query: str) -> None:
        self._line.value = query
        self._line.cursor_position = len(query)

    def action_save(self) -> None:
        """Keeps the query, with the scope it is asked in, under a name."""
        save_search(self, self.typed.strip(), self.scope)

    @property
    def _line(self) -> Input:
        return self.query_one(QueryInput)

    @property
    def _preview(self) -> Preview:
        return self.query_one(Preview)

    def _key(self, command_id: str) -> str:
        """The key of a command as people read it."""
        return commands.key(command_id)


def _readings(answer: Answer) -> str:
    """Words as typed and as read: "sulivan→sullivan"."""
    return inert(", ".join(f"{typed}→{read}" for typed, read in answer.fuzzy))
