"""What the tests of the search and of the passages of a tag share."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from tests.tui.support import StrictApp
from workbench.model import Passage, Span
from workbench.project import Project
from workbench.tui.screens.base import WorkbenchScreen
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


def tagged(project: Project, words: str, *, tag: str = "cause", comment: str | None = None) -> Passage:
    """Tags these words where they stand first."""
    for article in project.articles():
        at = project.text(article.id).find(words)
        if at >= 0:
            found = project.annotate_range(article.id, at, at + len(words), tags=[tag], comment=comment)
            return project.passage(found)
    raise AssertionError(words)
