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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from workbench.model import Likeness as Label
from workbench.search.block import Block, Bools, Longs, runs
from workbench.search.document import Document
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
        parts: blocks with the rows that are alive (None: all); of these, the sentences of articles count.
        rows: how many sentences the lexicon counts.
        cancelled: asked between steps; when it says yes there are none.
    """
    mine = _sentences_of(article, parts)
    if mine is None:
        return []
    whole = _Whole(*mine, lexicon, rows)
    found: list[tuple[float, Block, int]] = []
    for block, alive in parts:
        if cancelled():
            return []
        found += _found(block, alive, article, whole)
    found.sort(key=lambda one: (-one[0], one[1].documents[one[2]].thing))
    alike: list[Alike] = []
    for block, _ in parts:
        chosen = [(number, covered) for covered, owner, number in found[:_COMPARED] if owner is block]
        if chosen:
            alike += _compared(whole, block, chosen)
    alike.sort(key=lambda one: (-round(one.score, 4), one.document.thing))
    return alike[: max(most, 0)]


class _Whole:
    """The article asked for: the words it is found by, and its sentences as lists of telling words.

    Attributes:
        idf: by the vocabulary's number.
        words, worth: what it is found by, the most telling first.
        says: what each compared sentence says, by idf.
        column: by the vocabulary's number which of its telling words that is, -1 for none of them.
        begin, sizes, holders: where in `holders` the sentences that hold a telling word begin, how many.
    """

    def __init__(self, block: Block, rows: Ints, lexicon: Lexicon, all_rows: int) -> None:
        self.idf = np.maximum(np.log((1 + all_rows) / (0.5 + np.maximum(lexicon.frequencies, 0.5))), 0)
        self.idf[hollow_words(lexicon)] = 0
        held, _ = block.words_of(rows)
        words, counts = np.unique(held, return_counts=True)
        known_elsewhere = lexicon.frequencies[words] > counts
        worth = self.idf[words] * (1 + np.log(counts)) * known_elsewhere
        best = np.argsort(-worth, kind="stable")[:_MOST_WORDS]
        self.words, self.worth = words[best], worth[best]
        owner, held, self.says = _said(block, _spread(rows), self.idf)
        order = np.argsort(held, kind="stable")
        known, self.begin, self.sizes = np.unique(held[order], return_index=True, return_counts=True)
        self.holders = owner[order]
        self.column = np.full(len(self.idf), -1, np.int32)
        self.column[known] = np.arange(len(known))

    @property
    def total(self) -> float:
        """What the words it is found by are worth together."""
        return max(float(self.worth.sum()), 1e-9)


def _rows_of(block: Block, article: str) -> Ints:
    """The sentences of the text of an article, by id, in their order."""
    found = [
        np.arange(*np.searchsorted(block.row_document, [number, number + 1]), dtype=np.int32)
        for number, document in enumerate(block.documents)  # rows stand in the order of documents
        if document.article_id == article and document.kind == "text"
    ]
    return np.concatenate(found) if found else np.zeros(0, np.int32)


def _sentences_of(article: str, parts: Parts) -> tuple[Block, Ints] | None:
    for block, alive in parts:
        rows = _rows_of(block, article)
        rows = rows if alive is None else rows[alive[rows]]
        if len(rows):
            return block, rows
    return None


def _said(block: Block, rows: Ints, idf: Floats) -> tuple[Longs, Ints, Floats]:
    """The telling words of `rows`, once a row: whose they are, and which; and what each row says, by idf."""
    held, starts = block.words_of(rows)
    owner = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(held)))
    keys = distinct((owner.astype(np.int64) << 32 | held)[idf[held] > 0])
    owner, held = keys >> 32, (keys & 0xFFFFFFFF).astype(np.int32)
    return owner, held, np.asarray(np.bincount(owner, idf[held], len(rows)), np.float64)


def _found(block: Block, alive: Bools | None, article: str, whole: _Whole) -> list[tuple[float, Block, int]]:
    """The articles of a block that hold most of the article's telling words, with the share they hold."""
    scores = np.zeros(len(block.documents), np.float32)
    most = max(block.rows // _COMMON, _FEW)
    for word, worth in zip(whole.words, whole.worth, strict=True):
        rows = block.rows_with(int(word))
        if alive is not None:
            rows = rows[alive[rows]]
        if 0 < len(rows) <= most:
            scores[block.row_document[rows]] += np.float32(worth)  # once a document, however often it says it
    others = (
        int(n)
        for n in np.argsort(-scores, kind="stable")[: np.count_nonzero(scores)]
        if block.documents[n].kind == "text" and block.documents[n].article_id != article
    )
    return [(float(scores[n]) / whole.total, block, n) for n in islice(others, _COMPARED)]


def _compared(whole: _Whole, block: Block, chosen: Sequence[tuple[int, float]]) -> list[Alike]:
    """Documents of a block, each with the share of the telling words it holds, compared with the article."""
    numbers = np.array([number for number, _ in chosen])
    edges = np.searchsorted(block.row_document, [numbers, numbers + 1])
    each = [_spread(np.arange(first, after, dtype=np.int32)) for first, after in edges.T]
    first = np.cumsum([0, *map(len, each)])
    owner, held, says = _said(block, np.concatenate(each), whole.idf)
    copies = _copies(whole, owner, held, says, first)
    alike = []
    for n, (number, covered) in enumerate(chosen):
        mine = slice(first[n], first[n + 1])
        here, there = np.any(copies[mine], axis=0), np.any(copies[mine], axis=1)
        ours, theirs = _share(whole.says, here), _share(says[mine], there)
        words = set(held[slice(*np.searchsorted(owner, [first[n], first[n + 1]]))].tolist())
        shared = tuple(word for word in whole.words.tolist() if word in words)[:_WORDS_SHOWN]
        share = max(ours, theirs)
        score = (share + min(covered, 1.0)) / 2
        label = _label(ours, theirs, int(np.count_nonzero(here)))
        alike.append(Alike(block.documents[number], score, share, label, shared))
    return alike


def _copies(
    whole: _Whole, owner: Longs, held: Ints, says: Floats, first: npt.NDArray[np.integer]
) -> npt.NDArray[np.bool_]:
    """Which sentences (down; those of a document begin at `first`) copy which of the article (across)."""
    size = len(whole.says)
    column = whole.column[held]
    owner, held, column = owner[column >= 0], held[column >= 0], column[column >= 0]
    sizes = whole.sizes[column]
    cell = np.repeat(owner, sizes) * size + whole.holders[runs(whole.begin[column], sizes)]
    shape = len(says), size
    words = np.bincount(cell, minlength=shape[0] * size).reshape(shape)
    both = np.bincount(cell, np.repeat(whole.idf[held], sizes), shape[0] * size).reshape(shape)
    dice = 2 * both / np.maximum(says[:, None] + whole.says[None, :], 1e-9)
    likest = np.repeat(np.maximum.reduceat(dice, first[:-1]), np.diff(first), axis=0)
    mutual = (dice >= likest) & (dice >= dice.max(axis=1, keepdims=True))
    copied: npt.NDArray[np.bool_] = (dice >= np.where(mutual, MUTUAL, COPIED)) & (words >= SHARED_WORDS)
    return copied


def _label(ours: float, theirs: float, copied: int) -> Label:
    if max(ours, theirs) >= DUPLICATE and min(ours, theirs) >= OTHER_WAY:
        return "near-duplicate"
    if copied >= PASSAGES or (copied and max(ours, theirs) >= PASSAGES_SHARE):
        return "shares passages"
    return "similar"


def _share(says: Floats, copied: npt.NDArray[np.bool_]) -> float:
    total = float(says.sum())
    return float(says[copied].sum()) / total if total else 0.0


def _spread(rows: Ints) -> Ints:
    """`rows`, or so many of them as are compared, evenly spread."""
    if len(rows) <= _MOST_SENTENCES:
        return rows
    return rows[np.linspace(0, len(rows) - 1, _MOST_SENTENCES).astype(np.int32)]
