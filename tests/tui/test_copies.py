"""Sending a copy and restoring a backup, from the palette to the file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, tagged
from tests.tui.support import flowing, places, unhandled
from workbench.model import Analyst
from workbench.project import Project
from workbench.resources import resource
from workbench.store import backups
from workbench.tui.screens.send_copy import SendCopyScreen


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "study.db", create=True, analyst=Analyst("A" * 26, "Anna")) as opened:
        opened.import_paths([resource("seeds")])
        tagged(opened, "China is Vietnam’s largest trading partner.", comment="a heron was seen")
        opened.create_note("Ideas", "An osprey.")
        yield opened


@asynccontextmanager
async def running(project: Project, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[None]]:
    app = OpeningApp(project)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def words(pilot: Pilot[None]) -> str:
    return flowing(pilot.app)  # type: ignore[arg-type]


def status(pilot: Pilot[None]) -> str:
    return str(pilot.app.status[0])  # type: ignore[attr-defined]


def back_up(project: Project, reason: backups.Reason) -> Path:
    store = project._store
    return backups.make(store.conn, store.path, store.project_id, reason)


def test_every_command_has_an_action() -> None:
    assert unhandled(SendCopyScreen) == []


async def test_a_copy_is_named_shown_and_written(project: Project, tmp_path: Path) -> None:
    async with running(project) as pilot:
        await press(pilot, ":", *"send a copy", "enter")
        target = tmp_path / "study-copy.db"
        assert pilot.app.screen.query_one(Input).value == str(target)
        assert "It will hold 5 articles, 1 passage, 1 tag, 1 note, 1 comment, by Anna." in words(pilot)
        await press(pilot, "enter")
        assert status(pilot).startswith(f"Wrote a copy to {target} · ")
        assert "SHA-256" in status(pilot) and places(pilot.app) == ["tags"]  # type: ignore[arg-type]
    with Project.open(target) as copy:
        assert len(copy.notes()) == 1


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
async def test_what_stays_here_is_not_in_the_copy(
    project: Project, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(project, size) as pilot:
        await press(pilot, ":", *"send a copy", "enter", "tab", "space", "tab", "right", "tab", "space")
        if size == (120, 36):
            assert "It will hold 5 articles, 1 passage, 1 tag, 0 notes, 0 comments" in words(pilot)
            assert "names left out." in words(pilot)
        await press(pilot, "enter")
    raw = (tmp_path / "study-copy.db").read_bytes()
    assert not [secret for secret in (b"heron", b"osprey", b"Anna") if secret in raw]


async def test_a_file_is_replaced_only_by_the_key_for_it(project: Project, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    async with running(project) as pilot:
        await press(pilot, ":", *"send a copy", "enter")
        pilot.app.screen.query_one(Input).value = "there.db"
        await press(pilot, "enter")
        assert "is there already" in words(pilot) and there.read_text() == "mine"
        pilot.app.screen.query_one(Input).value = "study.db"
        await press(pilot, "ctrl+o")
        assert "is the project itself" in words(pilot)
        pilot.app.screen.query_one(Input).value = "there.db"
        await press(pilot, "ctrl+o")
        assert status(pilot).startswith(f"Wrote a copy to {there}")
    Project.open(there).close()


async def test_a_backup_is_restored_to_a_new_file_and_opened(project: Project, tmp_path: Path) -> None:
    back_up(project, "daily")
    project.create_note("Later", "")
    back_up(project, "merge")
    async with running(project) as pilot:
        await press(pilot, ":", *"backups", "enter")
        assert "before a merge" in words(pilot) and "before the day's work" in words(pilot)
        await press(pilot, "down", "enter")
        new = Path(pilot.app.screen.query_one(Input).value).expanduser()
        assert new.parent == tmp_path and new.name.startswith("study-2")
        await press(pilot, "enter")
        assert "Restored the backup of" in status(pilot)
        await press(pilot, "enter")
        opened: Project = pilot.app.project  # type: ignore[attr-defined]
        assert opened.path == new
        assert [note.title for note in opened.notes()] == ["Ideas"]
        opened.close()


async def test_no_backups_yet_is_said(project: Project) -> None:
    async with running(project) as pilot:
        await press(pilot, ":", *"backups", "enter")
        assert status(pilot).startswith("No backups yet")
