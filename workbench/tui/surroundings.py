"""What the screens say about hits beyond what a search gives: their source, tags and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model import Article, Hit, Note, Passage, Span, Tag
from workbench.tui.widgets.hit_list import HitRow
from workbench.tui.widgets.preview import View

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Articles and notes by id, passages by article in text order; the project's tags, once read."""

    articles: Mapping[str, Article]
    passages: Mapping[str, list[Passage]]
    notes: Mapping[str, Note]
    tags: Sequence[Tag] | None = None

    @classmethod
    def read(cls, project: Project) -> Surroundings:
        """Reads those of the whole project; for jobs."""
        return cls(
            {article.id: article for article in project.articles()},
            _by_article(project.passages()),
            {note.id: note for note in project.notes()},
        )

    def knows(self, hits: Iterable[Hit]) -> bool:
        """Whether nothing is missing of what these hits stand in."""
        return not self._missing(hits)

    def with_those_of(self, project: Project, hits: Iterable[Hit]) -> Surroundings:
        """These and what is missing of what the hits stand in; for jobs.

        Of a project of tens of thousands of articles a list of hits shows few: only those are read.
        """
        missing = self._missing(hits)
        articles = {one.id: one for one in project.articles(missing - {""})}
        tagged = [one.id for one in articles.values() if one.passages]
        tags = project.tags() if tagged and self.tags is None else self.tags
        passages = project.passages_in(tagged, tags) if tagged else []
        return Surroundings(
            {**self.articles, **articles},
            {**self.passages, **_by_article(passages)},
            {one.id: one for one in project.notes()} if "" in missing else self.notes,
            tags,
        )

    def _missing(self, hits: Iterable[Hit]) -> set[str]:
        """Ids of the articles that are not known, and "" where a note is not."""
        return {
            hit.article_id or ""
            for hit in hits
            if (hit.article_id not in self.articles if hit.article_id else hit.thing not in self.notes)
        }

    def source(self, article: str) -> str:
        """Who published an article, else what it goes by; empty for one that is not known."""
        known = self.articles.get(article)
        return (known.publisher or known.label) if known else ""

    def row(self, hit: Hit) -> HitRow:
        """The hit with its source, and the tags of the passages it is or touches."""
        if hit.article_id is None:
            note = self.notes.get(hit.thing)
            return HitRow(hit, note.title if note else "")
        return HitRow(hit, self.source(hit.article_id), _tags(self.passages_of(hit)))

    def passages_of(self, hit: Hit) -> list[Passage]:
        """The passage that a quote or comment is of, or those that touch a sentence."""
        there = self.passages.get(hit.article_id or "", [])
        if hit.kind == "quote":
            return [one for one in there if one.id == hit.thing]
        if hit.kind == "comment":
            return [one for one in there if any(said.id == hit.thing for said in one.comments)]
        if hit.start is None or hit.end is None:
            return []
        return [one for one in there if one.start < hit.end and hit.start < one.end]

    def place(self, hit: Hit) -> Span | None:
        """The range of its article that a hit stands for; None for titles and notes."""
        if hit.start is not None and hit.end is not None:
            return hit.start, hit.end
        if hit.kind == "comment":
            return next(((one.start, one.end) for one in self.passages_of(hit)), None)
        return None


def view(article: Article, place: Span | None, around: Surroundings, found: Sequence[Span] = ()) -> View:
    """How a preview shows an article around a place, with what was found in it."""
    passages = around.passages.get(article.id, ())
    return View((article.id, article.text_hash), article.label, place, found, passages)


NOTHING = Surroundings({}, {}, {})
"""Nothing is known yet."""


def _by_article(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.article, []).append(passage)
    return found


def _tags(passages: Iterable[Passage]) -> tuple[Tag, ...]:
    """Each tag of the passages once, in order."""
    return tuple({tag.id: tag for passage in passages for tag in passage.tags}.values())
