"""Which sentences say something like a passage: the whole formula, and how it is kept fast.

For the telling words i of the passage (see `telling`), each with a weight w, and the best likeness s, 0 to 1,
of any word of the sentence to them:

    covered = Σ w·s                                         what of the passage the sentence says too
    near    = Σ ¼·min(w, w')·min(s, s')·closeness           pairs of words that stand together in both
    around  = Σ 0.15·w·max(0, s' − s)                       what only the sentence before, or after, says
    extra   = Σ idf                                         the sentence's other telling words
    score   = (covered + near + around) / (Σ w + near of the passage with itself + 0.6·extra)

The score is 1 for the passage's own words and 0 where nothing is shared. Its form is the ratio model of
Tversky (1977): what two things share over that and what each has alone, the parts weighed apart, because a
sentence that tells the same at greater length is as good a find as a shorter one. Unlike a cosine it is not
won by a heading that shares one rare word: the passage's own weight stands under the bar. Near and around
follow the sequential dependence model of Metzler and Croft (2005) and the habit of sources to tell in two
sentences what another tells in one.

A sentence is weak that shares one word only of a passage of more than three: weak ones come last.

Every word's postings add up to `covered` in all sentences; only the best are measured in full. What shares
none of the passage's rarer words, those at least a third as telling as the most telling word shared by any,
is no find at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search.block import Block, Bools
from workbench.search.telling import Floats, Likeness, Parts, Telling, distinct, hollow_words, telling
from workbench.search.vocabulary import Ints, Lexicon

Indices = npt.NDArray[np.integer]

NEAR = 0.25
REACH = 4
AROUND = 0.15
TURNED = 0.6
EXTRA = 0.6
RARER = 1 / 3
_KEPT = 300  # sentences of a block that are measured in full
_LENGTH = 8  # words added to every sentence's length where the ones to measure are chosen
_COMMON = 10  # words in more than a tenth of a block choose no sentences
_FEW = 2_000
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence like the passage.

    Attributes:
        score: 0 to 1.
        weak: it shares one word of many.
        shared: the words of the passage it shares, by their index, and how well (0 to 1).
        marks: the places of what matched in it, counted in words.
        words: for each mark the word of the passage.
    """

    block: Block
    row: int
    score: float
    weak: bool
    shared: dict[int, float]
    marks: tuple[int, ...]
    words: tuple[int, ...]


def similar(
    text: str,
    parts: Parts,
    lexicon: Lexicon,
    rows: int,
    *,
    without: str | None,
    most: int,
    cancelled: Callable[[], bool],
) -> tuple[Telling, list[Match]]:
    """The telling words of a passage and the `most` sentences likest to it, best first.

    Args:
        parts: blocks with the rows that are alive (None: all); of these, sentences of articles are found.
        rows: how many sentences the lexicon counts.
        without: id of an article that is left out.
        cancelled: asked between blocks; when it says yes there are no matches.
    """
    asked = telling(text, parts, lexicon, rows)
    if not asked.words:
        return asked, []
    ruler = _Ruler(asked, lexicon, rows)
    found: list[Match] = []
    for block, alive in parts:
        if cancelled():
            return asked, []
        chosen = _chosen(block, alive, without, asked)
        if len(chosen):
            found += ruler.matches(block, chosen, most)
    heaviest = max((asked.weights[n] for match in found for n in match.shared), default=0.0)
    telling_enough = {n for n, weight in enumerate(asked.weights) if 0 < weight >= RARER * heaviest}
    found = [match for match in found if not telling_enough.isdisjoint(match.shared)]
    return asked, sorted(found, key=_order)[: max(most, 0)]


def _order(match: Match) -> tuple[bool, float, str, int]:
    document = match.block.documents[match.block.row_document[match.row]]
    return match.weak, -round(match.score, 4), document.thing, int(match.block.row_start[match.row])


