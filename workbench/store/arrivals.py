"""What other programs write into the file while it is open here.

SQLite's `data_version` moves when another connection commits; which steps came in is then read off the log.
"""

from __future__ import annotations

import sqlite3

from workbench.store.undo import StepName


class Arrivals:
    """Remembers how far the log was known, and which steps were this program's own."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._own: set[StepName] = set()
        self.skip(conn)

    def skip(self, conn: sqlite3.Connection) -> None:
        """Counts everything that is in the file by now as known."""
        self._version = _version(conn)
        self._last = _last(conn)
        self._own.clear()

    def wrote(self, step: StepName) -> None:
        """Says that a step is this program's own."""
        self._own.add(step)

    def look(self, conn: sqlite3.Connection) -> list[StepName]:
        """The steps that others wrote since the last look, oldest first."""
        version = _version(conn)
        if version == self._version:
            return []
        last = _last(conn)
        rows = conn.execute(
            "SELECT DISTINCT lamport, wall, analyst FROM change WHERE seq > ? AND seq <= ?",
            (self._last, last),
        ).fetchall()
        found = {StepName.of_row(*row) for row in rows}
        self._version, self._last, own = version, last, self._own
        self._own = own - found
        return sorted(found - own)


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


def _last(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])
