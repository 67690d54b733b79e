"""Copying: into the terminal's clipboard, by OSC 52, and into the program, for terminals that have none.

No terminal says whether it took a text, so what was copied last stays at hand: it can be pasted, shown, and
written to a file.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

from workbench.text.sizes import size
from workbench.tui.feedback import Feedback

MOST_BYTES = 74_994
"""UTF-8 of a text that terminals take: in base64, and with what stands around it, the 100,000 of many."""
SCREEN_BYTES = 240
"""What old versions of screen pass on at a time."""
WAY_OUT = "{app.palette} write it to a file"


class Clipboard(Feedback):
    """An app that copies.

    Attributes:
        copied: what was copied last; also what ctrl+v puts into a text field.
    """

    def __init__(self) -> None:
        super().__init__()
        self.copied = ""

    @property
    def clipboard(self) -> str:
        """What text fields paste."""
        return self.copied

    def copy_to_clipboard(self, text: str) -> None:
        """Keeps a text, and offers it to the terminal unless it is too long for one."""
        self.copied = text
        if self._driver and fits(text):
            self._driver.write(osc52(text, {} if self.is_web else os.environ))

    def copy(self, text: str, what: str) -> None:
        """Copies, and says so: `what` is like "“At a time of…” with its source"."""
        self.copy_to_clipboard(text)
        if fits(text):
            self.show_status(f"Copied {what}", WAY_OUT)
        else:
            much = size(len(text.encode()))
            self.toast(f"Copied in here only: {much} is more than a terminal takes", WAY_OUT)

    def action_show_copied(self) -> None:
        """Shows what was copied last."""
        from workbench.tui.screens.copied import CopiedScreen

        self.push_screen(CopiedScreen(self.copied))

    def action_write_copied(self) -> None:
        """Asks for a file and writes what was copied last into it."""
        from workbench.tui.screens.save_text import SaveText

        self.push_screen(SaveText("Write what was copied", "copied", ".txt", self.copied + "\n"))

    def action_save_picture(self) -> None:
        """Asks for a file and writes a picture of the screen, as it is now, into it."""
        from workbench.tui.screens.save_text import SaveText, without_fetched_fonts

        picture = without_fetched_fonts(self.export_screenshot())
        self.push_screen(SaveText("Save a picture of the screen", "workbench", ".svg", picture))


def fits(text: str) -> bool:
    """Whether a text is short enough for the clipboard of terminals at large."""
    return len(text.encode()) <= MOST_BYTES


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """What makes a terminal put a text into its clipboard.

    tmux heeds this itself only with `set-clipboard on`; in an envelope it hands it to the terminal around it,
    with `allow-passthrough on`. It is given both, and drops what it was not told to take. screen has no
    clipboard, but passes on what comes in envelopes, piece by piece.
    """
    code = base64.b64encode(text.encode()).decode()
    plain = f"\x1b]52;c;{code}\a"
    if "TMUX" in environ or environ.get("TERM", "").startswith("tmux"):
        return f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"
    if "STY" in environ:
        pieces = (plain[start : start + SCREEN_BYTES] for start in range(0, len(plain), SCREEN_BYTES))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain
