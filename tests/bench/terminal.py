"""A program in a real pseudo-terminal: what it writes and when, and what a key press costs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

COLUMNS, ROWS = 120, 36
PATIENCE = 20.0
"""Seconds until something awaited is given up."""
QUIET = 0.12
"""Seconds without a byte after which a key press is taken to be answered."""
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_])")

Seen = Callable[[str], bool]


class Answer(NamedTuple):
    """What followed a key press: milliseconds until the last byte, and how many bytes."""

    ms: float
    written: int


def environment(home: Path) -> dict[str, str]:
    """Folders of its own, so that neither the user's projects nor settings are touched.

    Modules are compiled once, as installing does it: a shell may forbid Python to keep what it compiled, and
    then the workbench would be read from source at every start and Textual would not.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    own |= {"HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return {**kept, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def is_full(written: str) -> bool:
    """Whether as many characters were written as the screen has cells: the first frame is there."""
    return len(ESCAPES.sub("", written)) >= COLUMNS * ROWS


def shows(words: str) -> Seen:
    """Asks whether these words were written."""
    return lambda written: words in ESCAPES.sub("", written)


class Terminal:
    """A program in a pseudo-terminal of 120 × 36 cells. To be closed."""

    def __init__(self, command: list[str], variables: Mapping[str, str]) -> None:
        self._command = command[-1]
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=variables, start_new_session=True
        )
        os.close(slave)
        self._raw = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def wait_for(self, wanted: Seen) -> float:
        """Seconds from the start of the program, or the last `press`, until that is seen in what it wrote.

        Raises:
            TimeoutError: it was not seen in PATIENCE seconds.
        """
        while not wanted(self._raw.decode(errors="replace")):
            left = self.began + PATIENCE - perf_counter()
            if left <= 0 or not self._read(left):
                raise TimeoutError(f"{self._command} did not show it: {self._raw[-300:]!r}")
        return perf_counter() - self.began

    def press(self, keys: bytes, quiet: float = QUIET) -> Answer:
        """Writes keys as a terminal would send them, and reads until nothing came for `quiet` seconds."""
        self._raw, self.began = b"", perf_counter()
        last = self.began
        os.write(self._master, keys)
        while self._read(quiet):
            last = perf_counter()
        return Answer((last - self.began) * 1000, len(self._raw))

    def rest(self, seconds: float) -> int:
        """Bytes that it writes of itself while nobody presses a key."""
        self._raw, until = b"", perf_counter() + seconds
        while (left := until - perf_counter()) > 0:
            self._read(left)
        return len(self._raw)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        self._raw += os.read(self._master, 65_536)
        return True


def seconds_until(command: list[str], variables: Mapping[str, str], wanted: list[Seen]) -> list[float]:
    """Seconds from the start of a command until each thing wanted was seen, in their order."""
    with Terminal(command, variables) as terminal:
        return [terminal.wait_for(one) for one in wanted]
