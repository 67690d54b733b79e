"""Builds small bundles for the export tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.export.bundle import Bundle
from workbench.model import Analyst, Article, Citation, Comment, Note, Passage, Tag
from workbench.resources import resource

ANNA = Analyst("A" * 26, "Anna Lytic")
BO = Analyst("B" * 26, "Bo *Bold*")
NOON = 1_795_262_400_000  # 2026-11-21T12:00:00Z


def identifier(number: int) -> str:
    """A 26-letter base32 id that differs in its first letters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    digits = "".join(letters[number // 32**power % 32] for power in range(5))
    return digits + "A" * 21


def seeds() -> dict[str, str]:
    """File name to text of the five sample articles."""
    return {
        path.name: path.read_bytes().decode()
        for path in sorted(Path(resource("seeds")).glob("*.txt"))
        if path.name[:3].isdigit()
    }


def an_article(text: str, number: int = 0, **fields: object) -> Article:
    known: dict[str, object] = {
        "id": identifier(9000 + number),
        "title": f"Title {number}",
        "publisher": None,
        "author": None,
        "published": None,
        "qualifier": "",
        "basis": "unknown",
        "url": None,
        "language": None,
        "comment": None,
        "grade": None,
        "proposed": frozenset(),
        "file": f"{number}.txt",
        "text_hash": identifier(8000 + number),
        "opening": " ".join(text.split()[:8]),
        "words": len(text.split()),
        "chars": len(text),
        "passages": 0,
        "tags": 0,
        "notes": 0,
        "imported": NOON,
    }
    return Article(**(known | fields))  # type: ignore[arg-type]


def a_tag(name: str, number: int = 0, description: str = "") -> Tag:
    return Tag(identifier(7000 + number), name, number, description, None, name[:2], 1)


def a_passage(
    article: Article,
    text: str,
    start: int,
    end: int,
    number: int,
    tags: Sequence[Tag] = (),
    comments: Sequence[tuple[Analyst, str]] = (),
) -> Passage:
    own = identifier(number)
    said = tuple(
        Comment(identifier(number * 10 + n), own, body, analyst, NOON, NOON)
        for n, (analyst, body) in enumerate(comments)
    )
    return Passage(
        own, f"Q{own[:5]}", article.id, start, end, text[start:end], tuple(tags), said, (ANNA,), (), NOON
    )


def a_citation(passage: Passage, source: str = "Title 0", lost: bool = False) -> Citation:
    return Citation(
        passage.id,
        passage.handle,
        1,
        passage.quote,
        passage.article,
        source,
        passage.start,
        passage.end,
        1,
        lost,
    )


def a_note(title: str, body: str, number: int = 0, citations: Sequence[Citation] = ()) -> Note:
    return Note(
        identifier(6000 + number), f"N{number}", title, body, ANNA, NOON, NOON + 60_000, tuple(citations)
    )


def a_bundle(
    texts: Sequence[str], ranges: Sequence[tuple[int, int, int]] = (), /, **fields: object
) -> Bundle:
    """A bundle over `texts` with a passage for each (number of the text, start, end)."""
    articles = [an_article(text, number) for number, text in enumerate(texts)]
    known: dict[str, object] = {
        "title": "A project",
        "project_id": "usvn-2023",
        "exported": NOON,
        "analyst": "Anna Lytic",
        "database_sha256": None,
        "articles": articles,
        "texts": {article.id: text for article, text in zip(articles, texts, strict=True)},
        "passages": [
            a_passage(articles[text], texts[text], start, end, number)
            for number, (text, start, end) in enumerate(ranges)
        ],
        "tags": (),
        "notes": (),
    }
    return Bundle(**(known | fields))  # type: ignore[arg-type]
