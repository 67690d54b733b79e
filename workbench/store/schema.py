"""The tables of a project file, as `db/` describes them: creating, migrating, recognising.

The truth's tables change by named migrations (sqlite-utils); derived tables are dropped and rebuilt.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from workbench.resources import resource

if TYPE_CHECKING:
    from sqlite_utils.db import Database

APPLICATION_ID = 0x57424E4B
"""The letters WBNK, at byte 68 of every project file."""

FORMAT = 1
"""What `user_version` says: the least version of the format that a reader must know."""

MIGRATION_TABLE = (
    'CREATE TABLE "_sqlite_migrations" (\n    id INTEGER PRIMARY KEY,\n    migration_set TEXT,\n'
    "    name TEXT,\n    applied_at TEXT\n)"
)
MIGRATION_INDEX = (
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"'
    ' ON "_sqlite_migrations" (migration_set, name)'
)
DERIVED_NAME = re.compile(r"^CREATE (TABLE|VIEW) (\w+)", re.MULTILINE)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one, comments before them dropped."""
    pending = ""
    for line in script.splitlines(keepends=True):
        if not pending and line.lstrip().startswith("--"):
            continue
        pending += line
        if sqlite3.complete_statement(pending):
            if pending.strip():
                yield pending.strip().rstrip(";")
            pending = ""


@cache
def derived_script() -> str:
    """The SQL of the derived tables and views."""
    return (resource("db") / "derived.sql").read_text(encoding="utf-8")


def create_derived(conn: sqlite3.Connection) -> None:
    """Creates the derived tables, empty."""
    for statement in statements(derived_script()):
        conn.execute(statement)


def drop_derived(conn: sqlite3.Connection) -> None:
    """Drops the derived tables and views; indexes go with their tables."""
    for kind, name in reversed(DERIVED_NAME.findall(derived_script())):
        conn.execute(f"DROP {kind} IF EXISTS {name}")


def migration_names() -> list[str]:
    """The truth's migrations in order."""
    return sorted(path.stem for path in (resource("db") / "migrations").glob("*.sql"))


def migrate(database: Database) -> None:
    """Applies the migrations a file lacks, inside the caller's transaction."""
    from sqlite_utils import Migrations

    conn = database.conn
    if not conn.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone():
        conn.execute(MIGRATION_TABLE)
        conn.execute(MIGRATION_INDEX)
    migrations = Migrations("workbench")
    for name in migration_names():
        script = (resource("db") / "migrations" / f"{name}.sql").read_text(encoding="utf-8")

        def run(db: Database, script: str = script) -> None:
            for statement in statements(script):
                db.execute(statement)

        migrations(name=name)(run)
    migrations.apply(database)


@cache
def accepted_schema() -> frozenset[tuple[str, str, str | None]]:
    """What `sqlite_schema` of a file of this version holds: (type, name, sql)."""
    conn = sqlite3.connect(":memory:")
    try:
        conn.execute(MIGRATION_TABLE)
        conn.execute(MIGRATION_INDEX)
        for name in migration_names():
            script = (resource("db") / "migrations" / f"{name}.sql").read_text(encoding="utf-8")
            for statement in statements(script):
                conn.execute(statement)
        create_derived(conn)
        return frozenset(schema_of(conn))
    finally:
        conn.close()


def schema_of(conn: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """(type, name, sql) of everything in a file but SQLite's own statistics."""
    return conn.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    ).fetchall()
