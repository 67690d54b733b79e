"""The library: what it lists, how it filters, marks, opens, imports and deletes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.listings import tagged
from tests.tui.support import StrictApp, places, plain, screen_text, unhandled
from workbench import config
from workbench.model import Article
from workbench.project import Project
from workbench.resources import resource
from workbench.sample import create_sample
from workbench.tui.screens import library as library_module
from workbench.tui.screens.library import LibraryScreen
from workbench.tui.widgets.article_preview import ArticlePreview
from workbench.tui.widgets.bars import KeyFooter, StatusRow
from workbench.tui.widgets.line_list import LineList

TITLES = [
    "China and Vietnam",
    "Xi Jinping strengthens",
    "[China's man",
    "[date 2023",
    "U.S., Vietnam have",
]
"""The articles of the sample as the library orders them."""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    create_sample(tmp_path / "hanoi.db")
    with Project.open(tmp_path / "hanoi.db") as opened:
        yield opened


@pytest.fixture
def app(project: Project) -> StrictApp:
    return StrictApp(project)


@pytest.fixture
async def pilot(app: StrictApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(120, 36)) as running:
        await settle(running)
        yield running


def rows(app: StrictApp) -> LineList[Article]:
    return app.screen_stack[0].query_one("#articles LineList", LineList)


def shown(app: StrictApp) -> str:
    return plain(rows(app)).rstrip()


def status(app: StrictApp) -> str:
    return plain(app.screen_stack[0].query_one(StatusRow)).strip()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def test_every_command_has_its_action() -> None:
    assert unhandled(LibraryScreen) == []


async def test_rows_say_what_is_known_of_the_articles(app: StrictApp, pilot: Pilot[None]) -> None:
    tagged(app.project, "strategic")
    app.post_project_changed()
    await settle(pilot)
    lines = shown(app).splitlines()
    assert [line[3:].startswith(title) for line, title in zip(lines, TITLES, strict=True)] == [True] * 5
    assert "Pamir" in lines[0] and ">2023-12-13" in lines[0] and "1,104" in lines[0]
    assert "needs title" in lines[2] and "needs title" in lines[3]
    assert all("○" in line and "┄┄┄┄┄┄" in line for line in lines)
    pane = app.screen.query_one("#articles")
    assert "newest first · 5 of 5" in str(pane.border_title)
    assert "5 articles · 1 quote · 1 tag · 0 notes" in plain(app.screen.query_one("TopBar"))


async def test_preview_follows_the_cursor(app: StrictApp, pilot: Pilot[None]) -> None:
    found = tagged(app.project, "strategic", tag="hedging")
    app.project.cite(None, found.article, found.start, found.end, title="On [bamboo]")
    app.post_project_changed()
    await settle(pilot)
    at = [article.id for article in rows(app).rows].index(found.article)
    await press(pilot, *["j"] * at)
    text = screen_text(app)
    assert "■ hedging" in text and "In notes: On [bamboo] (1)" in text
    assert app.project.article(found.article).file in text


async def test_proposed_values_are_marked_and_confirmed_by_a_command(tmp_path: Path) -> None:
    with Project.open(tmp_path / "raw.db", create=True) as project:
        project.import_paths([resource("seeds")])
        app = StrictApp(project)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            assert "2023-11-21?" in shown(app) and "newest first, undated last" in screen_text(app)
            assert "Proposed date: e, then ^s confirms" in screen_text(app)
            first = rows(app).current
            assert first and first.proposed == {"published"}
            await app.screen.run_command("library.confirm")  # type: ignore[attr-defined]
            await settle(pilot)
            now = project.article(first.id)
            assert not now.proposed and now.published == "2023-11-21"
            assert "Confirmed date of" in status(app)
            await app.screen.run_command("library.confirm")  # type: ignore[attr-defined]
            assert status(app).startswith("Nothing is proposed")
            await press(pilot, "u")
            assert project.article(first.id).proposed == {"published"}


async def test_typing_filters_at_once_and_escape_brings_all_back(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "j", "slash", *"nikei")
    assert shown(app).startswith("▌○ U.S., Vietnam") and len(rows(app).rows) == 1
    assert "1 of 5" in str(app.screen.query_one("#articles").border_title)
    await press(pilot, "escape")
    assert len(rows(app).rows) == 5 and app.focused is rows(app)
    assert app.screen.query_one(Input).value == ""
    assert rows(app).current and rows(app).current.publisher == "Nikkei Asia"  # type: ignore[union-attr]


@pytest.mark.parametrize("way", [["enter"], ["tab", "enter"]])
async def test_a_filter_that_no_article_fits_is_searched_for(
    app: StrictApp, pilot: Pilot[None], way: list[str]
) -> None:
    await press(pilot, "slash", *"bamboo", "space", *"diplomacy")
    assert shown(app).strip().startswith("No article fits: Enter searches the texts for it")
    assert "Enter search the texts" in plain(app.screen.query_one(KeyFooter))
    await press(pilot, *way)
    assert places(app) == ["library", "search"]
    assert app.screen.query_one(Input).value == "bamboo diplomacy"
    await press(pilot, "escape", "slash", "escape")
    assert places(app) == ["library"] and len(rows(app).rows) == 5


async def test_enter_in_the_filter_opens_the_first_row(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "slash", *"stromseth", "enter")
    assert places(app) == ["library", "reading"]
    assert app.desk.panes == [
        app.project.article("U.S., Vietnam have work to do to build out new partnership").id
    ]


async def test_slash_twice_searches_everything(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "slash", "slash")
    assert places(app) == ["library", "search"]


async def test_the_empty_filter_names_the_search_in_any_width(app: StrictApp, pilot: Pilot[None]) -> None:
    for size, words in [
        ((120, 36), "@source, #tag · / again searches the texts"),
        ((40, 12), "filter · / searches texts"),
    ]:
        await pilot.resize_terminal(*size)
        await settle(pilot)
        assert words in screen_text(app)


async def test_the_heads_of_columns_follow_the_list_whenever_it_is_laid_out(
    app: StrictApp, pilot: Pilot[None]
) -> None:
    for width in (50, 70):
        app.screen.query_one("#articles").styles.width = width
        await settle(pilot)
        lines = screen_text(app).splitlines()
        names = next(line for line in lines if " Title " in line)
        row = next(line for line in lines if "2023-12-12" in line)
        assert names.index("Date") == row.index("2023-12-12")


async def test_slash_is_a_letter_once_something_is_typed(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "slash", "a", "slash")
    assert places(app) == ["library"] and app.screen.query_one(Input).value == "a/"


async def test_a_large_library_is_filtered_in_a_job(
    app: StrictApp, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "FILTER_IN_JOB", 2)
    await press(pilot, "slash", *"pamir")
    assert len(rows(app).rows) == 1


@pytest.mark.parametrize("keys", [["space", "j", "space", "enter"], ["enter", "escape", "j", "o"]])
async def test_two_neighbours_side_by_side_in_four_keys(
    app: StrictApp, pilot: Pilot[None], keys: list[str]
) -> None:
    wanted = [article.id for article in rows(app).rows[:2]]
    for key in keys:
        await press(pilot, key)
    assert places(app) == ["library", "reading"] and app.desk.panes == wanted


async def test_marks_are_shown_and_limited_to_four(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "space", "j", "space")
    assert shown(app).count("✓") == 2
    assert "Enter read 2 marked" in plain(app.screen.query_one(KeyFooter))
    await press(pilot, "j", "space", "j", "space", "j", "space")
    assert shown(app).count("✓") == 4 and status(app).startswith("At most 4 articles")
    await press(pilot, "escape")
    assert "✓" not in shown(app)
    assert "read 2 marked" not in plain(app.screen.query_one(KeyFooter))


async def test_open_articles_and_read_ones_carry_their_signs(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "enter", "escape", "j", "r")
    lines = shown(app).splitlines()
    assert "●" in lines[0] and "━━━━━━" in lines[1] and "○" not in lines[1]
    assert "Marked “Xi Jinping" in status(app) and "read" in status(app)
    await press(pilot, "r")
    assert "┄┄┄┄┄┄" in shown(app).splitlines()[1]


async def test_a_deleted_article_comes_back_with_undo(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "D")
    assert len(app.project.articles()) == 4 and len(rows(app).rows) == 4
    assert "Deleted “China and Vietnam" in status(app) and status(app).endswith("u undo")
    await press(pilot, "u")
    assert len(app.project.articles()) == 5 and len(rows(app).rows) == 5


async def test_another_project_is_read_afresh(app: StrictApp, pilot: Pilot[None], tmp_path: Path) -> None:
    await press(pilot, "space", "slash", *"pamir", "down")
    app.open_project(tmp_path / "new.db", create=True)
    await settle(pilot)
    assert shown(app).strip() == "No articles yet: i imports files and folders"
    assert app.screen.query_one(Input).value == ""
    await press(pilot, "enter")
    assert places(app) == ["library"] and status(app).startswith("No articles yet")


async def test_changes_made_on_another_screen_are_there_on_return(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "g", "t")
    app.project.edit_article(app.project.articles()[0].id, {"title": "A title now"})
    app.post_project_changed()
    await settle(pilot)
    await press(pilot, "escape")
    assert "A title now" in shown(app)


@pytest.mark.parametrize("size", [(40, 12), (60, 16), (80, 24), (99, 40), (200, 50)])
async def test_all_sizes_show_titles_and_keep_their_width(app: StrictApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "China and Vietnam" in shown(app) and "needs title" in shown(app)
        assert all(len(line) <= size[0] for line in shown(app).splitlines())
        preview = app.screen.query_one(ArticlePreview)
        assert bool(preview.display) == (size[1] >= 18)


async def test_titles_are_never_read_as_markup(app: StrictApp, pilot: Pilot[None]) -> None:
    article = app.project.articles()[0].id
    app.project.edit_article(article, {"title": "[bold]x[/] \x1b[31m red", "publisher": "[link=y]"})
    app.project.annotate_range(article, 0, 9, tags=["[red]t"])
    app.post_project_changed()
    await settle(pilot)
    await press(pilot, "slash", *"bold")
    assert "[bold]x[/] ␛[31m red" in shown(app) and "[link=y]" in shown(app)
    assert "■ [red]t" in screen_text(app)
    assert "\x1b" not in screen_text(app)


# Importing


async def import_line(pilot: Pilot[None], line: str) -> None:
    await press(pilot, "i")
    pilot.app.screen.query_one(Input).value = line
    await press(pilot, "enter")


async def test_import_takes_files_and_says_what_it_did(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path
) -> None:
    folder = tmp_path / "in box"
    folder.mkdir()
    (folder / "new.txt").write_text("Pump fails\n\nIt failed at night.")
    (folder / "old.txt").write_bytes(next(iter(sorted(resource("seeds").glob("*.txt")))).read_bytes())
    await import_line(pilot, f'"{folder}"')
    assert status(app).startswith("Imported 1 article · 1 was here already") and status(app).endswith(
        "u undo"
    )
    assert rows(app).current and rows(app).current.file == "new.txt"  # type: ignore[union-attr]
    assert len(rows(app).rows) == 6
    await press(pilot, "u")
    assert len(rows(app).rows) == 5


async def test_what_cannot_be_read_is_listed_with_its_reason(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path
) -> None:
    (tmp_path / "ok.txt").write_text("Fine.")
    (tmp_path / "nul.txt").write_bytes(b"a\0b")
    (tmp_path / "odd [b].pdf").write_bytes(b"%PDF")
    await import_line(pilot, f"{tmp_path}/ok.txt {tmp_path}/nul.txt {tmp_path}/odd\\ [b].pdf")
    assert "Imported 1 article · 2 could not be read" in status(app)
    report = screen_text(app)
    assert (
        "nul.txt" in report
        and "NUL" in report
        and "odd [b].pdf" in report
        and "format is not known" in report
    )
    await press(pilot, "escape")
    assert places(app) == ["library"]


async def test_a_path_that_is_not_there_is_refused_and_kept(app: StrictApp, pilot: Pilot[None]) -> None:
    await import_line(pilot, "/nowhere/at.txt")
    assert places(app) == ["library", "paths"]
    assert app.screen.query_one(Input).value == "/nowhere/at.txt"
    assert "there is no file or folder /nowhere/at.txt" in screen_text(app)


async def test_an_import_that_is_stopped_leaves_no_trace(
    app: StrictApp, pilot: Pilot[None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Article {number}.")
    real = app.jobs.progress

    def stop_at_the_second(done: int, total: int) -> None:
        if done == 1:
            app.jobs.cancel()
        real(done, total)

    monkeypatch.setattr(app.jobs, "progress", stop_at_the_second)
    await import_line(pilot, " ".join(str(path) for path in sorted(tmp_path.glob("?.txt"))))
    assert len(app.project.articles()) == 5
    assert status(app).startswith("Stopped importing")


async def test_your_name_signs_what_comes_next(app: StrictApp, pilot: Pilot[None]) -> None:
    await app.screen.run_command("app.name")  # type: ignore[attr-defined]
    await settle(pilot)
    app.screen.query_one(Input).value = "Ines [H]"
    await press(pilot, "enter")
    assert config.identity().name == "Ines [H]"
    found = tagged(app.project, "Vietnam")
    assert [analyst.name for analyst in found.analysts] == ["Ines [H]"]
