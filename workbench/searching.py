"""Keeps the search index of one project in step with what the project holds.

The project decides what can be found; the index only knows how it is cut into words. What a file in the
user's cache folder holds of it is not cut again, little is cut at once, and much by `indexing`, in other
processes, while what is there already answers. Everything here happens in the thread that asks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from workbench import config
from workbench.documents import KINDS, Documents
from workbench.indexing import Builder
from workbench.model import Answer, HitKind, SimilarAnswer, SimilarArticles, Span
from workbench.search import storage
from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.store.collecting import give_back_memory, no_garbage_collection
from workbench.store.rows import text_body
from workbench.store.store import Store

LITTLE = 2_000_000
"""Code points that are cut at once, about 20,000 sentences; more is left to `indexing`."""
_REMEMBERED = 4_000_000  # code points of texts that hits were read from
_PATIENCE = 0.1  # seconds

Progress = Callable[[int, int], None]
"""Told how many documents can be found, of how many."""


class Extent(NamedTuple):
    """How many documents can be found, of how many."""

    indexed: int
    to_index: int


class Searcher:
    """The search over a project: opens or builds the index when it is first asked, and follows changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents = Documents()
        self._stale: set[HitKind] = set(KINDS)
        self._seen: tuple[object, object] = (None, None)
        self._index = SearchIndex(self._text)
        self._is_open = False
        self._builder: Builder | None = None
        self._is_alone = False
        self._waiting: set[bytes] = set()
        self._unreadable: set[bytes] = set()
        self._texts: dict[str, str] = {}
        self._held = 0

    def forget(self, *kinds: HitKind) -> None:
        """Says that things of these kinds have changed."""
        self._stale.update(kinds)

    def close(self) -> None:
        """Ends what is being built."""
        if self._builder is not None:
            self._builder.close()

    @property
    def extent(self) -> Extent:
        """How much can be found by now."""
        total = len(self._documents.by_key)
        return Extent(total - len(self._waiting), total)

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
        took = (time.perf_counter() - began) * 1000
        return replace(answer, ms=took, indexed=self.extent.indexed, to_index=self.extent.to_index)

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
        took = (time.perf_counter() - began) * 1000
        return SimilarAnswer(article, *span, text, took, tuple(hits), *self.extent)

    def similar_articles(
        self, article: str, *, limit: int, cancelled: Callable[[], bool] | None, partial: bool
    ) -> SimilarArticles:
        """See `Project.similar_articles`."""
        index = self._fresh() if partial else self.ready()
        found = index.similar_articles(article, limit=limit, cancelled=cancelled)
        return SimilarArticles(tuple(found), *self.extent)

    def ready(self, progress: Progress | None = None) -> SearchIndex:
        """The index of everything; waits until it is built.

        Args:
            progress: told now and then how many documents can be found, of how many.
        """
        self._fresh()
        while self._waiting or self._builder is not None:
            if self._builder is not None:
                self._take(self._builder, _PATIENCE)
            if progress:
                progress(*self.extent)
            self._fresh()
        return self._index

    def _fresh(self) -> SearchIndex:
        """The index as the project stands now, as far as it is built."""
        self._look()
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
                self._is_alone = not self._waiting.isdisjoint(builder.keys)  # it failed
        if self._builder is None and self._waiting:
            self._waiting = set()
            self._cut(self._index.follow(self._documents.by_key))
        return self._index

    def _look(self) -> None:
        """Notices that another program has written, or that the analyst goes by another name."""
        with self._store.reading() as conn:
            version = conn.execute("PRAGMA data_version").fetchone()
            name = conn.execute("SELECT name FROM analyst WHERE id = ?", (self._store.analyst.id,)).fetchone()
        seen = version, name
        if seen != self._seen:
            self._seen = seen
            self._stale.update(KINDS)

    def _read(self) -> None:
        """Reads what has changed, and sees to it that it can be found."""
        with self._store.reading() as conn:
            self._documents.read(conn, self._stale)
        self._stale = set()
        documents = self._documents.by_key
        if not self._is_open:
            self._is_open = True
            stored = storage.read(self._cache, self._store.project_id)
            if stored:
                self._index.take([stored], documents)
                with suppress(OSError):
                    os.utime(self._cache)  # who opened it lately keeps it
        self._cut(self._index.follow(documents))
        give_back_memory()

    def _cut(self, missing: Mapping[bytes, Document]) -> None:
        """Has documents cut that are not yet. A text that could not be read is not tried again."""
        passed_over = self._unreadable if self._is_alone else self._waiting | self._unreadable
        new = {key: document for key, document in missing.items() if key not in passed_over}
        if self._is_alone:
            new, later = _parted(new)
            self._waiting = later
        if self._is_alone or sum(document.size for document in new.values()) <= LITTLE:
            self._unreadable |= self._index.add(new.values())
        elif self._builder is None:
            self._builder = Builder(self._store.path, self._store.project_id, self._cache)
            self._builder.start(new, self._documents.by_key)
            self._waiting = set(new)
        else:  # more than a little, while a builder is at work: it is seen to when that is done
            self._waiting |= set(new)

    def _take(self, builder: Builder, patience: float = 0.0) -> None:
        """Lets what a builder has finished be found."""
        news = list(builder.news(patience))
        if not news:
            return
        documents = self._documents.by_key
        for path, whole in news:
            if whole:  # the parts go before it comes: there is no need to hold everything twice
                self._index = SearchIndex(self._text)
                give_back_memory()
            stored = storage.read(path, self._store.project_id)
            if stored is None:
                continue
            self._index.take([stored], documents)
            self._waiting.difference_update(stored.keys)
            if whole:
                self._unreadable |= builder.keys & self._waiting
                self._waiting -= builder.keys
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

    @property
    def _cache(self) -> Path:
        """Where the index lies, or will."""
        return config.search_folder() / f"{self._store.project_id}.index"


def _parted(documents: dict[bytes, Document]) -> tuple[dict[bytes, Document], set[bytes]]:
    """A little of `documents`, one at least, and the keys of the rest."""
    first: dict[bytes, Document] = {}
    size = 0
    for key, document in documents.items():
        if first and size + document.size > LITTLE:
            break
        first[key] = document
        size += document.size
    return first, documents.keys() - first.keys()
