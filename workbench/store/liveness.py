"""Which deleted things live after all, because something refers to them that the deleter had not seen.

A thing's own changes say whether somebody deleted it (see `fold`). It is kept alive, contested, by anything
live that refers to it, directly or through other live things, and rests on a change which every one of
those deletions and the change itself were made without sight of. The table `deletion` lists all things
that somebody deleted; what is not in it needs no thought.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from workbench.store import changes
from workbench.store.changes import Thing
from workbench.store.fold import Sight, State, fold, unseen
from workbench.store.references import REFERENCES, above, referrers


def has_deletions(conn: sqlite3.Connection) -> bool:
    """Whether anything was ever deleted and not brought back."""
    return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM deletion)").fetchone()[0])


def is_gone(conn: sqlite3.Connection, thing: Thing) -> bool:
    """Whether a thing is deleted and nothing keeps it alive."""
    row = conn.execute(
        "SELECT 1 FROM deletion WHERE kind = ? AND thing = ? AND contested = 0", thing
    ).fetchone()
    return row is not None


def doubtful(conn: sqlite3.Connection, things: Iterable[Thing]) -> set[Thing]:
    """What these things refer to, directly or not, that somebody deleted."""
    referred = ", ".join(f"'{kind}'" for kind in REFERENCES)
    deleted = set(conn.execute(f"SELECT kind, thing FROM deletion WHERE kind IN ({referred})"))
    return above(conn, things) & deleted if deleted else set()


def settle(conn: sqlite3.Connection, states: Mapping[Thing, State], more: Collection[Thing]) -> set[Thing]:
    """Brings `deletion` and the column `deleted` up to date.

    Args:
        states: things whose rows were just written from their own changes.
        more: further deleted things whose fate may hang on those.

    Returns:
        Things whose row says otherwise now than their own changes.
    """
    touched = [*states, *more]
    deleted = {thing for thing, state in states.items() if state.deletions}
    _forget(conn, touched)
    if not deleted and not more:
        return set()
    region = _Region(conn, states, deleted | set(more))
    own, kept = region.deleted_among(touched), region.kept()
    lives = region.contested_among(touched) | kept & own
    conn.executemany(
        "INSERT INTO deletion (kind, thing, contested) VALUES (?, ?, ?)",
        [(*thing, int(thing in lives)) for thing in own | lives],
    )
    for kind, thing in own:
        conn.execute(f"UPDATE {kind} SET deleted = ? WHERE id = ?", ((kind, thing) not in kept, thing))
    return own


def _forget(conn: sqlite3.Connection, things: Iterable[Thing]) -> None:
    if has_deletions(conn):
        conn.executemany("DELETE FROM deletion WHERE kind = ? AND thing = ?", list(things))


class _Region:
    """Deleted things, with all that refers to them and the states of both."""

    def __init__(
        self, conn: sqlite3.Connection, states: Mapping[Thing, State], roots: Iterable[Thing]
    ) -> None:
        self.below: dict[Thing, list[Thing]] = {}
        self.states: dict[Thing, State] = {}
        waiting = set(roots)
        while waiting:
            self.below.update((thing, []) for thing in waiting)
            missing = [thing for thing in waiting if thing not in states]
            for thing, history in changes.of_things(conn, missing).items():
                if history:
                    self.states[thing] = fold(history)
            self.states.update((thing, states[thing]) for thing in waiting if thing in states)
            by_kind: dict[str, list[str]] = {}
            for kind, identifier in waiting:
                by_kind.setdefault(kind, []).append(identifier)
            found = [
                ((kind, thing), referrer)
                for kind, identifiers in by_kind.items()
                for thing, referrer in referrers(conn, kind, sorted(identifiers))
            ]
            for thing, referrer in found:
                self.below[thing].append(referrer)
            waiting = {referrer for _, referrer in found} - self.below.keys()

    def deleted_among(self, things: Iterable[Thing]) -> set[Thing]:
        """Those of the things that their own changes leave deleted."""
        return {
            thing
            for thing in things
            if thing in self.states and not self.states[thing].alive and self.states[thing].deletions
        }

    def contested_among(self, things: Iterable[Thing]) -> set[Thing]:
        """Those of the things that live by their own changes, although somebody deleted them."""
        return {thing for thing in things if thing in self.states and self.states[thing].contested}

    def kept(self) -> set[Thing]:
        """The deleted things that something keeps alive: the least such set, whatever the order."""
        kept: set[Thing] = set()
        # What was met last lies deepest, and may keep what lies above it.
        deleted = self.deleted_among(self.below)
        doubtful = [thing for thing in reversed(self.below) if thing in deleted]
        while True:
            before = len(kept)
            for thing in doubtful:
                if thing not in kept and self._is_kept(thing, kept):
                    kept.add(thing)
            if len(kept) == before:
                return kept

    def _is_kept(self, thing: Thing, kept: set[Thing]) -> bool:
        sights = [Sight.of(deletion) for deletion in self.states[thing].deletions]
        met, waiting = {thing}, [thing]
        while waiting:
            for referrer in self.below[waiting.pop()]:
                state = self.states.get(referrer)
                if state is None or referrer in met or not (state.alive or referrer in kept):
                    continue
                met.add(referrer)
                waiting.append(referrer)
                if any(unseen(head, sights) for heads in state.heads.values() for head in heads):
                    return True
        return False
