"""Writing a text that is at hand to a file: what was copied, a picture of the screen."""

from __future__ import annotations

import os
import re
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from workbench.tui.screens.export import folder_beside, free_path, put_file
from workbench.tui.screens.file_to_write import FileToWrite
from workbench.tui.widgets.form import Field, FieldRow
from workbench.tui.widgets.pane import Pane

_FETCHED = re.compile(r',\s*url\("https?://[^")]*"\)(\s*format\("\w+"\))?')


class SaveText(FileToWrite[Path]):
    """Closes with the path that was written, or None."""

    CSS_PATH = "export.tcss"

    def __init__(self, heading: str, stem: str, ending: str, text: str) -> None:
        """Proposes a file of that stem and ending (".txt") which is not there yet."""
        super().__init__()
        self._heading, self._stem, self._ending = heading, stem, ending
        self._text = text

    def compose_body(self) -> ComposeResult:
        """Where to, and what enter is going to do."""
        yield Pane(
            FieldRow(Field("path", "Into")),
            Static("", id="hint", markup=False),
            heading=self._heading,
        )

    def on_mount(self) -> None:
        """Proposes the file."""
        self.line.focus()
        self.line.value = str(free_path(folder_beside(self.project), self._stem, self._ending))
        self.line.action_end()
        self.show_what_enter_does()

    def named(self) -> Path | None:
        """The file named, a relative one as `folder_beside` says."""
        typed = self.line.value.strip()
        return folder_beside(self.project) / os.path.expanduser(typed) if typed else None

    def write_file(self, *, force: bool) -> None:
        """Writes the text."""
        path = self.named()
        if path is None:
            self.say("Name a file to write", refused=True)
            return
        self.job(
            lambda: put_file(self.project, path, self._text, force=force),
            lambda _: self._written(path),
            failed=lambda error: self.say(str(error), refused=True),
            label="Writing",
        )

    def _written(self, path: Path) -> None:
        self.dismiss(path)
        self.toast(f"Wrote {path}")


def without_fetched_fonts(svg: str) -> str:
    """A picture that has a browser use the fonts at hand, and ask nobody for others."""
    return _FETCHED.sub("", svg)
