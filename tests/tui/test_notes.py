"""Notes in the terminal: the list, a note read and written, its quotes and their sources, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from screenshots.scenes import settle
from tests.tui.listings import OpeningApp, tagged
from tests.tui.support import places, plain, unhandled
from workbench.errors import NotFoundError, ProjectFileError
from workbench.project import Project
from workbench.resources import resource
from workbench.store import drafts
from workbench.tui.screens.note import NoteScreen
from workbench.tui.screens.notes import NotesScreen
from workbench.tui.widgets.bars import StatusRow, TopBar
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.note_editor import NoteEditor
from workbench.tui.widgets.note_quotes import QuoteList
from workbench.tui.widgets.note_view import NoteView
from workbench.tui.widgets.reader import Reader

HUB = "Vietnam, like Taiwan, is becoming a critical supply hub"
RULES = "maintaining a rules-based maritime order"
UNCITED = "China is Vietnam’s largest trading partner."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "sample.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


@pytest.fixture
def note(project: Project) -> str:
    """A note that cites one passage in a sentence and one on its own, and lists a third."""
    hub, rules = tagged(project, HUB), tagged(project, RULES, tag="sea")
    other = tagged(project, UNCITED, tag="trade")
    body = f"# Heading\n\nSome [words]. {{{{{hub.handle}}}}}\n\n{{{{{rules.handle}}}}}\n"
    made = project.create_note("Pumps & [alarm]", body)
    project.cite(made, other.article, other.start, other.end)
    project.edit_note(made, title="Pumps & [alarm]", body=body)
    return made


@asynccontextmanager
async def reading(
    project: Project, note: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[NoteScreen, Pilot[None]]]:
    """A note opened from nowhere."""
    app = OpeningApp(project)
    async with app.run_test(size=size) as pilot:
        screen = NoteScreen(note)
        await app.push_screen(screen)
        await settle(pilot)
        yield screen, pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    await press(pilot, *({" ": "space", "\n": "enter"}.get(letter, letter) for letter in text))


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Waits for something that a timer brings about."""
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen")


def said(screen: NoteScreen | NotesScreen) -> str:
    return plain(screen.query_one(StatusRow))


def body(project: Project, note: str) -> str:
    return project.editable_body(project.note(note))


def test_every_command_has_an_action() -> None:
    assert unhandled(NoteScreen) == []
    assert unhandled(NotesScreen) == []


# Reading


async def test_a_note_is_read_with_its_quotations(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, _):
        shown = plain(screen.query_one(NoteView))
        assert "# Heading" in shown
        assert "Some [words]. ▸[1]◂" in shown
        assert f"▌ {RULES}" in shown
        assert "▌ \N{NO-BREAK SPACE}[2]\N{NO-BREAK SPACE} Nikkei Asia 18 Sep 2023 ¶" in shown
        assert "{{" not in shown
        assert "Notes ▸ Pumps & [alarm]" in plain(screen.query_one(TopBar))


async def test_quotes_are_listed_with_number_source_and_what_is_not_cited(
    project: Project, note: str
) -> None:
    async with reading(project, note) as (screen, _):
        listed = screen.query_one(QuoteList)
        assert [quote.number for quote in listed.rows] == [1, 2, None]
        shown = plain(listed)
        assert "1 ┃ Vietnam, like Taiwan" in shown
        assert "○ ┃ China is Vietnam’s largest" in shown
        assert "· not cited yet" in shown
        heading = screen.query_one("#quotes").border_title
        assert "3 · 1 uncited" in str(heading)


async def test_enter_opens_the_source_beside_and_escape_closes_it(project: Project, note: str) -> None:
    place = project.note(note).citations[1]
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "j", "enter")
        reader = screen.query_one("#source Reader", Reader)
        assert reader.selection == (place.start, place.end)
        assert "rules-based" in plain(reader)
        assert screen.query_one(NoteView).has_focus, "one goes on reading the note"
        assert not screen.query_one("#quotes").display
        await press(pilot, "k")
        assert reader.selection == (
            project.note(note).citations[0].start,
            project.note(note).citations[0].end,
        )
        await press(pilot, "tab", "j", "o")
        assert pilot.app.opened == [  # type: ignore[attr-defined]
            (project.note(note).citations[0].article, reader.selection, False)
        ]
        await press(pilot, "escape")
        assert screen.query_one("#quotes").display
        await press(pilot, "escape")
        assert places(pilot.app) == ["tags"]  # type: ignore[arg-type]


