"""The line that says what name signs the work: it covers nothing, takes no key, and goes for good."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.support import StrictApp, places, plain, screen_text
from workbench import config
from workbench.model import Analyst
from workbench.project import Project
from workbench.tui.widgets.name_strip import NameStrip


@pytest.fixture(autouse=True)
def first_start(own_folders: Path) -> Path:
    """Nobody was here before. Returns the file that knows the analyst."""
    path = own_folders / "config" / "workbench" / "analyst.json"
    path.unlink()
    return path


@asynccontextmanager
async def started(
    folder: Path, analyst: Analyst | None = None, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[StrictApp, Pilot[None]]]:
    with Project.open(folder / "p.db", create=True, analyst=analyst) as project:
        app = StrictApp(project)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def shown(app: StrictApp) -> bool:
    return "g w changes it" in screen_text(app)


async def test_the_first_start_says_what_name_signs(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, _):
        strip = app.screen.query_one(NameStrip)
        assert f"You write as “{config.identity().name}”   g w changes it" in plain(strip)
        assert strip.region.height == 1 and strip.region.bottom <= app.screen.query_one("#library").region.y


async def test_it_takes_no_key(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, pilot):
        await press(pilot, "enter")
        assert app.status[0] == "No articles yet: i imports files and folders"
        await press(pilot, "g", "n")
        assert places(app) == ["library", "notes"]
        await press(pilot, "escape")
        assert places(app) == ["library"] and shown(app)


async def test_a_name_given_ends_it(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, pilot):
        await press(pilot, "g", "w")
        app.screen.query_one(Input).value = "Lena"
        await press(pilot, "enter")
        assert not shown(app) and config.identity().name == "Lena"
    async with started(tmp_path) as (app, _):
        assert not shown(app)


async def test_enter_on_the_name_offered_keeps_it(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, pilot):
        before = config.identity()
        await press(pilot, "g", "w", "enter")
        assert not shown(app) and config.identity() == before


async def test_a_click_keeps_the_name(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, pilot):
        before = config.identity()
        await pilot.click(NameStrip)
        await settle(pilot)
        assert not shown(app) and config.identity() == before
    async with started(tmp_path) as (app, _):
        assert not shown(app)


async def test_looking_alone_settles_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        async with started(tmp_path) as (app, _):
            assert shown(app)


async def test_work_signed_with_it_in_sight_settles_it(tmp_path: Path) -> None:
    async with started(tmp_path) as (app, pilot):
        app.project.create_tag("risk")
        app.post_project_changed()
        await settle(pilot)
        assert shown(app)
    async with started(tmp_path) as (app, _):
        assert not shown(app)


async def test_a_project_of_another_analyst_does_not_ask(tmp_path: Path) -> None:
    async with started(tmp_path, Analyst("A" * 26, "Anna")) as (app, _):
        assert not shown(app)


async def test_a_name_from_before_this_question_is_asked_about_once(
    tmp_path: Path, first_start: Path
) -> None:
    first_start.write_text(json.dumps({"id": "B" * 25 + "A", "name": "Ben [b]"}))
    async with started(tmp_path) as (app, pilot):
        assert "“Ben [b]”" in screen_text(app)
        await press(pilot, "g", "w", "enter")
    assert json.loads(first_start.read_text()) == {"id": "B" * 25 + "A", "name": "Ben [b]", "asked": True}


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_small_screens_have_room_for_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with started(tmp_path, size=size) as (app, _):
        assert shown(app) and "No articles yet" in screen_text(app)
