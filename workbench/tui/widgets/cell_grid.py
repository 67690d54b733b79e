"""A table of any size with a cell cursor, whose heads stay in place while its cells scroll both ways.

Only what is in sight is drawn, line by line, as in `LineList`. What stands in it and how it is laid out is a
`Table`'s; the grid has no keys of its own: screens move it through their commands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from workbench.tui.widgets.bars import hinted

_KEPT = 4_000
"""Drawn cells that are kept."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is laid out, in cells and lines of the terminal.

    Attributes:
        side: width of the heads of rows; column: width of a column with the rule before it.
        head: lines of the heads of columns; row: lines of a row.
        rules: a line is drawn below the heads and below each row; else below the heads alone, if at all.
    """

    side: int
    column: int
    head: int
    row: int
    rules: bool = False

    @property
    def top(self) -> int:
        """Lines that stay in place above the rows: the heads, with a rule below them if they have several."""
        return self.head + (self.head > 1)

    @property
    def step(self) -> int:
        """Lines from one row to the next."""
        return self.row + self.rules


class Table(Protocol):
    """What a grid shows. What it draws may have several lines; the grid cuts it to size."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> int:
        """How many columns there are."""

    def shape(self, width: int, height: int) -> Shape:
        """The layout in so much room."""

    def corner(self, shape: Shape) -> Content:
        """What stands left of the heads of columns."""

    def column_head(self, column: int, shape: Shape, current: bool) -> Content:
        """The head of a column, in a cell less than its width; `current`: the cursor is in it."""

    def row_head(self, row: int, shape: Shape, current: bool) -> Content:
        """The head of a row; `current`: the cursor is in it."""

    def cell(self, row: int, column: int, shape: Shape) -> Content:
        """A cell, in a cell less than the column's width."""


