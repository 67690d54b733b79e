"""The export's box: what it proposes, what it writes, and what it refuses to write over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, tagged
from tests.tui.support import places, plain, unhandled
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens.export import ExportScreen, free_path, slug
from workbench.tui.widgets.bars import KeyFooter

WORDS = "maintaining a rules-based maritime order"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "study.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        tagged(opened, WORDS, tag="region/asean")
        tagged(opened, "China is Vietnam’s largest trading partner.", tag="trade")
        opened.create_note("Pumps & [alarm]?", "Only words.")
        yield opened


@asynccontextmanager
async def exporting(
    project: Project, size: tuple[int, int] = (120, 36), **what: str
) -> AsyncIterator[tuple[ExportScreen, Pilot[None]]]:
    app = OpeningApp(project)
    async with app.run_test(size=size) as pilot:
        screen = ExportScreen(**what)
        await app.push_screen(screen)
        await settle(pilot)
        yield screen, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def hint(screen: ExportScreen) -> str:
    return " ".join(plain(screen.query_one("#hint")).split())


def test_every_command_has_an_action() -> None:
    assert unhandled(ExportScreen) == []


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
async def test_the_project_goes_beside_its_file(
    project: Project, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with exporting(project, size) as (screen, pilot):
        target = tmp_path / "study.md"
        assert screen.query_one(Input).value == str(target)
        assert hint(screen).replace(" ", "") == f"Enterwrites{target}".replace(" ", "")
        await press(pilot, "enter")
        text = target.read_text(encoding="utf-8")
        assert WORDS in text and "Only words." in text
        assert pilot.app.status == (f"Exported to {target}", "")  # type: ignore[attr-defined]
        assert places(pilot.app) == ["tags"]  # type: ignore[arg-type]


async def test_a_note_is_offered_first_and_the_project_next(project: Project, tmp_path: Path) -> None:
    async with exporting(project, note=project.notes()[0].id) as (screen, pilot):
        assert screen.query_one(Input).value == str(tmp_path / "pumps-alarm.md")
        await press(pilot, "shift+tab", "right")
        assert screen.query_one(Input).value == str(tmp_path / "study.md")
        await press(pilot, "left", "enter")
        text = (tmp_path / "pumps-alarm.md").read_text(encoding="utf-8")
        assert "Only words." in text and WORDS not in text


async def test_a_tag_and_an_article_are_exported_alone(project: Project, tmp_path: Path) -> None:
    async with exporting(project, tag=project.tag("region").id) as (_, pilot):
        await press(pilot, "enter")
    text = (tmp_path / "region.md").read_text(encoding="utf-8")
    assert WORDS in text and "trading partner" not in text
    article = next(one for one in project.articles() if one.file.startswith("002"))
    async with exporting(project, article=article.id) as (screen, pilot):
        written = Path(screen.query_one(Input).value)
        await press(pilot, "enter")
    assert written.name.startswith("u-s-vietnam-have-work-to-do")
    assert WORDS in written.read_text(encoding="utf-8")


async def test_a_file_that_is_there_is_never_proposed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "study.md").write_text("mine")
    (tmp_path / "study-2.md").write_text("mine, too")
    async with exporting(project) as (screen, _):
        assert screen.query_one(Input).value == str(tmp_path / "study-3.md")


async def test_a_file_is_replaced_only_on_a_second_word(project: Project, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("mine")
    async with exporting(project) as (screen, pilot):
        assert "overwrite" not in plain(screen.query_one(KeyFooter))
        screen.query_one(Input).value = "mine.md"
        await settle(pilot)
        assert "is there already: ^o replaces it" in hint(screen)
        assert "overwrite" in plain(screen.query_one(KeyFooter))
        await press(pilot, "enter")
        assert mine.read_text() == "mine"
        assert "is there already" in hint(screen)
        await press(pilot, "ctrl+o")
        assert WORDS in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Name a file"),
        (".", "is a folder"),
        ("study.db", "project's own file"),
        ("missing/folder/x.md", "cannot be written"),
    ],
)
async def test_what_cannot_be_written_is_refused_in_words(project: Project, typed: str, says: str) -> None:
    before = project.path.read_bytes()
    async with exporting(project) as (screen, pilot):
        screen.query_one(Input).value = typed
        await press(pilot, "ctrl+o")
        assert says in hint(screen)
        assert places(pilot.app)[-1] == "export"  # type: ignore[arg-type]
        await press(pilot, "escape")
    assert project.path.read_bytes() == before


async def test_a_name_typed_by_hand_stays(project: Project, tmp_path: Path) -> None:
    async with exporting(project, note=project.notes()[0].id) as (screen, pilot):
        screen.query_one(Input).value = "by hand.md"
        await press(pilot, "shift+tab", "right", "enter")
        assert WORDS in (tmp_path / "by hand.md").read_text(encoding="utf-8")


async def test_enter_pressed_before_the_names_are_known_writes(project: Project, tmp_path: Path) -> None:
    app = OpeningApp(project)
    async with app.run_test() as pilot:
        app.push_screen(ExportScreen())
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "study.md").exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pumps & [alarm]?", "pumps-alarm"),
        ("../../etc/passwd", "etc-passwd"),
        ("Má ơi — 中文", "má-ơi-中文"),
        ("???", "export"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str, tmp_path: Path) -> None:
    assert slug(title) == name
    assert free_path(tmp_path, title).parent == tmp_path


async def test_names_that_no_file_can_have_are_refused_in_a_sentence(project: Project) -> None:
    async with exporting(project) as (screen, pilot):
        field = screen.query_one(Input)
        for name in ("x" * 300, "~nobody-of-that-name/x.md", "nul\0.md"):
            field.value = name
            await press(pilot, "enter")
            assert places(pilot.app)[-1] == "export" and "cannot be written" in hint(screen), hint(screen)
