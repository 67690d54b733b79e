"""The commands that move the cursor of a list, for every screen that has one."""

from __future__ import annotations

from textual.screen import Screen, ScreenResultType

from workbench.tui.widgets.line_list import LineList


class ListActions(Screen[ScreenResultType]):
    """Moves the list that has the focus, or the first one of the screen that is seen."""

    def action_list_move(self, rows: int) -> None:
        """Moves the cursor of the list that has the focus, or of the screen's first one."""
        if found := self._list():
            found.move(rows)

    def action_list_page(self, pages: int) -> None:
        """Moves that cursor by pages."""
        if found := self._list():
            found.page(pages)

    def action_list_top(self) -> None:
        """Moves that cursor to the first row."""
        if found := self._list():
            found.goto(0)

    def action_list_end(self) -> None:
        """Moves that cursor to the last row."""
        if found := self._list():
            found.goto(len(found.rows) - 1)

    def _list(self) -> LineList[object] | None:
        if isinstance(self.focused, LineList):
            return self.focused
        return next((found for found in self.query(LineList) if found.display), None)
