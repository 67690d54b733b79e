"""One line under the top bar that says something: it covers nothing and takes no key.

On a low screen one such line is enough: the first that has something to say is shown, the others wait.
"""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from workbench.tui.widgets.bars import Bar

ROOM_FOR_SEVERAL = 30
"""Rows of the terminal from which on several are shown below each other."""


class Strip(Bar):
    """The line; hidden while there is nothing to say, and for good once it gave way.

    Attributes:
        rank: which one is shown where there is room for one alone: the one with the lowest.
    """

    DEFAULT_CSS = "Strip { display: none; padding: 0 1; }"
    rank: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._wanted = self._gave_way = False

    def say(self, left: Content, right: Content) -> None:
        """Shows a line, unless it gave way."""
        self.show(left, right)
        self._want(True)

    def hide(self) -> None:
        """Shows nothing until there is something to say again."""
        self._want(False)

    def give_way(self) -> None:
        """Leaves its row to another strip, as long as the screen lasts."""
        self._gave_way = True
        self._want(False)

    def _want(self, wanted: bool) -> None:
        self._wanted = wanted and not self._gave_way
        is_low = self.app.size.height < ROOM_FOR_SEVERAL
        taken = False
        for strip in sorted(self.screen.query(Strip), key=lambda strip: strip.rank):
            strip.display = strip._wanted and not (is_low and taken)
            taken = taken or strip.display
