"""Clusters are never cut, and their width is what the terminal library will count."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.text.graphemes import boundaries, cells, is_narrow, snap
from workbench.text.inert import inert

CODER = "👩🏽\u200d💻"
FLAGS = "🇻🇳🇨🇳"
clusters = st.sampled_from(
    ["a", "é", "e\u0301", "漢", "한", CODER, "🇻🇳", "❤️", "\r\n", "\n", " ", "ก็", "\u1100\u1161"]
)
any_text = st.one_of(st.lists(clusters, max_size=12).map("".join), st.text(max_size=40))


@pytest.mark.parametrize(
    "text, width",
    [
        *[("", 0), ("abc", 3), ("e\u0301", 1), ("漢字", 4), (CODER, 2), (FLAGS, 4), ("❤️", 2), ("Việt", 4)],
        *[("a\tb", 3), ("\x1b[0m", 4), ("a\u200bb", 3), ("\u202e", 1), ("한", 2), ("\u1112\u1161\u11ab", 2)],
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_boundaries() -> None:
    text = "ae\u0301" + CODER + FLAGS + "\r\nb"
    edges = boundaries(text, 0, len(text))
    pieces = [text[a:b] for a, b in pairwise(edges)]
    assert pieces == ["a", "e\u0301", CODER, "🇻🇳", "🇨🇳", "\r\n", "b"]
    assert boundaries("abc", 1, 3) == [1, 2, 3]
    assert boundaries("abc", 2, 2) == [2]


@pytest.mark.parametrize(
    "text, start, end, expected",
    [
        ("abc", 1, 2, (1, 2)),
        ("ae\u0301b", 2, 3, (1, 3)),
        ("ae\u0301b", 0, 2, (0, 3)),
        ("a" + CODER + "b", 2, 3, (1, 5)),
        (FLAGS, 2, 3, (2, 4)),
        (FLAGS * 500, 1001, 1002, (1000, 1002)),
        ("a\r\nb", 0, 2, (0, 3)),
        ("e\u0301", 1, 1, (0, 0)),
        ("abc", 0, 3, (0, 3)),
        ("", 0, 0, (0, 0)),
    ],
)
def test_snap(text: str, start: int, end: int, expected: tuple[int, int]) -> None:
    assert snap(text, start, end) == expected


@settings(max_examples=200, deadline=None)
@given(any_text, st.data())
def test_snapping_takes_in_the_range_and_ends_on_boundaries(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap(text, start, end)
    edges = boundaries(text, 0, len(text))
    assert first in edges and last in edges
    assert first <= start and (last >= end or start == end)
    assert snap(text, first, last) == (first, last)


@settings(max_examples=200, deadline=None)
@given(any_text)
def test_the_width_of_a_text_is_that_of_its_clusters(text: str) -> None:
    edges = boundaries(text, 0, len(text))
    assert sum(cells(text[a:b]) for a, b in pairwise(edges)) == cells(text)


def test_every_narrow_character_is_drawn_one_cell_wide() -> None:
    narrow = [chr(code) for code in range(0x110000) if is_narrow(chr(code))]
    assert len(narrow) > 1000
    assert [char for char in narrow if cell_len(inert(char)) != 1] == []
