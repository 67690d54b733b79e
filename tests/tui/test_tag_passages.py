"""The passages of a tag over all articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, tagged
from tests.tui.support import places, plain, unhandled
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens.tag_passages import TagPassagesScreen
from workbench.tui.widgets.bars import TopBar
from workbench.tui.widgets.hit_list import ExcerptList
from workbench.tui.widgets.reader import Reader

WORDS = (
    "Hanoi has become the eighth-largest trading partner of the U.S.",
    "China is Vietnam’s largest trading partner",
    "comrades and brothers",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "sample.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


@pytest.fixture
def app(project: Project) -> OpeningApp:
    return OpeningApp(project)


async def opened(pilot: Pilot[None], tag: str) -> TagPassagesScreen:
    screen = TagPassagesScreen(tag)
    pilot.app.push_screen(screen)
    await settle(pilot)
    return screen


def listed(screen: TagPassagesScreen) -> str:
    return plain(screen.query_one(ExcerptList))


def test_every_key_has_an_action() -> None:
    assert unhandled(TagPassagesScreen) == []


@pytest.mark.parametrize("size", [(200, 50), (120, 36), (80, 24), (40, 12)])
async def test_lists_the_passages_of_the_tag_and_of_those_below_it_by_article(
    app: OpeningApp, project: Project, size: tuple[int, int]
) -> None:
    first = tagged(project, WORDS[0], tag="trade", comment="[bold]really?")
    second = tagged(project, WORDS[1], tag="trade/partner")
    tagged(project, WORDS[2], tag="other")
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, project.tag("trade").id)
        rows = screen.query_one(ExcerptList).rows
        assert [row.id for row in rows if not isinstance(row, str)] == [second.id, first.id]
        assert [row for row in rows if isinstance(row, str)][1].startswith("Nikkei Asia · U.S., Vietnam")
        assert "Hanoi has become" in listed(screen) and "comrades" not in listed(screen)
        if size[0] > 100:
            assert "[bold]really?" in listed(screen)
            assert "Tags ▸ trade" in plain(screen.query_one(TopBar))
            assert "2 passages · 2 articles" in plain(screen.query_one(TopBar))
        assert screen.query_one(Reader).selection == (second.start, second.end)


async def test_enter_opens_the_passage_and_leaves_all_of_them_for_next_and_previous(
    app: OpeningApp, project: Project
) -> None:
    first = tagged(project, WORDS[0], tag="trade")
    second = tagged(project, WORDS[1], tag="trade")
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, project.tag("trade").id)
        await pilot.press("j", "enter", "k", "o")
        assert app.opened == [
            (first.article, (first.start, first.end), False),
            (second.article, (second.start, second.end), True),
        ]
        assert app.hits == [(one.article, one.start, one.end, ()) for one in (second, first)]
        await pilot.press("escape")
        assert places(app) == ["tags"]


async def test_d_takes_the_tag_off_and_undo_brings_it_back(app: OpeningApp, project: Project) -> None:
    passage = tagged(project, WORDS[0], tag="trade")
    project.annotate_range(passage.article, passage.start, passage.end, tags=["other"])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, project.tag("trade").id)
        await pilot.press("d")
        await settle(pilot)
        assert [tag.name for tag in project.passages()[0].tags] == ["other"]
        assert "t in the reading room tags what is selected" in plain(screen.query_one("#nothing", Static))
        await pilot.press("d")
        await settle(pilot)
        assert "No passage is listed" in app.status[0]
        await pilot.press("u")
        await settle(pilot)
        assert "Hanoi has become" in listed(screen)


async def test_a_tag_that_goes_while_its_passages_are_shown_is_said_to_be_gone(
    app: OpeningApp, project: Project
) -> None:
    tagged(project, WORDS[0], tag="trade")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, project.tag("trade").id)
        project.delete_tag(project.tag("trade").id)
        app.post_project_changed()
        await settle(pilot)
        assert "This tag is gone" in plain(screen.query_one("#nothing", Static))


async def test_the_passage_goes_into_a_note(app: OpeningApp, project: Project) -> None:
    passage = tagged(project, WORDS[0], tag="trade")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, project.tag("trade").id)
        await pilot.press("a")
        await settle(pilot)
        (note,) = project.notes()
        assert [citation.passage for citation in note.citations] == [passage.id]
