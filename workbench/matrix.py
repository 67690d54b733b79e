"""The matrix of articles and tags: how many passages of each article carry each tag. Pure, as `model` is.

A tag counts what carries it or a tag below it ("region" counts "region/asean" too), each passage once, as the
search's ``#tag`` and the list of a tag's passages do. A passage that carries several tags counts for each of
them, so a total, which counts every passage once, may be less than the sum of its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from workbench.model import Article, Tag

ArticleOrder = Literal["date", "name", "source", "count"]
TagOrder = Literal["name", "count"]


@dataclass(frozen=True, slots=True)
class TagMatrix:
    """Articles as rows, tags as columns, both in the order to show them in.

    Attributes:
        counts: article id -> tag id -> passages; nothing stands there for none.
        of_article: article id -> its passages that carry any tag.
    """

    articles: Sequence[Article]
    tags: Sequence[Tag]
    counts: Mapping[str, Mapping[str, int]]
    of_article: Mapping[str, int]

    def count(self, article: str, tag: str) -> int:
        """Passages of an article (by id) that carry a tag (by id) or one below it."""
        return self.counts.get(article, {}).get(tag, 0)

    def of_tags(self) -> dict[str, int]:
        """Passages that carry each tag or one below it, by tag id; 0 for none."""
        totals = dict.fromkeys((tag.id for tag in self.tags), 0)
        for row in self.counts.values():
            for tag, count in row.items():
                totals[tag] = totals.get(tag, 0) + count
        return totals

    def _has(self, article: str, tag: str | None) -> int:
        return self.of_article.get(article, 0) if tag is None else self.count(article, tag)

    @property
    def passages(self) -> int:
        """Passages that carry any tag."""
        return sum(self.of_article.values())

    def in_use(self) -> TagMatrix:
        """Without the articles and tags that have nothing but zeros."""
        used = {tag for row in self.counts.values() for tag in row}
        articles = tuple(one for one in self.articles if self.counts.get(one.id))
        return replace(self, articles=articles, tags=tuple(one for one in self.tags if one.id in used))

    def articles_by(self, order: ArticleOrder, tag: str | None = None) -> TagMatrix:
        """With the articles in another order; what is alike in it stays as it was.

        Args:
            order: "date" puts the newest first and what has no date last; "name" goes by title, "source" by
                who published or wrote it; "count" puts those with most tagged passages first.
            tag: "count" goes by the passages of this tag (by id) alone.
        """
        if order == "count":
            have = (
                self.of_article if tag is None else {one: row.get(tag, 0) for one, row in self.counts.items()}
            )
            found = sorted(self.articles, key=lambda one: -have.get(one.id, 0))
        elif order == "date":
            found = sorted(self.articles, key=lambda one: one.published or "", reverse=True)
        else:
            found = sorted(self.articles, key=_NAMES[order])
        return replace(self, articles=tuple(found))

    def tags_by(self, order: TagOrder, article: str | None = None) -> TagMatrix:
        """With the tags in another order; what is alike in it stays as it was.

        Args:
            order: "name", those below a tag after it; "count" puts those with most passages first.
            article: "count" goes by the passages of this article (by id) alone.
        """
        if order == "name":
            return replace(self, tags=tuple(sorted(self.tags, key=tag_place)))
        have = self.of_tags() if article is None else self.counts.get(article, {})
        return replace(self, tags=tuple(sorted(self.tags, key=lambda one: -have.get(one.id, 0))))


_NAMES: Mapping[str, Callable[[Article], tuple[bool, str]]] = {
    "name": lambda one: (one.needs_title, one.label.casefold()),
    "source": lambda one: (not (one.publisher or one.author), (one.publisher or one.author or "").casefold()),
}


def tag_place(tag: Tag) -> list[str]:
    """Sorts tags by name, with those below a tag right after it."""
    return tag.name.casefold().split("/")


def with_those_above(tags: Iterable[Tag]) -> dict[str, tuple[str, ...]]:
    """For each tag's id the ids of the tags that count it: itself and those above it."""
    by_name: dict[str, list[str]] = {}
    known = tuple(tags)
    for tag in known:
        by_name.setdefault(tag.name, []).append(tag.id)
    found = {}
    for tag in known:
        levels = tag.name.split("/")
        names = ["/".join(levels[:depth]) for depth in range(len(levels), 0, -1)]
        found[tag.id] = tuple(above for name in names for above in by_name.get(name, ()))
    return found
