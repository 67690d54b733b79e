"""Notes and what they cite. A body holds full passage ids; people see and type the short handles."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping

from workbench.errors import InputError
from workbench.model import Analyst, Citation, Note
from workbench.store import reading
from workbench.store.ids import ID_LETTERS, digest, handles, random_id, text_hash, to_bytes
from workbench.store.plausible import moment
from workbench.store.rows import text_body
from workbench.store.step import Step
from workbench.text.sentences import paragraph_number

MARKER = re.compile(r"\{\{\s*[Qq]([A-Za-z2-7]{5,26})\s*\}\}")
"""A live quotation in a note's body."""


def mentioned(body: str) -> list[str]:
    """The passage ids a body names, in order of first appearance."""
    found = (match[1].upper() for match in MARKER.finditer(body))
    return list(dict.fromkeys(name for name in found if len(name) == ID_LETTERS))


def with_full_ids(conn: sqlite3.Connection, body: str) -> str:
    """The body with every handle that names exactly one passage written out."""

    def expand(match: re.Match[str]) -> str:
        name = match[1].upper()
        rows = conn.execute(
            "SELECT id FROM passage WHERE id >= ? AND id < ? LIMIT 2", (name, name + "~")
        ).fetchall()
        return f"{{{{Q{rows[0][0]}}}}}" if len(rows) == 1 else match[0]

    return MARKER.sub(expand, body)


def with_handles(body: str, short: Mapping[str, str]) -> str:
    """The body as people edit it, with handles for the ids."""
    return MARKER.sub(
        lambda match: f"{{{{{short[match[1].upper()]}}}}}" if match[1].upper() in short else match[0], body
    )


def write(step: Step, title: str, body: str, note: str | None = None) -> str:
    """Makes a note, or sets title and body of the one named; what the body names becomes a citation.

    Raises:
        InputError: the title is empty.
    """
    title = " ".join(title.split())
    if not title:
        raise InputError("a note needs a title")
    identifier = note or random_id()
    full = with_full_ids(step.conn, body)
    body_hash = text_hash(full)
    step.text(full, body_hash)
    step.create("note", identifier, title=title, body=body_hash)
    for passage in mentioned(full):
        keep_citation(step, identifier, passage)
    return identifier


def keep_citation(step: Step, note: str, passage: str) -> None:
    """Keeps the quoted words with their source and place in the note, if the passage is known."""
    citation = digest("citation", note, passage)
    known = step.conn.execute("SELECT 1 FROM citation WHERE id = ? AND deleted = 0", (citation,)).fetchone()
    row = step.conn.execute(
        "SELECT p.quote, p.article, coalesce(a.title, '[' || a.opening || ' …]'), p.start, p.\"end\""
        " FROM passage AS p JOIN article AS a ON a.id = p.article WHERE p.id = ?",
        (passage,),
    ).fetchone()
    if row is not None and known is None:
        quote, article, source, start, end = row
        step.create(
            "citation",
            citation,
            note=note,
            passage=passage,
            quote=quote,
            article=article,
            source=source,
            start=start,
            end=end,
        )


def cite(step: Step, note: str, passages: Iterable[str]) -> None:
    """Puts passages at the end of a note.

    A quotation stands in a paragraph of its own; code fences left open are closed before it.
    """
    body = step.conn.execute("SELECT body FROM note WHERE id = ?", (note,)).fetchone()[0]
    fences = len(re.findall(r"^ {0,3}(?:```|~~~)", body, re.MULTILINE))
    closing = "\n```" if fences % 2 else ""
    lead = f"{body.rstrip()}{closing}\n\n" if body.strip() else ""
    title = step.conn.execute("SELECT title FROM note WHERE id = ?", (note,)).fetchone()[0]
    quotations = "\n\n".join(f"{{{{Q{passage}}}}}" for passage in passages)
    write(step, title, f"{lead}{quotations}\n", note)


_IS_HELD = "SELECT 1 FROM text WHERE hash = ?"


def all_notes(conn: sqlite3.Connection) -> list[Note]:
    """The project's notes, last changed first.

    Raises:
        sqlite3.DatabaseError: "malformed", where a body is none of the texts that were ever written.
    """
    people = reading.analysts(conn)
    rows = conn.execute(
        "SELECT id, title, body, analyst, created, changed FROM note WHERE deleted = 0"
        " ORDER BY changed DESC, id"
    ).fetchall()
    # The table holds a copy of the text, and SQLite does not notice when a letter of it is changed.
    for _, _, body, *_ in rows:
        if body and not conn.execute(_IS_HELD, (to_bytes(text_hash(body)),)).fetchone():
            raise sqlite3.DatabaseError("malformed note")
    short = handles((row[0] for row in conn.execute("SELECT id FROM note ORDER BY id")), "N")
    passages = reading.passage_handles(conn)
    texts: dict[str, str] = {}
    return [
        Note(
            identifier,
            short[identifier],
            title,
            body,
            people.get(analyst, Analyst(analyst, "(unknown)")),
            moment(created),
            moment(changed),
            tuple(_citations(conn, identifier, body, passages, texts)),
        )
        for identifier, title, body, analyst, created, changed in rows
    ]


CITATIONS = """
SELECT coalesce(p.same_as, c.passage), c.passage, c.quote, c.article, c.source, c.start, c."end",
       q.quote, q.article, coalesce(a.title, '[' || a.opening || ' …]'), q.start, q."end", a.text_hash,
       p.id IS NULL OR p.deleted OR a.id IS NULL OR a.deleted
FROM citation AS c
LEFT JOIN passage AS p ON p.id = c.passage
LEFT JOIN passage AS q ON q.id = coalesce(p.same_as, p.id)
LEFT JOIN article AS a ON a.id = q.article
WHERE c.note = ? AND c.deleted = 0 ORDER BY c.lamport, c.id
"""


def _citations(
    conn: sqlite3.Connection, note: str, body: str, short: Mapping[str, str], texts: dict[str, str]
) -> list[Citation]:
    numbers = {passage: number for number, passage in enumerate(mentioned(body), start=1)}
    found = []
    for row in conn.execute(CITATIONS, (note,)).fetchall():
        _, passage, *places, revision, lost = row
        quote, article, source, start, end = places[:5] if lost else places[5:]
        start, end = max(start, 0), max(start, end, 0)
        if revision and revision not in texts:
            texts[revision] = text_body(conn, revision)
        found.append(
            Citation(
                passage,
                short.get(passage, f"Q{passage[:5]}"),
                numbers.get(passage),
                quote,
                article,
                source,
                start,
                end,
                paragraph_number(texts.get(revision, ""), start) if revision else 0,
                bool(lost),
            )
        )
    return sorted(found, key=lambda citation: (citation.number is None, citation.number or 0))
