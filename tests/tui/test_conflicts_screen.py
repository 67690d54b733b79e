"""Deciding: what is listed, how versions are shown, what is kept of them, and the signs elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from screenshots.scenes import settle
from tests.tui.copies import (
    ANNA,
    ANNAS,
    BENS,
    Copies,
    annotate,
    contest_the_passage,
    disagree_on_the_comment,
    disagree_on_the_note,
)
from tests.tui.support import StrictApp, flowing, places, screen_text, unhandled
from workbench.project import Project
from workbench.text.versions import MARK
from workbench.tui.screens.conflicts import ConflictsScreen
from workbench.tui.screens.decision import ContestedDialog, DecisionScreen, UnionScreen


@asynccontextmanager
async def conflicts(
    copies: Copies, *keys: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[StrictApp, Pilot[None]]]:
    app = StrictApp(copies.mine)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "g", "exclamation_mark", *keys)
        yield app, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def body(copies: Copies) -> str:
    return copies.mine.note(copies.note).body


def open_texts(copies: Copies) -> set[str]:
    """The versions of the one field in conflict."""
    (conflict,) = copies.mine.conflicts()
    return {version.text for version in conflict.versions}


def decide(copies: Copies, text: str) -> None:
    """Decides about the note behind the screen's back."""
    (conflict,) = copies.mine.conflicts()
    copies.mine.resolve("note", copies.note, "body", text, seen=conflict.seen)


def bens_second_thoughts(copies: Copies) -> None:
    """Ben writes his version of the note anew, and the copies are merged."""
    with copies.ben() as ben:
        ben.edit_note(copies.note, title="Alarm", body="Ben again")
    copies.mine.merge(copies.theirs)


def number_of(app: StrictApp, name: str) -> str:
    """The digit before somebody's version."""
    return screen_text(app).split(f" {name} ·")[0][-1]


@pytest.mark.parametrize("screen", [ConflictsScreen, DecisionScreen, UnionScreen, ContestedDialog])
def test_every_command_has_its_action(screen: type[ConflictsScreen]) -> None:
    assert unhandled(screen) == []


async def test_without_conflicts_there_is_nothing_to_decide(copies: Copies) -> None:
    async with conflicts(copies, "enter") as (app, pilot):
        assert "Nothing to decide: Esc goes back" in flowing(app)
        await press(pilot, "escape")
        assert places(app) == ["library"]


async def test_the_list_says_what_by_whom_and_when(copies: Copies) -> None:
    disagree_on_the_note(copies)
    contest_the_passage(copies)
    async with conflicts(copies) as (app, _):
        shown = flowing(app)
        assert "≠ text of note “Alarm” 2 versions" in shown
        assert "Ben [b] " in shown and "Anna " in shown
        assert "≠ passage “pumps failed” deleted, but worked on" in shown
        assert "Anna deleted it" in shown and "2 to decide" in shown


async def test_versions_stand_side_by_side_with_signs(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, _):
        line = next(line for line in screen_text(app).splitlines() if "at all" in line)
        assert "~ Few heard an alarm." in line and "~ Nobody at all heard an alarm." in line
        assert " Nobody heard an alarm." in line, "the base stands between them"
        assert "- The pumps were old." in screen_text(app) and "+ Ask the crews." in screen_text(app)
        assert "before both" in screen_text(app)


