"""Articles like one article, the likest first; near-duplicates are called so."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from workbench.model import Article, SimilarArticle, SimilarArticles
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.search import BREAKPOINTS, HEIGHTS
from workbench.tui.screens.search_asking import AGAIN
from workbench.tui.screens.similar import heading
from workbench.tui.surroundings import NOTHING, Surroundings, view
from workbench.tui.widgets.bars import MUTED, hinted, one_line, spread
from workbench.tui.widgets.hit_list import TWO_LINES_FROM
from workbench.tui.widgets.index_bar import IndexBar
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.preview import Preview

LIMIT = 50
"""Most articles that are listed."""
NONE = "No other article shares its rare words: {library.import} in the library imports more"
NONE_YET = "None yet: the search index is being built"
_STYLES = {"near-duplicate": "bold $warning", "shares passages": "$success", "similar": MUTED}


@dataclass(frozen=True, slots=True)
class Listed:
    """The articles with what is known of them."""

    found: SimilarArticles
    around: Surroundings


class ArticleList(LineList[SimilarArticle]):
    """Two lines an article where there is the height for it, else one."""

    def on_resize(self) -> None:
        """Fits the rows to the height."""
        self.row_height = 2 if self.size.height >= TWO_LINES_FROM else 1


class SimilarArticlesScreen(WorkbenchScreen):
    """The articles like one, with a preview."""

    context = "alike"
    AUTO_FOCUS = "#rows"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, article: str, label: str) -> None:
        """Makes the screen for the article of this id, which goes by `label`."""
        super().__init__()
        self._article, self._label = article, label
        self._around = NOTHING
        self._asked = 0
        self._again: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The list and the preview."""
        rows = ArticleList(self._draw, key=lambda one: one.article_id, row_height=2, id="rows")
        yield IndexBar()
        with Container(id="found"):
            yield Pane(Static(id="nothing", markup=False), rows, heading="Similar articles", id="hits")
            yield Preview(id="preview")

    def on_mount(self) -> None:
        """Asks."""
        self.show_place(f"Similar articles ▸ {inert(self._label)}")
        self._ask()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Asks again; another project has other articles."""
        if message.opened:
            self.dismiss()
        else:
            self._ask()

    def on_unmount(self) -> None:
        """Whoever is still looking stops."""
        self._asked += 1

    def _ask(self) -> None:
        self._asked += 1
        asked = self._asked
        if self._again:
            self._again.stop()

        def work() -> Listed:
            found = self.project.similar_articles(
                self._article, limit=LIMIT, cancelled=lambda: self._asked != asked, partial=True
            )
            names = {one.article_id for one in found.articles}
            articles = {one.id: one for one in self.project.articles(names)}
            return Listed(found, Surroundings(articles, {}, {}))

        self.job(work, self._show, group="alike", label="Comparing")

    def _show(self, listed: Listed) -> None:
        self._around, found = listed.around, listed.found
        self.query_one(IndexBar).show_progress(found.indexed, found.to_index)
        is_whole = found.indexed == found.to_index
        if not is_whole:
            self._again = self.set_timer(AGAIN, self._ask)
        rows = [one for one in found.articles if one.article_id in listed.around.articles]
        copies = sum(one.label == "near-duplicate" for one in rows)
        facts = counted(copies, "near-duplicate") if copies else "best first"
        self.query_one("#hits", Pane).set_heading(f"Like {self._label}", facts if rows else "")
        self.set_class(not rows, "-empty")
        self.query_one("#nothing", Static).update(hinted(NONE if is_whole else NONE_YET))
        self._rows.set_rows(rows, cursor=0 if self._rows.is_at_first else None)
        self.show_keys()

    def _draw(self, one: SimilarArticle, width: int) -> Content:
        article = self._around.articles[one.article_id]
        share = f" {one.share:.0%}" if one.label != "similar" else ""
        label = Content.styled(f"{one.label}{share}", _STYLES[one.label])
        title = one_line(heading(article))
        if self._rows.row_height == 1:
            return spread(Content.assemble(" ", title), label, width)
        below = spread(one_line(" · ".join(one.shared)).stylize(MUTED), label, max(width - 3, 1))
        return Content.assemble(" ", title.truncate(max(width - 1, 1), ellipsis=True), "\n   ", below)

    @on(LineList.Highlighted, "#rows")
    def _came_to(self, event: LineList.Highlighted) -> None:
        event.stop()
        article = self._chosen_article
        if article is None:
            self.query_one(Preview).clear()
            return
        self.query_one(Preview).show(view(article, None, self._around), lambda: self.project.text(article.id))

    @on(LineList.Selected, "#rows")
    def _selected(self) -> None:
        self.action_open_beside()

    # What keys do

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs an article needs one."""
        if command_id.startswith(("alike.", "similar.")) and self._rows.current is None:
            return "No article is listed"
        return super().disabled_reason(command_id)

    def subject(self) -> tuple[str, str, str] | None:
        """The article under the cursor."""
        article = self._chosen_article
        return ("article", article.id, article.label) if article else None

    def action_open_beside(self) -> None:
        """Opens the article beside the one that it is like."""
        if article := self._chosen_article:
            self.workbench.open_pair((self._article, None), (article.id, None))

    @property
    def _chosen_article(self) -> Article | None:
        one = self._rows.current
        return self._around.articles.get(one.article_id) if one else None

    @property
    def _rows(self) -> ArticleList:
        return self.query_one(ArticleList)
