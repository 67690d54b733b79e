"""The history on the screen: steps and what they set, one taken back, filters, and the bin."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, tagged
from tests.tui.support import flowing, places, plain, screen_text, unhandled
from workbench.model import Analyst
from workbench.project import Project
from workbench.resources import resource
from workbench.store import backups
from workbench.tui.screens.history import BinList, HistoryScreen, StepList
from workbench.tui.widgets.bars import StatusRow

BEN = Analyst("B" * 25 + "A", "Ben [bold]")
HUB = "Vietnam, like Taiwan, is becoming a critical supply hub"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """What Anna and Ben did: tags, a title, a note written twice."""
    path = tmp_path / "p.db"
    with Project.open(path, create=True, analyst=Analyst("A" * 26, "Anna")) as anna:
        anna.import_paths([resource("seeds")])
        tagged(anna, HUB)
        note = anna.create_note("Log", "Who knew of the pumps?")
        anna.edit_note(note, title="Log", body="Who knew of the alarm?")
    with Project.open(path, analyst=BEN) as ben:
        ben.edit_article(ben.passages()[0].article, {"title": "A [b]hub[/b]"})
    with Project.open(path, analyst=Analyst("A" * 26, "Anna")) as anna:
        yield anna


@asynccontextmanager
async def history(
    project: Project, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[OpeningApp, Pilot[None]]]:
    app = OpeningApp(project)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "g", "h")
        yield app, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


def listed(app: OpeningApp) -> list[str]:
    return [step.words for step in app.screen.query_one(StepList).rows]


def said(app: OpeningApp) -> str:
    return plain(app.screen.query_one(StatusRow)).strip()


def test_every_command_has_its_action() -> None:
    assert unhandled(HistoryScreen) == []


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (200, 50), (40, 12)])
async def test_steps_are_listed_newest_first(project: Project, size: tuple[int, int]) -> None:
    async with history(project, size) as (app, _):
        lines = plain(app.screen.query_one(StepList)).splitlines()
        assert "Edited the title" in lines[0] and "Edited the note" in lines[1] and "Wrote" in lines[2]
        assert "6 steps" in screen_text(app)
        if size[0] > 40:
            assert "Ben [bold]" in lines[0] and "Anna" in lines[1]


async def test_the_step_under_the_cursor_is_told_with_old_and_new(project: Project) -> None:
    async with history(project) as (app, pilot):
        told = " ".join(plain(app.screen.query_one("#told")).split())
        assert "title:" in told and "[b]hub[/b]" in told and "Ben [bold], " in told
        await press(pilot, "j")
        told = " ".join(plain(app.screen.query_one("#told")).split())
        assert "note Log" in told and "Who knew of the pumps? → Who knew of the alarm?" in told


async def test_a_step_of_another_is_taken_back_and_that_undone(project: Project) -> None:
    before = project.articles()
    async with history(project) as (app, pilot):
        await press(pilot, "r")
        assert "A [b]hub[/b]" not in [article.title for article in project.articles()]
        assert said(app).startswith("Took back Ben [bold]’s: Edited the title") and said(app).endswith(
            "u undo"
        )
        assert listed(app)[0].startswith("Took back") and len(listed(app)) == 7
        step = app.screen.query_one(StepList).rows[1]
        assert step.reverted and not step.stands
        await press(pilot, "u")
        assert project.articles() == before


async def test_what_was_built_on_is_named_and_nothing_left_is_said(project: Project) -> None:
    article = project.passages()[0]
    project.annotate_range(article.article, article.start, article.end, comment="Sure?")
    async with history(project) as (app, pilot):
        row = next(at for at, words in enumerate(listed(app)) if words.startswith("Tagged"))
        app.screen.query_one(StepList).goto(row)
        await press(pilot, "r")
        assert "left as changed since: Marked" in said(app)
        app.screen.query_one(StepList).goto(row + 1)
        await press(pilot, "r")
        assert "Nothing of that step can be taken back" in said(app)


async def test_steps_by_person_by_article_and_by_words(project: Project) -> None:
    async with history(project) as (app, pilot):
        await press(pilot, "p", "3")
        assert listed(app) == ["Edited the title of “A [b]hub[/b]”"] and "Ben [bold] · 1 step" in screen_text(
            app
        )
        await press(pilot, "escape")
        assert len(listed(app)) == 6
        await press(pilot, "a")
        assert [words.split()[0] for words in listed(app)] == ["Edited", "Tagged", "Imported"]
        await press(pilot, "a", "f", *"anna note")
        assert listed(app) == ["Edited the note “Log”", "Wrote the note “Log”"]
        await press(pilot, "enter", "j", "escape")
        assert len(listed(app)) == 6 and places(app)[-1] == "history"
        await press(pilot, "f", *"zzz")
        assert "No step fits" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert places(app) == ["tags"]


async def test_enter_shows_what_a_step_was_about(project: Project) -> None:
    passage = project.passages()[0]
    async with history(project) as (app, pilot):
        await press(pilot, "enter")
        assert app.opened == [(passage.article, None, False)]
        await press(pilot, "j", "j", "j", "enter")
        assert app.opened[1] == (passage.article, (passage.start, passage.end), False)
        await press(pilot, "k", "enter")
        assert places(app)[-1] == "note"
        await press(pilot, "escape", "end", "enter")
        assert "no place to show" in said(app)


async def test_what_is_gone_is_restored_from_the_bin(project: Project) -> None:
    note = project.notes()[0].id
    project.delete_note(note)
    async with history(project) as (app, pilot):
        await press(pilot, "enter")
        assert "Tab leads to the bin" in said(app)
        await press(pilot, "tab")
        assert "Log" in plain(app.screen.query_one(BinList)) and "1 deleted" in screen_text(app)
        assert "deleted by Anna" in flowing(app)
        await press(pilot, "enter")
        assert project.note(note).title == "Log" and said(app).startswith("Restored the note “Log”")
        assert "The bin is empty" in screen_text(app)
        await press(pilot, "r")
        assert "The bin is empty" in said(app)
        await press(pilot, "u", "tab")
        assert project.notes() == [] and listed(app)[0].startswith("Took back: Restored")


async def test_the_backups_are_offered_from_the_history(project: Project) -> None:
    store = project._store
    backups.make(store.conn, store.path, store.project_id, "merge")
    async with history(project) as (app, pilot):
        await press(pilot, "b")
        assert "before a merge" in flowing(app)


async def test_the_history_of_one_note_from_its_list(project: Project) -> None:
    app = OpeningApp(project)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "g", "n")
        await app.screen.run_command("history.of_this")  # type: ignore[attr-defined]
        await settle(pilot)
        assert listed(app) == ["Edited the note “Log”", "Wrote the note “Log”"]
        assert "Log · 2 steps" in screen_text(app)


async def test_a_long_history_is_read_as_one_goes_down(project: Project) -> None:
    for number in range(450):
        project.set_title(f"Title {number}")
    async with history(project) as (app, pilot):
        assert len(listed(app)) == 200 and "200+ steps" in screen_text(app)
        await press(pilot, "end")
        await press(pilot, "end")
        await press(pilot, "end")
        assert listed(app)[-1].startswith("Made the project") and "456 steps" in screen_text(app)
        await press(pilot, "f", *"import")
        assert len(listed(app)) == 1


async def test_words_are_looked_for_in_the_whole_history(project: Project) -> None:
    for number in range(450):
        project.set_title(f"Title {number}")
    async with history(project) as (app, pilot):
        await press(pilot, "f", *"wrote")
        assert listed(app) == ["Wrote the note “Log”"]
