"""Makes database files so that one is there whole or not at all, and never over another unasked.

A file is made under a name of its own in the folder it is meant for, examined there, made durable, and put
in its place in one move. What a killed program left behind is cleared away by the next one that makes a
file in that folder.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench.errors import InputError, ProjectFileError
from workbench.store import connection
from workbench.store.sessions import Session, is_running

UNFINISHED = ".workbench-unfinished~"
"""How the name of a file being made begins; the session that makes it follows."""
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite appends to a database's name for files of its own."""
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def refuse(dest: Path, *, own: Path | None = None, force: bool = False) -> None:
    """Refuses a place where no project file may be put.

    Args:
        own: the file that is copied, over which nothing is ever put.
        force: whether another file there may be replaced.

    Raises:
        InputError: it is a folder, taken, the project itself, a name that SQLite uses or no file can have,
            or its folder is missing.
    """
    try:
        os.lstat(dest)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise InputError(f"{dest} cannot be written: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{dest} cannot be written: no file can have that name") from None
    if dest.is_dir():
        raise InputError(f"{dest} is a folder; name a file")
    if dest.exists() and not dest.is_file():
        raise InputError(f"{dest} is a device or a pipe, not a file; nothing was written")
    if not dest.parent.is_dir():
        raise InputError(f"there is no folder {dest.parent}")
    if dest.name.endswith(COMPANIONS):
        raise InputError(f"{dest} is a name that SQLite uses for itself; name another")
    if own is not None and dest.exists() and own.exists() and dest.samefile(own):
        raise InputError(f"{dest} is the project itself; nothing was written")
    if os.path.lexists(dest) and not force:
        raise InputError(f"{dest} is there already; nothing was written")
    for ending in COMPANIONS:
        companion = dest.with_name(dest.name + ending)
        if os.path.exists(companion):
            raise InputError(f"{companion} belongs to a database that stands or stood there; name another")


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A name in a folder for a file to be made; whatever has that name in the end is removed."""
    _clear(folder)
    session = Session()
    path = folder / f"{UNFINISHED}{session.name.replace('/', '~')}"
    try:
        yield path
    finally:
        _remove(path)
        session.end()


def _clear(folder: Path) -> None:
    """Removes what programs of this machine left behind that run no more."""
    with suppress(OSError):
        here = Session()
        host = here.name.partition("/")[0]
        here.end()
        for path in list(folder.glob(f"{UNFINISHED}{host}~*")):
            name = path.name.removeprefix(UNFINISHED)
            for ending in COMPANIONS:
                name = name.removesuffix(ending)
            if not is_running(name.replace("~", "/")):
                path.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for ending in ("", *COMPANIONS):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def vacuum_into(conn: sqlite3.Connection, path: Path) -> None:
    """Writes what a database holds, and nothing that was deleted from it, into a file that is not there yet.

    Raises:
        InputError: SQLite cannot write the path.
        sqlite3.DatabaseError: the file cannot be written, or what is read is damaged.
    """
    full = str(path.absolute())
    try:
        full.encode()
    except UnicodeEncodeError:
        raise InputError(f"{path.parent} has characters in its name that cannot be written") from None
    conn.execute("VACUUM INTO ?", (full,))


def examine(made: Path, origin: Path) -> None:
    """Opens a file that was just made as anybody would, which looks through all of it.

    Args:
        origin: what it was made of, for the sentence.

    Raises:
        ProjectFileError: it is not a sound project file of a known format.
    """
    try:
        connection.connect(made).conn.close()
    except ProjectFileError as error:
        raise ProjectFileError(str(error).replace(str(made), str(origin))) from error


def place(made: Path, dest: Path, *, force: bool = False) -> None:
    """Makes a file durable and gives it its name in one move.

    Where the file system knows no hard links the name is taken with an empty file first, so that there too
    no other file is ever replaced unasked.

    Args:
        made: a file in the same folder; that name may remain.
        force: replace a file that is there.

    Raises:
        InputError: something is there already.
        ProjectFileError: the place cannot be written.
    """
    try:
        _sync(made)
        if force:
            os.replace(made, dest)
        else:
            _put(made, dest)
    except FileExistsError:
        raise InputError(f"{dest} is there already; nothing was written") from None
    except OSError as error:
        raise ProjectFileError(f"{dest} cannot be written: {error.strerror}") from None
    with suppress(OSError):  # some systems cannot do it for a folder; SQLite does not insist either
        _sync(dest.parent)


def _put(made: Path, dest: Path) -> None:
    try:
        os.link(made, dest)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(dest, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(made, dest)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
