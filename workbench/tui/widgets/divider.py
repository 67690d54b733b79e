"""The line between two panes, one cell thick, that the mouse drags."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workbench.tui import pane_layout

_GRIP = 3
"""Cells of the mark in its middle that shows it can be taken hold of."""


class PaneDivider(Widget):
    """A divider. It moves nothing itself: it says where it is dragged to.

    Attributes:
        place: which divider it is, and where.
    """

    ALLOW_SELECT = False

    class Dragged(Message):
        """The divider is wanted at a column, or row, of the panes."""

        def __init__(self, divider: PaneDivider, to: int) -> None:
            super().__init__()
            self.divider = divider
            self.to = to

    class DoubleClicked(Message):
        """The panes are to be equal again."""

    def __init__(self) -> None:
        super().__init__()
        self.place: pane_layout.Divider | None = None

    def render(self) -> Content:
        """A short mark in the middle."""
        upright = self.size.height > self.size.width or self.size.width == 1
        size = self.size.height if upright else self.size.width
        mark = ("┆" if upright else "┄") * min(_GRIP, size)
        if not upright:
            return Content(mark.center(size))
        return Content("\n" * ((size - len(mark)) // 2) + "\n".join(mark))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold."""
        if event.button == 1:
            self.capture_mouse()
            self.add_class("-dragged")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follows the mouse; a move without a button says that it was let go outside the window."""
        if not event.button:
            self.on_mouse_up()
        panes = self.parent
        if self.has_class("-dragged") and self.place and isinstance(panes, Widget):
            across = self.place.column is not None
            to = event.screen_x - panes.region.x if across else event.screen_y - panes.region.y
            self.post_message(self.Dragged(self, to))

    def on_mouse_up(self) -> None:
        """Lets go."""
        self.release_mouse()
        self.remove_class("-dragged")

    def on_click(self, event: events.Click) -> None:
        """Twice: all panes equal."""
        if event.chain == 2:
            self.post_message(self.DoubleClicked())
