"""Which articles are like a whole article, and which are the same text spun again.

Articles are found by the article's most telling words, each worth its idf times 1 + ln of how often it
stands there. The likest are then compared sentence by sentence with it. Two sentences are copies of each
other when at least three telling words, and by their idf at least half of all they say, are in both (the
coefficient of Dice, 1945); two fifths do where neither has a likelier partner. Copyists replace words, turn
sentences round and leave names and numbers alone.

    share  = the larger of the share of the article whose sentences have copies in the other, and of the other
             whose sentences have copies in the article; sentences count by how much they say (Σ idf)
    score  = ½ share + ½ of the article's telling words, by worth, that the other has too

A near-duplicate has a share of a half at least, and a quarter at least the other way round (containment and
resemblance, Broder 1997): a new headline, byline and boilerplate leave both far above that, a quotation of a
whole short text in a long article stays below. Any other article with two copied sentences, or a tenth,
shares passages; the rest are similar.

Of endless articles 200 sentences, evenly spread, are compared: the time stays bounded, and the shares are
estimates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.model import Likeness as Label
from workbench.search.block import Block, Bools
from workbench.search.document import Document
from workbench.search.similar import rows_of
from workbench.search.telling import Floats, Parts, distinct, hollow_words
from workbench.search.vocabulary import Ints, Lexicon

COPIED, MUTUAL = 0.5, 0.4
"""Of what two sentences say, by idf, as much must be in both; less where each is the other's likest."""
SHARED_WORDS = 3
DUPLICATE, OTHER_WAY = 0.5, 0.25
PASSAGES, PASSAGES_SHARE = 2, 0.1
_MOST_WORDS = 100
_MOST_SENTENCES = 200
_COMPARED = 40  # articles
_COMMON = 20  # words in more than one sentence of twenty find no articles
_FEW = 200
_WORDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Alike:
    """An article like the one asked for; see the formula above. `shared`: numbers of telling words."""

    document: Document
    score: float
    share: float
    label: Label
    shared: tuple[int, ...]


def similar_articles(
    article: str, parts: Parts, lexicon: Lexicon, rows: int, *, most: int, cancelled: Callable[[], bool]
) -> list[Alike]:
    """The `most` articles likest to `article` (by id), best first; none where it is not in `parts`.

    Args:
        parts: blocks with the sentences of articles that may be looked at.
        rows: how many sentences the lexicon counts.
        cancelled: asked between steps; when it says yes there are none.
    """
    idf = np.maximum(np.log((1 + rows) / (0.5 + np.maximum(lexicon.frequencies, 0.5))), 0)
    idf[hollow_words(lexicon)] = 0
    mine = _sentences_of(article, parts)
    if mine is None:
        return []
    whole = _Whole(*mine, idf, lexicon.frequencies)
    found: list[tuple[float, Block, int]] = []
    for block, allowed in parts:
        if cancelled():
            return []
        found += _found(block, allowed, article, whole)
    found.sort(key=lambda one: (-one[0], one[1].documents[one[2]].thing))
    alike = []
    for covered, block, number in found[: max(_COMPARED, most)]:
        if cancelled():
            return []
        alike.append(_compared(whole, block, number, covered))
    alike.sort(key=lambda one: (-round(one.score, 4), one.document.thing))
    return alike[: max(most, 0)]


