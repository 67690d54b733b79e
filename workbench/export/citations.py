"""What a citation in an export points at: source number, place, quotation, and its footnote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.export.bundle import Bundle
from workbench.export.escape import on_one_line, quotation
from workbench.model import Article, Citation, Note, Passage, Span
from workbench.text.sentences import paragraphs, sentence_at

_GONE = "(source no longer in the project)"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Reference:
    """Something cited, ready to be shown.

    Attributes:
        handle: "Q" and five or more letters.
        quote: the lines of a block quotation.
        caption: the line that stands under the quotation.
        inline: a link, or the words themselves, for places that cannot hold a footnote.
        footnote: the text of its footnote.
    """

    handle: str
    quote: Sequence[str]
    caption: str
    inline: str
    footnote: str

    @property
    def mark(self) -> str:
        """The footnote reference."""
        return f"[^{self.handle.lower()}]"


class Sources:
    """The sources of one export: their numbers, and where in them a passage stands."""

    def __init__(self, bundle: Bundle) -> None:
        self._texts = bundle.texts
        self._articles = {article.id: article for article in bundle.articles}
        self._numbers = {article.id: number for number, article in enumerate(bundle.articles, 1)}
        self._paragraphs: dict[str, list[Span]] = {}

    def article(self, passage: Passage) -> Article:
        """The article that a passage stands in."""
        return self._articles[passage.article]

    def number(self, article: str) -> str:
        """``S1`` for the first article."""
        return f"S{self._numbers[article]}"

    def paragraph(self, passage: Passage) -> int:
        """Number, from 1, of the paragraph that the passage starts in."""
        return sentence_at(self._spans(passage.article), passage.start) + 1

    def quotation(self, passage: Passage) -> list[str]:
        """The passage's words as the lines of a block quotation; hard-wrapped lines stay one paragraph."""
        if "\n" not in passage.quote and "\r" not in passage.quote:
            return quotation(passage.quote)
        continued = set()
        offset = passage.start
        spans = self._spans(passage.article)
        for line in passage.quote.splitlines(keepends=True):
            around = bisect_right(spans, (offset,)) - 1
            if around >= 0 and spans[around][0] < offset < spans[around][1]:
                continued.add(offset - passage.start)
            offset += len(line)
        return quotation(passage.quote, continued)

    def place(self, passage: Passage) -> str:
        """``¶6, chars 948-1020`` with an en dash: paragraph from 1, code points, end not included."""
        return f"¶{self.paragraph(passage)}, {characters(passage)}"

    def _spans(self, article: str) -> list[Span]:
        if article not in self._paragraphs:
            self._paragraphs[article] = paragraphs(self._texts[article])
        return self._paragraphs[article]


class References:
    """Finds what a citation means, and keeps the footnotes that an export has asked for."""

    def __init__(self, bundle: Bundle, sources: Sources) -> None:
        self._sources = sources
        self._passages = {passage.id: passage for passage in bundle.passages}
        self._by_handle = {passage.handle: passage for passage in bundle.passages}
        self._footnotes: dict[str, str] = {}

    def find(self, note: Note, key: str) -> Reference | None:
        """What ``{{Q…}}`` in `note` stands for, or None where nothing is known of it.

        Args:
            key: "Q" and a full passage id, or a handle.
        """
        identifier = key[1:]
        passage = self._passages.get(identifier) or self._by_handle.get(key)
        if passage is not None:
            return self._living(passage)
        for citation in note.citations:
            if citation.handle == key or citation.passage == identifier:
                passage = self._passages.get(citation.passage)
                return self._living(passage) if passage else _kept(citation)
        return None

    def footnote(self, reference: Reference) -> str:
        """The mark for a reference, whose footnote is from now on among the footnotes."""
        self._footnotes[reference.mark] = reference.footnote
        return reference.mark

    @property
    def footnotes(self) -> list[str]:
        """The footnotes asked for, in order of their first mention."""
        return [f"{mark}: {text}" for mark, text in self._footnotes.items()]

    def _living(self, passage: Passage) -> Reference:
        article = self._sources.article(passage)
        number = self._sources.number(article.id)
        link = link_to(passage)
        facts = [
            number,
            f"*{on_one_line(article.label)}*",
            on_one_line(article.publisher or ""),
            date(article),
            self._sources.place(passage),
            f"grade {article.grade}" if article.grade else "",
        ]
        return Reference(
            handle=passage.handle,
            quote=self._sources.quotation(passage),
            caption=f"{link}, {number}, ¶{self._sources.paragraph(passage)}.",
            inline=link,
            footnote=f"{', '.join(filter(None, facts))}. See {link}.",
        )


def _kept(citation: Citation) -> Reference:
    words = f"“{on_one_line(citation.quote)}”"
    facts = f"*{on_one_line(citation.source)}*, ¶{citation.paragraph}, {characters(citation)}"
    gone = f" {_GONE}" if citation.lost else ""
    return Reference(
        handle=citation.handle,
        quote=quotation(citation.quote),
        caption=f"{citation.handle}, {facts}{gone}.",
        inline=f"{words}{gone}",
        footnote=f"{words}, {facts}{gone}.",
    )


def link_to(passage: Passage) -> str:
    """A link to the passage's heading, whose anchor is its handle in lower case."""
    return f"[{passage.handle}](#{passage.handle.lower()})"


def characters(place: Passage | Citation) -> str:
    """``chars 948-1020`` with an en dash: code points, end not included."""
    return f"chars {place.start}–{place.end}"


def date(article: Article) -> str:
    """``after 13 Dec 2023``, as precise as it is known; empty where it is not."""
    if not article.published:
        return ""
    year, *rest = article.published.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*filter(None, [article.qualifier]), *day, *month, year])
