"""What the screens with a table of articles and tags share: moving in it, and sorting it."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from workbench.model import Article, Tag
from workbench.tui.commands import key
from workbench.tui.matrix_order import Order, offers
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import choose
from workbench.tui.widgets.cell_grid import CellGrid
from workbench.tui.widgets.pane import Pane

HEIGHTS = [(0, "-flat"), (16, "-low")]
"""Below 16 rows the line under the table gives way to it."""


class GridScreen(WorkbenchScreen):
    """A screen with a `CellGrid` of articles and tags.

    Attributes:
        articles_are_rows: articles stand below each other, else tags.
        order: in which order they stand.
    """

    AUTO_FOCUS = "CellGrid"
    articles_are_rows: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.order = Order()
        self._head = ("", "")

    def lay_out(self) -> None:
        """Shows the table anew, in `order`, with the cursor on the same article and tag. To be overridden."""
        raise NotImplementedError

    def tag_here(self) -> Tag | None:
        """The tag of the cell under the cursor. To be overridden."""
        raise NotImplementedError

    def article_here(self) -> Article | None:
        """The article of the cell under the cursor. To be overridden."""
        raise NotImplementedError

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a passage stands in a cell. To be overridden."""
        raise NotImplementedError

    def show_cell(self) -> None:
        """Says what is under the cursor, and which columns are seen. To be overridden."""
        raise NotImplementedError

    @property
    def grid(self) -> CellGrid:
        """The table."""
        return self.query_one(CellGrid)

    @on(CellGrid.Moved)
    def _moved(self, event: CellGrid.Moved) -> None:
        event.stop()
        self.show_cell()

    def columns_seen(self) -> str:
        """Which columns are in view, where not all are: "◂ 3–7 of 40 ▸"."""
        seen, table = self.grid.columns_in_view, self.grid.table
        if table is None or len(seen) >= table.columns:
            return ""
        first, last = seen.start + 1, max(seen.stop, seen.start + 1)
        which = f"{first}–{last}" if last > first else str(first)
        return f"{'◂ ' * (first > 1)}{which} of {table.columns:,}{' ▸' * (last < table.columns)}"

    def head(self, heading: str, facts: str) -> None:
        """Writes over the table what it is, if that is not there yet: a frame is much to draw."""
        if (heading, facts) != self._head:
            self._head = heading, facts
            self.query_one(Pane).set_heading(heading, facts)

    # What keys do

    def action_cell(self, rows: int, columns: int) -> None:
        """Arrow keys: moves by cells."""
        self.grid.move(rows, columns)

    def action_list_page(self, pages: int) -> None:
        """Moves by what fits on the screen."""
        self.grid.page(pages)

    def action_page_aside(self, pages: int) -> None:
        """`<` and `>`: moves aside by what fits on the screen."""
        self.grid.page_aside(pages)

    def action_list_top(self) -> None:
        """To the first row."""
        self.grid.goto(0, self.grid.column)

    def action_list_end(self) -> None:
        """To the last row."""
        table = self.grid.table
        self.grid.goto(table.rows - 1 if table else 0, self.grid.column)

    def action_next_cell(self, step: int) -> None:
        """`n` and `N`: the next cell in which a passage stands."""
        if not self.grid.next_cell(step, self.is_filled):
            self.show_status("No cell with a passage comes after this" if step > 0 else "This is the first")

    def action_sort(self) -> None:
        """`s`: offers the orders, among them those by the tag and by the article under the cursor."""
        before = self.order
        found = offers(before, self.tag_here(), self.article_here())
        at = next((at for at, (_, order) in enumerate(found) if order == before), 0)

        def take(index: int) -> None:
            words, self.order = found[index]
            self.lay_out()
            articles = (self.order.tags, self.order.article) == (before.tags, before.article)
            if articles == self.articles_are_rows:
                self.grid.goto(0, self.grid.column)
            else:
                self.grid.goto(self.grid.row, 0)
            self.show_status(f"Sorted {words[:1].lower()}{words[1:]}", f"{key('grid.sort')} sorts again")

        choose(self, "Sort", [words for words, _ in found], take, at=at)
