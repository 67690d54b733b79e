"""Menus where the mouse is: the offer after a drag, the right button on passages and rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset, Region, Size

from tests.tui.reading_room import reading_room
from tests.tui.support import drag, places, plain, screen_text
from workbench.tui.widgets.key_menu import beside
from workbench.tui.widgets.line_list import LineList

ROOM = Size(80, 24)


@pytest.mark.parametrize(
    ("at", "size", "avoid", "expected"),
    [
        ((10, 5), (20, 8), None, (10, 6)),
        ((70, 5), (20, 8), None, (60, 6)),
        ((10, 20), (20, 8), None, (10, 12)),
        ((10, 12), (20, 30), None, (10, 0)),
        ((10, 5), (30, 1), Region(0, 4, 80, 3), (10, 7)),
        ((10, 22), (30, 1), Region(0, 20, 80, 4), (10, 19)),
        ((10, 5), (30, 1), Region(0, 0, 80, 24), (10, 6)),
        ((90, 30), (30, 1), Region(0, 0, 80, 24), (50, 23)),
    ],
)
def test_a_menu_opens_at_the_pointer_inside_the_screen_and_beside_what_it_is_about(
    at: tuple[int, int], size: tuple[int, int], avoid: Region | None, expected: tuple[int, int]
) -> None:
    assert beside(Offset(*at), Size(*size), ROOM, avoid) == expected


async def test_a_drag_offers_what_can_be_done_and_takes_no_key_from_anything(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "c.txt") as room:
        reader, menu = room.screen.grid.panes[0].reader, room.screen.menu
        await drag(room.pilot, reader, (9, 0), (13, 0))
        await room.settle()
        assert (room.selected, plain(menu)) == ("pumps failed", " t tag  c comment  a →note  y copy")
        assert not menu.region.overlaps(reader.selected_region)
        assert room.screen.region.contains_region(menu.region)
        await room.press("escape")
        assert not menu.is_open and room.selected == "pumps failed" and places(room.app)[-1] == "reading"
        for key, shown in (("j", "Nobody"), ("e", "The pumps")):
            await drag(room.pilot, reader, (9, 0), (13, 0))
            await room.settle()
            await room.press(key)
            assert not menu.is_open and shown in room.selected
        await drag(room.pilot, reader, (9, 0), (13, 0))
        await room.press("t")
        await room.type("cause")
        await room.press("enter")
        assert room.tagged() == [("pumps failed", ["cause"])]
        await drag(room.pilot, reader, (9, 0), (13, 0))
        await room.settle()
        await room.pilot.click(menu, offset=(menu.region.width - 3, 0))
        await room.settle()
        assert room.app.status[0].startswith("Copied “pumps failed”")
        await drag(room.pilot, reader, (9, 0), (13, 0))
        await room.settle()
        await room.pilot.click(room.screen.grid.panes[1].reader, offset=(9, 0))
        await room.settle()
        assert not menu.is_open and room.selected == "Third paragraph 0 has one line."


async def test_the_right_button_opens_a_menu_at_the_pointer(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", size=(80, 24)) as room:
        menu, reader = room.screen.menu, room.screen.grid.panes[0].reader
        await room.pilot.click(reader, offset=(30, 0), button=3)
        await room.settle()
        assert room.selected == "“Nobody isolated the valve,” she said."
        assert menu.region.offset == reader.region.offset + Offset(30, 1)
        assert "t Pick or create a tag" in screen_text(room.app)
        await room.press("down", "j", "k", "escape")
        assert not menu.is_open and places(room.app)[-1] == "reading"
        await room.pilot.click(reader, offset=(30, 0), button=3)
        await room.settle()
        await room.press("up", "enter")
        assert room.app.status[0] == "Nothing here to delete"
        await room.pilot.click(reader, offset=(30, 0), button=3)
        await room.settle()
        await room.press("y")
        assert room.app.status[0].startswith("Copied") and not menu.is_open
        await room.pilot.click(reader, offset=(30, 0), button=3)
        await room.pilot.resize_terminal(60, 20)
        await room.settle()
        assert not menu.is_open
        await room.press("escape")
        rows = room.app.screen.query_one("#articles LineList", LineList)
        await room.pilot.click(rows, offset=(9, 1), button=3)
        await room.settle()
        text = screen_text(room.app)
        assert rows.cursor == 1 and "D     Delete article" in text
        at = room.app.screen.menu.region  # type: ignore[attr-defined]
        (y,) = (y for y, line in enumerate(text.splitlines()) if "Open beside" in line)
        await room.pilot.click(offset=(at.x + 4, y))
        await room.settle()
        assert room.open == ["a.txt", "b.txt"]


async def test_what_works_on_tags_and_passages_is_greyed_where_there_are_none(tmp_path: Path) -> None:
    named = {f"passage.{one}" for one in ("untag", "of_tag", "overlaps", "range", "delete", "repeat")}
    async with reading_room(tmp_path, "a.txt") as room:

        def greyed() -> set[str]:
            return {one for one in (*named, "passage.pinned1") if room.screen.disabled_reason(one)}

        assert greyed() == {*named, "passage.pinned1"}
        await room.press("t", "x", "enter")
        assert greyed() == set()
        await room.press("j")
        assert greyed() == named - {"passage.repeat"}
        await room.press("c", "x", "escape")
        assert greyed() == {"passage.untag", "passage.of_tag"}
