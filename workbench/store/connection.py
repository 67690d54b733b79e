"""Opens a project file: what it must be, how it is set up, and what its errors mean to a user."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from workbench.errors import InputError, ProjectFileError
from workbench.store.schema import APPLICATION_ID, FORMAT, accepted, schema_of

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
BUSY_MS = 5000

PRAGMAS = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -32768;
PRAGMA synchronous = EXTRA;
"""


class Opened(NamedTuple):
    """A project file as it was opened.

    Attributes:
        read_only: the file or its folder may not be written.
        version: the format it is in, from 1 to FORMAT.
    """

    conn: sqlite3.Connection
    read_only: bool
    version: int


def connect(path: Path) -> Opened:
    """Opens an existing project file.

    Raises:
        ProjectFileError: missing, a folder, not a project, too new, unreadable, or oddly built.
    """
    opened = attach(path)
    try:
        with explained(path):
            _check_schema(opened.conn, path, opened.version)
    except BaseException:
        opened.conn.close()
        raise
    return opened


def attach(path: Path) -> Opened:
    """Opens a file with the header of a project, whatever its tables are: nothing in it is to be trusted.

    A hot journal is rolled back on the way. Rollback journal and `synchronous=EXTRA`: in simulated power
    cuts no acknowledged commit was lost (DESIGN, section 4).

    Raises:
        ProjectFileError: missing, a folder, not a project, too new, or unreadable.
    """
    version = check_header(path)
    read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    journal = path.with_name(path.name + "-journal")
    if read_only and journal.exists() and journal.stat().st_size:
        raise ProjectFileError(
            f"{path} was left in the middle of a write and cannot be mended here: the place is read-only"
        )
    with explained(path):
        return Opened(_open(path, "ro" if read_only else "rw"), read_only, version)


def create(path: Path) -> sqlite3.Connection:
    """Opens a new, empty file for a project; its tables are the caller's to make.

    Raises:
        ProjectFileError: something is there already, or nothing can be written there.
    """
    if path.exists():
        raise ProjectFileError(f"{path} is there already")
    if not path.parent.is_dir():
        raise ProjectFileError(f"there is no folder {path.parent}")
    with explained(path):
        conn = _open(path, "rwc")
        conn.execute("PRAGMA journal_mode = DELETE")
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {FORMAT}")
    return conn


def _open(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    conn.executescript(PRAGMAS)
    return conn


def check_header(path: Path) -> int:
    """The format version that a file's first bytes tell, looked at before SQLite does.

    Raises:
        ProjectFileError: missing, a folder, unreadable, not a project, or too new.
    """
    if path.is_dir():
        raise ProjectFileError(f"{path} is a folder, not a project file")
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except FileNotFoundError:
        raise ProjectFileError(f"there is no file {path}") from None
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise ProjectFileError(f"{path} is empty, not a project file")
    if not head.startswith(MAGIC) or len(head) < HEADER_BYTES:
        raise ProjectFileError(f"{path} is not a workbench project")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise ProjectFileError(f"{path} is a SQLite database of another program, not a workbench project")
    version = int.from_bytes(head[60:64])
    if version < 1:
        raise ProjectFileError(f"{path} does not say which format it is in; it was not opened")
    if version > FORMAT:
        raise ProjectFileError(
            f"{path} was written by a newer workbench (format {version}; this one reads up to {FORMAT})"
        )
    return version


def _check_schema(conn: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuses tables, views and triggers no workbench made, before anything else is asked of the file."""
    for oddity in oddities(conn, version):
        raise ProjectFileError(f"{path} {oddity}; it was not opened")


def oddities(conn: sqlite3.Connection, version: int) -> Iterator[str]:
    """What a file holds or lacks that a project of that format does not, in words that follow its name."""
    found, known = schema_of(conn), accepted(version)
    possible = [known.truth | derived for derived in known.derived.values()]
    wanted = min(possible, key=lambda schema: len(schema ^ found))
    for odd, what in (
        (found - wanted, "holds things no workbench put there"),
        (wanted - found, "lacks parts of a project"),
    ):
        if odd:
            yield f"{what} ({', '.join(sorted(name for _, name, _ in odd)[:3])})"


def in_memory(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of an opened file in memory, where that may be changed which must not be changed on disk.

    The connection given is closed.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    copy.executescript(PRAGMAS)
    conn.backup(copy)
    conn.close()
    return copy


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite says of a file, or of a text on its way there, into one sentence for its user.

    Raises:
        ProjectFileError: in place of any sqlite3.DatabaseError.
        InputError: in place of UnicodeEncodeError, since UTF-8 cannot carry lone surrogates.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise ProjectFileError(_sentence(path, str(error))) from error
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds a broken character at {error.start} (a lone surrogate); nothing was changed"
        ) from None


def _sentence(path: Path, message: str) -> str:
    known = {
        "not a database": f"{path} is not a workbench project",
        "malformed": f"{path} is damaged: {message}",
        "disk is full": f"the disk is full; nothing was changed in {path}",
        "full": f"there is no space left; nothing was changed in {path}",
        "readonly": f"{path} is read-only here",
        "locked": f"{path} is being written by another program; try again in a moment",
        "unable to open": f"{path} cannot be opened or created there",
        "disk I/O": f"{path} could not be read or written (disk error); nothing was changed",
    }
    for part, sentence in known.items():
        if part in message:
            return sentence
    return f"{path}: {message}"
