"""Where nothing can be written, for good or not yet, commands say so instead of failing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from screenshots.scenes import settle
from tests.tui.support import StrictApp, places
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens.command_screen import READ_ONLY

SEED = resource("seeds") / "002_a30051e82dc3743c.txt"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with an article, a tag and a note."""
    with Project.open(tmp_path / "p.db", create=True) as project:
        project.import_paths([SEED])
        article = project.articles()[0].id
        project.annotate_range(article, 0, 4, tags=["start"])
        project.cite(None, article, 0, 4, title="Notes")
    return tmp_path / "p.db"


@pytest.mark.parametrize(
    "keys",
    ["i", "e", "D", "g t n", "g t r", "g t D", "g n n", "g n r", "g n enter e", "g p r", "enter t", "enter 1",
     "enter c", "enter a"],
)  # fmt: skip
async def test_a_project_of_a_newer_program_is_read_only(path: Path, keys: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE meta SET value = '99' WHERE key = 'least_write'")
        conn.commit()
    with Project.open(path) as project:
        app = StrictApp(project)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            for key in keys.split():
                await pilot.press(key)
                await settle(pilot)
            assert app.status[0] == READ_ONLY
            assert not {"prompt", "paths", "form", "picker", "write"} & set(places(app))


@pytest.mark.parametrize(
    "keys", ["i", "D", "x a", "g t n", "g n n", "g n x a", "g n :", "g r t", "g p r", "u"]
)
async def test_keys_pressed_while_a_project_is_being_opened_do_no_harm(
    path: Path, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = StrictApp(path)
    release = app.jobs.release
    monkeypatch.setattr(app.jobs, "release", lambda: None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        release()
        await settle(pilot)
        assert app.project.articles()
