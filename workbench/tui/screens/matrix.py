"""The matrix: how many passages of each article carry each tag, as a heat grid."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from workbench.matrix import TagMatrix
from workbench.model import Article, Tag
from workbench.text.counting import counted
from workbench.tui.annotating import tag_label
from workbench.tui.commands import hint, key
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.grid_screen import HEIGHTS, GridScreen
from workbench.tui.widgets.article_rows import date_shown, source_of
from workbench.tui.widgets.bars import MUTED, Bar, one_line
from workbench.tui.widgets.cell_grid import CellGrid
from workbench.tui.widgets.heat_table import HeatTable
from workbench.tui.widgets.pane import Pane

EMPTY = "Nothing is tagged yet: {passage.tag} in the reading room tags a sentence"
COUNTING = "a tag counts those below it"
NEEDING = frozenset({"compare", "passage.of_tag", "matrix.open", "matrix.article", "grid.sort", "export"})
"""Commands that need a cell."""


class MatrixScreen(GridScreen):
    """Articles × tags."""

    context = "matrix"
    articles_are_rows = True
    CSS_PATH = "grid.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self) -> None:
        super().__init__()
        self._found = TagMatrix((), (), {}, {})
        self._whole = False

    def compose_body(self) -> ComposeResult:
        """The grid, over the line that says what is under the cursor."""
        yield Pane(CellGrid(rule=" "), heading="Matrix")
        yield Bar(id="peek")

    def on_mount(self) -> None:
        """Counts."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Counts again."""
        self._read()

    def _read(self) -> None:
        self.job(lambda: self.project.tag_matrix(), self._show, group="matrix", label="Counting")

    def _show(self, found: TagMatrix) -> None:
        self._found = found
        self.grid.empty = EMPTY
        self.lay_out()

    def lay_out(self) -> None:
        """Lays the grid out in `order`: what is in use, or everything."""
        tag, article = self.tag_here(), self.article_here()
        shown = self.matrix
        rows = {one.id: at for at, one in enumerate(shown.articles)}
        columns = {one.id: at for at, one in enumerate(shown.tags)}
        row = rows.get(article.id, self.grid.row) if article else 0
        column = columns.get(tag.id, self.grid.column) if tag else 0
        self.grid.show(HeatTable(shown, self.app), row, column)
        sizes = (counted(len(shown.articles), "article"), counted(len(shown.tags), "tag"))
        self.show_place("Matrix", " · ".join((*sizes, counted(shown.passages, "passage"))))
        self.show_cell()

    @property
    def matrix(self) -> TagMatrix:
        """What is shown, in the order it is shown in."""
        ordered = self.order.of(self._found)
        return ordered if self._whole else ordered.in_use()

    # What the cursor is on

    @property
    def _table(self) -> HeatTable | None:
        """What is shown, if it has any cells."""
        table = self.grid.table
        return table if isinstance(table, HeatTable) and table.rows and table.columns else None

    def tag_here(self) -> Tag | None:
        """The tag of the column."""
        return self._table.matrix.tags[self.grid.column] if self._table else None

    def article_here(self) -> Article | None:
        """The article of the row."""
        return self._table.matrix.articles[self.grid.row] if self._table else None

    def is_filled(self, row: int, column: int) -> bool:
        """Whether the article has a passage with the tag."""
        return bool(self._table and self._table.count(row, column))

    def subject(self) -> tuple[str, str, str] | None:
        """The article of the row."""
        article = self.article_here()
        return ("article", article.id, article.label) if article else None

    def show_cell(self) -> None:
        """Names tag and article under the grid, and over it which tags are seen."""
        seen = self.columns_seen()
        facts = f"tags {seen}" if seen else COUNTING
        self.head("Articles × tags", facts)
        tag, article, table = self.tag_here(), self.article_here(), self._table
        line = self.query_one("#peek", Bar)
        if tag is None or article is None or table is None:
            line.show(Content(""), Content(""))
            return
        count = table.count(self.grid.row, self.grid.column)
        facts = " · ".join(fact for fact in (source_of(article), date_shown(article).strip()) if fact)
        name = tag_label(tag).stylize("bold")
        left = Content.assemble(name, "  ", one_line(article.label), "  ", one_line(facts).stylize(MUTED))
        line.show(left, Content(counted(count, "passage") if count else "no passage"))
        self.show_keys()

    # What keys do

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a cell needs one."""
        if self._table is None and command_id in NEEDING:
            return hint(EMPTY)
        if command_id == "matrix.open" and not self.is_filled(self.grid.row, self.grid.column):
            return hint("No passage of this article carries this tag: {matrix.article} opens the article")
        return super().disabled_reason(command_id)

    def action_open(self) -> None:
        """Lists the passages of the article that carry the tag or one below it."""
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        tag, article = self.tag_here(), self.article_here()
        if tag and article:
            self.app.push_screen(TagPassagesScreen(tag.id, article.id))

    def action_of_tag(self) -> None:
        """`T`: the passages of the tag in all articles."""
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        if tag := self.tag_here():
            self.app.push_screen(TagPassagesScreen(tag.id))

    def action_open_article(self) -> None:
        """`o`: opens the article in the reading room."""
        if article := self.article_here():
            self.workbench.open_article(article.id)

    def action_compare(self) -> None:
        """`C`: what the articles say to the tag, side by side."""
        from workbench.tui.screens.compare import CompareScreen

        tag, article = self.tag_here(), self.article_here()
        if tag and article:
            self.app.push_screen(CompareScreen(tag.id, article.id))

    def action_all(self) -> None:
        """`a`: all articles and tags, or those that are in use."""
        self._whole = not self._whole
        self.lay_out()
        self.show_status(
            "All articles and tags" if self._whole else "Articles and tags in use",
            f"{key('matrix.all')} back",
        )

    def action_export(self) -> None:
        """`x`: writes what is shown to a file, as CSV or Markdown."""
        from workbench.tui.screens.matrix_export import MatrixExport

        self.app.push_screen(MatrixExport(self.matrix))
