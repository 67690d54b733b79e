"""What the panes of the reading room show, read from the project in its own thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model import Article, Passage, Tag
from workbench.tui.library_filter import library_order
from workbench.tui.widgets.reader_document import ReaderDocument

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Contents:
    """What the panes show, as read from the project.

    Attributes:
        articles: all of them, in the order of the library.
        documents: by article id, those whose text is another than the one shown.
        passages: by article id.
        disputed: ids of the passages that have something to be decided, and of other things.
        note: title of the current note; empty without one.
    """

    articles: list[Article]
    documents: dict[str, ReaderDocument]
    passages: dict[str, list[Passage]]
    tags: list[Tag]
    disputed: frozenset[str]
    note: str

    @classmethod
    def read(cls, project: Project, shown: dict[str, str], note: str | None, width: int) -> Contents:
        """Reads them; for jobs.

        Args:
            shown: article id -> hash of the text that is shown, empty for none yet.
            width: cells of a row of words, to wrap the texts to ahead.
        """
        articles = library_order(project.articles())
        documents = {}
        for article in articles:
            if article.id in shown and article.text_hash != shown[article.id]:
                documents[article.id] = ReaderDocument(project.text(article.id))
                documents[article.id].layout(width)
        passages = {
            article.id: project.passages(article=article.id) for article in articles if article.id in shown
        }
        titles = project.database.query("SELECT title FROM note WHERE id = ? AND deleted = 0", [note])
        title = next((row["title"] for row in titles), "")
        return cls(articles, documents, passages, project.tags(), project.disputed(), title)
