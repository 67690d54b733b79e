"""What the panes of the reading room show, read from the project in its own thread."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbench.model import Article, Passage, Tag
from workbench.tui.library_filter import library_order
from workbench.tui.margin_views import Margins, MarginView, Tagging
from workbench.tui.widgets.reader_document import ReaderDocument

if TYPE_CHECKING:
    from workbench.project import Project


class Shown(NamedTuple):
    """What is in a pane already.

    Attributes:
        text_hash: of the text; empty for none yet.
        width: cells of a row of words, to wrap another text to ahead.
    """

    text_hash: str
    width: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What the panes show, as read from the project.

    Attributes:
        articles: all of them, in the order of the library.
        documents: by article id, those whose text is another than the one shown.
        passages: by article id.
        disputed: ids of the passages that have something to be decided, and of other things.
        note: title of the current note; empty without one.
        view: how the margins are drawn.
    """

    articles: list[Article]
    documents: dict[str, ReaderDocument]
    passages: dict[str, list[Passage]]
    tags: list[Tag]
    disputed: frozenset[str]
    note: str
    view: MarginView

    @classmethod
    def read(
        cls, project: Project, shown: Mapping[str, Shown], note: str | None, margins: Margins
    ) -> Contents:
        """Reads them; for jobs.

        Args:
            shown: by article id.
            margins: what the margins are to show.
        """
        articles = library_order(project.articles())
        documents = {}
        for article in articles:
            if article.id in shown and article.text_hash != shown[article.id].text_hash:
                documents[article.id] = ReaderDocument(project.text(article.id))
                documents[article.id].layout(shown[article.id].width)
        passages = {
            article.id: project.passages(article=article.id) for article in articles if article.id in shown
        }
        titles = project.database.query("SELECT title FROM note WHERE id = ? AND deleted = 0", [note])
        title = next((row["title"] for row in titles), "")
        tags = project.tags()
        view = _view(project, margins, passages, tags)
        return cls(articles, documents, passages, tags, project.disputed(), title, view)


def _view(
    project: Project, margins: Margins, passages: dict[str, list[Passage]], tags: Sequence[Tag]
) -> MarginView:
    """How to draw margins: with who applied which tag when, where that matters."""
    name = next((tag.name for tag in tags if tag.id == margins.tag), "")
    made: dict[tuple[str, str], list[Tagging]] = {}
    if margins.show in ("recent", "mine"):
        for article in passages:
            rows = "SELECT passage, tag, analyst, created FROM applied_tag WHERE article = ?"
            for row in project.database.query(rows, [article]):
                tagging = Tagging(row["analyst"], row["created"])
                made.setdefault((row["passage"], row["tag"]), []).append(tagging)
    return MarginView(margins, name, made, project.analyst.id, time.time_ns() // 1_000_000)
