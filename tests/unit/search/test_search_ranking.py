"""The formula's promises: more matches never hurt, nothing beats the exact phrase, rare words decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.ranking import NEARNESS, closeness, coverage, evidence, nearness

weight = st.floats(0.1, 14)
likeness = st.floats(0.3, 1)
places = st.lists(st.tuples(st.integers(0, 40), likeness), max_size=6)


@given(st.lists(st.tuples(weight, places), min_size=1, max_size=5), st.data())
@settings(max_examples=150)
def test_a_further_matching_word_never_lowers_nearness(
    words: list[tuple[float, list[tuple[int, float]]]], data: st.DataObject
) -> None:
    weights, found = [w for w, _ in words], [p for _, p in words]
    lucky = data.draw(st.integers(0, len(words) - 1))
    more = [
        [*p, data.draw(st.tuples(st.integers(41, 60), likeness))] if n == lucky else p
        for n, p in enumerate(found)
    ]
    assert nearness(more, weights) >= nearness(found, weights)


@given(st.lists(st.tuples(weight, places), min_size=1, max_size=5))
@settings(max_examples=150)
def test_nothing_is_nearer_than_the_exact_phrase(
    words: list[tuple[float, list[tuple[int, float]]]],
) -> None:
    weights = [w for w, _ in words]
    phrase = [[(place, 1.0)] for place in range(len(words))]
    assert nearness([p for _, p in words], weights) <= nearness(phrase, weights) + 1e-9


def test_the_way_words_stand_matters() -> None:
    def near(first: int, second: int) -> float:
        return nearness([[(first, 1.0)], [(second, 1.0)]], [4.0, 3.0])

    assert near(5, 6) == pytest.approx(NEARNESS * 3.0)
    assert near(5, 6) > near(5, 7) > near(5, 12) > 0
    assert near(5, 6) > near(6, 5) > near(12, 5) > 0
    assert closeness(0, 1) == 1.0  # two query words read as one


def test_coverage_adds_what_the_words_are_worth() -> None:
    similar = np.array([[1.0, 0.0], [0.8, 1.0]])
    assert coverage(similar, np.array([5.0, 2.0])) == pytest.approx([5.0, 6.0])


def test_common_words_are_no_evidence_where_rare_ones_are_asked_for() -> None:
    weights, known = np.array([6.0, 1.0, 1.0]), np.array([False, False, False])
    with_rare, without = evidence(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]), weights, known)
    assert with_rare == 1.0
    assert without == 0.0


def test_a_word_found_nowhere_weighs_more_against_a_sentence() -> None:
    similar, weights = np.array([[1.0, 0.0]]), np.array([5.0, 5.0])
    missing = evidence(similar, weights, np.array([False, True]))
    elsewhere = evidence(similar, weights, np.array([False, False]))
    assert missing < 0.5 <= elsewhere
