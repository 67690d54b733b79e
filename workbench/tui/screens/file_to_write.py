"""What the dialogs that write a file share: the line with its path, and what enter is going to do."""

from __future__ import annotations

import os
from pathlib import Path

from textual import on
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widgets import Input, Static

from workbench.text.inert import inert
from workbench.tui.commands import HelpRow, key
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.widgets.form import Choice


class FileToWrite(WorkbenchDialog[ScreenResultType]):
    """A dialog with an `Input` for the path and a `Static` "hint". Override `named` and `write_file`."""

    context = "export"

    def named(self) -> Path | None:
        """The file that is named; None for none, or while that cannot be told."""
        raise NotImplementedError

    def write_file(self, *, force: bool) -> None:
        """Writes the file; with `force` over one that is there."""
        raise NotImplementedError

    @property
    def line(self) -> Input:
        """Where the path is typed."""
        return self.query_one(Input)

    @on(Input.Changed)
    def show_what_enter_does(self) -> None:
        """Says which file will be written, or why none can be."""
        path = self.named()
        if path is None:
            self.say("")
        elif os.path.isdir(path):
            self.say("That is a folder: name a file in it", refused=True)
        elif os.path.exists(path):
            self.say(f"{path} is there already: {key('export.overwrite')} replaces it", refused=True)
        else:
            self.say(f"{key('export.write')} writes {path}")

    def footer_rows(self) -> list[HelpRow]:
        """Replacing is offered where there is something to replace."""
        path = self.named()
        there = path is not None and os.path.isfile(path)
        return [row for row in super().footer_rows() if there or row.commands[0].id != "export.overwrite"]

    def say(self, words: str, *, refused: bool = False) -> None:
        """Writes the hint below the path."""
        hint = self.query_one("#hint", Static)
        hint.update(Content(inert(words)))
        hint.set_class(refused, "refused")
        self.show_keys()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_write()

    def action_write(self) -> None:
        """Enter: writes a new file."""
        self.write_file(force=False)

    def action_overwrite(self) -> None:
        """ctrl+o: writes the file, also where one is."""
        self.write_file(force=True)

    def action_cancel(self) -> None:
        """Escape: stops what is being written, else closes."""
        if self.workbench.jobs.cancel():
            self.say("Stopping…")
        else:
            super().action_cancel()

    def action_choice(self, step: int) -> None:
        """Turns the choice that has the focus."""
        if isinstance(self.focused, Choice):
            self.focused.turn(step)
