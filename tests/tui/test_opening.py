"""Files that are special: foreign tables in them, only to be read, written by somebody else meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from screenshots.scenes import settle
from tests.tui.support import StrictApp, flowing, plain
from tests.unit.store.project_tools import BEN, new_project, on
from workbench import Project
from workbench.store import connection
from workbench.tui.widgets.bars import StatusRow
from workbench.tui.widgets.warning_strip import WarningStrip

SIZE = (100, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of two articles."""
    with new_project(tmp_path) as project:
        on(project, "Crews came late", "delay")
    return tmp_path / "p.db"


async def test_a_file_with_a_foreign_trigger_is_explained_and_a_clean_copy_offered(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TRIGGER spy AFTER INSERT ON change BEGIN SELECT 1; END")
    conn.close()
    before = path.read_bytes()
    app = StrictApp(path)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "spy" in flowing(app) and "p-clean.db" in flowing(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "one.txt" in flowing(app) and app.project.path.name == "p-clean.db"
        assert [tag.name for tag in app.project.tags()] == ["delay"]
        app.project.close()
    assert path.read_bytes() == before


async def test_a_file_with_a_foreign_view_can_be_left_alone(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE VIEW spy AS SELECT 1")
    conn.close()
    app = StrictApp(path)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "clean" not in flowing(app) and not (path.parent / "p-clean.db").exists()
        await pilot.press("g", "p")
        await settle(pilot)
        assert "Projects" in flowing(app)


async def test_a_file_that_can_only_be_read_says_so_on_every_screen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    app = StrictApp(path)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in (("g", "n"), ("g", "t"), ("g", "l")):
            await pilot.press(*keys)
            await settle(pilot)
            assert "read" in plain(app.screen.query_one(WarningStrip))
        await pilot.click(WarningStrip)
        assert not app.screen.query_one(WarningStrip).display
        app.project.close()


async def test_what_another_program_writes_comes_onto_the_screen_with_its_author(path: Path) -> None:
    with Project.open(path) as here, Project.open(path, analyst=BEN) as there:
        app = StrictApp(here)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.press("g", "t")
            await settle(pilot)
            there.annotate_range(there.articles()[0].id, 0, 9, tags=["from elsewhere"])
            app.watch_file.look()
            await settle(pilot)
            assert "from elsewhere" in flowing(app)
            assert plain(app.screen.query_one(StatusRow)).strip().startswith("Ben: Tagged")


async def test_several_changes_of_one_s_own_other_window_are_counted(path: Path) -> None:
    with Project.open(path) as here, Project.open(path) as there:
        app = StrictApp(here)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            there.create_tag("one")
            there.create_tag("two")
            app.watch_file.look()
            await settle(pilot)
            said = plain(app.screen.query_one(StatusRow))
            assert "2 changes came in, by you, in another window" in said
            app.watch_file.look()
            await settle(pilot)
            assert plain(app.screen.query_one(StatusRow)) == said
