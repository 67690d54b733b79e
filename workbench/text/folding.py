"""Folding a text for comparison: what copying and typesetting change is made equal, with a way back.

Folded are: composed and decomposed letters (NFC), kinds of quotation marks and dashes (to ASCII), the
ellipsis (to three full stops), runs of white space (to one space), characters without width (dropped).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

import regex

from workbench.model import Span

_LOOKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›′", "'"),  # noqa: RUF001 - these are the marks to fold
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
        "…": "...",
    }
)
_NO_WIDTH = regex.compile(r"[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]")

# What folding changes in a normalised text, and in any other: everything between two matches stays as it is.
_CHANGED = re.compile(rf"(?P<space>\s\s++|[^\S\x20])|[{''.join(map(chr, _LOOKS))}]")
_MAY_CHANGE = regex.compile(r"(?P<space>\s\s++|[^\S\x20])|(?=[!-~]\p{M})\X|(?![\x00-\x7F])\X")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where its characters come from.

    Attributes:
        text: the folded text.
        offsets: for each of its characters the source offset it comes from, then the source's length;
            never falling. Where several characters became others together they share an offset.
    """

    text: str
    offsets: array[int]

    def source(self, start: int, end: int) -> Span:
        """The source range that a range of the folded text comes from."""
        if end <= start:
            return (self.offsets[start], self.offsets[start])
        last = self.offsets[end - 1]
        while self.offsets[end] == last and end < len(self.text):
            end += 1
        return (self.offsets[start], self.offsets[end])

    def position(self, offset: int) -> int:
        """Index in the folded text of the first character that comes from `offset` or later."""
        return bisect_left(self.offsets, offset)


def fold(text: str) -> Folded:
    """Fold a text; folding the result again changes nothing."""
    if not _NO_WIDTH.search(text):
        return _fold_visible(text)
    kept = array("q", (index for index, char in enumerate(text) if not _NO_WIDTH.match(char)))
    folded = _fold_visible("".join(text[index] for index in kept))
    kept.append(len(text))
    return Folded(folded.text, array("q", (kept[offset] for offset in folded.offsets)))


def _fold_visible(text: str) -> Folded:
    """Fold a text without characters of no width."""
    normal = unicodedata.is_normalized("NFC", text)
    parts: list[str] = []
    offsets = array("q")
    done = 0
    for match in (_CHANGED if normal else _MAY_CHANGE).finditer(text):
        start, end = match.span()
        part = " " if match.lastgroup else unicodedata.normalize("NFC", match.group()).translate(_LOOKS)
        parts += (text[done:start], part)
        offsets.extend(range(done, start))
        offsets.extend([start] * len(part))
        done = end
    parts.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Folded("".join(parts), offsets)
