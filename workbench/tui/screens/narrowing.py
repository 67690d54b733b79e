"""A box in which typing narrows a list, and enter or a click takes the row under the cursor."""

from __future__ import annotations

from textual import on
from textual.screen import ScreenResultType
from textual.widgets import Input

from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.widgets.line_list import LineList


class NarrowingDialog(WorkbenchDialog[ScreenResultType]):
    """A dialog whose body is a line to type in over a list."""

    def narrow(self, typed: str) -> None:
        """Lists what fits. To be overridden."""
        raise NotImplementedError

    def action_apply(self) -> None:
        """Takes the row under the cursor. To be overridden."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.narrow(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_apply()

    @on(LineList.Selected)
    def _clicked(self) -> None:
        self.action_apply()
