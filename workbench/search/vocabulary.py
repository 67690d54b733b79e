"""Every word of the indexed texts, numbered, with what is needed to find words that look alike.

A query word is compared with the vocabulary and never with the texts. Two cheap numbers a word, its length
and a mask of its letters, rule out nearly all of them before rapidfuzz measures the rest: one edit changes
the length by at most one and at most two bits of the mask.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

Ints = npt.NDArray[np.int32]
Lengths = npt.NDArray[np.uint8]
Masks = npt.NDArray[np.uint64]

_LAST = "\U0010ffff"


class Vocabulary:
    """The growing numbering of words. One writer; numbers once given never change."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.terms: list[str] = []
        self._ordered: list[str] = []
        self._order: Ints = np.zeros(0, np.int32)
        self._lengths: Lengths = np.zeros(0, np.uint8)
        self._masks: Masks = np.zeros(0, np.uint64)

    def number(self, term: str) -> int:
        """The number of `term`, given now if it is new."""
        found = self.ids.setdefault(term, len(self.terms))
        if found == len(self.terms):
            self.terms.append(term)
        return found

    def adopt(self, terms: Sequence[str], order: Ints, shapes: tuple[Lengths, Masks]) -> Ints:
        """Numbers for words of another vocabulary; all at once where this one is empty.

        Args:
            terms: the words, each once.
            order: the alphabetical order of `terms`, as indices.
            shapes: what `Lexicon` says of lengths and masks.
        """
        if self.terms:
            return np.fromiter(map(self.number, terms), np.int32, len(terms))
        self.terms = list(terms)
        self.ids = dict(zip(terms, range(len(terms)), strict=True))
        self._ordered = [terms[n] for n in order]
        self._order, (self._lengths, self._masks) = order, shapes
        return np.arange(len(terms), dtype=np.int32)

    def lexicon(self, frequencies: Ints) -> Lexicon:
        """The vocabulary as it stands, frozen; `frequencies[n]` is how many sentences hold word n."""
        new = self.terms[len(self._lengths) :]
        if new:
            lengths, masks = shapes_of(new)
            self._lengths = np.concatenate([self._lengths, lengths])
            self._masks = np.concatenate([self._masks, masks])
            self._ordered = sorted(self._ordered + new)
            self._order = np.fromiter(map(self.ids.__getitem__, self._ordered), np.int32)
        return Lexicon(
            self.ids, self.terms, self._ordered, self._order, self._lengths, self._masks, frequencies
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A frozen vocabulary. Only words with a frequency above 0 count as known.

    Attributes:
        ids, terms: shared with the vocabulary and may grow; numbers beyond `frequencies` are not ours.
        ordered: the words in alphabetical order; order: their numbers.
        lengths: characters a word, at most 255; masks: its letters as bits; both by number.
        frequencies: how many sentences hold the word, by number.
    """

    ids: dict[str, int]
    terms: list[str]
    ordered: list[str]
    order: Ints
    lengths: Lengths
    masks: Masks
    frequencies: Ints

    def find(self, term: str) -> int | None:
        """The number of a known word, else None."""
        found = self.ids.get(term)
        if found is None or found >= len(self.frequencies) or not self.frequencies[found]:
            return None
        return found

    def frequency(self, term: str) -> int:
        """How many sentences hold `term`."""
        found = self.find(term)
        return 0 if found is None else int(self.frequencies[found])

    def starting_with(self, prefix: str, limit: int) -> Ints:
        """Numbers of the words longer than `prefix` that start with it: the `limit` most frequent."""
        first = bisect_left(self.ordered, prefix)
        last = bisect_left(self.ordered, prefix + _LAST, first)
        found = self.order[first + (self.ordered[first:last][:1] == [prefix]) : last]
        counts = self.frequencies[found]
        if len(found) > limit:
            most = np.argpartition(-counts, limit)[:limit]
            found, counts = found[most], counts[most]
        best = np.lexsort((found, -counts))
        found, counts = found[best], counts[best]
        return found[counts > 0]

    def near(self, word: str, edits: int) -> list[tuple[int, int]]:
        """(number, edits) of the other words at most `edits` changed, lost, added or swapped letters away."""
        lengths, masks = shapes_of([word])
        size = int(lengths[0])
        alike = np.flatnonzero((self.lengths >= size - edits) & (self.lengths <= size + edits))
        maybe = alike[np.bitwise_count(self.masks[alike] ^ masks[0]) <= 2 * edits]
        maybe = maybe[self.frequencies[maybe] > 0]
        return _measured(word, maybe, [self.terms[n] for n in maybe], edits)

    def near_starts(self, start: str, limit: int) -> list[int]:
        """Numbers of words that begin one edit away from `start`, first letter kept: the most frequent."""
        _, masks = shapes_of([start])
        first, last = bisect_left(self.ordered, start[0]), bisect_left(self.ordered, start[0] + _LAST)
        numbers = self.order[first:last].astype(np.intp)
        missing = np.bitwise_count(masks[0] & ~self.masks[numbers])
        maybe = numbers[(missing <= 1) & (self.frequencies[numbers] > 0)]
        size = len(start)
        found: set[int] = set()
        for cut in (size, size + 1):
            beginnings = [self.terms[n][:cut] for n in maybe]
            found.update(n for n, _ in _measured(start, maybe, beginnings, 1))
        return sorted(found, key=lambda n: (-self.frequencies[n], n))[:limit]


def _measured(
    word: str, numbers: npt.NDArray[np.intp], words: list[str], edits: int
) -> list[tuple[int, int]]:
    if not words:
        return []
    distances = cdist([word], words, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
    close = np.flatnonzero((distances > 0) & (distances <= edits))
    return [(int(numbers[n]), int(distances[n])) for n in close]


def _letter_bits() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    once, twice = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    for place, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789"):
        once[letter] = 1 << place
        if letter >= ord("a"):
            twice[letter] = 1 << (place + 37)
    once[ord("?")] = 1 << 36  # stands for everything that is not ASCII
    return once, twice


_ONCE, _TWICE = _letter_bits()


def shapes_of(terms: Sequence[str]) -> tuple[Lengths, Masks]:
    """Lengths and masks: a bit for each letter and digit that occurs, another if a letter does so twice."""
    if not terms:
        return np.zeros(0, np.uint8), np.zeros(0, np.uint64)
    lengths = np.fromiter(map(len, terms), np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    letters = np.frombuffer("".join(terms).encode("ascii", "replace"), np.uint8)
    # Sorting by (word, letter) puts equal letters of a word together and leaves the words where they were.
    keys = np.sort(np.repeat(np.arange(len(terms)) << 8, lengths) | letters)
    sorted_letters = keys & 0xFF
    bits = _ONCE[sorted_letters]
    again = np.flatnonzero(keys[1:] == keys[:-1]) + 1
    bits[again] |= _TWICE[sorted_letters[again]]
    return np.minimum(lengths, 255).astype(np.uint8), np.bitwise_or.reduceat(bits, starts)
