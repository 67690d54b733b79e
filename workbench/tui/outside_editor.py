"""The user's own editor for a text: the screen steps aside until it ends.

Nothing is lost on the way: where what the editor left cannot be taken, its file stays and the error names it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from textual.app import App, SuspendNotSupported

from workbench.errors import InputError, WorkbenchError
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.export import slug

FALLBACKS = ("nano", "vi")
AT_ONCE = 1.0
"""Seconds within which nobody edits a text: an editor that took no longer opened a window and left."""


def go_outside(screen: CommandScreen[Any], text: str, name: str) -> str | None:
    """As `edit_outside`; says on the screen why there is nothing new, and gives None then."""
    try:
        left = edit_outside(screen.app, text, name)
    except WorkbenchError as error:
        screen.toast(str(error), error=True)
        return None
    if left == text:
        screen.show_status("Nothing was changed")
        return None
    return left


def edit_outside(app: App[Any], text: str, name: str) -> str:
    """Has the user's editor work on a text, and gives back what it left.

    Args:
        name: what the file is called, for the title line of the editor ("Pumps & alarm").

    Raises:
        WorkbenchError: there is no editor or no terminal for it, it failed, or what it left is no text.
    """
    command = editor_command(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="workbench-"))  # nobody else can look into it
    file = _File(folder / f"{slug(name)}.md", text if text.endswith("\n") else f"{text}\n")
    try:
        left = file.taken(command[0], *_aside(app, command, file))
    finally:
        if not file.must_stay:
            shutil.rmtree(folder, ignore_errors=True)
    return left if text.endswith("\n") else left.removesuffix("\n")


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """VISUAL or EDITOR, split as a shell would; without them nano or vi.

    Raises:
        InputError: none is set and neither is there, or what is set cannot be split.
    """
    for variable in ("VISUAL", "EDITOR"):
        try:
            if words := shlex.split(environ.get(variable, "")):
                return words
        except ValueError as error:
            raise InputError(f"{variable} cannot be read as a command: {error}") from None
    for program in FALLBACKS:
        if shutil.which(program, path=environ.get("PATH")):
            return [program]
    raise InputError("No editor is set: put one into EDITOR, as in export EDITOR=nano")


def _aside(app: App[Any], command: Sequence[str], file: _File) -> tuple[str, bool]:
    """Runs the editor on a file. Says how it failed, "" if it did not, and whether it ended at once."""
    began = monotonic()
    try:
        with app.suspend(), _left_alone():
            file.must_stay = True  # should the program be ended now
            failure = _run([*command, str(file.path)])
    except SuspendNotSupported:
        raise InputError("An editor needs a terminal of its own; this is none that it could take") from None
    return failure, monotonic() - began < AT_ONCE


def _run(command: Sequence[str]) -> str:
    """How the editor failed. It must not raise: the screen would not come back."""
    try:
        code = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:
        return f"cannot be started: {getattr(error, 'strerror', None) or error}"
    if code < 0:
        return f"was ended by signal {-code}"
    return f"ended with code {code}" if code else ""


@contextmanager
def _left_alone() -> Iterator[None]:
    """Lets ctrl+c be the editor's business alone. The editor gets it: handlers are not passed on to it."""
    kept = {one: signal.signal(one, lambda *_: None) for one in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler if handler is not None else signal.SIG_DFL)


class _File:
    """The file that the editor works on.

    Attributes:
        path: where it is.
        must_stay: it holds, or may still come to hold, what is nowhere else.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.must_stay = False
        self.path = path
        self._before = text.encode()
        path.write_bytes(self._before)

    def taken(self, editor: str, failure: str, at_once: bool) -> str:
        """The text in it. Raises WorkbenchError where it is not to be taken, and says where it is then.

        An editor that is ended saves what was typed in a file beside it: nano in `.save`, vim in `.swp`.
        """
        try:
            found = self.path.read_bytes()
        except OSError as error:
            reason = f"{error.strerror}, {self.path}"
            raise WorkbenchError(f"What {editor} left cannot be read: {reason}") from None
        changed = found != self._before
        beside = sorted(other for other in self.path.parent.iterdir() if other != self.path)
        self.must_stay = changed or (bool(failure) and bool(beside))
        if failure:
            where = self.path if changed else next(iter(beside), None)
            rest = f"what it wrote is in {where}" if where else "nothing was changed"
            raise WorkbenchError(f"{editor} {failure}; {rest}")
        if at_once and not changed:
            self.must_stay = True
            raise WorkbenchError(
                f"{editor} ended at once; its file is {self.path}. "
                "One with a window must be told to wait: EDITOR='code --wait'"
            )
        return self._text(found, editor)

    def _text(self, found: bytes, editor: str) -> str:
        try:
            text = found.decode("utf-8-sig" if not self._before.startswith(b"\xef\xbb\xbf") else "utf-8")
        except UnicodeDecodeError as error:
            text, wrong = "", f"is not UTF-8 (byte {error.start})"
        else:
            wrong = "holds NUL characters" if "\0" in text else ""
        if wrong:
            raise WorkbenchError(f"What {editor} left {wrong} and was not taken; it is in {self.path}")
        self.must_stay = False
        return text if b"\r" in self._before else text.replace("\r\n", "\n")
