"""A real terminal for tests: tmux with one window, its keys and its screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from pathlib import Path

PATIENCE = 30.0
"""Seconds a screen may take to show what is awaited, on a slow day."""
BEAT = 0.05


class Terminal:
    """One program in a tmux window of its own server, so that nothing of the user's is touched."""

    def __init__(
        self, command: str, *, width: int, height: int, environment: dict[str, str], cwd: Path
    ) -> None:
        self._socket = f"workbench-test-{uuid.uuid4().hex[:8]}"
        settings = [f"{name}={value}" for name, value in environment.items()]
        size = ("-x", str(width), "-y", str(height))
        run = ("env", *settings, "sh", "-c", f"{command}; echo left with $?; exec cat")
        begin = ("new-session", "-d", "-s", "t", *size, "-c", str(cwd), *run)
        keep = ("set-option", "-g", "window-size", "manual")
        self._tmux("-f", "/dev/null", *begin, ";", *keep, ";", "resize-window", "-t", "t", *size)

    @staticmethod
    def is_possible() -> bool:
        """Whether tmux is there."""
        return shutil.which("tmux") is not None

    def press(self, *keys: str) -> None:
        """Presses keys by tmux's names ("Enter", "Escape", "C-s", "j")."""
        for key in keys:
            self._tmux("send-keys", "-t", "t", key)

    def type(self, text: str) -> None:
        """Types text as it stands."""
        self._tmux("send-keys", "-t", "t", "-l", text)

    def paste(self, text: str) -> None:
        """Pastes a text, in brackets where the program has asked for them."""
        self._tmux("set-buffer", text)
        self._tmux("paste-buffer", "-p", "-t", "t")

    def resize(self, width: int, height: int) -> None:
        """Gives the window another size in cells."""
        self._tmux("resize-window", "-t", "t", "-x", str(width), "-y", str(height))

    def screen(self) -> str:
        """What is on the screen, lines joined by line breaks."""
        return self._tmux("capture-pane", "-p", "-t", "t")

    def wait_for(self, *wanted: str, without: str = "\0") -> str:
        """The screen, once it shows all of `wanted` and not `without`.

        Raises AssertionError with the screen after PATIENCE seconds.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            shown = self.screen()
            if all(words in shown for words in wanted) and without not in shown:
                return shown
            assert time.monotonic() < deadline, f"waited for {wanted} without {without!r}:\n{shown}"
            time.sleep(BEAT)

    def close(self) -> None:
        """Ends the window and its server."""
        self._tmux("kill-server", check=False)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        environment.pop("TMUX", None)
        done = subprocess.run(
            ["tmux", "-u", "-L", self._socket, *arguments],
            capture_output=True,
            text=True,
            check=check,
            env=environment,
        )
        return done.stdout
