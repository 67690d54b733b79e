"""Exporting the matrix as CSV or Markdown. The file is shown before it is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from workbench.export.matrix import to_csv, to_markdown
from workbench.matrix import TagMatrix
from workbench.tui.screens.export import folder_beside, free_path, put_file
from workbench.tui.screens.file_to_write import FileToWrite
from workbench.tui.widgets.form import Choice, Field, FieldRow
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.project import Project

FORMATS = [("csv", "CSV, for spreadsheets"), ("md", "Markdown, to be read")]


class MatrixExport(FileToWrite[Path]):
    """Closes with the path that was written, or None."""

    CSS_PATH = "export.tcss"

    def __init__(self, matrix: TagMatrix) -> None:
        """Offers a matrix as it is shown."""
        super().__init__()
        self._matrix = matrix
        self._proposal = ""

    def compose_body(self) -> ComposeResult:
        """The format, where to, and what enter is going to do."""
        yield Pane(
            FieldRow(Field("format", "As", FORMATS[0][0], choices=FORMATS)),
            FieldRow(Field("path", "Into")),
            Static("", id="hint", markup=False),
            heading="Export the matrix",
        )

    def on_mount(self) -> None:
        """Proposes a file."""
        self.line.focus()
        self._propose()
        self.show_what_enter_does()

    @property
    def _format(self) -> str:
        return self.query(FieldRow).first(FieldRow).value

    def named(self) -> Path | None:
        """The file named, a relative one as `folder_beside` says."""
        typed = self.line.value.strip()
        return folder_beside(self.project) / os.path.expanduser(typed) if typed else None

    @on(Choice.Changed)
    def _propose(self) -> None:
        """Names the file after the project and the format, unless the user has named it."""
        if self.line.value == self._proposal:
            stem = f"{self.project.path.stem} matrix"
            path = free_path(folder_beside(self.project), stem, f".{self._format}")
            self._proposal = self.line.value = str(path)
            self.line.action_end()

    def write_file(self, *, force: bool) -> None:
        """Exports."""
        path = self.named()
        if path is None:
            self.say("Name a file to write", refused=True)
            return
        matrix, form = self._matrix, self._format
        self.job(
            lambda: export(self.project, matrix, form, path, force=force),
            lambda _: self._written(path),
            failed=lambda error: self.say(str(error), refused=True),
            label="Exporting",
        )

    def _written(self, path: Path) -> None:
        self.dismiss(path)
        self.toast(f"Exported the matrix to {path}")


def export(project: Project, matrix: TagMatrix, form: str, path: Path, *, force: bool) -> None:
    """Writes a matrix as "csv" or "md". For the project's thread.

    Raises:
        WorkbenchError: the file is there and not to be replaced, is the project's own, or cannot be written.
    """
    text = to_csv(matrix) if form == "csv" else to_markdown(matrix, project.title)
    put_file(project, path, text, force=force)
