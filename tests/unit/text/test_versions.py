"""Versions of a text beside their base, and the union of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.versions import MARK, Line, Row, aligned, common, is_settled, union

texts = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6).map("\n".join)


def test_rows_say_what_became_of_each_line() -> None:
    assert aligned("a\nb\nc", ["a\nB\nc\nd", "a\nc"]) == [
        Row("a", (Line(" ", "a"), Line(" ", "a"))),
        Row("b", (Line("~", "B"), Line("-", "b"))),
        Row("c", (Line(" ", "c"), Line(" ", "c"))),
        Row(None, (Line("+", "d"), None)),
    ]


def test_changes_that_do_not_meet_are_both_taken() -> None:
    assert union("a\nb\nc", [("Anna", "A\nb\nc"), ("Ben", "a\nb\nc\nd")]) == "A\nb\nc\nd"


def test_changes_that_meet_stand_under_their_names() -> None:
    found = union("a\nb\nc", [("Anna", "a\nX\nc"), ("Ben", "a\nY\nc"), ("Cleo", "a\nX\nc")])
    assert found == f"a\n{MARK} Anna, Cleo:\nX\n{MARK} Ben:\nY\n{MARK}\nc"
    assert not is_settled(found) and is_settled("a\nX\nc")


@settings(max_examples=60)
@given(texts, st.lists(texts, min_size=2, max_size=3))
def test_rows_give_back_base_and_versions(base: str, versions: list[str]) -> None:
    rows = aligned(base, versions)
    assert "\n".join(row.base for row in rows if row.base is not None) == base
    for number, version in enumerate(versions):
        lines = [row.lines[number] for row in rows]
        assert "\n".join(line.text for line in lines if line and line.sign != "-") == version


@settings(max_examples=60)
@given(texts, texts)
def test_one_changed_version_is_the_union(base: str, changed: str) -> None:
    assert union(base, [("Anna", base), ("Ben", changed)]) == changed
    assert union(base, [("Anna", changed), ("Ben", changed)]) == changed


@settings(max_examples=60)
@given(texts, st.lists(texts, min_size=2, max_size=3))
def test_a_union_loses_no_line_that_somebody_added(base: str, versions: list[str]) -> None:
    made = union(base, [(str(number), version) for number, version in enumerate(versions)]).split("\n")
    assert set("\n".join(versions).split("\n")) - set(base.split("\n")) <= set(made)


@settings(max_examples=60)
@given(st.lists(texts, min_size=1, max_size=3))
def test_what_is_common_is_in_every_version(versions: list[str]) -> None:
    for version in versions:
        left = iter(version.split("\n"))
        assert all(line in left for line in common(versions).split("\n")) or common(versions) == ""
