"""Finds what is whole in a damaged or oddly built project file.

Rows come by way of SQLite, and where that breaks, straight from the pages (`pages`). It does not matter how
often or in what order a row was found, nor whether it is one at all: only what its hash vouches for is taken.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from workbench.errors import ProjectFileError
from workbench.store import connection, drafts, verify
from workbench.store.checking import NO_DRAFT, TRUTH, Problem, draft_rows, has_truth, in_words, texts_named
from workbench.store.header import APPLICATION_ID, FORMAT, HEADER_BYTES, MAGIC
from workbench.store.ids import ID_BYTES, digest, hash_bytes, is_id, to_bytes, to_text
from workbench.store.pages import SIZES, page_size, records
from workbench.store.verify import Stored

OUT_OF_REACH = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    sqlite3.SQLITE_READONLY,
)


def search(path: Path) -> Wreck:
    """Looks for everything that verifies.

    Raises:
        ProjectFileError: the file is missing, in use, too new, or an interrupted write cannot be rolled back.
    """
    wreck = Wreck()
    try:
        opened = connection.attach(path)
    except ProjectFileError as error:
        if not _is_damage(error, path):
            raise
        wreck.search_pages(path, SIZES)
        return wreck
    with closing(opened.conn) as conn:
        conn.text_factory = verify.lenient
        try:
            conn.execute("PRAGMA query_only = ON")
            conn.execute("BEGIN")
            is_readable = has_truth(conn, opened.version)  # which rolls an interrupted write back
            wreck.sound = {name for name in TRUTH if _is_sound(conn, f"PRAGMA integrity_check({name})")}
        except verify.DAMAGE as error:
            if _is_in_use(error):
                with connection.explained(path):
                    raise
            is_readable = False
        if not (is_readable and wreck.search_tables(conn) and _is_sound(conn, "PRAGMA integrity_check")):
            wreck.search_pages(path, [page_size(path)])
    return wreck


def _is_damage(error: ProjectFileError, path: Path) -> bool:
    """Whether a file was refused for what its bytes are, not for being missing, in use or too new."""
    if error.__cause__ is not None:
        return not _is_in_use(error.__cause__)
    head = b""
    with suppress(OSError, ValueError), path.open("rb") as file:
        head = file.read(HEADER_BYTES)
    is_project = head.startswith(MAGIC) and int.from_bytes(head[68:72]) == APPLICATION_ID
    # A format beyond 255 is no format that there will be, but a byte gone wrong.
    return bool(head) and not (is_project and 0 < int.from_bytes(head[60:64]) < 256)


def _is_in_use(error: BaseException) -> bool:
    """Whether SQLite could not get at a file, whatever is in it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in OUT_OF_REACH


def _is_sound(conn: sqlite3.Connection, pragma: str) -> bool:
    try:
        return conn.execute(pragma).fetchall() == [("ok",)]
    except verify.DAMAGE:
        return False


