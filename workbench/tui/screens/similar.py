"""More like this: what the other articles say like a passage, grouped by article, with a preview.

It goes on from any of them: `m` on a hit opens the same screen for it, and escape comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from workbench.model import Article, SimilarAnswer, SimilarHit
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.hit_actions import HitActions
from workbench.tui.screens.search import BREAKPOINTS, HEIGHTS
from workbench.tui.screens.search_asking import AGAIN
from workbench.tui.surroundings import NOTHING, Surroundings, view
from workbench.tui.targets import Target
from workbench.tui.widgets.article_rows import date_shown, source_of
from workbench.tui.widgets.bars import hinted, one_line
from workbench.tui.widgets.hit_list import HitRow
from workbench.tui.widgets.index_bar import IndexBar
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.preview import Preview
from workbench.tui.widgets.similar_list import SimilarList, SimilarRow

LIMIT = 60
"""Most hits that are asked for."""
FAR = 0.5
"""Hits that score less than this share of the best one in their article are left out: it says it better."""
NONE = "No passage of another article shares its rare words: {select.grow} in the reading room selects more"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer, its hits that are shown by article, the likest first, and what is known around them."""

    answer: SimilarAnswer
    articles: Mapping[str, Sequence[SimilarHit]]
    around: Surroundings


class SimilarScreen(HitActions):
    """The passages closest to one, those of the likest article first."""

    context = "similar"
    AUTO_FOCUS = "#rows"
    CSS_PATH = "search.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, passage: Target) -> None:
        """Makes the screen for a range of an article."""
        super().__init__()
        self._passage = passage
        self._result: Result | None = None
        self._asked = 0
        self._again: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The passage, and the list beside the preview."""
        yield Pane(Static(id="words", markup=False), heading="More like this", id="asked")
        yield IndexBar()
        with Container(id="found"):
            rows = SimilarList(id="rows")
            yield Pane(Static(id="nothing", markup=False), rows, heading="Passages", id="hits")
            yield Preview(id="preview")

    def on_mount(self) -> None:
        """Asks."""
        self.query_one("#words", Static).update(one_line(self._passage.words))
        self._head("")
        self.call_after_refresh(self._ask)  # once the preview has its height, which it scrolls by

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Asks again; another project has other articles."""
        if message.opened:
            self.dismiss()
        else:
            self.around = NOTHING
            self._ask()

    def on_unmount(self) -> None:
        """Whoever is still looking stops."""
        self._asked += 1

    def _ask(self) -> None:
        self._asked += 1
        asked, place = self._asked, self._passage.place
        if self._again:
            self._again.stop()
        known = self.around

        def work() -> Result:
            answer = self.project.similar(
                *place, limit=LIMIT, cancelled=lambda: self._asked != asked, partial=True
            )
            hits = [one.hit for one in answer.hits]
            return Result(answer, by_article(answer.hits), known.with_those_of(self.project, hits))

        self.job(work, self._show, failed=self._could_not, group="similar", label="Comparing")

    def _could_not(self, error: Exception) -> None:
        """Says why there is no answer: the range has no words, or its text has changed."""
        self._result = None
        self._show_rows([], Content(inert(f"{str(error)[:1].upper()}{str(error)[1:]}")))

    def _show(self, found: Result) -> None:
        answer, self.around = found.answer, found.around
        first = self._result is None
        self._result = found
        self.query_one(IndexBar).show_progress(answer.indexed, answer.to_index)
        if answer.indexed < answer.to_index:
            self._again = self.set_timer(AGAIN, self._ask)
        articles = counted(len(found.articles), "article")
        self._head(f"{articles} · {answer.ms:.0f} ms" if found.articles else "")
        self._show_rows(self._rows(found), hinted(NONE), top=first)

    def _head(self, facts: str) -> None:
        self.show_place(f"More like this ▸ {inert(self._passage.article.label)}")
        self.query_one("#asked", Pane).set_heading(f"More like this · {self._passage.article.label}", facts)

    def _show_rows(self, rows: list[HitRow | str], nothing: Content, *, top: bool = True) -> None:
        self.set_class(not rows, "-empty")
        self.query_one("#nothing", Static).update(nothing)
        self.hit_list.set_rows(rows, cursor=0 if top else None)
        self.marks_changed()

    def _rows(self, found: Result) -> list[HitRow | str]:
        """The hits under a heading for each article."""
        rows: list[HitRow | str] = []
        for name, hits in found.articles.items():
            if article := found.around.articles.get(name):
                rows.append(heading(article))
                for one in hits:
                    row = found.around.row(one.hit)
                    rows.append(SimilarRow(row.hit, row.source, row.tags, one.shared))
        return rows

    def marks_changed(self) -> None:
        """Says over the list how many are marked, else how many there are."""
        marked = len(self.hit_list.marked_rows)
        hits = sum(map(len, self._result.articles.values())) if self._result else 0
        facts = f"{marked:,} marked" if marked else f"closest {hits}" if hits else ""
        self.query_one("#hits", Pane).set_heading("Passages", facts)
        super().marks_changed()

    @on(LineList.Highlighted, "#rows")
    def _came_to(self, event: LineList.Highlighted) -> None:
        event.stop()
        hit = self.hit
        article = self.around.articles.get(hit.article_id or "") if hit else None
        if hit is None or article is None or self._result is None:
            self.query_one(Preview).clear()
            return
        found = [match for one in self._result.articles[article.id] for match in one.hit.matches]
        shown = view(article, self.around.place(hit), self.around, found)
        self.query_one(Preview).show(shown, lambda: self.project.text(article.id))

    # What keys do

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a passage needs one in the list."""
        if command_id.startswith(("passage.", "hits.", "similar.")) and self.hit is None:
            return "No passage is listed"
        return super().disabled_reason(command_id)

    def action_open(self) -> None:
        """Opens the hit under the cursor beside the passage that was asked about."""
        hit = self.hit
        if hit and hit.article_id:
            self.keep_hits()
            asked = self._passage
            found = hit.article_id, self.around.place(hit)
            self.workbench.open_pair((asked.article.id, asked.span), found)


def by_article(hits: Iterable[SimilarHit]) -> dict[str, list[SimilarHit]]:
    """The hits of each article, without weak ones and those far from its best; the order stays."""
    found: dict[str, list[SimilarHit]] = {}
    for one in hits:
        if one.hit.weak:
            continue
        there = found.setdefault(one.hit.article_id or "", [])
        if not there or one.hit.score >= FAR * there[0].hit.score:
            there.append(one)
    return found


def heading(article: Article) -> str:
    """What a list calls an article: its title, source and date."""
    parts = (article.label, source_of(article), date_shown(article).strip())
    return " · ".join(part for part in parts if part)
