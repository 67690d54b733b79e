"""The list of many rows: cursor, scrolling, mouse, headings, what stays on new rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content

from tests.tui.support import plain
from workbench.tui.widgets.line_list import LineList


class ListApp(App[None]):
    """A list alone, noting its messages."""

    CSS = "LineList { height: 1fr; }"

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.options = options
        self.selected: list[int] = []
        self.highlighted: list[int] = []
        self.drawn = 0

    def compose(self) -> ComposeResult:
        yield LineList(self.draw, empty="Nothing here yet: {library.import} imports files", **self.options)

    def draw(self, row: object, width: int) -> Content:
        self.drawn += 1
        return Content(f"{row}")

    @property
    def rows(self) -> LineList[Any]:
        return self.query_one(LineList)

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        self.selected.append(message.index)

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        self.highlighted.append(message.index)


async def test_an_empty_list_says_what_fills_it() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 6)):
        assert plain(app.rows).startswith(" Nothing here yet: i imports\n files\n")
        app.rows.move(1)
        app.rows.choose()
        assert app.rows.current is None and app.selected == []


async def test_only_what_is_seen_is_drawn() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.set_rows(range(100_000))
        await pilot.pause()
        app.rows.goto(99_999)
        await pilot.pause()
        assert "99999" in plain(app.rows)
        assert app.drawn < 200


async def test_moves_stop_at_the_ends_and_keep_the_cursor_in_view() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.set_rows(range(100))
        for move, wanted in ((-5, 0), (3, 3), (500, 99), (-1, 98)):
            app.rows.move(move)
            await pilot.pause()
            assert app.rows.cursor == wanted
            assert f"▌{wanted}" in plain(app.rows)
        app.rows.page(-1)
        assert app.rows.cursor == 89


async def test_the_cursor_stays_with_its_row() -> None:
    app = ListApp(key=lambda row: row[0])
    async with app.run_test(size=(40, 10)):
        app.rows.set_rows([("a", 1), ("b", 1), ("c", 1)], cursor=1)
        app.rows.set_rows([("x", 2), ("a", 2), ("c", 2), ("b", 2)])
        assert app.rows.current == ("b", 2)
        app.rows.set_rows([("x", 3), ("a", 3)])
        assert app.rows.current == ("a", 3)
        app.rows.set_rows([])
        assert app.rows.current is None


async def test_headings_are_passed_over() -> None:
    app = ListApp(selectable=lambda row: not row.startswith("#"))
    async with app.run_test(size=(40, 10)):
        app.rows.set_rows(["# one", "a", "# two", "# three", "b", "# end"])
        assert app.rows.current == "a"
        app.rows.move(1)
        assert app.rows.current == "b"
        app.rows.move(1)
        assert app.rows.current == "b"
        app.rows.move(-1)
        assert app.rows.current == "a"


async def test_rows_of_two_lines() -> None:
    app = ListApp(row_height=2)
    async with app.run_test(size=(20, 5)) as pilot:
        app.rows.set_rows(["a\nunder a", "b", "c\nunder c"], cursor=2)
        await pilot.pause()
        lines = [line.strip() for line in plain(app.rows).split("\n")]
        assert lines == ["under a", "b", "", "▌c", "▌under c"]
        await pilot.click(LineList, offset=(3, 1))
        assert app.rows.current == "b"


@pytest.mark.parametrize(
    ("options", "clicks", "chosen"), [({}, 1, []), ({}, 2, [1]), ({"click_selects": True}, 1, [1])]
)
async def test_clicks(options: dict[str, object], clicks: int, chosen: list[int]) -> None:
    app = ListApp(**options)
    async with app.run_test(size=(20, 5)) as pilot:
        app.rows.set_rows(["a", "b"])
        await pilot.click(LineList, offset=(3, 1), times=clicks)
        await pilot.pause()
        assert app.rows.cursor == 1 and app.selected == chosen
        assert app.highlighted[-1] == 1
        await pilot.click(LineList, offset=(3, 4))
        assert app.rows.cursor == 1


Step = Callable[[LineList[Any]], None]
ROWS = st.lists(st.text("ab#", min_size=1, max_size=2), max_size=50)
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.integers(-30, 30).map(lambda n: lambda rows: rows.move(n)),
    st.integers(-3, 3).map(lambda n: lambda rows: rows.page(n)),
    st.integers(-5, 60).map(lambda n: lambda rows: rows.goto(n)),
    ROWS.map(lambda new: lambda rows: rows.set_rows(new)),
)


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=20))
def test_the_cursor_is_always_on_a_row_that_can_be_chosen(steps: list[Step]) -> None:
    rows: LineList[Any] = LineList(lambda row, width: Content(row), selectable=lambda row: row[0] != "#")
    for step in steps:
        step(rows)
        assert rows.cursor == 0 or rows.cursor < len(rows.rows)
        assert (rows.current is None) == all(row[0] == "#" for row in rows.rows)
