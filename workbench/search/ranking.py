"""How well a sentence answers a query: the whole formula, and nothing else.

For query words i with weight w (how rare, see `expansion.inverse_frequency`) and the best similarity s of any
word of the sentence to them:

    coverage = Σ w·s                                        every matched word adds, a rare one more
    nearness = Σ ¼·min(w, w')·max(s·s'·closeness)           over query words at most two apart
    score    = coverage + nearness                          equal scores: the shorter sentence first

The sum over words is BM25's without its length and repetition terms, which say little about single
sentences; the fuzzy part replaces the question whether a word occurs by how alike the likest word is.
Nearness follows the sequential dependence model of Metzler and Croft (2005): neighbouring query words count
more where they are neighbours in the text, in their order. Every part is a maximum over the places where
words stand, or a sum of such, so a further matching word never lowers a score; and nothing scores more than
a sentence that holds the words exactly, in order and without a gap. Taking something off for length was
tried on a million sentences and found fewer of them.

A sentence is weak when it misses the query's rare words, and most of what the query asks for:

    evidence = Σ v·min(1, s/0.8) / Σ v over the rare words     v = w; 1½ w if nothing in the texts is like it
    weak     = evidence < ½ and coverage < 0.6·Σ v             the second sum over all words

and no sentence is weak that covers as much as one that is not. Rare are the words at least 0.65 times as
telling as the most telling one. The measure is the query's own, so no fixed score separates good from bad.

All sentences are measured at once: arrays have a row a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NEARNESS = 0.25
FADING = 0.15
REACH = 2
RARE = 0.65
UNKNOWN = 1.5
SURE = 0.8
ENOUGH = 0.5
MOST = 0.6
_MOST_PLACES = 30


class Places(NamedTuple):
    """Where a query word stands: three arrays, a place an element, rows ascending.

    Attributes:
        row: which sentence.
        place: where in it, counted in words.
        likeness: similarity of the word that stands there to the query word.
    """

    row: npt.NDArray[np.intp]
    place: npt.NDArray[np.intp]
    likeness: npt.NDArray[np.float32]


def coverage(similar: Floats, weights: Floats) -> Floats:
    """Σ w·s a sentence; `similar` has a row a sentence and a column a query word."""
    return np.asarray(similar @ weights)


def is_weak(similar: Floats, weights: Floats, missing: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which sentences miss too much of the query's rare words; `missing` marks those found nowhere."""
    asked = np.where(missing, UNKNOWN, 1.0) * weights
    lacks_rare = evidence(similar, weights, missing) < ENOUGH - 1e-6
    covered = coverage(similar, weights)
    weak = lacks_rare & (covered < MOST * asked.sum())
    if weak.any() and not weak.all():
        weak &= covered < covered[~weak].max()
    return np.asarray(weak)


def evidence(similar: Floats, weights: Floats, missing: npt.NDArray[np.bool_]) -> Floats:
    """The share, 0 to 1, of the query's rare words each sentence holds; `missing` marks unknown words."""
    rare = weights >= RARE * weights.max()
    values = np.where(missing, UNKNOWN, 1.0)[rare] * weights[rare]
    return np.asarray(np.minimum(similar[:, rare] / SURE, 1.0) @ values / values.sum())


def nearness(places: Sequence[Places], weights: Floats, rows: int) -> Floats:
    """What order and nearness add to each of `rows` sentences; `places[i]` is where query word i stands."""
    total = np.zeros(rows)
    kept = [_likest(found) for found in places]
    for first, ours in enumerate(kept):
        for second in range(first + 1, min(first + REACH, len(kept) - 1) + 1):
            theirs = kept[second]
            if len(ours.row) == 0 or len(theirs.row) == 0:
                continue
            left, right = _pairs_of_rows(ours.row, theirs.row)
            step = theirs.place[right] - ours.place[left]
            worth = ours.likeness[left] * theirs.likeness[right] * closeness(step, second - first)
            best = np.zeros(rows)
            np.maximum.at(best, ours.row[left], worth)
            total += NEARNESS * min(weights[first], weights[second]) * best
    return total


def closeness(step: npt.NDArray[np.intp], expected: int) -> Floats:
    """1 where two words stand as far apart as in the query (or are one word), less the further off.

    Args:
        step: words from the first to the second in the sentence, negative where they are turned round.
        expected: the same in the query, at least 1.
    """
    ahead = 1 / (1 + FADING * np.abs(step - expected))
    turned = 1.2 / (1 + np.abs(step))
    return np.where((step == 0) | (step == expected), 1.0, np.where(step > 0, ahead, turned))


def _likest(found: Places) -> Places:
    """At most _MOST_PLACES a sentence: a word repeated through a whole text would make pairs without end."""
    if len(found.row) <= _MOST_PLACES:
        return found
    order = np.lexsort((-found.likeness, found.row))
    row = found.row[order]
    kept = order[np.arange(len(row)) - np.searchsorted(row, row) < _MOST_PLACES]
    return Places(found.row[kept], found.place[kept], found.likeness[kept])


def _pairs_of_rows(
    ours: npt.NDArray[np.intp], theirs: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """All pairs of indices into both whose rows are the same; both are ascending."""
    begin, end = np.searchsorted(theirs, ours), np.searchsorted(theirs, ours, side="right")
    sizes = end - begin
    left = np.repeat(np.arange(len(ours)), sizes)
    right = np.arange(len(left)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
    return left, right
