"""Saved searches: the queries that analysts keep in the project under names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.errors import InputError
from workbench.model import SavedSearch
from workbench.search.query import Within, parse
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.commands import hint
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bars import MUTED, UNDO, one_line, quoted, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.scope_line import Scope

if TYPE_CHECKING:
    from workbench.tui.screens.search import SearchScreen

EMPTY = "No saved searches yet: {search.save} in the search ({app.search}) keeps the query under a name"
_NAME = 24
"""Cells of a name beside its query."""


def save_search(screen: WorkbenchScreen, query: str, scope: Scope) -> None:
    """Asks for a name and keeps a query under it, with the scope it is asked in where that can be written.

    The name it is kept under already is offered, and without one the query is its name; a name that the
    analyst has taken gets the new query, and it is said which that replaces.
    """
    says_where = any(isinstance(one, Within) for one in parse(query).filters)
    full = f"{query} {scope.operator}" if scope.operator and not says_where else query

    def name_it(known: Sequence[SavedSearch]) -> None:
        name = next((one.name for one in known if one.query == full), "")
        ask(
            screen,
            "Save this search as",
            lambda chosen: save(chosen.strip() or full, known),
            initial=name,
            hint=f"Enter alone calls it {inert(full)}",
        )

    def save(name: str, known: Sequence[SavedSearch]) -> None:
        lost = " for all articles: no query can say “This article”" if scope.article else ""
        mine = [one for one in known if one.analyst.id == screen.project.analyst.id]
        over = [one.query for one in mine if one.name.casefold() == " ".join(name.split()).casefold()]
        instead = f" in the place of {quoted(over[0])}" if over and over[0] != full else ""
        said = f"Saved the search {quoted(name)}{instead}{lost}"
        way_back = f"{UNDO} · {{go.saved}} saved searches"
        _write(screen, lambda: screen.project.save_search(name, full), said, way_back)

    screen.job(lambda: screen.project.saved_searches(), name_it)


class SavedSearchesScreen(WorkbenchScreen):
    """The saved searches by name; enter runs one."""

    context = "saved"

    def compose_body(self) -> ComposeResult:
        """The list."""
        rows: LineList[SavedSearch] = LineList(self._row, key=lambda one: one.id, empty="Reading…")
        yield Pane(rows, heading="Saved searches")

    def on_mount(self) -> None:
        """Reads them."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads them again."""
        self._read()

    def _read(self) -> None:
        self.job(lambda: self.project.saved_searches(), self._show, group="saved", label="Reading")

    def _show(self, found: Sequence[SavedSearch]) -> None:
        self._rows.empty = EMPTY
        self._rows.set_rows(found)
        self.show_place("Saved searches", counted(len(found), "search"))
        self.show_keys()

    def _row(self, search: SavedSearch, width: int) -> Content:
        mine = search.analyst.id == self.project.analyst.id
        who = Content("" if mine else inert(search.analyst.name)).stylize(MUTED)
        name = one_line(search.name).truncate(max(min(_NAME, width // 2), 1), ellipsis=True, pad=True)
        return spread(Content.assemble(" ", name, "  ", one_line(search.query).stylize(MUTED)), who, width)

    def disabled_reason(self, command_id: str) -> str | None:
        """What is done to a saved search needs one."""
        if command_id.startswith("saved.") and self._rows.current is None:
            return hint(self._rows.empty)
        return super().disabled_reason(command_id)

    def subject(self) -> tuple[str, str, str] | None:
        """The saved search under the cursor."""
        search = self._rows.current
        return ("search", search.id, search.name) if search else None

    @on(LineList.Selected)
    def action_open(self) -> None:
        """Runs the search under the cursor."""
        if search := self._rows.current:
            self.workbench.desk.query = search.query
            screen = cast("SearchScreen", self.workbench.goto("search"))
            if screen.is_mounted:
                screen.take_query()

    def action_rename(self) -> None:
        """Asks for another name."""
        if search := self._rows.current:

            def rename(name: str) -> None:
                said = f"Renamed the search {quoted(name)}"
                _write(self, lambda: self.project.rename_search(search.id, name), said)

            ask(self, "Name of the search", rename, initial=search.name, validate=_needs_name)

    def action_edit(self) -> None:
        """Asks for another query."""
        if search := self._rows.current:

            def change(query: str) -> None:
                said = f"Changed the search {quoted(search.name)}"
                _write(self, lambda: self.project.change_search(search.id, query), said)

            title = f"Query of {quoted(search.name)}"
            ask(self, title, change, initial=search.query, validate=_needs_query)

    def action_delete(self) -> None:
        """Deletes the search under the cursor."""
        if search := self._rows.current:
            said = f"Deleted the search {quoted(search.name)}"
            _write(self, lambda: self.project.delete_search(search.id), said)

    @property
    def _rows(self) -> LineList[SavedSearch]:
        return self.query_one(LineList)


def _write(screen: WorkbenchScreen, work: Callable[[], object], said: str, way_back: str = UNDO) -> None:
    def done(_: object) -> None:
        screen.toast(said, way_back)
        screen.workbench.post_project_changed()

    screen.job(work, done)


def _needs_name(name: str) -> None:
    if not name:
        raise InputError("A saved search needs a name")


def _needs_query(query: str) -> None:
    if parse(query).blank:
        raise InputError("This query asks for nothing")
