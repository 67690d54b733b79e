"""The opened project file: transactions and what it is called. `Project` is built on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ProjectFileError
from workbench.model import Analyst
from workbench.store import backups, connection, derive
from workbench.store.arrivals import Arrivals
from workbench.store.collecting import no_garbage_collection
from workbench.store.header import FORMAT
from workbench.store.ids import digest, is_id, random_id
from workbench.store.schema import create_derived, derived_version, drop_derived, is_present, migrate
from workbench.store.sessions import Session
from workbench.store.step import Step
from workbench.store.undo import StepName

if TYPE_CHECKING:
    from sqlite_utils.db import Database


class Store:
    """One project file, opened by one analyst.

    Attributes:
        read_only: the file or its folder may not be written, or its format is too new to be written here.
        session: names this opening for drafts.
        arrivals: tells what other programs write into the file meanwhile.
        project_id: names the project; copies keep it.
        warnings: what the user should know of the file, in sentences.
    """

    def __init__(
        self,
        path: Path,
        conn: sqlite3.Connection,
        analyst: Analyst,
        read_only: bool,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.conn = conn
        self.analyst = analyst
        self.read_only = read_only
        self.warnings = warnings
        self.project_id = self._meta("project_id")
        # Folders on this machine are named after it.
        if not is_id(self.project_id):
            raise ProjectFileError(f"{path} does not say which project it is; it was not opened")
        self.session = Session()
        self.arrivals = Arrivals(conn)
        self._signed: Analyst | None = None
        self._backed_up: date | None = None

    @classmethod
    def open(cls, path: Path, analyst: Analyst) -> Store:
        """Opens an existing project file, rebuilding derived tables that another version left.

        Raises:
            ProjectFileError: the file cannot be opened as a project.
        """
        conn, read_only, version, warnings = connection.connect(path)
        try:
            with connection.explained(path):
                store = cls(path, conn, analyst, read_only, warnings)
                if version < FORMAT or store._meta("derived") != derived_version() or not is_present(conn):
                    store._renew(version)
        except BaseException:
            conn.close()
            raise
        return store

    @classmethod
    def create(cls, path: Path, analyst: Analyst, title: str) -> Store:
        """Makes a new project file.

        Raises:
            ProjectFileError: something is there already, or nothing can be written there.
        """
        conn = connection.create(path)
        try:
            with connection.explained(path):
                conn.execute("BEGIN IMMEDIATE")
                migrate(_database(conn))
                create_derived(conn)
                conn.executemany(
                    "INSERT INTO meta VALUES (?, ?)",
                    [
                        ("project_id", random_id()),
                        ("least_write", str(FORMAT)),
                        ("derived", derived_version()),
                    ],
                )
                conn.execute("COMMIT")
                store = cls(path, conn, analyst, read_only=False)
                with store.step() as step:
                    step.set("project", store.project_thing, title=title)
        except BaseException:
            conn.close()
            path.unlink(missing_ok=True)
            raise
        return store

    @property
    def project_thing(self) -> str:
        """The id under which the log speaks of the project itself."""
        return digest("project", self.project_id)

    @property
    def database(self) -> Database:
        """The connection as sqlite-utils sees it, for schema introspection and queries."""
        return _database(self.conn)

    def close(self) -> None:
        """Closes the file; one file is left at rest."""
        self.session.end()
        self.conn.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A write transaction: all of it or nothing.

        Raises:
            ProjectFileError: the file cannot be written.
        """
        with self.trying(keep=True):
            yield

    @contextmanager
    def trying(self, *, keep: bool) -> Iterator[None]:
        """A write transaction that is taken back in the end unless it is to be kept.

        Raises:
            ProjectFileError: the file cannot be written.
        """
        if self.read_only:
            raise ProjectFileError(f"{self.path} is read-only here; nothing was changed")
        with connection.explained(self.path), self._transaction(keep=keep):
            yield

    @contextmanager
    def step(self) -> Iterator[Step]:
        """One user action; a step that changed nothing leaves no trace.

        Raises:
            ProjectFileError: the file cannot be written.
        """
        self._back_up()
        with self.writing():
            step = Step(self.conn, self.analyst.id)
            yield step
            step.flush()
            if step.written and self._signed != self.analyst:
                step.set("analyst", self.analyst.id, name=self.analyst.name)
                step.flush()
        if step.written:
            self._signed = self.analyst
            self.arrivals.wrote(StepName(step.lamport, step.wall, step.analyst))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection for queries.

        Raises:
            ProjectFileError: the file cannot be read.
        """
        with connection.explained(self.path):
            yield self.conn

    def _meta(self, key: str) -> str:
        row = self.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def _renew(self, version: int) -> None:
        """Brings the file to the present format, in memory where it may not be written."""
        if self.read_only:
            self.conn = connection.in_memory(self.conn)
        elif version < FORMAT:
            backups.make(self.conn, self.path, self.project_id, "migration")
        with self._transaction():
            version = self.conn.execute("PRAGMA user_version").fetchone()[0] or version
            drop_derived(self.conn, version)
            if version < FORMAT:
                migrate(_database(self.conn))
                self.conn.execute(f"PRAGMA user_version = {FORMAT}")
                self.conn.execute("UPDATE meta SET value = ? WHERE key = 'least_write'", (str(FORMAT),))
            derive.rebuild(self.conn)
            self.conn.execute("INSERT OR REPLACE INTO meta VALUES ('derived', ?)", (derived_version(),))

    def _back_up(self) -> None:
        """Makes the backup of the day before its first change; where that fails, a warning is left."""
        if self._backed_up != date.today() and not self.read_only:
            self._backed_up = date.today()
            if failure := backups.daily(self.conn, self.path, self.project_id):
                self.warnings = (*self.warnings, failure)

    @contextmanager
    def _transaction(self, *, keep: bool = True) -> Iterator[None]:
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            with no_garbage_collection():
                yield
            self.conn.execute("COMMIT" if keep else "ROLLBACK")
        except BaseException:
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")
            raise


def _database(conn: sqlite3.Connection) -> Database:
    from sqlite_utils import Database

    return Database(conn, execute_plugins=False, recursive_triggers=False)
