"""The grid under the comparison and the matrix: it draws what is seen of a big table, and its heads stay."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content

from tests.tui.support import plain
from workbench.tui.widgets.cell_grid import CellGrid, Shape


class Sums:
    """Ten million cells, each the sum of its row and column; counts what is drawn."""

    rows, columns = 10_000, 1_000

    def __init__(self) -> None:
        self.drawn = 0

    def shape(self, width: int, height: int) -> Shape:
        return Shape(8, 9, 2, 2, rules=True)

    def corner(self, shape: Shape) -> Content:
        return Content("corner")

    def column_head(self, column: int, shape: Shape, current: bool) -> Content:
        return Content(f"{'>' * current}c{column}")

    def row_head(self, row: int, shape: Shape, current: bool) -> Content:
        return Content(f"{'>' * current}r{row}")

    def cell(self, row: int, column: int, shape: Shape) -> Content:
        self.drawn += 1
        return Content(f"{row + column}\n界界界界界界")


class GridApp(App[None]):
    CSS = "CellGrid { scrollbar-size: 0 1; scrollbar-gutter: stable; }"

    def compose(self) -> ComposeResult:
        yield CellGrid(empty="Nothing")


def lines(grid: CellGrid) -> list[str]:
    return [line.rstrip(" ▁▂▃▄▅▆▇█") for line in plain(grid).split("\n")]


async def test_a_big_table_is_drawn_where_it_is_seen() -> None:
    app, table = GridApp(), Sums()
    async with app.run_test(size=(40, 12)) as pilot:
        grid = app.query_one(CellGrid)
        grid.show(table)
        await pilot.pause()
        assert lines(grid)[:7] == [
            "corner   >c0      c1       c2",
            "",
            "─" * 39,
            ">r0     ▌0       │1       │2",
            "        ▌界界界 …│界界界 …│界界界 …",
            "─" * 39,
            "r1      │1       │2       │3",
        ]
        assert list(grid.columns_in_view) == [0, 1, 2]
        grid.goto(9_999, 999)
        await pilot.pause()
        assert lines(grid)[0] == "corner   c997     c998     >c999"
        assert "▌10998" in plain(grid) and list(grid.columns_in_view) == [997, 998, 999]
        assert table.drawn < 100, "only what is seen is drawn"
        grid.page(-1)
        assert (grid.row, grid.column) == (9_996, 999)
        grid.page_aside(-1)
        assert (grid.row, grid.column) == (9_996, 996)
        assert grid.next_cell(1, lambda row, column: column == 5) and (grid.row, grid.column) == (9_997, 5)
        assert not grid.next_cell(1, lambda row, column: False) and grid.column == 5


async def test_the_mouse_moves_the_cursor_and_a_smaller_table_takes_it_in() -> None:
    app, table = GridApp(), Sums()
    async with app.run_test(size=(40, 12)) as pilot:
        grid = app.query_one(CellGrid)
        grid.show(table, 2, 3)
        await pilot.pause()
        await pilot.click(CellGrid, offset=(12, 7))
        assert (grid.row, grid.column) == (1, 1)
        await pilot.click(CellGrid, offset=(3, 4))
        assert (grid.row, grid.column) == (0, 1), "a row's head keeps the column"
        grid.move(-5, -9)
        assert (grid.row, grid.column) == (0, 0)
        grid.goto(8, 8)
        table.rows, table.columns = 2, 1
        grid.show(table, 8, 8)
        assert (grid.row, grid.column) == (1, 0)
        await pilot.pause()
        assert lines(grid)[8:] == ["─" * 39, "", "", ""], "below the last row nothing is ruled off"
        table.rows = 0
        grid.show(table)
        await pilot.pause()
        assert lines(grid)[0] == " Nothing"
        assert not grid.next_cell(1, lambda row, column: True)