async def test_they_stand_below_each_other_where_it_is_narrow(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", size=(80, 24)) as (app, _):
        lines = [line.strip(" ┃│") for line in screen_text(app).splitlines()]
        at = lines.index("= Nobody heard an alarm.")
        signs = {number_of(app, "Anna"): "Few", number_of(app, "Ben [b]"): "Nobody at all"}
        assert lines[at + 1 : at + 3] == [f"{one}~ {signs[one]} heard an alarm." for one in "12"]


@pytest.mark.parametrize(("who", "text"), [("Anna", ANNAS), ("Ben [b]", BENS)])
async def test_a_digit_takes_a_version_and_undo_opens_the_decision_again(
    copies: Copies, who: str, text: str
) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        await press(pilot, number_of(app, who))
        assert body(copies) == text and not copies.mine.conflicts()
        assert places(app) == ["library", "conflicts"] and "Nothing to decide" in flowing(app)
        assert app.status == (f"Took what {who} wrote as the text of note “Alarm”", "u undo")
        await press(pilot, "u")
        assert open_texts(copies) == {ANNAS, BENS} and "text of note “Alarm”" in flowing(app)


async def test_a_version_that_came_in_meanwhile_stays_open(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        anna = number_of(app, "Anna")
        bens_second_thoughts(copies)
        await press(pilot, anna)
        assert open_texts(copies) == {ANNAS, "Ben again"}
        assert app.status[0].endswith("as the text of note “Alarm”, but another version came in meanwhile")
        assert places(app)[-1] == "decision" and "Ben again" in screen_text(app)


async def test_a_version_keeps_its_digit(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        anna, ben = number_of(app, "Anna"), number_of(app, "Ben [b]")
        bens_second_thoughts(copies)
        app.post_project_changed()
        await settle(pilot)
        assert (number_of(app, "Anna"), number_of(app, "Ben [b]")) == (anna, "3")
        await press(pilot, ben)
        assert app.status[0] == f"Version {ben} is not there any more" and copies.mine.conflicts()
        await press(pilot, "3")
        assert body(copies) == "Ben again" and not copies.mine.conflicts()


async def test_arrows_and_enter_take_a_version(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "9") as (app, pilot):
        assert app.status[0] == "There are only 2 versions"
        await press(pilot, "left")
        chosen = "1" if "▌ 1 " in screen_text(app) else "2"
        wanted = ANNAS if number_of(app, "Anna") == chosen else BENS
        await press(pilot, "enter")
        assert body(copies) == wanted


async def test_after_a_decision_the_next_thing_is_under_the_cursor(copies: Copies) -> None:
    disagree_on_the_comment(copies)
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        assert "text of comment" in flowing(app)
        await press(pilot, "1", "enter")
        assert places(app)[-1] == "decision" and "text of note" in flowing(app)


async def test_an_edit_begins_with_both_and_ends_without_marks(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "e") as (app, pilot):
        area = app.screen.query_one(TextArea)
        assert "Ask the crews." in area.text and "The pumps were old." not in area.text
        assert f"{MARK} Anna:\nFew heard an alarm." in area.text
        assert "Nobody at all heard an alarm." in area.text
        await press(pilot, "escape")
        assert places(app)[-1] == "union", "not before the marked lines are out"
        assert "or ^g decides later" in flowing(app)
        kept = [line for line in area.text.split("\n") if not line.startswith(MARK)]
        area.text = "\n".join(kept)
        await press(pilot, "escape")
        assert body(copies) == "\n".join(kept) and not copies.mine.conflicts()
        assert app.status == ("Wrote the text of note “Alarm” anew", "u undo")


async def test_an_edit_may_be_left_undecided(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "e", "x", "ctrl+g") as (app, _):
        assert places(app)[-1] == "decision" and open_texts(copies) == {ANNAS, BENS}
        assert app.status[0] == "Nothing is decided; e goes on with what you wrote"


async def test_an_edit_left_undecided_is_gone_on_with(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "e", "x", "ctrl+g", "e") as (app, pilot):
        area = app.screen.query_one(TextArea)
        assert area.text.startswith("x") and "This goes on with what you wrote before" in flowing(app)
        area.text = ""
        await press(pilot, "ctrl+g", "e")
        area = app.screen.query_one(TextArea)
        assert area.text.startswith("# Alarm") and "goes on" not in flowing(app)
        area.text = "Both"
        await press(pilot, "escape")
        assert body(copies) == "Both" and not copies.mine.conflicts()
        assert not list(copies.mine.database["draft"].rows)


@pytest.mark.parametrize("typed", ["Z", "Settled"])
async def test_an_edit_that_the_end_of_the_program_cut_short_decides_nothing(
    copies: Copies, typed: str
) -> None:
    disagree_on_the_comment(copies)
    before = open_texts(copies)
    async with conflicts(copies, "enter", "e") as (app, _):
        area = app.screen.query_one(TextArea)
        area.text = typed + area.text if typed == "Z" else typed
        written = area.text
    copies.mine.close()
    with Project.open(copies.mine.path, analyst=ANNA) as again:
        opened = replace(copies, mine=again)
        assert open_texts(opened) == before
        async with conflicts(opened, "enter", "e") as (app, _):
            assert app.screen.query_one(TextArea).text == written


async def test_an_edit_stands_beside_a_version_it_was_not_made_from(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "e", "x", "ctrl+g") as (app, pilot):
        bens_second_thoughts(copies)
        app.post_project_changed()
        await settle(pilot)
        await press(pilot, "e")
        app.screen.query_one(TextArea).text = "Both"
        await press(pilot, "escape")
        assert open_texts(copies) == {"Both", "Ben again"} and "meanwhile" in app.status[0]


async def test_an_edit_of_what_was_decided_meanwhile_stays_on_the_screen(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter", "e") as (app, pilot):
        decide(copies, "Ours")
        app.screen.query_one(TextArea).text = "Both"
        await press(pilot, "escape")
        assert "nothing to decide" in app.status[0] and app.screen.query_one(TextArea).text == "Both"
        await press(pilot, "ctrl+g")
        assert body(copies) == "Ours" and places(app) == ["library", "conflicts"]


async def test_an_edit_of_an_article_s_comment_is_kept(copies: Copies) -> None:
    article = copies.mine.article("one.txt").id
    with copies.ben() as ben:
        ben.edit_article(article, {"comment": "Dull"})
    copies.mine.edit_article(article, {"comment": "Telling"})
    copies.mine.merge(copies.theirs)
    async with conflicts(copies, "enter", "e", "x", "ctrl+g", "e") as (app, _):
        assert app.screen.query_one(TextArea).text.startswith("x")


async def test_a_line_is_edited_in_a_line(copies: Copies) -> None:
    article = copies.mine.article("one.txt").id
    with copies.ben() as ben:
        ben.edit_article(article, {"title": "Pumps"})
    copies.mine.edit_article(article, {"title": "Alarm [night]"})
    copies.mine.merge(copies.theirs)
    async with conflicts(copies, "enter", "e") as (app, pilot):
        line = app.screen.query_one(Input)
        assert line.value in ("Pumps", "Alarm [night]")
        line.value = "Pumps & alarm"
        await press(pilot, "enter")
        assert copies.mine.article(article).title == "Pumps & alarm" and not copies.mine.conflicts()


async def test_what_is_no_text_is_taken_not_edited(copies: Copies) -> None:
    with copies.ben() as ben:
        ben.move_passage(copies.passage, 0, 10)
    copies.mine.move_passage(copies.passage, 0, 20)
    copies.mine.merge(copies.theirs)
    async with conflicts(copies, "enter", "e") as (app, pilot):
        assert app.status[0] == "A range cannot be edited here: take one of the versions"
        await press(pilot, number_of(app, "Ben [b]"))
        assert copies.mine.passage(copies.passage).end == 10


@pytest.mark.parametrize(("key", "there", "said"), [("k", True, "Kept"), ("D", False, "Deleted")])
async def test_a_contested_thing_is_kept_or_deleted(copies: Copies, key: str, there: bool, said: str) -> None:
    contest_the_passage(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        assert "Anna deleted this on" in flowing(app)
        await press(pilot, "escape")
        assert copies.mine.contested(), "escape decides nothing"
        await press(pilot, "enter", key)
        assert bool(copies.mine.passages()) is there and not copies.mine.contested()
        assert app.status == (f"{said} the passage “pumps failed”", "u undo")
        await press(pilot, "u")
        assert copies.mine.passages(), "what was deleted is back, what was kept is there"


async def test_what_was_decided_elsewhere_closes(copies: Copies) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, "enter") as (app, pilot):
        decide(copies, "Ours")
        app.post_project_changed()
        await settle(pilot)
        assert places(app) == ["library", "conflicts"]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_all_sizes_decide(copies: Copies, size: tuple[int, int]) -> None:
    disagree_on_the_note(copies)
    async with conflicts(copies, size=size) as (app, pilot):
        assert "text of note" in screen_text(app)
        await press(pilot, "enter", "j", "pagedown", "G", "g", "g")
        assert "Anna" in screen_text(app) and "Ben" in screen_text(app)
        await press(pilot, "e", "ctrl+g", "1")
        assert not copies.mine.conflicts()


# The signs elsewhere


@pytest.mark.parametrize(
    ("make", "keys", "line"),
    [
        (disagree_on_the_note, ("g", "n"), "Alarm ≠"),
        (disagree_on_the_note, ("g", "n", "enter"), "≠ g ! decides"),
        (disagree_on_the_comment, (), "≠ g ! decides"),
    ],
)
async def test_what_is_to_decide_has_a_sign(
    copies: Copies, make: Callable[[Copies], None], keys: tuple[str, ...], line: str
) -> None:
    app = StrictApp(copies.mine)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert "≠" not in screen_text(app)
        make(copies)
        app.post_project_changed()
        await settle(pilot)
        assert line in screen_text(app)


async def test_the_library_marks_the_article_that_a_comment_lies_in(copies: Copies) -> None:
    disagree_on_the_comment(copies)
    app = StrictApp(copies.mine)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        rows = [line for line in screen_text(app).splitlines() if "≠" in line and "decides" not in line]
        assert len(rows) == 1 and "The pumps fa" in rows[0]


async def test_the_reading_room_says_it_under_the_cursor(copies: Copies) -> None:
    disagree_on_the_comment(copies)
    app = StrictApp(copies.mine)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.open_article(copies.mine.article("one.txt").id)
        await settle(pilot)
        assert "≠ versions · g ! decides" in screen_text(app)
        await press(pilot, "j")
        assert "≠" not in screen_text(app)


async def test_a_tag_described_by_two_has_the_sign(copies: Copies) -> None:
    tag = copies.mine.tags()[0].id
    with copies.ben() as ben:
        ben.change_tag(tag, description="what may happen")
    copies.mine.change_tag(tag, description="danger")
    annotate(copies.mine, "alarm", "sea")
    copies.mine.merge(copies.theirs)
    async with conflicts(copies, "g", "t") as (app, _):
        marked = [line for line in screen_text(app).splitlines() if "≠" in line and "decides" not in line]
        assert len(marked) == 1 and "risk" in marked[0]
