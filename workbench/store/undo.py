"""Undo and redo as changes of their own: the log grows, nothing is taken out of it.

A step is named by its analyst, Lamport time and wall time. Undoing one sets back what it set, wherever
its change is still the only head; a change of kind `step` records which step was set back, so the stack
is read off the log and survives restarts.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from workbench.store import changes
from workbench.store.changes import Change, Value
from workbench.store.fold import ALIVE, State, fold
from workbench.store.ids import digest, to_bytes
from workbench.store.step import REFERENCES, Step

NOT_UNDONE = ("analyst", "step")


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


def changes_of(conn: sqlite3.Connection, analyst: str, name: StepName) -> list[Change]:
    """What a step set, without the bookkeeping."""
    return [
        change
        for change in changes.read(
            conn,
            "WHERE c.analyst = ? AND c.lamport = ? AND c.wall = ?",
            (to_bytes(analyst), name.lamport, name.wall),
        )
        if change.kind not in NOT_UNDONE
    ]


def revert(step: Step, name: StepName, *, redo: bool) -> list[Change]:
    """Sets back one of the analyst's steps.

    Returns:
        The changes that were left alone, because somebody built on them since.
    """
    skipped = []
    own = changes_of(step.conn, step.analyst, name)
    mine = {change.id for change in own}
    for change in own:
        state = step.state_of(change.thing)
        kept = [field for field in change.fields if not _is_head(state, field, change)]
        if kept or (_would_delete(step, change) and _used_by_others(step, change, mine)):
            skipped.append(change)
        _set_back(step, change, state, skip=change in skipped)
    step.set(
        "step",
        digest("step", step.analyst, step.lamport, step.wall),
        reverts={"lamport": name.lamport, "wall": name.wall},
        redo=redo,
    )
    return skipped


def _set_back(step: Step, change: Change, state: State, *, skip: bool) -> None:
    deletes = _would_delete(step, change)
    if deletes:
        if not skip:
            step.delete(change.kind, change.thing)
        return
    for field in change.fields:
        if _is_head(state, field, change):
            before = _value_before(step, change, field)
            if field == ALIVE and not before:
                step.delete(change.kind, change.thing)
            else:
                step.set(change.kind, change.thing, **{field: before})


def _is_head(state: State, field: str, change: Change) -> bool:
    heads = state.heads.get(field, ())
    return len(heads) == 1 and heads[0].id == change.id


def _would_delete(step: Step, change: Change) -> bool:
    """Whether the change brought the thing to life, so that setting it back deletes it."""
    return ALIVE in change.fields and bool(change.value(ALIVE)) and not _value_before(step, change, ALIVE)


def _value_before(step: Step, change: Change, field: str) -> Value:
    """What a field held before a change, from the changes it superseded."""
    before = [
        earlier
        for earlier in changes.of_thing(step.conn, change.thing)
        if earlier.id in change.supersedes and field in earlier.fields
    ]
    return fold(before).values.get(field) if before else None


def _used_by_others(step: Step, change: Change, mine: set[str]) -> bool:
    """Whether something that is not part of the step refers to the thing it made."""
    for table, column in REFERENCES.get(change.kind, ()):
        rows = step.conn.execute(
            f"SELECT id FROM {table} WHERE {column} = ? AND deleted = 0", (change.thing,)
        ).fetchall()
        for (identifier,) in rows:
            if not any(earlier.id in mine for earlier in changes.of_thing(step.conn, identifier)):
                return True
    return False
