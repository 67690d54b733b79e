"""The panes of the reading room, laid out by `pane_layout` with dividers between them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from workbench.tui.pane_layout import Divider, Shares, rows_of
from workbench.tui.widgets.divider import PaneDivider
from workbench.tui.widgets.reading_pane import FRAME, ReadingPane

_STEP_ACROSS = 2
"""Cells a key moves a divider between columns; one between rows moves by one."""
_DIVIDERS = 3
"""Between four panes."""


class _PanesLayout(Layout):
    """Puts every pane and divider where the grid says."""

    name = "panes"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        assert isinstance(parent, PaneGrid)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, widget)
            for widget, region in parent.regions(size)
            if widget in children
        ]


class PaneGrid(Widget):
    """Shows one to four panes. The one that has the focus, or had it last, is `current`.

    Attributes:
        alone: only one pane is shown, for want of room or because it is zoomed.
        zoomed: the user wants the focused pane alone.
    """

    class Arranged(Message):
        """Panes stand side by side where one stood alone, or the other way round."""

    DEFAULT_CSS = "PaneGrid { height: 1fr; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._places = _PanesLayout()
        self._dividers = [PaneDivider() for _ in range(_DIVIDERS)]
        self._shares = Shares()
        self._rows: list[int] = []
        self.panes: list[ReadingPane] = []
        self.current: ReadingPane | None = None
        self.alone = self.zoomed = False

    @property
    def layout(self) -> Layout:
        """Panes and dividers at the places that `regions` gives."""
        return self._places

    def compose(self) -> ComposeResult:
        """The dividers; panes come and go."""
        yield from self._dividers

    def share_out(self, shares: Shares, zoomed: bool) -> None:
        """Shares the room out as it was before: `shares` is used from now on, and changed with the panes."""
        self._shares, self.zoomed = shares, zoomed

    def set_panes(self, panes: list[ReadingPane]) -> None:
        """Shows these panes, in this order; others that were shown are removed."""
        for pane in self.panes:
            if pane not in panes:
                pane.remove()
        new = [pane for pane in panes if pane not in self.panes]
        self.panes = panes
        if self.current not in panes:
            self.current = panes[0] if panes else None
        if new:
            self.mount(*new)
        self.arrange_panes()

    def arrange_panes(self) -> None:
        """Shares the room out anew, and hides what there is no room for."""
        width, height = self.app.size
        self._rows = rows_of(len(self.panes), width, height, self.size.height) if self.panes else []
        was_alone = self.alone
        self.alone = len(self.panes) > 1 and (self.zoomed or not self._rows)
        if self.alone != was_alone:
            self.post_message(self.Arranged())
        self._shares.fit(self._rows)
        for pane in self.panes:
            pane.display = not self.alone or pane is self.current
        shown = 0 if self.alone else max(len(self.panes) - 1, 0)
        for at, divider in enumerate(self._dividers):
            divider.display = at < shown
        self._lay_out()

    def regions(self, size: Size) -> list[tuple[Widget, Region]]:
        """Where everything that is shown lies."""
        if self.alone or len(self.panes) == 1:
            return [(pane, size.region) for pane in self.panes if pane.display]
        if not self._rows:
            return []
        places, dividers = self._shares.panes(size.width, size.height)
        found: list[tuple[Widget, Region]] = list(zip(self.panes, places, strict=True))
        for widget, divider in zip(self._dividers, dividers, strict=False):
            widget.place = divider
            found.append((widget, divider.region))
        return found

    def reader_width(self, pane: ReadingPane) -> int:
        """Cells that the text of a pane has, or will have once it is laid out; all there are while hidden."""
        size = self.size or self.app.size
        region = dict(self.regions(size)).get(pane, size.region)
        return max(region.width - FRAME, 1)

    def on_resize(self) -> None:
        """Another size may ask for another arrangement."""
        self.arrange_panes()

    def enter(self, pane: ReadingPane) -> None:
        """Makes a pane the current one."""
        self.current = pane
        if self.alone:
            self.arrange_panes()

    def move_divider(self, step: int) -> bool:
        """Moves the divider after the current pane, else the one before it; False where none can move."""
        divider = self._divider_of_current()
        if divider is None:
            return False
        across = divider.column is not None
        at = divider.region.x if across else divider.region.y
        return self._move(divider, at + step * (_STEP_ACROSS if across else 1))

    @on(PaneDivider.Dragged)
    def _dragged(self, message: PaneDivider.Dragged) -> None:
        if message.divider.place:
            self._move(message.divider.place, message.to)

    @on(PaneDivider.DoubleClicked)
    def _equalize(self) -> None:
        self._shares.equalize()
        self._lay_out()

    def _move(self, divider: Divider, to: int) -> bool:
        moved = self._shares.move(divider, to, *self.size)
        if moved:
            self._lay_out()
        return moved

    def _lay_out(self) -> None:
        """Places everything anew: asked for by a child, since a widget keeps its own children's places."""
        self._dividers[0].refresh(layout=True)

    def _divider_of_current(self) -> Divider | None:
        if self.alone or self.current is None or len(self.panes) < 2:
            return None
        row, column = self._place_of(self.panes.index(self.current))
        _, dividers = self._shares.panes(*self.size)
        beside = [one for one in dividers if one.row == row and one.column in (column, column - 1)]
        below = [one for one in dividers if one.column is None and one.row in (row, row - 1)]
        return (beside or below)[-1]

    def _place_of(self, index: int) -> tuple[int, int]:
        for row, count in enumerate(self._rows):
            if index < count:
                return row, index
            index -= count
        return 0, 0
