"""Merges another copy of a project, or another project, into this one: the union of both logs, refolded.

Nothing of the merge is written into the log itself, so it gives the same in whatever order copies are merged
and however often (Fossil's way with its artifacts). The other file is read through a connection of its own;
each of its changes and texts is verified first, and a step of which any change does not verify stays out as a
whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import ProjectFileError
from workbench.progress import Progress
from workbench.store import backups, changes, connection, derive, verify
from workbench.store.changes import HIGHEST_LAMPORT, Change, Thing
from workbench.store.collecting import no_garbage_collection
from workbench.store.fold import State, fold
from workbench.store.ids import to_text
from workbench.store.labels import label
from workbench.store.rows import WRITERS, marks
from workbench.store.store import Store
from workbench.store.verify import Stored

LATEST_LAMPORT = HIGHEST_LAMPORT - 2**20
"""A change beyond it is refused, since it would leave nobody room for later ones."""
COUNTED = ("article", "passage", "tag", "tagging", "comment", "note", "citation", "search")
"""Kinds of things that a preview counts."""


@dataclass(slots=True)
class Contribution:
    """What one analyst brings: new things by kind, things changed, things deleted."""

    analyst: str
    name: str
    new: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    changed: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something that only a person can decide; `field` is None where a deletion meets an edit."""

    kind: str
    thing: str
    field: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change or text that stayed out, and why."""

    what: str
    why: str


@dataclass(slots=True)
class MergeReport:
    """What a merge did, or would do.

    Attributes:
        same_project: the other file is a copy of this project, not a project of its own.
        changes, filled, texts: changes taken over, contents filled in that were withheld here, texts.
        disputes: conflicts and contested deletions that came with it.
        backup: the copy that was made before.
    """

    same_project: bool
    changes: int = 0
    filled: int = 0
    texts: int = 0
    by_analyst: list[Contribution] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    backup: Path | None = None

    @property
    def is_news(self) -> bool:
        """Whether there was anything to take over."""
        return bool(self.changes or self.filled or self.texts)


@dataclass(slots=True)
class Parcel:
    """Verified rows of another log that this one lacks.

    Attributes:
        new: changes, each with its row; filled: rows whose contents are withheld here; texts: by hash.
    """

    new: list[tuple[Stored, Change]] = field(default_factory=list)
    filled: list[Stored] = field(default_factory=list)
    texts: dict[bytes, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.filled or self.texts)


def preview(store: Store, theirs: Path, progress: Progress | None = None) -> MergeReport:
    """What merging a file would do; nothing is changed.

    Args:
        progress: told how many changes are verified.

    Raises:
        ProjectFileError: one of the files cannot be used.
    """
    return _merge(store, theirs, progress, keep=False)


def merge(store: Store, theirs: Path, progress: Progress | None = None) -> MergeReport:
    """Merges a file in one transaction, after a backup.

    Args:
        progress: told how many changes are verified; once all are, they are being taken over.

    Raises:
        ProjectFileError: one of the files cannot be used, or no backup can be made; nothing was changed.
    """
    return _merge(store, theirs, progress, keep=True)


def _merge(store: Store, theirs: Path, progress: Progress | None, *, keep: bool) -> MergeReport:
    if theirs.exists() and theirs.samefile(store.path):
        raise ProjectFileError(f"{theirs} is this project itself; there is nothing to merge")
    with _reading(theirs) as other:
        report = MergeReport(same_project=_project_of(other) == store.project_id)
        with store.reading() as conn, no_garbage_collection():
            parcel = gather(conn, other, progress)
    report.refused = parcel.refused
    if not parcel:
        return report
    if keep and not store.read_only:
        report.backup = backups.make(store.conn, store.path, store.project_id, "merge")
    with store.trying(keep=keep):
        before = _disputed(store.conn)
        touched = take(store.conn, parcel)
        report.changes, report.filled, report.texts = len(parcel.new), len(parcel.filled), len(parcel.texts)
        report.by_analyst = _contributions(store.conn, touched)
        report.disputes = [
            Dispute(kind, thing, name or None, label(store.conn, kind, thing))
            for kind, thing, name in sorted(_disputed(store.conn) - before)
        ]
    if keep:
        store.arrivals.skip(store.conn)
    return report


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    conn = connection.connect(path).conn
    try:
        with connection.explained(path):
            yield conn
    finally:
        conn.close()


def _project_of(conn: sqlite3.Connection) -> str:
    row = conn.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()
    return str(row[0]) if row else ""


def gather(mine: sqlite3.Connection, theirs: sqlite3.Connection, progress: Progress | None = None) -> Parcel:
    """Reads and verifies what the other log has and this one lacks."""
    parcel = Parcel()
    sql = "SELECT c.id, c.seq, p.change FROM change AS c LEFT JOIN payload AS p ON p.change = c.seq"
    known = {name: payload is not None for name, _, payload in mine.execute(sql)}
    wanted = [
        seq
        for name, seq, payload in theirs.execute(sql).fetchall()
        if name not in known or (payload is not None and not known[name])
    ]
    broken: set[tuple[bytes, int, int]] = set()
    done = 0
    for part in changes.parts(wanted):
        if progress:
            progress(done, len(wanted))
        done += len(part)
        for row in verify.stored(theirs, f"WHERE c.seq IN ({', '.join('?' * len(part))})", part):
            try:
                change = verify.read(row)
                if change.lamport > LATEST_LAMPORT:
                    raise verify.Fault(f"has an impossible Lamport time ({row.lamport})")
            except verify.Fault as found:
                broken.add(row.step)
                parcel.refused.append(Refusal(_named(row), str(found)))
                continue
            if row.id in known:
                parcel.filled.append(row)
            else:
                parcel.new.append((row, change))
    if broken:
        lost = [row for row, _ in parcel.new if row.step in broken]
        parcel.refused += [
            Refusal(_named(row), "belongs to the same step as one that is refused") for row in lost
        ]
        parcel.new = [one for one in parcel.new if one[0].step not in broken]
    _gather_texts(mine, theirs, parcel)
    if progress:
        progress(done, len(wanted))
    return parcel


def _gather_texts(mine: sqlite3.Connection, theirs: sqlite3.Connection, parcel: Parcel) -> None:
    held = {name for (name,) in mine.execute("SELECT hash FROM text")}
    missing = [name for (name,) in theirs.execute("SELECT hash FROM text") if name not in held]
    for name in missing:
        (body,) = theirs.execute("SELECT body FROM text WHERE hash = ?", (name,)).fetchone()
        why = verify.text_fault(name, body)
        if why:
            parcel.refused.append(Refusal(f"a text ({_short(name)})", why))
        else:
            parcel.texts[name] = body


def _named(row: Stored) -> str:
    kind = row.kind if row.kind in WRITERS else "an unknown kind"
    return f"a change of {kind} ({_short(row.id)})"


def _short(name: bytes) -> str:
    return name.hex()[:8]


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that a merge touches: all its changes, the new ones among them, and what they amount to."""

    history: Sequence[Change]
    arrived: Sequence[Change]
    state: State


