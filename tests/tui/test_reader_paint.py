"""Rows as the reader paints them, for texts of all scripts: widths, what they show, where a click lands."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.tui.test_theme import inks
from workbench.model import Span
from workbench.text.graphemes import boundaries, cells
from workbench.text.inert import inert
from workbench.tui.color_modes import ColorMode
from workbench.tui.theme import DARK
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_margin import Margin
from workbench.tui.widgets.reader_marks import Hits, Mark, MarkTag, Shading, drawn
from workbench.tui.widgets.reader_paint import Geometry, RowPainter

TAGS = [MarkTag(str(slot), f"标签 {slot}", "標a"[slot % 2 : slot % 2 + 1] + "b", slot) for slot in range(5)]
ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
INKS = inks(DARK, ColorMode.FULL)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "word",
                "a",
                ".",
                " ",
                "  ",
                "\t",
                "\n",
                "\r\n",
                "\u2028",
                "\u00a0",
                "https://example.org/a-long-path",
            ),
            *("漢字", "カタカナー", "「", "」。", "한국어", "e\u0301", "ก็", "नि", "a\u0308\u0323", "\u0301"),
            *("👍🏽", "👨‍👩‍👧‍👦", "🇻🇳", "❤️", "☎︎", "1️⃣", "🏴\U000e0067\U000e0062\U000e007f"),
            *(
                "العربية",
                "עִבְרִית",
                "\u202eabc\u202c",
                "\u200f",
                "\u200b",
                "\u200d",
                "\u00ad",
                "\ufeff",
                "\x1b[31m",
                "\x9b",
            ),
        ]
    ),
    max_size=40,
).map("".join)


def painter(text: str, width: int, marked: Span, hit: Span) -> RowPainter:
    """Paints `text`, five tags on one range and a hit on another, in a pane `width` cells wide."""
    document, geometry = ReaderDocument(text), Geometry.fit(width, 66)
    marks = drawn([Mark("p", *marked, tuple(TAGS), 1, True)], document)
    layout = document.layout(geometry.text_width)
    margin, hits = Margin(marks, layout), Hits([hit], document)
    return RowPainter(text, layout, geometry, margin, Shading(marks), hits, INKS, {0: "aa"})


@settings(max_examples=60, deadline=None)
@given(PIECES, st.integers(8, 90), st.data())
def test_rows_fill_their_width_and_offsets_come_back(text: str, width: int, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    marked, hit, chosen = (tuple(sorted(data.draw(st.tuples(places, places)))) for _ in range(3))
    made = painter(text, width, marked, hit)
    selection = ReaderDocument(text).snap(*chosen)
    for row in range(made.layout.rows):
        strip = made.strip(row, selection, focused=True)
        assert strip.cell_length == sum(cell_len(segment.text) for segment in strip) == width - 1
        assert not ACTING.search(strip.text), "nothing acts on the terminal, nothing turns a row around"
        start, end = made.layout.span(row)
        edges = boundaries(text, start, end)
        for at, following in pairwise(edges):
            if cells(text[at:following]):
                assert made.offset_at(row, made.cells_to(row, at) - made.geometry.text) == at


@settings(max_examples=30, deadline=None)
@given(PIECES, st.integers(12, 60), st.data())
def test_exactly_the_selected_graphemes_look_selected(text: str, width: int, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    selection = ReaderDocument(text).snap(*sorted(data.draw(st.tuples(places, places))))
    made = painter(text, width, (0, 0), (0, 0))
    made.labels = {}
    room = made.geometry
    for row in range(made.layout.rows):
        start, end = made.layout.span(row)
        first, last = max(start, selection[0]), min(end, selection[1])
        strip = made.strip(row, selection, focused=True)
        bold = "".join(segment.text for segment in strip if (segment.style or Style()).bold)
        if cells(text[start:end]) <= room.text_width:
            assert bold == (inert(text[first:last]) if first < last else "")
