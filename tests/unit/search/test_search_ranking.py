"""The formula's promises: more matches never hurt, nothing beats the exact phrase, rare words decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.ranking import NEARNESS, Places, closeness, coverage, evidence, is_weak, nearness

weight = st.floats(0.1, 14)
likeness = st.floats(0.25, 1, width=32)
places = st.lists(st.tuples(st.integers(0, 40), likeness), max_size=6)
Standing = list[tuple[int, float]]


def near(words: list[Standing], weights: list[float]) -> float:
    """What nearness adds to one sentence in which query word i stands at `words[i]`."""
    found = [
        Places(
            np.zeros(len(at), np.intp),
            np.array([p for p, _ in at], np.intp),
            np.array([s for _, s in at], "f4"),
        )
        for at in words
    ]
    return float(nearness(found, np.array(weights), 1)[0])


@given(st.lists(st.tuples(weight, places), min_size=1, max_size=5), st.data())
@settings(max_examples=150)
def test_a_further_matching_word_never_lowers_nearness(
    words: list[tuple[float, Standing]], data: st.DataObject
) -> None:
    weights, found = [w for w, _ in words], [p for _, p in words]
    lucky = data.draw(st.integers(0, len(words) - 1))
    more = [
        [*p, data.draw(st.tuples(st.integers(41, 60), likeness))] if n == lucky else p
        for n, p in enumerate(found)
    ]
    assert near(more, weights) >= near(found, weights)


@given(st.lists(st.tuples(weight, places), min_size=1, max_size=5))
@settings(max_examples=150)
def test_nothing_is_nearer_than_the_exact_phrase(words: list[tuple[float, Standing]]) -> None:
    weights = [w for w, _ in words]
    phrase = [[(place, 1.0)] for place in range(len(words))]
    assert near([p for _, p in words], weights) <= near(phrase, weights) + 1e-6


@given(st.lists(st.tuples(st.lists(places, min_size=3, max_size=3)), min_size=1, max_size=4))
@settings(max_examples=60)
def test_sentences_measured_together_are_measured_as_alone(sentences: list[tuple[list[Standing]]]) -> None:
    weights = [5.0, 3.0, 2.0]
    together = []
    for word in range(3):
        stand = [(row, *at) for row, (words,) in enumerate(sentences) for at in words[word]]
        together.append(
            Places(
                np.array([row for row, _, _ in stand], np.intp),
                np.array([place for _, place, _ in stand], np.intp),
                np.array([s for *_, s in stand], "f4"),
            )
        )
    measured = nearness(together, np.array(weights), len(sentences))
    assert measured.tolist() == pytest.approx([near(words, weights) for (words,) in sentences])


def test_the_way_words_stand_matters() -> None:
    def apart(first: int, second: int) -> float:
        return near([[(first, 1.0)], [(second, 1.0)]], [4.0, 3.0])

    assert apart(5, 6) == pytest.approx(NEARNESS * 3.0)
    assert apart(5, 6) > apart(5, 7) > apart(5, 12) > 0
    assert apart(5, 6) > apart(6, 5) > apart(12, 5) > 0
    assert closeness(np.array([0]), 1) == 1.0  # two query words read as one


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


def test_a_sentence_with_most_of_what_is_asked_is_not_weak_for_one_odd_word() -> None:
    weights, known = np.array([12.0, 6.0, 6.0, 6.0]), np.zeros(4, np.bool_)
    similar = np.array([[0.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
    assert is_weak(similar, weights, known).tolist() == [False, True, False]
