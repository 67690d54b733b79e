"""One line that says what name signs the user's work, as long as it is only the one their login gave.

It covers nothing and takes no key. It goes when the name is chosen (`g w`), when it is clicked, and for good
after a session in which it was seen and the project was written to.
"""

from __future__ import annotations

from contextlib import suppress

from textual.content import Content

from workbench import config
from workbench.errors import WorkbenchError
from workbench.text.inert import inert
from workbench.tui.widgets.bars import KEY_STYLE, MUTED
from workbench.tui.widgets.strip import Strip


class NameStrip(Strip):
    """The line; hidden until there is a name to show."""

    DEFAULT_CSS = "NameStrip { background: $primary 15%; }"
    rank = 1

    def __init__(self) -> None:
        super().__init__()
        self._shown = self._written = False

    def show_name(self, name: str | None) -> None:
        """Shows the name that signs; None hides the line."""
        self._shown = name is not None
        if name is None:
            self.hide()
        else:
            self.say(
                Content.assemble(
                    f"You write as “{inert(name)}”   ",
                    ("g w", KEY_STYLE),
                    " changes it",
                    ("   a click keeps it", MUTED),
                ),
                Content(""),
            )

    def note_change(self, *, opened: bool) -> None:
        """The project's content is another: unless a project was `opened`, somebody works here."""
        self._written = self._written or (self._shown and not opened)

    def on_click(self) -> None:
        """The name is fine."""
        self._keep()
        self.show_name(None)

    def on_unmount(self) -> None:
        """Work was signed with the name in plain sight: it is not asked for again."""
        if self._shown and self._written:
            self._keep()

    def _keep(self) -> None:
        with suppress(WorkbenchError):  # a folder that cannot be written: the line comes back
            config.keep_name()
