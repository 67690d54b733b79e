"""All passages of a tag and of the tags below it, over all articles or in one, with a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from workbench.errors import NotFoundError
from workbench.model import Article, Passage, Tag
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.annotating import PassageActions, tag_label
from workbench.tui.desk import Found
from workbench.tui.library_filter import library_order
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.search import BREAKPOINTS, HEIGHTS
from workbench.tui.surroundings import NOTHING, Surroundings, view
from workbench.tui.targets import Target
from workbench.tui.widgets.bars import MUTED, hinted, one_line, quoted, spread
from workbench.tui.widgets.hit_list import ExcerptList, excerpt, tag_codes
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.preview import Preview

_INDENT = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """What the screen shows: the tag (None: there is none any more), its passages in order of the list."""

    tag: Tag | None
    passages: tuple[Passage, ...]
    around: Surroundings


class TagPassagesScreen(PassageActions):
    """The passages of a tag, grouped by article, the newest article first."""

    context = "passages"
    AUTO_FOCUS = "#rows"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, tag: str, article: str | None = None) -> None:
        """Makes the screen for the tag with this id, over all articles or in the one with that id."""
        super().__init__()
        self._tag_id = tag
        self._article_id = article
        self._listed = Listed(None, (), NOTHING)

    def compose_body(self) -> ComposeResult:
        """The list and the preview."""
        rows: ExcerptList[Passage] = ExcerptList(self._draw, lambda passage: passage.id, id="rows")
        with Container(id="found"):
            yield Pane(Static(id="nothing", markup=False), rows, heading="Passages", id="passages")
            yield Preview(id="preview")

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
        def work() -> Listed:
            around = Surroundings.read(self.project)
            try:
                tag = self.project.tag(self._tag_id)
            except NotFoundError:
                return Listed(None, (), around)
            passages = self.project.passages(tag=tag.id, article=self._article_id)
            return Listed(tag, tuple(_by_article(passages, around)), around)

        self.job(work, self._show, group="passages", label="Reading")

    def _show(self, listed: Listed) -> None:
        self._listed = listed
        name = inert(listed.tag.name) if listed.tag else "a tag that is gone"
        of = len(listed.passages)
        articles = len({passage.article for passage in listed.passages})
        facts = f"{counted(of, 'passage')} · {counted(articles, 'article')}"
        article = self._listed.around.articles.get(self._article_id or "")
        within = f" in {quoted(article.label, 32)}" if article else ""
        self.show_place(f"Tags ▸ {name}{within}", facts)
        self.query_one("#passages", Pane).set_heading(name, str(of) if of else "")
        self.set_class(not of, "-empty")
        self.query_one("#nothing", Static).update(self._advice())
        self._rows.set_rows(self._grouped())
        self.show_keys()

    def _advice(self) -> Content:
        if self._listed.tag is None:
            return hinted("This tag is gone: {app.undo} brings it back if it was deleted just now")
        return hinted("No passage carries this tag: {passage.tag} in the reading room tags what is selected")

    def _grouped(self) -> list[Passage | str]:
        """The passages under a heading for each article."""
        rows: list[Passage | str] = []
        last = None
        for passage in self._listed.passages:
            if passage.article != last:
                last = passage.article
                rows.append(_heading(self._listed.around.articles[last]))
            rows.append(passage)
        return rows

    def _draw(self, passage: Passage, width: int) -> Content:
        sign = Content.styled(" “ ", MUTED)
        if self._rows.row_height == 1:
            codes = tag_codes(passage.tags)
            room = max(width - _INDENT - codes.cell_length - 2, 1)
            return spread(sign.append(excerpt(passage.quote, (), room)), codes, width)
        tags = Content("  ").join([tag_label(tag) for tag in passage.tags])
        said = one_line(inert(passage.comments[0].body)).stylize(MUTED) if passage.comments else Content("")
        mark = Content.styled("  » " if said else "", MUTED)
        below = Content.assemble(" " * _INDENT, tags, mark, said)
        return Content.assemble(sign, excerpt(passage.quote, (), width - _INDENT), "\n", below)

    @on(LineList.Highlighted, "#rows")
    def _came_to(self, event: LineList.Highlighted) -> None:
        event.stop()
        passage = self._rows.chosen
        article = self._listed.around.articles.get(passage.article) if passage else None
        if passage is None or article is None:
            self.query_one(Preview).clear()
            return
        shown = view(article, (passage.start, passage.end), self._listed.around)
        self.query_one(Preview).show(shown, lambda: self.project.text(article.id))

    @on(LineList.Selected, "#rows")
    def _chosen(self) -> None:
        self.action_open()

    # What keys do

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a passage needs one."""
        if command_id.startswith(("passage.", "hits.")) and self._rows.chosen is None:
            return "No passage is listed"
        return super().disabled_reason(command_id)

    def target(self) -> Target | None:
        """The passage under the cursor."""
        passage = self._rows.chosen
        article = self._listed.around.articles.get(passage.article) if passage else None
        return Target(article, passage.start, passage.end, passage.quote) if passage and article else None

    def passages_here(self) -> Sequence[Passage]:
        """The passage under the cursor."""
        return [self._rows.chosen] if self._rows.chosen else []

    def action_untag(self) -> None:
        """`d`: takes the tag of this screen off the passage, or one below it; a choice of several."""
        passage, top = self._rows.chosen, self._listed.tag
        if passage is None or top is None:
            return
        tags = [tag for tag in passage.tags if tag.id == top.id or tag.name.startswith(f"{top.name}/")]
        if not tags:
            self.show_status("It carries this tag no more")
        self._one_of(tags, "Remove which tag?", self._tag, lambda tag: self.remove_tag(passage, tag))

    def action_open(self) -> None:
        """Opens the passage in the reading room, where `n` and `N` go on to the others."""
        self._open(beside=False)

    def action_open_beside(self) -> None:
        """Opens it beside what is open."""
        self._open(beside=True)

    def _open(self, *, beside: bool) -> None:
        if passage := self._rows.chosen:
            self.workbench.hits = [Found(one.article, one.start, one.end) for one in self._listed.passages]
            self.workbench.open_article(passage.article, (passage.start, passage.end), beside=beside)

    @property
    def _rows(self) -> ExcerptList[Passage]:
        return self.query_one("#rows", ExcerptList)


def _by_article(passages: Sequence[Passage], around: Surroundings) -> list[Passage]:
    """The passages in the library's order of articles, in text order within each."""
    place = {article.id: at for at, article in enumerate(library_order(around.articles.values()))}
    return sorted(passages, key=lambda passage: place.get(passage.article, len(place)))


def _heading(article: Article) -> str:
    return f"{article.publisher} · {article.label}" if article.publisher else article.label
