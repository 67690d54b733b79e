"""Is a project file what it says it is: pages, tables, every change and text, and what they amount to.

Nothing of the file is trusted and nothing in it changed, but that an interrupted write is rolled back first.
Conflicts, contested deletions and withheld contents are no faults.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.store import connection, derive, drafts, verify
from workbench.store.header import FORMAT
from workbench.store.ids import digest, is_id, to_bytes
from workbench.store.merging import add_rows
from workbench.store.schema import accepted, create_truth, derived_version, migration_names, schema_of
from workbench.store.verify import Stored

NO_DRAFT = "is nothing that a workbench writes"
MOST_PAGE_FAULTS = 100
BATCH = 2_000
TRUTH = ("meta", "text", "change", "payload", "draft")
NAMES_A_TEXT = {"article": "revision", "appearance": "text", "passage": "anchor", "note": "body"}
"""The field of a kind that names a text by its hash; an anchor lists the hash first."""

COUNTS = {
    "articles": "SELECT count(*) FROM article WHERE deleted = 0",
    "passages": "SELECT count(*) FROM shown_passage",
    "notes": "SELECT count(*) FROM note WHERE deleted = 0",
    "conflicts": "SELECT count(*) FROM conflict",
    "contested": "SELECT count(*) FROM deletion WHERE contested = 1",
}
Progress = Callable[[str], None]
"""Is told what is being done, in a few words."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: `where` and `what` read as one sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where} {self.what}"


