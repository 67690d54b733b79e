"""Keeps the search index of one project in step with what the project holds.

The project decides what can be found; the index only knows how it is cut into words. What a file in the
user's cache folder holds of it is not cut again, little is cut at once, and much by `indexing`, in other
processes, while what is there already answers. Everything here happens in the thread that asks.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from workbench import config
from workbench.indexing import Builder, cache_file
from workbench.model import Answer, HitKind, SimilarAnswer, SimilarArticles, Span
from workbench.search import storage
from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.store import findable
from workbench.store.collecting import give_back_memory, no_garbage_collection
from workbench.store.findable import FindableArticle, FindableComment, FindableNote, FindablePassage
from workbench.store.rows import text_body
from workbench.store.store import Store

KINDS: tuple[HitKind, ...] = ("text", "title", "quote", "note", "comment")
LITTLE = 2_000_000
"""Code points that are cut at once, about 20,000 sentences; more is left to `indexing`."""
_REMEMBERED = 8_000_000  # code points of texts that hits were read from

Progress = Callable[[int, int], None]
"""Told how many documents can be found, of how many."""


class Searcher:
    """The search over a project: opens or builds the index when it is first asked, and follows changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = SearchIndex(self._text)
        self._articles: dict[str, FindableArticle] = {}
        self._documents: dict[HitKind, dict[bytes, Document]] = {}
        self._stale: set[HitKind] = set(KINDS)
        self._unreadable: set[bytes] = set()
        self._waiting: set[bytes] = set()
        self._builder: Builder | None = None
        self._texts: dict[str, str] = {}
        self._held = 0
        self._is_open = False
        self._has_cache = True

    def forget(self, *kinds: HitKind) -> None:
        """Says that things of these kinds have changed."""
        self._stale.update(kinds)

    def close(self) -> None:
        """Ends what is being built."""
        if self._builder is not None:
            self._builder.close()

    def search(
        self,
        query: str,
        *,
        limit: int,
        scope: frozenset[HitKind] | None,
        article: str | None,
        cancelled: Callable[[], bool] | None,
        partial: bool,
    ) -> Answer:
        """See `Project.search`."""
        began = time.perf_counter()
        index = self._fresh() if partial else self.ready()
        answer = index.search(query, limit=limit, scope=scope, article=article, cancelled=cancelled)
        total = sum(map(len, self._documents.values()))
        took = (time.perf_counter() - began) * 1000
        return replace(answer, ms=took, indexed=total - len(self._waiting), to_index=total)

    def ready(self, progress: Progress | None = None) -> SearchIndex:
        """The index of everything; waits until it is built.

        Args:
            progress: told now and then how many documents can be found, of how many.
        """
        self._fresh()
        while self._builder is not None:
            self._take(self._builder, patience=0.1)
            if progress:
                total = sum(map(len, self._documents.values()))
                progress(total - len(self._waiting), total)
            self._fresh()
        return self._index

    def similar(
        self,
        article: str,
        span: Span,
        text: str,
        *,
        limit: int,
        cancelled: Callable[[], bool] | None,
        partial: bool,
    ) -> SimilarAnswer:
        """See `Project.similar`; `text` stands at `span` in the article of that id."""
        index = self._fresh() if partial else self.ready()
        began = time.perf_counter()
        hits = index.similar(text, article=article, limit=limit, cancelled=cancelled)
        total = sum(map(len, self._documents.values()))
        took = (time.perf_counter() - began) * 1000
        return SimilarAnswer(
            article, *span, text, took, tuple(hits), indexed=total - len(self._waiting), to_index=total
        )

    def similar_articles(
        self, article: str, *, limit: int, cancelled: Callable[[], bool] | None, partial: bool
    ) -> SimilarArticles:
        """See `Project.similar_articles`."""
        index = self._fresh() if partial else self.ready()
        found = index.similar_articles(article, limit=limit, cancelled=cancelled)
        total = sum(map(len, self._documents.values()))
        return SimilarArticles(tuple(found), indexed=total - len(self._waiting), to_index=total)

    def _fresh(self) -> SearchIndex:
        """The index as the project stands now, as far as it is built."""
        if self._stale:
            with no_garbage_collection():
                self._read()
        builder = self._builder
        if builder is not None:
            is_done = builder.is_done  # asked first: what it said until then is there to be taken
            self._take(builder)
            if is_done:
                builder.close()
                self._builder = None
                self._waiting = set()
                self._cut(self._index.follow(self._keyed()))
        return self._index

    def _read(self) -> None:
        """Reads what has changed, and sees to it that it can be found."""
        stale, self._stale = self._stale, set()
        with self._store.reading() as conn:
            if {"text", "title"}.intersection(stale):
                self._articles = findable.articles(conn)
            for kind in stale:
                self._documents[kind] = {one.key: one for one in self._of_kind(conn, kind)}
            if "quote" in stale and "text" not in stale:
                self._mark_tagged(findable.tagged(conn))
        documents = self._keyed()
        if not self._is_open:
            self._is_open = True
            path = self._cache()
            stored = storage.read(path, self._store.project_id) if path else None
            if stored:
                self._index.take([stored], documents)
        self._cut(self._index.follow(documents))

    def _of_kind(self, conn: sqlite3.Connection, kind: HitKind) -> Iterator[Document]:
        """All there is of a kind."""
        articles = self._articles
        if kind == "note":
            return map(_of_note, findable.all_notes(conn))
        if kind == "title":
            return (_within(one, kind, one.id, one.title) for one in articles.values() if one.title)
        if kind == "text":
            tagged = findable.tagged(conn)
            return (_of_text(one, tagged.get(one.id, ())) for one in articles.values())
        passages = findable.passages(conn)
        if kind == "quote":
            return (_of_passage(articles[one.article], one) for one in passages.values())
        return (
            _of_comment(articles[passages[one.passage].article], passages[one.passage], one)
            for one in findable.comments(conn)
            if one.passage in passages
        )

    def _mark_tagged(self, tagged: Mapping[str, tuple[Span, ...]]) -> None:
        """Lets the texts' documents say which ranges carry tags now."""
        for key, document in self._documents["text"].items():
            if document.tagged != tagged.get(document.thing, ()):
                self._documents["text"][key] = replace(document, tagged=tagged.get(document.thing, ()))

    def _cut(self, missing: Iterable[Document]) -> None:
        """Has documents cut that are not yet. A text that could not be read is not tried again."""
        new = {document.key: document for document in missing}
        new = {key: document for key, document in new.items() if key not in self._waiting | self._unreadable}
        much = sum(document.size for document in new.values()) > LITTLE
        path = self._cache() if much else None
        if path is None:
            self._unreadable |= self._index.add(new.values())
        elif self._builder is None:
            self._builder = Builder(self._store.path, self._store.project_id, path)
            self._builder.start(list(new.values()), self._keyed())
            self._waiting = set(new)
        # Else the builder is at work; what is still missing when it is done is looked at again.

    def _take(self, builder: Builder, patience: float = 0.0) -> None:
        """Lets what a builder has finished be found."""
        news = list(builder.news(patience))
        if not news:
            return
        documents = self._keyed()
        for path, whole in news:
            if whole:  # the parts go before it comes: there is no need to hold everything twice
                self._index = SearchIndex(self._text)
                give_back_memory()
            stored = storage.read(path, self._store.project_id)
            if stored:
                self._index.take([stored], documents)
            if whole:
                self._has_cache = stored is not None
            self._waiting.difference_update(stored.keys if stored else ())
            if whole and stored:
                self._unreadable |= self._waiting
        self._cut(self._index.follow(documents))
        give_back_memory()

    def _text(self, document: Document) -> str:
        """The text of a document, remembered for a while: hits of one article often come together."""
        if document.text is not None:
            return document.text
        text = self._texts.get(document.revision)
        if text is None:
            with self._store.reading() as conn:
                text = text_body(conn, document.revision)
            self._held += len(text)
            if self._held > _REMEMBERED:
                self._texts, self._held = {}, len(text)
            self._texts[document.revision] = text
        return text

    def _keyed(self) -> dict[bytes, Document]:
        return {key: one for kind in KINDS for key, one in self._documents.get(kind, {}).items()}

    def _cache(self) -> Path | None:
        """Where the index lies, or None where there can be none."""
        if not self._has_cache:
            return None
        try:
            return cache_file(config.search_folder(), self._store.project_id)
        except OSError:
            return None


