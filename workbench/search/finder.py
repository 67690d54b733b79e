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
_MOST_TIES = 300  # the same where many rows cover the query equally well
_COMMON = 20  # a word in more than one row of twenty finds no candidates where rarer words do
_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers the query; `similar` is the best similarity found to each query word."""

    block: Block
    row: int
    score: float
    weak: bool
    similar: tuple[float, ...]


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
        postings = [_Postings.of(block, expansion) for expansion in expansions]
        rows, count = _candidates(block, postings, weights, allowed)
        total += count
        if len(rows):
            pool.append((block, rows, _similarities(block, rows, expansions, postings, words)))
    if not pool:
        return [], 0
    similar = np.concatenate([part[2] for part in pool]).astype(np.float64)
    covered = ranking.coverage(similar, weights)
    weak = ranking.evidence(similar, weights, missing) < ranking.ENOUGH - 1e-6
    owners = [(block, int(row)) for block, rows, _ in pool for row in rows]
    found = [
        _measured(owners[n], expansions, float(covered[n]), bool(weak[n]), similar[n])
        for n in _best(covered, weak, max(most, _RERANKED))
    ]
    found.sort(key=_order)
    return found, total


@dataclass(frozen=True, slots=True)
class _Postings:
    """The rows of a block that a query word's expansion leads to, the least similar first."""

    rows: Ints
    likeness: Similarities
    split: Ints  # those where the word is written as two

    @staticmethod
    def of(block: Block, expansion: Expansion) -> _Postings:
        ordered = sorted(expansion.similar.items(), key=lambda item: item[1])
        found = [block.rows_with(number) for number, _ in ordered]
        alike = [likeness for _, likeness in ordered]
        pairs = [block.rows_with_sequence(pair) for pair in expansion.pairs]
        split = np.unique(np.concatenate(pairs)) if pairs else block.postings[:0]
        place = sum(likeness <= SPLIT for likeness in alike)
        found.insert(place, split)
        alike.insert(place, SPLIT)
        sizes = [len(rows) for rows in found]
        return _Postings(np.concatenate(found), np.repeat(np.array(alike, np.float32), sizes), split)


def _candidates(
    block: Block, postings: Sequence[_Postings], weights: Floats, allowed: Bools | None
) -> tuple[Ints, int]:
    """The rows worth measuring, and how many there were before the rest was cut."""
    scores = np.zeros(block.rows, np.float32)
    best = np.zeros(block.rows, np.float32)
    waiting = sorted(range(len(postings)), key=lambda n: len(postings[n].rows))
    common = max(block.rows // _COMMON, _FEW)
    while waiting:
        rows = np.flatnonzero(scores)
        if len(rows) and len(rows) <= _KEPT and len(postings[waiting[0]].rows) > common:
            break  # rare words have said enough: what is common is looked up in these rows
        word = waiting.pop(0)
        at, likeness = postings[word].rows, postings[word].likeness
        best[at] = likeness  # a row that comes twice keeps the last, which is the best
        scores[at] += np.float32(weights[word]) * best[at]
        best[at] = 0
        if allowed is not None:
            scores[~allowed] = 0
    rows = np.flatnonzero(scores)
    count = len(rows)
    if count > _KEPT:
        rows = rows[np.argpartition(-scores[rows], _KEPT)[:_KEPT]]
    return rows.astype(np.int32), count


def _similarities(
    block: Block, rows: Ints, expansions: Sequence[Expansion], postings: Sequence[_Postings], words: int
) -> Similarities:
    """The best similarity of each row (down) to each query word (across)."""
    held, starts = block.words_of(rows)
    table = np.zeros(words, np.float32)
    similar = np.zeros((len(rows), len(expansions)), np.float32)
    for column, expansion in enumerate(expansions):
        numbers = np.fromiter(expansion.similar, np.int32)
        table[numbers] = np.fromiter(expansion.similar.values(), np.float32)
        similar[:, column] = np.maximum.reduceat(table[held], starts)
        table[numbers] = 0
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


def _measured(
    owner: tuple[Block, int], expansions: Sequence[Expansion], covered: float, weak: bool, similar: Floats
) -> Found:
    block, row = owner
    words = block.words[block.word_start[row] : block.word_start[row + 1]].tolist()
    near = ranking.nearness([word_places(words, e) for e in expansions], [e.weight for e in expansions])
    return Found(block, row, covered + near, weak, tuple(similar.tolist()))


def word_places(words: Sequence[int | None], expansion: Expansion) -> list[Place]:
    """Where among `words` (numbers; None is unknown) the query word stands, in spite of its spelling."""
    similar = expansion.similar
    found = [(place, similar[word]) for place, word in enumerate(words) if word in similar]
    for pair in expansion.pairs:
        for place in range(len(words) - 1):
            if (words[place], words[place + 1]) == pair:
                found += [(place, SPLIT), (place + 1, SPLIT)]
    return found


def _order(found: Found) -> tuple[bool, float, int, str, int]:
    # The last two make the order the same however the index came about.
    document = found.block.documents[found.block.row_document[found.row]]
    length = int(found.block.word_start[found.row + 1] - found.block.word_start[found.row])
    start = document.offset + int(found.block.row_start[found.row])
    return found.weak, -round(found.score, 4), length, document.thing, start
