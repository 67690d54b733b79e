"""Writes what the log amounts to into the derived tables, thing by thing or all anew.

Each thing's row comes from its own changes (`rows`). What depends on several things at once (a deleted
thing that something unseen keeps alive, passages that came to cover the same range, the path of a nested
tag) is settled after the rows are in, so that folding step by step and folding from nothing give the same
tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from workbench.store import changes, liveness
from workbench.store.fold import State, fold
from workbench.store.ids import MOST_LEVELS, tag_key
from workbench.store.rows import WRITERS, marks, put
from workbench.store.schema import create_derived, drop_derived

Place = tuple[str, str, int, int]


def refold(conn: sqlite3.Connection, states: Iterable[State]) -> None:
    """Brings the rows of these things up to date, inside the caller's transaction."""
    by_kind: dict[str, list[State]] = {}
    for state in states:
        by_kind.setdefault(state.kind, []).append(state)
    known = {(state.kind, state.thing): state for kind in WRITERS for state in by_kind.get(kind, ())}
    doubtful = liveness.doubtful(conn, known)
    touched = _places(conn, [state.thing for state in by_kind.get("passage", ())])
    for kind, writer in WRITERS.items():
        if kind in by_kind:
            writer(conn, by_kind[kind])
    for group in by_kind.values():
        _write_conflicts(conn, group)
    moved = liveness.settle(conn, known, (doubtful | liveness.doubtful(conn, known)) - known.keys())
    passages = {thing for kind, thing in known.keys() | moved if kind == "passage"}
    for place in touched | _places(conn, sorted(passages)):
        _unify_passages(conn, place)
    if any(kind == "tag" for kind, _ in known.keys() | moved):
        _settle_tags(conn)


def rebuild(conn: sqlite3.Connection) -> None:
    """Drops the derived tables and folds the whole log anew, inside the caller's transaction."""
    drop_derived(conn)
    create_derived(conn)
    refold(conn, all_states(conn))


def all_states(conn: sqlite3.Connection) -> Iterator[State]:
    """The state of everything the log speaks of."""
    rows = conn.execute(f"{changes.SELECT} ORDER BY c.thing, c.kind")
    for _, group in groupby(rows, key=lambda row: (row[2], row[1])):
        yield fold([changes.from_row(row) for row in group])


def _places(conn: sqlite3.Connection, passages: Sequence[str]) -> set[Place]:
    """Where these passages are by their present rows."""
    return {
        place
        for part in changes.parts(passages)
        for place in conn.execute(
            f'SELECT article, text_hash, start, "end" FROM passage WHERE id IN ({marks(part)})', part
        )
    }


def _unify_passages(conn: sqlite3.Connection, place: Place) -> None:
    """Live passages of equal range are one row: the others point at the one with the lowest id."""
    found = conn.execute(
        "SELECT id, same_as, deleted FROM passage"
        ' WHERE article = ? AND text_hash = ? AND start = ? AND "end" = ? ORDER BY deleted, id',
        place,
    ).fetchall()
    for index, (identifier, same_as, deleted) in enumerate(found):
        wanted = found[0][0] if index and not deleted else None
        if same_as != wanted:
            conn.execute("UPDATE passage SET same_as = ? WHERE id = ?", (wanted, identifier))


def _settle_tags(conn: sqlite3.Connection) -> None:
    """Works out each tag's path, which tag it is shown as, and whether a deleted ancestor hides it.

    A tag is shown as the one it was merged into; of several live tags that came to go by one name, as
    renaming in one copy and making in another can bring about, all are shown as the one with the lowest id.
    """
    rows = conn.execute("SELECT id, name, parent, merged_into, deleted, path, resolved, hidden FROM tag")
    tags = {row[0]: row for row in rows}
    above, merges = _links(tags, 2), _links(tags, 3)
    names: dict[str, tuple[str, ...]] = {}
    hidden: dict[str, bool] = {}
    for identifier in _upper_first(above):
        parent = above[identifier]
        names[identifier] = (*(names[parent] if parent else ()), str(tags[identifier][1]))[-MOST_LEVELS:]
        hidden[identifier] = bool(tags[identifier][4]) or (parent is not None and hidden[parent])
    path = {identifier: "/".join(levels) for identifier, levels in names.items()}
    merged: dict[str, str] = {}
    for identifier in _upper_first(merges):
        into = merges[identifier]
        merged[identifier] = merged[into] if into else identifier
    by_name: dict[str, str] = {}
    for identifier in sorted(tags):
        if merged[identifier] == identifier and not hidden[identifier]:
            by_name.setdefault(tag_key(path[identifier].split("/")), identifier)
    for identifier, row in tags.items():
        final = merged[identifier]
        if not hidden[final]:
            final = by_name[tag_key(path[final].split("/"))]
        settled = (path[identifier], final, int(hidden[merged[identifier]]))
        if row[5:] != settled:
            conn.execute(
                "UPDATE tag SET path = ?, resolved = ?, hidden = ? WHERE id = ?", (*settled, identifier)
            )


def _links(tags: Mapping[str, Sequence[object]], column: int) -> dict[str, str | None]:
    """The tag that a column of each tag names, if there is one; a circle is cut at its highest id."""
    links: dict[str, str | None] = {}
    for identifier, row in tags.items():
        other = row[column]
        links[identifier] = other if isinstance(other, str) and other in tags else None
    known: set[str] = set()
    for start in links:
        chain: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in known and at not in chain:
            chain[at] = None
            at = links[at]
        if at in chain:
            met = list(chain)
            links[max(met[met.index(at) :])] = None
        known.update(chain)
    return links


def _upper_first(links: Mapping[str, str | None]) -> Iterator[str]:
    """Every tag after the one it is linked to; there are no circles."""
    done: set[str] = set()
    for start in links:
        chain = []
        at: str | None = start
        while at is not None and at not in done:
            done.add(at)
            chain.append(at)
            at = links[at]
        yield from reversed(chain)


def _write_conflicts(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    # What has one change only never had two versions.
    several = [state for state in states if state.first is not state.last]
    conn.executemany(
        "DELETE FROM conflict WHERE kind = ? AND thing = ?", [(state.kind, state.thing) for state in several]
    )
    rows = [
        (state.thing, state.kind, field, versions)
        for state in several
        for field, versions in state.conflicts.items()
    ]
    if rows:
        put(conn, "conflict", rows)
