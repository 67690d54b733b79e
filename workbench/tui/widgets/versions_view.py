"""Versions of a text with the base they started from: side by side where there is room, else row by row.

What differs has a sign as well as a colour: + added, - taken out, ~ changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.text.inert import inert
from workbench.text.versions import Line, Row
from workbench.tui.widgets.bars import MUTED

LEAST_COLUMN = 30
"""Cells a version needs beside the others."""
LEAST_BESIDE = 96
"""Cells of the view under which versions stand below each other."""
STYLES = {"+": "$success", "-": "$error", "~": "$warning", " ": ""}
_BETWEEN = " │ "
_SIGN = 2


class VersionsView(Vertical):
    """The rows of a comparison under the names of the versions. Its screen scrolls it.

    Attributes:
        chosen: index of the version whose column is marked.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.chosen = 0
        self._names: Sequence[str] = ()
        self._rows: Sequence[Row] = ()
        self._base = ""

    def compose(self) -> ComposeResult:
        """The names stay where the rows are scrolled."""
        yield Static(id="names", markup=False)
        with VerticalScroll():
            yield Static(id="rows", markup=False)

    @property
    def scrolled(self) -> VerticalScroll:
        """What is scrolled."""
        return self.query_one(VerticalScroll)

    def show(self, names: Sequence[str], rows: Sequence[Row], base: str) -> None:
        """Shows versions.

        Args:
            names: a heading for each version: its digit, whose it is, when.
            base: the heading of what all started from; "" shows none.
        """
        self._names, self._rows, self._base = names, rows, base
        self.draw()

    def draw(self) -> None:
        """Draws all anew, for another width or another chosen version."""
        width = self.size.width - 1  # the scrollbar's
        if width < 1 or not self._names:
            return
        beside = self._fits_beside(width)
        names, rows = (self._beside(width)) if beside else (self._names_stacked(width), self._stacked(width))
        self.query_one("#names", Static).update(Content("\n").join(names))
        self.query_one("#rows", Static).update(Content("\n").join(rows))

    def on_resize(self) -> None:
        """Fits the columns."""
        self.draw()

    def _fits_beside(self, width: int) -> bool:
        columns = len(self._names) + bool(self._base)
        return width >= LEAST_BESIDE and width >= columns * (LEAST_COLUMN + len(_BETWEEN))

    def _named(self, index: int) -> Content:
        style = "bold $primary" if index == self.chosen else "bold"
        return Content.styled(f"{'▌' if index == self.chosen else ' '} {inert(self._names[index])}", style)

    # Side by side: the base stands between two versions, before more

    def _beside(self, width: int) -> tuple[list[Content], list[Content]]:
        at = 1 if len(self._names) == 2 else 0
        columns = len(self._names) + bool(self._base)
        room = (width - len(_BETWEEN) * (columns - 1)) // columns

        def across(cells: list[list[Content]], base: list[Content]) -> Iterator[Content]:
            if self._base:
                cells.insert(at, base)
            for number in range(max(map(len, cells))):
                parts = [cell[number] if number < len(cell) else Content("") for cell in cells]
                fitted = [part.truncate(room, ellipsis=True, pad=True) for part in parts]
                yield Content.styled(_BETWEEN, "$border-blurred").join(fitted)

        heads = [[self._named(index)] for index in range(len(self._names))]
        rows = [
            line
            for row in self._rows
            for line in across([_cell(cell, room) for cell in row.lines], _base_cell(row.base, room))
        ]
        return list(across(heads, [Content.styled(f"  {self._base}", MUTED)])), rows

    # Below each other: a line of the base, and under it what the versions made of it

    def _names_stacked(self, width: int) -> Iterator[Content]:
        for index in range(len(self._names)):
            yield self._named(index).truncate(width, ellipsis=True)
        if self._base:
            yield Content.styled(f"= {self._base}", MUTED).truncate(width, ellipsis=True)

    def _stacked(self, width: int) -> Iterator[Content]:
        for row in self._rows:
            if not row.changed and row.base is not None:
                yield from _wrapped("   ", row.base, width)
                continue
            if row.base is not None and self._base:
                yield from _wrapped(" = ", row.base, width, MUTED)
            for number, line in enumerate(row.lines, 1):
                if line and line.sign != " ":
                    yield from _wrapped(f"{number}{line.sign} ", line.text, width, _style(line))


def _cell(line: Line | None, width: int) -> list[Content]:
    return list(_wrapped(f"{line.sign} ", line.text, width, _style(line))) if line else [Content("")]


def _base_cell(base: str | None, width: int) -> list[Content]:
    return list(_wrapped("  ", base, width, MUTED)) if base is not None else [Content("")]


def _style(line: Line) -> str:
    return f"strike {STYLES['-']}" if line.sign == "-" else STYLES[line.sign]


def _wrapped(sign: str, text: str, width: int, style: str = "") -> Iterator[Content]:
    """A line in rows of at most `width` cells, the sign before each, so that none is read without it."""
    for part in Content(inert(text)).wrap(max(width - len(sign), 8)) or [Content("")]:
        whole = Content(sign) + part
        yield whole.stylize(style) if style else whole
