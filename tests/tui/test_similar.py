"""More like this, for a passage and for a whole article."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, search
from tests.tui.support import StrictApp, places, plain, screen_text, unhandled
from workbench.model import Article, SimilarArticles
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens import similar_articles
from workbench.tui.screens.reading import ReadingScreen
from workbench.tui.screens.similar import SimilarScreen
from workbench.tui.screens.similar_articles import SimilarArticlesScreen
from workbench.tui.targets import Target
from workbench.tui.widgets.bars import KeyFooter
from workbench.tui.widgets.hit_list import HitList
from workbench.tui.widgets.index_bar import IndexBar
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.preview import Preview
from workbench.tui.widgets.similar_list import SimilarRow

TRAINS = "The inauguration of cross-border trains"
COPY = "A copy with [another] headline"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    source = (resource("seeds") / "004_54583def0f2fc11c.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(f"{COPY}\n\n{source}\n\nSign up for our letter.", encoding="utf-8")
    with Project.open(tmp_path / "sample.db", create=True) as opened:
        opened.import_paths([resource("seeds"), copy])
        yield opened


@pytest.fixture
def app(project: Project) -> OpeningApp:
    return OpeningApp(project)


def source(project: Project) -> Article:
    return next(one for one in project.articles() if one.file.startswith("004"))


def passage(project: Project, words: str) -> Target:
    """The sentence of the article 004 that begins with `words`."""
    article = source(project)
    text = project.text(article.id)
    start = text.index(words)
    end = text.index(".", start) + 1
    return Target(article, start, end, text[start:end], "sentence")


async def opened(pilot: Pilot[None], project: Project, words: str) -> SimilarScreen:
    screen = SimilarScreen(passage(project, words))
    await pilot.app.push_screen(screen)
    await settle(pilot)
    return screen


def groups(screen: SimilarScreen) -> dict[str, list[SimilarRow]]:
    """The rows under each heading."""
    found: dict[str, list[SimilarRow]] = {}
    for row in screen.query_one(HitList).rows:
        if isinstance(row, str):
            found[row] = []
        else:
            assert isinstance(row, SimilarRow)
            found[list(found)[-1]].append(row)
    return found


def test_every_key_has_an_action() -> None:
    assert unhandled(SimilarScreen) == [] and unhandled(SimilarArticlesScreen) == []


async def test_the_closest_passages_stand_under_their_articles(app: OpeningApp, project: Project) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot, project, TRAINS)
        copied, other, *_ = groups(screen).items()
        assert copied[0].startswith(COPY) and [row.hit.score for row in copied[1]] == [1.0]
        assert other[0].startswith("China and Vietnam strengthen")
        assert "photovoltaic" in other[1][0].shared and "cross-border trains" in other[1][0].hit.text
        assert source(project).label not in " ".join(groups(screen))
        shown = screen_text(app)
        assert "More like this · Xi Jinping strengthens" in shown
        assert TRAINS in plain(screen.query_one("#words"))
        assert "photovoltaic ·" in plain(screen.query_one(HitList))
        assert COPY in plain(screen.query_one(Preview)).splitlines()[0]
        assert "Enter beside" in plain(screen.query_one(KeyFooter))


async def test_it_goes_on_from_a_hit_and_comes_back(app: OpeningApp, project: Project) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        first = await opened(pilot, project, TRAINS)
        await pilot.press("j", "m")
        await settle(pilot)
        second = app.screen
        assert isinstance(second, SimilarScreen) and second is not first
        assert "Notably, following the meeting" in plain(second.query_one("#words"))
        assert any(heading.startswith("Xi Jinping strengthens") for heading in groups(second))
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is first and first.query_one(HitList).cursor > 1


async def test_a_hit_opens_beside_and_can_be_tagged(app: OpeningApp, project: Project) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot, project, TRAINS)
        await pilot.press("j", "t", *"rails", "enter")
        await settle(pilot)
        hit = screen.hit
        assert hit is not None and hit.start is not None and hit.end is not None and hit.article_id
        (tagged,) = project.passages(tag=project.tag("rails").id)
        assert (tagged.article, tagged.start, tagged.end) == (hit.article_id, hit.start, hit.end)
        for key in ("enter", "o"):
            await pilot.press(key)
            asked = passage(project, TRAINS)
            assert app.opened[-2:] == [
                (asked.article.id, asked.span, False),
                (hit.article_id, (hit.start, hit.end), True),
            ]


async def test_what_is_like_nothing_says_so_and_does_nothing(app: OpeningApp, project: Project) -> None:
    article = source(project)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = SimilarScreen(Target(article, 2, 3, " "))
        await app.push_screen(screen)
        await settle(pilot)
        assert "There is no word in the range 2–3" in str(screen.query_one("#nothing", Static).render())
        for one in project.articles():
            if one.id != article.id:
                project.delete_article(one.id)
        await pilot.press("escape")
        screen = await opened(pilot, project, TRAINS)
        assert "No passage of another article shares its rare words" in screen_text(app)
        await pilot.press("enter", "t", "m", "space")
        await settle(pilot)
        assert app.screen is screen and app.status[0] == "No passage is listed"
        assert app.opened == []


async def test_m_works_on_a_hit_of_the_search(app: OpeningApp, project: Project) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await search(pilot, "photovoltaic industry cluster")
        await pilot.press("tab", "m")
        await settle(pilot)
        assert places(app)[-2:] == ["search", "similar"]
        assert "photovoltaic" in plain(app.screen.query_one(HitList))


async def test_from_the_reading_room_to_the_next_pane(project: Project) -> None:
    app = StrictApp(project)
    target = passage(project, TRAINS)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.open_article(target.article.id, target.span)
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert places(app)[-1] == "reading"
        assert len(app.desk.panes) == 2 and app.desk.panes[0] == target.article.id
        assert "photovoltaic" in screen_text(app)


async def test_a_passage_that_is_not_open_is_opened_with_its_hit(project: Project) -> None:
    app = StrictApp(project)
    target = passage(project, TRAINS)
    other = next(one.id for one in project.articles() if one.file.startswith("000"))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.open_article(other)
        await settle(pilot)
        screen = await opened(pilot, project, TRAINS)
        hit = screen.hit
        assert hit is not None and hit.article_id not in (None, other)
        await pilot.press("enter")
        await settle(pilot)
        assert app.desk.panes == [target.article.id, hit.article_id] and app.desk.focused == 1
        room = app.screen
        assert isinstance(room, ReadingScreen)
        assert [pane.reader.selection for pane in room.grid.panes] == [target.span, (hit.start, hit.end)]


async def test_an_article_of_the_library_lies_beside_the_one_like_it(project: Project) -> None:
    app = StrictApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app.push_screen(SimilarArticlesScreen(source(project).id, "Xi"))
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        copy = next(one.id for one in project.articles() if one.file.startswith("copy"))
        assert app.desk.panes == [source(project).id, copy]


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
async def test_similar_articles_call_a_copy_so(project: Project, size: tuple[int, int]) -> None:
    app = StrictApp(project)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.open_article(source(project).id)
        await settle(pilot)
        await pilot.press("colon", *"similar art", "enter")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, SimilarArticlesScreen)
        rows = screen.query_one(LineList).rows
        assert rows[0].label == "near-duplicate" and {one.label for one in rows[1:]} == {"similar"}
        first = plain(screen.query_one(LineList))
        assert "near-duplicate" in first.splitlines()[0] + first.splitlines()[1]
        await pilot.press("enter")
        await settle(pilot)
        assert places(app)[-1] == "reading"
        assert app.desk.panes == [source(project).id, rows[0].article_id]


async def test_similar_articles_are_asked_again_until_the_index_is_complete(
    app: OpeningApp, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similar_articles, "AGAIN", 0.01)
    ask_whole = Project.similar_articles
    built = [0]

    def ask_part(self: Project, article: str, **options: object) -> SimilarArticles:
        assert options["partial"]
        found = ask_whole(self, article, **options)  # type: ignore[arg-type]
        return dataclasses.replace(found, articles=found.articles[: built[0]], indexed=built[0], to_index=4)

    monkeypatch.setattr(Project, "similar_articles", ask_part)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = SimilarArticlesScreen(source(project).id, "Xi")
        await app.push_screen(screen)
        await settle(pilot)
        bar = screen.query_one(IndexBar)
        assert bar.display and "Indexing 0 of 4" in screen_text(app)
        assert "None yet: the search index is being built" in screen_text(app)
        built[0] = 4
        while bar.display:
            await pilot.pause()
        assert screen.query_one(LineList).rows[0].label == "near-duplicate"
