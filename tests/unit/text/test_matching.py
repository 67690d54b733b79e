"""Which lines of two texts stand for each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.matching import CLOSE, matches

texts = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=12)


@settings(max_examples=200)
@given(texts, texts)
def test_matches_are_equal_lines_that_rise_in_both_texts(old: list[str], new: list[str]) -> None:
    found = matches(old, new)
    assert all(old[a] == new[b] for a, b in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert bool(found) is bool(set(old) & set(new))


@settings(max_examples=60)
@given(texts)
def test_a_text_matches_itself(text: list[str]) -> None:
    assert matches(text, text) == [(at, at) for at in range(len(text))]


def test_blank_lines_between_paragraphs_stay_where_they_are() -> None:
    old = ["one", "", "two", "", "three", "", "four"]
    new = ["one", "", "three", "", "new", "", "four"]
    assert matches(old, new) == [(0, 0), (1, 1), (4, 2), (5, 5), (6, 6)]


def test_a_paragraph_that_moved_ties_once() -> None:
    assert matches(["a", "b", "c", "d"], ["d", "a", "b", "c"]) == [(0, 1), (1, 2), (2, 3)]


def test_edits_far_apart_in_a_long_text_leave_the_rest_matched() -> None:
    old = [line for number in range(2000) for line in (f"paragraph {number}", "")]
    new = [f"{line}!" if number in (4, 2002, 3990) else line for number, line in enumerate(old)]
    assert matches(old, new) == [(at, at) for at in range(len(old)) if at not in (4, 2002, 3990)]


def test_long_parts_without_a_line_of_their_own_in_common_differ_as_a_whole() -> None:
    size = CLOSE // 10
    assert matches(["a", "x"] * size, ["y", "a"] * size) == []
