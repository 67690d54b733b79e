"""What a thing goes by in one line, for lists of things of all kinds."""

from __future__ import annotations

import sqlite3

LENGTH = 60
"""Code points after which a label is cut."""

KINDS = {
    "article": "article",
    "appearance": "file of an article",
    "passage": "passage",
    "tag": "tag",
    "tagging": "tagging",
    "comment": "comment",
    "note": "note",
    "citation": "quotation",
    "search": "search",
    "project": "project",
    "analyst": "analyst",
}
"""Kinds as people call them."""

FIELDS = {
    "anchor": "range",
    "merged_into": "merged into",
    "published": "date",
    "body": "text",
    "parent": "tag above",
}
"""Fields that people call otherwise than the log does."""

_LABELS = {
    "article": "SELECT coalesce(title, opening) FROM article WHERE id = ?",
    "appearance": "SELECT file FROM appearance WHERE id = ?",
    "passage": "SELECT quote FROM passage WHERE id = ?",
    "tag": "SELECT path FROM tag WHERE id = ?",
    "tagging": "SELECT g.path || ' on ' || p.quote FROM tagging AS t JOIN tag AS g ON g.id = t.tag"
    " JOIN passage AS p ON p.id = t.passage WHERE t.id = ?",
    "comment": "SELECT body FROM comment WHERE id = ?",
    "note": "SELECT title FROM note WHERE id = ?",
    "citation": "SELECT quote FROM citation WHERE id = ?",
    "search": "SELECT name FROM search WHERE id = ?",
    "project": "SELECT title FROM project WHERE id = ?",
    "analyst": "SELECT name FROM analyst WHERE id = ?",
}


def label(conn: sqlite3.Connection, kind: str, thing: str) -> str:
    """A thing's title, words or name on one line, "" where it has none."""
    row = conn.execute(_LABELS[kind], (thing,)).fetchone() if kind in _LABELS else None
    text = " ".join(str(row[0])[: 4 * LENGTH].split()) if row and row[0] else ""
    return text if len(text) <= LENGTH else f"{text[: LENGTH - 1].rstrip()}…"


def field_name(field: str) -> str:
    """A field as people call it."""
    return FIELDS.get(field, field)
