"""What was copied last, to be looked at, and the way into a file."""

from __future__ import annotations

from textual.app import ComposeResult

from workbench.text.sizes import size
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.text_area import InertTextArea


class CopiedScreen(WorkbenchDialog[None]):
    """Shows a text that cannot be changed here."""

    context = "copied"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose_body(self) -> ComposeResult:
        """The text."""
        facts = size(len(self._text.encode()))
        yield Pane(InertTextArea(self._text, read_only=True, compact=True), heading="Copied", facts=facts)

    def action_write(self) -> None:
        """Enter: to the file."""
        self.dismiss()
        self.workbench.action_write_copied()
