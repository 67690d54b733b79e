"""Which rows of a block a query's filters and the caller's scope let through, as masks.

While one types, most filters of a query stay, and so do the documents of a block. What each filter lets
through is therefore worked out once a block, on the distinct names, dates and grades that occur in it, and
remembered; a search only joins masks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

import numpy as np

from workbench.model import HitKind
from workbench.search.block import Block, Bools
from workbench.search.document import Document
from workbench.search.query import (
    ByAnalyst,
    DateLimit,
    Filter,
    GradeLimit,
    Phrase,
    Query,
    Source,
    Tagged,
    Untagged,
    Within,
    Without,
    folded_name,
)
from workbench.search.vocabulary import Lexicon

Parts = Sequence[tuple[Block, Bools]]
"""Blocks, and which of their rows are alive."""

_REMEMBERED = 24
"""Masks a block, of a byte a row each."""
_ANY_OF = (Source, Within)
_TAKES_TAGS = frozenset({"text", "quote", "comment"})

T = TypeVar("T")


class _Scope(Within):
    """It must be of one of these kinds: the caller's wish, beside what the query says of kinds."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _InArticle(Filter):
    """It must lie in one article: the caller's wish, not an operator."""

    article: str


class Filters:
    """The filters of one snapshot of the index. Any number of threads may ask."""

    def __init__(self, blocks: Iterable[Block] = (), earlier: Filters | None = None) -> None:
        """Takes the blocks of a snapshot; what `earlier` remembers of those it shares is kept."""
        known: dict[int, _Masks] = earlier._masks if earlier else {}
        # A block is alive as long as its masks are, so that an id names one block only.
        self._masks: dict[int, _Masks] = {
            id(block): known.get(id(block)) or _Masks(block) for block in blocks
        }

    def passing(
        self,
        parts: Parts,
        query: Query,
        lexicon: Lexicon,
        scope: frozenset[HitKind] | None,
        article: str | None,
    ) -> list[tuple[Block, Bools | None]]:
        """The blocks with the rows (read-only) that are alive and pass everything; None where all do.

        Args:
            scope: kinds to let through, whatever the query says; None for all.
            article: id of the only article to let through.
        """
        return self._passing(parts, [*_wished(scope, article), *query.filters], lexicon)

    def emptying(
        self,
        parts: Parts,
        query: Query,
        lexicon: Lexicon,
        scope: frozenset[HitKind] | None,
        article: str | None,
    ) -> tuple[str, ...]:
        """The query's filters, as typed, because of which no row passes; () if some do, or none would anyway.

        Those that leave nothing of what lies in `scope` and `article` by themselves, else all of them.
        """
        wished = _wished(scope, article)

        def leave_nothing(*filters: Filter) -> bool:
            passing = self._passing(parts, [*wished, *filters], lexicon)
            return not any(block.rows if rows is None else rows.any() for block, rows in passing)

        if not query.filters or leave_nothing() or not leave_nothing(*query.filters):
            return ()
        alone = [one for one in query.filters if leave_nothing(one)]
        return tuple(dict.fromkeys(one.written for one in alone or query.filters))

    def _passing(
        self, parts: Parts, filters: Sequence[Filter], lexicon: Lexicon
    ) -> list[tuple[Block, Bools | None]]:
        passing: list[tuple[Block, Bools | None]] = []
        for block, alive in parts:
            masks = [self._masks[id(block)].mask(one, lexicon) for one in filters]
            passed = _joined(filters, masks)
            if not alive.all():
                passed = alive if passed is None else alive & passed
            passing.append((block, passed))
        return passing


class _Column(Generic[T]):
    """A property of a block's documents: the distinct values, and which of them each document has."""

    def __init__(self, values: Iterable[T]) -> None:
        numbers: dict[T, int] = {}
        self._codes = np.fromiter((numbers.setdefault(one, len(numbers)) for one in values), np.int32)
        self._values = list(numbers)

    def where(self, test: Callable[[T], bool]) -> Bools:
        """The documents whose value passes."""
        passed: Bools = np.fromiter(map(test, self._values), np.bool_)[self._codes]
        return passed


class _Names(_Column[tuple[str, ...]]):
    """The names a document goes by, or those that lie on it."""

    def __init__(self, values: Iterable[tuple[str, ...]]) -> None:
        super().__init__(values)
        names = {name for value in self._values for name in value}
        self._lines = {
            name: "/".join(f" {folded_name(level)}" for level in name.split("/")) for name in names
        }

    def like(self, path: Sequence[str]) -> Bools:
        """The documents with a name that has, one below the other, levels with words that begin so."""
        begins = [f" {level}" for level in path]
        named = {name for name, line in self._lines.items() if begins[0] in line}
        if len(begins) > 1:
            named = {name for name in named if _lie_in(begins, self._lines[name].split("/"))}
        return self.where(lambda names: not named.isdisjoint(names))