class CellGrid(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a table.

    Attributes:
        table: what is shown, if anything.
        row, column: the cell that the cursor is on.
        empty: what a table without cells says; commands in it are shown by their keys, see `hinted`.
        rule: what parts columns.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "cell-grid--cursor",
        "cell-grid--bar",
        "cell-grid--rule",
        "cell-grid--empty",
    }

    class Moved(Message):
        """The cursor is on another cell, or other columns came into view."""

    class Chosen(Message):
        """A cell was double-clicked."""

    def __init__(self, empty: str = "", rule: str = "│") -> None:
        super().__init__()
        self.table: Table | None = None
        self.row = self.column = 0
        self.empty = empty
        self.rule = rule
        self._shape = Shape(1, 2, 1, 1)  # a cell beside a rule, until there is room for a table
        self._strips: dict[tuple[object, ...], list[Strip]] = {}

    # What is shown

    def show(self, table: Table, row: int = 0, column: int = 0) -> None:
        """Shows a table with the cursor on a cell of it, or the nearest there is."""
        self.table = table
        self.row, self.column = self._nearest(row, column)
        self._lay_out()

    def redraw(self) -> None:
        """Draws all anew, for when what the table draws has changed."""
        self._strips.clear()
        self.refresh()

    @property
    def columns_in_view(self) -> range:
        """The columns that are wholly in view."""
        if self.table is None:
            return range(0)
        first = -(-int(self.scroll_offset.x) // self._shape.column)
        last = (int(self.scroll_offset.x) + self._room) // self._shape.column
        return range(first, min(last, self.table.columns))

    # Moving

    def move(self, rows: int, columns: int) -> None:
        """Moves the cursor by rows and columns, stopping at the edges."""
        self.goto(self.row + rows, self.column + columns)

    def page(self, pages: int) -> None:
        """Moves the cursor up or down by what fits on the screen."""
        self.move(pages * max(self._depth // self._shape.step, 1), 0)

    def page_aside(self, pages: int) -> None:
        """Moves the cursor left or right by what fits on the screen."""
        self.move(0, pages * max(self._room // self._shape.column, 1))

    def goto(self, row: int, column: int) -> None:
        """Moves the cursor to a cell, or the nearest there is, and scrolls it into view."""
        before, after = (self.row, self.column), self._nearest(row, column)
        self.row, self.column = after
        if not self._show_cursor() and after != before:
            self._refresh_cells(before, after)
        if after != before:
            self.post_message(self.Moved())

    def next_cell(self, step: int, wanted: Callable[[int, int], bool]) -> bool:
        """Moves to the next (1) or previous (-1) cell for which `wanted` is true, row by row.

        Returns:
            Whether there is one.
        """
        if self.table is None:
            return False
        columns = self.table.columns
        at = self.row * columns + self.column
        ahead = range(at + step, self.table.rows * columns if step > 0 else -1, step)
        found = next((cell for cell in ahead if wanted(*divmod(cell, columns))), None)
        if found is not None:
            self.goto(*divmod(found, columns))
        return found is not None

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draws one line of the viewport."""
        width = self.scrollable_content_region.width
        table, shape = self.table, self._shape
        if table is None or not table.rows or not table.columns:
            hint = [] if table is None else hinted(self.empty).wrap(max(width - 1, 1))
            says = Content.assemble(" ", hint[y]) if y < len(hint) else Content("")
            return self._drawn(says, width, 1, "empty")[0]
        if y < shape.head:
            return self._across(width, None, y)
        row, line = divmod(y - shape.top + int(self.scroll_offset.y), shape.step)
        if y < shape.top or (line == shape.row and row < table.rows):
            return self._drawn(Content("─" * width), width, 1, "rule")[0]
        if row < table.rows:
            return self._across(width, row, line)
        return Strip.blank(width, self._style(None).rich_style)

    def notify_style_update(self) -> None:
        """Colours changed: nothing drawn before is good any more."""
        self._strips.clear()
        super().notify_style_update()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Tells that other columns are in view."""
        super().watch_scroll_x(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Lays the table out in the new size."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Moves the cursor to a cell, or to the column or row of a head; a double click chooses a cell."""
        offset, table, shape = event.get_content_offset(self), self.table, self._shape
        if offset is None or table is None:
            return
        x, y = offset.x - shape.side, offset.y - shape.top
        row = (y + int(self.scroll_offset.y)) // shape.step if y >= 0 else self.row
        column = (x + int(self.scroll_offset.x)) // shape.column if x >= 0 else self.column
        if row < table.rows and column < table.columns:
            self.goto(row, column)
            if event.chain == 2 and x >= 0 and y >= 0:
                self.post_message(self.Chosen())

    @property
    def _aside(self) -> int:
        """Cells beside the heads of rows."""
        return max(self.scrollable_content_region.width - self._shape.side, 1)

    @property
    def _room(self) -> int:
        """Cells of the columns that are seen there: of whole ones, or of a part of a wide one."""
        return self._aside - self._aside % self._shape.column or self._aside

    @property
    def _below(self) -> int:
        """Lines below the heads of columns."""
        return max(self.scrollable_content_region.height - self._shape.top, 1)

    @property
    def _depth(self) -> int:
        """Lines of the whole rows that are seen there, or of a part of a high one."""
        return self._below - self._below % self._shape.step or self._below

    def _nearest(self, row: int, column: int) -> tuple[int, int]:
        if self.table is None:
            return 0, 0
        return max(min(row, self.table.rows - 1), 0), max(min(column, self.table.columns - 1), 0)

    def _lay_out(self) -> None:
        self._strips.clear()
        width, height = self.scrollable_content_region.size
        if self.table is not None and width:
            self._shape = shape = self.table.shape(width, height)
            # With what is to spare the last columns and rows stand where others do.
            across = shape.side + self.table.columns * shape.column + self._aside - self._room
            down = shape.top + self.table.rows * shape.step + self._below - self._depth
            self.virtual_size = Size(across, down)
            self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def _show_cursor(self) -> bool:
        """Scrolls as little as shows the cell under the cursor; says whether that was needed."""
        shape, before = self._shape, self.scroll_offset
        if not self.size:
            return False
        left, top = self.column * shape.column, self.row * shape.step
        x = max(min(before.x, left), left + shape.column - self._room)
        y = max(min(before.y, top), top + shape.step - self._depth)
        x, y = min(x, left), min(y, top)
        if (x, y) != before:
            self.scroll_to(x, y, animate=False, force=True)
        return (x, y) != before

    def _refresh_cells(self, *cells: tuple[int, int]) -> None:
        """Draws some cells anew, with the heads of their rows and columns, and nothing else."""
        shape, scrolled = self._shape, self.scroll_offset
        for row, column in cells:
            x = shape.side + column * shape.column - int(scrolled.x)
            y = shape.top + row * shape.step - int(scrolled.y)
            self.refresh(
                Region(x, 0, shape.column, shape.head),
                Region(0, y, shape.side, shape.row),
                Region(x, y, shape.column, shape.row),
            )

    def _across(self, width: int, row: int | None, line: int) -> Strip:
        """A line through a row, or through the heads of columns where that is None."""
        table, shape = self.table, self._shape
        assert table is not None
        first, skipped = divmod(int(self.scroll_offset.x), shape.column)
        shown = range(first, min(first + -(-(self._room + skipped) // shape.column), table.columns))
        cells = [self._cell(row, column)[line] for column in shown]
        body = Strip.join(cells).crop(skipped, skipped + self._room) if cells else Strip.blank(0)
        joined = Strip.join([self._side(row)[line], body])
        return joined.extend_cell_length(width, self._style(None).rich_style)

    def _side(self, row: int | None) -> list[Strip]:
        """The lines of a row's head, or of the corner."""
        table, shape = self.table, self._shape
        assert table is not None
        current = row == self.row
        if row is None:
            return self._kept(("corner",), lambda: table.corner(shape), shape.side, shape.head)
        return self._kept(
            ("row", row, current), lambda: table.row_head(row, shape, current), shape.side, shape.row
        )

    def _cell(self, row: int | None, column: int) -> list[Strip]:
        """The lines of a cell with the rule before it, or of a column's head."""
        table, shape = self.table, self._shape
        assert table is not None
        width = shape.column - 1
        if row is None:
            current = column == self.column
            head = self._kept(
                ("head", column, current),
                lambda: table.column_head(column, shape, current),
                width,
                shape.head,
            )
            return [Strip.join([self._mark(" ", None), line]) for line in head]
        current = (row, column) == (self.row, self.column)
        cell = self._kept(
            (row, column, current),
            lambda: table.cell(row, column, shape),
            width,
            shape.row,
            "cursor" if current else None,
        )
        mark = self._mark("▌", "bar") if current else self._mark(self.rule, "rule")
        return [Strip.join([mark, line]) for line in cell]

    def _mark(self, sign: str, component: str | None) -> Strip:
        return self._kept(("mark", sign), lambda: Content(sign), 1, 1, component)[0]

    def _kept(
        self,
        key: tuple[object, ...],
        draw: Callable[[], Content],
        width: int,
        lines: int,
        component: str | None = None,
    ) -> list[Strip]:
        """What was drawn under a key before, else what is drawn now."""
        found = self._strips.get(key)
        if found is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            found = self._strips[key] = self._drawn(draw(), width, lines, component)
        return found

    def _drawn(self, content: Content, width: int, lines: int, component: str | None) -> list[Strip]:
        """Exactly so many lines of exactly that width."""
        given = content.split("\n", allow_blank=True)[:lines]
        cut = [line.truncate(width, ellipsis=True, pad=True) for line in given]
        cut += [Content(" " * width)] * (lines - len(cut))
        return Visual.to_strips(self, Content("\n").join(cut), width, lines, self._style(component), pad=True)

    def _style(self, component: str | None) -> Style:
        if component is None:
            return self.visual_style
        return self.visual_style + Style.from_styles(self.get_component_styles(f"cell-grid--{component}"))
