"""Labels for jumping: how long they are, and that none begins another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.tui.jump_labels import LETTERS, jump_labels


def test_one_letter_near_two_letters_far() -> None:
    near, far = jump_labels(12, 30)
    assert [len(label) for label in near] == [1] * 12
    assert [len(label) for label in far] == [2] * 30


def test_alone_the_focused_pane_has_all_letters() -> None:
    near, far = jump_labels(26, 0)
    assert (set(near), far) == (set(LETTERS), [])


@settings(max_examples=80)
@given(st.integers(0, 80), st.integers(0, 240))
def test_no_label_is_the_beginning_of_another(near: int, far: int) -> None:
    labels = [label for part in jump_labels(near, far) for label in part]
    assert len(set(labels)) == len(labels) == near + far
    assert not any(a != b and b.startswith(a) for a in labels for b in labels)
