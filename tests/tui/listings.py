"""What the tests of the search and of the passages of a tag share."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.support import StrictApp
from workbench.model import Passage, Span
from workbench.project import Project
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.search import SearchScreen
from workbench.tui.widgets.hit_list import HitList, HitRow
from workbench.tui.widgets.line_list import LineList


class Place(WorkbenchScreen):
    """A screen with a selection, to come back to."""

    context = "tags"

    def compose_body(self) -> ComposeResult:
        yield LineList(lambda row, width: Content(str(row)), id="list")

    def on_mount(self) -> None:
        self.query_one(LineList).set_rows(range(9), cursor=4)


class OpeningApp(StrictApp):
    """Begins at a `Place`, and notes which articles are opened instead of showing them."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.places["library"] = Place
        self.opened: list[tuple[str, Span | None, bool]] = []

    def open_article(self, article: str, span: Span | None = None, *, beside: bool = False) -> None:
        self.opened.append((article, span, beside))

    def open_pair(self, asked: tuple[str, Span | None], found: tuple[str, Span | None]) -> None:
        self.opened += [(*asked, False), (*found, True)]


def tagged(project: Project, words: str, *, tag: str = "cause", comment: str | None = None) -> Passage:
    """Tags these words where they stand first."""
    for article in project.articles():
        at = project.text(article.id).find(words)
        if at >= 0:
            found = project.annotate_range(article.id, at, at + len(words), tags=[tag], comment=comment)
            return project.passage(found)
    raise AssertionError(words)


async def search(pilot: Pilot[None], query: str) -> SearchScreen:
    """Opens the search and types."""
    pilot.app.action_search()  # type: ignore[attr-defined]
    await settle(pilot)
    await pilot.press(*("space" if letter == " " else letter for letter in query))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    return screen


async def set_query(pilot: Pilot[None], query: str) -> None:
    """Puts a query into the line as a paste would."""
    line = pilot.app.screen.query_one(Input)
    line.select_all()
    line.post_message(events.Paste(query))
    await settle(pilot)


def hits(screen: SearchScreen) -> list[HitRow]:
    """The hits that are listed, without the headings among them."""
    return [row for row in screen.query_one(HitList).rows if isinstance(row, HitRow)]
