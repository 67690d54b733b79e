"""The asking half of the search: queries go out at every key press, answers come back, the newest wins.

Typing only hands the query to the project's thread; of the queries waiting there only the newest counts, and
one under way is told to stop. What the rows say beyond the answer (sources, tags) is read for the hits alone,
after the answer is shown; when typing has rested, more hits are listed and the other scopes counted.
"""

from __future__ import annotations

import asyncio

from textual.timer import Timer

from workbench.model import Answer
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.hit_actions import HitActions
from workbench.tui.surroundings import NOTHING, Surroundings
from workbench.tui.widgets.scope_line import SCOPES, Scope

FIRST = 40
"""Hits that are listed at every key press: more than a screen shows."""
LIMIT = 200
"""Most hits that are listed."""
REST = 0.25
"""Seconds without a key press after which the rest is listed, and the other scopes are counted."""
AGAIN = 0.5
"""Seconds after which a query is asked again while the index is being built."""


class SearchAsking(HitActions):
    """A query, the scope it is asked in, and the answer to it. `SearchScreen` shows them."""

    def __init__(self) -> None:
        super().__init__()
        self._scopes: tuple[Scope, ...] = SCOPES
        self._scope = 0
        self._asked = 0
        self._answered = 0
        self._placed = 0
        self._answered_in = SCOPES[0]
        self._answer: Answer | None = None
        self._counts: dict[str, int] = {}
        self._changes = 0
        self._around_at = -1
        self._again: Timer | None = None

    @property
    def typed(self) -> str:
        """The query as typed. To be overridden."""
        raise NotImplementedError

    def show_answer(self, *, top: bool) -> None:
        """Draws the answer; `top`: the cursor goes to the first hit. To be overridden."""

    def show_rows(self, *, top: bool) -> None:
        """Draws the hits anew, with what is known around them. To be overridden."""

    def show_scopes(self) -> None:
        """Draws the scopes with what was counted. To be overridden."""

    def settled(self) -> None:
        """Called when what is listed answers what was typed. To be overridden."""

    @property
    def is_settled(self) -> bool:
        """Whether what is listed answers what was typed."""
        return self._answered == self._placed == self._asked

    @property
    def scope(self) -> Scope:
        """Where is searched."""
        return self._scopes[self._scope]

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Asks again: what was found, and what is known around it, may have changed."""
        self._changes += 1
        self._counts = {}
        self.ask()

    def set_scope(self, index: int) -> None:
        """Searches in another of the scopes."""
        self._scope = index
        self.show_scopes()
        self.ask()

    def ask(self, limit: int = FIRST) -> None:
        """Hands the query over, for that many hits. Whoever is still answering an older one stops.

        An empty query is asked too: it begins the building of an index, and says how far that is.
        """
        self._asked += 1
        asked, query, scope = self._asked, self.typed, self.scope
        if self._again:
            self._again.stop()

        def work() -> Answer:
            return self.project.search(
                query,
                limit=limit,
                scope=scope.kinds,
                article=scope.article,
                cancelled=lambda: self._asked != asked,
                partial=True,
            )

        self.job(work, lambda answer: self._arrived(asked, scope, answer), group="search", label="Searching")

    def _arrived(self, asked: int, scope: Scope, answer: Answer) -> None:
        if asked != self._asked:
            return
        before = self._answer
        same_query = before is not None and before.query.split() == answer.query.split()
        same_index = before is not None and before.indexed == answer.indexed
        if not (same_query and same_index):
            self._counts = {}
        if not same_query:
            self.hit_list.unmark()
        # While an index is built better hits come; who has not left the first stays with the first.
        top = not (same_query and self._answered_in == scope) or (
            not same_index and self.hit_list.is_at_first
        )
        if answer.query.strip():
            self._counts[scope.name] = answer.total
        self._answered, self._answered_in, self._answer = asked, scope, answer
        self.show_answer(top=top)
        self._look_around(asked, answer)
        if answer.indexed < answer.to_index:
            self._again = self.set_timer(AGAIN, self.ask)
        elif answer.query.strip():
            self.run_worker(self._go_on_at_rest(asked, answer), group="counts", exclusive=True)

    def _look_around(self, asked: int, answer: Answer) -> None:
        """Reads what the rows say of sources and tags, unless that is known."""
        changes = self._changes
        known = self.around if self._around_at == changes else NOTHING

        def looked(around: Surroundings) -> None:
            if asked == self._asked and changes == self._changes:
                self.around, self._around_at, self._placed = around, changes, asked
                self.show_rows(top=False)
                self.settled()

        if known is self.around and known.knows(answer.hits):
            self._placed = asked
            self.settled()
        else:
            self.job(lambda: known.with_those_of(self.project, answer.hits), looked, group="around")

    async def _go_on_at_rest(self, asked: int, answer: Answer) -> None:
        """Lists the rest, then counts what the scopes hold that were not asked, once no key is pressed."""
        await asyncio.sleep(REST)
        if self._asked == asked and len(answer.hits) == FIRST < answer.total:
            self.ask(LIMIT)
        elif self._asked == asked:
            self._count(asked, answer.query)

    def _count(self, asked: int, query: str) -> None:
        others = [scope for scope in self._scopes if scope.name not in self._counts]

        def is_old() -> bool:
            return self._asked != asked

        def work() -> dict[str, int]:
            counts = {}
            for scope in others:
                if is_old():
                    break
                answer = self.project.search(
                    query,
                    limit=1,
                    scope=scope.kinds,
                    article=scope.article,
                    cancelled=is_old,
                    partial=True,
                )
                counts[scope.name] = answer.total
            return counts

        def done(counts: dict[str, int]) -> None:
            if not is_old():
                self._counts |= counts
                self.show_scopes()

        if others:
            self.job(work, done, group="counts", label="Counting")
