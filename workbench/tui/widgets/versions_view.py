"""Versions of a text with the base they started from: side by side where there is room, else row by row.

What differs has a sign as well as a colour: + added, - taken out, ~ changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual
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
T = TypeVar("T")


class Cell(NamedTuple):
    """A text in a column, and the sign before each of its lines, so that none is read without it."""

    sign: str
    text: str
    style: str = ""


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of which only those in sight are made and painted: long texts have thousands."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._line: Callable[[int], Content] = lambda _: Content("")

    def show(self, count: int, line: Callable[[int], Content]) -> None:
        """Shows so many lines; `line` makes the one with a number, from 0."""
        self._count, self._line = count, line
        self.virtual_size = Size(0, count)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draws one line of the viewport."""
        row = y + int(self.scroll_offset.y)
        content = self._line(row) if row < self._count else Content("")
        width = self.scrollable_content_region.width
        cut = content.truncate(width, ellipsis=True)
        return Visual.to_strips(self, cut, width, 1, self.visual_style, pad=True)[0]


class VersionsView(Vertical):
    """The rows of a comparison under the names of the versions. Its screen scrolls it.

    Attributes:
        chosen: index of the version whose column is marked.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self.chosen = 0
        self._digits: Sequence[int] = ()
        self._names: Sequence[str] = ()
        self._rows: Sequence[Row] = ()
        self._base = ""

    def compose(self) -> ComposeResult:
        """The names stay where the rows are scrolled."""
        yield Static(id="names", markup=False)
        yield Lines()

    @property
    def scrolled(self) -> Lines:
        """What is scrolled."""
        return self.query_one(Lines)

    def show(self, names: Mapping[int, str], rows: Sequence[Row], base: str) -> None:
        """Shows versions.

        Args:
            names: by its digit, a heading for each version: whose it is, when.
            base: the heading of what all started from; "" shows none.
        """
        self._digits, self._names = list(names), list(names.values())
        self._rows, self._base = rows, base
        self._draw()

    def mark(self, index: int) -> None:
        """Marks another version."""
        self.chosen = index
        self._draw_names()

    def on_resize(self) -> None:
        """Fits the columns."""
        self._draw()

    def _draw(self) -> None:
        self._draw_names()
        width = self._width
        if not width:
            return
        beside = self._fits_beside(width)
        room = self._room(width) if beside else width
        wraps: dict[str, list[Content]] = {}

        def wrapped(cell: Cell) -> list[Content]:
            if cell.text not in wraps:
                least = max(room - len(cell.sign), 8)
                wraps[cell.text] = list(Content(inert(cell.text)).wrap(least)) or [Content("")]
            return wraps[cell.text]

        def drawn(at: int) -> Content:
            cells, number = lines[at]
            parts = [_part(cell, wrapped(cell), number) if cell else Content("") for cell in cells]
            return _across(parts, room) if beside else parts[0]

        lines = [
            (cells, number)
            for cells in (self._beside() if beside else self._stacked())
            for number in range(max(len(wrapped(cell)) for cell in cells if cell))
        ]
        self.scrolled.show(len(lines), drawn)

    def _draw_names(self) -> None:
        if width := self._width:
            names = self._names_beside(width) if self._fits_beside(width) else self._names_stacked(width)
            self.query_one("#names", Static).update(Content("\n").join(names))

    @property
    def _width(self) -> int:
        """Cells there are for the rows, without their scrollbar's; 0 where nothing is shown."""
        return max(self.size.width - 1, 0) if self._names else 0

    def _fits_beside(self, width: int) -> bool:
        columns = len(self._names) + bool(self._base)
        return width >= LEAST_BESIDE and width >= columns * (LEAST_COLUMN + len(_BETWEEN))

    def _named(self, index: int) -> Content:
        sign, style = ("▌", "bold $primary") if index == self.chosen else (" ", "bold")
        return Content.styled(f"{sign} {self._digits[index]} {inert(self._names[index])}", style)

    # Side by side: the base stands between two versions, before more

    def _names_beside(self, width: int) -> Iterator[Content]:
        names = [self._named(index) for index in range(len(self._names))]
        yield _across(self._with_base(names, Content.styled(f"  {self._base}", MUTED)), self._room(width))

    def _beside(self) -> Iterator[list[Cell | None]]:
        for row in self._rows:
            cells = [Cell(f"{line.sign} ", line.text, _style(line)) if line else None for line in row.lines]
            yield self._with_base(cells, None if row.base is None else Cell("  ", row.base, MUTED))

    def _with_base(self, columns: list[T], base: T) -> list[T]:
        at = 1 if len(columns) == 2 else 0
        return [*columns[:at], base, *columns[at:]] if self._base else columns

    def _room(self, width: int) -> int:
        columns = len(self._names) + bool(self._base)
        return (width - len(_BETWEEN) * (columns - 1)) // columns

    # Below each other: a line of the base, and under it what the versions made of it

    def _names_stacked(self, width: int) -> Iterator[Content]:
        for index in range(len(self._names)):
            yield self._named(index).truncate(width, ellipsis=True)
        if self._base:
            yield Content.styled(f"= {self._base}", MUTED).truncate(width, ellipsis=True)

    def _stacked(self) -> Iterator[list[Cell | None]]:
        for row in self._rows:
            if not row.changed and row.base is not None:
                yield [Cell("   ", row.base)]
                continue
            if row.base is not None and self._base:
                yield [Cell(" = ", row.base, MUTED)]
            for digit, line in zip(self._digits, row.lines, strict=True):
                if line and line.sign != " ":
                    yield [Cell(f"{digit}{line.sign} ", line.text, _style(line))]


def _style(line: Line) -> str:
    return f"strike {STYLES['-']}" if line.sign == "-" else STYLES[line.sign]


def _part(cell: Cell, wrapped: Sequence[Content], number: int) -> Content:
    if number >= len(wrapped):
        return Content("")
    whole = Content(cell.sign) + wrapped[number]
    return whole.stylize(cell.style) if cell.style else whole


def _across(parts: Sequence[Content], room: int) -> Content:
    fitted = [part.truncate(room, ellipsis=True, pad=True) for part in parts]
    return Content.styled(_BETWEEN, "$border-blurred").join(fitted)
