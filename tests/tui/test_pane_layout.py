"""Where panes and dividers lie, at every size."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Region

from workbench.tui.pane_layout import LEAST_WIDTH, Shares, rows_of


@pytest.mark.parametrize(
    ("count", "width", "height", "expected"),
    [
        (4, 200, 50, [4]),
        (2, 120, 36, [2]),
        (3, 120, 36, [2, 1]),
        (4, 100, 36, [2, 2]),
        (2, 99, 24, [1, 1]),
        (1, 40, 12, [1]),
        (2, 59, 24, []),
        (2, 120, 15, []),
        (4, 80, 16, []),
    ],
)
def test_how_many_lie_in_each_row(count: int, width: int, height: int, expected: list[int]) -> None:
    assert rows_of(count, width, height, height - 4) == expected


@settings(max_examples=80)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(40, 300), st.integers(12, 80))
def test_panes_and_dividers_fill_the_room_exactly(counts: list[int], width: int, height: int) -> None:
    shares = Shares()
    shares.fit(counts)
    panes, dividers = shares.panes(width, height)
    regions: list[Region] = [*panes, *(divider.region for divider in dividers)]
    assert sum(region.area for region in regions) == width * height
    assert not any(a.overlaps(b) for at, a in enumerate(regions) for b in regions[at + 1 :])


def test_a_divider_moves_to_where_it_is_wanted_and_no_further_than_a_pane_needs() -> None:
    shares = Shares()
    shares.fit([2])
    divider = shares.panes(120, 30)[1][0]
    assert shares.move(divider, 80, 120, 30)
    assert [pane.width for pane in shares.panes(120, 30)[0]] == [80, 39]
    assert shares.move(shares.panes(120, 30)[1][0], 119, 120, 30)
    assert [pane.width for pane in shares.panes(120, 30)[0]] == [119 - LEAST_WIDTH, LEAST_WIDTH]
    assert not shares.move(shares.panes(120, 30)[1][0], 119, 120, 30)


def test_shares_survive_another_size_and_start_anew_with_another_number_of_panes() -> None:
    shares = Shares()
    shares.fit([2])
    shares.move(shares.panes(120, 30)[1][0], 80, 120, 30)
    shares.fit([2])
    left, right = (pane.width for pane in shares.panes(240, 30)[0])
    assert left > 150 > right
    shares.fit([3])
    assert [pane.width for pane in shares.panes(122, 30)[0]] == [40, 40, 40]
    kept = json.loads(json.dumps([{}, "x", [[1]], [[1], [[0, 1]]], [[1, 1], [[9] * 5, [1]]], *shares.kept]))
    shares = Shares.from_kept(kept)
    shares.fit([2])
    assert [pane.width for pane in shares.panes(240, 30)[0]] == [left, right]
    shares.equalize()
    assert [pane.width for pane in shares.panes(121, 30)[0]] == [60, 60]
    assert shares.kept == []