def take(conn: sqlite3.Connection, parcel: Parcel) -> dict[Thing, Touched]:
    """Adds a parcel to the log and refolds what it touches, inside the caller's transaction."""
    conn.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", parcel.texts.items())
    known = {name for (name,) in conn.execute("SELECT id FROM change")}
    met = {name for (name,) in conn.execute("SELECT DISTINCT thing FROM change")}
    parcel.new = [one for one in parcel.new if one[0].id not in known]
    parcel.new.sort(key=lambda one: (one[1].lamport, one[1].id))
    add_rows(conn, [row for row, _ in parcel.new])
    _fill_in(conn, parcel.filled)
    arrived: dict[Thing, list[Change]] = {}
    for _, change in parcel.new:
        arrived.setdefault((change.kind, change.thing), []).append(change)
    older = {(row.kind, to_text(row.thing)) for row in parcel.filled}
    older.update((row.kind, change.thing) for row, change in parcel.new if row.thing in met)
    histories = arrived | changes.of_things(conn, sorted(older))
    touched = {
        thing: Touched(history, arrived.get(thing, ()), fold(history)) for thing, history in histories.items()
    }
    if _explains(histories, parcel.texts):
        derive.refold(conn, [one.state for one in touched.values()])
    else:
        derive.rebuild(conn)
    return touched


def _fill_in(conn: sqlite3.Connection, rows: Iterable[Stored]) -> None:
    """Adds contents that were withheld here."""
    places = {row.id: row for row in rows}
    for part in changes.parts(list(places)):
        found = conn.execute(f"SELECT id, seq FROM change WHERE id IN ({marks(part)})", part)
        conn.executemany(
            "INSERT OR IGNORE INTO payload VALUES (?, ?, ?)",
            [(seq, places[name].salt, places[name].body) for name, seq in found.fetchall()],
        )


def _explains(histories: Mapping[Thing, Sequence[Change]], texts: Iterable[bytes]) -> bool:
    """Whether every text belongs to something touched, and not to a row written long ago without it."""
    names = {to_text(name) for name in texts}
    named = {
        value
        for history in histories.values()
        for change in history
        if change.kind in ("article", "appearance", "note")
        for _, value in change.setting()
        if isinstance(value, str) and value in names
    }
    return names <= named


def add_rows(conn: sqlite3.Connection, rows: Sequence[Stored]) -> None:
    """Appends verified rows to the log, in the order given, inside the caller's transaction."""
    first = conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM change").fetchone()[0]
    numbered = list(enumerate(rows, start=first))
    conn.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(seq, *row[1:10]) for seq, row in numbered],
    )
    conn.executemany(
        "INSERT INTO payload VALUES (?, ?, ?)",
        [(seq, row.salt, row.body) for seq, row in numbered if row.salt is not None],
    )


def _disputed(conn: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Everything that waits for a decision: kind, thing and field ("" for a contested deletion)."""
    return {
        *conn.execute("SELECT kind, thing, field FROM conflict"),
        *(
            (kind, thing, "")
            for kind, thing in conn.execute("SELECT kind, thing FROM deletion WHERE contested = 1")
        ),
    }


def _contributions(conn: sqlite3.Connection, touched: Mapping[Thing, Touched]) -> list[Contribution]:
    """Who brings what, by name."""
    names = dict(conn.execute("SELECT id, name FROM analyst"))
    found: dict[str, Contribution] = {}

    def of(change: Change) -> Contribution:
        who = change.analyst
        return found.setdefault(who, Contribution(who, names.get(who) or "(name withheld)"))

    for (kind, _), one in touched.items():
        if kind not in COUNTED or not one.arrived:
            continue
        if len(one.arrived) == len(one.history):
            of(one.arrived[0]).new[kind] += one.state.alive
            continue
        new = {change.id for change in one.arrived}
        before = fold([change for change in one.history if change.id not in new])
        for change in {change.analyst: change for change in one.arrived}.values():
            if before.alive and not one.state.alive:
                of(change).deleted += 1
            else:
                of(change).changed += _differ(one.state, before)
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.analyst))


def _differ(state: State, before: State) -> bool:
    return state.values != before.values or state.conflicts != before.conflicts
