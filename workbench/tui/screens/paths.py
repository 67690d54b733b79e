"""Asks for paths of files and folders; tab completes them as a shell would."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from workbench.errors import InputError, WorkbenchError
from workbench.text.inert import inert
from workbench.tui.commands import hint as with_keys
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.pane import Pane

LISTED = 8
"""Names shown at most where several complete what is typed."""

Check = Callable[[Sequence[Path]], object]
"""Looks at the paths; refuses them by raising a WorkbenchError whose sentence is shown."""


def ask_paths(
    screen: CommandScreen[Any],
    title: str,
    then: Callable[[list[Path]], object],
    *,
    check: Check,
    hint: str,
    initial: str = "",
    endings: Sequence[str] = (),
    several: bool = True,
) -> None:
    """Asks for one or more paths, separated by spaces. `then` gets them once `check` lets them pass.

    Args:
        several: without it the line is one path, spaces and all.
        endings: file endings that completion offers beside folders (".txt"); none for all.
    """

    def answered(paths: list[Path] | None) -> None:
        if paths is not None:
            then(paths)

    screen.app.push_screen(PathsScreen(title, check, hint, initial, tuple(endings), several), answered)


class PathsScreen(WorkbenchDialog[list[Path]]):
    """The line, and below it what is wrong with it or how it can go on."""

    context = "paths"

    def __init__(
        self, title: str, check: Check, hint: str, initial: str, endings: tuple[str, ...], several: bool
    ) -> None:
        super().__init__()
        self._several = several
        self._title, self._hint, self._initial = title, with_keys(hint), initial
        self._check, self._endings = check, endings

    def compose_body(self) -> ComposeResult:
        """The line and what is said about it."""
        yield Pane(
            InertInput(self._initial),
            Static(self._hint, id="hint", markup=False),
            heading=self._title,
        )

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say(Content(self._hint))

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Closes with the paths, or says why not."""
        try:
            paths = split_paths(self.query_one(Input).value, self._several)
            self._check(paths)
        except WorkbenchError as refusal:
            self._say(Content(inert(str(refusal))), refused=True)
        else:
            self.dismiss(paths)

    def action_complete(self) -> None:
        """Completes the last path as far as only one way leads; shows the names where there are several."""
        line = self.query_one(Input)
        completed, names = complete(line.value, self._endings)
        with self.prevent(Input.Changed):
            line.value = completed
        line.action_end()
        more = ["…"] if len(names) > LISTED else []
        shown = "\n".join([inert(name) for name in names[:LISTED]] + more) if len(names) > 1 else self._hint
        self._say(Content(shown if names else "Nothing begins like that"))

    def _say(self, words: Content, refused: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(words)
        hint.set_class(refused, "refused")


def split_paths(typed: str, several: bool = True) -> list[Path]:
    """The paths of a line, quotes, backslashes and ~ understood as in a shell; a lone path needs no quotes.

    Args:
        several: without it the line is one path, spaces and all.

    Raises:
        InputError: there is none, or a quote does not close.
    """
    whole = Path(os.path.expanduser(typed.strip()))
    if typed.strip() and os.path.exists(whole):
        return [whole]
    try:
        parts = shlex.split(typed)
    except ValueError:
        if several:
            raise InputError("a quotation mark does not close; write \\' for one in a name") from None
        parts = [typed.strip()]
    if not parts:
        raise InputError("type the path of a file or folder")
    return [Path(os.path.expanduser(part)) for part in (parts if several else [" ".join(parts)])]


def complete(typed: str, endings: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The line with its last path completed as far as it is certain, and the names that begin like it."""
    start = _last_start(typed)
    last = typed[start:].lstrip("'\"").replace("\\ ", " ")
    folder, _, begun = last.rpartition("/")
    place = Path(os.path.expanduser(f"{folder}/" if "/" in last else "."))
    try:
        entries = sorted(os.scandir(place), key=lambda entry: entry.name.casefold())
        names = [
            f"{entry.name}/" if entry.is_dir() else entry.name
            for entry in entries
            if entry.name.startswith(begun) and (begun.startswith(".") or not entry.name.startswith("."))
            if entry.is_dir() or not endings or entry.name.lower().endswith(tuple(endings))
        ]
    except OSError:
        return typed, []
    common = _common_start(names) if names else begun
    path = (f"{folder}/" if "/" in last else "") + common
    return typed[:start] + path.replace(" ", "\\ ").replace("'", "\\'").replace('"', '\\"'), names


def _last_start(typed: str) -> int:
    """Where the last path of a line begins: after the last space without a quote or backslash."""
    start, quote, escaped = 0, "", False
    for at, char in enumerate(typed):
        if escaped:
            escaped = False
        elif char == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == " ":
            start = at + 1
    return start


def _common_start(names: Sequence[str]) -> str:
    first, last = min(names), max(names)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[:same] if same is not None else first
