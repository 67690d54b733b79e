"""A disk that remembers: what SQLite writes, syncs and deletes, and what a power cut may leave of it.

The workbench's own SQLite (that of Python) takes no file system from us, so the project is written here
through apsw, with the same statements and pragmas: `Recorder` is its file system, `Connection` makes it look
like Python's to the workbench.

What a cut may do is what SQLite's authors assume in their own tests (https://www.sqlite.org/testing.html,
crash testing): a file's bytes are safe once it was synced, the names in a folder once the folder was.
Anything else may have reached the disk or not, in any order, sector by sector.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a file, in the order it was done.

    Attributes:
        size: an offset for a write, the new size for a truncation.
        folder: whether the folder is synced along with it.
    """

    what: Literal["make", "write", "truncate", "sync", "delete", "done"]
    name: str = ""
    data: bytes = b""
    size: int = 0
    folder: bool = False


class Recorder(apsw.VFS):
    """SQLite's file system, with a record of what is done to files of one folder."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, "")
        self.name = name
        self.folder = folder
        self.events: list[Event] = []

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = Path(name if isinstance(name, str) else name.filename()) if name else None
        if path is None or path.parent != self.folder:
            return super().xOpen(name, flags)
        if not path.exists():
            self.events.append(Event("make", path.name))
        return RecordedFile(self, path.name, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        super().xDelete(name, syncdir)
        if Path(name).parent == self.folder:
            self.events.append(Event("delete", Path(name).name, folder=bool(syncdir)))


class RecordedFile(apsw.VFSFile):
    """A file of a `Recorder`."""

    def __init__(self, vfs: Recorder, name: str, full: Any, flags: list[int]) -> None:
        super().__init__("", full, flags)
        self._events, self._name = vfs.events, name

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._events.append(Event("write", self._name, bytes(data), offset))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._events.append(Event("truncate", self._name, size=size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._events.append(Event("sync", self._name))


class Connection:
    """An apsw connection as the workbench takes it: the part of `sqlite3.Connection` that it uses to work."""

    def __init__(self, path: Path, vfs: Recorder) -> None:
        self._conn = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs.name)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> apsw.Cursor:
        return self._conn.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> apsw.Cursor:
        return self._conn.executemany(sql, rows)

    def executescript(self, script: str) -> None:
        self._conn.execute(script).fetchall()  # it goes on to the next statement when all rows are taken

    def setlimit(self, limit: int, most: int) -> int:
        return self._conn.limit(limit, most)

    def set_progress_handler(self, handler: Callable[[], bool] | None, steps: int) -> None:
        self._conn.set_progress_handler(handler, steps)

    @property
    def in_transaction(self) -> bool:
        return self._conn.in_transaction

    def close(self) -> None:
        self._conn.close()


@dataclass(slots=True)
class _Content:
    """A file's bytes: those that are safe, and what was done since."""

    safe: bytearray
    since: list[Event] = field(default_factory=list)
    is_new: bool = True


class Disk:
    """What is on the disk for sure, and what may be."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._safe_names = {name: _Content(bytearray(data), is_new=False) for name, data in files.items()}
        self._names = dict(self._safe_names)
        self._renames: list[dict[str, _Content]] = []  # the folder after each change that is not synced

    def take(self, event: Event) -> None:
        """Has something happen."""
        if event.what == "make":
            self._names[event.name] = _Content(bytearray())
            self._renames.append(dict(self._names))
        elif event.what == "delete":
            del self._names[event.name]
            self._renames.append(dict(self._names))
            if event.folder:
                self._sync_folder()
        elif event.what == "sync":
            content = self._names[event.name]
            for one in content.since:
                _apply(content.safe, one)
            content.since.clear()
            if content.is_new:  # SQLite syncs the folder with the first sync of a journal
                content.is_new = False
                self._sync_folder()
        elif event.what != "done":
            self._names[event.name].since.append(event)

    def _sync_folder(self) -> None:
        self._safe_names = dict(self._names)
        self._renames.clear()

    def cut(self, rng: random.Random) -> dict[str, bytes]:
        """The files as they may be found after the power went now."""
        keep, garbage = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0)), rng.random() < 0.5
        names = rng.choice([self._safe_names, *self._renames])
        return {name: _torn(content, keep, garbage, rng) for name, content in names.items()}


def _torn(content: _Content, keep: float, garbage: bool, rng: random.Random) -> bytes:
    """A file's bytes with some sectors of what was not synced; where none came, old bytes or anything."""
    data = bytearray(content.safe)
    for event in content.since:
        if event.what == "truncate":
            if rng.random() < keep:
                _apply(data, event)
            continue
        at = 0
        while at < len(event.data):
            end = min(len(event.data), at + SECTOR - (event.size + at) % SECTOR)
            if rng.random() < keep:
                place = event.size + at
                if garbage and place > len(data):
                    data += rng.randbytes(place - len(data))
                _apply(data, Event("write", data=event.data[at:end], size=place))
            at = end
    return bytes(data)


def _apply(data: bytearray, event: Event) -> None:
    if event.what == "truncate":
        del data[event.size :]
        event_size = event.size
    else:
        event_size = event.size + len(event.data)
    if event_size > len(data):
        data += bytes(event_size - len(data))
    if event.what == "write":
        data[event.size : event_size] = event.data


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name."""
    return {name: (folder / name).read_bytes() for name in os.listdir(folder) if (folder / name).is_file()}
