"""What of a hit is marked: in order, apart, and just what matched."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, loose

from workbench.search.hits import joined
from workbench.search.index import SearchIndex

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda one: (one[0], sum(one))))


@given(SPANS)
@settings(max_examples=100)
def test_joined_spans_cover_the_same_and_lie_apart(spans: list[tuple[int, int]]) -> None:
    covered = [place for start, end in joined(spans) for place in range(start, end)]
    assert covered == sorted({place for start, end in spans for place in range(start, end)})
    assert all(left[1] < right[0] for left, right in zip(joined(spans), joined(spans)[1:], strict=False))


def test_pairs_of_characters_that_overlap_are_one_match() -> None:
    index = SearchIndex.build([article("a", "首都ハノイで会議。 57.7bn on 5%")])
    assert index.search("ハノイ").hits[0].matches == ((2, 5),)
    assert index.search("57.7 billion 5 percent").hits[0].matches == ((10, 16), (20, 22))


@given(st.text("漢字ハノイ가나 ไทย5%a.", min_size=1, max_size=30), st.text("漢字ハイไทย5%a ", max_size=12))
@settings(max_examples=100, deadline=None)
def test_matches_never_overlap(text: str, query: str) -> None:
    index = SearchIndex.build([article("a", text), loose("note", "n", text)])
    for hit in index.search(query).hits:
        places = [place for match in hit.matches for place in match]
        assert places == sorted(places) and all(start < end for start, end in hit.matches)
        assert len(set(places)) == len(places)
