"""What only a person can decide: versions that did not see each other, deletions of what others worked on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import NotFoundError
from workbench.model import Analyst
from workbench.store import changes, notes, reading
from workbench.store.changes import Change, Value
from workbench.store.fold import ALIVE, fold
from workbench.store.ids import text_hash
from workbench.store.labels import label
from workbench.store.plausible import moment
from workbench.store.rows import marks, text_body
from workbench.store.step import Step
from workbench.store.undo import mark_of, name_of


@dataclass(frozen=True, slots=True)
class Version:
    """One of several values of a field.

    Attributes:
        text: the value as people read it: a note's Markdown, a range's words.
        analyst, when: who set it last, and at what UTC milliseconds.
        shown: the tables show this one until somebody decides.
    """

    value: Value
    text: str
    analyst: Analyst
    when: int
    shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that several analysts set without sight of each other.

    Attributes:
        label: what the thing goes by; article: the article it lies in, where there is one.
        base: the text they all started from, None where there is none or it differs.
        versions: at least two, the one that is shown last.
        seen: the changes they rest on, which a decision between them has seen; `resolve` takes them.
    """

    kind: str
    thing: str
    field: str
    label: str
    article: str | None
    base: str | None
    versions: tuple[Version, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """Something deleted that lives all the same, since the deleters had not seen somebody's work on it.

    Attributes:
        deleted: who deleted it and when (UTC milliseconds), latest last.
    """

    kind: str
    thing: str
    label: str
    article: str | None
    deleted: tuple[tuple[Analyst, int], ...]


def conflicts(conn: sqlite3.Connection) -> list[Conflict]:
    """All fields in conflict, by kind and label."""
    rows = conn.execute(
        "SELECT kind, thing, field FROM conflict AS c WHERE NOT EXISTS (SELECT 1 FROM deletion AS d"
        " WHERE d.kind = c.kind AND d.thing = c.thing AND contested = 0) ORDER BY kind, thing, field"
    ).fetchall()
    histories = changes.of_things(conn, dict.fromkeys((kind, thing) for kind, thing, _ in rows))
    people = reading.analysts(conn)
    found = []
    for kind, thing, field in rows:
        history = histories[kind, thing]
        state = fold(history)
        groups = state.versions(field)
        found.append(
            Conflict(
                kind,
                thing,
                field,
                label(conn, kind, thing),
                article_of(conn, kind, thing),
                _base(conn, kind, field, history, groups),
                tuple(
                    _version(conn, kind, field, history, group, people, group is groups[-1])
                    for group in groups
                ),
                tuple(head.id for head in state.heads[field] if head.values is not None),
            )
        )
    return sorted(found, key=lambda one: (one.kind, one.label, one.thing, one.field))


def contested(conn: sqlite3.Connection) -> list[Contested]:
    """All contested deletions, by kind and label."""
    rows = conn.execute(
        "SELECT kind, thing FROM deletion WHERE contested = 1 ORDER BY kind, thing"
    ).fetchall()
    people = reading.analysts(conn)
    found = []
    for (kind, thing), history in changes.of_things(conn, rows).items():
        deletions = [_origin(conn, history, one, ALIVE) for one in fold(history).deletions]
        deleted = tuple((_person(people, one), moment(one.wall)) for one in deletions)
        found.append(Contested(kind, thing, label(conn, kind, thing), article_of(conn, kind, thing), deleted))
    return sorted(found, key=lambda one: (one.kind, one.label, one.thing))


def disputed(conn: sqlite3.Connection) -> frozenset[str]:
    """Ids of everything to be marked: what is in conflict or contested, and the passages of such comments."""
    rows = conn.execute(
        "SELECT kind, thing FROM conflict UNION SELECT kind, thing FROM deletion WHERE contested = 1"
    ).fetchall()
    passages = [place for kind, thing in rows if (place := _passage_of(conn, kind, thing))]
    shown = {
        one
        for part in changes.parts(passages)
        for (one,) in conn.execute(f"SELECT same_as FROM passage WHERE id IN ({marks(part)})", part)
    }
    return frozenset({thing for _, thing in rows}.union(passages, shown - {None}))


def resolve(step: Step, kind: str, thing: str, field: str, value: Value, seen: Sequence[str]) -> None:
    """Settles a field: one change in place of the versions that were seen; one that came in since stays.

    Args:
        value: for a note's body its Markdown, else what the field holds.
        seen: `Conflict.seen`.

    Raises:
        NotFoundError: the field is in no conflict.
    """
    _require(step, "conflict", "kind = ? AND thing = ? AND field = ?", (kind, thing, field))
    if kind == "note" and field == "body":
        body = notes.with_full_ids(step.conn, str(value))
        value = text_hash(body)
        step.text(body, value)
        for passage in notes.mentioned(body):
            notes.keep_citation(step, thing, passage)
    step.settle(kind, thing, field, value, seen)


def decide(step: Step, kind: str, thing: str, *, keep: bool) -> None:
    """Settles a contested deletion: the thing stays, or goes with everything that refers to it.

    Raises:
        NotFoundError: nobody contests that.
    """
    _require(step, "deletion", "kind = ? AND thing = ? AND contested = 1", (kind, thing))
    if keep:
        step.keep(kind, thing)
    else:
        step.delete(kind, thing)


def article_of(conn: sqlite3.Connection, kind: str, thing: str) -> str | None:
    """The article that a thing is, or lies in; None for notes, tags and what else has no place."""
    if kind == "article":
        return thing
    passage = _passage_of(conn, kind, thing)
    row = conn.execute("SELECT article FROM passage WHERE id = ?", (passage,)).fetchone()
    return str(row[0]) if row else None


def _passage_of(conn: sqlite3.Connection, kind: str, thing: str) -> str | None:
    if kind == "passage":
        return thing
    if kind not in ("tagging", "comment"):
        return None
    row = conn.execute(f"SELECT passage FROM {kind} WHERE id = ?", (thing,)).fetchone()
    return str(row[0]) if row else None


def _require(step: Step, table: str, condition: str, parameters: Sequence[str]) -> None:
    if not step.conn.execute(f"SELECT 1 FROM {table} WHERE {condition}", parameters).fetchone():
        raise NotFoundError("there is nothing to decide there any more")


def _version(
    conn: sqlite3.Connection,
    kind: str,
    field: str,
    history: Sequence[Change],
    heads: Sequence[Change],
    people: dict[str, Analyst],
    shown: bool,
) -> Version:
    last = _origin(conn, history, heads[-1], field)
    value = last.value(field)
    return Version(value, _text(conn, kind, field, value), _person(people, last), moment(last.wall), shown)


def _text(conn: sqlite3.Connection, kind: str, field: str, value: Value) -> str:
    if kind == "note" and field == "body":
        return text_body(conn, str(value))
    if field == "anchor" and isinstance(value, list) and len(value) > 3:
        return str(value[3])
    if field in ("parent", "merged_into"):
        return label(conn, "tag", str(value)) if value else ""
    return "" if value is None else str(value)


def _base(
    conn: sqlite3.Connection, kind: str, field: str, history: Sequence[Change], groups: Sequence[list[Change]]
) -> str | None:
    """What all versions started from: the value in the changes of this field that lie behind every one."""
    known = {change.id: change for change in history}
    behind = [_behind(known, (_origin(conn, history, head, field) for head in group)) for group in groups]
    common = set.intersection(*behind)
    earlier = [one for one in history if one.id in common and field in one.fields]
    return _text(conn, kind, field, fold(earlier).values.get(field)) if earlier else None


def _behind(known: Mapping[str, Change], later: Iterable[Change]) -> set[str]:
    """Everything that these changes replaced, directly or through others."""
    met: set[str] = set()
    waiting = [seen for change in later for seen in change.supersedes]
    while waiting:
        name = waiting.pop()
        if name in known and name not in met:
            met.add(name)
            waiting += known[name].supersedes
    return met


def _origin(conn: sqlite3.Connection, history: Sequence[Change], change: Change, field: str) -> Change:
    """The change that first said what an undo brought back; any other change is its own origin."""
    if mark_of(conn, name_of(change)) is None:
        return change
    value = change.value(field)
    return next(one for one in history if field in one.fields and one.value(field) == value)


def _person(people: dict[str, Analyst], change: Change) -> Analyst:
    return people.get(change.analyst, Analyst(change.analyst, "(unknown)"))
