"""In which order the comparison and the matrix show articles and tags, and what the user may choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.matrix import ArticleOrder, TagMatrix, TagOrder
from workbench.model import Article, Tag
from workbench.tui.widgets.bars import quoted

_ARTICLES: tuple[tuple[ArticleOrder, str], ...] = (
    ("date", "Articles: newest first"),
    ("name", "Articles: by title"),
    ("source", "Articles: by source"),
    ("count", "Articles: most tagged first"),
)
_TAGS: tuple[tuple[TagOrder, str], ...] = (("name", "Tags: by name"), ("count", "Tags: most used first"))


@dataclass(frozen=True, slots=True)
class Order:
    """The orders of articles and tags, as `TagMatrix` takes them; by one tag or article (id) if given."""

    articles: ArticleOrder = "date"
    tag: str | None = None
    tags: TagOrder = "name"
    article: str | None = None

    def of(self, matrix: TagMatrix) -> TagMatrix:
        """A matrix in this order; what is alike stands as by date and by name."""
        by_date = matrix.articles_by("date").tags_by("name")
        return by_date.articles_by(self.articles, self.tag).tags_by(self.tags, self.article)


def offers(now: Order, tag: Tag | None, article: Article | None) -> list[tuple[str, Order]]:
    """What can be chosen, with the words for it.

    Args:
        tag, article: those that the cursor is on.
    """
    found = [(words, replace(now, articles=order, tag=None)) for order, words in _ARTICLES]
    if tag:
        found.append((f"Articles: most {quoted(tag.name)} first", replace(now, articles="count", tag=tag.id)))
    found += [(words, replace(now, tags=order, article=None)) for order, words in _TAGS]
    if article:
        by_one = replace(now, tags="count", article=article.id)
        found.append((f"Tags: most used in {quoted(article.label)} first", by_one))
    return found
