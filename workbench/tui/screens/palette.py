"""The command palette: every command of the screen below and of the whole program, found by typing."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from workbench.tui import commands
from workbench.tui.commands import Command
from workbench.tui.contexts import CONTEXTS
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.narrowing import NarrowingDialog
from workbench.tui.widgets.bars import KEY_STYLE, MUTED, spread
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line

ELSEWHERE = ("library", "reading", "hits", "notes", "note", "editor", "tags", "history", "bin", "projects")
"""Places whose commands are listed too, greyed while one is not there."""


def _is_listed(command: Command) -> bool:
    return command.id not in ("app.palette", "app.back") and command.group != "Move"


class PaletteScreen(NarrowingDialog[str]):
    """Closes with the id of the chosen command, or None."""

    context = "palette"

    def __init__(self, below: CommandScreen[Any]) -> None:
        super().__init__()
        self._below = below
        here = (*commands.commands(below.active_context), *commands.commands(commands.ANYWHERE))
        self._reasons = {
            command.id: below.disabled_reason(command.id) for command in here if _is_listed(command)
        }
        elsewhere = [
            (command, CONTEXTS[place].lower())
            for place in ELSEWHERE
            for command in commands.commands(place)
            if _is_listed(command)
        ]
        for command, place in elsewhere:
            self._reasons.setdefault(command.id, f"works in: {place}")
        self._commands = [commands.find(command_id) for command_id in self._reasons]

    def compose_body(self) -> ComposeResult:
        """A line to type in, over the list."""
        yield Pane(
            query_line(InertInput(placeholder="type a command")),
            LineList(self._row, key=lambda command: command.id, empty="No command is called that"),
            heading=f"Commands: {CONTEXTS.get(self._below.active_context, '')}",
        )

    def on_mount(self) -> None:
        """Lists everything."""
        self.narrow("")

    def action_apply(self) -> None:
        """Closes with the command under the cursor; a disabled one says why and the palette stays."""
        command = self._rows.current
        if command is None:
            return
        if self._reasons[command.id]:
            self.app.bell()
        else:
            self.dismiss(command.id)

    @property
    def _rows(self) -> LineList[Command]:
        return self.query_one(LineList)

    def narrow(self, typed: str) -> None:
        """Lists the commands that fit."""
        lines = [f"{command.title} {command.help} {command.group}" for command in self._commands]
        found = [self._commands[at] for at in commands.matching(typed, lines)]
        self._rows.set_rows(found, cursor=0)
        self.query_one(Pane).set_heading(
            f"Commands: {CONTEXTS.get(self._below.active_context, '')}", f"{len(found)} of {len(lines)}"
        )

    def _row(self, command: Command, width: int) -> Content:
        reason = self._reasons[command.id]
        keys = Content.styled(f"{command.shown} ", KEY_STYLE)
        if reason:
            left = Content.assemble(command.help[:1].upper(), command.help[1:], "  ", reason)
            return spread(left.stylize(MUTED), keys.stylize(MUTED), width)
        help_text = command.help[:1].upper() + command.help[1:]
        return spread(Content.assemble(help_text, "  ", (command.group, MUTED)), keys, width)
