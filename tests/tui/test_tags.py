"""The screen of tags: the tree, and what can be done to a tag."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.support import StrictApp, flowing, places, plain, screen_text, unhandled
from workbench.model import Tag
from workbench.project import Project
from workbench.sample import create_sample
from workbench.tui.screens.tags import TagsScreen
from workbench.tui.widgets.bars import StatusRow
from workbench.tui.widgets.line_list import LineList


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    create_sample(tmp_path / "hanoi.db")
    with Project.open(tmp_path / "hanoi.db") as opened:
        article = opened.articles()[0].id
        opened.annotate_range(article, 0, 40, tags=["cause", "region/asean"])
        opened.annotate_range(article, 50, 90, tags=["cause"])
        opened.annotate_range(article, 100, 140, tags=["zeal"])
        yield opened


@pytest.fixture
def app(project: Project) -> StrictApp:
    return StrictApp(project)


@pytest.fixture
async def pilot(app: StrictApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(100, 30)) as running:
        await settle(running)
        await press(running, "g", "t")
        yield running


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def answer(pilot: Pilot[None], words: str) -> None:
    pilot.app.screen.query_one(Input).value = words
    await press(pilot, "enter")


async def to(pilot: Pilot[None], name: str) -> Tag:
    """Puts the cursor on a tag."""
    rows = pilot.app.screen.query_one(LineList)
    rows.goto(next(at for at, tag in enumerate(rows.rows) if tag.name == name))
    await settle(pilot)
    tag: Tag = rows.rows[rows.cursor]
    return tag


def names(app: StrictApp) -> list[str]:
    return [tag.name for tag in app.project.tags()]


def status(app: StrictApp) -> str:
    return plain(app.screen.query_one(StatusRow)).strip()


def test_every_command_has_its_action() -> None:
    assert unhandled(TagsScreen) == []


async def test_tags_stand_as_a_tree_with_code_pin_and_count(app: StrictApp, pilot: Pilot[None]) -> None:
    lines = plain(app.screen.query_one(LineList)).splitlines()[:4]
    found = [line[line.index("■") + 2 :].split()[0] for line in lines]
    assert found == ["cause", "region", "asean", "zeal"]
    assert lines[2].index("■") == lines[1].index("■") + 2
    assert [line.split()[-1] for line in lines] == ["2", "0", "1", "1"]
    assert lines[0].lstrip("▌ ").startswith("1 ■ cause  ca")
    assert "4 tags" in screen_text(app)


async def test_a_new_tag_with_its_levels(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "n")
    await answer(pilot, "actor/[bold]Xi")
    assert names(app)[:2] == ["actor", "actor/[bold]Xi"] and "[bold]Xi" in screen_text(app)
    assert (
        status(app) == "Created the tag actor/[bold]Xi" + status(app)[len("Created the tag actor/[bold]Xi") :]
    )
    await press(pilot, "u")
    assert "actor" not in names(app)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("CAUSE", "there is a tag “cause” already; m merges two into one"),
        ("a,b", "cannot hold a comma"),
        ("", "a tag needs a name"),
        ("region//x", "empty level"),
    ],
)
async def test_a_bad_name_is_refused_where_it_was_typed(
    app: StrictApp, pilot: Pilot[None], name: str, reason: str
) -> None:
    await press(pilot, "n")
    await answer(pilot, name)
    assert places(app)[-1] == "prompt" and reason in flowing(app)
    assert len(names(app)) == 4


async def test_renaming_moves_what_is_below(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "region")
    await press(pilot, "r")
    await answer(pilot, "place/region")
    assert names(app) == ["cause", "place", "place/region", "place/region/asean", "zeal"]
    assert "Renamed the tag region to place/region" in status(app)
    await press(pilot, "u")
    assert names(app) == ["cause", "region", "region/asean", "zeal"]


async def test_a_tag_cannot_stand_below_itself(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "region")
    await press(pilot, "r")
    await answer(pilot, "Region/inner")
    assert places(app)[-1] == "prompt" and "cannot stand below itself" in flowing(app)


async def test_merging_hands_over_the_passages(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "zeal")
    await press(pilot, "m", "1")
    assert names(app) == ["cause", "region", "region/asean"] and app.project.tag("cause").passages == 3
    assert "Merged the tag zeal into cause" in status(app)
    await press(pilot, "u")
    assert app.project.tag("zeal").passages == 1


async def test_colour_is_chosen_among_fourteen(app: StrictApp, pilot: Pilot[None]) -> None:
    tag = await to(pilot, "cause")
    await press(pilot, "c")
    shown = flowing(app)
    assert "orange" in shown and "pink, dashed" in shown
    await press(pilot, "pagedown", "pagedown", "enter")
    assert app.project.tag("cause").color == 13 and "Coloured the tag cause pink, dashed" in status(app)
    assert "□ cause" in screen_text(app)
    await press(pilot, "u")
    assert app.project.tag("cause").color == tag.color


async def test_a_description_is_shown_and_can_go(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "cause")
    await press(pilot, "e")
    await answer(pilot, "What led to it [not blame]")
    assert "What led to it [not blame]" in screen_text(app)
    await press(pilot, "e")
    await answer(pilot, "")
    assert app.project.tag("cause").description == ""


async def test_a_deleted_tag_comes_back_on_its_passages(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "region")
    await press(pilot, "D")
    assert names(app) == ["cause", "zeal"] and "Deleted the tag region and 1 below it" in status(app)
    await press(pilot, "u")
    assert app.project.tag("region/asean").passages == 1


async def test_digits_pin_and_unpin(app: StrictApp, pilot: Pilot[None]) -> None:
    tag = await to(pilot, "zeal")
    await press(pilot, "9")
    assert app.desk.pins[9] == tag.id and "9 ■ zeal" in screen_text(app)
    assert app.desk.digit_of(tag.id) == 9
    await press(pilot, "9")
    assert app.desk.digit_of(tag.id) is None and "Unpinned zeal" in status(app)


async def test_enter_lists_the_passages(app: StrictApp, pilot: Pilot[None]) -> None:
    await to(pilot, "cause")
    await press(pilot, "enter")
    assert "cause" in screen_text(app).splitlines()[0]
    await press(pilot, "escape")
    assert places(app)[-1] == "tags"


async def test_an_empty_list_names_the_key_that_fills_it(tmp_path: Path) -> None:
    with Project.open(tmp_path / "empty.db", create=True) as project:
        app = StrictApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "g", "t")
            assert "No tags yet: n makes one" in screen_text(app)
            await press(pilot, "D", "enter", "m", "1")
            assert places(app) == ["library", "tags"] and status(app).startswith("No tags yet")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_all_sizes_show_the_tags(app: StrictApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "g", "t")
        assert all(name in screen_text(app) for name in ("cause", "asean", "zeal"))
