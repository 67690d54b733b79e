"""The bin: what was deleted and can be brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.errors import NotFoundError
from workbench.model import Analyst
from workbench.store import changes, liveness, reading
from workbench.store.changes import Change, Thing
from workbench.store.describe import WITHHELD
from workbench.store.fold import fold
from workbench.store.labels import label
from workbench.store.plausible import moment
from workbench.store.references import above, referrers
from workbench.store.rows import marks
from workbench.store.step import Step
from workbench.store.undo import StepName, name_of

KEPT = ("article", "note", "tag", "passage", "comment", "search")
"""Kinds that the bin shows. A tag that was taken off a passage is put on again sooner than found here."""

_HANGING = """
SELECT EXISTS (SELECT 1 FROM tagging WHERE passage = :id AND deleted = 0)
    OR EXISTS (SELECT 1 FROM comment WHERE passage = :id AND deleted = 0)
    OR EXISTS (SELECT 1 FROM citation WHERE passage = :id AND deleted = 0)
"""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Something in the bin.

    Attributes:
        label: what it goes by.
        analyst, when: who deleted it last, at what UTC milliseconds.
        step: the step that did.
    """

    kind: str
    thing: str
    label: str
    analyst: Analyst
    when: int
    step: StepName


def deleted(conn: sqlite3.Connection) -> list[Deleted]:
    """What is in the bin, latest first. Passages that would come back bare are not worth a place in it."""
    rows = conn.execute(
        f"SELECT kind, thing FROM deletion WHERE contested = 0 AND kind IN ({marks(KEPT)})",
        KEPT,
    ).fetchall()
    found = [(kind, thing) for kind, thing in rows if kind != "passage" or _hangs_anything(conn, thing)]
    people = reading.analysts(conn)
    listed = []
    for (kind, thing), last in _deletions(conn, found).items():
        who = people.get(last.analyst, Analyst(last.analyst, "(unknown)"))
        words = label(conn, kind, thing) or WITHHELD
        listed.append(Deleted(kind, thing, words, who, moment(last.wall), name_of(last)))
    return sorted(listed, key=lambda one: (one.step, one.kind, one.thing), reverse=True)


def restore(step: Step, kind: str, thing: str) -> None:
    """Brings a thing back, with what its deletion took along and what it lies in where that is gone too.

    Raises:
        NotFoundError: it is not in the bin.
    """
    if kind not in KEPT or not liveness.is_gone(step.conn, (kind, thing)):
        raise NotFoundError(f"that {kind} is not in the bin")
    together = {(kind, thing), *_went_along(step, (kind, thing))}
    gone = {one for one in together | above(step.conn, together) if liveness.is_gone(step.conn, one)}
    for one in sorted(gone):
        step.create(*one)


def _went_along(step: Step, thing: Thing) -> set[Thing]:
    """What refers to a thing and was deleted in the same step, as an undo of making them all does."""
    last = _deletions(step.conn, [thing])[thing]
    found: set[Thing] = set()
    waiting = [thing]
    while waiting:
        kind, identifier = waiting.pop()
        below = [one for _, one in referrers(step.conn, kind, [identifier], "AND deleted = 1")]
        deletions = _deletions(step.conn, below)
        more = [one for one in deletions if name_of(deletions[one]) == name_of(last) and one not in found]
        found.update(more)
        waiting += more
    return found


def _hangs_anything(conn: sqlite3.Connection, passage: str) -> bool:
    return bool(conn.execute(_HANGING, {"id": passage}).fetchone()[0])


def _deletions(conn: sqlite3.Connection, things: Iterable[Thing]) -> dict[Thing, Change]:
    """The last deletion of each of the things that are deleted."""
    wanted: Sequence[Thing] = list(dict.fromkeys(things))
    states = {thing: fold(history) for thing, history in changes.of_things(conn, wanted).items() if history}
    return {thing: state.deletions[-1] for thing, state in states.items() if state.deletions}
