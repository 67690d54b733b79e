"""The shell of the screens: bars, keys, popup, palette, help, jobs, places, theme."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.content import Content
from textual.widgets import Input

from tests.tui.shell import First, Second, first, footer, status
from tests.tui.support import StrictApp, places, plain, unhandled
from workbench import config
from workbench.project import Project
from workbench.tui.screens.help import HelpScreen, KeyTable, columns
from workbench.tui.screens.palette import PaletteScreen
from workbench.tui.widgets.bars import TopBar, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.which_key import WhichKey

SHELL = {f"app.{name}" for name in ("search", "palette", "undo", "redo", "help", "back", "close", "quit")}


async def test_bars_show_place_status_and_keys_word_for_word(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        first(app).show_place("Library", "5 articles")
        first(app).show_status("Tagged “[bold]x”", "u undo")
        await pilot.pause()
        top = plain(app.screen.query_one(TopBar)).strip()
        assert top.startswith("north[port].db ▸ Library") and top.endswith("5 articles")
        assert status(app).startswith("Tagged “[bold]x”") and status(app).endswith("u undo")
        assert footer(app).startswith("? help  : commands  Enter read")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 300])
async def test_footer_drops_keys_from_the_right(app: StrictApp, width: int) -> None:
    async with app.run_test(size=(width, 12)):
        shown = footer(app)
        assert shown.startswith("? help  : commands")
        assert len(shown) <= width - 2
        assert not shown.endswith(("…", " "))


def test_spread_keeps_its_width_and_gives_up_the_right_side_first() -> None:
    left, right = Content("Imported four articles"), Content("u undo")
    assert spread(left, right, 40).plain == "Imported four articles            u undo"
    assert spread(left, right, 22).plain == "Imported four…  u undo"
    assert spread(left, right, 15).plain == "Imported four …"
    assert spread(left, right, 0).plain == ""


async def test_a_key_runs_its_command_and_unknown_ones_do_nothing(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("space", "Z", "%", "f7", "space")
        assert first(app).log_of == ["mark", "mark"]


async def test_a_disabled_command_says_why(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert status(app) == "Nothing is marked [yet]"


async def test_a_text_field_gets_its_keys_first(app: StrictApp) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        line = app.screen.query_one("#line", Input)
        line.focus()
        await pilot.press("g", "l", "space", "q", "question_mark", "u")
        assert line.value == "gl q?u"
        assert first(app).log_of == []
        assert "F1 help" in footer(app) and "^p commands" in footer(app) and "? help" not in footer(app)


async def test_sequences_open_the_popup_and_run(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        popup = app.screen.query_one(WhichKey)
        await pilot.pause()
        assert popup.display and "t tags" in plain(popup)
        await pilot.press("escape")
        assert not popup.display and places(app) == ["library"]
        await pilot.press("g", "t")
        assert places(app) == ["library", "tags"]
        await pilot.press("g", "l")
        assert places(app) == ["library"]


async def test_two_keys_that_arrive_at_once_keep_their_order(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        for key in ("G", "g", "g", "space", "g", "t"):
            app.post_message(events.Key(key, key if len(key) == 1 else " "))
        await pilot.pause()
        assert first(app).query_one(LineList).cursor == 0
        assert first(app).log_of == ["mark"]
        assert places(app) == ["library", "tags"]


async def test_going_to_an_open_place_comes_back_to_it(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("g", "t", "g", "t")
        assert places(app) == ["library", "tags"]
        await pilot.press("escape")
        assert places(app) == ["library"]
        await pilot.press("g", "t", "q")
        assert places(app) == ["library"]


async def test_going_to_and_fro_faster_than_screens_close_leads_where_it_should(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        app.goto("tags")
        await pilot.pause()
        for place in ("library", "tags", "library", "library"):
            app.goto(place)
        await pilot.pause()
        assert places(app) == ["library"] and app.is_running
        app.goto("tags")
        app.goto("library")
        app.goto("tags")
        await pilot.pause()
        assert places(app) == ["library", "tags"]


async def test_q_on_the_first_screen_quits_and_ctrl_c_does_not(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        assert app.is_running and "does not quit" in status(app)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_a_paste_outside_a_text_field_is_ignored_with_a_word(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        app.post_message(events.Paste("qqq DDD"))
        await pilot.pause()
        assert "paste was ignored" in status(app) and first(app).log_of == []
        app.screen.query_one("#line", Input).focus()
        app.post_message(events.Paste("words"))
        await pilot.pause()
        assert app.screen.query_one("#line", Input).value == "words"


async def test_a_users_keys_replace_those_of_the_table(app: StrictApp) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        app.set_keys({"library.mark": ("w",), "go.tags": ("g x",)})
        await pilot.pause()
        await pilot.press("space", "w")
        assert first(app).log_of == ["mark"]
        assert "w mark" in footer(app)
        await pilot.press("g", "x")
        assert places(app) == ["library", "tags"]


async def test_help_lists_filters_and_runs(app: StrictApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.pause()
        table = app.screen.query_one(KeyTable)
        assert "Library" in plain(table) and "pick or create" not in plain(table)
        await pilot.press("tab")
        await pilot.press(*"pinned")
        assert "1-9" in plain(table)
        await pilot.press("enter")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("tab", "ctrl+u", *"exprt", "enter")
        await pilot.pause()
        assert first(app).log_of == ["export"]
        await pilot.press("f1", "escape")
        assert places(app) == ["library"]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (300, 80)])
async def test_help_reaches_its_last_row_at_any_size(app: StrictApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark", *["pagedown"] * 6)
        await pilot.pause()
        table = app.screen.query_one(KeyTable)
        assert table.current and table.current.help == "projects"
        assert "projects" in plain(table)


def test_columns_keep_groups_whole_and_in_order() -> None:
    groups: list[Any] = [(name, [object()] * rows) for name, rows in (("a", 5), ("b", 2), ("c", 2), ("d", 6))]
    laid = columns(groups, 2)
    assert [[line for line in column if isinstance(line, str) and line] for column in laid] == [
        ["a", "b"],
        ["c", "d"],
    ]
    assert columns([], 3) == [[]]


async def test_palette_finds_runs_and_explains(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"exprt", "enter")
        await pilot.pause()
        assert first(app).log_of == ["export"]
        await pilot.press("ctrl+p", *"read (all", "enter")
        assert isinstance(app.screen, PaletteScreen)
        assert "Nothing is marked [yet]" in plain(app.screen.query_one(LineList))
        await pilot.press("escape")
        assert places(app) == ["library"]


async def test_the_palette_begins_with_what_can_be_run(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon")
        listed = [command.id for command in app.screen.query_one(LineList).rows]
        assert listed.index("export") < listed.index("app.undo") < listed.index("library.open")


@pytest.mark.parametrize(("typed", "found"), [("quit", "app.quit"), ("screenshot", "app.picture")])
async def test_a_command_is_found_first_by_what_it_is_called(app: StrictApp, typed: str, found: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *typed)
        first_row = app.screen.query_one(LineList).current
        assert first_row is not None and first_row.id == found


async def test_theme_is_switched_and_remembered(app: StrictApp, project: Project) -> None:
    async with app.run_test() as pilot:
        await pilot.press("colon", *"dark or light", "enter")
        await pilot.pause()
        assert app.theme == "workbench-light"
    again = StrictApp(project)
    again.places |= {"library": First}
    async with again.run_test():
        assert again.theme == "workbench-light"


async def test_a_path_is_opened_after_the_first_paint_and_before_other_work(
    tmp_path: Path, project: Project
) -> None:
    app = StrictApp(project.path)
    app.places |= {"library": First, "tags": Second}
    async with app.run_test() as pilot:
        titles: list[str] = []
        first(app).job(lambda: app.project.title, titles.append)
        await app.workers.wait_for_complete()
        assert titles == [project.title]
        assert config.recent_projects()[0] == project.path.resolve()
        await pilot.press("g", "t")
        app.open_project(tmp_path / "other.db", create=True, title="Other")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.project.title == "Other" and app.project_name == "other.db"
        assert places(app) == ["library"] and "opened" in first(app).log_of


async def test_a_project_that_cannot_be_opened_leaves_the_open_one(app: StrictApp, tmp_path: Path) -> None:
    async with app.run_test(size=(300, 24)):
        before = app.project
        app.open_project(tmp_path / "missing.db")
        await app.workers.wait_for_complete()
        assert app.project is before and "missing.db" in status(app)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (300, 80)])
async def test_everything_opens_at_any_size(app: StrictApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert "p projects" in plain(app.screen.query_one(WhichKey))
        await pilot.press("escape", "colon", "down", "escape", "question_mark", "tab", "escape")
        await pilot.resize_terminal(41, 13)
        assert places(app) == ["library"]


def test_every_command_of_the_shell_has_an_action() -> None:
    assert not {name for name in unhandled(Second) if name.startswith("go.") or name in SHELL}
    assert unhandled(HelpScreen) == [] and unhandled(PaletteScreen) == []


def test_the_first_paint_imports_nothing_heavy() -> None:
    code = (
        "import sys, workbench.__main__, workbench.config, workbench.store.connection, workbench.tui.app\n"
        "import workbench.tui.screens.library\n"
        "heavy = {'click', 'sqlite_utils', 'rapidfuzz', 'numpy', 'regex', 'workbench.project',\n"
        "    'workbench.model', 'workbench.search', 'workbench.tui.library_filter'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_key_that_comes_before_a_screen_is_there_does_no_harm(app: StrictApp) -> None:
    async with app.run_test():
        opened = app.goto("tags")
        assert isinstance(opened, Second) and await opened.take_next_key("j")
