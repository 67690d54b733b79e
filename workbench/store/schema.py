"""The tables of a project file, as `db/` describes them: creating, migrating, recognising.

The truth's tables change by named migrations (sqlite-utils); derived tables are dropped and rebuilt.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from workbench.resources import resource
from workbench.store.header import FORMAT
from workbench.store.ids import digest

if TYPE_CHECKING:
    from sqlite_utils.db import Database

MIGRATION_TABLE = (
    'CREATE TABLE "_sqlite_migrations" (\n    id INTEGER PRIMARY KEY,\n    migration_set TEXT,\n'
    "    name TEXT,\n    applied_at TEXT\n)"
)
MIGRATION_INDEX = (
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"'
    ' ON "_sqlite_migrations" (migration_set, name)'
)

Schema = frozenset[tuple[str, str, str | None]]
"""(type, name, sql) of each row of `sqlite_schema`."""


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


def derived_version() -> str:
    """What `meta.derived` says of a file whose derived tables are those of the present text."""
    return digest("derived", derived_script())


def create_derived(conn: sqlite3.Connection) -> None:
    """Creates the derived tables, empty."""
    for statement in statements(derived_script()):
        conn.execute(statement)


def drop_derived(conn: sqlite3.Connection, version: int = FORMAT) -> None:
    """Drops the derived tables and views that a file of a format has; indexes go along."""
    found = schema_of(conn) - accepted(version).truth
    for kind in ("view", "table"):
        for name in sorted(name for found_kind, name, _ in found if found_kind == kind):
            conn.execute(f'DROP {kind} "{name}"')


def migration_names() -> list[str]:
    """The truth's migrations in order."""
    return sorted(path.stem for path in (resource("db") / "migrations").glob("*.sql"))


def _migration(name: str) -> str:
    return (resource("db") / "migrations" / f"{name}.sql").read_text(encoding="utf-8")


def migrate(database: Database) -> None:
    """Applies the migrations a file lacks, inside the caller's transaction."""
    from sqlite_utils import Migrations

    conn = database.conn
    if not conn.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone():
        conn.execute(MIGRATION_TABLE)
        conn.execute(MIGRATION_INDEX)
    migrations = Migrations("workbench")
    for name in migration_names():
        script = _migration(name)

        def run(db: Database, script: str = script) -> None:
            for statement in statements(script):
                db.execute(statement)

        migrations(name=name)(run)
    migrations.apply(database)


def create_truth(conn: sqlite3.Connection) -> None:
    """Creates the truth's tables, empty, in a database that is not to be migrated later."""
    conn.execute(MIGRATION_TABLE)
    conn.execute(MIGRATION_INDEX)
    for name in migration_names():
        for statement in statements(_migration(name)):
            conn.execute(statement)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What `sqlite_schema` of a file may hold.

    Attributes:
        truth: the tables, indexes and triggers that are never dropped.
        derived: the rest, by the `meta.derived` of each text that `derived.sql` ever had.
    """

    truth: Schema
    derived: Mapping[str, Schema]


@cache
def accepted(version: int) -> Accepted:
    """The texts that files of a format version hold, as `db/accepted/` keeps them.

    Raises:
        FileNotFoundError: there is no such version.
    """
    kept = json.loads((resource("db") / "accepted" / f"{version}.json").read_text(encoding="utf-8"))
    return Accepted(_schema(kept["truth"]), {name: _schema(rows) for name, rows in kept["derived"].items()})


def _schema(rows: Iterable[Sequence[str | None]]) -> Schema:
    return frozenset((str(kind), str(name), sql) for kind, name, sql in rows)


def is_present(conn: sqlite3.Connection) -> bool:
    """Whether a file's derived tables are built by the present text."""
    return accepted(FORMAT).derived[derived_version()] <= schema_of(conn)


def present_schema() -> tuple[Schema, Schema]:
    """Truth and derived texts as the present SQL makes them: what `db/accepted/` must know."""
    conn = sqlite3.connect(":memory:")
    try:
        create_truth(conn)
        truth = schema_of(conn)
        create_derived(conn)
        return truth, schema_of(conn) - truth
    finally:
        conn.close()


def schema_of(conn: sqlite3.Connection) -> Schema:
    """(type, name, sql) of everything in a file but SQLite's own statistics."""
    return frozenset(
        conn.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    )
