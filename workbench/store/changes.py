"""The change log: what a change is, how it is named, how it is written and read.

A change's id is BLAKE2b-128 over its canonical header; the header names the payload by a salted hash,
so a copy may leave payloads out and every id still verifies (the idea of Fossil's artifacts). See
db/README.md for the bytes.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from workbench.store.ids import ID_BYTES, canonical, hash_bytes, is_id, to_bytes, to_text

Value = str | int | bool | None | Sequence["Value"] | dict[str, object]
SALT_BYTES = 16
HIGHEST_LAMPORT = 2**40
MOST_PARAMETERS = 500
T = TypeVar("T")
Thing = tuple[str, str]
"""What changes are about: a kind and an id. Ids alone do not do: a stranger's file may use one twice."""


class Change(NamedTuple):
    """At this Lamport time, this analyst set these fields of this thing, having seen those changes.

    Attributes:
        fields: names in alphabetical order; `values` stand in the same order, or are None when the
            payload was left out of this copy.
        supersedes: ids of the changes this one was made in sight of, sorted.
        wall: UTC milliseconds, for people only.
    """

    id: str
    kind: str
    thing: str
    fields: tuple[str, ...]
    values: tuple[Value, ...] | None
    analyst: str
    lamport: int
    wall: int
    supersedes: tuple[str, ...]

    def value(self, field: str) -> Value:
        """What the change set `field` to; None when its payload was left out."""
        return None if self.values is None else self.values[self.fields.index(field)]

    def setting(self) -> Iterable[tuple[str, Value]]:
        """Each field with what the change set it to; None when its payload was left out."""
        return zip(self.fields, self.values or (None,) * len(self.fields), strict=True)


@dataclass(frozen=True, slots=True)
class Written:
    """A change together with what only its rows need; `body` is the payload as it was hashed."""

    change: Change
    name: bytes
    salt: bytes
    body: str
    payload_hash: bytes


def named(
    kind: str,
    thing: str,
    fields: tuple[str, ...],
    analyst: str,
    lamport: int,
    wall: int,
    supersedes: Sequence[str],
    payload_hash: bytes,
) -> bytes:
    """What a change is named by: the hash of its header.

    The header is put together from parts, which gives the same canonical JSON as encoding it whole (ids need
    no escapes) in a quarter of the time.
    """
    seen = ",".join([f'"{one}"' for one in supersedes])
    header = (
        f'["change/1",{_encoded(kind)},"{thing}",{_encoded(fields)},"{analyst}",{lamport},{wall},'
        f'[{seen}],"{to_text(payload_hash)}"]'
    )
    return hash_bytes(header.encode())


@lru_cache(maxsize=256)
def _encoded(part: str | tuple[str, ...]) -> str:
    """The JSON of a kind or of field names, of which there are few."""
    return canonical(part).decode()


def make(
    kind: str,
    thing: str,
    setting: dict[str, Value],
    *,
    analyst: str,
    lamport: int,
    wall: int,
    supersedes: Iterable[str],
) -> Written:
    """A new change with its salt and id."""
    fields = tuple(sorted(setting))
    values = tuple(setting[field] for field in fields)
    salt = secrets.token_bytes(SALT_BYTES)
    body = canonical(values)
    payload_hash = hash_bytes(salt + body)
    seen = tuple(sorted(set(supersedes)))
    name = named(kind, thing, fields, analyst, lamport, wall, seen, payload_hash)
    change = Change(to_text(name), kind, thing, fields, values, analyst, lamport, wall, seen)
    return Written(change, name, salt, body.decode(), payload_hash)


def append(conn: sqlite3.Connection, written: Sequence[Written]) -> None:
    """Adds changes to the log, inside the caller's transaction."""
    first = conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM change").fetchone()[0]
    conn.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                first + index,
                one.name,
                one.change.kind,
                to_bytes(one.change.thing),
                ",".join(one.change.fields),
                to_bytes(one.change.analyst),
                one.change.lamport,
                one.change.wall,
                b"".join(to_bytes(seen) for seen in one.change.supersedes),
                one.payload_hash,
            )
            for index, one in enumerate(written)
        ],
    )
    conn.executemany(
        "INSERT INTO payload VALUES (?, ?, ?)",
        [(first + index, one.salt, one.body) for index, one in enumerate(written)],
    )


