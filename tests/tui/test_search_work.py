"""From hits to work: marks, tagging many at once, operators, mending a query, saved searches, the index."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, hits, search, set_query, tagged
from tests.tui.support import flowing, places, plain, screen_text, unhandled
from workbench.model import Answer
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens import search_asking
from workbench.tui.screens.operators import OperatorScreen
from workbench.tui.screens.saved_searches import SavedSearchesScreen
from workbench.tui.screens.search import SearchScreen
from workbench.tui.surroundings import NOTHING, Surroundings
from workbench.tui.widgets.bars import KeyFooter
from workbench.tui.widgets.hit_list import HitList
from workbench.tui.widgets.index_bar import IndexBar


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "sample.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


@pytest.fixture
def app(project: Project, monkeypatch: pytest.MonkeyPatch) -> OpeningApp:
    monkeypatch.setattr(search_asking, "REST", 0)
    return OpeningApp(project)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys, each after what the last one started has come to rest; "=word" is typed."""
    for key in keys:
        word = key.startswith("=") and len(key) > 1
        letters = ("space" if letter == " " else letter for letter in key[1:])
        await pilot.press(*(letters if word else (key,)))
        await settle(pilot)


def footer(app: OpeningApp) -> str:
    return plain(app.screen.query_one(KeyFooter))


def test_every_key_has_an_action() -> None:
    assert unhandled(OperatorScreen) == [] and unhandled(SavedSearchesScreen) == []


async def test_marked_hits_are_tagged_cited_and_copied_each_in_one_step(
    app: OpeningApp, project: Project
) -> None:
    project.create_tag("cause")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "trading partner")
        await press(pilot, "tab", "space", "j", "space", "j", "space", "space")
        first, second = (row.hit for row in hits(screen)[:2])
        assert screen.query_one(HitList).marked_rows == hits(screen)[:2]
        assert "tag 2 marked" in footer(app) and "Esc unmark" in footer(app)
        assert "━ 2 marked" in screen_text(app)
        await press(pilot, "t")
        assert "Tag these 2 passages" in screen_text(app)
        await press(pilot, "=cause", "enter")
        assert app.status == ("Tagged 2 passages with cause", "u undo")
        assert {(one.article, one.start, one.end) for one in project.passages()} == {
            (hit.article_id, hit.start, hit.end) for hit in (first, second)
        }
        assert len(screen.query_one(HitList).marked_rows) == 2
        await press(pilot, "t", "=cause", "enter")
        assert app.status[0] == "All 2 are already tagged with cause"
        await press(pilot, "a")
        (note,) = project.notes()
        assert [one.quote for one in note.citations] == [first.text, second.text]
        assert app.status[0].startswith("Added to the new note “Notes on ") and "2 passages" in app.status[0]
        await press(pilot, "y")
        assert app.copied.count("“") >= 2 and first.text in app.copied and second.text in app.copied
        await press(pilot, "u")
        assert project.notes() == []
        await press(pilot, "u")
        assert project.passages() == []
        await press(pilot, "escape")
        assert "tag 2" not in footer(app) and places(app) == ["tags", "search"]


async def test_only_words_of_articles_are_marked_and_marks_end_with_the_query(
    app: OpeningApp, project: Project
) -> None:
    project.create_note("Trading", "Their largest trading partner is a marsupial.")
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "marsupial")
        await press(pilot, "tab", "space")
        assert app.status[0] == "This hit is a note, not words of an article"
        await set_query(pilot, "largest trading partner zzqqxx")
        await press(pilot, "asterisk")
        marked = screen.query_one(HitList).marked_rows
        assert marked == [row for row in hits(screen) if row.hit.kind != "note" and not row.hit.weak]
        assert app.status[0].startswith(f"Marked {len(marked)} of {len(hits(screen))} listed")
        await set_query(pilot, "largest trading partner")
        assert screen.query_one(HitList).marked_rows == []


