"""Breaking a text into the rows of a pane.

A layout holds only offsets: two arrays with the start and end of each row. Rows are filled from the left;
white space at a row's end belongs to no row; between two paragraphs stands one empty row. Most paragraphs
are one cell a character and are wrapped by one regular expression; others row by row.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from workbench.model import Span
from workbench.text.graphemes import boundaries, cells, is_narrow
from workbench.text.sentences import paragraphs

_HARD_SPACES = r"\u00a0\u2007\u202f"

_OPENING = "「『（《〈【"  # noqa: RUF001
_CLOSING = "、。，．！？：；）」』》〉】"  # noqa: RUF001

# A word, or a character of a script that breaks anywhere, with the punctuation that must not leave it.
_UNIT = regex.compile(
    rf"""[{_OPENING}“‘]*+[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}ー]\p{{M}}*+[{_CLOSING}”’…]*+
       | [[\S{_HARD_SPACES}]--[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}ー]]++""",
    regex.VERBOSE | regex.V1,
)
_SOLID = re.compile(rf"[\S{_HARD_SPACES}]")
_WIDE = rf"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fffー{_OPENING}{_CLOSING}]"

# Hardly a row has more code points a cell; a word of megabytes is not looked through for each of its rows.
_PER_CELL = 16

_unit_cells = lru_cache(maxsize=8192)(cells)  # words and ideographs recur, and measuring is slow


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a wrapped text; there is always at least one.

    Attributes:
        width: cells a row may fill.
        starts, ends: code-point offsets of each row, end exclusive; equal in an empty row.
    """

    width: int
    starts: array[int]
    ends: array[int]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.starts)

    def span(self, row: int) -> Span:
        """The range of the text that `row` shows."""
        return (self.starts[row], self.ends[row])

    def row_of(self, offset: int) -> int:
        """The row that shows `offset`; for white space that is not shown, the row before it."""
        return max(0, bisect_right(self.starts, offset) - 1)


def wrap(text: str, width: int, *, spans: Sequence[Span] | None = None) -> Layout:
    """Wrap a text into rows of at most `width` cells (at least one).

    A word stays whole unless it is wider than a row; then it is cut between clusters, and a cluster
    wider than the row has a row to itself. A tab is one cell, and so is a line break inside a paragraph.

    Args:
        spans: the text's paragraphs, if the caller has them already.
    """
    width = max(1, width)
    starts, ends = array("q"), array("q")
    for start, end in paragraphs(text) if spans is None else spans:
        if ends:
            starts.append(ends[-1])
            ends.append(ends[-1])
        if is_narrow(text[start:end]):
            rows = [match.span() for match in _row_pattern(width).finditer(text, start, end)]
        else:
            rows = list(_mixed_rows(text, start, end, width))
        starts.extend([row[0] for row in rows])
        ends.extend([row[1] for row in rows])
    if not starts:
        starts.append(0)
        ends.append(0)
    return Layout(width, starts, ends)


@lru_cache(maxsize=64)
def _row_pattern(width: int) -> re.Pattern[str]:
    """A row of characters one cell wide: as much as fits before a space, or a slice of a long word."""
    solid = rf"[\S{_HARD_SPACES}]"
    if width == 1:
        return re.compile(solid)
    fill = width - 1
    return re.compile(rf"{solid}(?:.{{0,{fill}}}(?<={solid})(?!{solid})|{solid}{{{fill}}})", re.DOTALL)


def _mixed_rows(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Rows of a paragraph that has wide or combining characters somewhere.

    A row is settled by the text from its start on, so each goes the shortest way there is: one match where
    all of it is narrow or all of it ideographs, else word by word.
    """
    narrow, wide = _row_pattern(width), _wide_pattern(width)
    while (solid := _SOLID.search(text, start, end)) is not None:
        start = solid.start()
        row = narrow.match(text, start, end) if is_narrow(text[start : start + width + 1]) else None
        row = row or wide.match(text, start, end)
        span = row.span() if row else _measured_row(text, start, end, width)
        yield span
        start = span[1]


@lru_cache(maxsize=64)
def _wide_pattern(width: int) -> re.Pattern[str]:
    """A row full of ideographs, kana and their punctuation, two cells each, that are followed by one more."""
    most = max(width // 2, 1)
    return re.compile(rf"(?={_WIDE}{{{most + 1}}}){_WIDE}{{1,{most}}}(?<![{_OPENING}])(?![{_CLOSING}])")


def _measured_row(text: str, start: int, end: int, width: int) -> Span:
    """The row that begins at `start`, word by word; of a word that is wider than a row, as much as fits."""
    last, used = start, 0
    end = min(end, start + _PER_CELL * (width + 4))
    for match in _UNIT.finditer(text, start, end):
        first, after = match.span()
        size = (cells(text[last:first]) if last > start else 0) + _unit_cells(match.group())
        if used + size > width:
            return (start, last) if last > start else _slice(text, start, after, width)
        last, used = after, used + size
    return (start, last)


def _slice(text: str, start: int, end: int, width: int) -> Span:
    """As much of a word as fits a row, at least one cluster."""
    used = 0
    for edge, following in pairwise(boundaries(text, start, end)):
        used += cells(text[edge:following])
        if edge > start and used > width:
            return (start, edge)
    return (start, end)
