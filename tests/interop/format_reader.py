"""A reader of project files written from db/README.md alone: nothing of the workbench is imported here."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def hashed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def name(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def derived_id(*parts: object) -> str:
    """D(a, b, …) of the description."""
    return name(hashed(canonical(list(parts))))


def open_read_only(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    return conn


def read_changes(conn: sqlite3.Connection) -> list[Row]:
    """The log in the order of (lamport, id), ids as text, `values` by field name."""
    found = []
    for row in conn.execute("SELECT * FROM change LEFT JOIN payload ON payload.change = change.seq"):
        seen = row["supersedes"]
        fields = row["fields"].split(",")
        values = [None] * len(fields) if row["body"] is None else json.loads(row["body"])
        found.append(
            {
                "id": name(row["id"]),
                "kind": row["kind"],
                "thing": name(row["thing"]),
                "values": dict(zip(fields, values, strict=True)),
                "analyst": name(row["analyst"]),
                "lamport": row["lamport"],
                "wall": row["wall"],
                "supersedes": [name(seen[at : at + 16]) for at in range(0, len(seen), 16)],
                "payload_hash": row["payload_hash"],
                "salt": row["salt"],
                "body": row["body"],
            }
        )
    return sorted(found, key=lambda change: (change["lamport"], change["id"]))


def verify(change: Row) -> bool:
    """Whether a change is what its id says, and its payload what the header says."""
    header = [
        "change/1",
        change["kind"],
        change["thing"],
        list(change["values"]),
        change["analyst"],
        change["lamport"],
        change["wall"],
        change["supersedes"],
        name(change["payload_hash"]),
    ]
    withheld = change["body"] is None
    fits = withheld or hashed(change["salt"] + change["body"].encode()) == change["payload_hash"]
    return fits and name(hashed(canonical(header))) == change["id"]


def fold(changes: list[Row]) -> dict[str, Row]:
    """Every thing of the log: kind, values, alive, first and last change."""
    by_thing = defaultdict(list)
    for change in changes:
        by_thing[change["thing"]].append(change)
    return {thing: _fold_one(own) for thing, own in by_thing.items()}


def _fold_one(own: list[Row]) -> Row:
    superseded = {(field, seen) for one in own for field in one["values"] for seen in one["supersedes"]}
    heads = defaultdict(list)
    for one in own:
        for field in one["values"]:
            if (field, one["id"]) not in superseded:
                heads[field].append(one)
    return {
        "kind": own[0]["kind"],
        "values": {field: found[-1]["values"][field] for field, found in heads.items()},
        "alive": _alive(heads),
        "first": own[0],
        "last": own[-1],
    }


def _alive(heads: dict[str, list[Row]]) -> bool:
    deciding = heads.get("alive", [])
    deletions = [head for head in deciding if not head["values"]["alive"]]
    if len(deletions) < len(deciding) or not deciding:
        return bool(deciding)
    edits = [edit for field, found in heads.items() if field != "alive" for edit in found]
    return any(
        all(
            edit["id"] != deletion["id"]
            and edit["id"] not in deletion["supersedes"]
            and deletion["id"] not in edit["supersedes"]
            for deletion in deletions
        )
        for edit in edits
    )


def chain(tags: dict[str, Row], start: str, field: str) -> list[str]:
    """The tags met by following `parent` or `merged_into`; a circle is cut at its highest id."""
    met = [start]
    while True:
        above = tags[met[-1]]["values"].get(field)
        if above not in tags:
            return met
        if above in met:
            return met[: met.index(max(met[met.index(above) :])) + 1]
        met.append(above)


def tag_path(tags: dict[str, Row], tag: str) -> str:
    return "/".join(tags[one]["values"]["name"] for one in reversed(chain(tags, tag, "parent")))
