"""Setting steps back as changes of their own: the log grows, nothing is taken out of it.

A step is named by its analyst, Lamport time and wall time. Setting one back sets what it set to what was
there before, wherever its change is still the only head. A change of kind `step` records which step that was:
with `reverts` for undo and redo, whose stacks are read off the log and survive restarts, and with `sets_back`
for any one step of anybody's, which is an ordinary new step to those stacks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import InputError, NotFoundError
from workbench.progress import Progress, telling
from workbench.store import changes, liveness
from workbench.store.changes import Change, Thing, Value
from workbench.store.fold import ALIVE, State, fold
from workbench.store.ids import digest, is_id, to_bytes, to_text
from workbench.store.references import REFERENCES
from workbench.store.rows import WRITERS, holds_text
from workbench.store.step import Step

BOOKKEEPING = ("analyst", "step")
"""Kinds of changes that are about a step, not part of what it did."""

_OWNER = {"appearance": "article", "citation": "note"}
"""What stays where the thing stays that it names in this field: a file name, a quotation the text shows."""


@dataclass(frozen=True, slots=True, order=True)
class StepName:
    """Which step: all its changes share these three. In the order of the log.

    Attributes:
        lamport, wall: its times, `wall` in UTC milliseconds.
        analyst: id of who did it.
    """

    lamport: int
    wall: int
    analyst: str

    @classmethod
    def of_row(cls, lamport: object, wall: object, analyst: object) -> StepName:
        """The step of a row of the log.

        Raises:
            sqlite3.DatabaseError: "malformed", for a row that no workbench can have written.
        """
        if isinstance(lamport, int) and isinstance(wall, int) and isinstance(analyst, bytes):
            return cls(lamport, wall, to_text(analyst))
        raise sqlite3.DatabaseError("malformed row of the log")


@dataclass(frozen=True, slots=True)
class Mark:
    """That a step set another one back.

    Attributes:
        target: the step that was set back.
        in_order: by undo or redo, not picked from the history.
        redo: by redo.
    """

    target: StepName
    in_order: bool
    redo: bool


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
        "SELECT DISTINCT lamport, wall, analyst FROM change WHERE analyst = ?"
        " AND kind NOT IN ('analyst', 'step') AND NOT (kind = 'project' AND supersedes = x'')",
        (to_bytes(analyst),),
    )
    for name in sorted({StepName.of_row(*row) for row in rows} | marks.keys()):
        mark = marks.get(name)
        if mark is None:
            undo.append(name)
            redo.clear()
        else:
            source, other = (redo, undo) if mark.redo else (undo, redo)
            if source and source[-1] == mark.target:
                source.pop()
            elif mark.target in source:  # of two copies that were worked on and merged
                source.remove(mark.target)
            other.append(name)
    return Stacks(tuple(undo), tuple(redo))


def _marks(conn: sqlite3.Connection, analyst: str) -> dict[StepName, Mark]:
    """The analyst's undos and redos."""
    marked = changes.read(conn, "WHERE c.analyst = ? AND c.kind = 'step'", (to_bytes(analyst),))
    found = {name_of(change): mark_in(change) for change in marked}
    return {name: mark for name, mark in found.items() if mark and mark.in_order}


def name_of(change: Change) -> StepName:
    """The step a change belongs to."""
    return StepName(change.lamport, change.wall, change.analyst)


def mark_in(change: Change) -> Mark | None:
    """What a change of kind `step` says; None where it was withheld or says nothing known."""
    values = dict(change.setting())
    in_order = isinstance(values.get("reverts"), dict)
    named = values.get("reverts" if in_order else "sets_back")
    if not isinstance(named, dict):
        return None
    lamport, wall = named.get("lamport"), named.get("wall")
    analyst = change.analyst if in_order else named.get("analyst")
    if not isinstance(lamport, int) or not isinstance(wall, int):
        return None
    # A step comes after the one it set back: only a forged one says otherwise, and might say it in a circle.
    if not isinstance(analyst, str) or not is_id(analyst) or not 0 < lamport < change.lamport:
        return None
    return Mark(StepName(lamport, wall, analyst), in_order, bool(values.get("redo")))


def mark_of(conn: sqlite3.Connection, name: StepName) -> Mark | None:
    """What a step set back; None for a step that did something of its own."""
    marked = changes.read(conn, f"WHERE {AT_STEP} AND c.kind = 'step'", at_step(name))
    return next((mark for change in marked if (mark := mark_in(change))), None)


AT_STEP = "c.lamport = ? AND c.wall = ? AND c.analyst = ?"
"""The condition on `change AS c` for the changes of one step; `at_step` gives its parameters."""


def at_step(name: StepName) -> tuple[int, int, bytes]:
    """The parameters of AT_STEP."""
    return name.lamport, name.wall, to_bytes(name.analyst)


