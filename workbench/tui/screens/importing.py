"""Importing: asks for files and folders, reads them in, says what went in and what did not."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content

from workbench.errors import InputError
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.paths import ask_paths
from workbench.tui.widgets.bars import UNDO
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.importing import ImportResult

ENDINGS = (".txt", ".md", ".jsonl")
HINT = (
    "Files (.txt, .md, .jsonl) and folders, separated by spaces · {paths.complete} completes · ~ is your home"
)


def import_articles(screen: CommandScreen[Any], then: Callable[[str | None], object]) -> None:
    """Asks for paths and imports them in one undo step. `then` gets the first new article's id, if any."""

    def read(paths: list[Path]) -> None:
        screen.job(
            lambda: screen.project.import_paths(paths, screen.progress),
            done,
            label="Importing",
            cancellable=True,
        )

    def done(result: ImportResult) -> None:
        screen.toast(summary(result), UNDO if result.added else "")
        if result.added:
            then(result.added[0].id)
            screen.workbench.post_project_changed()
        if result.failed or result.notes:
            screen.app.push_screen(ReportScreen(result))

    ask_paths(screen, "Import articles", read, check=check_there, hint=HINT, endings=ENDINGS)


def check_there(paths: Sequence[Path]) -> None:
    """Refuses paths at which there is nothing.

    Raises:
        InputError: it names the first of them.
    """
    for path in paths:
        if not os.path.exists(path):
            raise InputError(f"there is no file or folder {path}")


def summary(result: ImportResult) -> str:
    """An import in one line: "Imported 4 articles · 1 was here already · 1 could not be read"."""
    added, here, failed = len(result.added), len(result.already_here), len(result.failed)
    parts = [f"Imported {counted(added, 'article')}" if added else "Imported nothing new"]
    if here:
        parts.append(f"{here:,} {'was' if here == 1 else 'were'} here already")
    if failed:
        parts.append(f"{failed:,} could not be read")
    return " · ".join(parts)


class ReportScreen(WorkbenchDialog[int]):
    """What could not be read, with the reasons, and what else is worth saying. Any way out closes it."""

    context = "menu"

    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self._lines = [
            Content.assemble((f"{inert(failure.file)}  ", "bold"), inert(failure.reason))
            for failure in result.failed
        ] + [Content.styled(inert(note), "$text-muted") for note in result.notes]
        self._heading = "Could not be read" if result.failed else "Read otherwise than as UTF-8"
        self._facts = summary(result)

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield Pane(LineList(lambda line, width: self._wrapped(line, width), row_height=2),
                   heading=self._heading, facts=self._facts)  # fmt: skip

    def on_mount(self) -> None:
        """Lists the files, the box as high as they need."""
        self.query_one(Pane).styles.height = 2 * len(self._lines) + 2
        self.query_one(LineList).set_rows(self._lines)

    def action_apply(self) -> None:
        """Closes."""
        self.dismiss(None)

    def _wrapped(self, line: Content, width: int) -> Content:
        """A line over two rows: the second takes what the first has no room for."""
        rows = line.wrap(width)
        return Content("\n").join([rows[0], Content(" ").join(rows[1:]).truncate(width, ellipsis=True)])