@dataclass(slots=True)
class Wreck:
    """What was found in a damaged file.

    Attributes:
        headers: changes without their contents; contents: salt and body by their hash; both verify.
        filled: row numbers of changes that had some content.
        sound: tables without damage: what is not there was withheld or never was, and is not lost.
        spoilt: what does not verify, by where it stood.
    """

    headers: dict[bytes, Stored] = field(default_factory=dict)
    contents: dict[bytes, tuple[bytes, str]] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)
    sound: set[str] = field(default_factory=set)
    texts: dict[bytes, str] = field(default_factory=dict)
    drafts: dict[tuple[object, ...], Sequence[object]] = field(default_factory=dict)
    meta: dict[str, list[str]] = field(default_factory=dict)
    spoilt: dict[str, str] = field(default_factory=dict)

    def search_tables(self, conn: sqlite3.Connection) -> bool:
        """Reads the truth by way of SQLite. Returns whether all of it could be read."""
        whole = True
        for table in TRUTH:
            try:
                self._search_table(conn, table)
            except verify.DAMAGE:
                whole = False
        return whole

    def _search_table(self, conn: sqlite3.Connection, table: str) -> None:
        if table == "draft":
            for number, draft in enumerate(draft_rows(conn), 1):
                if not self._take_draft(draft):
                    self.spoilt[f"draft {number}"] = NO_DRAFT
            return
        for row in conn.execute(f"SELECT * FROM {table}"):
            if table == "change":
                self._take_change(row[0], row[1:])
            elif table == "payload":
                self._take_content(*row)
            elif table == "text":
                self._take_text(*row)
            else:
                self.meta.setdefault(row[0], []).append(row[1])

    def search_pages(self, path: Path, sizes: Iterable[int]) -> None:
        """Reads rows off the pages, by each size that these may have."""
        for size in sizes:
            for rowid, values in records(path, size):
                self._take(rowid, values)

    def _take(self, rowid: int | None, values: Sequence[object]) -> None:
        """Takes a row for what its columns make it look like."""
        shape = [type(value) for value in values]
        if rowid is not None and len(values) == 10 and shape[0] is type(None):
            self._take_change(rowid, values[1:])
        elif rowid is not None and shape == [type(None), bytes, str]:
            self._take_content(rowid, *values[1:])
        elif rowid is not None and shape == [bytes, str]:
            self._take_text(*values)
        elif rowid is None and shape == [str, str]:
            self.meta.setdefault(str(values[0]), []).append(str(values[1]))
        elif rowid is None and len(values) == len(drafts.COLUMNS):
            self._take_draft(dict(zip(drafts.COLUMNS, values, strict=True)))

    def _take_change(self, seq: int, values: Iterable[object]) -> None:
        row = Stored._make((seq, *values, None, None))
        why = verify.fault(row)
        if why:
            self.spoilt.setdefault(f"change {seq}", why)
        else:
            self.headers[row.id] = row

    def _take_content(self, seq: object, salt: object, body: object) -> None:
        if isinstance(seq, int):
            self.filled.add(seq)
        if isinstance(salt, bytes) and isinstance(body, str):
            with suppress(UnicodeEncodeError):
                self.contents[hash_bytes(salt + body.encode())] = salt, body

    def _take_text(self, name: object, body: object) -> None:
        if isinstance(name, bytes) and isinstance(body, str):
            why = verify.text_fault(name, body)
            if why:
                self.spoilt.setdefault(f"text {_shown(name)}", why)
            else:
                self.texts[name] = body

    def _take_draft(self, row: Mapping[str, object]) -> bool:
        if not drafts.is_proper(row):
            return False
        values = [row[name] for name in drafts.COLUMNS]
        self.drafts[tuple(values[:3])] = values
        return True

    def whole_changes(self) -> list[Stored]:
        """The changes that verify, contents and all, or whose contents were withheld."""
        found = (self._filled(row) for row in self.headers.values())
        return sorted((row for row in found if row is not None), key=lambda row: (row.lamport, row.id))

    def _filled(self, header: Stored) -> Stored | None:
        content = self.contents.get(header.payload_hash)
        if content is None:
            return header if "payload" in self.sound and header.seq not in self.filled else None
        row = header._replace(salt=content[0], body=content[1])
        return row if verify.fault(row) is None else None

    def project_id(self, rows: Iterable[Stored]) -> str | None:
        """The id that the log knows the project by; None where it is lost."""
        things = {row.thing for row in rows if row.kind == "project"}
        said = [one for one in self.meta.get("project_id", ()) if is_id(one)]
        return next((one for one in said if not things or to_bytes(digest("project", one)) in things), None)

    @property
    def least_write(self) -> int:
        """The format that writers must know."""
        said = [int(one) for one in self.meta.get("least_write", ()) if re.fullmatch("[0-9]{1,3}", one)]
        return max([FORMAT, *said])

    def lost(self, rows: Iterable[Stored]) -> list[Problem]:
        """What was found and is not among the rows to be written, and what these point at in vain."""
        rows = list(rows)
        kept, seqs = {row.id for row in rows}, {row.seq for row in self.headers.values()}
        return [
            *(
                Problem(where, what)
                for where, what in self.spoilt.items()
                if not where.startswith("change ") or int(where[7:]) not in seqs
            ),
            *(
                Problem(in_words(row), "has no content that can be read and fits its hash")
                for row in self.headers.values()
                if row.id not in kept
            ),
            *(() if "change" in self.sound else self._gaps()),
            *(() if "text" in self.sound else self._missing_texts(rows)),
        ]

    def _gaps(self) -> Iterator[Problem]:
        """Row numbers of which there is no trace, since they are given one after the other."""
        found = {row.seq for row in self.headers.values()}
        found |= {int(where[7:]) for where in self.spoilt if where.startswith("change ")}
        last = max([*found, *self.filled], default=0)
        for before, after in pairwise(sorted({0, *found, last + 1})):
            if after - before > 1:
                which = (
                    f"change {before + 1}" if after - before == 2 else f"changes {before + 1} to {after - 1}"
                )
                yield Problem(which, "cannot be found")

    def _missing_texts(self, rows: Iterable[Stored]) -> Iterator[Problem]:
        told: set[bytes] = set()
        for row in rows:
            for name in texts_named(row):
                if name not in self.texts and name not in told:
                    told.add(name)
                    yield Problem(f"text {_shown(name)}", f"is missing, which {in_words(row)} points at")


def _shown(name: bytes) -> str:
    return to_text(name) if len(name) == ID_BYTES else name.hex()
