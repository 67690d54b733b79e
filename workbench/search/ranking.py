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
a sentence that holds the words exactly, in order and without a gap.

A sentence is weak when it misses the query's rare words, whatever else it holds:

    evidence = Σ v·min(1, s/0.8) / Σ v over the rare words     v = w; 1½ w if nothing in the texts is like it
    weak     = evidence < ½

Rare are the words at least 0.65 times as telling as the most telling one. The measure is the query's own, so
no fixed score separates good from bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Place = tuple[int, float]
"""Where in a sentence, counted in words, something stands, and its similarity to the query word."""

NEARNESS = 0.25
REACH = 2
RARE = 0.65
UNKNOWN = 1.5
SURE = 0.8
ENOUGH = 0.5
_MOST_PLACES = 30


def coverage(similar: Floats, weights: Floats) -> Floats:
    """Σ w·s a sentence; `similar` has a row a sentence and a column a query word."""
    return np.asarray(similar @ weights)


def evidence(similar: Floats, weights: Floats, missing: npt.NDArray[np.bool_]) -> Floats:
    """The share, 0 to 1, of the query's rare words each sentence holds; `missing` marks unknown words."""
    rare = weights >= RARE * weights.max()
    values = np.where(missing, UNKNOWN, 1.0)[rare] * weights[rare]
    return np.asarray(np.minimum(similar[:, rare] / SURE, 1.0) @ values / values.sum())


def nearness(places: Sequence[Sequence[Place]], weights: Sequence[float]) -> float:
    """What order and nearness add; `places[i]` are the places of query word i, in any order."""
    kept = [sorted(found, key=lambda place: -place[1])[:_MOST_PLACES] for found in places]
    total = 0.0
    for first, ours in enumerate(kept):
        for second in range(first + 1, min(first + REACH, len(kept) - 1) + 1):
            expected = second - first
            pairs = product(ours, kept[second])
            best = max((s * t * closeness(b - a, expected) for (a, s), (b, t) in pairs), default=0.0)
            total += NEARNESS * min(weights[first], weights[second]) * best
    return total


def closeness(step: int, expected: int) -> float:
    """1 where two words stand as far apart as in the query (or are one word), less the further off.

    Args:
        step: words from the first to the second in the sentence, negative where they are turned round.
        expected: the same in the query, at least 1.
    """
    if step in (0, expected):
        return 1.0
    if step > 0:
        return 1 / (1 + 0.5 * abs(step - expected))
    return 0.6 / (1 + 0.5 * (-step - 1))
