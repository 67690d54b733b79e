"""What the library screen reads of a project, in one go and in the project's thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench import config
from workbench.text.counting import counted

if TYPE_CHECKING:
    from workbench.model import Article, Tag
    from workbench.project import Project
    from workbench.tui.library_filter import LibraryFilter


@dataclass(frozen=True)
class LibraryContents:
    """The articles in the library's order, and what hangs on them.

    Attributes:
        tags: all tags by id.
        tagged: article id -> tag id -> how many passages.
        notes: article id -> title of a note -> how many of its quotations come from there.
        note_count: how many notes there are, quoting or not.
        disputed: ids of the articles that have something to be decided.
        unchosen_name: what signs the user's work, while they never chose it.
        filter: finds articles among these; None before they are read.
    """

    articles: Sequence[Article] = ()
    tags: Mapping[str, Tag] = field(default_factory=dict)
    tagged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    note_count: int = 0
    disputed: frozenset[str] = frozenset()
    unchosen_name: str | None = None
    filter: LibraryFilter | None = None

    def matching(self, typed: str) -> Sequence[Article]:
        """The articles that fit what is typed, in order."""
        return self.filter.matching(typed) if self.filter else ()

    def tags_on(self, article: str) -> list[tuple[Tag, int]]:
        """The tags on an article with the number of its passages, the most used first."""
        counts = self.tagged.get(article, {})
        found = [(self.tags[tag], count) for tag, count in counts.items() if tag in self.tags]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name))

    def totals(self) -> str:
        """What there is, for the top bar: "46 articles · 212 quotes · 7 tags · 5 notes"."""
        quotes = sum(article.passages for article in self.articles)
        counts = ((len(self.articles), "article"), (quotes, "quote"), (len(self.tags), "tag"),
                  (self.note_count, "note"))  # fmt: skip
        return " · ".join(counted(count, word) for count, word in counts)


def read_contents(project: Project) -> LibraryContents:
    """Reads them. Call it in the project's thread."""
    from workbench.tui.deciding import disputed_articles
    from workbench.tui.library_filter import LibraryFilter, library_order  # brings the search's words along

    articles = library_order(project.articles())
    tags = {tag.id: tag for tag in project.tags()}
    tagged = project.tags_by_article()
    notes = project.notes()
    quoting: dict[str, Counter[str]] = {}
    for note in notes:
        for citation in note.citations:
            quoting.setdefault(citation.article, Counter())[note.title] += 1
    names = {article: [tags[tag].name for tag in counts if tag in tags] for article, counts in tagged.items()}
    return LibraryContents(
        articles,
        tags,
        tagged,
        quoting,
        len(notes),
        disputed_articles(project),
        None if project.read_only else config.unchosen_name(project.analyst.id),
        LibraryFilter(articles, names),
    )
