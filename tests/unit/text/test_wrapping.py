"""Rows show every character once and in order, keep words whole, and stay within their width."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.graphemes import boundaries, cells
from workbench.text.sentences import paragraphs
from workbench.text.wrapping import wrap

SEEDS = [path.read_bytes().decode() for path in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))]

any_text = st.one_of(
    st.text(st.sampled_from("abc defgh \t\n\r\u00a0’é漢字、。「」e\u0301"), max_size=120),
    st.lists(
        st.sampled_from(["word ", "e\u0301", "👩🏽\u200d💻", "漢字", "。", "\n", " ", "longerword"]),
        max_size=30,
    ).map("".join),
    st.text(max_size=60),
)


def rows(text: str, width: int) -> list[str]:
    layout = wrap(text, width)
    return [text[slice(*layout.span(row))] for row in range(layout.rows)]


@pytest.mark.parametrize(
    "text, width, expected",
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two   three ", 9, ["one  two", "three"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("a\nb\n\n\n\nc", 9, ["a", "", "b", "", "c"]),
        ("a\tb c", 3, ["a\tb", "c"]),
        ("10\u00a0000 men", 7, ["10\u00a0000", "men"]),
        ("漢字、漢字。", 6, ["漢字、", "漢字。"]),
        ("見る「人」だ", 6, ["見る", "「人」", "だ"]),
        ("日本 e\u0301te\u0301", 4, ["日本", "e\u0301te\u0301"]),
        ("a👩🏽\u200d💻👩🏽\u200d💻", 3, ["a👩🏽\u200d💻", "👩🏽\u200d💻"]),
        ("漢字", 1, ["漢", "字"]),
        ("\u0301漢", 1, ["\u0301", "漢"]),
        ("ab", 0, ["a", "b"]),
    ],
)
def test_rows(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_a_hard_wrapped_paragraph_flows_again() -> None:
    line = "the quick brown fox jumps over the lazy dog and then walks back home again"
    text = "\n".join([line] * 5)
    layout = wrap(text, 200)
    assert layout.rows == 2
    assert " ".join(text[: layout.ends[0]].split()) == " ".join(rows(text, 200)[0].split())
    assert "\n" in rows(text, 200)[0]


def test_the_row_of_an_offset() -> None:
    text = "one two three\n\nfour"
    layout = wrap(text, 7)
    assert [layout.row_of(offset) for offset in (0, 6, 7, 8, 12, 13, 14, 15, 18, 99)] == [
        0,
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        3,
    ]
    assert layout.span(2) == (13, 13)
    assert wrap("", 5).row_of(0) == 0
    assert wrap("  x", 5).row_of(0) == 0


@pytest.mark.parametrize("text", SEEDS)
@pytest.mark.parametrize("width", [20, 45, 66, 80])
def test_the_sample_articles_keep_their_words(text: str, width: int) -> None:
    shown = [word for row in rows(text, width) for word in row.split()]
    assert shown == text.split()
    assert rows(text, width).count("") == len(paragraphs(text)) - 1
    assert max(map(cells, rows(text, width))) <= width


@settings(max_examples=300, deadline=None)
@given(any_text, st.integers(1, 20))
def test_rows_cover_the_ink_once_and_fit(text: str, width: int) -> None:
    layout = wrap(text, width)
    spans = [layout.span(row) for row in range(layout.rows)]
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {offset for span in spans for offset in range(*span)}
    assert all(offset in covered or char.isspace() for offset, char in enumerate(text))
    for start, end in spans:
        one_cluster = len(boundaries(text, start, end)) <= 2
        assert cells(text[start:end]) <= width or one_cluster
        assert all(layout.row_of(offset) == spans.index((start, end)) for offset in range(start, end))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abcé", min_size=1, max_size=8), min_size=1, max_size=30), st.integers(8, 30))
def test_each_row_takes_as_many_words_as_fit(parts: list[str], width: int) -> None:
    expected = [parts[0]]
    for part in parts[1:]:
        if len(expected[-1]) + 1 + len(part) <= width:
            expected[-1] += " " + part
        else:
            expected.append(part)
    assert rows(" ".join(parts), width) == expected
    assert rows(" ".join(parts).replace("é", "e\u0301"), width) == [
        row.replace("é", "e\u0301") for row in expected
    ]


def test_a_paragraph_of_five_million_characters() -> None:
    for text in ("word " * 1_000_000, "x" * 5_000_000, "漢é " * 20_000, "漢" * 500_000, "e\u0301" * 9_000):
        layout = wrap(text, 66)
        assert layout.ends[-1] == len(text.rstrip())
