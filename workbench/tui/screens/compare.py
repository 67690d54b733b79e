"""Compare on a tag: articles beside each other, with what each says to each tag, or to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content

from workbench.model import Article, Passage, Tag
from workbench.text.counting import counted
from workbench.tui.annotating import PassageActions, tag_label
from workbench.tui.commands import hint, key
from workbench.tui.desk import Found
from workbench.tui.matrix_order import Order
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.grid_screen import HEIGHTS, GridScreen
from workbench.tui.side_by_side import NOTHING, SideBySide
from workbench.tui.targets import Target
from workbench.tui.widgets.bars import MUTED, Bar, one_line, quoted
from workbench.tui.widgets.cell_grid import CellGrid
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.quote_table import PassageTable, QuoteTable

EMPTY = "Nothing is tagged yet: {passage.tag} in the reading room tags a sentence"
NONE_HERE = "No passage of this article carries this tag"


class CompareScreen(GridScreen, PassageActions):
    """Tags × articles, those open in the reading room first; or one tag's passages × articles."""

    context = "compare"
    CSS_PATH = "grid.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, tag: str | None = None, article: str | None = None) -> None:
        """Begins on the cell of a tag and an article (by id); articles with that tag stand before others."""
        super().__init__()
        self.order = Order(articles="count", tag=tag) if tag else Order()
        self._found = NOTHING
        self._about: str | None = None
        self._heading = "Compare"
        self._wanted: tuple[str | None, str | None] | None = (tag, article)
        self._turned: dict[tuple[str, str], int] = {}

    def compose_body(self) -> ComposeResult:
        """The table, over the line that says what is under the cursor."""
        yield Pane(CellGrid(), heading="Compare")
        yield Bar(id="peek")

    def on_mount(self) -> None:
        """Reads the passages."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads them again; another project has other tags."""
        if message.opened:
            self.dismiss()
        else:
            self._read()

    def _read(self) -> None:
        self.job(lambda: SideBySide.read(self.project), self._show, group="compare", label="Comparing")

    def _show(self, found: SideBySide) -> None:
        self._found = found
        self.grid.empty = EMPTY
        self.lay_out()

    def lay_out(self) -> None:
        """Lays the table out in `order`: all tags, or the one that was asked for."""
        tag, article = self._cursor()
        found = replace(self._found, matrix=self.order.of(self._found.matrix))
        tags = found.tags()
        about = [one for one in tags if one.id == self._about]
        opened = self.workbench.desk.panes
        columns = found.columns(opened, self._about if about else None)
        kind = PassageTable if about else QuoteTable
        table = kind(found, columns, about or tags, frozenset(opened), self._turned)
        row = self.grid.row if about else _index(tags, tag)
        self.grid.show(table, row, _index(columns, article))
        what = f"{about[0].name}: passages × articles" if about else "Tags × articles"
        self._heading = what
        place = f"Compare ▸ {about[0].name}" if about else "Compare"
        self.show_place(place, f"{counted(len(tags), 'tag')} · {counted(len(columns), 'article')}")
        self.show_cell()

    def _cursor(self) -> tuple[str | None, str | None]:
        """Ids of the tag and the article that the cursor is on, or is to begin on."""
        wanted, self._wanted = self._wanted, None
        if wanted:
            return wanted
        tag, article = self.tag_here(), self.article_here()
        return tag.id if tag else None, article.id if article else None

    # What the cursor is on

    @property
    def _table(self) -> QuoteTable | None:
        """What is shown, if it has any cells."""
        table = self.grid.table
        return table if isinstance(table, QuoteTable) and table.rows and table.columns else None

    def tag_here(self) -> Tag | None:
        """The tag of the row."""
        return self._table.tag(self.grid.row) if self._table else None

    def article_here(self) -> Article | None:
        """The article of the column."""
        return self._table.articles[self.grid.column] if self._table else None

    def is_filled(self, row: int, column: int) -> bool:
        """Whether the article has a passage there."""
        return bool(self._table and self._table.passages(row, column))

    @property
    def _passage(self) -> Passage | None:
        shown = self._table.shown(self.grid.row, self.grid.column) if self._table else None
        return shown[1] if shown else None

    def show_cell(self) -> None:
        """Names the passage under the table, and the columns over it."""
        seen = self.columns_seen()
        ways = f"{key('grid.sort')} sort · {key('compare.pivot')} pivot"
        self.head(self._heading, f"articles {seen}" if seen else ways)
        self.query_one("#peek", Bar).show(*self._peek())
        self.show_keys()

    def _peek(self) -> tuple[Content, Content]:
        passage, article = self._passage, self.article_here()
        if article is None:
            return Content(""), Content("")
        if passage is None:
            return Content(NONE_HERE), one_line(article.label).stylize(MUTED)
        tags = Content("  ").join(tag_label(tag) for tag in passage.tags)
        room = self.size.width
        said = f"  » {quoted(passage.comments[0].body, room)}" if passage.comments else ""
        return Content.assemble(quoted(passage.quote, room // 2 if said else room), (said, MUTED)), tags

    # What keys do

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a passage needs one in the cell."""
        if self._table is None and command_id.startswith(("passage.", "compare.", "grid.", "export")):
            return hint(EMPTY)
        if command_id == "passage.of_tag":  # of the row, whatever the cell holds
            return None
        if command_id.startswith(("passage.", "compare.open")) and self._passage is None:
            return NONE_HERE
        return super().disabled_reason(command_id)

    def target(self) -> Target | None:
        """The passage that the cell shows."""
        passage, article = self._passage, self.article_here()
        return Target(article, passage.start, passage.end, passage.quote) if passage and article else None

    def passages_here(self) -> Sequence[Passage]:
        """The passage that the cell shows."""
        return [self._passage] if self._passage else []

    def action_open(self) -> None:
        """Opens the passage beside what is open; `n` and `N` go on to the others of the row there."""
        table, passage = self._table, self._passage
        if table is None or passage is None:
            return
        row = [one for column in range(table.columns) for one in table.passages(self.grid.row, column)]
        self.workbench.hits = [Found(one.article, one.start, one.end) for one in row]
        self.workbench.open_article(passage.article, (passage.start, passage.end), beside=True)

    def action_pivot(self) -> None:
        """`p`: the passages of this tag below each other, or all tags again."""
        tag = self.tag_here()
        self._about = None if self._about else tag.id if tag else None
        if self._about:
            self.grid.row = 0
        self.lay_out()

    def action_turn(self) -> None:
        """Space: the next quote of a cell that has several."""
        tag, article, table = self.tag_here(), self.article_here(), self._table
        if tag is None or article is None or table is None:
            return
        if len(table.passages(self.grid.row, self.grid.column)) < 2:
            self.show_status("There is one quote here" if self._passage else NONE_HERE)
            return
        self._turned[tag.id, article.id] = self._turned.get((tag.id, article.id), 0) + 1
        self.grid.redraw()
        self.show_cell()

    def action_of_tag(self) -> None:
        """`T`: all passages of the row's tag."""
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        if tag := self.tag_here():
            self.app.push_screen(TagPassagesScreen(tag.id))

    def action_export(self) -> None:
        """`x`: exports the tag's passages, or the project."""
        from workbench.tui.screens.export import ExportScreen

        tag = self.tag_here()
        self.app.push_screen(ExportScreen(tag=tag.id if tag else None))


def _index(things: Iterable[Tag | Article], wanted: str | None) -> int:
    """Where a thing (by id) stands; 0 where it does not."""
    return next((at for at, one in enumerate(things) if one.id == wanted), 0)
