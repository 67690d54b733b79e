"""The search screen: what is typed, what is listed, where enter leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, Place, hits, search, set_query, tagged
from tests.tui.support import StrictApp, places, plain, screen_text, unhandled
from workbench.model import Span
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens import search_asking
from workbench.tui.screens.search import WEAK, SearchScreen
from workbench.tui.widgets.bars import StatusRow
from workbench.tui.widgets.hit_list import HitList, HitRow, excerpt
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.scope_line import ScopeLine


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "sample.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


@pytest.fixture
def app(project: Project, monkeypatch: pytest.MonkeyPatch) -> OpeningApp:
    monkeypatch.setattr(search_asking, "REST", 0)
    return OpeningApp(project)


def heading(screen: SearchScreen, pane: str) -> str:
    return str(screen.query_one(pane, Pane).border_title)


def test_every_key_has_an_action() -> None:
    assert unhandled(SearchScreen) == []


async def test_typing_finds_in_spite_of_typos_and_says_how_it_read_them(app: OpeningApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "comrads brothers")
        best = hits(screen)[0].hit
        assert "comrades and brothers" in best.text
        assert "comrades and brothers" in plain(screen.query_one(HitList))
        assert "comrads→comrades  ^t makes it exact" in screen_text(app)
        assert " ms" in heading(screen, "#query")
        reader = screen.query_one(Reader)
        assert (best.start, best.end) == reader.selection
        assert "¶" in heading(screen, "#preview")


async def test_enter_opens_at_the_passage_and_leaves_the_hits_for_the_reading_room(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "trading partner")
        second = hits(screen)[1].hit
        await pilot.press("down", "enter")
        await settle(pilot)
        assert app.opened == [(second.article_id, (second.start, second.end), False)]
        assert app.hits[1] == (second.article_id, second.start, second.end, second.matches)


async def test_enter_before_the_answer_opens_the_first_hit_of_what_was_typed(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "")
        await pilot.press(*"comrades", "enter")
        await settle(pilot)
        (article, span, _), *more = app.opened
        assert span and not more
        assert "comrades" in app.project.text(article)[slice(*span)]


async def test_escape_returns_with_the_selection_and_the_query_is_kept(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "climate")
        await pilot.press("escape")
        assert places(app) == ["tags"]
        assert app.screen.query_one(LineList).current == 4
        screen = await search(pilot, "")
        assert screen.query_one(Input).value == "climate" and hits(screen)
        await pilot.press("x")
        assert screen.query_one(Input).value == "x"


async def test_hits_open_beside_and_tab_and_escape_lead_back(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "climate")
        await pilot.press("tab")
        assert screen.active_context == "hits"
        await pilot.press("j", "o")
        hit = hits(screen)[1].hit
        assert app.opened == [(hit.article_id, (hit.start, hit.end), True)]
        await pilot.press("tab", *"ab")
        assert screen.query_one(Input).value == "climateab"
        await pilot.press("tab", "escape")
        assert places(app) == ["tags"]


async def test_scopes_narrow_the_search_and_count(app: OpeningApp, project: Project) -> None:
    tagged(project, "China is Vietnam’s largest trading partner", comment="largest by far?")
    project.create_note("Trade", "The largest partner.")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "largest partner")
        shown = plain(screen.query_one(ScopeLine))
        assert "Quotes 1" in shown and "Notes 1" in shown and "Comments 1" in shown
        seen = []
        for _ in range(6):
            await pilot.press("shift+tab")
            await settle(pilot)
            seen.append({row.hit.kind for row in hits(screen)})
        assert seen[:4] == [{"text"}, {"quote"}, {"note"}, {"comment"}]
        assert seen[4] <= {"title"} and len(seen[5]) > 1
        await pilot.click(ScopeLine, offset=(shown.index("Quotes"), 0))
        await settle(pilot)
        assert {row.hit.kind for row in hits(screen)} == {"quote"}


async def test_rows_name_source_and_tags(app: OpeningApp, project: Project) -> None:
    passage = tagged(project, "Hanoi has become the eighth-largest trading partner of the U.S.")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "eighth largest")
        quote = next(row for row in hits(screen) if row.hit.kind == "quote")
        assert [tag.id for tag in quote.tags] == [tag.id for tag in passage.tags]
        assert f"Nikkei Asia · quote  {passage.tags[0].code}" in plain(screen.query_one(HitList))


async def test_a_comment_opens_at_its_passage_and_a_title_at_the_top(
    app: OpeningApp, project: Project
) -> None:
    passage = tagged(project, "Hanoi has become the eighth-largest", comment="zebra crossing")
    article = project.article("002_a30051e82dc3743c.txt")
    project.edit_article(article.id, {"title": "Quokka weekly"})
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "zebra")
        await pilot.press("enter")
        await set_query(pilot, "quokka")
        await pilot.press("enter")
        assert app.opened == [
            (passage.article, (passage.start, passage.end), False),
            (article.id, None, False),
        ]


async def test_weak_hits_stand_under_a_line_that_says_so(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "zzqqxx china")
        rows = screen.query_one(HitList).rows
        at = rows.index(WEAK)
        assert all(row.hit.weak for row in rows[at + 1 :] if isinstance(row, HitRow))
        assert screen.query_one(HitList).chosen == hits(screen)[0]
        assert "Weaker" in plain(screen.query_one(HitList))


async def test_empty_states_say_what_to_do(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "")
        nothing = screen.query_one("#nothing", Static)
        assert nothing.display and "@source" in plain(nothing)
        await pilot.press(*"qqqqxxxx")
        await settle(pilot)
        assert "Nothing found" in plain(nothing)
        await pilot.press("enter")
        assert app.opened == [] and "Nothing is listed" in app.status[0]
        await pilot.press("tab")
        assert screen.active_context == "search"


NASTY = ("[", "[b]x[/]", "**", '"', '"a', "%", "\\", "😀👩\u200d🚀", "@ #", ">", "-", "\x1b[1m", "vi\tệt\nx")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_no_query_breaks_it(app: OpeningApp, project: Project, size: tuple[int, int]) -> None:
    tagged(project, "China is Vietnam’s largest trading partner", tag="[red]x", comment="[bold]\x1b[31mx")
    project.create_note("[note] %", "** \\ 😀 [x](y) {{QAAAAA}}")
    async with app.run_test(size=size) as pilot:
        screen = await search(pilot, "")
        for query in [*NASTY, "largest [trading] partner " * 400]:
            await set_query(pilot, query)
            assert screen.query_one(Input).value.split() or not query.split()
            assert "\x1b" not in plain(screen.query_one(Input)) + plain(screen)
        assert "partner" in plain(screen.query_one(HitList))


async def test_the_newest_query_wins(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "")
        for query in ("comrades", "climate", "trading partner"):
            screen.query_one(Input).value = query
        await settle(pilot)
        assert "trading partner" in hits(screen)[0].hit.text
        assert app.desk.query == "trading partner"


async def test_a_hit_can_be_tagged_where_it_stands(app: OpeningApp, project: Project) -> None:
    project.create_tag("cause")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "comrades")
        hit = hits(screen)[0].hit
        await pilot.press("tab")
        target = screen.target()
        assert target and (target.start, target.end, target.words) == (hit.start, hit.end, hit.text)
        screen.put_tag([target], "cause")
        await settle(pilot)
        (passage,) = project.passages()
        assert (passage.start, passage.end) == (hit.start, hit.end)
        chosen = screen.query_one(HitList).chosen
        assert chosen and chosen.hit.kind == "quote" and chosen.hit.start == hit.start
        assert app.status[0].startswith("Tagged")
        assert "Tagged" in plain(screen.query_one(StatusRow))
        await pilot.press("d")
        await settle(pilot)
        assert project.passages() == []


async def test_a_hit_without_words_of_an_article_says_why_it_cannot_be_tagged(
    app: OpeningApp, project: Project
) -> None:
    project.create_note("Wombats", "A wombat is a marsupial.")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "marsupial")
        assert "marsupial" in plain(screen.query_one(Reader))
        await pilot.press("tab", "t")
        await settle(pilot)
        assert app.screen is screen
        assert "note" in app.status[0]


async def test_this_article_is_a_scope_when_coming_from_the_reading_room(app: OpeningApp) -> None:
    class Reading(Place):
        context = "reading"

    app.places["library"] = Reading
    async with app.run_test(size=(120, 36)) as pilot:
        article = app.project.article("002_a30051e82dc3743c.txt").id
        app.desk.panes = [article]
        screen = await search(pilot, "china")
        assert "This article" in plain(screen.query_one(ScopeLine))
        for _ in range(6):
            await pilot.press("shift+tab")
        await settle(pilot)
        assert {row.hit.article_id for row in hits(screen)} == {article}
        await pilot.press("ctrl+s", *"Asia", "enter")
        await settle(pilot)
        said = "Saved the search “Asia” for all articles: no query can say “This article”"
        assert app.status[0] == said and app.project.saved_search("asia").query == "china"


@pytest.mark.parametrize(
    ("text", "matches", "width", "shown"),
    [
        ("short text", [(0, 5)], 20, "short text"),
        ("a long sentence that goes on until the word valve comes", [(44, 49)], 24, "…the word valve comes"),
        ("a long sentence without any word found in it at all", [], 20, "a long sentence wit…"),
        ("", [], 10, ""),
    ],
)
def test_excerpts_show_the_words_found(text: str, matches: list[Span], width: int, shown: str) -> None:
    assert excerpt(text, matches, width).plain == shown


@pytest.mark.parametrize("width", [1, 5, 12, 40, 200])
@pytest.mark.parametrize(
    "text", ["x" * 500, "và 中文字符 " * 60, "e\u0301 " * 90, "👩\u200d🚀 " * 50, "a\x1b[31m\n" * 40]
)
def test_excerpts_keep_to_their_width(text: str, width: int) -> None:
    for at in (0, len(text) // 2, len(text) - 4):
        cut = excerpt(text, [(at, at + 3)], width)
        assert cut.cell_length <= width
        assert "\x1b" not in cut.plain and "\n" not in cut.plain


async def test_a_hit_opens_in_the_reading_room_from_which_one_came(project: Project) -> None:
    app = StrictApp(project)
    app.places["library"] = Place
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.open_article(project.article("002_a30051e82dc3743c.txt").id)
        await settle(pilot)
        screen = await search(pilot, "comrades")
        hit = hits(screen)[0].hit
        await pilot.press("enter")
        await settle(pilot)
        assert places(app) == ["tags", "reading"]
        assert any(reader.selection == (hit.start, hit.end) for reader in app.screen.query(Reader))
