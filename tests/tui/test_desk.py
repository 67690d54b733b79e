"""The desk: what is kept between sessions, and pins that are given by themselves."""

from __future__ import annotations

from pathlib import Path

from workbench.model import Tag
from workbench.tui.desk import Desk
from workbench.tui.trail import Place, PlaceMark


def tag(name: str, passages: int = 0) -> Tag:
    return Tag(name, name, 0, "", None, name[:2], passages)


def test_everything_comes_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.json")
    desk.pin(3, "cause")
    desk.applied("cause")
    desk.applied("hedged")
    desk.current_note = "N1"
    desk.panes = ["A", "B"]
    desk.places["A"] = Place(10, 20, 5)
    desk.focused, desk.zoomed, desk.measure, desk.screen = 1, True, 58, ("note", "N1")
    desk.marks["q"] = mark = PlaceMark.at("A", Place(2, 5, 0), "abcdefg", "h")
    desk.read("A", 3, 8, 10)
    desk.set_read("B", True)
    desk.save()
    again = Desk(tmp_path / "desk.json")
    assert (again.pins, again.recent_tags, again.current_note) == ({3: "cause"}, ["hedged", "cause"], "N1")
    assert (again.panes, again.places) == (["A", "B"], {"A": Place(10, 20, 5)})
    assert (again.focused, again.zoomed, again.measure, again.screen) == (1, True, 58, ("note", "N1"))
    assert again.marks == {"q": mark} and mark.words == "cde"
    assert (again.progress("A"), again.progress("B"), again.progress("C")) == (0.5, 1.0, 0.0)


def test_a_broken_desk_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    for broken in (
        "{",
        '{"pins": {"x": 1}, "panes": [1], "places": {"A": ["b"]}, "read": {"A": "x"}}',
        "[]",
        '{"pins": {"": "x", "12": "y"}, "focused": 3, "zoomed": "x", "measure": true, "screen": [1, 2]}',
        '{"pins": [], "places": {"A": [1, 2, -3]}, "marks": {"a": {"article": 1}, "b": []}, "shares": 5}',
        '{"focused": {}, "marks": {"a": {"article": "A", "place": [1], "words": "", "text": ""}}, "read": 1}',
    ):
        path.write_text(broken)
        desk = Desk(path)
        assert (desk.pins, desk.panes, desk.places, desk.progress("A")) == ({}, [], {}, 0.0)
        assert (desk.focused, desk.zoomed, desk.measure, desk.screen) == (0, False, None, ("", ""))
        assert (desk.marks, desk.shares.kept) == ({}, [])


def test_a_desk_of_an_older_version_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text('{"read": {"A": 0.25, "B": 1}}')
    assert (Desk(path).progress("A"), Desk(path).progress("B")) == (0.25, 1.0)


def test_a_desk_that_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Desk(tmp_path / "file" / "desk.json").save()
    Desk().save()


def test_the_first_nine_tags_get_digits_the_most_used_first() -> None:
    desk = Desk()
    desk.meet([tag(f"t{n}", passages=n) for n in range(12)])
    assert desk.pins == {digit: f"t{12 - digit}" for digit in range(1, 10)}


def test_a_tag_unpinned_stays_so_and_the_digit_of_a_tag_that_is_gone_is_free() -> None:
    desk = Desk()
    desk.meet([tag("a"), tag("b")])
    desk.unpin("a")
    desk.meet([tag("a"), tag("b")])
    assert desk.pins == {2: "b"}
    desk.meet([tag("a"), tag("c")])
    assert desk.pins == {1: "c", 2: "b"}


def test_what_was_read_is_added_up() -> None:
    desk = Desk()
    desk.read("A", 0, 2, 8)
    desk.read("A", 1, 4, 8)
    assert desk.progress("A") == 0.5
    desk.set_read("A", False)
    assert desk.progress("A") == 0.0