def _of_note(note: FindableNote) -> Document:
    return Document(
        "note", note.id, note.text, None, note.title, None, None, 0, None, None, (), None, (note.analyst,)
    )


def _of_text(article: FindableArticle, tagged: tuple[Span, ...]) -> Document:
    return Document(
        "text",
        article.id,
        None,
        article.title,
        article.publisher or article.label,
        article.id,
        article.file,
        0,
        article.publisher,
        article.published,
        (),
        article.grade,
        (),
        tagged,
        article.text_hash,
        article.chars,
    )


def _of_passage(article: FindableArticle, passage: FindablePassage) -> Document:
    return _within(article, "quote", passage.id, passage.quote, passage, passage.analysts)


def _of_comment(article: FindableArticle, passage: FindablePassage, comment: FindableComment) -> Document:
    return _within(article, "comment", comment.id, comment.body, passage, (comment.analyst,))


def _within(
    article: FindableArticle,
    kind: HitKind,
    thing: str,
    text: str | None,
    passage: FindablePassage | None = None,
    analysts: tuple[str, ...] = (),
) -> Document:
    """A document that belongs to an article."""
    return Document(
        kind,
        thing,
        text,
        article.title,
        article.publisher or article.label,
        article.id,
        article.file,
        passage.start if passage else 0,
        article.publisher,
        article.published,
        passage.tags if passage else (),
        article.grade,
        analysts,
    )
