"""The tag picker: typing, creating, staying, removing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.reading_room import make_project, reading_room
from tests.tui.support import places, screen_text, unhandled
from workbench.project import Project
from workbench.tui.screens.picker import PickerScreen

FIRST = "The pumps failed."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path)
    for name, text in (("hedged", "avoids committing itself"), ("sched-slip", ""), ("cause", "")):
        made.change_tag(made.create_tag(name), description=text)
    return made


def test_every_key_has_an_action() -> None:
    assert unhandled(PickerScreen) == []


async def test_the_top_row_is_the_tag_that_fits(tmp_path: Path, project: Project) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("t")
        await room.type("hed")
        text = screen_text(room.app)
        assert "Tag this sentence" in text and "2 of 3 tags" in text
        assert "avoids committing itself" in text and "Create tag “hed”" in text
        assert text.index("hedged") < text.index("sched-slip") < text.index("Create tag")
        await room.press("enter")
        assert room.tagged() == [(FIRST, ["hedged"])]
        assert places(room.app)[-1] == "reading"


async def test_create_is_on_top_where_no_tag_fits_and_last_where_one_does(
    tmp_path: Path, project: Project
) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("t")
        await room.type("region/asean")
        await room.press("enter")
        assert room.tagged() == [(FIRST, ["region/asean"])]
        await room.press("t")
        await room.type("hed")
        await room.press("down", "down", "enter")
        assert room.tagged() == [(FIRST, ["region/asean", "hed"])]


async def test_tab_applies_and_stays_and_backspace_on_empty_takes_the_last_back(
    tmp_path: Path, project: Project
) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("t")
        await room.type("cau")
        await room.press("tab")
        await room.type("hed")
        await room.press("tab")
        assert room.tagged() == [(FIRST, ["cause", "hedged"])]
        assert places(room.app)[-1] == "picker"
        assert "On this passage  ■ cause  ■ hedged" in screen_text(room.app)
        await room.press("backspace")
        assert room.tagged() == [(FIRST, ["cause"])]
        await room.type("x")
        await room.press("backspace")
        assert room.tagged() == [(FIRST, ["cause"])]
        await room.press("escape")
        assert room.tagged() == [(FIRST, ["cause"])]


async def test_keys_typed_all_at_once_reach_the_picker(tmp_path: Path, project: Project) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        for key in ("t", *"diplomacy", "enter"):
            room.app.simulate_key(key)
        await room.settle()
        assert room.tagged() == [(FIRST, ["diplomacy"])]


async def test_a_name_that_no_tag_can_have_is_refused_and_stays(tmp_path: Path, project: Project) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("t")
        await room.type("a,b")
        await room.press("enter")
        assert places(room.app)[-1] == "picker"
        assert "comma" in screen_text(room.app)
        assert room.tagged() == []


async def test_without_typing_the_tag_applied_last_is_on_top(tmp_path: Path, project: Project) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("t")
        await room.type("sched")
        await room.press("enter", "j", "t", "enter")
        assert [tags for _, tags in room.tagged()] == [["sched-slip"], ["sched-slip"]]


async def test_the_selection_of_the_key_press_is_tagged(tmp_path: Path, project: Project) -> None:
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("l", "shift+right", "t")
        assert "Tag this passage" in screen_text(room.app)
        await room.type("cause")
        await room.press("enter")
        assert room.tagged() == [("The pumps", ["cause"])]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16), (40, 12)])
async def test_it_fits_every_screen(tmp_path: Path, project: Project, size: tuple[int, int]) -> None:
    async with reading_room(tmp_path, "a.txt", project=project, size=size) as room:
        await room.press("t")
        await room.type("cau")
        text = screen_text(room.app)
        assert " cau" in text and "■ cause" in text and "On this passage" in text and "Enter" in text
