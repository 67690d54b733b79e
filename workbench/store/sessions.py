"""Which opening of a project belongs to a program still running: nobody takes over a live editor's draft."""

from __future__ import annotations

import os
import re
import secrets
import socket
from pathlib import Path
from weakref import WeakSet

_open: WeakSet[Session] = WeakSet()


class Session:
    """One opening of a project file by this program. Its name tells others whether it is still open."""

    def __init__(self) -> None:
        pid = os.getpid()
        self.name = f"{socket.gethostname()}/{pid}/{_started(pid)}/{secrets.token_hex(4)}"
        _open.add(self)

    def end(self) -> None:
        """Says that the file was closed."""
        _open.discard(self)


def is_running(name: str) -> bool:
    """Whether a session is open still; one of another machine counts as ended, since nobody can ask it."""
    parts = name.split("/")
    if len(parts) != 4 or parts[0] != socket.gethostname() or not re.fullmatch("[0-9]{1,9}", parts[1]):
        return False
    pid = int(parts[1])
    if pid == os.getpid():
        return any(session.name == name for session in _open)
    return _exists(pid) and parts[2] in ("", _started(pid))


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """When a process started, in ticks, since process numbers are used again; "" where unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
