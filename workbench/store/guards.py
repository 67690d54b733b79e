"""What guards a connection against a file that a stranger made: settings, limits, a deadline, a check."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

PRAGMAS = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -32768;
PRAGMA synchronous = EXTRA;
"""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 2**29,  # bytes of a value and of a row; a text of 64 MB has room to spare
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 2**20,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,  # VACUUM INTO attaches what it writes
}

SECONDS = 10.0
"""How long looking a small file through may take on opening; 100 MB take 0.04 s where they lie in memory."""
BYTES_A_SECOND = 10_000_000
"""How quickly a big file must be read at least: slow drives and cards are quicker."""
_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock."""


def guard(conn: sqlite3.Connection) -> None:
    """Sets a connection up before anything is asked of its file."""
    for limit, most in LIMITS.items():
        conn.setlimit(limit, most)
    # Python 3.12 can forbid SQL what damages a file on purpose, such as writing sqlite_schema by hand.
    if hasattr(conn, "setconfig"):
        conn.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009 - not known to 3.11
    conn.executescript(PRAGMAS)


def patience(size: int) -> float:
    """How many seconds looking through a file of so many bytes may take."""
    return SECONDS + size / BYTES_A_SECOND


@contextmanager
def deadline(conn: sqlite3.Connection, seconds: float = SECONDS) -> Iterator[None]:
    """Stops what a connection is asked in this block once the time is over.

    Raises:
        sqlite3.OperationalError: "interrupted", when it was stopped.
    """
    end = time.monotonic() + seconds
    conn.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        conn.set_progress_handler(None, 0)


def damage(conn: sqlite3.Connection, tables: Iterable[str] = ()) -> str | None:
    """The first thing SQLite finds wrong with pages and rows of a file; None where all is well.

    Args:
        tables: those to look at; all of them without.
    """
    for of_table in [f"('{table}')" for table in tables] or ["(1)"]:
        (found,) = conn.execute(f"PRAGMA quick_check{of_table}").fetchone()
        if found != "ok":
            return " ".join(str(found).removeprefix("*** in database main ***").split())
    return None
