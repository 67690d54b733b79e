"""Undo and redo as changes of their own: the log grows, nothing is taken out of it.

A step is named by its analyst, Lamport time and wall time. Undoing one sets back what it set, wherever
its change is still the only head; a change of kind `step` records which step was set back, so the stack
is read off the log and survives restarts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Sequence
from dataclasses import dataclass

from workbench.store import changes
from workbench.store.changes import Change, Thing, Value
from workbench.store.fold import ALIVE, fold
from workbench.store.ids import digest, to_bytes, to_text
from workbench.store.references import REFERENCES
from workbench.store.step import Step


@dataclass(frozen=True, slots=True)
class StepName:
    """Which step of an analyst: all its changes share these two times."""

    lamport: int
    wall: int


@dataclass(frozen=True, slots=True)
class Stacks:
    """What `undo` and `redo` would set back next, latest last."""

    undo: tuple[StepName, ...]
    redo: tuple[StepName, ...]


def stacks(conn: sqlite3.Connection, analyst: str) -> Stacks:
    """The undo and redo stacks of an analyst, read off the log."""
    undo: list[StepName] = []
    redo: list[StepName] = []
    marks = _marks(conn, analyst)
    rows = conn.execute(
        "SELECT DISTINCT lamport, wall FROM change WHERE analyst = ? AND kind NOT IN ('analyst', 'step')"
        " AND NOT (kind = 'project' AND supersedes = x'')",
        (to_bytes(analyst),),
    )
    for name in sorted({StepName(*row) for row in rows} | set(marks), key=lambda n: (n.lamport, n.wall)):
        mark = marks.get(name)
        if mark is None:
            undo.append(name)
            redo.clear()
        else:
            target, is_redo = mark
            source, other = (redo, undo) if is_redo else (undo, redo)
            if target in source:
                source.remove(target)
            other.append(name)
    return Stacks(tuple(undo), tuple(redo))


def _marks(conn: sqlite3.Connection, analyst: str) -> dict[StepName, tuple[StepName, bool]]:
    found = {}
    for change in changes.read(conn, "WHERE c.analyst = ? AND c.kind = 'step'", (to_bytes(analyst),)):
        reverts = change.value("reverts")
        if isinstance(reverts, dict):
            target = StepName(int(str(reverts["lamport"])), int(str(reverts["wall"])))
            found[StepName(change.lamport, change.wall)] = (target, bool(change.value("redo")))
    return found


def origin(conn: sqlite3.Connection, analyst: str, name: StepName) -> StepName:
    """The step that a chain of undos and redos goes back to."""
    marks = _marks(conn, analyst)
    while name in marks:
        name = marks[name][0]
    return name


def changes_of(step: Step, name: StepName) -> list[Change]:
    """What one of the analyst's steps set, without the bookkeeping.

    It is picked from the histories of the things it touched, which setting it back needs too.
    """
    rows = step.conn.execute(
        "SELECT DISTINCT kind, thing FROM change WHERE analyst = ? AND lamport = ? AND wall = ?"
        " AND kind NOT IN ('analyst', 'step')",
        (to_bytes(step.analyst), name.lamport, name.wall),
    )
    things = [(kind, to_text(thing)) for kind, thing in rows]
    step.recall(things)
    return [
        change
        for thing in things
        for change in step.history(*thing)
        if (change.analyst, change.lamport, change.wall) == (step.analyst, name.lamport, name.wall)
    ]


def revert(step: Step, name: StepName, *, redo: bool) -> list[Change]:
    """Sets back one of the analyst's steps.

    Returns:
        The changes that were left alone, because somebody built on them since.
    """
    by_thing: dict[Thing, list[Change]] = {}
    for change in changes_of(step, name):
        by_thing.setdefault((change.kind, change.thing), []).append(change)
    for kind in REFERENCES:
        step.recall_referring(kind, [thing for of, thing in by_thing if of == kind])
    # What an undo brought back, a redo deletes again with all that hangs on it, as the deletion did.
    spared = None if name in _marks(step.conn, step.analyst) else by_thing
    skipped = [own[0] for own in by_thing.values() if not _set_back(step, own, spared)]
    step.set(
        "step",
        digest("step", step.analyst, step.lamport, step.wall),
        reverts={"lamport": name.lamport, "wall": name.wall},
        redo=redo,
    )
    return skipped


def _set_back(step: Step, own: Sequence[Change], together: Container[Thing] | None) -> bool:
    """Sets back what a step did to one thing; False when some of it had to stay.

    Args:
        own: the step's changes of the thing.
        together: all things the step touched: one it made stays while anything else refers to it. None
            does not look.
    """
    kind, thing = own[0].kind, own[0].thing
    after, before = fold(own).values, _values_before(step.history(kind, thing), own)
    state = step.state_of(kind, thing)
    standing = {
        field for field, value in after.items() if all(_is(head, field, value) for head in state.heads[field])
    }
    whole = len(standing) == len(after)
    if after.get(ALIVE) and not before.get(ALIVE):
        hidden = _hidden_with(step.history(kind, thing), own)
        if not whole or (together is not None and _used_elsewhere(step, kind, thing, together, hidden)):
            return False
        # What the step brought back may have come back changed.
        step.set(kind, thing, **{field: before[field] for field in after.keys() & before.keys()})
        step.delete(kind, thing)
        return True
    for field in standing - {ALIVE}:
        step.set(kind, thing, **{field: before.get(field)})
    if ALIVE in standing:
        step.set(kind, thing, alive=before.get(ALIVE))
    return whole


def _values_before(history: Sequence[Change], own: Sequence[Change]) -> dict[str, Value]:
    """What the fields held in the changes that a step superseded, itself left out."""
    mine = {change.id for change in own}
    seen = {earlier for change in own for earlier in change.supersedes} - mine
    before = [change for change in history if change.id in seen]
    return fold(before).values if before else {}


def _is(head: Change, field: str, value: Value) -> bool:
    return head.value(field) == value


def _hidden_with(history: Sequence[Change], own: Sequence[Change]) -> set[str]:
    """The changes seen by the deletions that a step took back: what they set was hidden, and may be again."""
    superseded = {earlier for change in own for earlier in change.supersedes}
    deletions = [
        change for change in history if change.id in superseded and (ALIVE, False) in change.setting()
    ]
    return {seen for deletion in deletions for seen in deletion.supersedes}


def _used_elsewhere(step: Step, kind: str, thing: str, together: Container[Thing], hidden: set[str]) -> bool:
    """Whether something refers to the thing that the step did not touch, nor bring back into sight."""
    return any(
        referrer not in together and hidden.isdisjoint(change.id for change in step.history(*referrer))
        for referrer in step.referring(kind, thing)
    )
