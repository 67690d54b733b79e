"""The tables of the comparison: articles beside each other, in rows the tags, or the passages of one tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.content import Content

from workbench.model import Article, Passage, Tag
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.text.wrapping import wrap
from workbench.tui.side_by_side import SideBySide
from workbench.tui.theme import is_dashed, tag_ink
from workbench.tui.widgets.article_preview import tag_sign
from workbench.tui.widgets.article_rows import OPEN, date_shown, source_of
from workbench.tui.widgets.bars import MUTED, one_line
from workbench.tui.widgets.cell_grid import Shape

CURRENT = "bold $primary"
"""How the heads of the row and the column that the cursor is in are drawn."""
_COLUMN = 28
"""Cells that a column gets at least, where there are so many."""
_WIDEST_COLUMN = 60
_SIDES = range(13, 29)
"""Cells that the heads of rows may have."""
_SIDE_SHARE = 0.22
_FLAT = 9
"""Lines below which the heads of columns are titles alone."""
_MARGIN = 3
"""Cells of a cell before its words."""
_MOST_LINES = 10


@dataclass(slots=True)
class QuoteTable:
    """Tags as rows, articles as columns, the passages of each pair in its cell.

    Attributes:
        opened: ids of the articles that lie open in the reading room.
        turned: how far the quotes of a cell were turned on, by (tag id, article id).
    """

    found: SideBySide
    articles: Sequence[Article]
    tags: Sequence[Tag]
    opened: frozenset[str] = frozenset()
    turned: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """One a tag."""
        return len(self.tags)

    @property
    def columns(self) -> int:
        """One an article."""
        return len(self.articles)

    def tag(self, row: int) -> Tag:
        """The tag that a row is about."""
        return self.tags[row]

    def passages(self, row: int, column: int) -> Sequence[Passage]:
        """What stands in a cell, in text order."""
        return self.found.passages(self.tag(row).id, self.articles[column].id)

    def shown(self, row: int, column: int) -> tuple[int, Passage] | None:
        """The passage of a cell that is to be seen, and which of them it is, from 0; None for none."""
        there = self.passages(row, column)
        if not there:
            return None
        at = self.turned.get((self.tag(row).id, self.articles[column].id), 0) % len(there)
        return at, there[at]

    # Drawing

    def shape(self, width: int, height: int) -> Shape:
        """As many columns as can be read beside each other, rows as high as shows all of them, or a few."""
        side = min(max(int(width * _SIDE_SHARE), _SIDES.start), _SIDES.stop - 1)
        room = max(width - side, 2)
        beside = max(min(room // _COLUMN, self.columns), 1)
        head = 1 if height < _FLAT else 2
        lines = (height - head - 1) // max(self.rows, 1) - 1
        least = 4 if height > 24 else 2
        return Shape(
            side, min(room // beside, _WIDEST_COLUMN), head, min(max(lines, least), self.highest), True
        )

    @property
    def highest(self) -> int:
        """The most lines that a row gets."""
        return 5

    def corner(self, shape: Shape) -> Content:
        """Nothing: the heads say what they are."""
        return Content("")

    def column_head(self, column: int, shape: Shape, current: bool) -> Content:
        """The title over source, date and how many tagged passages there are; a dot marks an open article."""
        one = self.articles[column]
        mark = Content.styled(f" {OPEN} " if one.id in self.opened else "   ", "$primary")
        title = one_line(one.label).stylize(CURRENT if current else "bold")
        count = f"{self.found.matrix.of_article.get(one.id, 0):,}q"
        facts = " · ".join(fact for fact in (source_of(one), date_shown(one).strip(), count) if fact)
        return Content.assemble(mark, title, "\n   ", one_line(facts).stylize(MUTED))

    def row_head(self, row: int, shape: Shape, current: bool) -> Content:
        """The tag's name, and how many passages there are in how many articles."""
        tag, width = self.tag(row), shape.side - _MARGIN - 1
        has = [self.passages(row, column) for column in range(self.columns)]
        passages, articles = sum(map(len, has)), sum(map(bool, has))
        name = wrapped(tag.name, width, shape.row)
        lines = [line.stylize(CURRENT if current else "bold") for line in name]
        facts = f"{passages:,} in {counted(articles, 'article')}"
        lines.append(Content.styled(facts if len(facts) <= width else f"{passages:,} in {articles:,}", MUTED))
        sign = Content.assemble(" ", tag_sign(tag), " ")
        return Content("\n").join([sign + lines[0], *(Content("   ") + line for line in lines[1:])])

    def cell(self, row: int, column: int, shape: Shape) -> Content:
        """The quote beside the tag's stripe, cut to the cell, and which of several it is."""
        shown = self.shown(row, column)
        if shown is None:
            return Content.styled("   ·\n   no passage yet", MUTED)
        at, passage = shown
        several = len(self.passages(row, column))
        which = f"{at + 1}/{several} " if several > 1 else ""
        first, *others = wrapped(which + passage.quote, shape.column - _MARGIN - 2, shape.row)
        lines = [first.stylize(f"bold {MUTED}", 0, len(which)), *others]
        tag = self.tag(row)
        stripe = Content.styled(" ┇ " if is_dashed(tag.color) else " ┃ ", tag_ink(tag.color))
        return Content("\n").join(stripe + line for line in lines)


class PassageTable(QuoteTable):
    """One tag: its passages in each article below each other."""

    @property
    def rows(self) -> int:
        """As many as the article with most of them has."""
        tag = self.tags[0].id
        return max((len(self.found.passages(tag, one.id)) for one in self.articles), default=0)

    @property
    def highest(self) -> int:
        """Room to read a passage."""
        return _MOST_LINES

    def tag(self, row: int) -> Tag:
        """The tag that the table is about."""
        return self.tags[0]

    def passages(self, row: int, column: int) -> Sequence[Passage]:
        """The passage of that number, if there is one."""
        return self.found.passages(self.tags[0].id, self.articles[column].id)[row : row + 1]

    def corner(self, shape: Shape) -> Content:
        """Names the tag."""
        tag = self.tags[0]
        return Content.assemble(" ", tag_sign(tag), " ", one_line(tag.name).stylize("bold"))

    def row_head(self, row: int, shape: Shape, current: bool) -> Content:
        """The number of the passage in its article."""
        has = sum(bool(self.passages(row, column)) for column in range(self.columns))
        number = Content.styled(f"   {row + 1}", CURRENT if current else "bold")
        return number + Content.styled(f"\n   {counted(has, 'article')}", MUTED)

    def cell(self, row: int, column: int, shape: Shape) -> Content:
        """The quote; nothing is said where an article has fewer."""
        return super().cell(row, column, shape) if self.passages(row, column) or not row else Content("")


def wrapped(text: str, width: int, lines: int) -> list[Content]:
    """The first lines of a text, wrapped; the last one ends in … where more would follow. At least one."""
    flat = inert(" ".join(text[: width * (lines + 1) * 2].split()))
    rows = wrap(flat, width)
    spans = [rows.span(row) for row in range(min(rows.rows, lines))]
    shown = [Content(flat[start:end]) for start, end in spans]
    if rows.rows > lines:
        shown[-1] = Content(flat[spans[-1][0] :]).truncate(max(width, 1), ellipsis=True)
    return shown