@dataclass(slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        counts: changes and texts that verify, withheld contents and texts, drafts, and what the log amounts
            to: articles, passages, notes, conflicts and contested deletions.
    """

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Whether everything is as it should be."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The report for scripts."""
        problems = [asdict(problem) for problem in self.problems]
        return {"well": self.well, "problems": problems, "counts": self.counts}


def check(path: Path, progress: Progress = lambda what: None) -> CheckReport:
    """Checks a whole project file. Faults in it are reported, not raised.

    Raises:
        ProjectFileError: no project at all, too new, in use, not even its list of tables can be read, or an
            interrupted write cannot be rolled back.
    """
    opened = connection.attach(path)
    with closing(opened.conn) as conn, closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        conn.text_factory = verify.lenient
        with connection.explained(path):
            conn.execute("PRAGMA query_only = ON")
            conn.execute("BEGIN")
            readable = has_truth(conn, opened.version)
        checking = _Check(conn, memory)
        progress("Checking pages")
        checking.pages()
        checking.schema(opened.version)
        if readable:
            progress("Checking changes")
            checking.truth()
            checking.meta(opened.version)
            progress("Comparing tables")
            checking.tables()
        return checking.report


def has_truth(conn: sqlite3.Connection, version: int) -> bool:
    """Whether the tables of the truth are what a project of that format has, so that they can be read."""
    wanted = {row for row in accepted(version).truth if row[0] == "table"}
    return wanted <= schema_of(conn)


def in_words(row: Stored) -> str:
    """What a change whose header verifies was about: "change 7 (title of a note, 2023-12-13 08:00 UTC)"."""
    when = datetime.fromtimestamp(row.wall / 1000, UTC)
    fields = row.fields.replace(",", ", ")
    return f"change {row.seq} ({fields} of {_article(row.kind)}, {when:%Y-%m-%d %H:%M} UTC)"


def _article(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def texts_named(row: Stored) -> Iterator[bytes]:
    """The hashes of the texts that a verified change points at."""
    name, fields = NAMES_A_TEXT.get(row.kind), row.fields.split(",")
    if row.body is None or name not in fields:
        return
    value = json.loads(row.body)[fields.index(name)]
    if isinstance(value, list):
        value = value[0] if value else None
    if is_id(value):
        yield to_bytes(str(value))


def draft_rows(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """The rows of `draft`, by the names of all its columns; those that older formats lack are empty."""
    found = conn.execute("SELECT * FROM draft")
    names = [column[0] for column in found.description]
    return [dict.fromkeys(drafts.COLUMNS, "") | dict(zip(names, row, strict=True)) for row in found]


class _Check:
    """A check under way: the file, and a database in memory into which all that verifies is put."""

    def __init__(self, conn: sqlite3.Connection, memory: sqlite3.Connection) -> None:
        self.conn, self.memory = conn, memory
        self.report = CheckReport()
        self.wanted: set[bytes] = set()
        self.log_is_whole = True
        memory.execute("BEGIN")
        create_truth(memory)

    def say(self, where: str, what: str) -> None:
        """Reports a problem."""
        self.report.problems.append(Problem(where, what))

    @contextmanager
    def _survived(self, where: str) -> Iterator[None]:
        try:
            yield
        except verify.DAMAGE as error:
            self.say(where, f"cannot be read: {error}")

    def pages(self) -> None:
        """What SQLite says of its pages, trees and indexes."""
        with self._survived("the file"):
            for (said,) in self.conn.execute(f"PRAGMA integrity_check({MOST_PAGE_FAULTS})"):
                if said != "ok":
                    self.say("SQLite", f"says: {said}")

    def schema(self, version: int) -> None:
        """Tables, views, triggers that do not belong to a project, or that it lacks."""
        with self._survived("the list of tables"):
            for oddity in connection.oddities(self.conn, version):
                self.say("the file", oddity)

    def truth(self) -> None:
        """The log and the texts."""
        before = len(self.report.problems)
        self._log()
        self._texts()
        self.log_is_whole = len(self.report.problems) == before

    def _log(self) -> None:
        """Every change, and contents that belong to none."""
        counts = dict.fromkeys(("changes", "withheld_payloads"), 0)
        seq, known, batch = 0, set(), list[Stored]()
        try:
            for row in verify.stored(self.conn):
                seq, why = row.seq, verify.fault(row) or ("is there twice" if row.id in known else None)
                if why:
                    header = row._replace(salt=None, body=None)
                    self.say(f"change {seq}" if verify.fault(header) else in_words(row), why)
                    continue
                known.add(row.id)
                counts["changes"] += 1
                counts["withheld_payloads"] += row.body is None
                self.wanted.update(texts_named(row))
                batch.append(row)
                if len(batch) == BATCH:
                    add_rows(self.memory, batch)
                    batch.clear()
        except verify.DAMAGE as error:
            self.say("the log", f"cannot be read beyond change {seq}: {error}")
        add_rows(self.memory, batch)
        self.report.counts |= counts
        with self._survived("the table payload"):
            sql = "SELECT change FROM payload WHERE change NOT IN (SELECT seq FROM change)"
            for (seq,) in self.conn.execute(sql):
                self.say(f"the content {seq}", "belongs to no change")

    def _texts(self) -> None:
        """Every text."""
        held = set()
        with self._survived("the table text"):
            for number, name, body in self.conn.execute("SELECT rowid, hash, body FROM text ORDER BY rowid"):
                why = verify.text_fault(name, body)
                if why or name in held:
                    self.say(f"text {number}", why or "is there twice")
                else:
                    held.add(name)
                    self.memory.execute("INSERT INTO text VALUES (?, ?)", (name, body))
        self.report.counts |= {"texts": len(held), "withheld_texts": len(self.wanted - held)}

    def meta(self, version: int) -> None:
        """The small tables beside the log."""
        with self._survived("the table draft"):
            found = draft_rows(self.conn)
            self.report.counts["drafts"] = len(found)
            for number, draft in enumerate(found, 1):
                if not drafts.is_proper(draft):
                    self.say(f"draft {number}", NO_DRAFT)
        with self._survived("the table _sqlite_migrations"):
            rows = self.conn.execute("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id")
            if rows.fetchall() != [("workbench", name) for name in migration_names()[:version]]:
                self.say("the file", "does not name the migrations that made its tables")
        meta: dict[object, object] = {}
        with self._survived("the table meta"):
            meta = dict(self.conn.execute("SELECT key, value FROM meta"))
        if not is_id(meta.get("project_id")):
            self.say("the file", "does not say properly which project it is")
        elif not self._is_of_project(digest("project", meta["project_id"])):
            self.say("the file", "says it is a project that its log knows nothing of")
        if not str(meta.get("least_write")).isdecimal():
            self.say("the file", "does not say which format its writers must know")
        if meta.get("derived") not in accepted(version).derived:
            self.say("the file", "has tables by a text that no workbench had")

    def _is_of_project(self, thing: str) -> bool:
        things = [row[0] for row in self.memory.execute("SELECT thing FROM change WHERE kind = 'project'")]
        return not things or to_bytes(thing) in things

    def tables(self) -> None:
        """Whether the derived tables are what the log amounts to.

        Not asked where the log is damaged, nor of tables by another text: these are made anew when the file
        is opened.
        """
        derive.rebuild(self.memory)
        for name, sql in COUNTS.items():
            self.report.counts[name] = self.memory.execute(sql).fetchone()[0]
        mine = accepted(FORMAT).derived[derived_version()]
        if not self.log_is_whole or not mine <= schema_of(self.conn):
            return
        for table in sorted(name for kind, name, _ in mine if kind == "table"):
            with self._survived(f"the table {table}"):
                sql = f"SELECT * FROM {table}"
                there, due = set(self.conn.execute(sql)), set(self.memory.execute(sql))
                differing = max(len(there - due), len(due - there))
                if differing:
                    rows = "1 row" if differing == 1 else f"{differing:,} rows"
                    self.say(f"the table {table}", f"differs in {rows} from what the log amounts to")
