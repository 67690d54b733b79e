"""Sending a copy: into which file, and what stays out of it. What it will hold is shown before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.text.sizes import size
from workbench.tui.screens.export import folder_beside, free_path
from workbench.tui.screens.file_to_write import FileToWrite
from workbench.tui.widgets.form import Choice, Field, FieldRow, Fields
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.store.copying import CopyReport, Withheld

_IN, _OUT = "in", "out"
OPTIONS: tuple[tuple[Withheld, str, str, str], ...] = (
    ("comments", "Comments", "go along", "stay here"),
    ("notes", "Notes, searches", "go along", "stay here"),
    ("names", "Names", "go along", "stay here: who wrote what is not told"),
    ("superseded", "Earlier versions", "go along", "stay here"),
    ("deleted", "Deleted things", "go along, as in the bin", "stay here"),
)
"""What may be left out, what it is called, and the words for both."""
_HASH_LETTERS = 12


class SendCopyScreen(FileToWrite[Path]):
    """Closes with the path that was written, or None. Keys and words are those of the export."""

    CSS_PATH = "send_copy.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None

    def compose_body(self) -> ComposeResult:
        """The file, what goes along, and what the copy will hold."""
        with Pane(heading="Send a copy"):
            with Fields():
                yield FieldRow(Field("path", "Into"))
                yield Static("", id="hint", markup=False)
                for name, label, along, here in OPTIONS:
                    yield FieldRow(Field(name, label, _IN, choices=[(_IN, along), (_OUT, here)]))
            yield Static("", id="facts", markup=False)

    def on_mount(self) -> None:
        """Looks up a name for the file and what is in the project."""
        self.line.focus()
        self.job(self._proposal, self._ready)
        self._look()

    # What is shown

    @property
    def _withheld(self) -> frozenset[Withheld]:
        values = {row.field.name: row.value for row in self.query(FieldRow)}
        return frozenset(name for name, *_ in OPTIONS if values[name] == _OUT)

    def named(self) -> Path | None:
        """The file named, a relative one beside the project; None for none, or before `_ready`."""
        typed = self.line.value.strip()
        return self._folder / os.path.expanduser(typed) if typed and self._folder else None

    def _proposal(self) -> tuple[Path, Path]:
        """The folder for the copy and a file in it that is not there yet. For the project's thread."""
        folder = folder_beside(self.project)
        return folder, free_path(folder, f"{self.project.path.stem} copy", ".db")

    def _ready(self, proposed: tuple[Path, Path]) -> None:
        self._folder, path = proposed
        if not self.line.value:
            self.line.value = str(path)
            self.line.action_end()
        self.show_what_enter_does()

    @on(Choice.Changed)
    def _look(self) -> None:
        """Finds out what the copy will hold."""
        withheld = self._withheld
        self.job(
            lambda: self.project.preview_copy(withheld),
            self._show_facts,
            failed=lambda error: self.say(str(error), refused=True),
            group="copy",
            label="Looking at what the copy will hold",
        )

    def _show_facts(self, report: CopyReport) -> None:
        lines = [f"It will hold {in_words(report)}", *(f"But {remark}" for remark in report.remarks)]
        self.query_one("#facts", Static).update(Content(inert(". ".join(lines)) + "."))

    def write_file(self, *, force: bool) -> None:
        """Sends the copy."""
        path, withheld = self.named(), self._withheld
        if path is None:
            self.say("Name a file to write", refused=True)
            return
        self.job(
            lambda: self.project.send_copy(path, withhold=withheld, force=force, progress=self.progress),
            self._written,
            failed=lambda error: self.say(str(error), refused=True),
            label="Copying",
            cancellable=True,
        )

    def _written(self, report: CopyReport) -> None:
        self.dismiss(report.path)
        digest = report.sha256[:_HASH_LETTERS]
        self.toast(f"Wrote a copy to {report.path} · {size(report.bytes)} · SHA-256 {digest}…")


def in_words(report: CopyReport) -> str:
    """What a copy holds: "5 articles, 1 passage, …, by Anna, Ben" or "…, names left out"."""
    numbers = {
        "article": report.articles,
        "passage": report.passages,
        "tag": report.tags,
        "note": report.notes,
        "comment": report.comments,
    }
    held = [counted(number, word) for word, number in numbers.items()]
    if report.searches:
        held.append(counted(report.searches, "saved search"))
    held.append(f"by {', '.join(report.analysts)}" if report.analysts else "names left out")
    return ", ".join(held)
