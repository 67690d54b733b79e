"""Says in words what a step did: for the status line, for undo, for the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from workbench.store.changes import Change
from workbench.store.fold import ALIVE

QUOTE_LENGTH = 32


def describe(conn: sqlite3.Connection, step: Sequence[Change]) -> str:
    """One sentence in the past tense for the changes of a step.

    What weighs most names the step: tagging a passage also makes the passage and perhaps the tag.
    """
    for kind, words in WORDS.items():
        found = [change for change in step if change.kind == kind]
        if found:
            return words(conn, found)
    return "Changed the project"


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    """The start of a text on one line, in quotation marks."""
    line = " ".join(text[: 4 * length].split())
    return f"“{line}”" if len(line) <= length else f"“{line[: length - 1].rstrip()}…”"


def _look_up(conn: sqlite3.Connection, sql: str, thing: str) -> str:
    row = conn.execute(sql, (thing,)).fetchone()
    return str(row[0]) if row and row[0] else ""


def _article(conn: sqlite3.Connection, thing: str) -> str:
    return shorten(_look_up(conn, "SELECT coalesce(title, opening) FROM article WHERE id = ?", thing))


def _passage(conn: sqlite3.Connection, thing: str) -> str:
    return shorten(_look_up(conn, "SELECT quote FROM passage WHERE id = ?", thing))


def _deleted(change: Change) -> bool:
    return ALIVE in change.fields and not change.value(ALIVE)


def _made(change: Change) -> bool:
    return ALIVE in change.fields and bool(change.value(ALIVE))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _articles(conn: sqlite3.Connection, found: list[Change]) -> str:
    first = found[0]
    what = _article(conn, first.thing) if len(found) == 1 else _count(len(found), "article")
    if _made(first):
        return f"Imported {what}" if not first.supersedes else f"Restored {what}"
    if _deleted(first):
        return f"Deleted {what}"
    return f"Edited the details of {what}"


def _notes(conn: sqlite3.Connection, found: list[Change]) -> str:
    title = shorten(_look_up(conn, "SELECT title FROM note WHERE id = ?", found[0].thing))
    if _deleted(found[0]):
        return f"Deleted the note {title}"
    return f"Wrote the note {title}" if _made(found[0]) else f"Edited the note {title}"


def _taggings(conn: sqlite3.Connection, found: list[Change]) -> str:
    row = conn.execute(
        "SELECT g.path, p.quote FROM tagging AS t JOIN tag AS g ON g.id = t.tag"
        " JOIN passage AS p ON p.id = t.passage WHERE t.id = ?",
        (found[0].thing,),
    ).fetchone()
    path, quote = row or ("", "")
    if len(found) > 1:
        verb = "Removed" if _deleted(found[0]) else "Applied"
        return f"{verb} {_count(len(found), 'tag')}"
    return (
        f"Removed {path} from {shorten(quote)}"
        if _deleted(found[0])
        else f"Tagged {shorten(quote)} with {path}"
    )


def _comments(conn: sqlite3.Connection, found: list[Change]) -> str:
    on = _passage(conn, _look_up(conn, "SELECT passage FROM comment WHERE id = ?", found[0].thing))
    if _deleted(found[0]):
        return f"Deleted a comment on {on}"
    return f"Commented on {on}" if _made(found[0]) else f"Edited a comment on {on}"


def _citations(conn: sqlite3.Connection, found: list[Change]) -> str:
    row = conn.execute(
        "SELECT c.quote, n.title FROM citation AS c JOIN note AS n ON n.id = c.note WHERE c.id = ?",
        (found[0].thing,),
    ).fetchone()
    quote, title = row or ("", "")
    return f"Put {shorten(quote)} into the note {shorten(title)}"


def _passages(conn: sqlite3.Connection, found: list[Change]) -> str:
    what = _passage(conn, found[0].thing) if len(found) == 1 else _count(len(found), "passage")
    if _deleted(found[0]):
        return f"Deleted the passage {what}" if len(found) == 1 else f"Deleted {what}"
    return f"Marked {what}" if _made(found[0]) else f"Changed the range to {what}"


def _tags(conn: sqlite3.Connection, found: list[Change]) -> str:
    change = found[0]
    path = _look_up(conn, "SELECT path FROM tag WHERE id = ?", change.thing)
    if _deleted(change):
        return f"Deleted the tag {path}"
    if _made(change):
        return f"Created the tag {path}"
    verbs = {"merged_into": "Merged", "name": "Renamed", "parent": "Moved", "color": "Recoloured"}
    verb = next((word for field, word in verbs.items() if field in change.fields), "Described")
    return f"{verb} the tag {path}"


def _project(conn: sqlite3.Connection, found: list[Change]) -> str:
    title = shorten(_look_up(conn, "SELECT title FROM project WHERE id = ?", found[0].thing))
    return f"Titled the project {title}"


WORDS: dict[str, Callable[[sqlite3.Connection, list[Change]], str]] = {
    "article": _articles,
    "citation": _citations,
    "note": _notes,
    "comment": _comments,
    "tagging": _taggings,
    "passage": _passages,
    "tag": _tags,
    "project": _project,
}
"""Kinds by weight: the first that occurs in a step names it."""
