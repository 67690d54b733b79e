"""Exporting to Markdown: what, and into which file. The file is shown before it is written."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from workbench import config
from workbench.errors import InputError
from workbench.export.writing import write_file
from workbench.tui.screens.file_to_write import FileToWrite
from workbench.tui.widgets.form import Choice, Field, FieldRow
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.progress import Progress
    from workbench.project import Project

PROJECT = "project"
_LONGEST = 60


class ExportScreen(FileToWrite[Path]):
    """Closes with the path that was written, or None."""

    CSS_PATH = "export.tcss"

    def __init__(
        self,
        note: str | None = None,
        article: str | None = None,
        tag: str | None = None,
        *,
        whole_first: bool = False,
    ) -> None:
        """Offers the whole project, and before it (or after it) the note, article or tag of that id."""
        super().__init__()
        self._whole_first = whole_first
        given = {"note": note, "article": article, "tag": tag}
        self._ids = {kind: identifier for kind, identifier in given.items() if identifier is not None}
        self._proposed: dict[str, Path] = {}
        self._proposal = ""
        self._write_when_ready = False

    def compose_body(self) -> ComposeResult:
        """What to export, where to, and what enter is going to do."""
        parts = [*((kind, f"this {kind}") for kind in self._ids), (PROJECT, "the whole project")]
        if self._whole_first:
            parts.reverse()
        yield Pane(
            FieldRow(Field("what", "Export", parts[0][0], choices=parts)),
            FieldRow(Field("path", "Into")),
            Static("", id="hint", markup=False),
            heading="Export to Markdown",
        )

    def on_mount(self) -> None:
        """Looks up names for the file."""
        self.line.focus()
        self.job(lambda: _proposals(self.project, self._ids), self._ready)

    # What is shown

    @property
    def _what(self) -> str:
        return self.query(FieldRow).first(FieldRow).value

    def named(self) -> Path | None:
        """The file named, a relative one as `folder_beside` says. None for none, or before `_ready`."""
        typed = self.line.value.strip()
        return folder_beside(self.project) / os.path.expanduser(typed) if typed and self._proposed else None

    def _ready(self, proposed: dict[str, Path]) -> None:
        self._proposed = proposed
        self._propose()
        self.show_what_enter_does()
        if self._write_when_ready:
            self.action_write()

    @on(Choice.Changed)
    def _propose(self) -> None:
        """Names the file after what is exported, unless the user has named it."""
        if self.line.value == self._proposal and self._proposed:
            self._proposal = self.line.value = str(self._proposed[self._what])
            self.line.action_end()

    def write_file(self, *, force: bool) -> None:
        """Exports."""
        path = self.named()
        if not self._proposed:
            self._write_when_ready = True
        elif path is None:
            self.say("Name a file to write", refused=True)
        else:
            wanted = {kind: self._ids[kind] for kind in self._ids if kind == self._what}
            self.job(
                lambda: export(self.project, path, wanted, self.progress, force=force),
                lambda _: self._written(path),
                failed=lambda error: self.say(str(error), refused=True),
                label="Exporting",
                cancellable=True,
            )

    def _written(self, path: Path) -> None:
        self.dismiss(path)
        self.toast(f"Exported to {path}")


def export(project: Project, path: Path, wanted: dict[str, str], progress: Progress, *, force: bool) -> None:
    """Writes a project, or the note, article or tag in `wanted` (kind → id). For the project's thread.

    Raises:
        WorkbenchError: the file is there and not to be replaced, is the project's own, or cannot be written.
    """
    put_file(project, path, project.export_markdown(**wanted, progress=progress), force=force)


def put_file(project: Project, path: Path, text: str, *, force: bool) -> None:
    """Writes a text to any file but the project's own. Raises as `export` does."""
    if os.path.exists(path) and path.samefile(project.path):
        raise InputError("That is the project's own file: name another")
    write_file(path, text, force=force)


def _proposals(project: Project, ids: dict[str, str]) -> dict[str, Path]:
    """A file that is not there yet for each thing that may be exported. For the project's thread."""
    titles = {PROJECT: project.path.stem}
    if "note" in ids:
        titles["note"] = project.note(ids["note"]).title
    if "article" in ids:
        titles["article"] = project.article(ids["article"]).label
    if "tag" in ids:
        titles["tag"] = project.tag(ids["tag"]).name
    folder = folder_beside(project)
    return {kind: free_path(folder, title) for kind, title in titles.items()}


def folder_beside(project: Project) -> Path:
    """Where an export lies unless told otherwise: beside the project; the sample's where one works."""
    path = project.path.absolute()
    return Path.cwd() if path == config.sample_path().absolute() else path.parent


def free_path(folder: Path, title: str, ending: str = ".md") -> Path:
    """A file of that title which is not there yet: "pumps-alarm.md", else "pumps-alarm-2.md"."""
    stem = slug(title)
    path, number = folder / f"{stem}{ending}", 1
    while os.path.exists(path):
        number += 1
        path = folder / f"{stem}-{number}{ending}"
    return path


def slug(title: str) -> str:
    """A title as a file name without ending: letters and digits of any script, the rest hyphens."""
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", unicodedata.normalize("NFC", title).lower())
    short = "-".join(words)
    if len(short) > _LONGEST:
        short = short[: short.rfind("-", 0, _LONGEST + 1)] if "-" in short[:_LONGEST] else short[:_LONGEST]
    return short or "export"
