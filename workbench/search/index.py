"""The search index: the one door of this package.

It is derived data. A search reads one immutable snapshot, so any number of threads may search while one
replaces documents; a replaced document is dead in its old block and alive in a new one, and small or
largely dead blocks are joined without reading a text again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from workbench.model import Answer, HitKind
from workbench.search.block import Block, Bools, Speller, build_block, join_blocks
from workbench.search.document import Document, ReadText, held_text
from workbench.search.expansion import Expander, Expansion
from workbench.search.filters import Filters
from workbench.search.finder import Desk, find
from workbench.search.hits import Excerpts, drop_quoted, hit_of, listed
from workbench.search.query import parse
from workbench.search.vocabulary import Lexicon, Vocabulary

_BLOCK_CHARACTERS = 20_000_000
_PROGRESS_STEP = 100  # documents
_SMALL = 20_000  # rows; smaller blocks are joined at every change
_LARGELY_DEAD = 0.2


@dataclass(frozen=True, slots=True)
class _Snapshot:
    parts: tuple[tuple[Block, Bools], ...]
    lexicon: Lexicon
    expander: Expander
    filters: Filters
    excerpts: Excerpts
    rows: int


class SearchIndex:
    """Fuzzy search over sentences of texts and notes, and over whole quotes, comments and titles."""

    def __init__(self, read: ReadText = held_text) -> None:
        """Makes an empty index. `read` gives the texts that documents do not carry; any thread may ask it."""
        self._read = read
        self._vocabulary = Vocabulary()
        self._writing = Lock()
        self._filters = Filters()
        self._desk = Desk()
        self._snapshot = self._taken([])

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        progress: Callable[[int], None] | None = None,
        read: ReadText = held_text,
    ) -> SearchIndex:
        """Index `documents`; `progress` is told now and then how many are done."""
        index = cls(read)
        speller = Speller(index._vocabulary)
        parts, done = [], 0
        for batch in _batches(documents):
            block = build_block(_counted(batch, done, progress), speller, read)
            parts.append((block, np.ones(block.rows, np.bool_)))
            done += len(batch)
        index._snapshot = index._taken(parts)
        return index

    @property
    def sentences(self) -> int:
        """How many sentences and other pieces can be found."""
        return self._snapshot.rows

    def replace(self, kind: HitKind, thing: str, documents: Sequence[Document]) -> None:
        """Put `documents` in the place of what is indexed as `kind` under the id `thing` (maybe nothing)."""
        self.replace_all([(kind, thing)], documents)

    def remove(self, kind: HitKind, thing: str) -> None:
        """Forget what is indexed as `kind` under the id `thing`."""
        self.replace_all([(kind, thing)], [])

    def replace_all(self, gone: Iterable[tuple[HitKind, str]], documents: Sequence[Document]) -> None:
        """Forget everything in `gone`, pairs of kind and id, and index `documents`, in one step."""
        keys = set(gone)
        with self._writing:
            parts = [(block, _without(block, alive, keys)) for block, alive in self._snapshot.parts]
            if documents:
                block = build_block(documents, Speller(self._vocabulary), self._read)
                parts.append((block, np.ones(block.rows, np.bool_)))
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
        lexicon = snapshot.lexicon
        expansions: list[Expansion] = []
        emptied: tuple[str, ...] = ()
        hits, total = [], 0
        if not asked.blank and snapshot.rows:
            expansions = snapshot.expander.expand(asked.words, open_ended=asked.open_ended)
            parts = snapshot.filters.passing(snapshot.parts, asked, lexicon, scope, article)
            if expansions:
                rows = max(block.rows for block, _ in parts)
                with self._desk.lend(rows, len(lexicon.frequencies)) as scratch:
                    found, total = find(
                        parts, expansions, most=limit, cancelled=cancelled or _never, scratch=scratch
                    )
            else:
                found, total = listed(parts, limit)
            shown = found if scope is not None else drop_quoted(found)
            total -= len(found) - len(shown)
            if not total:
                emptied = snapshot.filters.emptying(snapshot.parts, asked, lexicon, scope, article)
            hits = [hit_of(one, snapshot.excerpts) for one in shown[: max(limit, 0)]]
        fuzzy = tuple((e.word, e.reading) for e in expansions if e.reading)
        return Answer(query, (time.perf_counter() - began) * 1000, tuple(hits), fuzzy, total, emptied)

    def _taken(self, parts: list[tuple[Block, Bools]]) -> _Snapshot:
        frequencies = np.zeros(len(self._vocabulary.terms), np.int32)
        for block, _ in parts:
            frequencies[block.posted] += np.diff(block.posting_start).astype(np.int32)
        rows = sum(int(np.count_nonzero(alive)) for _, alive in parts)
        lexicon = self._vocabulary.lexicon(frequencies)
        self._filters = Filters([block for block, _ in parts], self._filters)
        return _Snapshot(
            tuple(parts), lexicon, Expander(lexicon, rows), self._filters, Excerpts(self._read), rows
        )


def _never() -> bool:
    return False


def _counted(
    batch: Sequence[Document], before: int, progress: Callable[[int], None] | None
) -> Iterator[Document]:
    for number, document in enumerate(batch, 1):
        yield document
        if progress and (number % _PROGRESS_STEP == 0 or number == len(batch)):
            progress(before + number)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text or "")
        if size >= _BLOCK_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _without(block: Block, alive: Bools, keys: set[tuple[HitKind, str]]) -> Bools:
    gone = [n for n, document in enumerate(block.documents) if (document.kind, document.thing) in keys]
    return alive & ~np.isin(block.row_document, gone) if gone else alive


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
    return [*kept, _joined(small)] if small else kept


def _joined(parts: list[tuple[Block, Bools]]) -> tuple[Block, Bools]:
    block = join_blocks(parts)
    return block, np.ones(block.rows, np.bool_)
