"""Told to end by a signal, or left without its terminal, the program ends as by `q`, everything written."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.support import StrictApp
from workbench import config
from workbench.project import Project
from workbench.tui.desk import Desk
from workbench.tui.ending import GRACE, end_when_told

pytestmark = pytest.mark.terminal

PATIENCE = 30.0


class Window:
    """The workbench on a project, in a terminal of its own that can be shut."""

    def __init__(self, file: Path) -> None:
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execv(sys.executable, [sys.executable, "-m", "workbench", str(file)])
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self._ended: int | None = None

    def type(self, keys: bytes) -> None:
        """Types without looking at what comes of it."""
        os.write(self._master, keys)

    def wait_for(self, words: bytes) -> bytes:
        """What is written from now on, up to these words."""
        written, until = b"", time.monotonic() + PATIENCE
        while words not in written:
            assert time.monotonic() < until, f"waited for {words!r}: {written[-500:]!r}"
            if select.select([self._master], [], [], 0.1)[0]:
                try:
                    written += os.read(self._master, 65_536)
                except OSError:  # it has ended
                    return written
        return written

    def stand_still(self) -> None:
        """Types on until the program waits for somebody to take what it draws."""
        for _ in range(100):
            self.type(b"more words ")
            time.sleep(0.01)
        time.sleep(0.5)

    def tell(self, number: int) -> None:
        """Sends it a signal."""
        os.kill(self._pid, number)

    def shut(self) -> None:
        """The terminal is gone, as with a lost connection."""
        os.close(self._master)

    def code(self) -> int:
        """The exit code, once there is one; negative for a signal that ended it at once."""
        until = time.monotonic() + PATIENCE
        while self._ended is None:
            assert time.monotonic() < until, "it does not end"
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._ended = os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        return self._ended

    def close(self) -> None:
        """Ends it if it has not ended."""
        if self._ended is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


@pytest.fixture
def window(file: Path) -> Iterator[Window]:
    """A comment being written on the fourth sentence of the first article."""
    opened = Window(file)
    opened.wait_for(b"5 of 5")
    opened.type(b"\r")
    opened.wait_for(b"sentence 1/")
    opened.type(b"jjjc")
    opened.wait_for(b"done, saved")
    opened.type(b"half a thought")
    opened.wait_for(b"ought")
    yield opened
    opened.close()


def kept(file: Path) -> str:
    """The comment that is in the project, and where its reader was."""
    with Project.open(file) as project:
        desk = Desk.of_project(project.id)
        (passage,) = project.passages()
        assert desk.screen == ("reading", "") and len(desk.places) == 1
        return passage.comments[0].body


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_everything_written(window: Window, file: Path, number: int) -> None:
    window.tell(number)
    assert b"\x1b[?1049l" in window.wait_for(b"\x1b[?25h")
    assert window.code() == 128 + number
    assert kept(file) == "half a thought"
    assert not (config.state_folder() / "errors.log").exists()


def test_a_lost_terminal_ends_it_too_though_it_stood_still_before(window: Window, file: Path) -> None:
    window.stand_still()
    window.shut()
    assert window.code() == 128 + signal.SIGHUP
    assert kept(file).startswith("half a thought")


def test_who_insists_ends_it_at_once(window: Window) -> None:
    window.stand_still()
    window.tell(signal.SIGTERM)
    time.sleep(2.1)
    window.tell(signal.SIGTERM)
    assert window.code() == -signal.SIGTERM


async def test_what_cannot_end_is_ended_later(app: StrictApp, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    try:
        async with app.run_test():
            end_when_told(app)
            os.kill(os.getpid(), signal.SIGTERM)
            assert 0 < signal.alarm(0) <= GRACE
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
    assert app.return_code == 128 + signal.SIGTERM
