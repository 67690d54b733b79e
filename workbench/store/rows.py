"""The rows of the derived tables: one writer a kind of thing, from the thing's own changes alone.

What depends on several things at once is settled afterwards, see `derive`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from operator import itemgetter

from workbench.model import PROPOSABLE
from workbench.store import changes
from workbench.store.fold import State
from workbench.store.ids import to_bytes
from workbench.store.verify import LARGEST_NUMBER, text_fault

OPENING_WORDS = 8

ANCHOR = ("revision", "start", "end", "exact", "prefix", "suffix")
"""What a passage's field `anchor` lists: text hash, code points, the words, those around them."""


def text_body(conn: sqlite3.Connection, text_hash: str) -> str:
    """A stored text, or "" where this copy does not hold it or holds another in its place."""
    name = _name(text_hash)
    row = conn.execute("SELECT body FROM text WHERE hash = ?", (name,)).fetchone()
    return "" if row is None or text_fault(name, row[0]) else row[0]


def whole_text(conn: sqlite3.Connection, text_hash: str, chars: int | None = None) -> str:
    """A stored text for somebody to read, or "" where this copy does not hold it.

    Args:
        chars: how long it is known to be.

    Raises:
        sqlite3.DatabaseError: "malformed", where the file holds another text in its place, or lost it.
    """
    text = text_body(conn, text_hash)
    is_another = not text and holds_text(conn, text_hash) and text_fault(_name(text_hash), text)
    if is_another or chars not in (None, len(text)):
        raise sqlite3.DatabaseError("malformed text")
    return text


def holds_text(conn: sqlite3.Connection, text_hash: str) -> bool:
    """Whether this copy holds a text, or was it left out."""
    return conn.execute("SELECT 1 FROM text WHERE hash = ?", (_name(text_hash),)).fetchone() is not None


def _name(text_hash: str) -> bytes:
    try:
        return to_bytes(text_hash)
    except (ValueError, OverflowError):  # a stranger's file may point at anything
        return b""


def opening(text: str) -> str:
    """The first eight words, by which an article without a title goes."""
    return " ".join(text[:2000].split()[:OPENING_WORDS])


def _text(state: State, field: str) -> str | None:
    value = state.values.get(field)
    return value if isinstance(value, str) and value else None


def _whole(state: State, field: str) -> int:
    return _number(state.values.get(field))


def _number(value: object) -> int:
    return value if isinstance(value, int) and abs(value) <= LARGEST_NUMBER else 0


def _anchor(state: State) -> tuple[str, int, int, str]:
    """Revision, start, end and exact words of a passage."""
    value = state.values.get("anchor")
    if not isinstance(value, list) or len(value) != len(ANCHOR):
        return "", 0, 0, ""
    revision, start, end, exact = value[:4]
    return str(revision), _number(start), _number(end), str(exact)


def put(conn: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Writes rows of a table over those with the same id."""
    # In the order of the key, which fills pages better and touches each only once.
    ordered = sorted(rows, key=itemgetter(0))
    conn.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks(rows[0])})", ordered)


def marks(parameters: Sequence[object]) -> str:
    """A placeholder for each parameter of a query."""
    return ", ".join("?" * len(parameters))


def _projects(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(conn, "project", [(state.thing, _text(state, "title")) for state in states])


def _analysts(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(conn, "analyst", [(state.thing, _text(state, "name")) for state in states])


def _articles(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(conn, "article", [_article_row(conn, state) for state in states])


def _article_row(conn: sqlite3.Connection, state: State) -> Sequence[object]:
    revision = _text(state, "revision") or ""
    known = conn.execute(
        "SELECT opening, words, chars FROM article WHERE id = ? AND text_hash = ? AND chars > 0",
        (state.thing, revision),
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
    put(
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
    put(
        conn,
        "passage",
        [
            (
                state.thing,
                _text(state, "article") or "",
                *_anchor(state),
                None,
                state.first.wall,
                state.first.lamport,
                not state.alive,
            )
            for state in states
        ],
    )


def _tags(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(
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


def _taggings(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(
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
    put(
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
    put(
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
    put(
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


def _searches(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    put(
        conn,
        "search",
        [
            (
                state.thing,
                _text(state, "name") or "",
                _text(state, "query") or "",
                state.first.analyst,
                state.first.wall,
                state.last.wall,
                not state.alive,
            )
            for state in states
        ],
    )


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
    "search": _searches,
}
