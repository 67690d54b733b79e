"""What changed between two texts, word by word, with a little of what stayed around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

AROUND = 6
"""Words and spaces kept on either side of a change."""
MOST_PIECES = 1500
"""Words and spaces of a changed stretch beyond which it is not looked into."""

LEAST_ALIKE = 0.5
"""Share of words and spaces in common below which one stretch simply took the place of the other."""

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of the two texts: in both, only in the earlier one, only in the later one, or left out."""

    how: Literal["same", "gone", "new", "cut"]
    text: str


def changed_words(before: str, after: str) -> list[Piece]:
    """The pieces that make up both texts, in order; long stretches that stayed are cut to their ends.

    Lines are compared first, then words within lines that changed, so that long texts take no long time.
    """
    pieces: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for how, some, others in _compared(old, new):
        if how == "same":
            pieces.append(Piece("same", "".join(some)))
        else:
            pieces += _words("".join(some), "".join(others))
    joined = _joined(pieces)
    return [part for at, piece in enumerate(joined) for part in _shortened(piece, at, len(joined))]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "same" if tag == "equal" else "changed", old[a:b], new[c:d]


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    too_long = len(old) > MOST_PIECES or len(new) > MOST_PIECES
    if too_long or SequenceMatcher(None, old, new, autojunk=False).ratio() < LEAST_ALIKE:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for how, some, others in _compared(old, new):
        if how == "same":
            yield Piece("same", "".join(some))
        else:
            yield from (Piece("gone", "".join(some)), Piece("new", "".join(others)))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours alike made one, empty ones dropped."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.text and found and found[-1].how == piece.how:
            found[-1] = Piece(piece.how, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return found


def _shortened(piece: Piece, at: int, of: int) -> Iterator[Piece]:
    parts = _PIECE.findall(piece.text) if piece.how == "same" else []
    first, last = (0 if at == 0 else AROUND), (0 if at == of - 1 else AROUND)
    if of == 1 or len(parts) <= first + last + 2:
        yield piece
        return
    if first:
        yield Piece("same", "".join(parts[:first]))
    yield Piece("cut", "".join(parts[first : len(parts) - last]))
    if last:
        yield Piece("same", "".join(parts[len(parts) - last :]))
