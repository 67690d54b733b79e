"""Keeps the search index of one project in step with what the project holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench.model import Answer, Article, HitKind, Passage
from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.store import notes, reading
from workbench.store.rows import text_body
from workbench.store.store import Store

KINDS: tuple[HitKind, ...] = ("text", "title", "quote", "note", "comment")


class Searcher:
    """Builds the index on the first search and follows changes before each later one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index: SearchIndex | None = None
        self._known: dict[tuple[HitKind, str], Document] = {}
        self._stale: set[HitKind] = set()

    def forget(self, *kinds: HitKind) -> None:
        """Says that things of these kinds have changed."""
        self._stale.update(kinds)

    @property
    def sentences(self) -> int:
        """How many sentences and other pieces are searched."""
        return self._fresh().sentences

    def search(
        self,
        query: str,
        *,
        limit: int,
        scope: frozenset[HitKind] | None,
        article: str | None,
        cancelled: Callable[[], bool] | None,
    ) -> Answer:
        """See `Project.search`."""
        return self._fresh().search(query, limit=limit, scope=scope, article=article, cancelled=cancelled)

    def _fresh(self) -> SearchIndex:
        """The index as the project stands now: built anew, or only what is different replaced."""
        stale, self._stale = self._stale, set()
        if self._index is None:
            documents = list(self._documents(*KINDS))
            self._index = SearchIndex.build(documents)
            self._known = {(one.kind, one.thing): one for one in documents}
        elif stale:
            found = {(one.kind, one.thing): one for one in self._documents(*stale)}
            known = {key: one for key, one in self._known.items() if key[0] in stale}
            gone = [key for key, one in known.items() if found.get(key) != one]
            fresh = [one for key, one in found.items() if known.get(key) != one]
            self._index.replace_all(gone, fresh)
            self._known = {key: one for key, one in self._known.items() if key[0] not in stale} | found
        return self._index

    def _documents(self, *kinds: HitKind) -> Iterator[Document]:
        with self._store.reading() as conn:
            known = {article.id: article for article in reading.articles(conn)}
            passages = reading.passages(conn) if {"quote", "comment"} & set(kinds) else []
            if "text" in kinds:
                for article in known.values():
                    yield _of_article("text", article, text_body(conn, article.text_hash))
            if "title" in kinds:
                for article in known.values():
                    if article.title:
                        yield _of_article("title", article, article.title)
            for passage in passages:
                if "quote" in kinds:
                    yield _of_passage("quote", passage, known[passage.article], passage.id, passage.quote)
                if "comment" in kinds:
                    for comment in passage.comments:
                        yield _of_passage(
                            "comment", passage, known[passage.article], comment.id, comment.body
                        )
            if "note" in kinds:
                for note in notes.all_notes(conn):
                    shown = notes.MARKER.sub("", note.body)
                    text = f"{note.title}\n\n{shown}"
                    yield Document("note", note.id, text, None, note.title, None, None, 0, None, None, ())


def _of_article(kind: HitKind, article: Article, text: str) -> Document:
    return Document(
        kind,
        article.id,
        text,
        article.title,
        article.publisher or article.label,
        article.id,
        article.file,
        0,
        article.publisher,
        article.published,
        (),
    )


def _of_passage(kind: HitKind, passage: Passage, article: Article, thing: str, text: str) -> Document:
    return Document(
        kind,
        thing,
        text,
        article.title,
        article.publisher or article.label,
        article.id,
        article.file,
        passage.start,
        article.publisher,
        article.published,
        tuple(tag.name for tag in passage.tags),
    )
