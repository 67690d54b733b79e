"""Help, commands and the popup of first keys: over screens and boxes, and why something cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.tui.support import StrictApp, places, plain, screen_text
from workbench.project import Project
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.form import fill
from workbench.tui.screens.help import KeyTable, column_widths
from workbench.tui.screens.prompt import ask, choose, write
from workbench.tui.widgets.bars import KeyFooter
from workbench.tui.widgets.form import Field
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.which_key import WhichKey


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StrictApp]:
    article = tmp_path / "a.txt"
    article.write_text("The pumps failed. Nobody rang.", encoding="utf-8")
    with Project.open(tmp_path / "p.db", create=True) as project:
        project.import_paths([article])
        yield StrictApp(project)


def below(app: StrictApp) -> WorkbenchScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, WorkbenchScreen)
    return screen


def keys(app: StrictApp) -> str:
    return plain(app.screen.query_one(KeyTable))


def footer(app: StrictApp) -> str:
    return plain(app.screen.query_one(KeyFooter)).strip()


async def test_boxes_have_help_and_commands_and_keep_what_was_typed(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        answers: list[object] = []
        ask(below(app), "Year", answers.append)
        await pilot.pause()
        assert footer(app).startswith("F1 help  Enter accept")
        await pilot.press(*"?19", "f1")
        await pilot.pause()
        assert places(app) == ["library", "prompt", "help"] and "accept" in keys(app)
        await pilot.press("f1")  # the same key closes it
        await pilot.press("8", "4", "ctrl+p", *"accept", "enter")
        await pilot.pause()
        assert answers == ["?1984"] and places(app) == ["library"]

        choose(below(app), "Which?", ["first", "second"], answers.append)
        await pilot.pause()
        assert footer(app).startswith("? help  Enter choose")
        await pilot.press("question_mark", *"take this", "enter")
        await pilot.pause()
        assert answers == ["?1984", 0] and places(app) == ["library"]
        choose(below(app), "Which?", ["first", "second"], answers.append)
        await pilot.pause()
        await pilot.press("q")
        assert places(app) == ["library"]

        write(below(app), "Comment", answers.append, initial="why")
        await pilot.pause()
        await pilot.press(*"?:", "f1", "escape")
        assert app.screen.query_one(TextArea).text == "why?:"
        await pilot.press("escape")
        fill(below(app), "Details", [Field("title", "Title", "")], answers.append, answers.append)
        await pilot.pause()
        await pilot.press("question_mark", "f1")
        assert places(app) == ["library", "form", "help"]
        await pilot.press("escape", "ctrl+g")
        assert places(app) == ["library"] and answers[2:] == ["why?:"]


async def test_a_question_mark_asks_for_help_where_a_list_is_narrowed_and_nothing_typed(
    app: StrictApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("enter", "t")
        await app.workers.wait_for_complete()
        await pilot.press("question_mark")
        await pilot.pause()
        assert places(app) == ["library", "reading", "picker", "help"]
        assert "apply and keep picking" in keys(app) and "^p" in keys(app)
        await pilot.press("escape", "a", "question_mark")
        assert app.screen.query_one(Input).value == "a?"
        await pilot.press("escape", "g", "l", "slash", "question_mark")
        await pilot.pause()
        assert places(app) == ["library", "help"] and "clear the filter" in keys(app)


async def test_a_box_that_is_done_closes_though_help_lies_over_it_and_only_once(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        answers: list[str] = []
        app.goto("notes")
        ask(below(app), "Year", answers.append)
        await pilot.pause()
        box = app.screen
        await pilot.press("f1")
        box.dismiss("1984")
        box.dismiss("1985")
        await pilot.pause()
        assert places(app) == ["library", "notes"] and answers == ["1984"]


async def test_what_cannot_be_done_is_grey_and_says_why(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("g", "r", "question_mark", *"zoom")
        await pilot.pause()
        assert "No article is open" in screen_text(app)
        await pilot.press("enter")
        assert places(app) == ["library", "reading", "help"]
        await pilot.press("escape", "ctrl+p", *"zoom", "enter")
        await pilot.pause()
        assert places(app) == ["library", "reading", "palette"]
        assert "No article is open" in screen_text(app).split("zoom")[0]
        await pilot.press("ctrl+p", "g")
        await pilot.pause()
        popup = plain(app.screen.query_one(WhichKey))
        assert "g start of the article – No article is open" in popup and "Esc closes" in screen_text(app)
        await pilot.press("g")
        assert app.status[0].startswith("No article is open")
        await pilot.press("g", "Z")
        assert app.status[0] == "g Z leads nowhere" and not app.screen.query_one(WhichKey).display
        await pilot.press("g")
        await pilot.pause()
        await pilot.click(WhichKey, offset=_place_of(app, "t tags"))
        assert places(app) == ["library", "reading", "tags"]


def _place_of(app: StrictApp, words: str) -> tuple[int, int]:
    """Where words stand in the popup, in cells from its corner."""
    lines = plain(app.screen.query_one(WhichKey)).split("\n")
    y = next(at for at, line in enumerate(lines) if words in line)
    return lines[y].index(words), y


async def test_the_palette_of_a_box_lists_other_commands_with_the_reason(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("i", "ctrl+p", *"undo", "enter")
        await pilot.pause()
        assert places(app) == ["library", "paths", "palette"]
        row = app.screen.query_one(LineList).current
        assert row is not None and row.id == "app.undo" and "close this box first" in screen_text(app)
        assert app.status[0] == "close this box first"


@pytest.mark.parametrize("room", [10, 40, 90, 200])
def test_columns_take_the_room_there_is(room: int) -> None:
    from workbench.tui.commands import HelpRow

    laid: list[list[HelpRow | str]] = [
        [HelpRow("t", "", "x" * length, "", ()) for _ in range(3)] for length in (5, 60, 20)
    ]
    widths = column_widths(laid, [3, 3, 3], room)
    assert sum(widths) <= room and min(widths) >= 1
    assert room < 90 or (widths[0] >= 11 and widths[2] >= 26)
