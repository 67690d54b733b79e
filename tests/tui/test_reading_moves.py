"""Moving about in the reading room: labels over words, the way back, marks, what counts as read."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key, MouseScrollDown, Paste
from textual.widgets import Input

from tests.tui.reading_room import TEXTS, Room, make_project, reading_room
from tests.tui.support import places, screen_text
from workbench.project import Project
from workbench.tui.trail import Place

FIRST = "The pumps failed."
SECOND = "“Nobody isolated the valve,” she said."


def label(room: Room, words: str, pane: int) -> str:
    """The letters of the label that leads to these words in a pane."""
    shown = [one for one in room.screen.labels.shown if one.pane is room.screen.grid.panes[pane]]
    texts = {one.pane.reader.document.text[slice(*one.span)]: one.letters for one in shown}
    return texts[words]


async def test_words_are_labelled_in_all_panes_and_any_is_two_keys_away(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "c.txt", "a.txt") as room:
        await room.press("F")
        shown = room.screen.labels.shown
        assert {len(one.letters) for one in shown} == {2}
        letters = label(room, "valve", 1)
        await room.press(letters[0])
        assert {one.letters[0] for one in room.screen.labels.shown} == {letters[0]}
        assert f" {letters[1]}alve" in screen_text(room.app)
        await room.press(letters[1])
        assert (room.selected, room.screen.labels.shown) == ("valve", [])
        await room.press("w", "l")
        assert room.selected == "she"
        await room.press("F", "1")
        assert room.selected == "she" and "No word on screen has that label" in room.app.status[0]
        await room.press("F")
        await room.press(*label(room, "Third", 0))
        assert (room.selected, room.app.focused) == ("Third", room.screen.grid.panes[0].reader)
        await room.press("H")
        assert room.selected == "she"
        await room.press("l")
        assert room.selected == "said"
        await room.press("H")
        assert room.selected == "Third paragraph 0 has one line."


async def test_labels_go_when_what_they_stand_over_may_be_another(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "c.txt") as room:
        right = room.screen.grid.panes[1].reader
        await room.press("F")
        await room.pilot.click(right, offset=(30, 10))
        assert not room.screen.labels.shown and room.app.focused is right
        await room.press("F")
        right.post_message(MouseScrollDown(right, 5, 5, 0, 1, 0, False, False, False))
        await room.settle()
        assert not room.screen.labels.shown
        await room.press("f")
        await room.pilot.resize_terminal(80, 24)
        await room.settle()
        assert not room.screen.labels.shown
        await room.press("z", "F")
        assert {one.pane for one in room.screen.labels.shown} == {room.screen.grid.panes[1]}
        room.app.open_article(room.id("b.txt"))
        await room.settle()
        assert not room.screen.labels.shown and "Fetch" not in screen_text(room.app)
        await room.press("j")
        assert room.selected == "The operator denied it."


async def test_the_way_back_leads_over_articles_and_brings_the_selection_back(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        await room.press("l", "shift+right", "G")
        assert room.selected == "The end."
        room.app.open_article(room.id("c.txt"), (7, 16))
        await room.settle()
        assert (room.open, room.selected) == (["c.txt", "b.txt"], "aragraph ")
        await room.press("j", "j", "tab", "j", "G", "escape")
        room.app.open_articles([room.id("a.txt")])
        await room.settle()
        assert (room.open, room.selected) == (["a.txt"], "The end.")
        await room.press("H")
        assert (room.open, room.selected) == (["b.txt"], "Loading will resume soon.")
        await room.press("H")
        assert room.selected == "The operator denied it."
        room.project.delete_article(room.id("c.txt"))
        room.app.post_project_changed()
        await room.settle()
        await room.press("H")
        assert (room.open, room.selected) == (["a.txt"], "The end.")
        await room.press("H")
        assert room.selected == "The pumps"
        await room.press("H")
        assert "no place further back" in room.app.status[0]
        await room.press("q", "g", "r", "H")
        assert (room.open, room.selected) == (["a.txt"], "The pumps")


async def test_marks_are_set_followed_replaced_forgotten_and_kept(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    async with reading_room(tmp_path, "a.txt", "c.txt", project=project) as room:
        await room.press("l", "shift+right", "M", "a")
        assert "Mark a stands at “The pumps” now" in room.app.status[0]
        await room.press("tab", "G", "M")
        assert "“The pumps”" in screen_text(room.app)
        await room.press("a")
        assert room.selected == "The pumps"
        await room.press("H")
        assert room.selected == "And another line 39."
        await room.press("M", "A", "M", "b", "M", "escape", "k")
        assert "paragraph 39" in room.selected and places(room.app)[-1] == "reading"
        await room.press("M", "backspace", "b", "M", "j")
        assert sorted(room.app.desk.marks) == ["a", "j"]
    async with reading_room(tmp_path, "b.txt", project=Project.open(tmp_path / "pumps.db")) as room:
        await room.press("M", "a")
        assert (room.open, room.selected) == (["c.txt"], "And another line 39.")
        mark = room.app.desk.marks["a"]
        moved = mark.place._replace(start=3, end=23)
        room.app.desk.marks["a"] = type(mark)(mark.article, moved, mark.words, "another")
        await room.press("g", "g", "M", "a")
        assert room.selected == "And another line 39." and "stand here" in room.app.status[0]
        room.project.delete_article(mark.article)
        room.app.post_project_changed()
        await room.settle()
        room.app.open_article(room.id("b.txt"))
        await room.settle()
        await room.press("M", "a")
        assert "was deleted" in room.app.status[0] and room.open == ["b.txt"]


async def test_what_is_jumped_over_is_not_read(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "c.txt") as room:
        desk, article = room.app.desk, room.id("c.txt")
        await room.press("G", "k", "f", "s", "g", "g", "g")
        assert desk.progress(article) == 0
        await room.press("j")
        assert desk.progress(article) == 2 / 80
        await room.press("G", "k", "k", "j")
        assert desk.progress(article) == 4 / 80
        await room.press("g", "g", "space")
        on_screen = desk.progress(article)
        assert 0.2 < on_screen < 0.5
        await room.press("escape")
        (row,) = (line for line in screen_text(room.app).splitlines() if "[Third" in line)
        assert row.count("━") == int(on_screen * 6)
        await room.press("g", "r", *["space"] * 4)
        assert desk.progress(article) == 1


async def test_a_project_opens_as_it_was_left(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    async with reading_room(tmp_path, "a.txt", "c.txt", project=project) as room:
        await room.press("j", "tab", *"jjj", ">", ">", "-", "z")
        widths = [pane.reader.measure for pane in room.screen.grid.panes]
        room.app.exit()
    async with reading_room(tmp_path, project=Project.open(tmp_path / "pumps.db")) as room:
        assert places(room.app) == ["library", "reading"]
        assert (room.open, room.selected) == (["a.txt", "c.txt"], "And another line 1.")
        assert [pane.display for pane in room.screen.grid.panes] == [False, True]
        await room.press("z")
        assert [pane.size.width for pane in room.screen.grid.panes] == [64, 55]
        assert [pane.reader.measure for pane in room.screen.grid.panes] == widths == [64, 64]
        await room.press("escape")
        assert places(room.app) == ["library"]
        note = project.create_note("Valves", "Who closed it?")
        await room.press("g", "n", "enter")
        room.app.exit()
    project = Project.open(tmp_path / "pumps.db")
    async with reading_room(tmp_path, project=project) as room:
        assert places(room.app) == ["library", "note"] and "Who closed it?" in screen_text(room.app)
        project.delete_note(note)
        room.app.exit()
    async with reading_room(tmp_path, project=Project.open(tmp_path / "pumps.db")) as room:
        assert places(room.app) == ["library"]
        assert room.app.desk.places[room.id("a.txt")] == Place(18, 18 + len(SECOND), 0)
        assert TEXTS["a.txt"][18:].startswith(SECOND)


async def test_a_paste_waits_for_the_field_that_the_key_before_it_opens(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("F")
        await room.app.type_ahead.take(Paste("valve"))
        await room.settle()
        assert "paste was ignored" in room.app.status[0]
        await room.press("escape")
        await room.app.type_ahead.take(Key("slash", "/"))
        await room.app.type_ahead.take(Paste("valve"))
        under_way = room.app.type_ahead._busy
        assert under_way
        await under_way
        assert room.app.screen.query_one(Input).value == "valve"


async def test_what_the_wheel_brought_into_view_is_there_again(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "c.txt", project=make_project(tmp_path)) as room:
        reader = room.screen.grid.panes[0].reader
        for _ in range(5):
            reader.post_message(MouseScrollDown(reader, 5, 5, 0, 1, 0, False, False, False))
        await room.settle()
        shown, selected = reader.visible_range(), room.selected
        assert shown[0] > 0
        room.app.exit()
    async with reading_room(tmp_path, project=Project.open(tmp_path / "pumps.db")) as room:
        assert room.screen.grid.panes[0].reader.visible_range() == shown and room.selected == selected
