"""The library: all articles, a preview of one, a line that filters them. The first screen.

What a key opens is imported when it is pressed: the first paint waits for everything named at the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from workbench.text.inert import inert
from workbench.tui.command import Command
from workbench.tui.commands import hint, key
from workbench.tui.desk import PANES
from workbench.tui.library_contents import LibraryContents, read_contents
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.widgets.article_preview import OPENING, ArticleFacts, ArticlePreview
from workbench.tui.widgets.article_rows import RowState, heading, row
from workbench.tui.widgets.bars import MUTED, UNDECIDED, UNDO, WAY_TO_DECIDE, Bar
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.name_strip import NameStrip
from workbench.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from workbench.model import Article

FILTER_IN_JOB = 5_000
"""Articles from which on the filter works in the project's thread."""
PLACEHOLDERS = (
    "type to filter: words, @source, #tag, >2023-12 · / again searches the texts",
    "type to filter: words, @source, #tag · / again searches the texts",
    "type to filter · / again searches the texts",
    "filter · / searches texts",
)
"""What the empty filter line says, the longest that fits."""
NO_ARTICLES = "No articles yet: {library.import} imports files and folders"
NONE_FITS = "No article fits: {filter.open} searches the texts for it, {filter.clear} clears the filter"
LEGEND = "● open   ○ unread   ? proposed, not confirmed"


class FilterLine(NarrowingInput):
    """The line to type into. `/` into an empty one asks for the search."""

    context = "filter"

    def on_resize(self) -> None:
        """Says as much of what can be typed as there is room for."""
        width = self.content_size.width
        self.placeholder = next((words for words in PLACEHOLDERS if len(words) < width), PLACEHOLDERS[-1])

    class SearchWanted(Message):
        """`/` was typed twice."""

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "/" and not self.value:
            event.prevent_default()
            event.stop()
            self.post_message(self.SearchWanted())


