"""The form of an article's details: what it takes, refuses, confirms, and loses never."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from screenshots.scenes import settle
from tests.tui.support import StrictApp, flowing, places, screen_text
from workbench.model import Article
from workbench.project import Project
from workbench.resources import resource
from workbench.tui.screens.details import DetailsScreen, as_stored, date_read_as
from workbench.tui.widgets.form import Choice, FieldRow

SEED = resource("seeds") / "002_a30051e82dc3743c.txt"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "one.db", create=True) as opened:
        opened.import_paths([SEED])
        yield opened


@pytest.fixture
def app(project: Project) -> StrictApp:
    return StrictApp(project)


@pytest.fixture
async def pilot(app: StrictApp) -> AsyncIterator[Pilot[None]]:
    """The library with the form of its only article open."""
    async with app.run_test(size=(100, 30)) as running:
        await settle(running)
        await press(running, "e")
        assert isinstance(app.screen, DetailsScreen)
        yield running


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def row(app: StrictApp, name: str) -> FieldRow:
    return next(row for row in app.screen.query(FieldRow) if row.field.name == name)


async def fill_in(pilot: Pilot[None], app: StrictApp, name: str, value: str) -> None:
    editor = row(app, name).editor
    editor.focus()
    if isinstance(editor, TextArea):
        editor.text = value
    else:
        assert isinstance(editor, Input)
        editor.value = value
    await settle(pilot)


def article(app: StrictApp) -> Article:
    return app.project.articles()[0]


async def test_proposed_fields_are_marked_and_saving_confirms_them(
    app: StrictApp, pilot: Pilot[None]
) -> None:
    assert article(app).proposed == {"title", "publisher", "author", "published"}
    labels = {row.field.name: row.field.label for row in app.screen.query(FieldRow)}
    assert [name for name, label in labels.items() if label.endswith("?")] == [
        "title", "publisher", "author", "published",
    ]  # fmt: skip
    assert "^s confirms it" in flowing(app)
    await press(pilot, "ctrl+s")
    assert places(app) == ["library"] and not article(app).proposed
    assert article(app).published == "2023-09-18" and article(app).basis == "stated"
    await press(pilot, "u")
    assert article(app).proposed == {"title", "publisher", "author", "published"}


async def test_escape_saves_only_what_was_changed(app: StrictApp, pilot: Pilot[None]) -> None:
    await fill_in(pilot, app, "author", "J. Stromseth")
    await press(pilot, "escape")
    assert places(app) == ["library"]
    assert article(app).author == "J. Stromseth" and article(app).proposed == {
        "title",
        "publisher",
        "published",
    }


async def test_looking_without_a_change_leaves_no_step(app: StrictApp, pilot: Pilot[None]) -> None:
    await press(pilot, "escape")
    assert places(app) == ["library"] and article(app).proposed
    await press(pilot, "u")
    assert app.project.articles() == [], "the last step is still the import"


async def test_discarding_keeps_what_was(app: StrictApp, pilot: Pilot[None]) -> None:
    await fill_in(pilot, app, "title", "Other")
    await press(pilot, "ctrl+g")
    assert places(app) == ["library"] and article(app).label.startswith("U.S., Vietnam")


async def test_a_bad_date_is_refused_at_its_field_and_nothing_is_lost(
    app: StrictApp, pilot: Pilot[None]
) -> None:
    await fill_in(pilot, app, "title", "A new title")
    await fill_in(pilot, app, "published", "31 September 2023")
    for key in ("ctrl+s", "escape"):
        await press(pilot, key)
        assert places(app) == ["library", "form"]
        assert "September 2023 has 30 days" in flowing(app)
        assert app.focused is row(app, "published").editor
    assert row(app, "title").value == "A new title" and row(app, "published").value == "31 September 2023"
    assert article(app).published == "2023-09-18"
    await fill_in(pilot, app, "published", "after 2023-12-13")
    assert "has 30 days" not in flowing(app)
    await press(pilot, "ctrl+s")
    found = article(app)
    assert (found.title, found.published, found.qualifier) == ("A new title", "2023-12-13", "after")


async def test_every_field_is_kept(app: StrictApp, pilot: Pilot[None]) -> None:
    for name, value in [
        ("publisher", "Nikkei [b]"), ("published", "Sept 2023"), ("url", "https://example.org/a?b=1"),
        ("language", "en"), ("comment", "two\nlines"),
    ]:  # fmt: skip
        await fill_in(pilot, app, name, value)
    for name, presses in (("basis", 1), ("grade", 2)):
        row(app, name).editor.focus()
        await press(pilot, *["right"] * presses)
    await press(pilot, "ctrl+s")
    found = article(app)
    assert (found.publisher, found.published, found.precision) == ("Nikkei [b]", "2023-09", "month")
    assert (found.url, found.language, found.comment) == ("https://example.org/a?b=1", "en", "two\nlines")
    assert (found.basis, found.grade) == ("inferred", "B")


async def test_a_url_with_spaces_is_refused(app: StrictApp, pilot: Pilot[None]) -> None:
    await fill_in(pilot, app, "url", "https://example.org/a b")
    await press(pilot, "ctrl+s")
    assert places(app) == ["library", "form"] and "a URL has no spaces" in flowing(app)


async def test_a_date_that_goes_takes_its_basis_along(app: StrictApp, pilot: Pilot[None]) -> None:
    await fill_in(pilot, app, "published", "")
    await press(pilot, "ctrl+s")
    assert (article(app).published, article(app).basis) == (None, "unknown")


async def test_grades_say_what_they_mean(app: StrictApp, pilot: Pilot[None]) -> None:
    grade = row(app, "grade").editor
    assert isinstance(grade, Choice)
    grade.focus()
    await press(pilot, "right")
    assert "A completely reliable" in flowing(app)
    await press(pilot, "left", "left")
    assert "F cannot be judged" in flowing(app)


async def test_the_date_says_how_precisely_it_is_known_while_it_is_typed(
    app: StrictApp, pilot: Pilot[None]
) -> None:
    await fill_in(pilot, app, "published", "about 2023")
    assert "about 2023, known to the year" in flowing(app)
    await fill_in(pilot, app, "published", "sept 2023")
    assert "Sep 2023, known to the month" in flowing(app)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2023-09-18", "18 Sep 2023, known to the day"), ("before 2023", "before 2023, known to the year")],
)
def test_a_date_is_read_back(typed: str, read: str) -> None:
    assert date_read_as(typed).startswith(read)


@pytest.mark.parametrize("typed", ["", "soon", "2023-13"])
def test_what_is_no_date_gets_the_forms_that_are(typed: str) -> None:
    assert date_read_as(typed).startswith("2023, 2023-09")


def test_fields_that_were_not_touched_are_not_written(project: Project) -> None:
    assert as_stored(project.articles()[0], {"title": "", "grade": "C"}) == {"title": None, "grade": "C"}


async def test_the_form_can_be_used_on_a_small_screen(app: StrictApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await press(pilot, *["down"] * 3)
        assert app.focused is row(app, "published").editor and "18 Sep 2023" in flowing(app)


async def test_control_characters_of_a_source_are_drawn_inert_and_kept(tmp_path: Path) -> None:
    title = "Alarm\x1b[31m at\x9b pump \u202e4"
    source = tmp_path / "odd.jsonl"
    source.write_text(json.dumps({"title": title, "text": "One sentence."}))
    with Project.open(tmp_path / "odd.db", create=True) as project:
        project.import_paths([source])
        project.edit_article(project.articles()[0].id, {"comment": "a\x1b]0;b"})
        app = StrictApp(project)
        async with app.run_test(size=(100, 30)) as running:
            await settle(running)
            await press(running, "e")
            shown = screen_text(app)
            assert row(app, "title").value == title
            assert row(app, "comment").value == "a\x1b]0;b"
    assert "␛[31m at" in shown and "a␛]0;b" in shown
    assert not set("\x1b\x9b\u202e") & set(shown)
