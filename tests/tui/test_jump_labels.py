"""Labels for jumping: how long they are, and that none begins another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.tui.jump_labels import ALL, LETTERS, jump_labels


def test_one_letter_near_two_letters_far() -> None:
    near, far = jump_labels(12, 30)
    assert [len(label) for label in near] == [1] * 12
    assert [len(label) for label in far] == [2] * 30
    assert all(label.islower() for label in near + far)


def test_alone_the_focused_pane_has_all_letters() -> None:
    near, far = jump_labels(26, 0)
    assert (set(near), far) == (set(LETTERS), [])


def test_many_words_have_two_letters_in_every_pane_small_ones_while_they_last() -> None:
    near, far = jump_labels(300, 376)
    assert {len(label) for label in near + far} == {2}
    assert all(label.islower() for label in near + far)
    assert any(not label.islower() for label in jump_labels(300, 377)[1])


def test_what_two_keys_do_not_reach_has_no_label() -> None:
    near, far = jump_labels(2_000, 2_000)
    assert (len(near), len(far)) == (2_000, len(ALL) ** 2 - 2_000)


@settings(max_examples=30)
@given(st.integers(0, 80), st.integers(0, 900))
def test_no_label_is_the_beginning_of_another(near: int, far: int) -> None:
    labels = jump_labels(near, far)
    together = [label for part in labels for label in part]
    assert (len(labels[0]), len(labels[1])) == (near, far)
    assert len(set(together)) == near + far
    assert {len(label) for label in labels[0]} <= ({1} if near <= len(LETTERS) else {2})
    assert not {label for label in together if len(label) == 1} & {
        label[0] for label in together if label[1:]
    }
