"""Sends a copy: one clean file with what is meant to travel, and nothing else.

What is left out are payloads of changes, whole ones, and texts that nothing left points at. Headers stay, so
every id in the copy still verifies and a later merge fills in what was left out. The copy is made up in a
database without a name, which is gone with the program, and only then written out: what is left out never
reaches the disk near the copy, free pages included.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from workbench.errors import ProjectFileError
from workbench.progress import Progress, telling
from workbench.store import changes, connection, derive, guards, placing, verify
from workbench.store.changes import Change, Thing
from workbench.store.fold import State, fold
from workbench.store.header import FORMAT
from workbench.store.ids import canonical, to_bytes, to_text
from workbench.store.references import referrers
from workbench.store.store import Store

Withheld = Literal["comments", "notes", "names", "superseded", "deleted"]
"""What a copy may leave out.

comments: comments on passages, and comments on articles where they were set alone.
notes: notes, what they quoted when, and saved searches, which tell as much of what analysts are after.
names: the names of analysts; their ids stay.
superseded: changes of which nothing holds any more, and texts that only earlier versions used.
deleted: what was deleted, with what hangs on it; texts that only those used.
"""
OPTIONS: tuple[Withheld, ...] = get_args(Withheld)

META = ("project_id", "least_write", "derived")
_POINTER = re.compile(r'"([A-Z2-7]{26})"')


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What a copy holds.

    Attributes:
        analysts: the names in it, sorted; none where they were left out.
        withheld: for each thing asked to be left out, how many payloads were; one may count for several.
        drafts: texts being edited that were left out, as always.
        remarks: sentences about what stays although it was asked to be left out.
        bytes, sha256: of the file.
    """

    path: Path
    articles: int
    passages: int
    tags: int
    notes: int
    comments: int
    searches: int
    analysts: tuple[str, ...]
    withheld: dict[str, int]
    drafts: int
    remarks: tuple[str, ...]
    bytes: int = 0
    sha256: str = ""

    def as_json(self) -> dict[str, object]:
        """The report for scripts."""
        return {**asdict(self), "path": str(self.path)}


def send(
    store: Store,
    dest: Path,
    *,
    withhold: frozenset[Withheld] = frozenset(),
    force: bool = False,
    progress: Progress | None = None,
) -> CopyReport:
    """Writes a copy of the project, checked, to its place.

    A change is left out whole or not at all. One that set something to be left out together with something
    that has to stay is kept, and `CopyReport.remarks` says so.

    Args:
        force: replace a file that is there; never the project itself.
        progress: told how many changes are verified.

    Raises:
        InputError: the place is taken, a folder or the project itself.
        ProjectFileError: the project cannot be read or is damaged, or the place cannot be written; nothing
            is there that was not there before.
    """
    placing.refuse(dest, own=store.path, force=force)
    with (
        _made_up(store, dest, withhold, progress, thorough=True) as (copy, report),
        placing.unfinished(dest.parent) as made,
    ):
        with connection.explained(dest):
            placing.vacuum_into(copy, made)
        placing.examine(made, dest)
        with made.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = made.stat().st_size
        placing.place(made, dest, force=force)
    return replace(report, bytes=size, sha256=sha256)


def preview(store: Store, *, withhold: frozenset[Withheld] = frozenset()) -> CopyReport:
    """What a copy would hold; nothing is written, size and hash are empty.

    Raises:
        ProjectFileError: the project cannot be read.
    """
    with _made_up(store, store.path, withhold, None, thorough=False) as (_, report):
        return report


@contextmanager
def _made_up(
    store: Store,
    dest: Path,
    withhold: frozenset[Withheld],
    progress: Progress | None,
    *,
    thorough: bool,
) -> Iterator[tuple[sqlite3.Connection, CopyReport]]:
    """A database without a name that holds what the copy shall, and what there is to say of it.

    Args:
        thorough: whether it is to be sent: verified first, and folded even where nothing was left out.
    """
    with connection.explained(store.path), _apart(store) as copy:
        if thorough:
            _examine(copy, store.path, progress)
        drafts = _clean(copy)
        withheld = _leave_out(copy, withhold)
        if thorough or withhold:
            _fold(copy)
        names = [
            name
            for (name,) in copy.execute("SELECT DISTINCT name FROM analyst WHERE name <> '' ORDER BY name")
        ]
        remarks = tuple(_remarks(copy, withhold))
        yield copy, CopyReport(dest, *_counts(copy), tuple(names), withheld, drafts, remarks)


