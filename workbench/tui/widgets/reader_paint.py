"""Paints the rows of a reader: stripes, words with their tints, labels, and the minimap beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from workbench.model import Span
from workbench.text import graphemes
from workbench.text.inert import inert
from workbench.text.wrapping import Layout
from workbench.tui.widgets.reader_inks import Inks, Look
from workbench.tui.widgets.reader_margin import LANES, NAMES_FROM, Margin, label
from workbench.tui.widgets.reader_marks import CLEAR, Hits, Shading

_STRIPS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where things stand in a reader's row, in cells from its left edge. The last cell is the minimap's."""

    width: int
    text: int
    text_width: int
    side: int
    side_width: int

    @classmethod
    def fit(cls, width: int, measure: int) -> Geometry:
        """Divide `width` cells, of which the words take at most `measure`.

        Whole tag names get room where 55 cells of words remain; where fewer than 22 would remain beside
        codes, there are no codes.
        """
        text = LANES + 1
        room = width - text - 1
        side = 6
        if room - 2 - side < 22:
            side = 0
        elif room - 2 - NAMES_FROM >= 55:
            side = min(max(room - 2 - measure, NAMES_FROM), 24)
        gap = 2 if side else 1
        text_width = max(min(measure, room - gap - side), 1)
        return cls(width, text, text_width, text + text_width + gap, side)


class RowPainter:
    """Paints rows of one text in one layout under one theme. Made anew when any of these changes."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        geometry: Geometry,
        margin: Margin,
        shading: Shading,
        hits: Hits,
        inks: Inks,
        labels: Mapping[int, str],
    ) -> None:
        self.text = text
        self.layout = layout
        self.geometry = geometry
        self.margin = margin
        self.shading = shading
        self.hits = hits
        self.inks = inks
        self.labels = labels
        self._strips: dict[tuple[int, Span, bool, bool], Strip] = {}

    def strip(self, row: int, selection: Span, focused: bool, lit: Span | None = None) -> Strip:
        """A row, one cell short of the full width, with the part of `selection` that lies in it.

        Args:
            focused: whether the reader has the keys.
            lit: the range that alone is read; other rows step back. None for the whole text.
        """
        start, end = self.layout.span(row) if row < self.layout.rows else (0, 0)
        chosen = max(start, selection[0]), min(end, selection[1])
        aside = bool(self.labels) or (lit is not None and not lit[0] <= start < max(lit[1], lit[0] + 1))
        key = (row, chosen if chosen[0] < chosen[1] else (0, 0), focused, aside)
        found = self._strips.get(key)
        if found is None:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            found = self._strips[key] = self._paint(*key)
        return found

    def _paint(self, row: int, chosen: Span, focused: bool, aside: bool) -> Strip:
        geometry, base = self.geometry, self.inks.base
        line = _Line(base)
        for lane in range(LANES):
            stripe = self.margin.stripe(row, lane)
            line.add(stripe.glyph(row) if stripe else " ", self.inks.hue(stripe.slot) if stripe else base)
        line.pad(geometry.text)
        for text, style in self._words(row, chosen, focused, aside):
            line.add(text, style)
        marks = self.margin.starting(row)
        if marks and geometry.side_width:
            line.pad(geometry.side)
            for text, slot in label(marks, geometry.side_width):
                line.add(inert(text), self.inks.hue(slot))
        return line.strip(geometry.width - 1)

    def _words(self, row: int, chosen: Span, focused: bool, aside: bool) -> Iterator[tuple[str, Style]]:
        """The words of a row, cut where their style changes."""
        start, end = self.layout.span(row) if row < self.layout.rows else (0, 0)
        shades = dict(self.shading.between(start, end))
        hits = self.hits.between(start, end)
        labels = self._labels_between(start, end)
        cuts = {start, end, *chain.from_iterable(hits), *shades, *labels}
        cuts.update(until for until, _ in labels.values())
        cuts.update(at for at in chosen if start < at < end)
        shade, covered = CLEAR, start
        for a, b in pairwise(sorted(cuts)):
            shade = shades.get(a, shade)
            if a in labels:
                covered, text = labels[a]
                yield text[:1], self.inks.marker
                yield text[1:], self.inks.marker_end
            elif a >= covered:
                hit = any(first <= a < last for first, last in hits)
                look = Look(shade, hit, chosen[0] <= a < chosen[1], focused, aside)
                yield inert(self.text[a:b]), self.inks.text(look)

    def _labels_between(self, start: int, end: int) -> dict[int, tuple[int, str]]:
        """The jump labels in a row, by offset: where the words it covers end, and what to write."""
        found: dict[int, tuple[int, str]] = {}
        offsets = sorted(at for at in self.labels if start <= at < end)
        for at, limit in pairwise([*offsets, end]):
            text, cells, until = self.labels[at], 0, at
            for a, b in pairwise(graphemes.boundaries(self.text, at, limit)):
                if cells >= len(text):
                    break
                until, cells = b, cells + graphemes.cells(self.text[a:b])
            found[at] = until, text.ljust(cells)
        return found

    def cells_to(self, row: int, offset: int) -> int:
        """Cells from the left edge of a row up to an offset in it, or to the end of its words."""
        start, end = self.layout.span(row)
        return self.geometry.text + graphemes.cells(self.text[start : min(offset, end)])

    def offset_at(self, row: int, x: int) -> int:
        """The offset of the grapheme drawn `x` cells from where the words of a row begin, or the nearest."""
        start, end = self.layout.span(min(max(row, 0), self.layout.rows - 1))
        at, cells = start, 0
        for a, b in pairwise(graphemes.boundaries(self.text, start, end)):
            cells += graphemes.cells(self.text[a:b])
            at = a
            if cells > x:
                break
        return at


class _Line:
    """Segments of a row being put together; neighbours of one style become one segment."""

    def __init__(self, blank: Style) -> None:
        self._blank = blank
        self._parts: list[tuple[str, Style]] = []
        self._cells = 0

    def add(self, text: str, style: Style) -> None:
        self._cells += cell_len(text)
        if self._parts and self._parts[-1][1] is style:
            self._parts[-1] = self._parts[-1][0] + text, style
        elif text:
            self._parts.append((text, style))

    def pad(self, to: int) -> None:
        self.add(" " * (to - self._cells), self._blank)

    def strip(self, width: int) -> Strip:
        self.pad(width)
        strip = Strip([Segment(text, style) for text, style in self._parts], self._cells)
        return strip if self._cells == width else strip.crop(0, width)


def minimap_segments(
    cells: list[tuple[int, ...]], view: Span | None, inks: Inks, track: Style, thumb: Style
) -> list[Segment]:
    """The minimap as segments one cell wide: ▐ where one tag is met, █ where more are.

    `view` is the range of cells that stand for what is on screen, None where all of it is.
    """
    made: dict[tuple[tuple[int, ...], bool], Segment] = {}
    column = []
    for at, slots in enumerate(cells):
        in_view = view is not None and view[0] <= at < view[1]
        segment = made.get((slots, in_view))
        if segment is None:
            ground = thumb if in_view else track
            color = inks.hue(slots[0] if len(slots) == 1 else None).color
            glyph = ("┃" if in_view else "│") if not slots else "▐" if len(slots) == 1 else "█"
            segment = Segment(glyph, ground + Style(color=color) if slots else ground)
            made[slots, in_view] = segment
        column.append(segment)
    return column
