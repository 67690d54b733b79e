"""Opens a project file: what it must be, how it is set up, and what its errors mean to a user."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from workbench.errors import InputError, OddSchemaError, ProjectFileError
from workbench.store import guards
from workbench.store.drives import network_drive
from workbench.store.header import APPLICATION_ID, FORMAT, check_header
from workbench.store.schema import accepted, create_truth, schema_of

BUSY_MS = 5000
HANDED_ON = ("meta", "text", "change", "payload")
"""The tables that hold what a project amounts to, in the order in which their rows can be copied."""


class Opened(NamedTuple):
    """A project file as it was opened.

    Attributes:
        read_only: the file or its folder may not be written, or its format is too new to be written here.
        version: the format it is in, from 1 to FORMAT.
        warnings: what its user should know of it, in sentences.
    """

    conn: sqlite3.Connection
    read_only: bool
    version: int
    warnings: tuple[str, ...] = ()


def connect(path: Path) -> Opened:
    """Opens an existing project file after a look at all that can be wrong with it.

    A file that a newer workbench made, with a log that can be read here and derived tables that cannot, is
    opened for reading: its log in memory, without derived tables.

    Raises:
        ProjectFileError: missing, a folder, not a project, too new, unreadable or damaged.
        OddSchemaError: it holds or lacks tables, views, indexes or triggers.
    """
    conn, read_only, version, warnings = attach(path)
    try:
        with explained(path), guards.deadline(conn, guards.patience(path.stat().st_size)):
            _check_length(conn, path)
            odd = next(oddities(conn, version), None)
            least = 0 if odd and not _holds_truth(conn, version) else _least_write(conn, path)
            if odd and least <= FORMAT:
                raise OddSchemaError(path, odd)
            if found := guards.damage(conn, HANDED_ON if odd else ()):
                raise ProjectFileError(f"{path} is damaged ({found}); {_MENDING.format(path=path)}")
        with explained(path):
            if odd:
                conn = _truth_in_memory(conn)
    except BaseException:
        conn.close()
        raise
    if least > FORMAT:
        told = f"a newer workbench made this file (writing takes format {least}, this one knows {FORMAT})"
        warnings = (*warnings, f"{told}: it is open for reading only")
    return Opened(conn, read_only or least > FORMAT, FORMAT if odd else version, warnings)


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
        conn = _open(path, "ro" if read_only else "rw")
        try:
            # A migration that was interrupted is rolled back by this look, and the version with it.
            (version,) = conn.execute("PRAGMA user_version").fetchone()
        except BaseException:
            conn.close()
            raise
    return Opened(conn, read_only, version, _of_place(path, read_only))


def _check_length(conn: sqlite3.Connection, path: Path) -> None:
    """Refuses a file whose last page is not all there, which SQLite would fill up with zeros.

    It is measured in a transaction: a program that lengthens the file writes the new length first. SQLite
    itself refuses a file that lacks whole pages.
    """
    conn.execute("BEGIN")
    told = conn.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[
        0
    ]
    held = path.stat().st_size
    conn.execute("COMMIT")
    if held < told:
        mending = _MENDING.format(path=path)
        raise ProjectFileError(f"{path} is damaged: only {held:,} of {told:,} bytes are there; {mending}")


def _of_place(path: Path, read_only: bool) -> tuple[str, ...]:
    """What is to be said of where a file lies."""
    found = []
    if read_only:
        found.append("the file or its folder may not be written here: it is open for reading only")
    if drive := network_drive(path):
        found.append(
            f"the file lies on a network drive ({drive}), where two programs that write at once may not see"
            " each other: work on a copy of your own and merge"
        )
    return tuple(found)


def create(path: Path) -> sqlite3.Connection:
    """Opens a new, empty file for a project; its tables are the caller's to make.

    Of several programs that make one at the same place at once, one does; from then on the file is its own.

    Raises:
        ProjectFileError: something is there already, or nothing can be written there.
    """
    if not path.parent.is_dir():
        raise ProjectFileError(f"there is no folder {path.parent}")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        raise ProjectFileError(f"{path} is there already") from None
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be created: {error.strerror}") from None
    except ValueError:  # a NUL or a lone surrogate in it
        raise ProjectFileError(f"{path} cannot be the name of a file") from None
    try:
        with explained(path):
            conn = _open(path, "rw")
            conn.execute("PRAGMA journal_mode = DELETE")
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version = {FORMAT}")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return conn


def _open(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    try:
        with guards.deadline(conn):
            guards.guard(conn)
    except BaseException:
        conn.close()
        raise
    return conn


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


def _holds_truth(conn: sqlite3.Connection, version: int) -> bool:
    """Whether the truth's tables are there as they should be, and their rows come from nowhere else.

    An index of somebody else's may give rows that its table does not hold.
    """
    truth = accepted(version).truth
    names = {name for _, name, _ in truth}
    indexes = [row for table in HANDED_ON for row in conn.execute(f"PRAGMA index_list({table})")]
    created = {name for _, name, _, origin, _ in indexes if origin == "c"}
    return truth <= schema_of(conn) and created <= names


def _least_write(conn: sqlite3.Connection, path: Path) -> int:
    row = conn.execute("SELECT value FROM meta WHERE key = 'least_write'").fetchone()
    try:
        return int(row[0])
    except (TypeError, ValueError):
        raise ProjectFileError(f"{path} does not say which format may write it; it was not opened") from None


def in_memory(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of an opened file in memory, where that may be changed which must not be changed on disk.

    The connection given is closed.
    """
    copy = _memory()
    conn.backup(copy)
    conn.close()
    return copy


def _truth_in_memory(conn: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of what a file's log holds, in tables of the present format and nothing else.

    The connection given is closed.
    """
    copy = _memory()
    create_truth(copy)
    copy.execute(f"PRAGMA user_version = {FORMAT}")
    copy.execute("BEGIN")
    for table in HANDED_ON:
        rows = conn.execute(f"SELECT * FROM {table}")
        copy.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})", rows)
    copy.execute("COMMIT")
    conn.close()
    return copy


def _memory() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    guards.guard(conn)
    return conn


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite says of a file, or of a text on its way there, into one sentence for its user.

    Raises:
        ProjectFileError: in place of any sqlite3.Error, and where what the file holds is too much to take in.
        InputError: in place of UnicodeEncodeError, since UTF-8 cannot carry lone surrogates.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise ProjectFileError(_sentence(path, str(error))) from error
    except UnicodeDecodeError as error:  # SQLite's message quotes what no text should hold
        raise ProjectFileError(f"{path} is damaged: its list of tables cannot be read") from error
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds a broken character at {error.start} (a lone surrogate); nothing was changed"
        ) from None
    except (OverflowError, RecursionError, MemoryError) as error:
        raise ProjectFileError(f"{path} holds more than can be taken in; nothing was changed") from error


_MENDING = "`workbench check {path} --repair-to NEW.db` makes a clean copy"


def _sentence(path: Path, message: str) -> str:
    mending = _MENDING.format(path=path)
    known = {
        "not a database": f"{path} is not a workbench project",
        "malformed": f"{path} is damaged: {message}; {mending}",
        "Could not decode": f"{path} is damaged: it holds what is no text; {mending}",
        "interrupted": f"looking {path} through took too long; it was not opened; {mending}",
        "too big": f"a text is too long for {path}; nothing was changed",
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
