"""Menus where the mouse is: what can be done to the row or the passage under it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import events, on
from textual.content import Content
from textual.geometry import Offset, Region

from workbench.tui import commands
from workbench.tui.command import Command
from workbench.tui.keys import show_key
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.key_menu import KeyMenu, MenuRow
from workbench.tui.widgets.line_list import LineList


class PointerMenus(CommandScreen[None]):
    """A screen with a menu that the right mouse button opens on rows of its lists.

    Attributes:
        menu: closed at first; to be composed into the screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.menu = KeyMenu()

    def take_key(self, event: events.Key) -> bool:
        """An open menu has keys first."""
        return self.menu.take(event)

    def offer_menu(self, offers: Iterable[Command], at: Offset) -> None:
        """Opens the menu with these commands at a place on the screen; disabled ones are greyed."""
        rows = [self._offered(one, f"{one.help[:1].upper()}{one.help[1:]}") for one in offers]
        if rows:
            self.menu.offer(rows, at)

    def offer_line(self, offers: Iterable[Command], at: Offset, avoid: Region) -> None:
        """Opens the menu as a line near a place, apart from a region of the screen."""
        self.menu.offer_line([self._offered(one, one.title) for one in offers], at, avoid)

    def row_commands(self) -> list[Command]:
        """What can be done to the row under the cursor, each by a key of its own."""
        own = [one for one in commands.commands(self.active_context) if one.keys and one.group != "Move"]
        return [row.commands[0] for row in commands.rows(own) if len(row.commands) == 1]

    def _offered(self, command: Command, words: str) -> MenuRow:
        key = show_key(command.keys[0]) if command.keys else ""
        run = partial(self.run_command, command.id)
        return MenuRow(key, Content(words), run, muted=self.disabled_reason(command.id) is not None)

    @on(LineList.MenuRequested)
    def _row_menu_requested(self, message: LineList.MenuRequested) -> None:
        message.stop()
        self.offer_menu(self.row_commands(), message.place)

    @on(events.MouseDown)
    @on(events.Resize)
    @on(events.ScreenSuspend)
    def _close_menu(self) -> None:
        """A press elsewhere does what it does; at another size the menu would stand elsewhere."""
        self.menu.close()
