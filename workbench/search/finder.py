"""Find a query's best rows in the blocks: candidates by postings, the best of them by the full formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search import ranking
from workbench.search.block import Block, Bools
from workbench.search.expansion import SPLIT, Expansion
from workbench.search.ranking import Floats, Place
from workbench.search.vocabulary import Ints

Similarities = npt.NDArray[np.float32]

_KEPT = 500  # candidates of a block that are measured in full
_RERANKED = 100  # rows whose order and nearness are looked at
_MOST_TIES = 200  # the same where many rows cover the query equally well
_COMMON = 20  # a word in more than one row of twenty finds no candidates where rarer words do
_FEW = 2_000
_SPARSE = 4  # adding whole arrays beats adding a quarter of their places


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers the query, and where in it each query word stands."""

    block: Block
    row: int
    score: float
    weak: bool
    places: list[list[Place]]


def find(
    parts: Sequence[tuple[Block, Bools | None]],
    expansions: Sequence[Expansion],
    words: int,
    *,
    most: int,
    cancelled: Callable[[], bool],
) -> tuple[list[Found], int]:
    """The rows that answer best, unordered ties by brevity, and how many rows held anything of the query.

    Args:
        parts: blocks with the rows that may be found (None: all).
        words: size of the vocabulary.
        most: how many are wanted; some more may come back.
    """
    weights = np.array([e.weight for e in expansions])
    missing = np.array([e.missing for e in expansions])
    pool: list[tuple[Block, Ints, Similarities]] = []
    total = 0
    for block, allowed in parts:
        if cancelled():
            return [], 0
        postings = [_Postings(block, expansion) for expansion in expansions]
        rows, count = _candidates(block, postings, weights, allowed)
        total += count
        if len(rows):
            pool.append((block, rows, _similarities(block, rows, expansions, postings, words)))
    if not pool:
        return [], 0
    similar = np.concatenate([part[2] for part in pool]).astype(np.float64)
    covered = ranking.coverage(similar, weights)
    weak = ranking.evidence(similar, weights, missing) < ranking.ENOUGH - 1e-6
    rows = np.concatenate([part[1] for part in pool])
    owners = np.repeat(np.arange(len(pool)), [len(part[1]) for part in pool])
    best = _best(covered, weak, max(most, _RERANKED))
    measured = [(pool[owners[n]][0], int(rows[n])) for n in best]
    worth = weights.tolist()
    found = []
    standing = _places(measured, expansions, words)
    for n, (block, row), places in zip(best.tolist(), measured, standing, strict=True):
        score = float(covered[n]) + ranking.nearness(places, worth)
        found.append(Found(block, row, score, bool(weak[n]), places))
    found.sort(key=_order)
    return found, total


class _Postings:
    """The rows of a block that a query word's expansion leads to, gathered only where they are asked for.

    Attributes:
        size: how many rows it leads to, some maybe twice.
        split: the rows where the word is written as two.
    """

    def __init__(self, block: Block, expansion: Expansion) -> None:
        self._block = block
        self._likeness = expansion.likeness
        self._begin, self._sizes = block.lists_of(expansion.numbers)
        pairs = [block.rows_with_sequence(pair) for pair in expansion.pairs]
        self.split: Ints = np.unique(np.concatenate(pairs)) if pairs else block.postings[:0]
        self.size = int(self._sizes.sum()) + len(self.split)

    def add_to(self, scores: Similarities, weight: float) -> None:
        """Add `weight` times the best similarity to the score of every row."""
        rows = self._block.rows_in(self._begin, self._sizes)
        best = np.zeros(len(scores), np.float32)
        best[rows] = np.repeat(self._likeness, self._sizes)  # of a row's several the last stays, the best
        best[self.split] = np.maximum(best[self.split], SPLIT)
        if self.size * _SPARSE > len(scores):
            scores += np.float32(weight) * best
            return
        rows = np.concatenate([rows, self.split])
        scores[rows] += np.float32(weight) * best[rows]  # a row that comes twice gets the same sum twice


