"""Child processes that are stopped in the middle of their work.

They are forked from the running program, which has everything imported, and speak through a pipe: a line is
said once what it says is done.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

Say = Callable[[str], None]
Work = Callable[[Say], None]

_TRACEME, _SYSCALL = 0, 24
"""Requests of Linux's ptrace(2)."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended.

    Attributes:
        lines: what it said.
        killed: by SIGKILL; otherwise it came to its end.
        stops: entries into and returns from system calls, where it was traced.
        seconds: how long it ran.
    """

    lines: list[str]
    killed: bool
    stops: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Child:
    """A child at work; `reading` is the end of its pipe."""

    pid: int
    reading: int
    began: float

    def end(self, *, seconds: float | None = None, stops: int | None = None) -> Ended:
        """Waits for its end; see `run`."""
        status, met = _trace(self.pid, stops) if stops is not None else (None, 0)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(self.pid, signal.SIGKILL)
        with open(self.reading, encoding="utf-8") as pipe:
            lines = pipe.read().splitlines()
        if status is None:
            _, status = os.waitpid(self.pid, 0)
        killed = os.WIFSIGNALED(status)
        assert killed or os.waitstatus_to_exitcode(status) == 0, "\n".join(lines)
        return Ended(lines, killed, met, time.monotonic() - self.began)


def start(work: Work, *, traced: bool = False) -> Child:
    """Starts a child that does this work and nothing else."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_child(work, writing, traced=traced)
    os.close(writing)
    return Child(pid, reading, time.monotonic())


def run(work: Work, *, seconds: float | None = None, stops: int | None = None) -> Ended:
    """Runs work in a child, and kills it after a time, or at a number of stops at its system calls.

    A child killed at a system call was about to do it, or has just done it.

    Args:
        stops: 0 counts them to the end.

    Raises:
        AssertionError: the work raised something.
    """
    return start(work, traced=stops is not None).end(seconds=seconds, stops=stops)


def _be_child(work: Work, writing: int, *, traced: bool) -> None:
    code = 1
    try:
        if traced:
            _libc().ptrace(_TRACEME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
        work(lambda line: _write(writing, f"{line}\n".encode()))
        code = 0
    except BaseException:
        _write(writing, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _trace(pid: int, last: int) -> tuple[int, int]:
    """Leads a child from stop to stop and kills it at the last; returns how it ended and the stops met."""
    _, status = os.waitpid(pid, 0)
    met = 0
    while not (os.WIFEXITED(status) or os.WIFSIGNALED(status)):
        if met and met == last:
            os.kill(pid, signal.SIGKILL)
        else:
            stopped_by = os.WSTOPSIG(status)
            passed_on = 0 if stopped_by in (signal.SIGTRAP, signal.SIGSTOP) else stopped_by
            _libc().ptrace(_SYSCALL, pid, None, passed_on)
        _, status = os.waitpid(pid, 0)
        met += 1
    return status, met


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    return libc


@cache
def can_trace() -> bool:
    """Whether children can be stopped at their system calls: on Linux, where it is not forbidden."""
    if sys.platform != "linux":
        return False
    pid = os.fork()
    if pid == 0:
        os._exit(_libc().ptrace(_TRACEME, 0, None, None) == 0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
