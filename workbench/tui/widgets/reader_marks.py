"""Tagged passages as the reader draws them over the words: which tag tints which stretch of the text.

Where passages overlap the shortest one gives the tint, and an underline, single or double, says
that two or more tags meet there.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from workbench.model import Span
from workbench.tui.widgets.reader_document import ReaderDocument

UNTAGGED = -1
"""Stands for a palette slot where a passage has a comment or a citation but no tag."""


class MarkTag(NamedTuple):
    """A tag on a mark: its id, full name, two-letter code, and palette slot 0-13."""

    id: str
    name: str
    code: str
    slot: int


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotated passage to draw.

    Attributes:
        passage: id of the passage, handed back when its stripe is clicked.
        start, end: code points, end exclusive.
        comments: how many comments it has; cited: whether a note cites it.
    """

    passage: str
    start: int
    end: int
    tags: tuple[MarkTag, ...] = ()
    comments: int = 0
    cited: bool = False

    @property
    def slots(self) -> tuple[int, ...]:
        """The palette slots of its tags, or `UNTAGGED` alone."""
        return tuple([tag.slot for tag in self.tags]) or (UNTAGGED,)


class Shade(NamedTuple):
    """How a stretch is drawn: the slot that tints it (None: no mark there) and how many tags meet there."""

    slot: int | None
    tags: int


CLEAR = Shade(None, 0)


def drawn(marks: Sequence[Mark], document: ReaderDocument) -> list[tuple[Span, Mark]]:
    """The marks that have something to draw, in text order, each with the range to draw: without white space
    at its ends, snapped to graphemes."""
    ranges = [(_trimmed(document, mark), mark) for mark in marks]
    found = [(span, mark) for span, mark in ranges if span[0] < span[1]]
    return sorted(found, key=lambda item: (item[0][0], -item[0][1], item[1].passage))


def _trimmed(document: ReaderDocument, mark: Mark) -> Span:
    words = document.text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    return document.snap(start, start + len(words.strip()))


class Shading:
    """The shade of every stretch of a text, from a sweep over the edges of its marks."""

    def __init__(self, marks: Sequence[tuple[Span, Mark]]) -> None:
        """Take marks as `drawn` gives them: O(n log n) in their number."""
        self._starts: list[int] = [0]
        self._shades: list[Shade] = [CLEAR]
        edges = [(span[0], True, i) for i, (span, _) in enumerate(marks)]
        edges += [(span[1], False, i) for i, (span, _) in enumerate(marks)]
        shortest: list[tuple[int, int]] = []  # heap of (length, index); closed ones leave when they surface
        tags: dict[str, int] = {}
        for offset, group in groupby(sorted(edges), key=lambda edge: edge[0]):
            for _, opens, index in group:
                (start, end), mark = marks[index]
                _count(tags, mark, 1 if opens else -1)
                if opens:
                    heapq.heappush(shortest, (end - start, index))
            while shortest and marks[shortest[0][1]][0][1] <= offset:
                heapq.heappop(shortest)
            self._starts.append(offset)
            slot = marks[shortest[0][1]][1].slots[0] if shortest else None
            self._shades.append(Shade(slot, len(tags)))

    def between(self, start: int, end: int) -> list[tuple[int, Shade]]:
        """Where shades begin between two offsets: the first entry is at `start` itself."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        found = list(zip(self._starts[first:last], self._shades[first:last], strict=True))
        return [(start, found[0][1]), *found[1:]] if found else [(start, CLEAR)]


def _count(tags: dict[str, int], mark: Mark, by: int) -> None:
    """Count the tags of a mark in or out, keeping only those that are present."""
    for tag in mark.tags:
        tags[tag.id] = tags.get(tag.id, 0) + by
        if not tags[tag.id]:
            del tags[tag.id]


class Hits:
    """Search hits over a text, merged where they overlap."""

    def __init__(self, spans: Sequence[Span], document: ReaderDocument) -> None:
        """Snap `spans` to graphemes and put them in order."""
        self.spans: list[Span] = []
        for start, end in sorted(document.snap(*span) for span in spans):
            if self.spans and start <= self.spans[-1][1]:
                self.spans[-1] = (self.spans[-1][0], max(end, self.spans[-1][1]))
            elif start < end:
                self.spans.append((start, end))

    def between(self, start: int, end: int) -> list[Span]:
        """The hits that touch a stretch, cut to it."""
        first = bisect_right(self.spans, start, key=lambda span: span[1])
        last = bisect_left(self.spans, end, key=lambda span: span[0])
        return [(max(a, start), min(b, end)) for a, b in self.spans[first:last]]
