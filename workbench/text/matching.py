"""Which lines of two texts stand for each other, found quickly in long texts too.

Lines that both texts have once tie them together, as in Bram Cohen's patience diff; what lies between two of
them is compared in the same way again, and by difflib where it has none and is short. So blank lines, which
stand everywhere, cost nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CLOSE = 10_000
"""The most pairs of lines that are compared closely; longer parts without a common line differ as a whole."""

Pair = tuple[int, int]
"""Indices of a line in the one text and in the other."""


def matches(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The lines that both texts have in the same order, by their places in them, rising in both."""
    found: list[Pair] = []
    parts = [(0, len(old), 0, len(new))]
    while parts:
        a, b, c, d = parts.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        ties = [(a + i, c + j) for i, j in _rising(_once_in_both(old[a:b], new[c:d]))]
        if ties:
            found += ties
            ends = [*ties, (b, d)]
            starts = [(a, c), *((i + 1, j + 1) for i, j in ties)]
            parts += [(i, k, j, m) for (i, j), (k, m) in zip(starts, ends, strict=True) if i < k and j < m]
        elif (b - a) * (d - c) <= CLOSE:
            found += [(a + i, c + j) for i, j in _compared(old[a:b], new[c:d])]
    return sorted(found)


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The lines that stand once in either text, in the order of the first."""
    times = Counter(old), Counter(new)
    places = {line: at for at, line in enumerate(new) if times[1][line] == 1}
    return [(at, places[line]) for at, line in enumerate(old) if times[0][line] == 1 and line in places]


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest run of pairs, rising in the first, that rises in the second too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    found: list[Pair] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        yield from ((block.a + step, block.b + step) for step in range(block.size))