async def test_marking_all_leaves_out_the_weaker_ones(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "jake sulivan patrol")
        await press(pilot, "tab", "asterisk")
        strong = [row for row in hits(screen) if not row.hit.weak]
        assert 0 < len(strong) < len(hits(screen))
        assert screen.query_one(HitList).marked_rows == strong


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
async def test_operators_come_from_a_menu_with_what_the_project_has(
    app: OpeningApp, project: Project, size: tuple[int, int]
) -> None:
    project.edit_article(project.article("002_a30051e82dc3743c.txt").id, {"publisher": "Nikkei “Asia”"})
    tagged(project, "comrades and brothers", tag="kin/close")
    async with app.run_test(size=size) as pilot:
        screen = await search(pilot, "trade")
        line = screen.query_one(Input)
        await press(pilot, "ctrl+o", "=@sou", "enter")
        assert "Nikkei “Asia”" in screen_text(app)
        await press(pilot, "enter", "=vie")
        assert line.value == 'trade @"Nikkei “Asia”" vie'
        line.value = "brothers"
        line.cursor_position = 0
        await press(pilot, "tab", "ctrl+o", "down", "down", "down", "enter", "enter")
        assert line.value == "#kin brothers" and line.has_focus
        await press(pilot, "ctrl+o", "=without", "enter", "x")
        assert line.value == "#kin -xbrothers"
        await press(pilot, "ctrl+o", "=grade", "enter", "=A to C", "enter", "ctrl+o", "escape")
        assert line.value == "#kin -x grade<=C brothers"


async def test_an_empty_project_says_how_it_gets_sources(tmp_path: Path) -> None:
    with Project.open(tmp_path / "empty.db", create=True) as empty:
        app = OpeningApp(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            await search(pilot, "")
            await press(pilot, "ctrl+o", "=@source", "enter")
            assert "No article has a source yet: e in the library adds one" in screen_text(app)
            await press(pilot, "enter", "escape")
            assert places(app) == ["tags", "search"]


async def test_one_key_takes_the_words_as_they_were_read(app: OpeningApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "comrads brothers")
        assert "^t makes it exact" in screen_text(app) and "^t exact" in footer(app)
        await press(pilot, "ctrl+t")
        assert screen.query_one(Input).value == "comrades brothers"
        assert "→" not in screen_text(app) and "exact" not in footer(app)
        await press(pilot, "ctrl+t")
        assert app.status[0] == "No word of the query was read as another"
        await set_query(pilot, "brothrs")
        await press(pilot, "tab", "ctrl+t")
        assert screen.query_one(Input).value == "brothers"


async def test_the_filter_that_leaves_nothing_is_named_and_one_key_drops_it(app: OpeningApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "")
        await set_query(pilot, "comrades @nikei -zzz #none")
        assert "@nikei, #none leave nothing." in plain(screen.query_one("#nothing", Static))
        await press(pilot, "ctrl+g")
        assert screen.query_one(Input).value == "comrades -zzz #none"
        assert "#none leaves nothing." in plain(screen.query_one("#nothing", Static))
        await press(pilot, "ctrl+g")
        assert screen.query_one(Input).value == "comrades -zzz" and hits(screen)
        await press(pilot, "ctrl+g")
        assert app.status[0] == "No filter of the query leaves nothing by itself"


async def test_searches_are_saved_run_renamed_changed_and_deleted(app: OpeningApp, project: Project) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "g", "s")
        assert "No saved searches yet: ^s in the search (/) keeps the query" in screen_text(app)
        await press(pilot, "enter")
        assert "No saved searches yet" in app.status[0]
        await search(pilot, "")
        await press(pilot, "ctrl+s")
        assert app.status[0] == "Nothing to save: type what to look for"
        await set_query(pilot, "largest partner")
        await press(pilot, "shift+tab", "ctrl+s", "=Trade", "enter")
        assert app.status[0] == "Saved the search “Trade”"
        (saved,) = project.saved_searches()
        assert (saved.name, saved.query) == ("Trade", "largest partner in:text")
        await set_query(pilot, "climate")
        await press(pilot, "ctrl+s", "=trade", "enter")
        assert app.status[0] == "Saved the search “trade” in the place of “largest partner in:text”"
        project.undo()
        await press(pilot, "ctrl+s", "enter")
        assert app.status[0] == "Saved the search “climate in:text”"
        project.undo()
        await press(pilot, "ctrl+r")
        assert "Trade" in screen_text(app) and "largest partner in:text" in screen_text(app)
        await press(pilot, "r", "= x", "enter", "e", "= y", "enter")
        (saved,) = project.saved_searches()
        assert (saved.name, saved.query) == ("Trade x", "largest partner in:text y")
        await press(pilot, "enter")
        screen = app.screen
        assert screen.query_one(Input).value == "largest partner in:text y" == app.desk.query
        assert places(app)[-1] == "search"
        assert isinstance(screen, SearchScreen) and screen.scope.name == "All"
        await press(pilot, "ctrl+r", "D")
        assert project.saved_searches() == []
        await press(pilot, "u")
        assert project.saved_searches() == [saved]


