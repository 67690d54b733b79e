"""One user action: gathers what it sets, then writes it as one transaction and one undo step.

All changes of a step share one Lamport time and one wall time; with the analyst that names the step.
"""

from __future__ import annotations

import builtins
import sqlite3
import time
from collections.abc import Collection, Iterable, Sequence

from workbench.errors import NotFoundError, ProjectFileError
from workbench.store import changes, derive, liveness
from workbench.store.changes import Change, Thing, Value, Written
from workbench.store.fold import ALIVE, Sight, State, fold, unseen
from workbench.store.ids import to_bytes
from workbench.store.references import REFERS, above, referrers
from workbench.store.rows import whole_text

APART = {
    "article": ("comment",),
    "comment": ("body",),
    "note": ("title", "body"),
    "search": ("name", "query"),
    "tag": ("name",),
}
"""What analysts write into a new thing: each a change of its own, as every later edit of a field is, so that
a copy can leave out a version that was superseded, or a comment, and nothing else."""


def now() -> int:
    """Wall time in UTC milliseconds."""
    return time.time_ns() // 1_000_000


class Step:
    """What one action sets, thing by thing; `Store.step` makes it and commits it."""

    def __init__(self, conn: sqlite3.Connection, analyst: str) -> None:
        self.conn = conn
        self.analyst = analyst
        self.lamport = changes.highest_lamport(conn) + 1
        if self.lamport > changes.HIGHEST_LAMPORT:
            raise ProjectFileError(
                "a change in this file claims the last moment there is, so that none can follow;"
                " nothing was changed"
            )
        self.wall = now()
        self.written = 0
        self._written: dict[Thing, list[str]] = {}
        self._settings: dict[Thing, dict[str, Value]] = {}
        self._seen: dict[Thing, set[str]] = {}
        self._versions: dict[tuple[str, str, str], list[Value]] = {}
        self._settled: dict[tuple[str, str, str], frozenset[str]] = {}
        self._bases: dict[Thing, frozenset[str]] = {}
        self._deciding: set[Thing] = set()
        self._texts: dict[str, str] = {}
        self._revisions: dict[str, str | None] = {}
        self._body = ("", "")
        self._histories: dict[Thing, list[Change]] = {}
        self._states: dict[Thing, State] = {}
        self._referring: dict[Thing, list[Thing]] = {}
        self._gone: dict[Thing, tuple[str, ...]] = {}
        self.tags_by_name: dict[str, str] = {}

    def set(self, kind: str, thing: str, **values: Value) -> None:
        """Sets fields of a thing; a field set twice keeps the last value."""
        self._settings.setdefault((kind, thing), {}).update(values)

    def set_versions(self, kind: str, thing: str, field: str, versions: Iterable[Value]) -> None:
        """Sets a field to several values at once, which stand side by side as a conflict."""
        self.set(kind, thing)
        self._versions[kind, thing, field] = list(versions)

    def settle(self, kind: str, thing: str, field: str, value: Value, seen: Iterable[str]) -> None:
        """Sets a field in conflict in place of exactly these changes.

        Ordinary work on such a field takes the place of the version that is shown only.
        """
        self.set(kind, thing, **{field: value})
        self._settled[kind, thing, field] = frozenset(seen)

    def keep(self, kind: str, thing: str) -> None:
        """Settles a contested deletion: the thing stays. Ordinary work on it does not decide that."""
        self.set(kind, thing, alive=True)
        self._deciding.add((kind, thing))

    def create(self, kind: str, thing: str, **values: Value) -> None:
        """Makes a thing, or brings a deleted one back, with these fields."""
        self.set(kind, thing, alive=True, **values)

    def create_new(self, kind: str, thing: str, **values: Value) -> None:
        """Makes a thing that the log has nothing of, which spares looking for its history."""
        self._histories[kind, thing] = []
        self.create(kind, thing, **values)

    def delete(self, kind: str, thing: str, *, blind_to: Collection[str] = ()) -> None:
        """Deletes a thing, having seen it and everything that refers to it as it stands now.

        Args:
            blind_to: changes counted as not seen, by which it lives, contested, as it did before.
        """
        self.set(kind, thing, alive=False)
        if blind_to or not liveness.is_gone(self.conn, (kind, thing)):
            self._deciding.add((kind, thing))
        seen = self._seen.setdefault((kind, thing), set())
        for below in [(kind, thing), *self._below((kind, thing))]:
            heads = self.state_of(*below).heads.values()
            seen.update(head.id for group in heads for head in group if head.id not in blind_to)

    def rest_on(self, kind: str, thing: str, seen: Iterable[str]) -> None:
        """Says that what is set of a thing was made in sight of these changes only.

        Changes that came later are not superseded, and a field left as those changes have it is not set: an
        editor that was open while somebody else wrote gives a second version, not the last word.
        """
        self._bases[kind, thing] = frozenset(seen)

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

    def makes(self, kind: str, thing: str) -> bool:
        """Whether this step is about to set fields of a thing."""
        return (kind, thing) in self._settings

    def is_new(self, kind: str, thing: str) -> bool:
        """Whether the log is known to have nothing of a thing."""
        return self._histories.get((kind, thing)) == []

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
            self._body = (text_hash, whole_text(self.conn, text_hash))
        return self._body[1]

    def written_of(self, kind: str, thing: str) -> list[str]:
        """The ids of the changes of a thing that this step has written."""
        return self._written.get((kind, thing), [])

    def history(self, kind: str, thing: str) -> list[Change]:
        """Every change of a thing in the log, without what this step is about to set."""
        if (kind, thing) not in self._histories:
            self.recall([(kind, thing)])
        return self._histories[kind, thing]

    def recall(self, things: Iterable[Thing]) -> None:
        """Reads the histories of many things at once, which is quicker than one by one."""
        missing = [thing for thing in things if thing not in self._histories]
        self._histories.update(changes.of_things(self.conn, missing))

    def referring(self, kind: str, thing: str) -> list[Thing]:
        """Everything live that refers to a thing directly, by the tables as they are now."""
        if (kind, thing) not in self._referring:
            self.recall_referring(kind, [thing])
        return self._referring[kind, thing]

    def recall_referring(self, kind: str, things: Sequence[str]) -> None:
        """Reads what refers to many things of a kind at once, which is quicker than one by one."""
        self._referring.update(((kind, thing), []) for thing in things)
        for thing, referrer in referrers(self.conn, kind, things, "AND deleted = 0"):
            self._referring[kind, thing].append(referrer)

    def state_of(self, kind: str, thing: str) -> State:
        """A thing as the log has it now, without what this step is about to set."""
        if (kind, thing) not in self._states:
            self._states[kind, thing] = fold(self.history(kind, thing))
        return self._states[kind, thing]

    def flush(self) -> None:
        """Writes what was gathered so far and brings the derived tables up to date."""
        self.conn.executemany(
            "INSERT OR IGNORE INTO text VALUES (?, ?)",
            [(to_bytes(name), body) for name, body in self._texts.items()],
        )
        self.recall(self._settings)
        written: list[Written] = []
        states: list[State] = []
        for thing, values in self._settings.items():
            if made := self._changes(thing, values):
                written += made
                states.append(fold([*self.history(*thing), *(one.change for one in made)]))
                self._written.setdefault(thing, []).extend(one.change.id for one in made)
        self._texts, self._settings, self._seen, self._bases, self._deciding = {}, {}, {}, {}, set()
        self._versions, self._settled = {}, {}
        self._histories, self._states, self._referring, self._revisions, self._gone = {}, {}, {}, {}, {}
        if written:
            changes.append(self.conn, written)
            derive.refold(self.conn, states)
        self.written += len(written)

    def _changes(self, thing: Thing, values: dict[str, Value]) -> list[Written]:
        earlier = self.history(*thing)
        state = self.state_of(*thing) if earlier else None
        base = self._bases.get(thing)
        known = state if base is None else _resting_on(earlier, base)
        values = {
            field: value
            for field, value in values.items()
            if self._decides(thing, field)
            or not (_stands(known, field, value) or self._is_kept(thing, known, field))
        }
        portions = _portions(values, APART.get(thing[0], ()) if _makes(known, values) else values)
        portions += [
            {field: version}
            for (*of, field), versions in self._versions.items()
            if tuple(of) == thing
            for version in versions
        ]
        return [
            changes.make(
                *thing,
                portion,
                analyst=self.analyst,
                lamport=self.lamport,
                wall=self.wall,
                supersedes=self._sight(known, thing, portion, values),
            )
            for portion in portions
        ]

    def _decides(self, thing: Thing, field: str) -> bool:
        """Whether the step settles what several versions, or a contested deletion, leave open."""
        return (*thing, field) in self._settled or (field == ALIVE and thing in self._deciding)

    def _is_kept(self, thing: Thing, state: State | None, field: str) -> bool:
        """Whether a thing that somebody deleted lives all the same, so that making it is no news."""
        return field == ALIVE and bool(state and state.deletions) and not liveness.is_gone(self.conn, thing)

    def _sight(
        self, state: State | None, thing: Thing, portion: Iterable[str], values: dict[str, Value]
    ) -> builtins.set[str]:
        """The changes this one has seen: the heads it replaces, and any deletion it writes under."""
        seen = set(self._seen.get(thing, ()))
        if state is not None:
            is_gone = not state.alive and (self.is_new(*thing) or liveness.is_gone(self.conn, thing))
            watched = set(portion) | ({ALIVE} if is_gone else set())
            seen.update(*(self._replaced(state, thing, field) for field in watched))
        for field, kind in REFERS.get(thing[0], ()):
            referent = values.get(field, state.values.get(field) if state else None)
            if isinstance(referent, str) and not self.is_new(kind, referent):
                seen.update(self._deletions((kind, referent)))
        return seen

    def _replaced(self, state: State, thing: Thing, field: str) -> Iterable[str]:
        """The changes that setting a field takes the place of: of several versions, the one that is shown."""
        if (*thing, field) in self._settled:
            return self._settled[*thing, field]
        return [head.id for head in state.in_sight(field)]

    def _deletions(self, thing: Thing) -> tuple[str, ...]:
        """The deletions under which a thing, or one that it refers to, is gone now; none where all live."""
        if thing not in self._gone:
            gone = []
            if liveness.has_deletions(self.conn):
                gone = [
                    one for one in {thing} | above(self.conn, [thing]) if liveness.is_gone(self.conn, one)
                ]
            self._gone[thing] = tuple(head.id for one in gone for head in self.state_of(*one).deletions)
        return self._gone[thing]

    def unseen_by(self, thing: Thing, deletions: Iterable[Change], before: int) -> builtins.set[str]:
        """The heads of a thing, and of what refers to it, that kept it alive against deletions.

        Args:
            before: the Lamport time by which they were there.
        """
        sights = [Sight.of(deletion) for deletion in deletions]
        heads = (
            head
            for one in [thing, *self._below(thing)]
            for group in self.state_of(*one).heads.values()
            for head in group
        )
        return {head.id for head in heads if sights and head.lamport < before and unseen(head, sights)}

    def _below(self, thing: Thing) -> list[Thing]:
        """Everything live that refers to a thing, directly or through others."""
        found: dict[Thing, None] = {}
        waiting = [thing]
        while waiting:
            for one in self.referring(*waiting.pop()):
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return list(found)


def _makes(state: State | None, values: dict[str, Value]) -> bool:
    """Whether a thing is made or brought back, not only edited."""
    return state is None or ALIVE in values


def _portions(values: dict[str, Value], apart: Collection[str]) -> list[dict[str, Value]]:
    """The changes that fields are set in: some together, others each alone."""
    together = {field: value for field, value in values.items() if field not in apart}
    alone = [{field: values[field]} for field in apart if field in values]
    return [together, *alone] if together else alone


def _resting_on(history: Sequence[Change], base: builtins.frozenset[str]) -> State | None:
    """A thing as these changes alone leave it."""
    seen = [change for change in history if change.id in base]
    return fold(seen) if seen else None


def _stands(state: State | None, field: str, value: Value) -> bool:
    """Whether a field has this value already, agreed by everybody; nothing and unset are the same."""
    heads: tuple[Change, ...] = () if state is None else state.heads.get(field, ())
    if not heads:
        return value is None
    return all(_same(head.value(field), value) for head in heads)


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other
