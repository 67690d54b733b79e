"""The rows of a note in a given width: words wrapped, citations as coloured marks, quotations set off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from workbench.model import Span
from workbench.text.graphemes import cells
from workbench.text.inert import inert
from workbench.text.wrapping import wrap
from workbench.tui import theme
from workbench.tui.note_page import Quote
from workbench.tui.widgets.note_markdown import MUTED, Line
from workbench.tui.widgets.note_quotes import chip

LEAST = 8
"""Cells that words get at least, however deep a list they stand in."""
_POINTED = "bold $background on $foreground"
_HARD_SPACE = "\N{NO-BREAK SPACE}"


class Stop(NamedTuple):
    """A place where a note cites.

    Attributes:
        name: what is named: a passage's id or handle, without the Q.
        first, last: the rows it fills, last exclusive.
        left: the cell in the last of them at which its mark begins; offset: the same in code points.
        size: cells, and code points, of the mark.
    """

    name: str
    first: int
    last: int
    left: int
    offset: int
    size: int


class NoteLayout:
    """Rows and stops of a note.

    Attributes:
        rows: what is drawn; stops: the citations in order.
    """

    def __init__(self, lines: Sequence[Line], quotes: Mapping[str, Quote], width: int) -> None:
        """Lays out lines.

        Args:
            quotes: what is known of passages, by id and by handle without its Q.
            width: cells a row may fill.
        """
        self.rows: list[Content] = []
        self.stops: list[Stop] = []
        self._quotes = quotes
        self._width = width
        for line in lines:
            if line.quotation and self._quote_of(line):
                self._add_quotation(line)
            else:
                self._add_words(line)

    def _add_words(self, line: Line) -> None:
        words, marks = self._words(line)
        layout = wrap(words.plain, max(self._width - cells(line.first), LEAST), spans=[(0, len(words.plain))])
        for row in range(layout.rows):
            start, end = layout.span(row)
            prefix = Content.styled(line.rest if row else line.first, MUTED)
            for (left, right), name in marks:
                if start <= left < end:
                    cell = prefix.cell_length + cells(words.plain[start:left])
                    at = len(self.rows)
                    self.stops.append(Stop(name, at, at + 1, cell, len(prefix) + left - start, right - left))
            self.rows.append(prefix + words[start:end])

    def _words(self, line: Line) -> tuple[Content, list[tuple[Span, str]]]:
        """The line unwrapped, and where in it which passages are cited."""
        parts: list[Content] = []
        marks: list[tuple[Span, str]] = []
        at = 0
        for run in line.runs:
            if run.citation:
                part = self._mark(run.text)
                marks.append(((at, at + len(part)), run.text))
            else:
                part = Content.styled(inert(run.text), run.style)
            parts.append(part)
            at += len(part)
        return Content("").join(parts), marks

    def _add_quotation(self, line: Line) -> None:
        """A citation alone on its line: the words, and below them its mark and source."""
        quote = self._quote_of(line)
        assert quote is not None
        stripe = Content.assemble((line.first, MUTED), ("▌ ", self.color(quote)))
        further = Content.assemble((line.rest, MUTED), ("▌ ", self.color(quote)))
        shown = inert(quote.words)
        layout = wrap(quote.words, max(self._width - stripe.cell_length, LEAST))
        for row in range(layout.rows):
            start, end = layout.span(row)
            self.rows.append((further if row else stripe) + Content(shown[start:end]))
        name = next(run.text for run in line.runs if run.citation)
        mark = self._mark(name)
        source = f" {inert(quote.source)} {quote.place}"
        gone = (" source gone: words kept", "$error") if quote.lost else ""
        self.rows.append(Content.assemble(further, mark, (source, MUTED), gone))
        last = len(self.rows)
        place = (further.cell_length, len(further), len(mark))
        self.stops.append(Stop(name, last - layout.rows - 1, last, *place))

    def _mark(self, name: str) -> Content:
        """``[2]`` in the colour of its tag, with a cell on either side."""
        quote = self._quotes.get(name)
        if quote is None:
            says, style = f"[Q{name[:5]}?]", "bold $background on $error"
        else:
            says = f"[{quote.number} gone]" if quote.lost else f"[{quote.number}]"
            style = chip(quote)
        return Content.styled(f"{_HARD_SPACE}{says}{_HARD_SPACE}", style)

    def color(self, quote: Quote) -> str:
        """The colour of a quote's first tag, as a style names it."""
        return MUTED if quote.slot is None else theme.tag_ink(quote.slot)

    def _quote_of(self, line: Line) -> Quote | None:
        return next((self._quotes.get(run.text) for run in line.runs if run.citation), None)


def pointed_at(row: Content, stop: Stop) -> Content:
    """The row of a stop's mark with arrows on either side of it, as wide as before.

    A mark that a very narrow row has cut in two has no room for arrows.
    """
    end = stop.offset + stop.size
    if end > len(row):
        return row.stylize(_POINTED, stop.offset)
    says = row.plain[stop.offset + 1 : end - 1]
    return Content.assemble(row[: stop.offset], (f"▸{says}◂", _POINTED), row[end:])


def visible_stops(stops: Sequence[Stop], top: int, height: int) -> Iterator[int]:
    """Indices of the stops whose marks lie in sight."""
    return (index for index, stop in enumerate(stops) if top < stop.last <= top + height)
