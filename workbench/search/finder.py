"""Find a query's best rows in the blocks: candidates by postings, the best of them by the full formula.

Everything is done a whole array at a time. The arrays as long as a block, in which the rows that a word
leads to are marked, are kept from search to search and cleared only where they were written: making them
anew for each key press would cost more than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search import ranking
from workbench.search.block import Block, Bools, Longs
from workbench.search.document import Document
from workbench.search.expansion import COMMON, FEW, SPLIT, Expansion
from workbench.search.ranking import Floats, Places
from workbench.search.vocabulary import Ints

Similarities = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

_KEPT = 500  # candidates of a block that are measured in full
_RERANKED = 100  # rows whose order and nearness are looked at
_MOST_TIES = 300  # the same where many rows cover the query equally well
_MOST_COMMON = 150_000  # rows that are looked at where all words are common
_SPARE = 50  # more than is wanted, since some may be left out for what stands for them
_COMMON_KEPT = 8  # common words, 2 MB each at a million rows
_ALIKE = 0.6
"""Words at least this similar are marked even where the row holds a better one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers the query; `marks` are the places, counted in words, of what matched."""

    block: Block
    row: int
    score: float
    weak: bool
    marks: tuple[int, ...]

    @property
    def document(self) -> Document:
        """The document it is a row of."""
        return self.block.documents[int(self.block.row_document[self.row])]


class Scratch:
    """Arrays as long as a block or the vocabulary, all zero between searches. For one search at a time."""

    def __init__(self, rows: int, words: int) -> None:
        self.words = np.zeros(words, np.float32)
        self.scores = np.zeros(rows, np.float32)
        self.best = np.zeros(rows, np.float32)
        self.turn = np.zeros(rows, np.int32)


class Desk:
    """What searches of one snapshot share: scratch arrays, lent out, and where common words stand."""

    def __init__(self) -> None:
        self._free: list[Scratch] = []
        self._common: dict[tuple[int, int], tuple[Expansion, npt.NDArray[np.float16]]] = {}

    @contextmanager
    def lend(self, rows: int, words: int) -> Iterator[Scratch]:
        """Arrays for blocks of up to so many rows and a vocabulary of so many words."""
        try:
            scratch = self._free.pop()
        except IndexError:
            scratch = Scratch(rows, words)
        yield scratch
        self._free.append(scratch)  # not where a search failed: it may have left something in them

    def likeness(self, number: int, rows: int, postings: Postings) -> npt.NDArray[np.float16]:
        """The best similarity of every row of block `number` to a common word: kept while one types on."""
        key = number, id(postings.expansion)
        known = self._common.get(key)
        if known is None:
            if len(self._common) >= _COMMON_KEPT:
                self._common = {}
            known = postings.expansion, postings.likeness(rows)  # held, so that its id stays its own
            self._common[key] = known
        return known[1]


def find(
    parts: Sequence[tuple[Block, Bools | None]],
    expansions: Sequence[Expansion],
    *,
    most: int,
    cancelled: Callable[[], bool],
    scratch: Scratch,
    desk: Desk,
) -> tuple[list[Found], int]:
    """The rows that answer best, and how many rows held anything of the query.

    Args:
        parts: blocks with the rows that may be found (None: all).
        most: how many are wanted; some more may come back.
        scratch: big enough for the blocks and the vocabulary.
        desk: of the snapshot that `parts` are of.
    """
    weights = np.array([e.weight for e in expansions])
    missing = np.array([e.missing for e in expansions])
    pool: list[tuple[Block, Ints, Similarities]] = []
    total = 0
    for number, (block, allowed) in enumerate(parts):
        if cancelled():
            return [], 0
        postings = [Postings(block, expansion) for expansion in expansions]
        rows, count = _candidates(number, block, postings, weights, allowed, scratch, desk)
        total += count
        if len(rows):
            pool.append((block, rows, _similarities(block, rows, expansions, postings, scratch)))
    if not pool or cancelled():
        return [], 0
    similar = np.concatenate([part[2] for part in pool]).astype(np.float64)
    lengths = np.concatenate([block.lengths_of(rows) for block, rows, _ in pool])
    rows = np.concatenate([part[1] for part in pool])
    owners = np.repeat(np.arange(len(pool)), [len(part[1]) for part in pool])
    covered = ranking.coverage(similar, weights)
    weak = ranking.is_weak(similar, weights, missing)
    best = _best(covered, lengths, weak, max(most, _RERANKED))
    measured = [(pool[n][0], row) for n, row in zip(owners[best].tolist(), rows[best].tolist(), strict=True)]
    places = _places(measured, expansions, scratch)
    scores = covered[best] + ranking.nearness(places, weights, len(best))
    return _ordered(
        measured, scores, lengths[best], weak[best], _marks(places, len(best)), most + _SPARE
    ), total


class Postings:
    """The rows of a block that a query word's expansion leads to, gathered only where they are asked for.

    Attributes:
        size: how many rows it leads to, some maybe twice.
        split: the rows where the word is written as two.
    """

    def __init__(self, block: Block, expansion: Expansion) -> None:
        self._block = block
        self.expansion = expansion
        self._likeness = expansion.likeness[expansion.finding]
        self._begin, self._sizes = block.lists_of(expansion.numbers[expansion.finding])
        pairs = [block.rows_with_sequence(pair) for pair in expansion.pairs]
        self.split: Ints = np.unique(np.concatenate(pairs)) if pairs else block.postings[:0]
        self.size = int(self._sizes.sum()) + len(self.split)

    def add_to(self, scratch: Scratch, weight: float) -> Ints:
        """Adds `weight` times the best similarity to the score of every row; the rows, some maybe twice."""
        rows = self._mark(scratch)
        # A row that comes twice is given the same sum twice.
        scratch.scores[rows] += np.float32(weight) * scratch.best[rows]
        scratch.best[rows] = 0
        return rows

    def rows(self) -> Ints:
        """The rows, some maybe twice."""
        return np.concatenate([self._block.rows_in(self._begin, self._sizes), self.split])

    def _mark(self, scratch: Scratch) -> Ints:
        rows = self._block.rows_in(self._begin, self._sizes)
        scratch.best[rows] = np.repeat(self._likeness, self._sizes)  # of several the last, the best
        if len(self.split):
            scratch.best[self.split] = np.maximum(scratch.best[self.split], SPLIT)
            rows = np.concatenate([rows, self.split])
        return rows

    def likeness(self, rows: int) -> npt.NDArray[np.float16]:
        """The best similarity of every one of so many rows."""
        best = np.zeros(rows, np.float16)
        best[self._block.rows_in(self._begin, self._sizes)] = np.repeat(self._likeness, self._sizes)
        best[self.split] = np.maximum(best[self.split], np.float16(SPLIT))
        return best


def _candidates(
    number: int,
    block: Block,
    postings: Sequence[Postings],
    weights: Floats,
    allowed: Bools | None,
    scratch: Scratch,
    desk: Desk,
) -> tuple[Ints, int]:
    """The rows worth measuring, and how many there were before the rest was cut."""
    order = sorted(range(len(postings)), key=lambda n: postings[n].size)
    most = max(block.rows // COMMON, FEW)
    common = [n for n in order if postings[n].size > most]
    telling = [n for n in order if 0 < postings[n].size <= most]
    if telling:
        touched = np.concatenate([postings[n].add_to(scratch, weights[n]) for n in telling])
        rows = _distinct(touched, scratch)
        if allowed is not None:
            rows = rows[allowed[rows]]
        scores = scratch.scores[rows]
        scratch.scores[touched] = 0
        count = len(rows)
    elif common:
        rows = postings[common[0]].rows()
        if allowed is not None:
            rows = rows[allowed[rows]]
        count = len(rows)
        rows = _distinct(rows[:: count // _MOST_COMMON + 1], scratch)
        scores = np.zeros(len(rows), np.float32)
    else:
        return block.postings[:0], 0
    if len(rows) > _KEPT:  # too many to measure them all: let the common words choose among them too
        for n in common:
            scores += np.float32(weights[n]) * desk.likeness(number, block.rows, postings[n])[rows]
        rows = rows[_best_of(scores)]
    return rows, count


def _best_of(scores: Similarities) -> Indices:
    """Which _KEPT are best; of equals, and often all are equal, any."""
    best = np.flatnonzero(scores >= scores.max() - np.float32(1e-4))
    return best[:_KEPT] if len(best) >= _KEPT else np.argpartition(-scores, _KEPT)[:_KEPT]


def _distinct(rows: Ints, scratch: Scratch) -> Ints:
    """`rows` without repetition, in no particular order."""
    turns = np.arange(1, len(rows) + 1, dtype=np.int32)
    scratch.turn[rows] = turns  # of those that come twice the last stays
    distinct: Ints = rows[scratch.turn[rows] == turns]
    return distinct


def _similarities(
    block: Block, rows: Ints, expansions: Sequence[Expansion], postings: Sequence[Postings], scratch: Scratch
) -> Similarities:
    """The best similarity of each row (down) to each query word (across)."""
    held = block.words_of(rows)
    similar = np.zeros((len(rows), len(expansions)), np.float32)
    for column, expansion in enumerate(expansions):
        similar[:, column] = _similar(*held, expansion, scratch)
        if len(postings[column].split):
            split = np.isin(rows, postings[column].split)
            similar[split, column] = np.maximum(similar[split, column], SPLIT)
    return similar


def _similar(held: Ints, starts: Longs, expansion: Expansion, scratch: Scratch) -> Similarities:
    """The best similarity of each row, given the words of the rows one after the other."""
    likest: Similarities = np.maximum.reduceat(_likeness(held, expansion, scratch), starts)
    return likest


def _likeness(held: Ints, expansion: Expansion, scratch: Scratch) -> Similarities:
    table = scratch.words
    table[expansion.numbers] = expansion.likeness
    likeness = table[held]
    table[expansion.numbers] = 0
    return likeness


def _best(covered: Floats, lengths: Longs, weak: Bools, most: int) -> Indices:
    """Which to measure in full: the `most` best and those as good as the last of them, shorter first."""
    order = np.lexsort((lengths, -np.round(covered, 4), weak))
    if len(order) <= most:
        return order
    last = order[most - 1]
    ties = (weak[order] == weak[last]) & (covered[order] >= covered[last] - 1e-4)
    end = int(np.flatnonzero(ties)[-1]) + 1
    return order[: min(max(most, end), max(most, _MOST_TIES))]


def _places(
    measured: Sequence[tuple[Block, int]], expansions: Sequence[Expansion], scratch: Scratch
) -> list[Places]:
    """For each query word the places where it stands, in spite of its spelling; rows count in `measured`."""
    parts = [block.words[block.word_start[row] : block.word_start[row + 1]] for block, row in measured]
    held = np.concatenate(parts)
    sizes = np.fromiter(map(len, parts), np.intp, len(parts))
    owner = np.repeat(np.arange(len(parts)), sizes)
    offset = np.arange(len(held)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    found = []
    for expansion in expansions:
        likeness = _likeness(held, expansion, scratch)
        for left, right in expansion.pairs:
            at = np.flatnonzero((held[:-1] == left) & (held[1:] == right) & (owner[:-1] == owner[1:]))
            likeness[at] = likeness[at + 1] = SPLIT
        at = np.flatnonzero(likeness)
        found.append(Places(owner[at], offset[at], likeness[at]))
    return found


def _marks(places: Sequence[Places], rows: int) -> list[set[int]]:
    """Where words stand that are worth showing as found, a set for each row."""
    marks: list[set[int]] = [set() for _ in range(rows)]
    for row, place, likeness in places:
        best = np.zeros(rows, np.float32)
        np.maximum.at(best, row, likeness)
        shown = likeness >= np.minimum(best, _ALIKE)[row]
        for owner, at in zip(row[shown].tolist(), place[shown].tolist(), strict=True):
            marks[owner].add(at)
    return marks


def _ordered(
    measured: Sequence[tuple[Block, int]],
    scores: Floats,
    lengths: Longs,
    weak: Bools,
    marks: Sequence[set[int]],
    most: int,
) -> list[Found]:
    """The best of them in order, `most` and some: the order is the same however the index came about."""
    scores = np.round(scores, 4)
    order = np.lexsort((lengths, -scores, weak))
    change = (np.diff(lengths[order]) != 0) | (np.diff(scores[order]) != 0) | (np.diff(weak[order]) != 0)
    found: list[Found] = []
    for alike in np.split(order, np.flatnonzero(change) + 1):
        group = []
        for n in alike.tolist():
            block, row = measured[n]
            group.append(Found(block, row, float(scores[n]), bool(weak[n]), tuple(sorted(marks[n]))))
        found += sorted(group, key=_name) if len(group) > 1 else group
        if len(found) >= most:
            break
    return found


def _name(found: Found) -> tuple[str, int]:
    document = found.document
    return document.thing, document.offset + int(found.block.row_start[found.row])