def _candidates(
    block: Block, postings: Sequence[_Postings], weights: Floats, allowed: Bools | None
) -> tuple[Ints, int]:
    """The rows worth measuring, and how many there were before the rest was cut."""
    scores = np.zeros(block.rows, np.float32)
    order = sorted(range(len(postings)), key=lambda n: postings[n].size)
    most = max(block.rows // _COMMON, _FEW)
    common = [n for n in order if postings[n].size > most]
    telling = [n for n in order if 0 < postings[n].size <= most]
    for word in telling or common[:1]:
        postings[word].add_to(scores, weights[word])
    rows = _held(scores, allowed)
    if len(rows) > _KEPT:  # too many to measure them all: let the common words choose among them too
        for word in common if telling else common[1:]:
            postings[word].add_to(scores, weights[word])
        best = scores[rows]
        return rows[np.argpartition(-best, _KEPT)[:_KEPT]].astype(np.int32), len(rows)
    return rows.astype(np.int32), len(rows)


def _held(scores: Similarities, allowed: Bools | None) -> npt.NDArray[np.intp]:
    held = scores > 0
    return np.flatnonzero(held if allowed is None else held & allowed)


def _similarities(
    block: Block, rows: Ints, expansions: Sequence[Expansion], postings: Sequence[_Postings], words: int
) -> Similarities:
    """The best similarity of each row (down) to each query word (across)."""
    held, starts = block.words_of(rows)
    table = np.zeros(words, np.float32)
    similar = np.zeros((len(rows), len(expansions)), np.float32)
    for column, expansion in enumerate(expansions):
        table[expansion.numbers] = expansion.likeness
        similar[:, column] = np.maximum.reduceat(table[held], starts)
        table[expansion.numbers] = 0
        if len(postings[column].split):
            split = np.isin(rows, postings[column].split)
            similar[split, column] = np.maximum(similar[split, column], SPLIT)
    return similar


def _best(covered: Floats, weak: Bools, most: int) -> npt.NDArray[np.intp]:
    """Which to measure in full: the `most` best, and those as good as the last of them."""
    order = np.lexsort((-covered, weak))
    if len(order) <= most:
        return order
    last = order[most - 1]
    ties = (weak[order] == weak[last]) & (covered[order] >= covered[last] - 1e-6)
    end = int(np.flatnonzero(ties)[-1]) + 1
    return order[: min(max(most, end), max(most, _MOST_TIES))]


def _places(
    measured: Sequence[tuple[Block, int]], expansions: Sequence[Expansion], words: int
) -> list[list[list[Place]]]:
    """For each row and each query word the places where the word stands, in spite of its spelling."""
    parts = [block.words[block.word_start[row] : block.word_start[row + 1]] for block, row in measured]
    held = np.concatenate(parts)
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    offset = np.arange(len(held)) - np.searchsorted(owner, owner)
    found: list[list[list[Place]]] = [[[] for _ in expansions] for _ in parts]
    table = np.zeros(words, np.float32)
    for query_word, expansion in enumerate(expansions):
        table[expansion.numbers] = expansion.likeness
        likeness = table[held]
        for left, right in expansion.pairs:
            at = np.flatnonzero((held[:-1] == left) & (held[1:] == right) & (owner[:-1] == owner[1:]))
            likeness[at] = likeness[at + 1] = SPLIT
        table[expansion.numbers] = 0
        at = np.flatnonzero(likeness)
        for row, *place in zip(owner[at].tolist(), offset[at].tolist(), likeness[at].tolist(), strict=True):
            found[row][query_word].append((place[0], place[1]))
    return found


def _order(found: Found) -> tuple[bool, float, int, str, int]:
    # The last two make the order the same however the index came about.
    document = found.block.documents[found.block.row_document[found.row]]
    length = int(found.block.word_start[found.row + 1] - found.block.word_start[found.row])
    start = document.offset + int(found.block.row_start[found.row])
    return found.weak, -round(found.score, 4), length, document.thing, start
