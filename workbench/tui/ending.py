"""Ends the program as `q` at the root does when the system tells it to: all written, the terminal as it was.

A lost connection (SIGHUP), a shutdown (SIGTERM) and `kill -INT` would else end it between two key presses:
what was typed last and the desk would be lost, and the terminal left in the modes of the screen. The handlers
are the process's and not the event loop's: a loop that waits for a terminal that stands still calls none.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from time import monotonic
from types import FrameType
from typing import Any

from textual.app import App

INSISTS = 2.0
"""Seconds after which being told again ends the program as it stands."""
GRACE = 120
"""Seconds after which the system ends it as it stands: nobody sees any more that it hangs."""
_STREAMS = (0, 1, 2)


def end_when_told(app: App[Any]) -> None:
    """From now on those signals end the running `app`, with 128 and the signal's number as return code."""
    loop = asyncio.get_running_loop()
    told_at: list[float] = []

    def end(number: int, frame: FrameType | None) -> None:
        if told_at and monotonic() - told_at[0] > INSISTS:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        if not told_at:
            signal.alarm(GRACE)
        told_at.append(monotonic())
        if number == signal.SIGHUP:
            signal.signal(signal.SIGCONT, signal.SIG_IGN)  # comes with it, and would start the screen again
            _leave_lost_terminal()
        if not loop.is_closed():
            loop.call_soon_threadsafe(lambda: app.exit(return_code=128 + number))

    for one in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    threading.excepthook = _thread_failed


def _leave_lost_terminal() -> None:
    """Puts nothing in the place of a terminal that is gone: to read and write it would raise errors."""
    gone = [stream for stream in _STREAMS if not os.isatty(stream)]
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in gone:
        os.dup2(nothing, stream)
    os.close(nothing)


def _thread_failed(failure: threading.ExceptHookArgs) -> None:
    """Lets Textual's writer go on, into nothing, when the terminal is gone: the screen would wait for it."""
    writer = failure.thread
    if writer and writer.name == "textual-output" and isinstance(failure.exc_value, OSError):
        _leave_lost_terminal()
        writer.run()
    else:
        threading.__excepthook__(failure)
