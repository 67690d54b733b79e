"""Merging a copy on the screen: what it would bring is shown first, then it happens or nothing does."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.copies import ANNA, BEN, BENS, Copies, annotate, disagree_on_the_note
from tests.tui.support import StrictApp, flowing, places, screen_text, unhandled
from workbench.project import Project
from workbench.tui.screens.command_screen import READ_ONLY
from workbench.tui.screens.merging import MergeScreen


@asynccontextmanager
async def projects(
    copies: Copies, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[StrictApp, Pilot[None]]]:
    app = StrictApp(copies.mine)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "g", "p")
        yield app, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def look_into(pilot: Pilot[None], path: Path) -> None:
    await press(pilot, "m")
    pilot.app.screen.query_one(Input).value = str(path)
    await press(pilot, "enter")


def work_of_ben(copies: Copies) -> None:
    with copies.ben() as ben:
        annotate(ben, "Crews came late", "risk", comment="How late?")
        annotate(ben, "tested", "sea")
        ben.create_note("Crews", "late")


def test_every_command_has_its_action() -> None:
    assert unhandled(MergeScreen) == []


async def test_the_preview_says_what_is_new_and_by_whom(copies: Copies) -> None:
    work_of_ben(copies)
    async with projects(copies) as (app, pilot):
        await look_into(pilot, copies.theirs)
        assert places(app)[-1] == "merge"
        shown = flowing(app)
        assert "A copy of this project. It brings: passages tags tags put on comments notes" in shown
        assert "Ben [b] 2 1 2 1 1" in shown
        assert "Enter merge Esc leave all as it is" in shown


async def test_nothing_happens_before_it_is_wanted(copies: Copies) -> None:
    work_of_ben(copies)
    async with projects(copies) as (app, pilot):
        before = copies.mine.path.read_bytes()
        await look_into(pilot, copies.theirs)
        await press(pilot, "escape")
        assert places(app) == ["library", "projects"]
        assert copies.mine.path.read_bytes() == before and not copies.mine.backups()


async def test_enter_merges_and_says_what_came_and_the_way_back(copies: Copies) -> None:
    work_of_ben(copies)
    async with projects(copies) as (app, pilot):
        await look_into(pilot, copies.theirs)
        await press(pilot, "enter")
        text, way_back = app.status
        assert text.startswith(
            "Merged ben.db: 2 passages, 1 tag, 2 tags put on, 1 comment, 1 note by Ben [b]"
        )
        assert text.endswith("a backup was made") and ": backups" in way_back
        assert [backup.reason for backup in copies.mine.backups()].count("merge") == 1
        assert "Crews" in [note.title for note in copies.mine.notes()]
        await press(pilot, "g", "l")
        assert "3 quotes · 2 tags · 2 notes" in flowing(app), "the screen below was read again"
        await press(pilot, "g", "p")
        await look_into(pilot, copies.theirs)
        assert "Nothing new: this project holds all that ben.db has." in flowing(app)
        assert "Enter merge" not in flowing(app)
        await press(pilot, "enter")
        assert places(app) == ["library", "projects"] and app.status[0] != "Nothing new in ben.db"


async def test_what_will_be_to_decide_is_named_before(copies: Copies) -> None:
    with copies.ben() as ben:
        ben.edit_note(copies.note, title="Alarm", body=BENS)
    copies.mine.edit_note(copies.note, title="Alarm", body="Anna's")
    async with projects(copies) as (app, pilot):
        await look_into(pilot, copies.theirs)
        assert "1 to decide afterwards, with g ! ≠ text of note “Alarm”" in flowing(app)
        await press(pilot, "enter")
        assert "g ! shows 1 to decide" in app.status[0]
        await press(pilot, "g", "exclamation_mark")
        assert places(app)[-1] == "conflicts"


async def test_another_project_is_said_to_be_one(copies: Copies, tmp_path: Path) -> None:
    (tmp_path / "third.txt").write_text("A third text.")
    with Project.open(tmp_path / "other.db", create=True, analyst=BEN) as other:
        other.import_paths([tmp_path / "third.txt"])
    async with projects(copies) as (app, pilot):
        await look_into(pilot, tmp_path / "other.db")
        assert "Another project, not a copy of this one." in flowing(app)
        await press(pilot, "enter")
        assert len(copies.mine.articles()) == 3


async def test_what_does_not_verify_is_refused_by_name(copies: Copies) -> None:
    work_of_ben(copies)
    conn = sqlite3.connect(copies.theirs)
    for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        conn.execute(f"DROP TRIGGER {name}")
    triggers = _triggers(copies.mine)
    conn.execute(
        "UPDATE payload SET body = replace(body, 'How late?', 'Too late!') WHERE body LIKE '%How late?%'"
    )
    for sql in triggers:
        conn.execute(sql)
    conn.commit()
    conn.close()
    async with projects(copies) as (app, pilot):
        await look_into(pilot, copies.theirs)
        assert "refused, which would stay out" in flowing(app)
        await press(pilot, "enter")
        assert "refused" in app.status[0]
        assert "Too late!" not in str([one.comments for one in copies.mine.passages()])


async def test_what_is_no_project_leaves_a_sentence(copies: Copies, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database")
    async with projects(copies) as (app, pilot):
        await look_into(pilot, tmp_path / "none.db")
        assert "there is no file" in flowing(app)
        await press(pilot, "escape")
        await look_into(pilot, tmp_path / "text.db")
        assert places(app) == ["library", "projects"] and "text.db" in app.status[0]
        await look_into(pilot, copies.mine.path)
        assert "this project itself" in app.status[0]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_all_sizes_show_who_brings_what(copies: Copies, size: tuple[int, int]) -> None:
    work_of_ben(copies)
    disagree_on_the_note(copies)
    with copies.ben() as ben:
        ben.create_note("Later", "")
    async with projects(copies, size) as (app, pilot):
        await look_into(pilot, copies.theirs)
        assert "Ben [b]" in screen_text(app) and "Enter" in screen_text(app)
        await press(pilot, "down", "escape")
        assert places(app)[-1] == "projects"


async def test_what_can_only_be_read_takes_nothing_in(copies: Copies) -> None:
    copies.mine.close()
    with closing(sqlite3.connect(copies.mine.path)) as conn:
        conn.execute("UPDATE meta SET value = '99' WHERE key = 'least_write'")
        conn.commit()
    with Project.open(copies.mine.path, analyst=ANNA) as project:
        app = StrictApp(project)
        async with app.run_test() as pilot:
            await settle(pilot)
            await press(pilot, "g", "p", "m")
            assert places(app) == ["library", "projects"] and app.status[0] == READ_ONLY


def _triggers(project: Project) -> list[str]:
    rows = project.database.query("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
    return [row["sql"] for row in rows]