def origin(conn: sqlite3.Connection, analyst: str, name: StepName) -> StepName:
    """The step that a chain of undos and redos goes back to."""
    marks = _marks(conn, analyst)
    while name in marks:
        name = marks[name].target
    return name


def changes_of(step: Step, name: StepName) -> list[Change]:
    """What a step set, without the bookkeeping.

    It is picked from the histories of the things it touched, which setting it back needs too.
    """
    rows = step.conn.execute(
        f"SELECT DISTINCT c.kind, c.thing FROM change AS c WHERE {AT_STEP}"
        " AND c.kind NOT IN ('analyst', 'step')",
        at_step(name),
    )
    things = [(kind, to_text(thing)) for kind, thing in rows]
    step.recall(things)
    return [change for thing in things for change in step.history(*thing) if name_of(change) == name]


def revert(step: Step, name: StepName, progress: Progress | None = None, *, redo: bool) -> list[Change]:
    """Sets back the step that is next on one of the analyst's stacks.

    Returns:
        A change of each thing that was left alone, because somebody built on it since.
    """
    # What an undo brought back, a redo deletes again with all that hangs on it, as the deletion did.
    again = name in _marks(step.conn, step.analyst)
    skipped = _set_back_all(step, changes_of(step, name), progress, anyway=again)
    _mark(step, reverts={"lamport": name.lamport, "wall": name.wall}, redo=redo)
    return skipped


def set_back(step: Step, name: StepName) -> list[Change]:
    """Sets back any one step of anybody's, as an ordinary step of the analyst's.

    Returns:
        A change of each thing that was left alone, because somebody built on it since.

    Raises:
        NotFoundError: there is no such step.
        InputError: nothing of it can be set back.
    """
    own = changes_of(step, name)
    if not own:
        raise NotFoundError("that step is not in the project, or it changed nothing")
    skipped = _set_back_all(step, own, None, anyway=False)
    step.flush()
    if not step.written:
        raise InputError("nothing of that step can be taken back: it was changed or taken back since")
    _mark(step, sets_back={"analyst": name.analyst, "lamport": name.lamport, "wall": name.wall})
    return skipped


