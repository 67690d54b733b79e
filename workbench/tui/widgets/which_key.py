"""The popup that follows the first key of a sequence and lists what may come next.

It takes no focus: the app hands it the next key (see `WorkbenchApp.on_key`), so that two keys that arrive at
once are read in order however long the first takes to travel.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from workbench.tui.commands import Command
from workbench.tui.keys import show_key
from workbench.tui.widgets.bars import KEY_STYLE, MUTED

FULL = 60
"""Cells from which on there is room for more than the titles of commands."""


class WhichKey(Widget):
    """Hidden until `offer` is called; `take` closes it and names the chosen command."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[tuple[str, Command]] = ()
        self._title = ""

    @property
    def is_open(self) -> bool:
        """Whether the next key belongs to the popup."""
        return bool(self._offers)

    def offer(self, title: str, offers: Sequence[tuple[str, Command]]) -> None:
        """Opens with pairs of (next key, command)."""
        self._offers, self._title = offers, title
        self.border_title = Content(title)
        self.display = True
        self.refresh(layout=True)

    def take(self, key: str) -> Command | None:
        """Closes, and returns the command that `key` completes; None for any other key."""
        chosen = dict(self._offers).get(key)
        self._offers = ()
        self.display = False
        return chosen

    def render(self) -> Content:
        room = self.size.width
        cells = [
            Content.assemble(
                (f"{show_key(key)} ", KEY_STYLE),
                (command.help if room >= FULL else command.title, MUTED),
            )
            for key, command in self._offers
        ]
        width = max((cell.cell_length for cell in cells), default=0) + 3
        per_line = max((self.size.width or 1) // width, 1)
        lines = [
            Content("").join(cell.pad_right(width - cell.cell_length) for cell in cells[at : at + per_line])
            for at in range(0, len(cells), per_line)
        ]
        return Content("\n").join(lines)
