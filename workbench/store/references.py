"""Which things refer to which: what a deletion hides, and what may keep a deleted thing alive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from workbench.store.changes import Thing, parts

REFERENCES = {
    "article": (("passage", "article"), ("appearance", "article")),
    "passage": (("tagging", "passage"), ("comment", "passage"), ("citation", "passage")),
    "tag": (("tagging", "tag"), ("tag", "parent"), ("tag", "merged_into")),
    "note": (("citation", "note"),),
}
"""For each kind: the tables and columns by which other things refer to it."""

REFERS = {
    table: tuple(
        (column, kind) for kind, places in REFERENCES.items() for other, column in places if other == table
    )
    for table in ("passage", "appearance", "tagging", "comment", "citation", "tag")
}
"""For each kind: the columns by which it refers to others, with the kind of those."""


def referrers(
    conn: sqlite3.Connection, kind: str, things: Sequence[str], condition: str = ""
) -> Iterator[tuple[str, Thing]]:
    """Pairs of an id among `things` of a kind, and something that refers to it directly.

    Args:
        condition: more SQL for rows that count, such as "AND deleted = 0".
    """
    for table, column in REFERENCES.get(kind, ()):
        for part in parts(things):
            wanted = f"{column} IN ({', '.join('?' * len(part))}) {condition}"
            rows = conn.execute(f"SELECT {column}, id FROM {table} WHERE {wanted}", part)
            for thing, identifier in rows:
                yield thing, (table, identifier)


def above(conn: sqlite3.Connection, things: Iterable[Thing]) -> set[Thing]:
    """Everything that these things refer to by their rows, directly or through others."""
    found: set[Thing] = set()
    waiting: dict[str, set[str]] = {}
    for kind, thing in things:
        waiting.setdefault(kind, set()).add(thing)
    while waiting:
        kind, identifiers = waiting.popitem()
        if kind not in REFERS:
            continue
        columns = ", ".join(column for column, _ in REFERS[kind])
        for part in parts(sorted(identifiers)):
            sql = f"SELECT {columns} FROM {kind} WHERE id IN ({', '.join('?' * len(part))})"
            for row in conn.execute(sql, part):
                for (_, other), thing in zip(REFERS[kind], row, strict=True):
                    if thing and (other, thing) not in found:
                        found.add((other, thing))
                        waiting.setdefault(other, set()).add(thing)
    return found