class _Whole:
    """The article asked for: its sentences as telling words, and the words it is found by."""

    def __init__(self, block: Block, rows: Ints, idf: Floats, frequencies: Ints) -> None:
        self.idf = idf
        held, _ = block.words_of(rows)
        words, counts = np.unique(held, return_counts=True)
        worth = idf[words] * (1 + np.log(counts)) * (frequencies[words] > counts)  # known elsewhere
        best = np.argsort(-worth, kind="stable")[:_MOST_WORDS]
        self.words, self.worth = words[best], worth[best]
        self.known = np.unique(held[idf[held] > 0])
        self.sentences = _table(block, _spread(rows), self)

    @property
    def total(self) -> float:
        """What the words it is found by are worth together."""
        return max(float(self.worth.sum()), 1e-9)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Sentences as rows over the telling words of the article asked for, 1 where they hold a word.

    `says` is what each says in all, by idf, words that the article does not know included.
    """

    holds: npt.NDArray[np.float32]
    says: Floats


def _sentences_of(article: str, parts: Parts) -> tuple[Block, Ints] | None:
    for block, allowed in parts:
        rows = rows_of(block, article)
        rows = rows if allowed is None else rows[allowed[rows]]
        if len(rows):
            return block, rows
    return None


def _found(
    block: Block, allowed: Bools | None, article: str, whole: _Whole
) -> list[tuple[float, Block, int]]:
    """The articles of a block that hold most of the article's telling words, with the share they hold."""
    scores = np.zeros(len(block.documents), np.float32)
    most = max(block.rows // _COMMON, _FEW)
    for word, worth in zip(whole.words, whole.worth, strict=True):
        rows = block.rows_with(int(word))
        if allowed is not None:
            rows = rows[allowed[rows]]
        if 0 < len(rows) <= most:
            scores[block.row_document[rows]] += np.float32(worth)  # once a document, however often it says it
    best = np.argsort(-scores, kind="stable")[: _COMPARED + 1]
    found = [(float(scores[n]) / whole.total, block, int(n)) for n in best if scores[n] > 0]
    return [one for one in found if block.documents[one[2]].article_id != article]


def _compared(whole: _Whole, block: Block, number: int, covered: float) -> Alike:
    first, after = np.searchsorted(block.row_document, [number, number + 1])
    other = _table(block, _spread(np.arange(first, after, dtype=np.int32)), whole)
    mine = whole.sentences
    weights = whole.idf[whole.known].astype(np.float32)
    both = (mine.holds * weights) @ other.holds.T
    words = mine.holds @ other.holds.T
    dice = 2 * both / np.maximum(mine.says[:, None] + other.says[None, :], 1e-9)
    mutual = (dice >= dice.max(axis=1, keepdims=True)) & (dice >= dice.max(axis=0, keepdims=True))
    copies = (dice >= np.where(mutual, MUTUAL, COPIED)) & (words >= SHARED_WORDS)
    here, there = np.any(copies, axis=1), np.any(copies, axis=0)
    ours, theirs = _share(mine.says, here), _share(other.says, there)
    share = max(ours, theirs)
    if share >= DUPLICATE and min(ours, theirs) >= OTHER_WAY:
        label: Label = "near-duplicate"
    elif here.sum() >= PASSAGES or (here.any() and share >= PASSAGES_SHARE):
        label = "shares passages"
    else:
        label = "similar"
    held = whole.known[other.holds.any(axis=0)]
    shared = whole.words[np.isin(whole.words, held)][:_WORDS_SHOWN]
    score = (share + min(covered, 1.0)) / 2
    return Alike(block.documents[number], score, share, label, tuple(shared.tolist()))


def _share(says: Floats, copied: npt.NDArray[np.bool_]) -> float:
    total = float(says.sum())
    return float(says[copied].sum()) / total if total else 0.0


def _spread(rows: Ints) -> Ints:
    """`rows`, or so many of them as are compared, evenly spread."""
    if len(rows) <= _MOST_SENTENCES:
        return rows
    return rows[np.linspace(0, len(rows) - 1, _MOST_SENTENCES).astype(np.int32)]


def _table(block: Block, rows: Ints, whole: _Whole) -> _Sentences:
    held, starts = block.words_of(rows)
    owner = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(held)))
    keys = distinct(owner.astype(np.int64) << 32 | held)
    owner, held = keys >> 32, (keys & 0xFFFFFFFF).astype(np.int32)
    holds = np.zeros((len(rows), len(whole.known)), np.float32)
    if len(whole.known):
        column = np.minimum(np.searchsorted(whole.known, held), len(whole.known) - 1)
        known = whole.known[column] == held
        holds[owner[known], column[known]] = 1
    return _Sentences(holds, np.asarray(np.bincount(owner, whole.idf[held], len(rows)), np.float64))
