"""A reader of project files written from db/README.md alone: nothing of the workbench is imported here."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import unicodedata
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


REFERENCES = {
    "passage": ("article",),
    "appearance": ("article",),
    "tagging": ("passage", "tag"),
    "comment": ("passage",),
    "citation": ("passage", "note"),
    "tag": ("parent", "merged_into"),
}


def fold(changes: list[Row]) -> dict[str, Row]:
    """Every thing of the log: kind, values, alive, contested, fields in conflict, first and last change."""
    by_thing = defaultdict(list)
    for change in changes:
        by_thing[change["kind"], change["thing"]].append(change)
    things = {thing: _fold_one(own) for (_, thing), own in by_thing.items()}
    while kept := [thing for thing, state in things.items() if _is_kept(things, thing, state)]:
        for thing in kept:
            things[thing] |= {"alive": True, "contested": True}
    return things


def _fold_one(own: list[Row]) -> Row:
    superseded = {(field, seen) for one in own for field in one["values"] for seen in one["supersedes"]}
    heads = defaultdict(list)
    for one in own:
        for field in one["values"]:
            if (field, one["id"]) not in superseded:
                heads[field].append(one)
    left = {field: _left(field, found) for field, found in heads.items()}
    alive, contested = _alive(heads)
    return {
        "kind": own[0]["kind"],
        "values": {field: found[-1]["values"][field] if found else None for field, found in left.items()},
        "conflicts": {field for field, found in left.items() if _in_conflict(own[0]["kind"], field, found)},
        "heads": heads,
        "alive": alive,
        "contested": contested,
        "first": own[0],
        "last": own[-1],
    }


def _left(field: str, heads: list[Row]) -> list[Row]:
    """The heads that a field's value is taken from."""
    said = [head for head in heads if head["body"] is not None]
    if field.endswith("_proposed"):
        return [head for head in said if not head["values"][field]] or said
    return [head for head in said if head["values"].get(f"{field}_proposed") is not True] or said


def _in_conflict(kind: str, field: str, left: list[Row]) -> bool:
    if kind in ("citation", "analyst") or field == "alive" or field.endswith("_proposed"):
        return False
    if (kind, field) == ("tag", "color"):
        return False
    values = [head["values"][field] for head in left]
    if (kind, field) == ("tag", "name"):
        values = [unicodedata.normalize("NFKC", value).casefold() for value in values]
    return any(value != values[0] for value in values)


def _deletions(state: Row) -> list[Row]:
    deciding = [head for head in state["heads"].get("alive", []) if head["body"] is not None]
    return [head for head in deciding if not head["values"]["alive"]]


def _alive(heads: dict[str, list[Row]]) -> tuple[bool, bool]:
    deciding = [head for head in heads.get("alive", []) if head["body"] is not None]
    deletions = _deletions({"heads": heads})
    if not deletions:
        return bool(deciding), False
    edits = [edit for field, found in heads.items() if field != "alive" for edit in found]
    kept = len(deletions) < len(deciding) or any(_unseen(edit, deletions) for edit in edits)
    return kept, kept


def _unseen(edit: Row, deletions: list[Row]) -> bool:
    return all(
        _step(edit) != _step(deletion)
        and edit["id"] not in deletion["supersedes"]
        and deletion["id"] not in edit["supersedes"]
        for deletion in deletions
    )


def _step(change: Row) -> tuple[str, int, int]:
    return change["analyst"], change["lamport"], change["wall"]


def _is_kept(things: dict[str, Row], thing: str, state: Row) -> bool:
    """Whether something alive that refers to a deleted thing was not seen by its deleters."""
    deletions = _deletions(state)
    if state["alive"] or not deletions:
        return False
    met = {thing}
    while True:
        more = {
            other
            for other, one in things.items()
            if one["alive"]
            and other not in met
            and any(one["values"].get(field) in met for field in REFERENCES.get(one["kind"], ()))
        }
        if not more:
            return False
        met |= more
        heads = [head for other in more for found in things[other]["heads"].values() for head in found]
        if any(_unseen(head, deletions) for head in heads):
            return True


def saved_searches(things: dict[str, Row]) -> dict[str, Row]:
    """The rows of the table `search` that the description tells of, by id."""
    return {
        thing: {
            "id": thing,
            "name": state["values"].get("name") or "",
            "query": state["values"].get("query") or "",
            "analyst": state["first"]["analyst"],
            "created": state["first"]["wall"],
            "changed": state["last"]["wall"],
            "deleted": int(not state["alive"]),
        }
        for thing, state in things.items()
        if state["kind"] == "search"
    }


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


def tag_key(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()


def shown_tag(tags: dict[str, Row], tag: str) -> tuple[str, bool]:
    """`resolved` and `hidden` of a tag."""
    end = chain(tags, tag, "merged_into")[-1]
    if _is_hidden(tags, end):
        return end, True
    alike = [
        other
        for other in tags
        if chain(tags, other, "merged_into") == [other]
        and not _is_hidden(tags, other)
        and tag_key(tag_path(tags, other)) == tag_key(tag_path(tags, end))
    ]
    return min(alike), False


def _is_hidden(tags: dict[str, Row], tag: str) -> bool:
    return any(not tags[above]["alive"] for above in chain(tags, tag, "parent"))
