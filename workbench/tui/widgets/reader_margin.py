"""What stands beside the words: stripes on the left, tag names or codes on the right, the minimap.

Everything here is counted in rows of one layout, so it is made anew when the text is wrapped anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from workbench.model import Span
from workbench.text.wrapping import Layout
from workbench.tui.theme import is_dashed
from workbench.tui.widgets.reader_marks import UNTAGGED, Mark

LANES = 3
NAMES_FROM = 12
"""Cells on the right from which on whole tag names are written there."""
COMMENT_SIGN = "✎"
CITATION_SIGN = "❞"
MUTED = None
"""Slot of a piece of label that has no tag's colour."""

Piece = tuple[str, int | None]


@dataclass(slots=True)
class Stripe:
    """A tag's stripe in one lane: its rows, first and last included, and what it belongs to."""

    first: int
    last: int
    slot: int
    mark: Mark

    def glyph(self, row: int) -> str:
        """The character for one of its rows."""
        if is_dashed(self.slot) and self.slot != UNTAGGED:
            return "□" if self.first == self.last else "┇"
        if self.first == self.last:
            return "■"
        return "╻" if row == self.first else "╹" if row == self.last else "┃"


class Margin:
    """Stripes, labels and minimap for the marks of a text wrapped to one width."""

    def __init__(self, marks: Sequence[tuple[Span, Mark]], layout: Layout) -> None:
        """Take marks as `reader_marks.drawn` gives them."""
        self.layout = layout
        self._lanes: list[list[Stripe]] = [[] for _ in range(LANES)]
        self._spans: list[tuple[int, int, Mark]] = []
        self._starting: dict[int, list[Mark]] = {}
        self._minimap: list[tuple[int, ...]] | None = None
        for (start, end), mark in marks:
            first, last = layout.row_of(start), layout.row_of(end - 1)
            self._spans.append((first, last, mark))
            self._starting.setdefault(first, []).append(mark)
            for slot in mark.slots:
                self._place(Stripe(first, last, slot, mark))

    def _place(self, stripe: Stripe) -> None:
        """Put a stripe into the first free lane. Where none is free it may take the last row of one that ends
        where it begins; a fourth at the same place has no stripe, the label counts it."""
        for lane in self._lanes:
            if not lane or lane[-1].last < stripe.first:
                lane.append(stripe)
                return
        for lane in self._lanes:
            if lane[-1].first < stripe.first == lane[-1].last:
                lane[-1].last -= 1
                lane.append(stripe)
                return

    def stripe(self, row: int, lane: int) -> Stripe | None:
        """The stripe in a lane (0-2) at a row, or None."""
        stripes = self._lanes[lane]
        at = bisect_right(stripes, row, key=lambda stripe: stripe.first) - 1
        return stripes[at] if at >= 0 and stripes[at].last >= row else None

    def starting(self, row: int) -> Sequence[Mark]:
        """The marks that begin in a row, in text order."""
        return self._starting.get(row, ())

    def minimap(self, height: int) -> list[tuple[int, ...]]:
        """Palette slots met in each of `height` equal parts of the text, at most two for each.

        A text shorter than that has one part a row.
        """
        if self._minimap is None or len(self._minimap) != height:
            self._minimap = self._parts(height)
        return self._minimap

    def _parts(self, height: int) -> list[tuple[int, ...]]:
        cells: list[tuple[int, ...]] = [()] * height
        scale = max(self.layout.rows, height, 1)
        for first, last, mark in self._spans:
            for cell in range(first * height // scale, min(last * height // scale, height - 1) + 1):
                if len(cells[cell]) < 2:
                    cells[cell] = tuple(dict.fromkeys(cells[cell] + mark.slots))[:2]
        return cells


def label(marks: Sequence[Mark], width: int) -> list[Piece]:
    """What to write beside the row in which `marks` begin, in at most `width` cells.

    Full names where there is room, else codes ("he oc"), else some of them and how many more ("he oc +3",
    "he+2"); then signs for a comment and a citation.
    """
    tags = list(dict.fromkeys(tag for mark in marks for tag in mark.tags))
    signs = COMMENT_SIGN if any(mark.comments for mark in marks) else ""
    signs += CITATION_SIGN if any(mark.cited for mark in marks) else ""
    names: list[Piece] = [(tag.name, tag.slot) for tag in tags]
    codes: list[Piece] = [(tag.code, tag.slot) for tag in tags]
    if width >= NAMES_FROM and len(tags) == 1:
        names = [(shortened(tags[0].name, width - 1 - (len(signs) + 1 if signs else 0)), tags[0].slot)]
    choices = [names] if width >= NAMES_FROM else []
    choices.append(codes)
    choices += [[*codes[:some], (f"+{len(codes) - some}", MUTED)] for some in range(len(codes) - 1, 1, -1)]
    for pieces in choices:
        written = _joined(pieces, signs)
        if _cells(written) <= width:
            return written
    if not tags:
        return []
    more = (f"+{len(tags) - 1}", MUTED)
    spaced, close = (f" {signs}".rstrip(), MUTED), (signs, MUTED)
    shorter: list[list[Piece]] = [[codes[0], more, spaced], [codes[0], more, close], [close]]
    return next((written for written in shorter if _cells(written) <= width), [])


def shortened(text: str, width: int) -> str:
    """`text` in at most `width` cells, its end replaced by … where it is longer."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def _joined(pieces: Iterable[Piece], signs: str) -> list[Piece]:
    written: list[Piece] = []
    for piece in [*pieces, *([(signs, MUTED)] if signs else [])]:
        if written:
            written.append((" ", MUTED))
        written.append(piece)
    return written


def _cells(pieces: Iterable[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)