@contextmanager
def _apart(store: Store) -> Iterator[sqlite3.Connection]:
    """Everything in the project as it is now, in a database of its own without a name."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        guards.guard(copy)
        store.conn.execute("BEGIN")
        try:
            # The first look takes the lock, and gives up where another program holds it for long.
            least = store.conn.execute("SELECT value FROM meta WHERE key = 'least_write'").fetchone()
            if least and int(least[0]) > FORMAT:
                raise ProjectFileError(f"{store.path} was made by a newer workbench: only that can copy it")
            store.conn.backup(copy)
        finally:
            store.conn.execute("COMMIT")
        yield copy


def _examine(copy: sqlite3.Connection, path: Path, progress: Progress | None) -> None:
    """Refuses to send what does not verify.

    Raises:
        ProjectFileError: a change or a text is damaged.
    """
    (total,) = copy.execute("SELECT count(*) FROM change").fetchone()
    faults = (verify.fault(row) for row in telling(verify.stored(copy), total, progress))
    texts = (verify.text_fault(*row) for row in copy.execute("SELECT hash, body FROM text"))
    for what, found in (("change", faults), ("text", texts)):
        fault = next(filter(None, found), None)
        if fault:
            raise ProjectFileError(f"{path} is damaged: a {what} {fault}; nothing was written")


def _clean(copy: sqlite3.Connection) -> int:
    """Takes out what is no part of the project; returns how many drafts there were.

    Among SQLite's statistics are samples of what the columns hold.
    """
    for (name,) in copy.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").fetchall():
        copy.execute(f'DROP TABLE "{name}"')
    copy.execute(f"DELETE FROM meta WHERE key NOT IN ({', '.join('?' * len(META))})", META)
    return copy.execute("DELETE FROM draft").rowcount


# Leaving out


def _leave_out(copy: sqlite3.Connection, withhold: frozenset[Withheld]) -> dict[str, int]:
    """Takes payloads and texts out; returns how many payloads for each reason."""
    if not withhold:
        return {}
    chosen = {one: set(_CHOOSERS[one](copy)) for one in OPTIONS if one in withhold}
    with _without_triggers(copy, "payload_no_delete", "text_no_delete"):
        gone = set().union(*chosen.values())
        copy.executemany("DELETE FROM payload WHERE change = ?", [(seq,) for seq in gone])
        needed = _pointers(copy, heads_only="superseded" in withhold)
        unused = [row for row in copy.execute("SELECT hash FROM text") if row[0] not in needed]
        copy.executemany("DELETE FROM text WHERE hash = ?", unused)
    return {one: len(seqs) for one, seqs in chosen.items()}


def _fold(copy: sqlite3.Connection) -> None:
    copy.execute("BEGIN")
    derive.rebuild(copy)
    copy.execute("COMMIT")


@contextmanager
def _without_triggers(copy: sqlite3.Connection, *names: str) -> Iterator[None]:
    """Takes these triggers away and puts them back, word for word.

    Where the block raises they stay away: what is made up is then thrown away as it is.
    """
    marks = ", ".join("?" * len(names))
    texts = copy.execute(f"SELECT sql FROM sqlite_schema WHERE name IN ({marks})", names).fetchall()
    copy.execute("BEGIN")
    for name in names:
        copy.execute(f"DROP TRIGGER {name}")
    yield
    for (text,) in texts:
        copy.execute(text)
    copy.execute("COMMIT")


_WITH_PAYLOAD = "SELECT c.seq FROM change AS c JOIN payload AS p ON p.change = c.seq WHERE "


def _column(copy: sqlite3.Connection, condition: str, parameters: Iterable[object] = ()) -> Iterator[int]:
    """Sequence numbers of the changes with a payload that fit a condition on `change AS c`."""
    for (seq,) in copy.execute(_WITH_PAYLOAD + condition, tuple(parameters)):
        yield seq


def _comments(copy: sqlite3.Connection) -> Iterator[int]:
    return _column(copy, "c.kind = 'comment' OR (c.kind = 'article' AND c.fields = 'comment')")


def _notes(copy: sqlite3.Connection) -> Iterator[int]:
    return _column(copy, "c.kind IN ('note', 'citation', 'search')")


def _names(copy: sqlite3.Connection) -> Iterator[int]:
    return _column(copy, "c.kind = 'analyst'")


def _superseded(copy: sqlite3.Connection) -> Iterator[int]:
    for history in _histories(copy):
        standing = {head.id for heads in fold(history).heads.values() for head in heads}
        for one in history:
            if one.id not in standing:
                yield from _column(copy, "c.id = ?", (to_bytes(one.id),))


def _histories(copy: sqlite3.Connection) -> Iterator[list[Change]]:
    """The changes of each thing that has several: where there is one, nothing of it is superseded."""
    rows = copy.execute("SELECT kind, thing FROM change GROUP BY thing, kind HAVING count(*) > 1")
    for part in changes.parts([(kind, to_text(thing)) for kind, thing in rows]):
        yield from changes.of_things(copy, part).values()


def _deleted(copy: sqlite3.Connection) -> Iterator[int]:
    for kind, thing in _gone(copy):
        yield from _column(copy, "c.kind = ? AND c.thing = ?", (kind, to_bytes(thing)))


def _gone(copy: sqlite3.Connection) -> set[Thing]:
    """What was deleted, with what hangs on it; but notes that stay keep the words they quote."""
    found: set[Thing] = set()
    waiting = set(copy.execute("SELECT kind, thing FROM deletion WHERE contested = 0"))
    while waiting:
        found |= waiting
        below = {
            referrer
            for kind in {kind for kind, _ in waiting}
            for _, referrer in referrers(copy, kind, sorted(thing for of, thing in waiting if of == kind))
            if kind == "note" or referrer[0] != "citation"
        }
        waiting = below - found
    return found


_CHOOSERS = {
    "comments": _comments,
    "notes": _notes,
    "names": _names,
    "superseded": _superseded,
    "deleted": _deleted,
}


_ALONE = "SELECT min(seq) FROM change GROUP BY thing, kind HAVING count(*) = 1"
"""Changes that are the only one of their thing."""


def _pointers(copy: sqlite3.Connection, *, heads_only: bool) -> set[bytes]:
    """Every id that the payloads name, whatever kind they are of: texts are named so too.

    Args:
        heads_only: what earlier versions of a field named does not count.
    """
    found = copy.execute("SELECT body FROM payload" + (f" WHERE change IN ({_ALONE})" if heads_only else ""))
    bodies = [body for (body,) in found]
    if heads_only:
        states = map(fold, _histories(copy))
        heads = ((field, head) for one in states for field, some in one.heads.items() for head in some)
        bodies += [canonical(head.value(field)).decode() for field, head in heads]
    return {to_bytes(name) for body in bodies for name in _POINTER.findall(body)}


# What is said of it


def _counts(copy: sqlite3.Connection) -> tuple[int, int, int, int, int, int]:
    """How many articles, passages, tags, notes, comments and saved searches a project shows."""
    found: tuple[int, int, int, int, int, int] = copy.execute(
        "SELECT (SELECT count(*) FROM article WHERE deleted = 0), (SELECT count(*) FROM shown_passage),"
        " (SELECT count(*) FROM tag WHERE hidden = 0 AND resolved = id),"
        " (SELECT count(*) FROM note WHERE deleted = 0),"
        " (SELECT count(*) FROM live_comment WHERE passage IN (SELECT id FROM shown_passage)),"
        " (SELECT count(*) FROM search WHERE deleted = 0)"
    ).fetchone()
    return found


def _remarks(copy: sqlite3.Connection, withhold: frozenset[Withheld]) -> Iterator[str]:
    """What stays although it was asked to be left out, since changes travel whole or not at all."""
    if "comments" in withhold:
        set_with_others = changes.read(copy, "WHERE c.kind = 'article' AND c.fields LIKE '%comment%'")
        if stays := {one.thing for one in set_with_others if dict(one.setting()).get("comment")}:
            yield f"{_stay(len(stays), 'article comment')}, set together with other details"
    if "names" in withhold:
        (named,) = copy.execute("SELECT count(*) FROM search WHERE query LIKE '%by:%'").fetchone()
        if named:
            yield f"{_stay(named, 'name')} in saved searches, after by:"
    if "superseded" in withhold and (earlier := sum(map(_earlier, map(fold, _histories(copy))))):
        yield f"{_stay(earlier, 'earlier version')}, set together with what still holds"
    if "deleted" in withhold:
        (quoted,) = copy.execute(_QUOTED_IN_NOTES).fetchone()
        if quoted:
            yield f"{_stay(quoted, 'deleted passage')} quoted in notes"


_QUOTED_IN_NOTES = """
SELECT count(DISTINCT c.passage)
FROM citation AS c JOIN note AS n ON n.id = c.note JOIN passage AS p ON p.id = c.passage
WHERE c.deleted = 0 AND n.deleted = 0 AND p.deleted = 1 AND p.quote = ''
"""


def _stay(number: int, what: str) -> str:
    return f"{number:,} {what} stays" if number == 1 else f"{number:,} {what}s stay"


def _earlier(state: State) -> int:
    """How many earlier versions of a thing's words are left, in changes of which something else holds."""
    left = {head.id: head for heads in state.heads.values() for head in heads}
    return sum(
        isinstance(value, (str, list))
        and value not in ("", state.values[field])
        and head not in state.heads[field]
        and not _POINTER.fullmatch(f'"{value}"')
        for head in left.values()
        for field, value in head.setting()
    )