class _Masks:
    """What filters let through in one block, and the columns they look at, both made when first wanted."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._known: dict[Filter, Bools] = {}

    def mask(self, one: Filter, lexicon: Lexicon) -> Bools:
        """The rows that `one` lets through, read-only.

        Words unknown to `lexicon` are in none of its blocks, so what is remembered holds in later ones too.
        """
        found = self._known.get(one)
        if found is None:
            found = self._rows(one, lexicon)
            found.flags.writeable = False
            if len(self._known) >= _REMEMBERED:
                self._known = {}  # in one step: other threads may be reading the old ones
            self._known[one] = found
        return found

    def _rows(self, one: Filter, lexicon: Lexicon) -> Bools:
        match one:
            case Phrase(words):
                return self._holding(words, lexicon)
            case Without(words):
                return ~self._holding(words, lexicon)
        rows: Bools = self._documents(one)[self._block.row_document]
        return rows & ~self._under_tags() if isinstance(one, Untagged) else rows

    def _documents(self, one: Filter) -> Bools:
        match one:
            case Source(path):
                return self._sources.like(path)
            case Tagged(path):
                return self._tags.like(path)
            case ByAnalyst(path):
                return self._analysts.like(path)
            case DateLimit():
                return self._dates.where(one.allows)
            case GradeLimit():
                return self._grades.where(one.allows)
            case Within(kinds):
                return self._kinds.where(kinds.__contains__)
            case _InArticle(article):
                return np.fromiter((one.article_id == article for one in self._block.documents), np.bool_)
            case Untagged():
                return self._kinds.where(_TAKES_TAGS.__contains__) & self._tags.where(lambda tags: not tags)
        raise TypeError(f"no filter: {one!r}")

    def _holding(self, words: tuple[str, ...], lexicon: Lexicon) -> Bools:
        held = np.zeros(self._block.rows, np.bool_)
        numbers = [number for number in map(lexicon.find, words) if number is not None]
        if len(numbers) == len(words):
            held[self._block.rows_with_sequence(numbers)] = True
        return held

    def _under_tags(self) -> Bools:
        """The sentences that a tagged range of their text overlaps."""
        block = self._block
        texts = ((n, one) for n, one in enumerate(block.documents) if one.kind == "text")
        spans = ((n, *span) for n, one in texts for span in one.tagged)
        number, start, end = np.fromiter(chain.from_iterable(spans), np.int64).reshape(-1, 3).T
        # Rows stand in the order of documents and places, so places in all documents make one scale.
        scale = block.row_document.astype(np.int64) << 32
        first = np.searchsorted(scale | block.row_end, number << 32 | start, "right")
        after = np.searchsorted(scale | block.row_start, number << 32 | end, "left")
        covers = first < after
        steps = np.zeros(block.rows + 1, np.int32)
        np.add.at(steps, first[covers], 1)
        np.add.at(steps, after[covers], -1)
        return np.asarray(np.cumsum(steps[:-1]) > 0)

    @cached_property
    def _kinds(self) -> _Column[HitKind]:
        return _Column(one.kind for one in self._block.documents)

    @cached_property
    def _dates(self) -> _Column[str | None]:
        return _Column(one.published for one in self._block.documents)

    @cached_property
    def _grades(self) -> _Column[str | None]:
        return _Column(one.grade for one in self._block.documents)

    @cached_property
    def _sources(self) -> _Names:
        known: dict[str | None, tuple[str, ...]] = {None: ()}  # all that belongs to an article has its source
        for one in self._block.documents:
            if one.article_id not in known:
                known[one.article_id] = _source_names(one)
        return _Names(known[one.article_id] for one in self._block.documents)

    @cached_property
    def _tags(self) -> _Names:
        return _Names(one.tags for one in self._block.documents)

    @cached_property
    def _analysts(self) -> _Names:
        return _Names(one.analysts for one in self._block.documents)


def _wished(scope: frozenset[HitKind] | None, article: str | None) -> list[Filter]:
    wished: list[Filter] = []
    if scope is not None:
        wished.append(_Scope(scope))
    if article is not None:
        wished.append(_InArticle(article))
    return wished


def _joined(filters: Sequence[Filter], masks: Sequence[Bools]) -> Bools | None:
    """The rows that pass any of the masks of a kind in `_ANY_OF`, and all others."""
    passed: Bools | None = None
    either: dict[type[Filter], Bools] = {}
    for one, mask in zip(filters, masks, strict=True):
        if isinstance(one, _ANY_OF):
            known = either.get(type(one))
            either[type(one)] = mask if known is None else known | mask
        else:
            passed = mask if passed is None else passed & mask
    for mask in either.values():
        passed = mask if passed is None else passed & mask
    return passed


def _source_names(document: Document) -> tuple[str, ...]:
    """What ``@source`` looks at: a line of a .jsonl file goes by the file."""
    file, lines, _ = (document.file or "").partition(".jsonl:")
    return document.publisher or document.label, file + lines[:-1]


def _lie_in(begins: Sequence[str], levels: Sequence[str]) -> bool:
    return any(
        all(begin in level for begin, level in zip(begins, levels[at:], strict=False))
        for at in range(len(levels) - len(begins) + 1)
    )
