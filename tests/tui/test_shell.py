"""The shell of the screens: bars, keys, popup, palette, help, jobs, places, theme."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from tests.tui.support import StrictApp, places, plain, screen_text, unhandled
from workbench import config
from workbench.errors import InputError
from workbench.project import Project
from workbench.tui.app import WorkbenchApp
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.help import HelpScreen, KeyTable, columns
from workbench.tui.screens.palette import PaletteScreen
from workbench.tui.widgets.bars import KeyFooter, StatusRow, TopBar, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.which_key import WhichKey

SHELL = {f"app.{name}" for name in ("search", "palette", "undo", "redo", "help", "back", "close", "quit")}


class First(WorkbenchScreen):
    """A first screen that notes what is asked of it."""

    context = "library"

    def __init__(self) -> None:
        super().__init__()
        self.log_of: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield Input(id="line")
        yield LineList(lambda row, width: Content(str(row)), id="rows")

    def on_mount(self) -> None:
        self.query_one(LineList).set_rows([f"row {n} [b]" for n in range(50)])
        self.query_one(LineList).focus()

    def disabled_reason(self, command_id: str) -> str | None:
        return "Nothing is marked [yet]" if command_id == "library.open" else None

    def action_mark(self) -> None:
        self.log_of.append("mark")

    def action_export(self) -> None:
        self.log_of.append("export")

    def on_project_changed(self, message: ProjectChanged) -> None:
        self.log_of.append("opened" if message.opened else "changed")


class Second(WorkbenchScreen):
    """A place to go to."""

    context = "tags"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "north[port].db", create=True) as opened:
        yield opened


@pytest.fixture
def app(project: Project) -> StrictApp:
    made = StrictApp(project)
    made.places |= {"library": First, "tags": Second}
    return made


def first(app: WorkbenchApp) -> First:
    screen = app.screen_stack[0]
    assert isinstance(screen, First)
    return screen


def status(app: WorkbenchApp) -> str:
    return plain(app.screen_stack[0].query_one(StatusRow)).strip()


def footer(app: WorkbenchApp) -> str:
    return plain(app.screen.query_one(KeyFooter)).strip()


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


async def test_theme_is_switched_and_remembered(app: StrictApp, project: Project) -> None:
    async with app.run_test() as pilot:
        await pilot.press("colon", *"dark or light", "enter")
        await pilot.pause()
        assert app.theme == "workbench-light"
    again = StrictApp(project)
    again.places |= {"library": First}
    async with again.run_test():
        assert again.theme == "workbench-light"


async def test_jobs_run_in_order_in_one_thread(app: StrictApp) -> None:
    async with app.run_test():
        order: list[tuple[int, str]] = []

        def note(number: int) -> None:
            order.append((number, threading.current_thread().name))

        for number in range(20):
            first(app).job(partial(note, number))
        await app.workers.wait_for_complete()
        assert [number for number, _ in order] == list(range(20))
        assert len({name for _, name in order}) == 1 and order[0][1] != threading.current_thread().name


async def test_only_the_newest_read_of_a_group_counts(app: StrictApp) -> None:
    async with app.run_test():
        got: list[int] = []
        begun, go_on = threading.Event(), threading.Event()

        def slow() -> int:
            begun.set()
            go_on.wait()
            return 0

        first(app).job(slow, got.append, group="search")
        begun.wait()
        for number in range(1, 4):
            first(app).job(partial(int, number), got.append, group="search")
        go_on.set()
        await app.workers.wait_for_complete()
        assert got == [3]


async def test_a_closed_screen_gets_no_result_but_its_write_happens(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("g", "t")
        second = app.screen
        assert isinstance(second, Second)
        written: list[str] = []
        delivered: list[None] = []
        go_on = threading.Event()
        second.job(go_on.wait)
        second.job(lambda: written.append("kept"), delivered.append)
        await pilot.press("q")
        await pilot.pause()
        go_on.set()
        await app.workers.wait_for_complete()
        assert written == ["kept"] and delivered == []


async def test_writes_are_done_before_the_program_ends(app: StrictApp) -> None:
    written: list[int] = []
    async with app.run_test() as pilot:
        go_on = threading.Event()
        first(app).job(go_on.wait)
        for number in range(5):
            first(app).job(partial(written.append, number))
        app.exit()
        go_on.set()
        await pilot.pause()
    assert written == list(range(5))


async def test_a_refusal_is_said_in_its_own_words(app: StrictApp) -> None:
    def refuse() -> None:
        raise InputError("“[x]” is not a date")

    async with app.run_test():
        first(app).job(refuse)
        await app.workers.wait_for_complete()
        assert status(app) == "“[x]” is not a date"
        told: list[Exception] = []
        first(app).job(refuse, failed=told.append)
        await app.workers.wait_for_complete()
        assert isinstance(told[0], InputError)


async def test_an_unexpected_error_is_logged_and_the_program_goes_on(project: Project) -> None:
    app = WorkbenchApp(project)
    app.places |= {"library": First}
    async with app.run_test(size=(200, 24)):
        first(app).job(lambda: 1 // 0)
        await app.workers.wait_for_complete()
        assert status(app).startswith("Something went wrong: integer division or modulo by zero")
        assert app.is_running
    assert "ZeroDivisionError" in (config.state_folder() / "errors.log").read_text()


async def test_a_toast_takes_the_place_of_the_one_before_and_covers_facts_alone(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for words in ("One thing", "Another thing " * 9):
            app.toast(f"Did [b]{words}", "{app.undo} undo")
            await pilot.pause()
            await pilot.pause()
        first, *others = screen_text(app).split("\n")
        assert first.endswith("… · u undo") and "▌ Did [b]Another thing" in first and "One thing" not in first
        assert not any("u undo" in line for line in others[:-2]) and "Another thing" in others[-2]


async def test_a_slow_job_shows_how_far_it_is_and_escape_stops_it(app: StrictApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = first(app)
        go_on = threading.Event()

        def work() -> None:
            screen.progress(1200, 2000)
            go_on.wait()
            screen.progress(1201, 2000)

        screen.job(work, label="Importing", cancellable=True)
        while "Importing" not in status(app):
            await pilot.pause(0.05)
        assert "1,200 of 2,000" in status(app) and "Esc stops" in status(app)
        await pilot.press("escape")
        go_on.set()
        await app.workers.wait_for_complete()
        assert status(app) == "Stopped importing: nothing was changed"


async def test_undo_and_redo_say_what_they_did(app: StrictApp, project: Project) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("u")
        await app.workers.wait_for_complete()
        assert status(app) == "Nothing to undo"
        first(app).job(lambda: project.create_note("Pumps"))
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert status(app).startswith("Undid: ") and status(app).endswith("U redo")
        assert project.notes() == [] and first(app).log_of == ["changed"]
        await pilot.press("ctrl+y")
        await app.workers.wait_for_complete()
        assert [note.title for note in project.notes()] == ["Pumps"]


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
