"""Who did what when, in words, read off the log a page at a time.

A step is all changes with one Lamport time, wall time and analyst. Only the steps of a page are described,
from a few changes each, so that neither a long log nor an import of thousands of articles takes long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from workbench.model import Analyst
from workbench.store import changes, reading
from workbench.store.changes import Change, Thing
from workbench.store.conflicts import article_of
from workbench.store.describe import UNKNOWN, describe, weightiest
from workbench.store.fold import State, fold
from workbench.store.ids import to_bytes
from workbench.store.plausible import moment
from workbench.store.references import referrers
from workbench.store.rows import marks
from workbench.store.undo import (
    AT_STEP,
    BOOKKEEPING,
    StepName,
    at_step,
    mark_in,
    mark_of,
    restorers,
    standing,
)

SAMPLE = 40
"""How many changes of a step are read to describe it."""
LEADS = {"tagging": "passage", "comment": "passage", "citation": "note", "appearance": "article"}
"""What is shown instead of a thing that is no place to go to."""
REACH = {"tag": ("tagging",)}
"""What belongs to a thing's history where more refers to it: a tag's is not that of the tags below it."""


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """Something somebody did.

    Attributes:
        name: names it, for `Project.revert`; `when` is its wall time in UTC milliseconds.
        words: what was done, in the past tense.
        kind, thing: what names the step, "" where this version does not know it.
        article: id of the article that is or lies in, if any.
        changes: how many changes it made, bookkeeping aside.
        leads_to: what to show of it: the passage of a tag or comment, the note of a quotation.
        reverts: the step that it set back, if it did.
        reverted: whether another step set this one back.
        stands: whether anything it set is still so.
    """

    name: StepName
    analyst: Analyst
    when: int
    words: str
    kind: str
    thing: str
    article: str | None
    changes: int
    leads_to: Thing
    reverts: StepName | None
    reverted: bool
    stands: bool


def steps(
    conn: sqlite3.Connection,
    *,
    analyst: str | None = None,
    article: str | None = None,
    thing: Thing | None = None,
    before: StepName | None = None,
    limit: int = 200,
) -> list[HistoryStep]:
    """The latest steps, newest first, that fit all that is asked for.

    Args:
        analyst: id of who did them.
        article: id of the article they touched, or something that lies in it or hangs on that.
        thing: kind and id of a thing they touched, or something that hangs on it.
        before: go on after this step, the last of the page before.
    """
    found: Iterable[StepName]
    wanted = [one for one in (("article", article) if article else None, thing) if one]
    if wanted:
        touched = [set(_touching(conn, within(conn, *one))) for one in wanted]
        found = sorted(set.intersection(*touched), key=by_time, reverse=True)
    else:
        found = _newest(conn, before)
    names: list[StepName] = []
    for name in found:
        if len(names) == limit:
            break
        if (before is None or by_time(name) < by_time(before)) and analyst in (None, name.analyst):
            names.append(name)
    return _described(conn, names)


def step_words(conn: sqlite3.Connection, name: StepName) -> str:
    """What a step did, in words; of one that set another back, what that had done."""
    sample, sizes = _sample(conn, name)
    return _words(conn, name, sample, sizes, {})


def can_set_back(conn: sqlite3.Connection, name: StepName) -> bool:
    """Whether a step did something that can be taken back: all but the making of the project can."""
    kinds = conn.execute(
        f"SELECT c.kind, c.supersedes FROM change AS c WHERE {AT_STEP} AND c.kind NOT IN ('analyst', 'step')",
        at_step(name),
    )
    return any(kind != "project" or seen for kind, seen in kinds)


def within(conn: sqlite3.Connection, kind: str, thing: str) -> set[str]:
    """Ids of a thing and of all that refers to it, directly or through others, deleted or not."""
    found, waiting = {thing}, {kind: {thing}}
    while waiting:
        above, identifiers = waiting.popitem()
        for _, (below, identifier) in list(referrers(conn, above, sorted(identifiers))):
            if identifier not in found and below in REACH.get(above, (below,)):
                found.add(identifier)
                waiting.setdefault(below, set()).add(identifier)
    return found


def by_time(name: StepName) -> tuple[int, int, str]:
    """The order of history for people: when it was done, then in which order the log came to know of it."""
    return name.wall, name.lamport, name.analyst


def _newest(conn: sqlite3.Connection, before: StepName | None) -> Iterator[StepName]:
    """The names of all steps, newest first, from the time of `before` on."""
    latest = "WHERE wall <= ?" if before else ""
    rows = conn.execute(
        f"SELECT DISTINCT wall, lamport, analyst FROM change {latest} ORDER BY wall DESC, lamport DESC",
        (before.wall,) if before else (),
    )
    for _, group in groupby(rows, key=itemgetter(0, 1)):
        together = [StepName.of_row(lamport, wall, analyst) for wall, lamport, analyst in group]
        yield from sorted(together, reverse=True)


def _touching(conn: sqlite3.Connection, things: Iterable[str]) -> Iterator[StepName]:
    for part in changes.parts([to_bytes(thing) for thing in sorted(things)]):
        sql = f"SELECT DISTINCT lamport, wall, analyst FROM change WHERE thing IN ({marks(part)})"
        for row in conn.execute(sql, part):
            yield StepName.of_row(*row)


def _described(conn: sqlite3.Connection, names: list[StepName]) -> list[HistoryStep]:
    people = reading.analysts(conn)
    set_back = _set_back(conn, min(names)) if names else set()
    held = _Standing(conn)
    found = []
    for name in names:
        sample, sizes = _sample(conn, name)
        kind = weightiest(sample) or ""
        thing = next((change.thing for change in sample if change.kind == kind), "")
        mark = mark_of(conn, name) if "step" in sizes else None
        found.append(
            HistoryStep(
                name,
                people.get(name.analyst, Analyst(name.analyst, "(unknown)")),
                moment(name.wall),
                _words(conn, name, sample, sizes, people),
                kind,
                thing,
                _article(conn, kind, thing),
                sum(number for of, number in sizes.items() if of not in BOOKKEEPING),
                _leads_to(conn, kind, thing),
                mark.target if mark else None,
                name in set_back,
                held.of(name, sample, sum(sizes.values())),
            )
        )
    return found


def _sample(conn: sqlite3.Connection, name: StepName) -> tuple[list[Change], Mapping[str, int]]:
    """The first changes of each kind in a step, and how many it has of each."""
    sizes = dict(
        conn.execute(
            f"SELECT c.kind, count(DISTINCT c.thing) FROM change AS c WHERE {AT_STEP} GROUP BY c.kind",
            at_step(name),
        )
    )
    if sum(sizes.values()) <= SAMPLE:
        rows = conn.execute(f"{changes.SELECT} WHERE {AT_STEP} ORDER BY c.seq", at_step(name)).fetchall()
    else:
        sql = f"{changes.SELECT} WHERE {AT_STEP} AND c.kind = ? ORDER BY c.seq LIMIT {SAMPLE}"
        rows = [row for kind in sizes for row in conn.execute(sql, (*at_step(name), kind))]
    return [changes.from_row(row) for row in rows], sizes


def _words(
    conn: sqlite3.Connection,
    name: StepName,
    sample: list[Change],
    sizes: Mapping[str, int],
    people: Mapping[str, Analyst],
) -> str:
    target, times = name, 0
    while mark := mark_of(conn, target) if times or "step" in sizes else None:
        target, times = mark.target, times + 1
    if not times:
        words = describe(conn, sample, sizes)
        renamed = [change for change in sample if change.kind == "analyst" and change.supersedes]
        if renamed and renamed[0] is not sample[0] and (called := renamed[0].value("name")):
            words += f", as {called} from here on"
        return words
    if target.analyst != name.analyst and target.analyst in people:
        whose = f" {people[target.analyst].name}’s"
    else:
        whose = ""
    sample, sizes = _sample(conn, target)
    return f"{'Took back' if times % 2 else 'Did again'}{whose}: {describe(conn, sample, sizes) or UNKNOWN}"


def _leads_to(conn: sqlite3.Connection, kind: str, thing: str) -> Thing:
    column = LEADS.get(kind)
    row = conn.execute(f"SELECT {column} FROM {kind} WHERE id = ?", (thing,)).fetchone() if column else None
    return (column, str(row[0])) if column and row else (kind, thing)


def _article(conn: sqlite3.Connection, kind: str, thing: str) -> str | None:
    if kind in ("appearance", "citation"):
        row = conn.execute(f"SELECT article FROM {kind} WHERE id = ?", (thing,)).fetchone()
        return str(row[0]) if row else None
    return article_of(conn, kind, thing)


def _set_back(conn: sqlite3.Connection, first: StepName) -> set[StepName]:
    """The steps that others set back, as far as those come after `first`."""
    later = changes.read(conn, "WHERE c.lamport > ? AND c.kind = 'step'", (first.lamport,))
    return {mark.target for change in later if (mark := mark_in(change))}


class _Standing:
    """Whether steps still hold; things that several of them touched are folded once."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._restorers = restorers(conn)
        self._states: dict[Thing, State] = {}

    def of(self, name: StepName, sample: list[Change], size: int) -> bool:
        """Whether anything a step set is still so; all is read only where nothing of its sample is."""
        if self._any_holds(sample) or size <= len(sample):
            return self._any_holds(sample)
        return self._any_holds(changes.read(self._conn, f"WHERE {AT_STEP}", at_step(name)))

    def _any_holds(self, own: Iterable[Change]) -> bool:
        by_thing: dict[Thing, list[Change]] = {}
        for change in own:
            if change.kind not in BOOKKEEPING:
                by_thing.setdefault((change.kind, change.thing), []).append(change)
        missing = [thing for thing in by_thing if thing not in self._states]
        for thing, history in changes.of_things(self._conn, missing).items():
            self._states[thing] = fold(history)
        return any(standing(some, self._states[thing], self._restorers) for thing, some in by_thing.items())
