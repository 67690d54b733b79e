"""What there is to find in a project, read for the search: no more columns than it needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workbench.model import Span, label_of
from workbench.store import notes, reading
from workbench.store.articles import GRADES
from workbench.store.plausible import is_date, place


class FindableArticle(NamedTuple):
    """An article."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    grade: str | None
    file: str
    label: str
    text_hash: str
    chars: int


class FindablePassage(NamedTuple):
    """A passage with the whole names of its tags; `analysts` tagged it or wrote a comment on it."""

    id: str
    article: str
    start: int
    quote: str
    tags: tuple[str, ...]
    analysts: tuple[str, ...]


class FindableComment(NamedTuple):
    """A comment on a passage."""

    id: str
    passage: str
    body: str
    analyst: str


class FindableNote(NamedTuple):
    """A note; the marks of its quotations are left out of `text`."""

    id: str
    title: str
    text: str
    analyst: str


def articles(conn: sqlite3.Connection) -> dict[str, FindableArticle]:
    """The project's articles by id."""
    files = dict(
        conn.execute("SELECT article, file FROM appearance WHERE deleted = 0 ORDER BY lamport DESC, id DESC")
    )
    rows = conn.execute(
        "SELECT id, title, publisher, published, grade, text_hash, opening, chars"
        " FROM article WHERE deleted = 0"
    )
    return {
        identifier: FindableArticle(
            identifier,
            title,
            publisher,
            published if published and is_date(published) else None,
            grade if grade in GRADES else None,
            files.get(identifier, ""),
            label_of(title, opening),
            text_hash,
            chars,
        )
        for identifier, title, publisher, published, grade, text_hash, opening, chars in rows
    }


def tagged(conn: sqlite3.Connection) -> dict[str, tuple[Span, ...]]:
    """The ranges of each article's text that carry a tag, in code points, by the article's id."""
    found: dict[str, list[Span]] = {}
    for article, start, end, chars in conn.execute(
        'SELECT p.article, p.start, p."end", a.chars'
        " FROM shown_passage AS p JOIN article AS a ON a.id = p.article"
        " WHERE p.text_hash = a.text_hash AND p.id IN (SELECT passage FROM applied_tag)"
        " ORDER BY p.start, p.id"
    ):
        found.setdefault(article, []).append(place(start, end, chars))
    return {article: tuple(spans) for article, spans in found.items()}


def passages(conn: sqlite3.Connection) -> dict[str, FindablePassage]:
    """The shown passages by id."""
    names = _names(conn)
    tags: dict[str, dict[str, None]] = {}
    people: dict[str, dict[str, None]] = {}
    for passage, path, analyst in conn.execute(
        "SELECT t.passage, g.path, t.analyst FROM applied_tag AS t JOIN tag AS g ON g.id = t.tag"
        " ORDER BY t.lamport, t.id"
    ):
        tags.setdefault(passage, {})[path] = None
        people.setdefault(passage, {})[names.get(analyst, "")] = None
    for comment in comments(conn):
        people.setdefault(comment.passage, {})[comment.analyst] = None
    return {
        identifier: FindablePassage(
            identifier,
            article,
            place(start, end, chars if is_current else 0)[0],
            quote,
            tuple(tags.get(identifier, ())),
            tuple(people.get(identifier, ())),
        )
        for identifier, article, start, end, quote, is_current, chars in conn.execute(
            'SELECT p.id, p.article, p.start, p."end", p.quote, p.text_hash = a.text_hash, a.chars'
            " FROM shown_passage AS p JOIN article AS a ON a.id = p.article"
        )
    }


def comments(conn: sqlite3.Connection) -> Iterator[FindableComment]:
    """The comments, the first written first."""
    names = _names(conn)
    rows = conn.execute("SELECT id, passage, body, analyst FROM live_comment ORDER BY lamport, id")
    for identifier, passage, body, analyst in rows:
        yield FindableComment(identifier, passage, body, names.get(analyst, ""))


def all_notes(conn: sqlite3.Connection) -> Iterator[FindableNote]:
    """The notes.

    Raises:
        sqlite3.DatabaseError: "malformed", where a body is none of the texts that were ever written.
    """
    for note in notes.all_notes(conn):
        shown = notes.MARKER.sub("", note.body)
        yield FindableNote(note.id, note.title, f"{note.title}\n\n{shown}", note.analyst.name)


def _names(conn: sqlite3.Connection) -> Mapping[str, str]:
    return {identifier: analyst.name for identifier, analyst in reading.analysts(conn).items()}
