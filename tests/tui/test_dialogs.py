"""Questions, menus, texts and forms over a screen: what they deliver, refuse and keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tests.tui.support import StrictApp, places, plain
from workbench.errors import InputError
from workbench.project import Project
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.form import fill
from workbench.tui.screens.prompt import ask, choose, write
from workbench.tui.widgets.form import Field, FieldRow
from workbench.tui.widgets.line_list import LineList


class Empty(WorkbenchScreen):
    """Something for dialogs to stand on."""

    context = "library"


def check_year(value: str) -> None:
    if not re.fullmatch(r"\d{4}", value):
        raise InputError(f"“{value}” is no year")


FIELDS = (
    Field("title", "Title", "[b]Old"),
    Field("year", "Year", "2023", validate=check_year, hint="Four digits"),
    Field("basis", "Basis", "stated", choices=[("stated", "stated"), ("inferred", "inferred")]),
    Field("comment", "Comment", "one\ntwo", lines=3),
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StrictApp]:
    with Project.open(tmp_path / "p.db", create=True) as project:
        made = StrictApp(project)
        made.places["library"] = Empty
        yield made


def below(app: StrictApp) -> Empty:
    screen = app.screen_stack[0]
    assert isinstance(screen, Empty)
    return screen


def problem(app: StrictApp, name: str) -> str:
    row = next(row for row in app.screen.query(FieldRow) if row.field.name == name)
    line = row.query_one(".problem", Static)
    return plain(line).strip() if line.display else ""


async def test_ask_refuses_at_the_line_and_keeps_what_was_typed(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers: list[str] = []
        ask(below(app), "Year", answers.append, initial=" 19", validate=check_year, hint="Four digits")
        await pilot.pause()
        assert plain(app.screen.query_one("#hint")).strip() == "Four digits"
        await pilot.press("enter")
        assert plain(app.screen.query_one("#hint")).strip() == "“19” is no year"
        await pilot.press("8", "4", "enter")
        assert answers == ["1984"] and places(app) == ["library"]
        ask(below(app), "Year", answers.append, initial="1999")
        await pilot.pause()
        await pilot.press("escape")
        assert answers == ["1984"] and places(app) == ["library"]


CHOICES: list[tuple[list[str], int | None]] = [
    (["enter"], 1),
    (["j", "enter"], 2),
    (["1"], 0),
    (["escape"], None),
]


@pytest.mark.parametrize(("keys", "chosen"), CHOICES)
async def test_choose(app: StrictApp, keys: list[str], chosen: int | None) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        answers: list[int] = []
        choose(below(app), "Which?", ["first", "[b]second", Content("third")], answers.append, at=1)
        await pilot.pause()
        assert "▌2 [b]second" in plain(app.screen.query_one(LineList))
        await pilot.press(*keys)
        assert answers == ([] if chosen is None else [chosen])
        assert places(app) == ["library"]


@pytest.mark.parametrize("way_out", ["escape", "ctrl+s"])
async def test_a_text_is_delivered_on_every_way_out(app: StrictApp, way_out: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        texts: list[str] = []
        write(below(app), "Comment", texts.append, initial="old")
        await pilot.pause()
        await pilot.press("enter", *"new q", "ctrl+c", "ctrl+z", "ctrl+y")
        assert app.screen.query_one(TextArea).text == "old\nnew q"
        await pilot.press(way_out)
        assert texts == ["old\nnew q"] and app.is_running


async def test_a_form_saves_what_changed(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        saved: list[dict[str, str]] = []
        told: list[dict[str, str]] = []
        fill(below(app), "Details", FIELDS, saved.append, told.append)
        await pilot.pause()
        await pilot.press("end", "!", "tab", "tab", "right", "tab", "x", "ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert saved == told == [{"title": "[b]Old!", "basis": "inferred", "comment": "xone\ntwo"}]
        assert places(app) == ["library"]


async def test_a_bad_value_is_refused_at_its_field_and_stays(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        saved: list[dict[str, str]] = []
        fill(below(app), "Details", FIELDS, saved.append, saved.append)
        await pilot.pause()
        await pilot.press("tab")
        assert plain(app.screen.query_one("#hint")).strip() == "Four digits"
        await pilot.press("end", "x", "tab")
        await pilot.pause()
        assert problem(app, "year") == "“2023x” is no year"
        await pilot.press("escape")
        assert places(app) == ["library", "form"] and saved == []
        assert isinstance(app.screen.focused, Input) and app.screen.focused.value == "2023x"
        await pilot.press("end", "backspace", "escape")
        assert places(app) == ["library"] and saved == []


async def test_a_refusal_by_the_project_keeps_the_form_open(app: StrictApp) -> None:
    def refuse(changes: dict[str, str]) -> None:
        raise InputError("the file is read-only")

    async with app.run_test(size=(80, 24)) as pilot:
        fill(below(app), "Details", FIELDS, refuse, lambda changes: None)
        await pilot.pause()
        await pilot.press("x", "escape")
        await app.workers.wait_for_complete()
        assert places(app) == ["library", "form"] and app.status[0] == "The file is read-only"
        await pilot.press("ctrl+g")
        assert places(app) == ["library"]


async def test_an_unchanged_form_just_closes(app: StrictApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        saved: list[dict[str, str]] = []
        fill(below(app), "Details", FIELDS, saved.append, saved.append)
        await pilot.pause()
        await pilot.press("down", "up", "escape")
        await pilot.pause()
        assert saved == [] and places(app) == ["library"]
