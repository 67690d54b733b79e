"""The search: a query over everything in the project, answered at every key press.

Typing only hands the query to the project's thread; of the queries waiting there only the newest counts, and
one under way is told to stop. The query stays on the desk, so that opening the search again shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from workbench.model import Answer, Hit, Passage
from workbench.text.inert import inert
from workbench.tui.annotating import PassageActions, Target, touching
from workbench.tui.messages import ProjectChanged
from workbench.tui.surroundings import NOTHING, Surroundings, view
from workbench.tui.widgets.bars import StatusRow
from workbench.tui.widgets.hit_list import HitList, HitRow, relative_matches
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line
from workbench.tui.widgets.preview import Preview, View
from workbench.tui.widgets.scope_line import SCOPES, Scope, ScopeLine

LIMIT = 100
"""Most hits that are listed."""
BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-flat"), (14, "-low"), (18, "-high")]
NOTHING_LISTED = "Nothing is listed: type what to look for"
NEED_HIT = frozenset({"search.open", "search.hits", "hits.open", "hits.beside"})
WEAK = "Weaker: the rare words of the query are not in these"

_WAYS = (
    ("words", "typos and their order do not matter"),
    ('"exact words"', "in this order"),
    ("-word", "not with this word"),
    ("@nikkei", "only this source"),
    ("#cause", "only passages with this tag"),
    (">2023-09  <2024", "published after, before"),
)


class QueryInput(InertInput):
    """A line for a query; a pasted text becomes one line."""

    def on_paste(self, event: events.Paste) -> None:
        """Takes the whole paste, line breaks as spaces, what could act on the terminal drawn inert."""
        event.prevent_default()
        event.stop()
        self.replace(inert(" ".join(event.text.split())), *sorted(self.selection))


class SearchScreen(PassageActions):
    """Query, scopes, hits and a preview of the hit under the cursor."""

    context = "search"
    contexts = ("hits",)
    AUTO_FOCUS = "#query Input"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._scopes: tuple[Scope, ...] = SCOPES
        self._scope = 0
        self._asked = 0
        self._answered = 0
        self._answered_in = SCOPES[0]
        self._answer: Answer | None = None
        self._around = NOTHING
        self._around_is_new = False
        self._counts: dict[str, int] = {}
        self._opens_first = False
        self._status_then = ("", "")

    def compose_body(self) -> ComposeResult:
        """The query, the scopes, and the hits beside their preview."""
        line = QueryInput(placeholder="words you remember")
        yield Pane(query_line(line), heading="Search everything", id="query")
        yield ScopeLine()
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
        self._line.value = desk.query
        self._line.select_all()
        self._search()

    def on_screen_resume(self) -> None:
        """Coming back to it, the query is there to be replaced."""
        self._line.select_all()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Asks again: what was found may have changed."""
        self._around_is_new = False
        self._counts = {}
        self._search()

    # Asking

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.workbench.desk.query = event.value
        self._search()

    def _search(self) -> None:
        """Hands the query over. Whoever is still answering an older one stops."""
        self._asked += 1
        asked, query, scope = self._asked, self._line.value, self._scopes[self._scope]
        if not query.strip():
            self._answered = asked
            self._answer, self._counts, self._opens_first = None, {}, False
            self._show_answer(top=True)
            return

        def work() -> Answer:
            return self.project.search(
                query,
                limit=LIMIT,
                scope=scope.kinds,
                article=scope.article,
                cancelled=lambda: self._asked != asked,
            )

        self.job(work, lambda answer: self._arrived(asked, scope, answer), group="search", label="Searching")

    def _arrived(self, asked: int, scope: Scope, answer: Answer) -> None:
        if asked != self._asked:
            return
        same_query = self._answer is not None and self._answer.query == answer.query
        same = same_query and self._answered_in == scope
        self._answered, self._answered_in, self._answer = asked, scope, answer
        self._counts = {**(self._counts if same_query else {}), scope.name: answer.total}
        if not same:
            self._status_then = self.workbench.status
        self._show_answer(top=not same)
        self._look_around()
        self._count(asked, answer.query)
        self._open_first_if_due()

    def _look_around(self) -> None:
        """Reads what the rows say of sources and tags, unless that is known."""
        if not self._around_is_new:
            self.job(lambda: Surroundings.read(self.project), self._looked, group="around", label="Reading")

    def _looked(self, around: Surroundings) -> None:
        self._around, self._around_is_new = around, True
        self._show_rows(top=False)
        self._open_first_if_due()

    def _count(self, asked: int, query: str) -> None:
        """Counts what the scopes hold that were not asked."""
        others = [scope for scope in self._scopes if scope.name not in self._counts]

        def work() -> dict[str, int]:
            counts = {}
            for scope in others:
                if self._asked != asked:
                    break
                answer = self.project.search(query, limit=1, scope=scope.kinds, article=scope.article)
                counts[scope.name] = answer.total
            return counts

        def done(counts: dict[str, int]) -> None:
            if asked == self._asked:
                self._counts |= counts
                self._show_scopes()

        self.job(work, done, group="counts", label="Counting")

    # Showing

    def _show_answer(self, top: bool) -> None:
        """Draws everything that depends on the answer; `top`: the cursor goes to the first hit."""
        answer = self._answer
        hits = len(answer.hits) if answer else 0
        facts = f"{_counted(answer.total, 'hit')} · {answer.ms:.0f} ms" if answer else ""
        self.query_one("#query", Pane).set_heading("Search everything", facts)
        order = f"best {hits} of {answer.total:,}" if answer and hits < answer.total else "best first"
        self.query_one("#hits", Pane).set_heading("Hits", order if hits else "")
        self.set_class(not hits, "-empty")
        self.query_one("#nothing", Static).update(self._advice())
        self._show_scopes()
        self._show_rows(top)
        self.show_last_status()
        self.show_keys()

    def _show_scopes(self) -> None:
        self.query_one(ScopeLine).show([scope.name for scope in self._scopes], self._scope, self._counts)

    def _show_rows(self, top: bool) -> None:
        rows: list[HitRow | str] = []
        for hit in self._answer.hits if self._answer else ():
            if hit.weak and WEAK not in rows:
                rows.append(WEAK)
            rows.append(self._around.row(hit))
        self._list_of_hits.set_rows(rows, cursor=0 if top else None)

    def _advice(self) -> Content:
        """What an empty list says: how to ask, or what else to try."""
        if self._answer is None:
            lines = [Content.assemble((f"{way:<18}", "$foreground"), says) for way, says in _WAYS]
            return Content("\n").join([Content("Type what you remember of it.\n"), *lines])
        where = self._scopes[self._scope]
        elsewhere = "" if where.name == "All" else f" in {where.name.lower()}"
        tries = ["Try fewer words, or only the beginning of one."]
        if elsewhere:
            tries.append("Shift+Tab searches elsewhere.")
        if any(sign in self._answer.query for sign in '@#<>-"'):
            tries.append('The signs @ # > < - " narrow the search: leave one out.')
        return Content(f"Nothing found{elsewhere}.\n\n" + "\n".join(tries))

    def show_last_status(self) -> None:
        """How the query's words were read, until something else happened."""
        answer = self._answer
        if answer and answer.fuzzy and self.workbench.status == self._status_then:
            readings = ", ".join(f"{typed}→{read}" for typed, read in answer.fuzzy)
            self.query_one(StatusRow).show_status(f"Fuzzy: {readings}", "the query is kept: / reopens it")
        else:
            super().show_last_status()

    @on(LineList.Highlighted, "#rows")
    def _came_to(self, event: LineList.Highlighted) -> None:
        event.stop()
        hit = self._hit
        if hit is None:
            self._preview.clear()
        elif hit.article_id is None:
            self._preview_note(hit)
        else:
            self._preview_article(hit, hit.article_id)

    def _preview_article(self, hit: Hit, article: str) -> None:
        """Shows the article of a hit, with all that was found in it."""
        known = self._around.articles.get(article)
        if known is None or self._answer is None:
            self._preview.clear()
            return
        ranged = [one for one in self._answer.hits if one.article_id == article and one.start is not None]
        found = [match for one in ranged for match in one.matches]
        shown = view(known, self._around.place(hit), self._around, found)
        self._preview.show(shown, lambda: self.project.text(article))

    def _preview_note(self, hit: Hit) -> None:
        """Shows a note as it is edited, with the words found in the line that was."""
        note = self._around.notes.get(hit.thing)
        if note is None:
            self._preview.clear()
            return
        shown = View((note.id, note.changed), note.title, found=relative_matches(hit), find=hit.text)
        self._preview.show(shown, lambda: f"{note.title}\n\n{self.project.editable_body(note)}")

    # What keys do

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_open()

    @on(LineList.Selected, "#rows")
    def _chosen(self) -> None:
        self.action_open()

    @on(ScopeLine.Chosen)
    def _scope_clicked(self, event: ScopeLine.Chosen) -> None:
        self._set_scope(event.index)

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a hit needs one, and what needs a passage one in the text of an article."""
        hit = self._hit
        if command_id in NEED_HIT and hit is None:
            return NOTHING_LISTED
        if command_id.startswith("passage.") and self.target() is None:
            return f"This hit is a {hit.kind}, not words of an article" if hit else NOTHING_LISTED
        return super().disabled_reason(command_id)

    def target(self) -> Target | None:
        """The range of the hit under the cursor."""
        hit = self._hit
        place = self._around.place(hit) if hit else None
        article = self._around.articles.get(hit.article_id or "") if hit else None
        if hit is None or place is None or article is None:
            return None
        passage = next(iter(self._around.passages_of(hit)), None)
        words = passage.quote if passage and hit.kind == "comment" else hit.text
        unit = "sentence" if hit.kind == "text" else "passage"
        return Target(article, *place, words, unit)

    def passages_here(self) -> Sequence[Passage]:
        """The passages that the hit under the cursor is or touches."""
        hit = self._hit
        place = self._around.place(hit) if hit else None
        return touching(self._around.passages_of(hit), *place) if hit and place else []

    def action_scope(self) -> None:
        """Searches in the next scope."""
        self._set_scope((self._scope + 1) % len(self._scopes))

    def action_hits(self) -> None:
        """From the query to the hits."""
        self._list_of_hits.focus()

    def action_query(self) -> None:
        """From the hits to the query."""
        self._line.focus()

    def action_open(self) -> None:
        """Opens the hit under the cursor; while the answer is under way, its first hit once it is there."""
        if self._is_settled or not self._line.value.strip():
            self._open(beside=False)
        else:
            self._opens_first = True

    def _open_first_if_due(self) -> None:
        if self._opens_first and self._is_settled:
            self._opens_first = False
            self._open(beside=False)

    @property
    def _is_settled(self) -> bool:
        """Whether what is listed answers what was typed."""
        return self._answered == self._asked and self._around_is_new

    def action_open_beside(self) -> None:
        """Opens the hit under the cursor beside what is open."""
        self._open(beside=True)

    def _open(self, *, beside: bool) -> None:
        hit = self._hit
        if hit is None:
            self.show_status(NOTHING_LISTED)
            return
        if hit.article_id is None:
            from workbench.tui.screens.note import NoteScreen

            self.app.push_screen(NoteScreen(hit.thing))
            return
        self.workbench.hits = self._places()
        self.workbench.open_article(hit.article_id, self._around.place(hit), beside=beside)

    def _places(self) -> list[tuple[str, int, int]]:
        """Where the hits stand, in the order of the list, for `n` and `N` in the reading room."""
        found = []
        for hit in self._answer.hits if self._answer else ():
            place = self._around.place(hit)
            if hit.article_id and place:
                found.append((hit.article_id, *place))
        return list(dict.fromkeys(found))

    def _set_scope(self, index: int) -> None:
        self._scope = index
        self._show_scopes()
        self._search()

    @property
    def _hit(self) -> Hit | None:
        row = self._list_of_hits.chosen
        return row.hit if row else None

    @property
    def _line(self) -> Input:
        return self.query_one(QueryInput)

    @property
    def _list_of_hits(self) -> HitList:
        return self.query_one(HitList)

    @property
    def _preview(self) -> Preview:
        return self.query_one(Preview)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
