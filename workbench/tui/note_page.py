"""What the screen of a note shows, read from the project in one go: the note and the quotes it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.model import Article, Citation, Note, Passage
from workbench.sources.dates import show_date
from workbench.store.notes import MARKER

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that a note quotes, or may quote.

    Attributes:
        passage: full passage id; `handle` its short form.
        number: position of its first mention in the note (1, 2, …), or None while it is not cited.
        words: the quoted words; `start` and `end` their place in the article of that id.
        source: publisher, else title; `place` what follows it: "18 Sep 2023 ¶2".
        slot: palette slot of the passage's first tag, or None.
        lost: the passage or its article is gone, and the words are those the note kept.
    """

    passage: str
    handle: str
    number: int | None
    words: str
    article: str
    start: int
    end: int
    source: str
    place: str
    slot: int | None
    lost: bool

    @classmethod
    def of_passage(cls, passage: Passage, article: Article, paragraph: int = 0) -> Quote:
        """The quote that a passage not yet cited would become; `paragraph` 0 is not shown."""
        slot = passage.tags[0].color if passage.tags else None
        return cls(
            passage.id,
            passage.handle,
            None,
            passage.quote,
            passage.article,
            passage.start,
            passage.end,
            _source(article),
            _place(article, paragraph),
            slot,
            False,
        )


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note and what its screen needs.

    Attributes:
        editable: the body with short handles, as people edit it.
        quotes: what it cites, in order, then what stands on its list without being cited.
        disputed: it has versions to be decided on, or somebody deleted it.
        rests_on: the changes it is made of, which an editor that begins with it has seen.
    """

    note: Note
    editable: str
    quotes: tuple[Quote, ...]
    disputed: bool = False
    rests_on: tuple[str, ...] = ()


def read_page(project: Project, note: str) -> NotePage | None:
    """The page of the note with that id; None where there is no such note. For the project's thread."""
    try:
        found = project.note(note)
    except NotFoundError:
        return None
    cited = {citation.article for citation in found.citations}
    articles = {article.id: article for article in project.articles() if article.id in cited}
    slots = {
        (passage.article, passage.start, passage.end): passage.tags[0].color
        for passage in (project.passages() if cited else ())
        if passage.tags
    }
    quotes = tuple(_quote(citation, articles, slots) for citation in found.citations)
    disputed = found.id in project.disputed()
    return NotePage(found, project.editable_body(found), quotes, disputed, project.sight(found.id))


def by_name(quotes: Iterable[Quote]) -> dict[str, Quote]:
    """Quotes by all that a body may call them: passage id, and handle without its Q."""
    return {name: quote for quote in quotes for name in (quote.passage, quote.handle[1:])}


def renumbered(quotes: Sequence[Quote], body: str) -> list[Quote]:
    """The quotes as a body being typed cites them, by handle or full id: in its order, then the rest."""
    order: dict[str, int] = {}
    names = by_name(quotes)
    for match in MARKER.finditer(body):
        if found := names.get(match[1].upper()):
            order.setdefault(found.passage, len(order) + 1)
    again = [replace(quote, number=order.get(quote.passage)) for quote in quotes]
    return sorted(again, key=lambda quote: quote.number or len(order) + 1)


def words_in(text: str) -> int:
    """How many words a note has, citations not counted."""
    return len(MARKER.sub(" ", text).split())


def summary(quotes: Sequence[Quote]) -> str:
    """ "5 · 1 uncited": how many quotes there are, and what is wrong with some."""
    facts = [str(len(quotes))]
    if uncited := sum(quote.number is None for quote in quotes):
        facts.append(f"{uncited} uncited")
    if lost := sum(quote.lost for quote in quotes):
        facts.append(f"{lost} lost")
    return " · ".join(facts)


def _quote(
    citation: Citation, articles: Mapping[str, Article], slots: Mapping[tuple[str, int, int], int]
) -> Quote:
    article = articles.get(citation.article)
    return Quote(
        citation.passage,
        citation.handle,
        citation.number,
        citation.quote,
        citation.article,
        citation.start,
        citation.end,
        _source(article) if article else citation.source,
        _place(article, citation.paragraph) if article else "",
        slots.get((citation.article, citation.start, citation.end)),
        citation.lost,
    )


def _source(article: Article) -> str:
    return article.publisher or article.label


def _place(article: Article, paragraph: int) -> str:
    date = show_date(article.published, article.qualifier)
    return " ".join(filter(None, [date, f"¶{paragraph}" if paragraph else ""]))