def _chosen(block: Block, alive: Bools | None, without: str | None, asked: Telling) -> Ints:
    """The rows worth measuring in full: those that cover most for their length."""
    scores = np.zeros(block.rows, np.float32)
    best = np.zeros(block.rows, np.float32)
    lists = [block.lists_of(numbers) for numbers in asked.numbers]
    order = [n for n in np.argsort([sizes.sum() for _, sizes in lists]) if lists[n][1].any()]
    most = max(block.rows // _COMMON, _FEW)
    for n in [n for n in order if lists[n][1].sum() <= most] or order[:1]:
        begin, sizes = lists[n]
        held = block.rows_in(begin, sizes)
        best[held] = np.repeat(asked.likeness[n], sizes)  # of a row's several the last stays, the best
        held = distinct(held) if len(sizes) > 1 else held
        scores[held] += np.float32(asked.weights[n]) * best[held]
    if alive is not None:
        scores *= alive
    rows = np.flatnonzero(scores)
    worth = scores[rows] / np.sqrt(block.lengths_of(rows) + _LENGTH)
    return _best(block, rows[np.argsort(-worth, kind="stable")], without)


def _best(block: Block, rows: npt.NDArray[np.intp], without: str | None) -> Ints:
    """The first of `rows` that lie in the text of another article.

    Only the documents of as many rows as it takes are looked at: there may be tens of thousands.
    """
    most = 2 * _KEPT
    while True:
        numbers, place = np.unique(block.row_document[rows[:most]], return_inverse=True)
        documents = (block.documents[number] for number in numbers)
        fit = np.fromiter((one.kind == "text" and one.article_id != without for one in documents), np.bool_)
        kept = rows[:most][fit[place]]
        if len(kept) >= _KEPT or most >= len(rows):
            return kept[:_KEPT].astype(np.int32)
        most *= 4


class _Ruler:
    """Measures sentences against one passage."""

    def __init__(self, asked: Telling, lexicon: Lexicon, rows: int) -> None:
        self._weights = asked.weights
        size = len(lexicon.frequencies)
        self._word = np.full(size, -1, np.int32)  # of the passage, by the vocabulary's number
        self._likeness = np.zeros(size, np.float32)
        for n, (numbers, likeness) in enumerate(zip(asked.numbers, asked.likeness, strict=True)):
            better = likeness > self._likeness[numbers]
            self._word[numbers[better]] = n
            self._likeness[numbers[better]] = likeness[better]
        self._frequencies, self._rows = lexicon.frequencies, rows
        self._hollow = np.zeros(size, np.bool_)
        self._hollow[hollow_words(lexicon)] = True
        self._close = _closeness(asked)
        exact = np.ones(len(asked.sequence), np.float32)
        alone = np.zeros(len(asked.sequence), np.intp)
        itself = self._near(alone, asked.places, asked.sequence, exact, 1)
        self._whole = float(asked.weights.sum() + itself[0])

    def matches(self, block: Block, rows: Ints, most: int) -> list[Match]:
        """The `most` best of `rows`, in no order."""
        held, starts = block.words_of(rows)
        owner = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(held)))
        at = np.flatnonzero(self._word[held] >= 0)
        word, likeness = self._word[held[at]], self._likeness[held[at]]
        similar = self._table(owner[at], word, likeness, len(rows))
        covered = similar @ self._weights
        near = self._near(owner[at], at, word, likeness, len(rows))
        around = sum(self._around(block, rows, step, similar) for step in (-1, 1))
        extra = self._extra(held, owner, len(rows))
        scores = (covered + near + around) / (self._whole + EXTRA * extra)
        ends = np.searchsorted(owner[at], np.arange(len(rows) + 1))
        weak = (np.count_nonzero(similar, axis=1) == 1) & (len(self._weights) > _FEW_WORDS)
        found = []
        for n in np.lexsort((-scores, weak))[:most]:
            mine = slice(ends[n], ends[n + 1])
            shared = {int(i): float(similar[n, i]) for i in np.flatnonzero(similar[n])}
            marks = tuple((at[mine] - starts[n]).tolist())
            words = tuple(word[mine].tolist())
            match = Match(block, int(rows[n]), float(scores[n]), bool(weak[n]), shared, marks, words)
            found.append(match)
        return found

    def _table(self, owner: Indices, word: Ints, likeness: Likeness, rows: int) -> Likeness:
        """The best likeness of each row (down) to each word of the passage (across)."""
        table = np.zeros((rows, len(self._weights)), np.float32)
        np.maximum.at(table, (owner, word), likeness)
        return table

    def _near(self, owner: Indices, place: Indices, word: Ints, likeness: Likeness, rows: int) -> Floats:
        """What words add that stand together in the passage and in a row; a pair counts once, its best."""
        size = len(self._weights)
        found: list[tuple[npt.NDArray[np.int64], Floats]] = []
        for step in (1, 2):
            left, right = slice(None, -step), slice(step, None)
            one, other = word[left], word[right]
            gap = place[right] - place[left]
            worth = NEAR * np.minimum(self._weights[one], self._weights[other])
            worth = worth * np.minimum(likeness[left], likeness[right]) * self._close[one, other]
            worth = worth * (2 / (1 + gap)) * ((owner[left] == owner[right]) & (gap <= REACH))
            pair = np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other)
            found.append((owner[left].astype(np.int64) * size * size + pair, worth))
        pairs, worths = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((-worths, pairs))
        pairs, worths = pairs[order], worths[order]
        first = np.diff(pairs, prepend=-1) != 0
        return np.asarray(np.bincount(pairs[first] // (size * size), worths[first], rows), np.float64)

    def _around(self, block: Block, rows: Ints, step: int, similar: Likeness) -> Floats:
        """What the row `step` rows away in the same document adds to each."""
        beside = np.clip(rows + step, 0, block.rows - 1)
        held, starts = block.words_of(beside)
        owner = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(held)))
        at = np.flatnonzero(self._word[held] >= 0)
        table = self._table(owner[at], self._word[held[at]], self._likeness[held[at]], len(rows))
        table[block.row_document[beside] != block.row_document[rows]] = 0
        added: Floats = AROUND * (np.maximum(table - similar, 0) @ self._weights)
        return added

    def _extra(self, held: Ints, owner: Indices, rows: int) -> Floats:
        other = np.flatnonzero((self._word[held] < 0) & ~self._hollow[held])
        keys = distinct(owner[other].astype(np.int64) << 32 | held[other])
        frequencies = self._frequencies[keys & 0xFFFFFFFF]
        rarity = np.maximum(np.log((1 + self._rows) / (0.5 + frequencies)), 0)
        return np.asarray(np.bincount(keys >> 32, rarity, rows), np.float64)


def _closeness(asked: Telling) -> Floats:
    """How near words stand in the passage: 1 side by side, less further off or turned round, else 0."""
    size = len(asked.words)
    close = np.zeros((size, size))
    for later in range(1, 4):
        one, other = asked.sequence[:-later], asked.sequence[later:]
        gap = asked.places[later:] - asked.places[:-later]
        worth = np.where((gap <= REACH) & (one != other), 2 / (1 + gap), 0.0)
        np.maximum.at(close, (one, other), worth)
        np.maximum.at(close, (other, one), TURNED * worth)
    return close