async def test_a_click_on_a_citation_opens_its_source(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await pilot.click(NoteView, offset=(5, 4))
        await settle(pilot)
        place = project.note(note).citations[1]
        assert screen.query_one("#source Reader", Reader).selection == (place.start, place.end)


async def test_an_uncited_quote_leaves_the_list_and_comes_back(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "tab", "D")
        assert "The text cites this quote" in said(screen)
        await press(pilot, "G", "D")
        assert [quote.number for quote in screen.query_one(QuoteList).rows] == [1, 2]
        await press(pilot, "u")
        assert [quote.number for quote in screen.query_one(QuoteList).rows] == [1, 2, None]


async def test_a_lost_quote_keeps_its_words(project: Project, note: str) -> None:
    project.delete_passage(project.note(note).citations[1].passage)
    project.delete_article(project.note(note).citations[0].article)
    async with reading(project, note) as (screen, pilot):
        shown = plain(screen.query_one(NoteView))
        assert "[1 gone]" in shown
        assert RULES in shown and "source gone: words kept" in shown
        await press(pilot, "enter")
        assert "its words are kept" in said(screen)
        await press(pilot, "y")
        assert pilot.app.copied.startswith(f"“{HUB}”")  # type: ignore[attr-defined]


async def test_a_citation_of_nothing_is_shown_as_broken(project: Project) -> None:
    made = project.create_note("Broken", "A {{QZZZZZ}} here, `{{QZZZZZ}}` there.")
    async with reading(project, made) as (screen, pilot):
        shown = plain(screen.query_one(NoteView))
        assert "▸[QZZZZZ?]◂" in shown and "{{QZZZZZ}} there" in shown
        await press(pilot, "enter")
        assert "No citation here" in said(screen)


async def test_copying_takes_the_source_along(project: Project, note: str) -> None:
    place = project.note(note).citations[1]
    async with reading(project, note) as (_, pilot):
        await press(pilot, "j", "y")
        copied: str = pilot.app.copied  # type: ignore[attr-defined]
        assert copied.startswith(f"“{RULES}” — ")
        assert "Nikkei Asia" in copied and f"chars {place.start}–{place.end}" in copied


@pytest.mark.parametrize("size", [(80, 24), (200, 50), (40, 12)])
async def test_every_part_can_be_reached_at_every_size(
    project: Project, note: str, size: tuple[int, int]
) -> None:
    async with reading(project, note, size) as (screen, pilot):
        assert "Some [words]" in plain(screen.query_one(NoteView))
        await press(pilot, "tab")
        assert "Vietnam, like" in plain(screen.query_one(QuoteList))
        await press(pilot, "enter")
        assert "like Taiwan" in plain(screen.query_one("#source Reader"))
        await press(pilot, "escape", "e")
        assert "# Heading" in plain(screen.query_one(NoteEditor)) or size == (40, 12)
        await press(pilot, "ctrl+r")
        assert "Insert a quotation" in str(pilot.app.screen.query_one("Pane").border_title)


# Writing


async def test_what_is_typed_is_one_change_when_the_editor_is_left(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        await type_in(pilot, "\nAsk: who?")
        assert "Ask" not in body(project, note)
        await press(pilot, "escape")
        assert body(project, note).endswith("\n\nAsk: who?")
        assert "Ask: who?" in plain(screen.query_one(NoteView))
        assert "Saved “Pumps & [alarm]”" in said(screen)
        await press(pilot, "u")
        assert "Ask" not in body(project, note)
        assert "Ask" not in plain(screen.query_one(NoteView))


async def test_the_editor_shows_handles_and_keeps_the_readline_keys(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        editor = screen.query_one(NoteEditor)
        handle = project.note(note).citations[0].handle
        assert f"{{{{{handle}}}}}" in editor.text
        await type_in(pilot, "one two")
        await press(pilot, "ctrl+w")
        assert editor.text.endswith("one ")
        await press(pilot, "ctrl+a", "ctrl+k")
        assert editor.text.endswith("\n")
        await press(pilot, "ctrl+z")
        assert editor.text.endswith("one ")
        await press(pilot, "ctrl+y")
        assert editor.text.endswith("\n")
        assert body(project, note) == editor.text, "undo and redo were those of the text"
        await press(pilot, "tab", "ctrl+c")
        assert editor.text.endswith("\n    ") and pilot.app.is_running


async def test_a_quote_is_found_and_inserted(project: Project, note: str) -> None:
    project.uncite(note, project.note(note).citations[2].passage)
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e", "ctrl+r")
        await type_in(pilot, "larges tradng partnr")
        await press(pilot, "enter")
        editor, listed = screen.query_one(NoteEditor), screen.query_one(QuoteList)
        assert [quote.number for quote in listed.rows] == [1, 2, 3]
        assert f"{{{{{listed.rows[2].handle}}}}}" in editor.text
        assert "Inserted quote 3 at line 6" in said(screen)
        await press(pilot, "ctrl+z")
        assert listed.rows[2].handle not in editor.text
        await press(pilot, "ctrl+y", "escape")
        cited = project.note(note).citations[2]
        assert (cited.quote, cited.number) == (UNCITED, 3)


async def test_killing_the_program_loses_nothing_that_was_kept(
    project: Project, note: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoteEditor, "pace", 0.01)
    copy = tmp_path / "after the crash.db"
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        await type_in(pilot, "Half a thou")
        await until(pilot, lambda: "Half a thou" in str(list(project.database["draft"].rows)))
        await until(pilot, lambda: "saved" in plain(screen.query_one(TopBar)))
        shutil.copy(project.path, copy)
    monkeypatch.setattr(drafts, "is_running", lambda session: False)
    with Project.open(copy, analyst=project.analyst) as again:
        assert again.note(note).body.endswith("Half a thou")
        assert again.undo() is not None


async def test_quitting_in_the_editor_writes_the_text(project: Project, note: str) -> None:
    async with reading(project, note) as (_, pilot):
        await press(pilot, "e")
        await type_in(pilot, "Last words")
        await pilot.press("ctrl+q")
    assert body(project, note).endswith("Last words")


async def test_text_that_cannot_be_written_stays_in_the_editor(
    project: Project, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(draft: object) -> bool:
        raise ProjectFileError("the disk is full")

    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        await type_in(pilot, "kept")
        with monkeypatch.context() as broken:
            broken.setattr(project, "finish_draft", full)
            await press(pilot, "escape")
        assert screen.query_one(NoteEditor).has_focus
        assert screen.query_one(NoteEditor).text.endswith("kept")
        await press(pilot, "escape")
        assert project.note(note).body.endswith("kept")


async def test_going_elsewhere_from_the_editor_writes_the_text(project: Project, note: str) -> None:
    async with reading(project, note) as (_, pilot):
        await press(pilot, "e")
        await type_in(pilot, "Elsewhere")
        pilot.app.goto("library")  # type: ignore[attr-defined]
        await settle(pilot)
        assert body(project, note).endswith("Elsewhere")


async def test_a_passage_added_meanwhile_is_in_the_editor(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        await type_in(pilot, "Mine.")
        await pilot.app.push_screen(NotesScreen())
        await settle(pilot)
        rules = project.note(note).citations[1]
        project.cite(note, rules.article, 0, 10)
        pilot.app.post_project_changed()  # type: ignore[attr-defined]
        await press(pilot, "escape")
        await type_in(pilot, "!")
        await press(pilot, "escape")
        assert "Mine." in body(project, note) and len(project.note(note).citations) == 4
        assert all(citation.number for citation in project.note(note).citations if citation.start == 0)
        assert screen.query_one(NoteView).has_focus


async def test_the_palette_opens_over_the_editor(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "e")
        await type_in(pilot, "x:y?")
        await press(pilot, "ctrl+p")
        assert places(pilot.app)[-1] == "palette"  # type: ignore[arg-type]
        await press(pilot, "escape")
        assert screen.query_one(NoteEditor).has_focus
        assert screen.query_one(NoteEditor).text.endswith("x:y?")


async def test_a_title_is_changed_and_a_deleted_note_comes_back(project: Project, note: str) -> None:
    async with reading(project, note) as (screen, pilot):
        await press(pilot, "r")
        await type_in(pilot, "2")
        await press(pilot, "enter")
        assert project.note(note).title == "Pumps & [alarm]2"
        assert "Pumps & [alarm]2" in plain(screen.query_one(TopBar))
        await press(pilot, "D")
        assert places(pilot.app) == ["tags"]  # type: ignore[arg-type]
        with pytest.raises(NotFoundError):
            project.note(note)
        await press(pilot, "u")
        assert project.note(note).title == "Pumps & [alarm]2"


async def test_a_note_undone_away_says_so(project: Project) -> None:
    made = project.create_note("Soon gone", "Words")
    async with reading(project, made) as (screen, pilot):
        await press(pilot, "u")
        assert "This note is not there now" in plain(screen.query_one(NoteView))
        await press(pilot, "e")
        assert not screen.query_one(NoteEditor).display
        await press(pilot, "U")
        assert "Words" in plain(screen.query_one(NoteView))


# The list


@asynccontextmanager
async def listing(
    project: Project, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[NotesScreen, Pilot[None]]]:
    app = OpeningApp(project)
    async with app.run_test(size=size) as pilot:
        screen = NotesScreen()
        await app.push_screen(screen)
        await settle(pilot)
        yield screen, pilot


async def test_an_empty_list_names_the_key_that_fills_it(project: Project) -> None:
    async with listing(project) as (screen, pilot):
        assert "n writes one" in plain(screen.query_one(LineList))
        await press(pilot, "enter", "D", "r")
        assert "No notes yet: n writes one" in said(screen)


async def test_a_new_note_is_written_from_its_first_letter_on(project: Project) -> None:
    async with listing(project) as (_, pilot):
        await press(pilot, "n", "enter")
        assert places(pilot.app)[-1] == "prompt", "a note needs a title"  # type: ignore[arg-type]
        await type_in(pilot, "Who knew?")
        await press(pilot, "enter")
        await type_in(pilot, "Day one: D u q")
        await press(pilot, "escape")
        made = project.note("Who knew?")
        assert made.body == "Day one: D u q"
        assert pilot.app.desk.current_note == made.id  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert places(pilot.app) == ["tags", "notes"]  # type: ignore[arg-type]


async def test_the_list_tells_size_and_quotes_and_previews(project: Project, note: str) -> None:
    project.create_note("Other", "x")
    async with listing(project) as (screen, pilot):
        await press(pilot, "end" if screen.query_one(LineList).rows[0].title == "Other" else "home")
        shown = plain(screen.query_one(LineList))
        assert "Pumps & [alarm]" in shown and "4 w   3 q" in shown
        assert RULES in plain(screen.query_one("#preview"))
        await press(pilot, "c")
        assert pilot.app.desk.current_note == note  # type: ignore[attr-defined]
        assert "● Pumps & [alarm] current" in plain(screen.query_one(LineList))
        await press(pilot, "enter")
        assert places(pilot.app)[-1] == "note"  # type: ignore[arg-type]


async def test_notes_are_renamed_deleted_and_brought_back_from_the_list(project: Project, note: str) -> None:
    async with listing(project, (80, 24)) as (screen, pilot):
        await press(pilot, "r")
        await type_in(pilot, "!")
        await press(pilot, "enter")
        assert project.note(note).title == "Pumps & [alarm]!"
        await press(pilot, "D")
        assert project.notes() == []
        assert "No notes yet" in plain(screen.query_one(LineList))
        await press(pilot, "u")
        assert "Pumps & [alarm]!" in plain(screen.query_one(LineList))
