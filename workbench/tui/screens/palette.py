"""The command palette: every command of the screen below and of the whole program, found by typing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from workbench.tui import commands
from workbench.tui.command import ANYWHERE, Command
from workbench.tui.contexts import BOXED, CONTEXTS
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.narrowing import NarrowingDialog
from workbench.tui.widgets.bars import KEY_STYLE, MUTED, spread
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line

ELSEWHERE = [context for context in CONTEXTS if context not in BOXED | {ANYWHERE}]
"""Places whose commands are listed too, greyed while one is not there."""
LAST = "Move"
"""The group that comes after all others, and of other places not at all: nobody looks for an arrow key."""
DISABLED = f"{MUTED} 60%"
WITH_GROUP = 60
"""Cells of a row from which on it names the command's group."""
NAMED = 2
"""Most places that are said to have a command."""


def works_in(command: Command) -> str:
    """Where a command works, for those who look for it elsewhere."""
    places = [CONTEXTS[one].lower() for one in CONTEXTS if one in command.contexts]
    return f"works in: {', '.join(places[:NAMED])}{', …' if len(places) > NAMED else ''}"


class PaletteScreen(NarrowingDialog[str]):
    """Closes with the id of the chosen command, or None."""

    context = "palette"

    def __init__(self, below: CommandScreen[Any]) -> None:
        super().__init__()
        self._below = below
        self._reasons: dict[str, str | None] = {}
        for command in self._offered():
            self._reasons.setdefault(command.id, self._reason(command))
        listed = [commands.find(command_id) for command_id in self._reasons]
        self._commands = sorted(listed, key=self._place)

    def _offered(self) -> Iterator[Command]:
        """The commands of the screen below, of its kind, and of the places."""
        for context in (self._below.active_context, self._below.shared, ANYWHERE, *ELSEWHERE):
            for command in commands.commands(context):
                if command.id != "app.palette" and (command.group != LAST or self._is_here(command)):
                    yield command

    def _is_here(self, command: Command) -> bool:
        return not command.contexts.isdisjoint((self._below.active_context, self._below.shared))

    def _place(self, command: Command) -> tuple[bool, ...]:
        """What the screen has comes first, and of that what can be run now."""
        return not self._is_here(command), command.group == LAST, self._reasons[command.id] is not None

    def _reason(self, command: Command) -> str | None:
        if self._is_here(command):
            return self._below.disabled_reason(command.id)
        if ANYWHERE in command.contexts:
            return "close this box first"
        return works_in(command)

    def compose_body(self) -> ComposeResult:
        """A line to type in, over the list."""
        yield Pane(
            query_line(NarrowingInput(placeholder="type a command")),
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
        if reason := self._reasons[command.id]:
            self.app.bell()
            self.show_status(reason)
            self.query_one(Pane).set_heading(reason)
        else:
            self.dismiss(command.id)

    @property
    def _rows(self) -> LineList[Command]:
        return self.query_one(LineList)

    def narrow(self, typed: str) -> None:
        """Lists the commands that fit, first of all those that can be run and are called that."""
        lines = [f"{command.title} {command.help} {command.group}" for command in self._commands]
        found = [self._commands[at] for at in commands.matching(typed, lines)]
        if called := typed.strip().casefold():
            found.sort(key=lambda one: not self._is_called(one, called))
        self._rows.set_rows(found, cursor=0)
        self.query_one(Pane).set_heading(
            f"Commands: {CONTEXTS.get(self._below.active_context, '')}", f"{len(found)} of {len(lines)}"
        )

    def _is_called(self, command: Command, called: str) -> bool:
        return command.title.casefold().startswith(called) and not self._reasons[command.id]

    def _row(self, command: Command, width: int) -> Content:
        reason = self._reasons[command.id]
        help_text = command.help[:1].upper() + command.help[1:]
        if reason:
            left = Content(f"{help_text} – {reason}")
            return spread(left.stylize(DISABLED), Content.styled(f"{command.shown} ", DISABLED), width)
        keys = Content.styled(f"{command.shown} ", KEY_STYLE)
        if width >= WITH_GROUP:
            keys = Content.assemble((f"{command.group:<13}", MUTED), " " * (12 - keys.cell_length), keys)
        return spread(Content(help_text), keys, width)
