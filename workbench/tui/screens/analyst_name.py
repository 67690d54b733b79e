"""Asks for the analyst's name, which signs what they write in every project from then on."""

from __future__ import annotations

from typing import Any

from workbench import config
from workbench.errors import InputError
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bars import quoted


def ask_name(screen: CommandScreen[Any]) -> None:
    """Asks for it, and gives it to the configuration and to the open project."""

    def rename(name: str) -> None:
        def work() -> str:
            named = config.rename_analyst(name).name
            screen.project.rename_analyst(named)
            return named

        def done(named: str) -> None:
            screen.toast(f"Signed as {quoted(named)} from now on")
            screen.workbench.post_project_changed()

        screen.job(work, done)

    ask(
        screen,
        "Your name",
        rename,
        initial=config.identity().name,
        validate=check_name,
        hint="tags, comments and notes carry it; colleagues who get the file see it",
    )


def check_name(name: str) -> None:
    """Refuses an empty name.

    Raises:
        InputError: there is nothing in it.
    """
    if not name.strip():
        raise InputError("a name has at least one letter")