async def test_coming_back_from_a_box_typing_goes_on(app: OpeningApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await search(pilot, "trad")
        await press(pilot, "f1", "escape", "e")
        assert screen.query_one(Input).value == "trade"
        await press(pilot, "f1")
        assert "In the query" in screen_text(app) and "@source" in screen_text(app)
        await press(pilot, "=analyst", "enter")
        assert "by:analyst" in screen_text(app) and places(app)[-1] == "help"


async def test_an_index_being_built_is_shown_and_asked_again_until_it_is_complete(
    app: OpeningApp, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_asking, "AGAIN", 0.01)
    search_whole = Project.search
    built = [212_000]

    def search_part(self: Project, query: str, **options: object) -> Answer:
        answer = search_whole(self, query, **options)  # type: ignore[arg-type]
        hits = answer.hits if built[0] == 1_007_437 else answer.hits[:1]
        return dataclasses.replace(answer, hits=hits, indexed=built[0], to_index=1_007_437)

    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "")
        monkeypatch.setattr(Project, "search", search_part)
        bar = screen.query_one(IndexBar)
        await set_query(pilot, "partner")
        assert bar.display
        assert "Indexing 212,000 of 1,007,437" in flowing(app)
        assert "answers come from what is there" in flowing(app)
        assert len(hits(screen)) == 1
        built[0] = 1_007_437
        while bar.display:
            await pilot.pause()
        assert len(hits(screen)) > 1


async def test_other_scopes_are_counted_for_the_last_query_alone(
    app: OpeningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_asking, "REST", 0.02)
    counted = set()
    search_whole = Project.search

    def note_counts(self: Project, query: str, *, limit: int = 50, **options: object) -> Answer:
        if limit == 1:
            counted.add(query)
        return search_whole(self, query, limit=limit, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "search", note_counts)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await search(pilot, "")
        for query in ("comrades", "climate", "partner"):
            screen.query_one(Input).value = query
        await settle(pilot)
        assert counted == {"partner"}


def test_only_what_the_hits_stand_in_is_read(project: Project) -> None:
    passage = tagged(project, "comrades and brothers")
    project.create_note("Kin", "Comrades indeed.")
    whole = Surroundings.read(project)
    answer = project.search("comrades and brothers")
    found = [hit for hit in answer.hits if not hit.weak]
    part = NOTHING.with_those_of(project, found)
    assert part.knows(found) and not NOTHING.knows(found)
    assert [part.row(hit) for hit in found] == [whole.row(hit) for hit in found]
    assert set(part.articles) == {hit.article_id for hit in found if hit.article_id}
    assert part.passages == {passage.article: [passage]}
    again = part.with_those_of(project, found)
    assert again == part
