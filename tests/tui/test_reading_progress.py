"""What counts as read, and that it comes back from what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.tui.reading_progress import Progress

ranges = st.lists(st.tuples(st.integers(-2, 25), st.integers(-2, 25)), max_size=8)


@settings(max_examples=30)
@given(ranges)
def test_it_is_the_set_of_what_was_added_and_comes_back(added: list[tuple[int, int]]) -> None:
    progress, expected = Progress(20), set[int]()
    for first, end in added:
        progress.add(first, end, 20)
        expected |= set(range(max(first, 0), min(end, 20)))
    assert {at for first, end in progress.spans for at in range(first, end)} == expected
    assert progress.share == len(expected) / 20
    assert all(a[1] < b[0] for a, b in zip(progress.spans, progress.spans[1:], strict=False))
    assert Progress.from_kept(progress.kept) == progress


def test_another_number_of_sentences_stretches_what_was_read() -> None:
    progress = Progress.of_share(0.5)
    progress.add(9, 10, 10)
    assert (progress.of, progress.spans, progress.share) == (10, [(0, 5), (9, 10)], 0.6)


def test_all_of_it_stays_all_of_it() -> None:
    progress = Progress.of_share(1)
    progress.add(3, 4, 7)
    assert progress.share == 1


@pytest.mark.parametrize(
    ("kept", "share"),
    [
        ("", 0),
        ("/0", 0),
        ("5-2 /10", 0),
        ("0-99 /10", 1),
        ("0-5", 0),
        (None, 0),
        ([1], 0),
        (float("nan"), 0),
        (float("inf"), 1),
        (-3, 0),
        (0.25, 0.25),
        (1, 1),
    ],
)
def test_odd_things_kept(kept: object, share: float) -> None:
    assert Progress.from_kept(kept).share == share
