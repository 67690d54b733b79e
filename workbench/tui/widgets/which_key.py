"""The popup that follows the first key of a sequence and lists what may come next.

It takes no focus: the app hands it the next key (see `WorkbenchApp.on_key`), so that two keys that arrive at
once are read in order however long the first takes to travel. It waits for that key without end; Esc, or a
key that leads nowhere, closes it, and a click on a line is as good as its key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workbench.tui.command import Command
from workbench.tui.keys import show_key
from workbench.tui.widgets.bars import KEY_STYLE, MUTED, one_line

FULL = 60
"""Cells from which on there is room for more than the titles of commands."""
WIDEST = 46
"""Most cells of an offer, of which a reason may want more."""


class Offer(NamedTuple):
    """A key that may come next, what it runs, and why that cannot be done now, if so."""

    key: str
    command: Command
    reason: str | None


class WhichKey(Widget):
    """Hidden until `offer` is called; `take` closes it and names the chosen command."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A line was clicked; the popup has closed."""

        def __init__(self, command_id: str) -> None:
            super().__init__()
            self.command_id = command_id

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[Offer] = ()
        self._prefix = ""

    @property
    def is_open(self) -> bool:
        """Whether the next key belongs to the popup."""
        return bool(self._offers)

    def offer(self, prefix: str, title: str, offers: Sequence[Offer]) -> None:
        """Opens with what may follow the key `prefix`."""
        self._offers, self._prefix = offers, prefix
        self.border_title = Content(title)
        self.border_subtitle = Content("Esc closes")
        self.display = True
        self.refresh(layout=True)

    def take(self, key: str) -> str:
        """Closes, and returns the id of the command that `key` completes, "" for any other key."""
        chosen = next((one.command.id for one in self._offers if one.key == key), "")
        self._offers = ()
        self.display = False
        return chosen

    def astray(self, key: str) -> str:
        """What to say of a key that completes nothing; nothing of Esc, which only closes."""
        return "" if key == "escape" else f"{show_key(self._prefix)} {show_key(key)} leads nowhere"

    def on_click(self, event: events.Click) -> None:
        """Chooses the line under the mouse."""
        offset = event.get_content_offset(self)
        width, per_line = self._grid()
        if offset is None or offset.x // width >= per_line:
            return
        at = offset.y * per_line + offset.x // width
        if at < len(self._offers):
            self.post_message(self.Chosen(self.take(self._offers[at].key)))

    def render(self) -> Content:
        width, per_line = self._grid()
        cells = [cell.truncate(width, ellipsis=True, pad=True) for cell in self._cells()]
        lines = [Content("").join(cells[at : at + per_line]) for at in range(0, len(cells), per_line)]
        return Content("\n").join(lines)

    def _grid(self) -> tuple[int, int]:
        """Cells of an offer, and how many stand in a line."""
        room = self.size.width or 1
        widest = max((cell.cell_length for cell in self._cells()), default=0)
        width = max(min(widest + 3, WIDEST, room), 1)
        return width, max(room // width, 1)

    def _cells(self) -> list[Content]:
        is_full = self.size.width >= FULL
        cells = []
        for key, command, reason in self._offers:
            text = command.help if is_full else command.title
            if reason:
                words = f"{show_key(key)} {text} – {reason}" if is_full else f"{show_key(key)} {text}"
                cells.append(one_line(words).stylize(f"{MUTED} 60%"))
            else:
                cells.append(Content.assemble((f"{show_key(key)} ", KEY_STYLE), text))
        return cells
