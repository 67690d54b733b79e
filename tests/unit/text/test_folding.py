"""Folding makes equal what typesetting changes, is stable, and every range finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.folding import fold

any_text = st.one_of(
    st.text(max_size=60),
    st.text(
        st.sampled_from("ab e\u0301\u0323…“’–\u00a0\u200b\ufeff\n\r漢각\u1100\u1161\u212b\u2002"), max_size=40
    ),
)


@pytest.mark.parametrize(
    "text, folded",
    [
        ("plain text", "plain text"),
        ("“Four No’s” – “so”…", '"Four No\'s" - "so"...'),
        ("a \u00a0\r\n\tb", "a b"),
        ("a \u200b b\u200bc", "a bc"),
        ("Vie\u0323\u0302t e\u0301", "Việt é"),
        ("e\u200b\u0301", "é"),
        ("", ""),
    ],
)
def test_what_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_ranges_find_their_way_back() -> None:
    text = "He  said “e\u0301te\u0301…” \u200b twice."
    folded = fold(text)
    at = folded.text.index("été")
    start, end = folded.source(at, at + 3)
    assert text[start:end] == "e\u0301te\u0301"
    start, end = folded.source(folded.text.index("...") + 1, folded.text.index("...") + 2)
    assert text[start:end] == "…"
    assert folded.position(text.index("twice")) == folded.text.index("twice")


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text


@settings(max_examples=300, deadline=None)
@given(any_text, st.data())
def test_offsets_never_fall_and_ranges_stay_inside(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets) and offsets[-1] == len(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.source(start, end)
    assert 0 <= first <= last <= len(text)
    assert start == end or folded.text[start:end] in fold(text[first:last]).text
