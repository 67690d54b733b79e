"""What exactly a step set: each field with what it held before, as people read it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from workbench.store import changes
from workbench.store.changes import Change, Value
from workbench.store.describe import UNKNOWN, WITHHELD, earlier
from workbench.store.fold import ALIVE, PROPOSED, fold
from workbench.store.labels import KINDS, field_name, label
from workbench.store.references import REFERS
from workbench.store.rows import ANCHOR, WRITERS, text_body
from workbench.store.undo import AT_STEP, StepName, at_step

MOST_THINGS = 30
"""Changes of a step that are told in detail."""
LONGEST = 200_000
"""Code points of a value that are told."""
TEXTS = {("note", "body"), ("article", "revision")}
"""Fields that name a stored text."""
AT_BIRTH = {
    "article": {"revision"},
    "passage": {"anchor"},
    "tag": {"name", "parent", "color"},
    "tagging": {"passage", "tag"},
    "citation": {"passage", "quote", "article", "source", "start", "end"},
    "appearance": {"article", "text"},
    "note": {"title"},
    "search": {"name"},
}
"""Fields that say no more of a new thing than what it is called by."""


@dataclass(frozen=True, slots=True)
class SetField:
    """A field of a thing as a step left it.

    Attributes:
        kind, thing: what it is a field of; `about` is that in words: “tag risk”.
        field: what people call it, "" where the thing as a whole was made, deleted or brought back.
        before, after: what it held, "" for nothing. For the thing as a whole: "" or "there" or "deleted".
    """

    kind: str
    thing: str
    about: str
    field: str
    before: str
    after: str


def details(conn: sqlite3.Connection, name: StepName) -> list[SetField]:
    """What the first changes of a step set, bookkeeping aside."""
    sql = f"{changes.SELECT} WHERE {AT_STEP} AND c.kind <> 'step' ORDER BY c.seq LIMIT {MOST_THINGS}"
    own = [changes.from_row(row) for row in conn.execute(sql, at_step(name)).fetchall()]
    return [field for change in own for field in _fields(conn, change)]


def _fields(conn: sqlite3.Connection, change: Change) -> list[SetField]:
    kind, thing = change.kind, change.thing
    called = label(conn, kind, thing) or WITHHELD
    about = f"tag {called}" if kind == "tagging" else f"{KINDS.get(kind, kind)} {called}"
    if kind not in WRITERS:
        return [SetField(kind, thing, about, UNKNOWN, "", "")]
    seen = earlier(conn, change) if change.supersedes else []
    held = fold(seen) if seen else None
    told = []
    if ALIVE in change.fields:
        was = "" if held is None else "there" if held.values.get(ALIVE) else "deleted"
        now = WITHHELD if change.values is None else "there" if change.value(ALIVE) else "deleted"
        told.append(SetField(kind, thing, about, "", was, now))
    for field, value in change.setting():
        if field == ALIVE or field.endswith(PROPOSED) or (not held and field in AT_BIRTH.get(kind, ())):
            continue
        before = _text(conn, kind, field, held.values.get(field)) if held else ""
        after = WITHHELD if change.values is None else _text(conn, kind, field, value)
        if before or after:
            told.append(SetField(kind, thing, about, field_name(field), before, after))
    return told


def _text(conn: sqlite3.Connection, kind: str, field: str, value: Value) -> str:
    if value is None:
        return ""
    if (kind, field) in TEXTS:
        return text_body(conn, str(value))[:LONGEST]
    if field == "anchor" and isinstance(value, list) and len(value) == len(ANCHOR):
        return str(value[3])
    referred = dict(REFERS.get(kind, ())).get(field)
    if referred:
        return label(conn, referred, str(value)) or WITHHELD
    return str(value)[:LONGEST]
