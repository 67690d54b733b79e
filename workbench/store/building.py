"""Makes a new project file from rows of a log: whole and at its place, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.store import connection, derive, placing
from workbench.store.header import FORMAT
from workbench.store.schema import derived_version, migrate


@contextmanager
def new_file(path: Path, project_id: str, least_write: int = FORMAT) -> Iterator[sqlite3.Connection]:
    """A project without any change yet, for the block to fill, inside one transaction.

    It gets its name in the end, derived tables and all, when the block raised nothing.

    Raises:
        InputError: nothing may be put there; see `placing.refuse`.
        ProjectFileError: nothing can be written there.
    """
    placing.refuse(path)
    with connection.explained(path), placing.unfinished(path.parent) as made:
        conn = connection.create(made)
        try:
            conn.execute("BEGIN IMMEDIATE")
            _make_tables(conn, project_id, least_write)
            yield conn
            derive.rebuild(conn)
            conn.execute("COMMIT")
        finally:
            conn.close()
        placing.place(made, path)


def _make_tables(conn: sqlite3.Connection, project_id: str, least_write: int) -> None:
    """Makes the tables of the truth, empty but for `meta`."""
    from sqlite_utils import Database

    migrate(Database(conn, execute_plugins=False, recursive_triggers=False))
    rows = {"project_id": project_id, "least_write": str(least_write), "derived": derived_version()}
    conn.executemany("INSERT INTO meta VALUES (?, ?)", rows.items())
