"""Writes what the log amounts to into the derived tables, thing by thing or all anew.

Each kind of thing has one writer. What depends on several things at once (the path of a nested tag,
passages that came to cover the same range) is settled after the rows are in, from the rows alone, so
that folding step by step and folding from nothing give the same tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from workbench.model import PROPOSABLE
from workbench.store import changes
from workbench.store.fold import State, fold
from workbench.store.ids import to_bytes
from workbench.store.schema import create_derived, drop_derived

Place = tuple[str, str, int, int]
OPENING_WORDS = 8

ANCHOR = ("revision", "start", "end", "exact", "prefix", "suffix")
"""What a passage's field `anchor` lists: text hash, code points, the words, those around them."""


def refold(conn: sqlite3.Connection, states: Iterable[State]) -> None:
    """Brings the rows of these things up to date, inside the caller's transaction."""
    by_kind: dict[str, list[State]] = {}
    for state in states:
        by_kind.setdefault(state.kind, []).append(state)
    for kind, writer in WRITERS.items():
        if kind in by_kind:
            writer(conn, by_kind[kind])
    for group in by_kind.values():
        _write_conflicts(conn, group)


def rebuild(conn: sqlite3.Connection) -> None:
    """Drops the derived tables and folds the whole log anew, inside the caller's transaction."""
    drop_derived(conn)
    create_derived(conn)
    refold(conn, all_states(conn))


def all_states(conn: sqlite3.Connection) -> Iterator[State]:
    """The state of everything the log speaks of."""
    rows = conn.execute(f"{changes.SELECT} ORDER BY c.thing")
    for _, group in groupby(rows, key=lambda row: row[2]):
        yield fold([changes.from_row(row) for row in group])


def text_body(conn: sqlite3.Connection, text_hash: str) -> str:
    """A stored text, or "" where this copy does not hold it."""
    row = conn.execute("SELECT body FROM text WHERE hash = ?", (to_bytes(text_hash),)).fetchone()
    return row[0] if row else ""


def opening(text: str) -> str:
    """The first eight words, by which an article without a title goes."""
    return " ".join(text[:2000].split()[:OPENING_WORDS])


def _text(state: State, field: str) -> str | None:
    value = state.values.get(field)
    return str(value) if value not in (None, "") else None


def _whole(state: State, field: str) -> int:
    value = state.values.get(field)
    return value if isinstance(value, int) else 0


def _anchor(state: State) -> tuple[str, int, int, str]:
    """Revision, start, end and exact words of a passage."""
    value = state.values.get("anchor")
    if not isinstance(value, list) or len(value) != len(ANCHOR):
        return "", 0, 0, ""
    revision, start, end, exact = value[:4]
    return str(revision), int(start), int(end), str(exact)


