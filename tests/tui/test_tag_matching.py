"""Which tags fit what was typed, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Tag
from workbench.tui.tag_matching import matching_tags


def tag(name: str, passages: int = 0) -> Tag:
    return Tag(name, name, 0, "", None, name[:2], passages)


TAGS = [tag("official-claim", 9), tag("hedged", 34), tag("sched-slip", 6), tag("region/asean"), tag("má")]


def names(typed: str) -> list[str]:
    return [match.tag.name for match in matching_tags(typed, TAGS, lambda one: 0)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hed", ["hedged", "sched-slip"]),
        ("HED", ["hedged", "sched-slip"]),
        ("claim", ["official-claim"]),
        ("oclm", ["official-claim"]),
        ("asean", ["region/asean"]),
        ("off claim", ["official-claim"]),
        ("ma", ["má"]),
        ("hedx", []),
        ("dgeh", []),
    ],
)
def test_letters_must_come_in_order(typed: str, expected: list[str]) -> None:
    assert names(typed) == expected


def test_nothing_typed_lists_all_the_lowest_rank_first() -> None:
    found = matching_tags("", TAGS, lambda one: 0 if one.name == "má" else 1)
    assert [match.tag.name for match in found][:2] == ["má", "hedged"]
    assert len(found) == len(TAGS)


def test_the_letters_that_fit_are_those_that_stand_together() -> None:
    (match,) = matching_tags("claim", TAGS, lambda one: 0)
    assert "".join(match.tag.name[at] for at in match.letters) == "claim"


@settings(max_examples=60)
@given(st.text(max_size=6), st.text(min_size=1, max_size=12))
def test_marked_letters_are_places_in_the_name_in_rising_order(typed: str, name: str) -> None:
    for match in matching_tags(typed, [tag(name)], lambda one: 0):
        assert list(match.letters) == sorted(set(match.letters))
        assert all(0 <= at < len(name) for at in match.letters)
