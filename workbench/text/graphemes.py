"""What a reader takes for one character: grapheme clusters, and the terminal cells they fill.

Clusters are those of Unicode (UAX #29), found by ``\\X`` of the `regex` library. Offsets are code points.
"""

from __future__ import annotations

import re

import regex
from rich.cells import cell_len

from workbench.model import Span
from workbench.text.inert import inert

_CLUSTER = regex.compile(r"\X")

# Between two of these a cluster always ends: letters, digits and marks of scripts that do not combine.
_PLAIN = (
    r" -~\u00a1-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1eff"
    r"\u2010-\u2027\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff"
)
_SURE_BOUNDARY = re.compile(rf"(?<=[{_PLAIN}])(?=[{_PLAIN}])|(?<=\n)|(?=\r)")

# Clusters are far shorter; after so many code points the walk is in step wherever it began.
_REACH = 4096

# One cell and one cluster a code point, controls included, since they are drawn inert.
_NARROW = re.compile(
    r"[\u0000-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u203b\u20a0-\u20bf]*+"
)


def is_narrow(text: str) -> bool:
    """Whether one can see at a glance that each code point is a character one cell wide."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def boundaries(text: str, start: int, end: int) -> list[int]:
    """Offsets at which a cluster starts in ``text[start:end]``, followed by `end`.

    `start` must itself be a boundary, as any end of `snap` is.
    """
    if text.isascii() and "\r" not in text[start:end]:
        return list(range(start, end + 1)) if start < end else [end]
    return [match.start() for match in _CLUSTER.finditer(text, start, end)] + [end]


def snap(text: str, start: int, end: int) -> Span:
    """The range grown to whole clusters; an empty range stays empty and moves to the cluster's start."""
    if 0 < start <= end < len(text) and _SURE_BOUNDARY.match(text, start) and _SURE_BOUNDARY.match(text, end):
        return (start, end)  # as nearly all ranges are
    first = _cluster_around(text, start)[0]
    if end <= start:
        return (first, first)
    around_end = _cluster_around(text, end)
    return (first, end if around_end[0] == end else around_end[1])


def cells(text: str) -> int:
    """Width of a text in terminal cells, as `inert` draws it.

    A combining mark adds nothing and an emoji sequence is two cells, as Rich measures them.
    """
    return len(text) if is_narrow(text) else cell_len(inert(text))


def _cluster_around(text: str, offset: int) -> Span:
    """The cluster that holds the code point at `offset`, or an empty range at the ends of the text."""
    if not 0 < offset < len(text):
        at = max(0, min(offset, len(text)))
        return (at, at)
    from_here, farthest = offset, max(0, offset - _REACH)
    while from_here > farthest and not _SURE_BOUNDARY.match(text, from_here):
        from_here -= 1
    for match in _CLUSTER.finditer(text, from_here):
        if match.end() > offset:
            return (match.start(), match.end())
    return (offset, offset)
