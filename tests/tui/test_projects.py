"""The screen of projects, and the completion of paths."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.support import StrictApp, flowing, places, plain, screen_text, unhandled
from workbench import config
from workbench.errors import InputError
from workbench.project import Project
from workbench.tui.screens.paths import complete, split_paths
from workbench.tui.screens.projects import ProjectsScreen
from workbench.tui.widgets.bars import StatusRow
from workbench.tui.widgets.line_list import LineList


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = Project.open(tmp_path / "north.db", create=True)
    opened.set_title("Northport [fire]")
    yield opened
    opened.close()


@pytest.fixture
def app(project: Project) -> StrictApp:
    return StrictApp(project)


@pytest.fixture
async def pilot(app: StrictApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(100, 30)) as running:
        await settle(running)
        await press(running, "g", "p")
        yield running
        app.project.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def answer(pilot: Pilot[None], words: str) -> None:
    pilot.app.screen.query_one(Input).value = words
    await press(pilot, "enter")


def status(app: StrictApp) -> str:
    return plain(app.screen.query_one(StatusRow)).strip()


def test_every_command_has_its_action() -> None:
    assert unhandled(ProjectsScreen) == []


async def test_the_open_project_stands_first_with_its_title(app: StrictApp, pilot: Pilot[None]) -> None:
    lines = plain(app.screen.query_one(LineList)).splitlines()
    assert "● Northport [fire]" in lines[0] and " KB" in lines[0]
    assert "north.db" in lines[1] and "0 article" in lines[1]
    assert "Sample: five articles" in lines[2] and "not made yet" in lines[2]


async def test_the_sample_is_made_and_opened(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "j", "enter")
    assert places(app) == ["library"] and len(app.project.articles()) == 5
    assert app.project.path == config.sample_path()
    await press(pilot, "g", "p")
    assert "● Hanoi between Washington and Beijing" in screen_text(app)
    await press(pilot, "n")
    assert Path(app.screen.query_one(Input).value).expanduser() == Path.cwd()


async def test_a_new_project_with_path_and_title(app: StrictApp, pilot: Pilot[None], tmp_path: Path) -> None:
    await press(pilot, "n")
    assert app.screen.query_one(Input).value == f"{tmp_path}/"
    await answer(pilot, f"{tmp_path}/two words")
    assert places(app)[-1] == "prompt" and app.screen.query_one(Input).value == "two words"
    await answer(pilot, "The [second]")
    assert places(app) == ["library"]
    assert app.project.path == tmp_path / "two words.db" and app.project.title == "The [second]"
    assert app.status == ("Made two words.db", "")
    assert config.recent_projects()[0] == tmp_path / "two words.db"


async def test_turning_away_makes_nothing(app: StrictApp, pilot: Pilot[None], tmp_path: Path) -> None:
    await press(pilot, "n")
    await answer(pilot, f"{tmp_path}/never")
    await press(pilot, "escape")
    assert places(app)[-1] == "projects" and not (tmp_path / "never.db").exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("{}/north.db", "is there already; o opens it"),
        ("{}/north", "is there already; o opens it"),
        ("{}/", "type a name for the file"),
        ("{}/nowhere/x.db", "there is no folder"),
        ("", "type the path"),
    ],
)
async def test_a_place_that_cannot_be_is_refused(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path, typed: str, reason: str
) -> None:
    await press(pilot, "n")
    await answer(pilot, typed.format(tmp_path))
    assert places(app)[-1] == "paths" and reason in flowing(app)


async def test_another_file_is_opened_and_listed_from_then_on(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path
) -> None:
    Project.open(tmp_path / "o ther.db", create=True).close()
    await press(pilot, "o")
    await answer(pilot, f"{tmp_path}/o ther.db")
    assert places(app) == ["library"] and app.project.path == tmp_path / "o ther.db"
    await press(pilot, "g", "p")
    assert "o ther" in screen_text(app)


async def test_what_is_no_project_is_refused_with_a_sentence(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path
) -> None:
    (tmp_path / "text.db").write_text("no database")
    await press(pilot, "o")
    await answer(pilot, str(tmp_path))
    assert "is a folder; a project is a file" in flowing(app)
    await answer(pilot, f"{tmp_path}/none.db")
    assert "there is no file" in flowing(app)
    await answer(pilot, f"{tmp_path}/text.db")
    assert app.project.path == tmp_path / "north.db" and "text.db" in status(app)


async def test_the_title_can_be_changed_and_undone(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "r")
    await answer(pilot, "Harbour")
    assert app.project.title == "Harbour" and "● Harbour" in screen_text(app)
    assert "Titled the project “Harbour”" in status(app)
    await press(pilot, "u")
    assert app.project.title == "Northport [fire]" and "● Northport [fire]" in screen_text(app)
    await press(pilot, "r")
    await answer(pilot, " ")
    assert "a project needs a title" in flowing(app)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_all_sizes_show_the_projects(app: StrictApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "g", "p")
        assert "Northport" in screen_text(app) and "Sample" in screen_text(app)


# Paths


def test_a_line_is_split_as_a_shell_would() -> None:
    assert split_paths("a.txt 'b c.txt' d\\ e") == [Path("a.txt"), Path("b c.txt"), Path("d e")]
    assert split_paths("~/x") == [Path.home() / "x"]
    with pytest.raises(InputError, match="quotation mark"):
        split_paths("Ana's.txt b")
    with pytest.raises(InputError, match="type the path"):
        split_paths("  ")


def test_a_lone_path_needs_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "Ana's own text.txt").touch()
    assert split_paths(f"{tmp_path}/Ana's own text.txt") == [tmp_path / "Ana's own text.txt"]
    assert split_paths("/a b/Ana's", several=False) == [Path("/a b/Ana's")]
    assert split_paths("/a\\ b/c d", several=False) == [Path("/a b/c d")]


def test_completion_goes_as_far_as_it_is_certain(tmp_path: Path) -> None:
    for name in ("report one.txt", "report two.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    assert complete(f"{tmp_path}/r") == (f"{tmp_path}/report\\ ", ["report one.txt", "report two.txt"])
    assert complete(f"{tmp_path}/report\\ o")[0] == f"{tmp_path}/report\\ one.txt"
    assert complete(f"x.txt '{tmp_path}/report t")[0] == f"x.txt {tmp_path}/report\\ two.txt"
    assert complete(f"{tmp_path}/fo")[0] == f"{tmp_path}/folder/"
    assert complete(f"{tmp_path}/.h")[0] == f"{tmp_path}/.hidden.txt"
    assert complete(f"{tmp_path}/p", [".txt"]) == (f"{tmp_path}/p", [])
    assert complete(f"{tmp_path}/", [".txt"])[1] == ["folder/", "report one.txt", "report two.txt"]
    assert complete(f"{tmp_path}/nowhere/x") == (f"{tmp_path}/nowhere/x", [])


async def test_tab_completes_and_lists_the_ways_on(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path
) -> None:
    (tmp_path / "north2.db").touch()
    await press(pilot, "o")
    app.screen.query_one(Input).value = f"{tmp_path}/n"
    await press(pilot, "tab")
    assert app.screen.query_one(Input).value == f"{tmp_path}/north"
    assert "north.db north2.db" in flowing(app)