def _put(conn: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    # In the order of the key, which fills pages better and touches each only once.
    ordered = sorted(rows, key=itemgetter(0))
    conn.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({_marks(rows[0])})", ordered)


def _marks(parameters: Sequence[object]) -> str:
    return ", ".join("?" * len(parameters))


def _projects(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(conn, "project", [(state.thing, _text(state, "title")) for state in states])


def _analysts(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(conn, "analyst", [(state.thing, _text(state, "name")) for state in states])


def _articles(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(conn, "article", [_article_row(conn, state) for state in states])


def _article_row(conn: sqlite3.Connection, state: State) -> Sequence[object]:
    revision = _text(state, "revision") or ""
    known = conn.execute(
        "SELECT opening, words, chars FROM article WHERE id = ? AND text_hash = ?", (state.thing, revision)
    ).fetchone()
    if known is None:
        text = text_body(conn, revision)
        known = (opening(text), len(text.split()), len(text))
    proposed = [
        name for name in PROPOSABLE if state.values.get(f"{name}_proposed") and _text(state, name) is not None
    ]
    return (
        state.thing,
        *(_text(state, field) for field in ("title", "publisher", "author", "published")),
        _text(state, "qualifier") or "",
        _text(state, "basis") or "unknown",
        *(_text(state, field) for field in ("url", "language", "comment", "grade")),
        ",".join(proposed),
        revision,
        *known,
        state.first.wall,
        state.first.analyst,
        state.last.wall,
        not state.alive,
    )


def _appearances(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "appearance",
        [
            (
                state.thing,
                _text(state, "article") or "",
                _text(state, "file") or "",
                *(_text(state, field) for field in ("publisher", "url", "published")),
                state.first.analyst,
                state.first.wall,
                state.first.lamport,
                not state.alive,
            )
            for state in states
        ],
    )


def _passages(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    touched = _places(conn, [state.thing for state in states])
    rows = []
    for state in states:
        revision, start, end, exact = _anchor(state)
        place = (_text(state, "article") or "", revision, start, end)
        touched.add(place)
        rows.append(
            (
                state.thing,
                *place,
                exact,
                None,
                state.first.wall,
                state.first.lamport,
                not state.alive,
            )
        )
    _put(conn, "passage", rows)
    for place in touched:
        _unify_passages(conn, place)


def _places(conn: sqlite3.Connection, passages: Sequence[str]) -> set[Place]:
    """Where these passages are by their present rows."""
    return {
        place
        for part in changes.parts(passages)
        for place in conn.execute(
            f'SELECT article, text_hash, start, "end" FROM passage WHERE id IN ({_marks(part)})', part
        )
    }


def _unify_passages(conn: sqlite3.Connection, place: Place) -> None:
    """Passages of equal range are one row: the others point at the one with the lowest id."""
    found = conn.execute(
        'SELECT id, same_as FROM passage WHERE article = ? AND text_hash = ? AND start = ? AND "end" = ?'
        " AND deleted = 0 ORDER BY id",
        place,
    ).fetchall()
    for index, (identifier, same_as) in enumerate(found):
        wanted = found[0][0] if index else None
        if same_as != wanted:
            conn.execute("UPDATE passage SET same_as = ? WHERE id = ?", (wanted, identifier))


def _tags(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "tag",
        [
            (
                state.thing,
                _text(state, "name") or "",
                "",
                _text(state, "parent"),
                _text(state, "merged_into"),
                state.thing,
                _whole(state, "color"),
                _text(state, "description") or "",
                state.first.wall,
                state.first.lamport,
                not state.alive,
                False,
            )
            for state in states
        ],
    )
    _settle_tags(conn)


def _settle_tags(conn: sqlite3.Connection) -> None:
    """Works out each tag's path, what it was merged into, and whether a deleted ancestor hides it."""
    rows = conn.execute("SELECT id, name, parent, merged_into, deleted, path, resolved, hidden FROM tag")
    tags = {row[0]: row for row in rows}
    for identifier, name, _, _, _, *settled in list(tags.values()):
        lineage = _chain(tags, identifier, 2)
        final = _chain(tags, identifier, 3)[-1]
        path = "/".join([*(tags[above][1] for above in reversed(lineage[1:])), name])
        hidden = int(any(tags[above][4] for above in _chain(tags, final, 2)))
        if settled != [path, final, hidden]:
            conn.execute(
                "UPDATE tag SET path = ?, resolved = ?, hidden = ? WHERE id = ?",
                (path, final, hidden, identifier),
            )


def _chain(tags: Mapping[str, Sequence[object]], start: str, column: int) -> list[str]:
    """The tags met by following a column from one tag; a cycle is cut at its highest id."""
    chain = [start]
    while True:
        step = tags[chain[-1]][column]
        if not isinstance(step, str) or step not in tags:
            return chain
        if step in chain:
            highest = max(chain[chain.index(step) :])
            return chain[: chain.index(highest) + 1]
        chain.append(step)


def _taggings(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "tagging",
        [
            (
                state.thing,
                _text(state, "passage") or "",
                _text(state, "tag") or "",
                state.first.analyst,
                _shown_since(state).wall,
                _shown_since(state).lamport,
                not state.alive,
            )
            for state in states
        ],
    )


def _shown_since(state: State) -> changes.Change:
    """The change a tagging stands by now: the one that put it on last."""
    return state.heads["alive"][-1] if "alive" in state.heads else state.first


def _comments(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "comment",
        [
            (
                state.thing,
                _text(state, "passage") or "",
                _text(state, "body") or "",
                state.first.analyst,
                state.first.wall,
                state.last.wall,
                state.first.lamport,
                not state.alive,
            )
            for state in states
        ],
    )


def _notes(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "note",
        [
            (
                state.thing,
                _text(state, "title") or "",
                text_body(conn, _text(state, "body") or ""),
                state.first.analyst,
                state.first.wall,
                state.last.wall,
                not state.alive,
            )
            for state in states
        ],
    )


def _citations(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    _put(
        conn,
        "citation",
        [
            (
                state.thing,
                *(_text(state, field) or "" for field in ("note", "passage", "quote", "article", "source")),
                _whole(state, "start"),
                _whole(state, "end"),
                state.first.wall,
                state.first.lamport,
                not state.alive,
            )
            for state in states
        ],
    )


def _write_conflicts(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    # What has one change only never had two versions.
    several = [state for state in states if state.first is not state.last]
    conn.executemany("DELETE FROM conflict WHERE thing = ?", [(state.thing,) for state in several])
    rows = [
        (state.thing, state.kind, field, versions)
        for state in several
        for field, versions in state.conflicts.items()
    ]
    if rows:
        _put(conn, "conflict", rows)


WRITERS: dict[str, Callable[[sqlite3.Connection, Sequence[State]], None]] = {
    "project": _projects,
    "analyst": _analysts,
    "article": _articles,
    "appearance": _appearances,
    "passage": _passages,
    "tag": _tags,
    "tagging": _taggings,
    "comment": _comments,
    "note": _notes,
    "citation": _citations,
}
