"""The search index: the one door of this package.

It is derived data. A search reads one immutable snapshot, so any number of threads may search while one
changes what can be found. What is cut into words is named by a key, so a document of which only the tags or
the title changed is not read again; one that is gone stays in its block, dead, and small or largely dead
blocks are joined without reading a text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np

from workbench.model import Answer, HitKind, SimilarArticle, SimilarHit
from workbench.search import storage
from workbench.search.block import Block, Bools
from workbench.search.building import Speller, blocks_of, join_blocks
from workbench.search.document import GONE, Document, ReadText, held_text
from workbench.search.expansion import Expander, Expansion
from workbench.search.filters import Filters
from workbench.search.finder import Desk, Found, find
from workbench.search.hits import Excerpts, drop_quoted, hit_of, listed
from workbench.search.query import Query, parse
from workbench.search.similar import similar
from workbench.search.similar_articles import similar_articles
from workbench.search.similar_hits import similar_article, similar_hits
from workbench.search.storage import Stored
from workbench.search.vocabulary import Lexicon, Vocabulary

_BLOCK_ROWS = 200_000
_SMALL = 20_000  # rows; smaller blocks are joined at every change
_LARGELY_DEAD = 0.2


@dataclass(frozen=True, slots=True)
class _Snapshot:
    parts: tuple[tuple[Block, Bools], ...]
    lexicon: Lexicon
    expander: Expander
    filters: Filters
    excerpts: Excerpts
    desk: Desk
    rows: int


class Within(NamedTuple):
    """What a search is narrowed to beside its query: kinds, and the id of an article."""

    scope: frozenset[HitKind] | None
    article: str | None


class SearchIndex:
    """Fuzzy search over sentences of texts and notes, and over whole quotes, comments and titles."""

    def __init__(self, read: ReadText = held_text) -> None:
        """Makes an empty index. `read` gives the texts that documents do not carry; any thread may ask it."""
        self._read = read
        self._vocabulary = Vocabulary()
        self._writing = Lock()
        self._filters = Filters()
        self._snapshot = self._taken([])

    @classmethod
    def build(cls, documents: Collection[Document], read: ReadText = held_text) -> SearchIndex:
        """An index of `documents`."""
        index = cls(read)
        index.add(documents)
        return index

    @property
    def sentences(self) -> int:
        """How many sentences and other pieces can be found."""
        return self._snapshot.rows

    def follow(self, documents: Mapping[bytes, Document]) -> dict[bytes, Document]:
        """Lets exactly `documents`, by their keys, be found, as they are now; those not cut yet come back."""
        with self._writing:
            waiting = dict(documents)
            parts = [_following(block, waiting) for block, _ in self._snapshot.parts]
            if any(new is not old for (new, _), (old, _) in zip(parts, self._snapshot.parts, strict=True)):
                self._snapshot = self._taken(_tidied(parts))
            return waiting

    def add(self, documents: Collection[Document]) -> set[bytes]:
        """Cuts `documents` and lets them be found too; the keys of those whose text cannot be had."""
        blocks = list(blocks_of(documents, Speller(self._vocabulary), repeat(_BLOCK_ROWS), self._read))
        self._add(blocks)
        return {document.key for document in documents}.difference(*(block.keys for block in blocks))

    def take(self, stored: Iterable[Stored], documents: Mapping[bytes, Document]) -> None:
        """Lets those of `documents` be found, by their keys, that were cut into stored blocks."""
        self._add([one.block(self._vocabulary, documents) for one in stored])

    def save(self, path: Path, name: str) -> None:
        """Writes all that can be found into one file, see `storage`.

        Raises:
            OSError: it cannot be written there.
        """
        parts = self._snapshot.parts
        if parts:
            storage.write(path, name, join_blocks(parts), self._vocabulary.terms)

    def _add(self, blocks: Sequence[Block]) -> None:
        with self._writing:
            if blocks:
                parts = [*self._snapshot.parts, *((block, _living(block)) for block in blocks)]
                self._snapshot = self._taken(_tidied(parts))

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        scope: frozenset[HitKind] | None = None,
        article: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Answer:
        """The best `limit` hits for `query`, which may be any string; a blank one has none.

        Args:
            scope: kinds to look in; None is all, and then a sentence whose whole range is quoted shows once.
            article: id of the only article to look in.
            cancelled: asked between steps; when it says yes the answer is empty.
        """
        began = time.perf_counter()
        snapshot = self._snapshot
        asked = parse(query)
        expansions: list[Expansion] = []
        emptied: tuple[str, ...] = ()
        hits, total = [], 0
        if not asked.blank and snapshot.rows:
            expansions = snapshot.expander.expand(asked.words, open_ended=asked.open_ended)
            within = Within(scope, article)
            found, total = _find(snapshot, asked, expansions, within, limit, cancelled or _never)
            shown = found if scope is not None else drop_quoted(found)
            total -= len(found) - len(shown)
            if not total:
                emptied = _emptying(snapshot, asked, expansions, within, cancelled or _never)
            made = (hit_of(one, snapshot.excerpts) for one in shown[: max(limit, 0)])
            hits = [
                hit for hit in made if hit.text
            ]  # without what was readable when it was cut and is no more
        fuzzy = tuple((e.word, e.reading) for e in expansions if e.reading)
        return Answer(query, (time.perf_counter() - began) * 1000, tuple(hits), fuzzy, total, emptied)

    def similar(
        self,
        text: str,
        *,
        article: str | None,
        limit: int = 20,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[SimilarHit]:
        """The sentences of articles that say something like the passage `text`, best first.

        Args:
            article: id of the passage's own article, which is left out; None for a text of no article.
            cancelled: asked between steps; when it says yes there are none.
        """
        taken = self._snapshot
        asked, found = similar(
            text, taken.parts, taken.lexicon, taken.rows,
            without=article, most=limit, cancelled=cancelled or _never,
        )  # fmt: skip
        return similar_hits(asked, found, taken.excerpts)

    def similar_articles(
        self, article: str, *, limit: int = 20, cancelled: Callable[[], bool] | None = None
    ) -> list[SimilarArticle]:
        """The articles like the one of the id `article`, best first; none for one that is not indexed."""
        taken = self._snapshot
        found = similar_articles(
            article, taken.parts, taken.lexicon, taken.rows, most=limit, cancelled=cancelled or _never
        )
        return [similar_article(alike, taken.lexicon) for alike in found]

    def _taken(self, parts: list[tuple[Block, Bools]]) -> _Snapshot:
        frequencies = np.zeros(len(self._vocabulary.terms), np.int32)
        for block, _ in parts:
            frequencies[block.posted] += np.diff(block.posting_start).astype(np.int32)
        rows = sum(int(np.count_nonzero(alive)) for _, alive in parts)
        lexicon = self._vocabulary.lexicon(frequencies)
        self._filters = Filters([block for block, _ in parts], self._filters)
        return _Snapshot(
            tuple(parts), lexicon, Expander(lexicon, rows), self._filters, Excerpts(self._read), Desk(), rows
        )


def _find(
    snapshot: _Snapshot,
    asked: Query,
    expansions: Sequence[Expansion],
    within: Within,
    limit: int,
    cancelled: Callable[[], bool],
) -> tuple[list[Found], int]:
    """The rows that answer a query, and how many there are."""
    parts = snapshot.filters.passing(snapshot.parts, asked, snapshot.lexicon, *within)
    if not expansions:
        return listed(parts, limit)
    rows = max(block.rows for block, _ in parts)
    with snapshot.desk.lend(rows, len(snapshot.lexicon.frequencies)) as scratch:
        return find(parts, expansions, most=limit, cancelled=cancelled, scratch=scratch, desk=snapshot.desk)


def _emptying(
    snapshot: _Snapshot,
    asked: Query,
    expansions: Sequence[Expansion],
    within: Within,
    cancelled: Callable[[], bool],
) -> tuple[str, ...]:
    """The filters of a query, as typed, that leave nothing: by themselves, or of what its words find."""
    emptied = snapshot.filters.emptying(snapshot.parts, asked, snapshot.lexicon, *within)
    if emptied or not asked.filters or not expansions:
        return emptied
    _, total = _find(snapshot, replace(asked, filters=()), expansions, within, 1, cancelled)
    return tuple(one.written for one in asked.filters) if total else ()


def _never() -> bool:
    return False


def _following(block: Block, waiting: dict[bytes, Document]) -> tuple[Block, Bools]:
    """`block` with its documents as they are now, which wait no longer."""
    documents = tuple(waiting.pop(key, GONE) for key in block.keys)
    if documents != block.documents:
        block = replace(block, documents=documents)
    return block, _living(block)


def _living(block: Block) -> Bools:
    alive = np.fromiter((document is not GONE for document in block.documents), np.bool_, len(block.keys))
    living: Bools = alive[block.row_document]
    return living


def _tidied(parts: list[tuple[Block, Bools]]) -> list[tuple[Block, Bools]]:
    """`parts` with the dead rows of small or largely dead blocks dropped and small ones joined into one."""
    kept, small = [], []
    for block, alive in parts:
        dead = block.rows - int(np.count_nonzero(alive))
        if block.rows < _SMALL:
            small.append((block, alive))
        elif dead > _LARGELY_DEAD * block.rows:
            kept.append(_joined([(block, alive)]))
        else:
            kept.append((block, alive))
    if len(small) == 1 and small[0][1].all():
        return [*kept, *small]
    return [*kept, _joined(small)] if small else kept


def _joined(parts: list[tuple[Block, Bools]]) -> tuple[Block, Bools]:
    block = join_blocks(parts)
    return block, np.ones(block.rows, np.bool_)