class LibraryScreen(WorkbenchScreen):
    """The list of articles. Marks and the filter last as long as the screen."""

    context = "library"
    contexts = ("filter",)
    AUTO_FOCUS = "#articles LineList"
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (100, "-beside")]  # noqa: RUF012 - Textual's type
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._contents = LibraryContents()
        self._is_read = False
        self._marked: list[str] = []
        self._show_first: str | None = None

    def compose_body(self) -> ComposeResult:
        """List and preview, and below them what the signs mean; above them, at first, whose name signs."""
        yield NameStrip()
        with Container(id="library"):
            yield Pane(
                Horizontal(
                    Static("/", markup=False),
                    FilterLine(select_on_focus=True),
                    classes="query-line",
                ),
                Static(id="columns", markup=False),
                LineList(self._row, key=lambda article: article.id, empty="Opening…"),
                heading="Articles",
                id="articles",
            )
            yield ArticlePreview()
        yield Bar(id="legend")

    def on_mount(self) -> None:
        """Reads the project."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again, when the screen is seen."""
        self._is_read = False
        self.query_one(NameStrip).note_change(opened=message.opened)
        if message.opened:
            self._marked.clear()
            self.query_one(FilterLine).value = ""
        if self.is_current:
            self._read()

    def on_screen_resume(self) -> None:
        """Shows what changed while another screen covered this one."""
        if self.is_mounted and not self._is_read:
            self._read()
        elif self.is_mounted:
            self._rows.refresh_rows()
            self._show_legend()

    @on(LineList.Resized)
    def _fit(self) -> None:
        rows = self._rows
        self.query_one("#columns", Static).update(heading(max(rows.scrollable_content_region.width - 1, 1)))
        self.query_one(ArticlePreview).set_flat(self.has_class("-stacked"))
        self._show_legend()

    # What is shown

    def _read(self) -> None:
        self._is_read = True
        self.job(lambda: read_contents(self.project), self._show, group="library", label="Reading")

    def _show(self, contents: LibraryContents) -> None:
        self._contents = contents
        there = {article.id for article in contents.articles}
        self._marked = [article for article in self._marked if article in there]
        self._rows.empty = NONE_FITS if there else NO_ARTICLES
        self.show_place("Library", contents.totals())
        self.query_one(NameStrip).show_name(contents.unchosen_name)
        self._filter()

    def _filter(self, *, from_top: bool = False) -> None:
        typed, contents = self.query_one(FilterLine).value, self._contents

        def done(found: Sequence[Article]) -> None:
            at = next((at for at, article in enumerate(found) if article.id == self._show_first), None)
            if at is not None:
                self._show_first = None
            self._rows.set_rows(found, cursor=0 if from_top else at)
            self._show_counts()
            self._fit()
            self.workbench.begun.set()

        if len(contents.articles) <= FILTER_IN_JOB:
            done(contents.matching(typed))
        else:
            self.job(lambda: contents.matching(typed), done, group="filter", label="Filtering")

    def _show_counts(self) -> None:
        total, shown = len(self._contents.articles), len(self._rows.rows)
        undated = any(not article.published for article in self._contents.articles)
        order = "newest first, undated last" if undated else "newest first"
        self.query_one("#articles", Pane).set_heading("Articles", f"{order} · {shown:,} of {total:,}")
        self.show_keys()

    def _show_legend(self) -> None:
        if self._marked:
            how = "it" if len(self._marked) == 1 else "them side by side"
            left = f"{len(self._marked)} marked: {key('library.open')} reads {how}"
            right = hint("{app.back} unmarks")
        else:
            left, right = LEGEND, hint("{library.mark} marks several to open")
            if self._contents.disputed:
                left, right = f"{LEGEND}   {UNDECIDED} {hint(WAY_TO_DECIDE)}", ""
        self.query_one("#legend", Bar).show(Content.styled(left, MUTED), Content.styled(right, MUTED))

    def _row(self, article: Article, width: int) -> Content:
        desk, rows = self.workbench.desk, self._rows
        at_cursor = rows.rows[rows.cursor] is article
        state = RowState(
            desk.progress(article.id), article.id in desk.panes, article.id in self._marked, at_cursor,
            article.id in self._contents.disputed,
        )  # fmt: skip
        return row(article, state, width)

    @on(LineList.Highlighted)
    def _came_to(self) -> None:
        article, contents = self._rows.current, self._contents
        preview = self.query_one(ArticlePreview)
        if article is None:
            preview.show(None)
            return
        facts = ArticleFacts(
            article, contents.tags_on(article.id), list(contents.notes.get(article.id, {}).items())
        )
        # Drawn once, with the text: drawing it twice would write twice as much at every key press.
        self.job(
            lambda: self.project.text(article.id)[:OPENING],
            lambda opening: preview.show(facts, opening),
            failed=lambda error: preview.show(facts),
            group="preview",
        )

    # Keys

    def available_commands(self) -> list[Command]:
        """Enter says what it does: with what is marked, or where no article fits the filter."""
        found = super().available_commands()
        titles = {}
        if self._none_fits:
            titles = dict.fromkeys(("library.open", "filter.open"), "search the texts")
        if self._marked:
            titles["library.open"] = f"read {len(self._marked)} marked"
        return [replace(one, title=titles.get(one.id, one.title)) for one in found]

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs an article needs one under the cursor."""
        needs_one = ("library.open", "library.beside", "library.mark", "library.details", "library.read",
                     "library.delete", "library.confirm")  # fmt: skip
        article = self._rows.current
        if command_id == "library.open" and self._none_fits:
            return None
        if command_id in needs_one and article is None:
            return hint(self._rows.empty)
        if command_id == "library.confirm" and article and not article.proposed:
            return "Nothing is proposed for this article"
        return super().disabled_reason(command_id)

    @on(LineList.Selected)
    def action_open(self) -> None:
        """Reads the marked articles side by side, or the one under the cursor.

        Where no article fits the filter, its words are searched for in the texts.
        """
        if self._marked and self.active_context == "library":
            marked = self._marked.copy()
            self._unmark()
            self.workbench.open_articles(marked)
        elif article := self._rows.current:
            self._rows.focus()
            self.workbench.open_article(article.id)
        elif self._none_fits:
            self.workbench.desk.query = self.query_one(FilterLine).value
            self._search()

    def action_open_beside(self) -> None:
        """Opens the article under the cursor beside those that are open."""
        if article := self._rows.current:
            self.workbench.open_article(article.id, beside=True)

    def action_mark(self) -> None:
        """Marks an article to be opened with others, at most four."""
        article = self._rows.current
        if article is None:
            return
        if article.id in self._marked:
            self._marked.remove(article.id)
        elif len(self._marked) < PANES:
            self._marked.append(article.id)
        else:
            self.show_status(f"At most {PANES} articles are read side by side")
        self._marks_changed()

    def _unmark(self) -> None:
        self._marked.clear()
        self._marks_changed()

    def _marks_changed(self) -> None:
        self._rows.refresh_rows()
        self._show_legend()
        self.show_keys()

    def action_back(self) -> None:
        """Escape stops a job that can be stopped, else takes back the marks, else the filter."""
        if self.workbench.jobs.cancel():
            self.show_status("Stopping…")
        elif self._marked:
            self._unmark()
        elif self.query_one(FilterLine).value:
            self.action_clear_filter()

    def subject(self) -> tuple[str, str, str] | None:
        """The article under the cursor."""
        article = self._rows.current
        return ("article", article.id, article.label) if article else None

    def action_filter(self) -> None:
        """Goes to the filter line."""
        self.query_one(FilterLine).focus()

    def action_clear_filter(self) -> None:
        """Shows all articles again; the cursor stays with its article."""
        self.query_one(FilterLine).value = ""
        self._rows.focus()

    def action_leave_filter(self) -> None:
        """Goes to the list, which stays filtered."""
        self._rows.focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_open()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._filter(from_top=bool(event.value))

    @on(FilterLine.SearchWanted)
    def _search(self) -> None:
        self._rows.focus()
        self.workbench.goto("search")

    def action_mark_read(self) -> None:
        """Marks the marked articles, or the one under the cursor, read; or unread if they are."""
        articles = self._chosen()
        desk = self.workbench.desk
        read = any(desk.progress(article.id) < 1 for article in articles)
        for article in articles:
            desk.set_read(article.id, read)
        desk.save()
        self._rows.refresh_rows()
        said = f"Marked {_named(articles)} {'read' if read else 'unread'}"
        self.show_status(said, "{library.read} marks back")

    def action_details(self) -> None:
        """Opens the form of what is known of the article."""
        from workbench.tui.screens.details import edit_details

        if article := self._rows.current:
            edit_details(self, article)

    def action_confirm(self) -> None:
        """Confirms what the program proposed for the article."""
        from workbench.tui.screens.details import confirm_proposed

        if article := self._rows.current:
            confirm_proposed(self, article)

    def action_import(self) -> None:
        """Asks what to import; the cursor then goes to the first article that came in."""
        from workbench.tui.screens.importing import import_articles

        import_articles(self, self._imported)

    def _imported(self, first: str | None) -> None:
        self._show_first = first
        self.query_one(FilterLine).value = ""

    def action_delete(self) -> None:
        """Deletes the article under the cursor. Undo brings it back with all that hangs on it."""
        article = self._rows.current
        if article is None:
            return

        def done(_: None) -> None:
            self.toast(f"Deleted {_named([article])}", UNDO)
            self.workbench.post_project_changed()

        self.job(lambda: self.project.delete_article(article.id), done, label="Deleting")

    def action_export(self) -> None:
        """Opens the export."""
        from workbench.tui.screens.export import ExportScreen

        article = self._rows.current
        self.app.push_screen(ExportScreen(article=article.id if article else None, whole_first=True))

    def _chosen(self) -> list[Article]:
        if not self._marked:
            return [article for article in (self._rows.current,) if article]
        return [article for article in self._contents.articles if article.id in self._marked]

    @property
    def _none_fits(self) -> bool:
        """Whether there are articles, but the filter lets none through."""
        return self.is_mounted and bool(self._contents.articles) and not self._rows.rows

    @property
    def _rows(self) -> LineList[Article]:
        return self.query_one("#articles LineList", LineList)


def _named(articles: Sequence[Article]) -> str:
    if len(articles) != 1:
        return f"{len(articles)} articles"
    label = inert(articles[0].label)
    return f"“{label if len(label) <= 40 else label[:39].rstrip() + '…'}”"
