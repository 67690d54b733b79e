"""The matrix as a heat grid: a row an article, a column a tag, numbers of passages on a tint of the tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from math import log
from typing import Any

from textual.app import App
from textual.color import Color
from textual.content import Content

from workbench.matrix import TagMatrix
from workbench.text.graphemes import cells
from workbench.tui.color_modes import ColorMode, color_mode, nearest
from workbench.tui.contrast import legible
from workbench.tui.theme import HUES, tag_colors, tag_ink
from workbench.tui.widgets.article_preview import tag_sign
from workbench.tui.widgets.article_rows import date_shown, source_of
from workbench.tui.widgets.bars import MUTED, one_line, spread
from workbench.tui.widgets.cell_grid import Shape
from workbench.tui.widgets.quote_table import CURRENT, wrapped

WEAKEST, STRONGEST = 0.16, 0.78
"""Shares of a tag's colour behind the lowest count and the highest of the matrix."""
_SIDES = range(18, 62)
"""Cells that the heads of rows may have."""
_SIDE_SHARE = 0.4
_FACTS_FROM = 58
"""Cells of a row's head from which on source and date stand beside the title."""
_FACTS = 27
_NAMES_FROM = 8
"""Cells of a column from which on tags stand over it by name, else by code."""
_NAME_LINES = 3
"""Lines that names may take, from `_HIGH` lines of the grid on."""
_HIGH = 20
_WIDEST = 16
_PARTS = re.compile(r"[^-_ ]*[-_ ]?")


@dataclass(slots=True)
class HeatTable:
    """Articles × tags, with totals in the first column and the first row, which stay in place."""

    matrix: TagMatrix
    app: App[Any]
    totals: Mapping[str, int] = field(init=False)
    highest: int = field(init=False)

    def __post_init__(self) -> None:
        self.totals = self.matrix.of_tags()
        self.highest = max((max(row.values(), default=0) for row in self.matrix.counts.values()), default=0)

    @property
    def rows(self) -> int:
        """One an article."""
        return len(self.matrix.articles)

    @property
    def columns(self) -> int:
        """One a tag."""
        return len(self.matrix.tags)

    def count(self, row: int, column: int) -> int:
        """How many passages of the article carry the tag or one below it."""
        return self.matrix.count(self.matrix.articles[row].id, self.matrix.tags[column].id)

    # Drawing

    def shape(self, width: int, height: int) -> Shape:
        """Columns as wide as there is room for, under codes, or under names on several lines if they may."""
        side = min(max(int(width * _SIDE_SHARE), _SIDES.start), _SIDES.stop - 1)
        least = len(f"{max(self.totals.values(), default=0):,}") + 3
        column = min(max((width - side) // max(self.columns, 1), least), _WIDEST)
        names = 1 if column < _NAMES_FROM or height < _HIGH else _NAME_LINES
        return Shape(side, column, names + 1, 1)

    def corner(self, shape: Shape) -> Content:
        """Names the column and the row of totals, and says the total of all."""
        room = shape.side - 1
        above = Content("\n" * (shape.head - 2))
        names = spread(Content.styled(" Article", MUTED), Content.styled("all", MUTED), room)
        passages = Content.styled(f"{self.matrix.passages:,}", "bold")
        return Content("\n").join([above + names, spread(Content.styled(" all", MUTED), passages, room)])

    def column_head(self, column: int, shape: Shape, current: bool) -> Content:
        """The tag, by code where there is no room for its name, over its total."""
        tag, width, lines = self.matrix.tags[column], shape.column - 2, shape.head - 1
        total = Content.styled(f"{self.totals[tag.id]:,}", "bold")
        if shape.column < _NAMES_FROM:
            code = one_line(tag.code).stylize(f"bold {'reverse ' * current}{tag_ink(tag.color)}")
            return Content("\n").join([_right(code, width), _right(total, width)])
        style = CURRENT if current else "bold"
        name = [line.stylize(style) for line in _broken(tag.name.rsplit("/", 1)[-1], width, lines)]
        blank = [Content("")] * (lines - len(name))
        last = tag_sign(tag) + _right(total, width - 1)
        return Content("\n").join([*blank, *(_right(line, width) for line in name), last])

    def row_head(self, row: int, shape: Shape, current: bool) -> Content:
        """The title with source and date where there is room, and the article's total."""
        one = self.matrix.articles[row]
        total = Content.styled(f"{self.matrix.of_article.get(one.id, 0):>5,}", "bold")
        title = Content(" ") + one_line(one.label).stylize(CURRENT if current else "")
        right = total
        if shape.side >= _FACTS_FROM:
            source = Content(source_of(one)).truncate(_FACTS - 13, ellipsis=True, pad=True)
            facts = Content.assemble(source, " ", date_shown(one).ljust(12)).stylize(MUTED)
            right = Content.assemble(facts, total)
        return spread(title, right, shape.side - 1, least=0)

    def cell(self, row: int, column: int, shape: Shape) -> Content:
        """The number on its tint; a dot for none."""
        count, width = self.count(row, column), shape.column - 2
        if not count:
            return _right(Content.styled("·", MUTED), width)
        style = self._style(self.matrix.tags[column].color, count)
        return _right(Content(f"{count:,} "), width + 1).stylize_before(style)

    def _style(self, slot: int, count: int) -> str:
        """How a number is drawn: in colours that can be read, where there are any."""
        mode = color_mode(self.app)
        if not mode.tints:
            return "bold" if count == self.highest else ""
        known = self.app.theme_variables
        ink, paper = Color.parse(known["foreground"]), Color.parse(known["background"])
        hue = tag_colors(self.app)[slot % HUES] if mode.hues else ink
        text, ground = heat(hue, ink, paper, share(count, self.highest), mode)
        return f"{text.hex} on {ground.hex}"


def share(count: int, highest: int) -> float:
    """How much of its colour a count shows: by its logarithm, since a few tags make up most of a project."""
    return WEAKEST + (STRONGEST - WEAKEST) * log(count) / log(highest) if highest > 1 else WEAKEST


@lru_cache(maxsize=1024)
def heat(hue: Color, ink: Color, paper: Color, part: float, mode: ColorMode) -> tuple[Color, Color]:
    """The colours of a number and of what is behind it, with a contrast of 4.5 or more.

    Args:
        hue: the tag's colour, `part` (0 to 1) of which is mixed into `paper`.
        ink: the colour of text, which is kept where it can be read.
    """
    ground = nearest(paper.blend(hue, part), mode)
    return legible(ink, [ground], shown=partial(nearest, mode=mode)), ground


def _broken(name: str, width: int, lines: int) -> list[Content]:
    """A name on at most that many lines, broken behind hyphens where that is enough."""
    rows = [""]
    for part in _PARTS.findall(name):
        if rows[-1] and cells(rows[-1] + part) > width:
            rows.append("")
        rows[-1] += part
    if len(rows) <= lines and all(cells(row) <= width for row in rows):
        return [one_line(row) for row in rows]
    return wrapped(name, width, lines)


def _right(content: Content, width: int) -> Content:
    """Content at the right end of so many cells."""
    return content.pad_left(max(width - content.cell_length, 0))
