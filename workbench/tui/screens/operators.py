"""The operators of a search as a menu, for keyboards without the signs, and what the project has for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from workbench.search.query import OPERATORS, Operator
from workbench.store.articles import GRADES
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui import commands
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.narrowing import NarrowingDialog
from workbench.tui.widgets.bars import MUTED
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line

if TYPE_CHECKING:
    from workbench.project import Project

KINDS = {
    "notes": "notes",
    "quotes": "tagged and cited passages",
    "comments": "comments",
    "titles": "titles",
    "text": "texts",
}
"""What `in:` takes, and what it finds."""
_SIGNS = '"@#-<>'
_COLUMN = 16
_FRAME = 3


def choose_operator(screen: CommandScreen[Any], then: Callable[[str], object]) -> None:
    """Offers the operators. `then` gets what to put into the query: the sign with what was chosen for it."""

    def chosen(operator: Operator | None) -> None:
        if operator is None:
            return
        if operator.insert not in _OFFERED:
            then(operator.insert)
            return
        title, empty, read = _OFFERED[operator.insert]
        screen.job(
            lambda: read(screen.project, operator.insert),
            lambda found: screen.app.push_screen(OperatorScreen(title, found, empty), put),
        )

    def put(operator: Operator | None) -> None:
        if operator is not None:
            then(f"{operator.insert} ")

    screen.app.push_screen(OperatorScreen("Operators", OPERATORS, ""), chosen)


class OperatorScreen(NarrowingDialog[Operator]):
    """A list narrowed by typing. Closes with the row that was chosen, or None."""

    context = "operators"

    def __init__(self, title: str, rows: Sequence[Operator], empty: str) -> None:
        """Lists the rows; `empty` is what the list says where there are none."""
        super().__init__()
        self._title, self._all, self._empty = title, rows, empty
        self._column = max([_COLUMN, *(len(row.written) + 2 for row in rows[:100])])

    def compose_body(self) -> ComposeResult:
        """A line to type in, over the list."""
        yield Pane(
            query_line(NarrowingInput(placeholder="type to narrow the list")),
            LineList(self._row, key=lambda row: row.written, click_selects=True),
            heading=self._title,
        )

    def on_mount(self) -> None:
        """Lists all rows, the box as high as they need."""
        self.query_one(Pane).styles.height = max(len(self._all), 1) + _FRAME
        self.narrow("")

    def action_apply(self) -> None:
        """Closes with the row under the cursor."""
        row = self._rows.current
        if row is not None:
            self.dismiss(row)

    def narrow(self, typed: str) -> None:
        """Lists the operators, or what they take, that are called so."""
        names = [row.written.lstrip(_SIGNS) for row in self._all]  # that is how one looks for them here
        lines = [f"{name} {row.written} {row.says}" for name, row in zip(names, self._all, strict=True)]
        found = commands.matching(typed, lines)
        self._rows.empty = "Nothing is called that" if self._all else self._empty
        self._rows.set_rows([self._all[at] for at in found], cursor=0)

    def _row(self, row: Operator, width: int) -> Content:
        column = min(self._column, max(2 * width // 3, 1))
        written = Content(inert(row.written)).truncate(column - 1, ellipsis=True, pad=True)
        return Content.assemble(written, " ", (inert(row.says), MUTED)).truncate(width, ellipsis=True)

    @property
    def _rows(self) -> LineList[Operator]:
        return self.query_one(LineList)


def _named(sign: str, name: str, says: str) -> Operator:
    """A row for a name; one of several words, or with signs in it, takes quotation marks."""
    plain = name.replace('"', " ").strip()
    written = f"{sign}{plain}" if plain.replace("/", "").replace("_", "").isalnum() else f'{sign}"{plain}"'
    return Operator(written, says, written)


def _sources(project: Project, sign: str) -> list[Operator]:
    return [
        _named(sign, name, counted(articles, "article")) for name, articles in project.publishers().items()
    ]


def _tags(project: Project, sign: str) -> list[Operator]:
    return [_named(sign, tag.name, counted(tag.passages, "passage")) for tag in project.tags()]


def _analysts(project: Project, sign: str) -> list[Operator]:
    return [_named(sign, one.name, "") for one in project.analysts()]


def _grades(project: Project, sign: str) -> list[Operator]:
    says = {GRADES[0]: "the best only", GRADES[-1]: "all that are graded"}
    return [_named(sign, grade, says.get(grade, f"{GRADES[0]} to {grade}")) for grade in GRADES]


def _kinds(project: Project, sign: str) -> list[Operator]:
    return [_named(sign, kind, says) for kind, says in KINDS.items()]


_OFFERED: dict[str, tuple[str, str, Callable[[Project, str], list[Operator]]]] = {
    "@": (
        "Only from which source?",
        "No article has a source yet: {library.details} in the library adds one",
        _sources,
    ),
    "#": ("Only with which tag?", "No tags yet: {passage.tag} in the reading room makes one", _tags),
    "by:": (
        "By which analyst?",
        "Nobody wrote anything yet: {passage.tag} in the reading room tags a sentence",
        _analysts,
    ),
    "grade<=": ("Graded how well at least?", "", _grades),
    "in:": ("Only in what?", "", _kinds),
}
"""By the operator: what is asked, what an empty list says, and what reads the rows."""
