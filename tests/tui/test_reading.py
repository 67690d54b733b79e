"""The reading room: what keys do to panes, places and passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.reading_room import TEXTS, make_project, reading_room
from tests.tui.support import drag, places, screen_text, unhandled
from workbench.project import Project
from workbench.text.wrapping import Layout
from workbench.tui.desk import Found
from workbench.tui.screens.overlaps import OverlapsScreen
from workbench.tui.screens.pins import PinsScreen
from workbench.tui.screens.reading import ReadingScreen
from workbench.tui.screens.reading_panes import EMPTY
from workbench.tui.widgets.divider import PaneDivider
from workbench.tui.widgets.reader_document import ReaderDocument

FIRST, SECOND = "The pumps failed.", "“Nobody isolated the valve,” she said."


def test_every_key_has_an_action() -> None:
    assert unhandled(ReadingScreen) == []
    assert unhandled(OverlapsScreen) == []
    assert unhandled(PinsScreen) == []


# Panes


async def test_an_empty_room_names_the_key_that_fills_it(tmp_path: Path) -> None:
    async with reading_room(tmp_path) as room:
        await room.press("g", "r")
        assert EMPTY[:20] in screen_text(room.app)
        await room.press("t")
        assert room.app.status[0] == "No article is open: g l shows the library"


async def test_two_articles_lie_side_by_side_and_tab_goes_round(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        text = screen_text(room.app)
        assert "┏━ 1 " in text and "╭─ 2 " in text
        left, right = room.screen.grid.panes
        assert left.region.y == right.region.y and left.region.right + 1 == right.region.x
        await room.press("tab")
        assert room.selected == "An alarm sounded at once."
        assert room.app.focused is right.reader
        await room.press("tab")
        assert room.app.focused is left.reader


async def test_texts_are_wrapped_once_ahead_to_the_width_that_their_pane_will_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrap, widths = ReaderDocument.wrapped, []

    def noted(document: ReaderDocument, width: int) -> Layout:
        widths.append(width)
        return wrap(document, width)

    monkeypatch.setattr(ReaderDocument, "wrapped", noted)
    async with reading_room(tmp_path, "a.txt", "c.txt", size=(131, 36)) as room:
        shown = [pane.reader.text_width(pane.reader.size.width) for pane in room.screen.grid.panes]
        assert widths == shown
        project = room.project
    widths.clear()
    async with reading_room(tmp_path, "a.txt", "b.txt", "c.txt", size=(60, 16), project=project) as room:
        assert room.screen.grid.alone and len(set(widths)) == 1, "hidden ones to what they will have shown"


@pytest.mark.parametrize(
    ("size", "shown", "beside"),
    [((200, 50), 3, True), ((120, 36), 3, True), ((80, 24), 3, False), ((40, 12), 1, False)],
)
async def test_the_screen_decides_how_panes_lie(
    tmp_path: Path, size: tuple[int, int], shown: int, beside: bool
) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt", "c.txt", size=size) as room:
        panes = [pane for pane in room.screen.grid.panes if pane.display]
        assert len(panes) == shown
        assert room.screen.query_one("TabStrip").display == (shown == 1)
        assert (len(panes) > 1 and panes[0].region.y == panes[1].region.y) == beside
        assert all(pane.reader.size.height >= 1 and pane.reader.size.width >= 18 for pane in panes)
        assert "The pumps failed" in screen_text(room.app)
        for _ in range(3):
            await room.press("tab")
            assert room.selected.split()[0] in screen_text(room.app)


async def test_a_further_article_comes_beside_and_a_fifth_takes_the_last_other_pane(tmp_path: Path) -> None:
    for n in range(2):
        (tmp_path / f"more{n}.txt").write_text(f"Further text {n}.")
    project = make_project(tmp_path)
    project.import_paths([tmp_path / "more0.txt", tmp_path / "more1.txt"])
    async with reading_room(tmp_path, "a.txt", size=(200, 50), project=project) as room:
        for file in ("b.txt", "c.txt", "more0.txt"):
            room.app.open_article(room.id(file), beside=True)
            await room.settle()
        assert room.open == ["a.txt", "b.txt", "c.txt", "more0.txt"]
        room.app.open_article(room.id("more1.txt"), beside=True)
        await room.settle()
        assert room.open == ["a.txt", "b.txt", "more1.txt", "more0.txt"]
        assert room.selected == "Further text 1."
        room.app.open_article(room.id("a.txt"), (4, 9))
        await room.settle()
        assert room.open == ["a.txt", "b.txt", "more1.txt", "more0.txt"]
        assert room.selected == "pumps"


async def test_parentheses_walk_through_the_library_in_one_pane(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        await room.press(")")
        assert room.open == ["c.txt", "b.txt"]
        await room.press(")")
        assert room.app.status[0] == "This is the last article"
        await room.press("(")
        assert room.open == ["a.txt", "b.txt"]


async def test_closing_panes_closes_the_room_in_the_end(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        await room.press("tab", "q")
        assert room.open == ["a.txt"]
        await room.press("H")
        assert room.open == ["b.txt"]
        await room.press("q")
        assert places(room.app) == ["library"]
        assert room.app.desk.panes == []


async def test_zoom_shows_one_pane_with_the_names_of_all(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        await room.press("z")
        assert [pane.display for pane in room.screen.grid.panes] == [True, False]
        await room.press("tab")
        assert [pane.display for pane in room.screen.grid.panes] == [False, True]
        await room.press("z")
        assert all(pane.display for pane in room.screen.grid.panes)


async def test_the_divider_moves_by_key_and_mouse_and_comes_back_by_double_click(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        left = room.screen.grid.panes[0]
        divider = room.screen.query(PaneDivider).first()
        assert (divider.region.width, left.size.width) == (1, 60)
        await room.press("<", "<")
        assert left.size.width == 56
        await room.press(">")
        assert left.size.width == 58
        await drag(room.pilot, room.screen, (58, 5), (70, 5), (80, 10))
        await room.settle()
        assert left.size.width == 80
        await room.pilot.click(divider, times=2)
        await room.settle()
        assert left.size.width == 60


async def test_the_room_opens_again_as_it_was_left(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    async with reading_room(tmp_path, "a.txt", "c.txt", project=project) as room:
        await room.press("j", "tab", "G")
    async with reading_room(tmp_path, project=Project.open(tmp_path / "pumps.db")) as room:
        await room.press("g", "r")
        assert room.open == ["a.txt", "c.txt"]
        assert room.selected == "And another line 39."
        assert "line 39." in screen_text(room.app)
        await room.press("tab")
        assert room.selected == SECOND


async def test_escape_ends_an_extension_then_leaves_and_loses_nothing(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("v", "j")
        assert room.selected == f"{FIRST} {SECOND}"
        await room.press("escape")
        assert room.selected == SECOND
        await room.press("escape")
        assert places(room.app) == ["library"]
        await room.press("g", "r")
        assert room.selected == SECOND


async def test_a_deleted_article_leaves_its_pane_and_undo_does_not_fail(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        room.project.delete_article(room.id("a.txt"))
        room.app.post_project_changed()
        await room.settle()
        assert room.open == ["b.txt"]
        await room.press("u")
        assert "Undid" in room.app.status[0]


async def test_what_is_read_stays_in_view_when_the_terminal_shrinks(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "c.txt") as room:
        await room.press("tab", *"jjjjjjjjjjjj")
        for size in ((80, 24), (40, 12), (200, 50)):
            await room.pilot.resize_terminal(*size)
            await room.settle()
            assert "paragraph 6" in screen_text(room.app)


# Moving


async def test_labels_lead_to_any_sentence_on_screen(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        await room.press("f", "d")
        assert room.selected == "Two drivers saw it."
        await room.press("f")
        far = [label for label in room.screen.labels.shown if label.pane is room.screen.grid.panes[1]]
        assert [len(label.letters) for label in far] == [2, 2, 2]
        await room.press(*far[1].letters)
        assert room.selected == "The operator denied it."
        await room.press("H")
        assert room.selected == "Two drivers saw it."
        await room.press("L")
        assert room.selected == "The operator denied it."


async def test_labels_go_with_escape_and_with_a_wrong_letter(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("f", "escape")
        assert places(room.app) == ["library", "reading"]
        await room.press("f", "z")
        assert room.app.status[0] == "No sentence on screen has that label"
        await room.press("j")
        assert room.selected == SECOND


async def test_next_goes_from_passage_to_passage_and_after_a_search_from_hit_to_hit(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    article = project.article("a.txt").id
    for start, end in ((4, 9), (57, 76)):
        project.annotate_range(article, start, end, tags=["cause"])
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("n", "n")
        assert room.selected == TEXTS["a.txt"][57:76]
        await room.press("n")
        assert "no tagged passage further down" in room.app.status[0]
        await room.press("N")
        assert room.selected == "pumps"
        room.app.hits = [Found(room.id("b.txt"), 0, 25, ((3, 8),)), Found(article, 0, 17)]
        await room.press("n")
        assert (room.open, room.selected) == (["b.txt"], "An alarm sounded at once.")
        assert room.app.status[0] == "Hit 1 of 2"
        reader = room.screen.reader
        assert reader
        drawn = [segment for y in range(reader.size.height) for segment in reader.render_line(y)]
        (word,) = (segment.style for segment in drawn if segment.text == "alarm")
        assert word and word.bgcolor == reader.get_component_rich_style("reader--hit").bgcolor
        room.project.delete_article(article)
        room.app.post_project_changed()
        await room.settle()
        await room.press("n")
        assert (room.open, room.app.status[0]) == (["b.txt"], "Hit 1 of 1")


async def test_reading_on_is_remembered_as_progress(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        article = room.id("a.txt")
        await room.press("G")
        assert room.app.desk.progress(article) == 0
        await room.press("g", "g", "j")
        assert 0.3 < room.app.desk.progress(article) < 0.9
        await room.press("j", "j")
        assert room.app.desk.progress(article) == 1
        await room.press("r")
        assert room.app.desk.progress(article) == 0


# Passages


async def test_tagging_shows_at_once_and_says_so_with_the_way_back(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.create_tag("cause")
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("1")
        assert room.app.status == (f"Tagged “{FIRST}” with cause", "u undo · . repeat")
        assert "■ cause" in screen_text(room.app)
        await room.press("1")
        assert room.app.status[0] == f"“{FIRST}” is already tagged with cause"
        await room.press("2")
        assert room.app.status[0] == "No tag is pinned to 2: 0 pins tags, t makes one"
        await room.press("d")
        assert room.tagged() == []


async def test_several_tags_are_removed_by_choice(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.annotate_range(project.article("a.txt").id, 0, 17, tags=["cause", "hedged"])
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        before = room.tagged()[0][1]
        await room.press("d")
        assert places(room.app)[-1] == "menu"
        await room.press("2")
        assert room.tagged() == [(FIRST, before[:1])]


async def test_overlapping_passages_are_selected_and_untagged_alone(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    article = project.article("a.txt").id
    project.annotate_range(article, 0, 17, tags=["cause"])
    project.annotate_range(article, 4, 9, tags=["pumps"])
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("o", "j", "enter")
        assert room.selected == "pumps"
        await room.press("o", "d")
        assert room.tagged() == [(FIRST, ["cause"])]
        assert places(room.app)[-1] == "overlaps"
        await room.press("escape")
        assert room.selected == "pumps"


async def test_a_passage_gets_the_selected_range(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.annotate_range(project.article("a.txt").id, 4, 9, tags=["pumps"])
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("B")
        assert room.tagged() == [(FIRST, ["pumps"])]
        await room.press("B")
        assert "has this range already" in room.app.status[0]
        await room.press("u")
        assert room.tagged() == [("pumps", ["pumps"])]


async def test_delete_takes_the_passage_or_asks_which_thing(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    article = project.article("a.txt").id
    project.annotate_range(article, 0, 17, tags=["cause"], comment="Check this")
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("D", "2")
        assert room.project.passages()[0].comments == ()
        await room.press("D")
        assert room.tagged() == []
        await room.press("u", "u")
        assert room.project.passages()[0].comments[0].body == "Check this"


async def test_ones_own_comment_is_edited_and_escape_keeps_it(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("c")
        await room.type("First")
        await room.press("escape")
        assert "✎ 1 comment" in screen_text(room.app) and "First" in screen_text(room.app)
        await room.press("c")
        await room.type(" second")
        await room.press("escape")
        assert [one.body for one in room.project.passages()[0].comments] == ["First second"]
        await room.press("c", "escape")
        assert room.app.status[0] == "The comment is as it was"


async def test_a_comment_being_written_when_the_program_ends_is_kept(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("c")
        await room.type("Unfinished")
    room.project.close()
    with Project.open(tmp_path / "pumps.db") as again:
        assert [one.body for one in again.passages()[0].comments] == ["Unfinished"]


async def test_passages_go_into_the_current_or_another_note_once(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt") as room:
        await room.press("a", "a")
        assert "is already in" in room.app.status[0]
        await room.press("j", "a")
        (note,) = room.project.notes()
        assert [citation.quote for citation in note.citations] == [FIRST, SECOND]
        assert f"note: “{note.title}"[:30] in screen_text(room.app)
        await room.press("A", "2")
        await room.type("Pumps")
        await room.press("enter")
        assert sorted(one.title for one in room.project.notes())[-1] == "Pumps"
        assert room.project.note("Pumps").id == room.app.desk.current_note


async def test_copy_takes_the_source_along(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    values = {"author": "Ann Lee", "title": "Pumps", "publisher": "Gazette", "published": "2023-09-18"}
    project.edit_article(project.article("a.txt").id, values)
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("y")
        assert room.app.copied == f"“{FIRST}” — Ann Lee, Pumps, Gazette, 18 Sep 2023, chars 0–17"


async def test_pins_are_given_by_digit(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    for name in ("cause", "hedged"):
        project.create_tag(name)
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        await room.press("0", "j", "5", "escape", "5")
        assert room.tagged() == [(FIRST, ["hedged"])]
        await room.press("0", "j", "0", "escape", "5")
        assert room.app.status[0].startswith("No tag is pinned to 5")


async def test_words_of_others_are_drawn_inert(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    nasty = "[bold]x[/] \x1b[31m"
    project.edit_article(project.article("a.txt").id, {"title": nasty, "publisher": nasty})
    project.annotate_range(project.article("a.txt").id, 0, 17, tags=["[red]tag"], comment=nasty)
    async with reading_room(tmp_path, "a.txt", project=project) as room:
        text = screen_text(room.app)
        assert "[bold]x[/]" in text and "[red]tag" in text and "\x1b" not in text
        for key in ("o", "escape", "d", "u", "D", "escape", "t", "escape", "c", "escape", "y", "a"):
            await room.press(key)
            assert "\x1b" not in screen_text(room.app)


async def test_the_mouse_takes_a_pane_and_offers_what_can_be_done(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        right = room.screen.grid.panes[1]
        await room.pilot.click(right.reader, offset=(6, 0))
        await room.settle()
        assert room.app.focused is right.reader
        assert room.selected == "An alarm sounded at once."
        await room.pilot.click(right.reader, offset=(6, 0), button=3)
        await room.settle()
        assert "Pick or create a tag" in screen_text(room.app)
        await room.press("enter")
        await room.type("alarm")
        await room.press("enter")
        assert room.tagged("b.txt") == [("An alarm sounded at once.", ["alarm"])]


async def test_the_tab_strip_comes_and_goes_with_the_room_for_panes(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", "b.txt", size=(80, 24)) as room:
        strip = room.screen.query_one("TabStrip")
        for size, shown in (((40, 12), True), ((80, 24), False)):
            await room.pilot.resize_terminal(*size)
            await room.settle()
            assert strip.display == shown
