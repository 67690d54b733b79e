"""The log as JSON Lines, and a project made of such lines again: db/README.md says what is in them.

Lines come and go one by one, so that a log of any size passes through.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from workbench.errors import InputError, ProjectFileError
from workbench.store import connection, verify
from workbench.store.building import new_file
from workbench.store.header import FORMAT
from workbench.store.ids import ID_BYTES, is_id, to_bytes, to_text
from workbench.store.merging import add_rows
from workbench.store.verify import STORED, Stored

DUMP = 1
"""The version of the lines; one that this program does not know is refused."""
BATCH = 2_000
Line = dict[str, Any]


def dump(path: Path) -> Iterator[str]:
    """The lines of a project's log, without line ends, ASCII only: the same for the same log.

    Raises:
        ProjectFileError: the file cannot be opened, or something in it does not verify.
    """
    with closing(connection.connect(path).conn) as conn, connection.explained(path):
        conn.execute("BEGIN")  # one state of the file, whoever writes meanwhile
        count = 0
        for line in _lines(conn):
            count += 1
            if isinstance(line, str):
                raise ProjectFileError(f"{path}: {line}; `workbench check` says more")
            yield _json(line)
        yield _json({"type": "end", "lines": count})


def _json(line: Line) -> str:
    # JSON leaves the one control character beyond the space as it is.
    return json.dumps(line, separators=(",", ":")).replace("\x7f", "\\u007f")


def _lines(conn: sqlite3.Connection) -> Iterator[Line | str]:
    """Each line, or a sentence about what does not verify."""
    meta = dict(conn.execute("SELECT key, value FROM meta"))
    yield {
        "type": "project",
        "dump": DUMP,
        "project_id": meta.get("project_id"),
        "least_write": int(meta["least_write"]),
    }
    for name, body in conn.execute("SELECT hash, body FROM text ORDER BY hash"):
        why = verify.text_fault(name, body)
        yield f"a text {why}" if why else {"type": "text", "hash": to_text(name), "body": body}
    for values in conn.execute(f"{STORED} ORDER BY c.lamport, c.id"):
        row = Stored(*values)
        why = verify.fault(row)
        yield f"change {row.seq} {why}" if why else _change_line(row)


def _change_line(row: Stored) -> Line:
    payload = None
    if row.salt is not None:
        payload = {"salt": to_text(row.salt), "body": row.body}
    seen = range(0, len(row.supersedes), ID_BYTES)
    return {
        "type": "change",
        "id": to_text(row.id),
        "kind": row.kind,
        "thing": to_text(row.thing),
        "fields": row.fields.split(","),
        "analyst": to_text(row.analyst),
        "lamport": row.lamport,
        "wall": row.wall,
        "supersedes": [to_text(row.supersedes[place : place + ID_BYTES]) for place in seen],
        "payload_hash": to_text(row.payload_hash),
        "payload": payload,
    }


def rebuild(lines: Iterable[bytes], dest: Path) -> int:
    """Makes a project of the lines of a dump, each of which must verify.

    Returns:
        How many changes it has.

    Raises:
        InputError: a line is no good, or nothing may be put at `dest`; nothing was written.
        ProjectFileError: `dest` cannot be written.
    """
    reader = _Reader(lines)
    head = reader.next_line()
    if head.get("type") != "project" or not is_id(head.get("project_id")):
        raise reader.refusal("does not begin a dump of a log")
    if head.get("dump") != DUMP:
        raise reader.refusal("begins a dump of a kind that this workbench does not know")
    least_write = head.get("least_write")
    if type(least_write) is not int or least_write < 1:
        raise reader.refusal("does not say which format writers must know")
    count, known, batch = 0, set[bytes](), list[Stored]()
    with new_file(dest, head["project_id"], max(least_write, FORMAT)) as conn:
        while (line := reader.next_line()).get("type") != "end":
            if line.get("type") == "text":
                name, body = reader.taken(_text, line)
                conn.execute("INSERT INTO text VALUES (?, ?)", (name, body))
            elif line.get("type") == "change":
                batch.append(reader.taken(_change, line))
                name = batch[-1].id
                count += 1
            else:
                raise reader.refusal("is neither a text nor a change")
            if name in known:
                raise reader.refusal("says what an earlier line says")
            known.add(name)
            if len(batch) == BATCH:
                add_rows(conn, batch)
                batch.clear()
        reader.end(line)
        add_rows(conn, batch)
    return count


class _Reader:
    """Lines of a dump, with the number of the one at hand for what is to be said of it."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines = iter(lines)
        self.number = 0

    def next_line(self) -> Line:
        """The next line; InputError where there is none or it is no JSON object."""
        self.number += 1
        try:
            line = json.loads(next(self.lines))
        except StopIteration:
            raise self.refusal("is missing: the dump was cut off") from None
        except (ValueError, RecursionError):
            raise self.refusal("is not JSON") from None
        if not isinstance(line, dict):
            raise self.refusal("is not a JSON object")
        return line

    def taken(self, take: Callable[[Line], Any], line: Line) -> Any:
        """What a function makes of a line; InputError where it finds a fault."""
        try:
            return take(line)
        except (KeyError, TypeError, AttributeError):
            raise self.refusal("lacks something, or holds something else than it should") from None
        except ValueError as error:
            raise self.refusal(str(error)) from None

    def end(self, line: Line) -> None:
        """Sees to it that the last line is the last and that none is missing."""
        if line.get("lines") != self.number - 1:
            raise self.refusal(f"says that {line.get('lines')} lines come before it")
        if any(one.strip() for one in self.lines):
            self.number += 1
            raise self.refusal("comes after the end")

    def refusal(self, why: str) -> InputError:
        """An error for the line at hand."""
        return InputError(f"line {self.number} {why}; nothing was written")


def _text(line: Line) -> tuple[bytes, str]:
    name, body = _bytes(line["hash"]), line["body"]
    if why := verify.text_fault(name, body):
        raise ValueError(f"holds a text that {why}")
    return name, body


def _change(line: Line) -> Stored:
    payload = line["payload"]
    row = Stored(
        0,
        _bytes(line["id"]),
        line["kind"],
        _bytes(line["thing"]),
        ",".join(line["fields"]),
        _bytes(line["analyst"]),
        line["lamport"],
        line["wall"],
        b"".join(_bytes(one) for one in line["supersedes"]),
        _bytes(line["payload_hash"]),
        None if payload is None else _bytes(payload["salt"]),
        None if payload is None else payload["body"],
    )
    if why := verify.fault(row):
        raise ValueError(f"holds a change that {why}")
    return row


def _bytes(identifier: object) -> bytes:
    if not is_id(identifier):
        raise ValueError("holds something that is no id")
    return to_bytes(str(identifier))