SELECT = """
SELECT c.id, c.kind, c.thing, c.fields, p.body, c.analyst, c.lamport, c.wall, c.supersedes
FROM change AS c LEFT JOIN payload AS p ON p.change = c.seq
"""


def read(conn: sqlite3.Connection, where: str = "", parameters: Sequence[object] = ()) -> Iterator[Change]:
    """The changes that fit a condition on `change AS c`, by (Lamport, id)."""
    for row in conn.execute(f"{SELECT} {where} ORDER BY c.lamport, c.id", parameters):
        yield from_row(row)


def from_row(row: Sequence[object]) -> Change:
    """A change from a row of SELECT.

    Raises:
        sqlite3.DatabaseError: "malformed", for a row that no workbench can have written.
    """
    identifier, kind, thing, fields, body, analyst, lamport, wall, supersedes = row
    if not (
        isinstance(identifier, bytes)
        and isinstance(thing, bytes)
        and isinstance(analyst, bytes)
        and len(identifier) == len(thing) == len(analyst) == ID_BYTES
        and isinstance(kind, str)
        and isinstance(fields, str)
        and isinstance(supersedes, bytes)
        and len(supersedes) % ID_BYTES == 0
        and isinstance(lamport, int)
        and isinstance(wall, int)
    ):
        raise sqlite3.DatabaseError("malformed row of the log")
    return Change(
        to_text(identifier),
        kind,
        to_text(thing),
        tuple(fields.split(",")),
        _values(body, fields),
        writer(analyst),
        lamport,
        wall,
        tuple(to_text(supersedes[place : place + ID_BYTES]) for place in range(0, len(supersedes), ID_BYTES)),
    )


def _values(body: object, fields: str) -> tuple[Value, ...] | None:
    """The values of a payload; None where it was left out or is damaged, which `verify` tells apart."""
    if not isinstance(body, str):
        return None
    try:
        values = json.loads(body)
        if "\\ud" in body or "\\uD" in body:  # half of a pair of surrogates is no text
            canonical(values)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(values, list) and len(values) == fields.count(",") + 1
    return tuple(values) if fits else None


writer = lru_cache(maxsize=64)(to_text)
"""An analyst's id as text: few people write many rows."""


def of_things(conn: sqlite3.Connection, things: Iterable[Thing]) -> dict[Thing, list[Change]]:
    """Every change of each thing, by (Lamport, id)."""
    found: dict[Thing, list[Change]] = {thing: [] for thing in things}
    for part in parts([to_bytes(identifier) for _, identifier in found if is_id(identifier)]):
        for change in read(conn, f"WHERE c.thing IN ({', '.join('?' * len(part))})", part):
            if (change.kind, change.thing) in found:
                found[change.kind, change.thing].append(change)
    return found


def joined(own: Sequence[Change]) -> Change:
    """Several changes that one step made of a thing as if they were one: all fields, everything seen."""
    if len(own) == 1:
        return own[0]
    values = {field: value for change in own for field, value in change.setting()}
    withheld = any(change.values is None for change in own)
    fields = tuple(sorted(values))
    return own[0]._replace(
        fields=fields,
        values=None if withheld else tuple(values[field] for field in fields),
        supersedes=tuple(dict.fromkeys(seen for change in own for seen in change.supersedes)),
    )


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cuts a list into pieces that one query can take as its parameters."""
    for first in range(0, len(items), MOST_PARAMETERS):
        yield items[first : first + MOST_PARAMETERS]


def highest_lamport(conn: sqlite3.Connection) -> int:
    """The highest Lamport time the log has seen.

    Raises:
        sqlite3.DatabaseError: "malformed", where the index gives something else than a number.
    """
    (highest,) = conn.execute("SELECT coalesce(max(lamport), 0) FROM change").fetchone()
    if not isinstance(highest, int):
        raise sqlite3.DatabaseError("malformed index of the log")
    return max(0, highest)