def _mark(step: Step, **values: Value) -> None:
    step.set("step", digest("step", step.analyst, step.lamport, step.wall), **values)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a step did to one thing.

    Attributes:
        after, before: the values it set, and those there were before; versions: of fields that were in
            conflict before, which it decided.
        standing: the fields whose only heads it still is.
        is_known: neither it nor what was there before is withheld or of a kind unknown here.
    """

    own: Sequence[Change]
    history: Sequence[Change]
    after: Mapping[str, Value]
    before: Mapping[str, Value]
    versions: Mapping[str, list[Value]]
    standing: frozenset[str]
    is_known: bool

    @property
    def thing(self) -> Thing:
        """The kind and id of the thing."""
        return self.own[0].kind, self.own[0].thing

    @property
    def is_whole(self) -> bool:
        """Whether everything it set still stands and can be set back."""
        return self.is_known and len(self.standing) == len(self.after)

    @property
    def made(self) -> bool:
        """Whether it made the thing or brought it back."""
        return bool(self.after.get(ALIVE)) and not self.before.get(ALIVE)

    @property
    def deletions(self) -> list[Change]:
        """The deletions that it took the place of."""
        superseded = {earlier for change in self.own for earlier in change.supersedes}
        return [one for one in self.history if one.id in superseded and (ALIVE, False) in one.setting()]

    @property
    def hidden(self) -> set[str]:
        """Changes seen by deletions that it took back: what they set was hidden, and may be again."""
        return {seen for deletion in self.deletions for seen in deletion.supersedes}

    def contested_by(self, step: Step) -> set[str]:
        """What kept the thing alive before it, against the deletions it took the place of."""
        return step.unseen_by(self.thing, self.deletions, self.own[0].lamport)


def _part(step: Step, own: Sequence[Change], restorers: Container[StepName]) -> _Part:
    kind, thing = own[0].kind, own[0].thing
    history = step.history(kind, thing)
    seen = {earlier for change in own for earlier in change.supersedes} - {change.id for change in own}
    before = [change for change in history if change.id in seen]
    return _Part(
        own,
        history,
        fold(own).values,
        fold(before).values if before else {},
        _versions(fold(before)) if before else {},
        standing(own, step.state_of(kind, thing), restorers),
        kind in WRITERS
        and all(change.values is not None for change in (*own, *before))
        and _has_text(step, kind, before),
    )


def _versions(state: State) -> dict[str, list[Value]]:
    return {field: [heads[-1].value(field) for heads in state.versions(field)] for field in state.conflicts}


def _has_text(step: Step, kind: str, before: Sequence[Change]) -> bool:
    """Whether this copy holds the text that a note had before."""
    bodies = [change.value("body") for change in before if kind == "note" and "body" in change.fields]
    return all(holds_text(step.conn, str(body)) for body in bodies)


def standing(own: Sequence[Change], state: State, restorers: Container[StepName]) -> frozenset[str]:
    """The fields in which a step still holds: all heads have its value, and it or a restorer set one of them.

    Args:
        own: what the step set of one thing.
        state: that thing as it is now.
        restorers: the steps that set others back, and so may have restored what this one set.
    """
    mine = {change.id for change in own}
    return frozenset(
        field
        for field, value in fold(own).values.items()
        if any(head.id in mine or name_of(head) in restorers for head in state.heads.get(field, ()))
        and all(
            head.values is not None and (head.id in mine or head.value(field) == value)
            for head in state.heads[field]
        )
    )


def restorers(conn: sqlite3.Connection) -> set[StepName]:
    """All steps that set others back."""
    rows = conn.execute("SELECT lamport, wall, analyst FROM change WHERE kind = 'step'")
    return {StepName.of_row(*row) for row in rows}


def _set_back_all(
    step: Step, own: Iterable[Change], progress: Progress | None, *, anyway: bool
) -> list[Change]:
    """Sets back changes of one step; returns one of each thing that is left alone, wholly or partly.

    Args:
        anyway: also what something else refers to by now.
    """
    by_thing: dict[Thing, list[Change]] = {}
    for change in own:
        by_thing.setdefault((change.kind, change.thing), []).append(change)
    for kind in REFERENCES:
        step.recall_referring(kind, [thing for of, thing in by_thing if of == kind])
    known = restorers(step.conn)
    parts = {thing: _part(step, changes_of_it, known) for thing, changes_of_it in by_thing.items()}
    parts = {thing: part for thing, part in parts.items() if not _is_gone_already(step, part)}
    staying = _staying(step, parts, anyway=anyway)
    for thing, part in telling(parts.items(), len(parts), progress):
        if part.made:
            if thing not in staying:
                # What the step brought back may have come back changed.
                _set(step, thing, part, part.after.keys() & part.before.keys())
                step.delete(*thing, blind_to=part.contested_by(step))
        elif part.is_known:
            _set(step, thing, part, part.standing)
    return [changes.joined(parts[thing].own) for thing in parts if thing in staying]


def _set(step: Step, thing: Thing, part: _Part, fields: Iterable[str]) -> None:
    kind, identifier = thing
    values = {field: part.before.get(field) for field in fields if field not in part.versions}
    for field in part.versions.keys() & set(fields):
        step.set_versions(kind, identifier, field, part.versions[field])
    if ALIVE in values and not part.after.get(ALIVE) and not part.before.get(ALIVE):
        del values[ALIVE]
        step.delete(kind, identifier, blind_to=part.contested_by(step))  # it lived, contested, and does again
    if values.get(ALIVE) and part.after.get(ALIVE) is False:
        step.keep(kind, identifier)  # also where it lives, contested, without that
    step.set(kind, identifier, **values)
    state = step.state_of(kind, identifier)
    for field, value in values.items():
        if len(state.versions(field)) > 1:  # all of them are the step's own
            step.settle(kind, identifier, field, value, [head.id for head in state.heads[field]])


def _is_gone_already(step: Step, part: _Part) -> bool:
    return part.made and ALIVE not in part.standing and liveness.is_gone(step.conn, part.thing)


def _staying(step: Step, parts: Mapping[Thing, _Part], *, anyway: bool) -> set[Thing]:
    """The things that are not, or not wholly, set back.

    Something the step made stays while anything refers to it that the step did not touch or that stays.
    """
    staying = {thing for thing, part in parts.items() if not part.is_whole}
    while True:
        going = parts.keys() - staying
        more = {
            thing
            for thing in going
            if parts[thing].made
            and (_owner(parts[thing]) in staying or (not anyway and _is_used(step, parts[thing], going)))
        }
        if not more:
            return staying
        staying |= more


def _owner(part: _Part) -> Thing | None:
    kind, _ = part.thing
    owner = part.after.get(_OWNER.get(kind, ""))
    return (_OWNER[kind], owner) if isinstance(owner, str) else None


def _is_used(step: Step, part: _Part, going: Iterable[Thing]) -> bool:
    """Whether something refers to a thing that neither goes with it nor was out of sight with it before."""
    others = [referrer for referrer in step.referring(*part.thing) if referrer not in going]
    if not others or (part.deletions and part.contested_by(step)):
        return False
    hidden = part.hidden
    return any(hidden.isdisjoint(change.id for change in step.history(*referrer)) for referrer in others)
