"""What a project holds, as documents of the search: read anew by kinds, made anew only where it differs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from workbench.model import HitKind, Span
from workbench.search.document import Document
from workbench.store import findable
from workbench.store.findable import FindableArticle, FindableComment, FindableNote, FindablePassage

KINDS: tuple[HitKind, ...] = ("text", "title", "quote", "note", "comment")


class _Made(NamedTuple):
    """A document with its key and the rows it was made of."""

    rows: tuple[Any, ...]
    key: bytes
    document: Document


class Documents:
    """All that can be found in a project, as it was read last."""

    def __init__(self) -> None:
        self._articles: dict[str, FindableArticle] = {}
        self._made: dict[HitKind, dict[str, _Made]] = {}
        self.by_key: Mapping[bytes, Document] = {}

    def read(self, conn: sqlite3.Connection, kinds: Collection[HitKind]) -> None:
        """Reads these kinds anew. Where that fails nothing has changed.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        articles = self._articles
        if not {"text", "title"}.isdisjoint(kinds):
            articles = findable.articles(conn)
        if "quote" in kinds:
            kinds = {*kinds, "text"}  # a text's document says which ranges of it carry tags
        made = {kind: self._remade(kind, dict(_rows(conn, kind, articles))) for kind in kinds}
        self._articles = articles
        self._made |= made
        self.by_key = {one.key: one.document for kind in KINDS for one in self._made.get(kind, {}).values()}

    def _remade(self, kind: HitKind, rows: Mapping[str, tuple[Any, ...]]) -> dict[str, _Made]:
        known = self._made.get(kind, {})
        made = {}
        for thing, row in rows.items():
            old = known.get(thing)
            if old is None or old.rows != row:
                document = _MAKERS[kind](*row)
                old = _Made(row, document.key, document)
            made[thing] = old
        return made


def _rows(
    conn: sqlite3.Connection, kind: HitKind, articles: Mapping[str, FindableArticle]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The ids of all there is of a kind, with the rows that a document is made of.

    What belongs to an article that another program has only just written waits for the next reading.
    """
    if kind == "note":
        yield from ((note.id, (note,)) for note in findable.all_notes(conn))
    elif kind == "title":
        yield from ((one.id, (one,)) for one in articles.values() if one.title)
    elif kind == "text":
        tagged = findable.tagged(conn)
        yield from ((one.id, (one, tagged.get(one.id, ()))) for one in articles.values())
    else:
        passages = findable.passages(conn)
        found: Iterator[tuple[str, str, tuple[Any, ...]]]
        if kind == "quote":
            found = ((one.id, one.article, (one,)) for one in passages.values())
        else:
            comments = (one for one in findable.comments(conn) if one.passage in passages)
            found = (
                (one.id, passages[one.passage].article, (passages[one.passage], one)) for one in comments
            )
        yield from ((thing, (articles[of], *rows)) for thing, of, rows in found if of in articles)


def _note(note: FindableNote) -> Document:
    return Document(
        "note", note.id, note.text, None, note.title, None, None, 0, None, None, (), analysts=(note.analyst,)
    )


def _text(article: FindableArticle, tagged: tuple[Span, ...]) -> Document:
    return _within(
        article, "text", article.id, None, tagged=tagged, revision=article.text_hash, chars=article.chars
    )


def _title(article: FindableArticle) -> Document:
    return _within(article, "title", article.id, article.title)


def _quote(article: FindableArticle, passage: FindablePassage) -> Document:
    return _within(article, "quote", passage.id, passage.quote, passage, passage.analysts)


def _comment(article: FindableArticle, passage: FindablePassage, comment: FindableComment) -> Document:
    return _within(article, "comment", comment.id, comment.body, passage, (comment.analyst,))


def _within(
    article: FindableArticle,
    kind: HitKind,
    thing: str,
    text: str | None,
    passage: FindablePassage | None = None,
    analysts: tuple[str, ...] = (),
    *,
    tagged: tuple[Span, ...] = (),
    revision: str = "",
    chars: int = 0,
) -> Document:
    """A document that belongs to an article."""
    return Document(
        kind=kind,
        thing=thing,
        text=text,
        article=article.title,
        label=article.publisher or article.label,
        article_id=article.id,
        file=article.file,
        offset=passage.start if passage else 0,
        publisher=article.publisher,
        published=article.published,
        tags=passage.tags if passage else (),
        grade=article.grade,
        analysts=analysts,
        tagged=tagged,
        revision=revision,
        chars=chars,
    )


_MAKERS: dict[HitKind, Callable[..., Document]] = {
    "text": _text, "title": _title, "quote": _quote, "note": _note, "comment": _comment,
}  # fmt: skip
