"""One line that says what is special about the open file: it can only be read, it lies on a network drive."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from workbench.tui.widgets.bars import MUTED, one_line
from workbench.tui.widgets.strip import Strip


class WarningStrip(Strip):
    """The line; hidden where there is nothing to warn of. A click hides it too."""

    DEFAULT_CSS = "WarningStrip { background: $warning 20%; }"

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Shows what `Project.warnings` holds."""
        if warnings:
            self.say(one_line("! " + " · ".join(warnings)), Content.styled("click hides it", MUTED))
        else:
            self.hide()

    def on_click(self) -> None:
        """It was read."""
        self.hide()
