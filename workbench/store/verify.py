"""Whether a row of the log is what its name says: asked of every file that came from elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, NoReturn

from workbench.store.changes import HIGHEST_LAMPORT, SALT_BYTES, Change, Value, named, writer
from workbench.store.ids import ID_BYTES, hash_bytes, to_text

LATEST_WALL = 253_402_300_800_000
"""UTC milliseconds of the year 10000, beyond which no calendar reaches."""
LARGEST_NUMBER = 2**63 - 1
"""What a column of SQLite holds."""


class Stored(NamedTuple):
    """A row of `change` with its `payload` as the file holds them; salt and body are None where withheld."""

    seq: int
    id: bytes
    kind: str
    thing: bytes
    fields: str
    analyst: bytes
    lamport: int
    wall: int
    supersedes: bytes
    payload_hash: bytes
    salt: bytes | None
    body: str | None

    @property
    def step(self) -> tuple[bytes, int, int]:
        """What names the action it belongs to: analyst, Lamport and wall time."""
        return self.analyst, self.lamport, self.wall


STORED = """
SELECT c.seq, c.id, c.kind, c.thing, c.fields, c.analyst, c.lamport, c.wall, c.supersedes, c.payload_hash,
       p.salt, p.body
FROM change AS c LEFT JOIN payload AS p ON p.change = c.seq
"""


def stored(conn: sqlite3.Connection, where: str = "", parameters: Sequence[object] = ()) -> Iterator[Stored]:
    """Rows of the log in the order they were written."""
    for row in conn.execute(f"{STORED} {where} ORDER BY c.seq", parameters):
        yield Stored(*row)


class Fault(ValueError):
    """What is wrong with a row, in words that follow “a change …”."""


def fault(row: Stored) -> str | None:
    """What is wrong with a row, in words that follow “a change …”; None where it verifies."""
    try:
        read(row)
    except Fault as found:
        return str(found)
    return None


_HEADER = (int, bytes, str, bytes, str, bytes, int, int, bytes, bytes)
_SHAPES = {(*_HEADER, bytes, str), (*_HEADER, type(None), type(None))}
"""What a damaged file need not keep to, strict as its tables are."""


def read(row: Stored) -> Change:
    """The change that a row is.

    Raises:
        Fault: it is not what its name says, or no workbench can have written it.
    """
    if tuple(map(type, row)) not in _SHAPES:
        raise Fault("holds something else than it should")
    _check_bounds(row)
    fields = _fields(row.fields)
    supersedes = row.supersedes
    seen = [to_text(supersedes[place : place + ID_BYTES]) for place in range(0, len(supersedes), ID_BYTES)]
    thing, analyst = to_text(row.thing), writer(row.analyst)
    try:
        name = named(row.kind, thing, fields, analyst, row.lamport, row.wall, seen, row.payload_hash)
        if name != row.id:
            raise Fault("is not what its hash says")
        values = None if row.salt is None or row.body is None else _values(row.salt, row.body, row)
    except UnicodeEncodeError:
        raise Fault("holds a broken character") from None
    return Change(to_text(name), row.kind, thing, fields, values, analyst, row.lamport, row.wall, tuple(seen))


def _check_bounds(row: Stored) -> None:
    if not len(row.id) == len(row.thing) == len(row.analyst) == len(row.payload_hash) == ID_BYTES:
        raise Fault("has an id of a wrong length")
    if len(row.supersedes) % ID_BYTES:
        raise Fault("has an id of a wrong length")
    if not row.kind:
        raise Fault("does not say properly what it sets")
    if not 1 <= row.lamport <= HIGHEST_LAMPORT:
        raise Fault(f"has an impossible Lamport time ({row.lamport})")
    if not 0 <= row.wall < LATEST_WALL:
        raise Fault(f"has an impossible time ({row.wall})")


@lru_cache(maxsize=256)
def _fields(joined: str) -> tuple[str, ...]:
    fields = tuple(joined.split(","))
    if not all(fields) or list(fields) != sorted(set(fields)):
        raise Fault("does not say properly what it sets")
    return fields


def _values(salt: bytes, body: str, row: Stored) -> tuple[Value, ...]:
    if len(salt) != SALT_BYTES or hash_bytes(salt + body.encode()) != row.payload_hash:
        raise Fault("has a content that is not what its hash says")
    try:
        values, end = _DECODER.raw_decode(body)
        if "\\u" in body:
            json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise
    except (ValueError, RecursionError):
        raise Fault("has a content that cannot be read") from None
    if end != len(body) or not isinstance(values, list) or len(values) != row.fields.count(",") + 1:
        raise Fault("has a content that does not fit its fields")
    return tuple(values)


DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file may raise: the latter where SQLite's message quotes bytes that are no UTF-8."""


def lenient(raw: bytes) -> str:
    """Text of a file that may hold anything: what is no UTF-8 becomes lone surrogates, which never verify."""
    return raw.decode(errors="surrogateescape")


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("no column holds this number")
    return number


def _refuse(literal: str) -> NoReturn:
    raise ValueError(f"{literal} has no place in a change")


_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_refuse, parse_constant=_refuse)


def text_fault(text_hash: bytes, body: str) -> str | None:
    """What is wrong with a stored text, in words that follow “a text …”; None where it verifies."""
    try:
        same = hash_bytes(body.encode()) == text_hash
    except (UnicodeEncodeError, AttributeError):  # a damaged file may hold something else than a text
        same = False
    return None if same else "is not what its hash says"
