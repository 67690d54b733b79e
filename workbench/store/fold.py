"""What a thing's changes amount to. Pure, and the same in whatever order the changes arrived.

Per field the heads are the changes nobody superseded. Heads of equal value agree; heads that differ
are a conflict, shown as the one with the highest (Lamport, id) until a change has seen them all, unless
nobody needs to decide: a proposal of the program's gives way to what an analyst set, and see QUIET. A
thing lives while its field `alive` is true; an edit the deleter had not seen keeps it alive, contested.
What others that refer to it do to that is for `liveness`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbench.store.changes import Change, Value
from workbench.store.ids import canonical, tag_key

ALIVE = "alive"
PROPOSED = "_proposed"
"""Ends the name of a field that says whether the program found another field's value by itself."""

QUIET = {"tag": ("color",), "citation": None, "analyst": None}
"""Fields (None: all of a kind) over which nobody needs to decide: of several versions the last one serves."""


class State(NamedTuple):
    """A thing as its changes leave it.

    Attributes:
        values: each field's value; heads: the changes each value rests on, by (Lamport, id).
        first, last: its earliest and latest change.
    """

    thing: str
    kind: str
    values: dict[str, Value]
    heads: dict[str, tuple[Change, ...]]
    first: Change
    last: Change
    alive: bool
    contested: bool

    @property
    def deletions(self) -> tuple[Change, ...]:
        """The deletions nobody has superseded, withheld ones aside."""
        return tuple(head for head in self.heads.get(ALIVE, ()) if head.value(ALIVE) is False)

    @property
    def conflicts(self) -> dict[str, int]:
        """Fields that have several versions, with their number."""
        numbers = {field: len(self.versions(field)) for field, heads in self.heads.items() if len(heads) > 1}
        return {field: number for field, number in numbers.items() if number > 1}

    def in_sight(self, field: str) -> list[Change]:
        """The heads that ordinary work on a field takes the place of: those of the version that is shown.

        What is withheld was not seen, and other versions stay until somebody decides.
        """
        others = {head.id for group in self.versions(field)[:-1] for head in group}
        return [
            head
            for head in self.heads.get(field, ())
            if head.id not in others and (head.values is not None or field == ALIVE)
        ]

    def versions(self, field: str) -> list[list[Change]]:
        """The heads of a field that disagree, those of one value together, the value shown last.

        One group, or none, where there is nothing to decide. Tag names that differ in case only are one.
        """
        quiet = QUIET.get(self.kind, ())
        if field == ALIVE or field.endswith(PROPOSED) or quiet is None or field in quiet:
            return []
        groups: dict[bytes, list[Change]] = {}
        for head in deciding(field, self.heads.get(field, ())):
            value = head.value(field)
            if self.kind == "tag" and field == "name" and isinstance(value, str):
                value = tag_key([value])
            name = canonical(value)
            groups[name] = [*groups.pop(name, ()), head]
        return list(groups.values())


def deciding(field: str, heads: Sequence[Change]) -> Sequence[Change]:
    """The heads that a field's value is taken from, the one that is shown last.

    Withheld ones say nothing, and what an analyst set outweighs what the program proposed elsewhere.
    """
    said = [head for head in heads if head.values is not None]
    if field.endswith(PROPOSED):
        return [head for head in said if not head.value(field)] or said
    set_by_hand = [head for head in said if not _is_proposal(head, field)]
    return set_by_hand or said


def _is_proposal(change: Change, field: str) -> bool:
    mark = field + PROPOSED
    return mark in change.fields and change.value(mark) is True


def fold(changes: Iterable[Change]) -> State:
    """The state of one thing from all its changes (at least one).

    Raises:
        sqlite3.DatabaseError: "malformed", where there is none: an index that misses rows says so.
    """
    ordered = sorted(changes, key=lambda change: (change.lamport, change.id))
    if not ordered:
        raise sqlite3.DatabaseError("malformed index of the log")
    if len(ordered) == 1:
        return _born(ordered[0])
    superseded = {
        (field, seen) for change in ordered for field in change.fields for seen in change.supersedes
    }
    found: dict[str, list[Change]] = {}
    for change in ordered:
        for field in change.fields:
            if (field, change.id) not in superseded:
                found.setdefault(field, []).append(change)
    heads = {field: tuple(group) for field, group in found.items()}
    values = {
        field: shown[-1].value(field) if (shown := deciding(field, group)) else None
        for field, group in heads.items()
    }
    alive, contested = _alive(heads)
    return State(ordered[0].thing, ordered[0].kind, values, heads, ordered[0], ordered[-1], alive, contested)


def _born(change: Change) -> State:
    """A thing with one change, as most have: it is what that change says."""
    values = dict(change.setting())
    heads: dict[str, tuple[Change, ...]] = dict.fromkeys(change.fields, (change,))
    alive = bool(values.get(ALIVE))
    return State(change.thing, change.kind, values, heads, change, change, alive, contested=False)


def _alive(heads: dict[str, tuple[Change, ...]]) -> tuple[bool, bool]:
    deciding = [head for head in heads.get(ALIVE, ()) if head.values is not None]
    deletions = [head for head in deciding if not head.value(ALIVE)]
    if not deletions:
        return bool(deciding), False
    if len(deletions) < len(deciding):
        return True, True
    sights = [Sight.of(deletion) for deletion in deletions]
    kept = any(unseen(edit, sights) for field, edits in heads.items() if field != ALIVE for edit in edits)
    return kept, kept


class Sight(NamedTuple):
    """What a deletion saw: the changes it lists, and those of its own step."""

    id: str
    step: tuple[str, int, int]
    seen: frozenset[str]

    @classmethod
    def of(cls, deletion: Change) -> Sight:
        """That of one deletion."""
        return cls(deletion.id, _step(deletion), frozenset(deletion.supersedes))


def unseen(change: Change, deletions: Iterable[Sight]) -> bool:
    """Whether a change and every one of the deletions were made without sight of each other."""
    return all(
        change.id not in deletion.seen
        and deletion.id not in change.supersedes
        and _step(change) != deletion.step
        for deletion in deletions
    )


def _step(change: Change) -> tuple[str, int, int]:
    return change.analyst, change.lamport, change.wall
