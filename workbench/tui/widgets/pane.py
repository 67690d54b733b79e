"""A framed part of a screen, with a heading left and facts right in its top border.

The frame is heavy and coloured while the focus is inside, light otherwise, as in a heavy and a light pencil.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench.tui.widgets.bars import one_line


def query_line(line: Input) -> Horizontal:
    """A line to type a query into, with the sign before it that all such lines have."""
    sign = Static("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", markup=False)
    return Horizontal(sign, line, classes="query-line")


LEAST_HEADING = 12
"""Cells of the heading below which the facts beside it are left out."""


class Pane(Vertical):
    """A frame around widgets. `set_heading` may be called at any time."""

    def __init__(
        self,
        *children: Widget,
        heading: str = "",
        facts: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(*children, id=id, classes=classes)
        self._heading, self._facts = heading, facts

    def set_heading(self, heading: str, facts: str = "") -> None:
        """Writes both ends of the top border; a long heading is cut to leave room for the facts."""
        self._heading, self._facts = heading, facts
        self._draw_heading()

    def set_footing(self, words: Content) -> None:
        """Writes into the bottom border, on the right; nothing where `words` are empty."""
        self.border_subtitle = words

    def on_resize(self) -> None:
        """Fills the border between heading and facts anew."""
        self._draw_heading()

    def on_descendant_focus(self) -> None:
        """Draws the heading's line in the frame's new weight."""
        self.call_after_refresh(self._draw_heading)

    def on_descendant_blur(self) -> None:
        """Draws the heading's line in the frame's new weight."""
        self.call_after_refresh(self._draw_heading)

    def _draw_heading(self) -> None:
        room = self.outer_size.width - 6
        heading, facts = one_line(self._heading), one_line(self._facts)
        kind, color = self.styles.border_top
        beside = room - facts.cell_length - 5
        if beside < LEAST_HEADING:
            facts = Content("")
        if facts:
            heading = heading.truncate(beside, ellipsis=True)
            line = ("━" if kind == "heavy" else "─") * (room - heading.cell_length - facts.cell_length - 2)
            facts = Content.assemble(" ", (line, color.hex), " ", facts.stylize("$text-muted"))
        self.border_title = Content.assemble(heading.stylize("bold"), facts)
