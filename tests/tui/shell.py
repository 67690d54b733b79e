"""Two screens with nothing in them, to try the shell on: bars, keys, jobs and places."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from tests.tui.support import plain
from workbench.tui.app import WorkbenchApp
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.widgets.bars import KeyFooter, StatusRow
from workbench.tui.widgets.line_list import LineList


class First(WorkbenchScreen):
    """A first screen that notes what is asked of it."""

    context = "library"

    def __init__(self) -> None:
        super().__init__()
        self.log_of: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield Input(id="line")
        yield LineList(lambda row, width: Content(str(row)), id="rows")

    def on_mount(self) -> None:
        self.query_one(LineList).set_rows([f"row {n} [b]" for n in range(50)])
        self.query_one(LineList).focus()

    def disabled_reason(self, command_id: str) -> str | None:
        return "Nothing is marked [yet]" if command_id == "library.open" else None

    def action_mark(self) -> None:
        self.log_of.append("mark")

    def action_export(self) -> None:
        self.log_of.append("export")

    def on_project_changed(self, message: ProjectChanged) -> None:
        self.log_of.append("opened" if message.opened else "changed")


class Second(WorkbenchScreen):
    """A place to go to."""

    context = "tags"


def first(app: WorkbenchApp) -> First:
    screen = app.screen_stack[0]
    assert isinstance(screen, First)
    return screen


def status(app: WorkbenchApp) -> str:
    return plain(app.screen_stack[0].query_one(StatusRow)).strip()


def footer(app: WorkbenchApp) -> str:
    return plain(app.screen.query_one(KeyFooter)).strip()
