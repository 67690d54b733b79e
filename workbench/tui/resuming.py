"""Which screen one was on when a project was left, and how it opens there again.

Only the reading room and a note are come back to: what is open in them is worth it, other places are a key
away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from workbench.tui.screens.command_screen import CommandScreen

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp


def screen_left(stack: Sequence[Screen[Any]]) -> tuple[str, str]:
    """What `Desk.screen` keeps of these screens, bottom first: the topmost worth coming back to."""
    for screen in reversed(stack):
        if isinstance(screen, CommandScreen) and screen.context == "reading":
            return "reading", ""
        if isinstance(screen, CommandScreen) and screen.context == "note" and (note := screen.subject()):
            return "note", note[1]
    return "", ""


def come_back(app: WorkbenchApp) -> None:
    """Shows that screen over the library, unless the user has gone elsewhere meanwhile, or it is gone."""
    desk = app.desk
    screen, note = desk.screen

    def is_there() -> bool:
        if screen == "note":
            return any(one.id == note for one in app.project.notes())
        return not {one.id for one in app.project.articles()}.isdisjoint(desk.panes)

    def show(there: bool) -> None:
        if not there or len(app.screen_stack) > 1 or app.desk is not desk:
            return
        if screen == "reading":
            app.goto("reading")
        else:
            from workbench.tui.screens.note import NoteScreen

            app.push_screen(NoteScreen(note))
        app.show_status("Back where you were", "{app.back} shows the library")

    if screen:
        app.job(is_there, show)
