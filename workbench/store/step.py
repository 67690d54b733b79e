"""One user action: gathers what it sets, then writes it as one transaction and one undo step.

All changes of a step share one Lamport time and one wall time; with the analyst that names the step.
"""

from __future__ import annotations

import builtins
import sqlite3
import time
from collections.abc import Iterable, Sequence

from workbench.errors import NotFoundError
from workbench.store import changes, derive
from workbench.store.changes import Change, Value, Written
from workbench.store.fold import ALIVE, State, fold
from workbench.store.ids import to_bytes

REFERENCES = {
    "article": (("passage", "article"), ("appearance", "article")),
    "passage": (("tagging", "passage"), ("comment", "passage"), ("citation", "passage")),
    "tag": (("tagging", "tag"), ("tag", "parent"), ("tag", "merged_into")),
    "note": (("citation", "note"),),
}
"""For each kind: the tables and columns by which other things refer to it."""


def now() -> int:
    """Wall time in UTC milliseconds."""
    return time.time_ns() // 1_000_000


class Step:
    """What one action sets, thing by thing; `Store.step` makes it and commits it."""

    def __init__(self, conn: sqlite3.Connection, analyst: str) -> None:
        self.conn = conn
        self.analyst = analyst
        self.lamport = changes.highest_lamport(conn) + 1
        self.wall = now()
        self.written = 0
        self._settings: dict[str, tuple[str, dict[str, Value]]] = {}
        self._seen: dict[str, set[str]] = {}
        self._texts: dict[str, str] = {}
        self._revisions: dict[str, str | None] = {}
        self._body = ("", "")
        self._histories: dict[str, list[Change]] = {}
        self._states: dict[str, State] = {}
        self._referring: dict[str, list[tuple[str, str]]] = {}
        self.tags_by_name: dict[str, str] = {}

    def set(self, kind: str, thing: str, **values: Value) -> None:
        """Sets fields of a thing; a field set twice keeps the last value."""
        self._settings.setdefault(thing, (kind, {}))[1].update(values)

    def create(self, kind: str, thing: str, **values: Value) -> None:
        """Makes a thing, or brings a deleted one back, with these fields."""
        self.set(kind, thing, alive=True, **values)

    def create_new(self, kind: str, thing: str, **values: Value) -> None:
        """Makes a thing that the log has nothing of, which spares looking for its history."""
        self._histories[thing] = []
        self.create(kind, thing, **values)

    def delete(self, kind: str, thing: str) -> None:
        """Deletes a thing, having seen it and everything that refers to it as it stands now."""
        self.set(kind, thing, alive=False)
        seen = self._seen.setdefault(thing, set())
        for below in [thing, *self._below(kind, thing)]:
            heads = self.state_of(below).heads.values()
            seen.update(head.id for field_heads in heads for head in field_heads)

    def require(self, kind: str, thing: str, *, alive: bool = True) -> None:
        """Refuses an id that names nothing of this kind in the project, or only something deleted.

        Args:
            alive: whether a deleted thing is refused too.

        Raises:
            NotFoundError: there is no such thing.
        """
        row = self.conn.execute(f"SELECT deleted FROM {kind} WHERE id = ?", (thing,)).fetchone()
        if row is None or (alive and row[0]):
            raise NotFoundError(f"that {kind} is not in the project")

    def text(self, body: str, text_hash: str) -> None:
        """Stores a long text under its hash."""
        self._texts[text_hash] = body

    def makes(self, thing: str) -> bool:
        """Whether this step is about to set fields of a thing."""
        return thing in self._settings

    def is_new(self, thing: str) -> bool:
        """Whether the log is known to have nothing of a thing."""
        return self._histories.get(thing) == []

    def revision(self, article: str) -> str | None:
        """The hash of an article's current text, None when there is no such article; it is asked for once."""
        if article not in self._revisions:
            row = self.conn.execute(
                "SELECT text_hash FROM article WHERE id = ? AND deleted = 0", (article,)
            ).fetchone()
            self._revisions[article] = row[0] if row else None
        return self._revisions[article]

    def body(self, text_hash: str) -> str:
        """A stored text; the last one read is kept, for the many ranges that lie in one."""
        if self._body[0] != text_hash:
            self._body = (text_hash, derive.text_body(self.conn, text_hash))
        return self._body[1]

    def history(self, thing: str) -> list[Change]:
        """Every change of a thing in the log, without what this step is about to set."""
        if thing not in self._histories:
            self.recall([thing])
        return self._histories[thing]

    def recall(self, things: Iterable[str]) -> None:
        """Reads the histories of many things at once, which is quicker than one by one."""
        missing = [thing for thing in things if thing not in self._histories]
        self._histories.update(changes.of_things(self.conn, missing))

    def referring(self, kind: str, thing: str) -> list[tuple[str, str]]:
        """Kind and id of everything live that refers to a thing directly, by the tables as they are now."""
        if thing not in self._referring:
            self.recall_referring(kind, [thing])
        return self._referring[thing]

    def recall_referring(self, kind: str, things: Sequence[str]) -> None:
        """Reads what refers to many things of a kind at once, which is quicker than one by one."""
        self._referring.update((thing, []) for thing in things)
        for table, column in REFERENCES.get(kind, ()):
            for part in changes.parts(things):
                rows = self.conn.execute(
                    f"SELECT {column}, id FROM {table}"
                    f" WHERE {column} IN ({', '.join('?' * len(part))}) AND deleted = 0",
                    part,
                )
                for thing, identifier in rows:
                    self._referring[thing].append((table, identifier))

    def state_of(self, thing: str) -> State:
        """A thing as the log has it now, without what this step is about to set."""
        if thing not in self._states:
            self._states[thing] = fold(self.history(thing))
        return self._states[thing]

    def flush(self) -> None:
        """Writes what was gathered so far and brings the derived tables up to date."""
        self.conn.executemany(
            "INSERT OR IGNORE INTO text VALUES (?, ?)",
            [(to_bytes(name), body) for name, body in self._texts.items()],
        )
        self.recall(self._settings)
        written: list[Written] = []
        states: list[State] = []
        for thing, (kind, values) in self._settings.items():
            one, state = self._change(kind, thing, values)
            if one is not None and state is not None:
                written.append(one)
                states.append(state)
        self._texts, self._settings, self._seen = {}, {}, {}
        self._histories, self._states, self._referring, self._revisions = {}, {}, {}, {}
        if written:
            changes.append(self.conn, written)
            derive.refold(self.conn, states)
        self.written += len(written)

    def _change(self, kind: str, thing: str, values: dict[str, Value]) -> tuple[Written | None, State | None]:
        earlier = self.history(thing)
        state = self.state_of(thing) if earlier else None
        values = {field: value for field, value in values.items() if not _stands(state, field, value)}
        if not values:
            return None, state
        one = changes.make(
            kind,
            thing,
            values,
            analyst=self.analyst,
            lamport=self.lamport,
            wall=self.wall,
            supersedes=self._sight(state, thing, values),
        )
        return one, fold([*earlier, one.change])

    def _sight(self, state: State | None, thing: str, fields: Iterable[str]) -> builtins.set[str]:
        """The changes this one has seen: the heads it replaces, and any deletion it writes under."""
        seen = set(self._seen.get(thing, ()))
        if state is not None:
            watched = set(fields) | (set() if state.alive else {ALIVE})
            seen.update(head.id for field in watched for head in state.heads.get(field, ()))
        return seen

    def _below(self, kind: str, thing: str) -> list[str]:
        """Everything live that refers to a thing, directly or through others."""
        found: dict[str, None] = {}
        waiting = [(kind, thing)]
        while waiting:
            for one in self.referring(*waiting.pop()):
                if one[1] not in found:
                    found[one[1]] = None
                    waiting.append(one)
        return list(found)


def _stands(state: State | None, field: str, value: Value) -> bool:
    """Whether a field has this value already, agreed by everybody; nothing and unset are the same."""
    heads: tuple[Change, ...] = () if state is None else state.heads.get(field, ())
    if not heads:
        return value is None
    return all(_same(head.value(field), value) for head in heads)


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other
