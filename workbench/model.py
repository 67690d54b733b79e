"""What the project holds, as plain immutable records.

Every layer speaks in these: the store makes them, search and export take them, the faces show them.
Offsets are Unicode code points in the stored text, end exclusive. Times are UTC milliseconds since
1970. Ids are 26 upper-case base32 characters; a handle is a letter and the first five or more of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["stated", "inferred", "unknown"]
HitKind = Literal["text", "title", "quote", "note", "comment"]
Likeness = Literal["near-duplicate", "shares passages", "similar"]
Span = tuple[int, int]

PROPOSABLE = ("title", "publisher", "author", "published", "language")
"""Article fields that a reader may fill in by itself; they stay marked proposed until confirmed."""

LONGEST_LABEL = 1_000
"""Code points of what an article goes by."""


def label_of(title: str | None, opening: str) -> str:
    """What an article goes by: its title, or its first words in brackets; cut where it is endless."""
    label = title or f"[{opening} …]"
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what is known of it and what hangs on it.

    Attributes:
        published: ISO date as precise as it is known: "2023", "2023-09" or "2023-09-18".
        qualifier: "", "after", "before" or "about", said before the date.
        proposed: the names in PROPOSABLE whose values the program found and nobody confirmed.
        file: original file name, or "a.jsonl:17" for a line of a JSON Lines file.
        text_hash: id of the current revision's text.
        opening: the first eight words of the text, on one line.
        words, chars: size of the text; passages, tags, notes: how many hang on it.
        imported: UTC milliseconds of the first import.
    """

    id: str
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    qualifier: str
    basis: Basis
    url: str | None
    language: str | None
    comment: str | None
    grade: str | None
    proposed: frozenset[str]
    file: str
    text_hash: str
    opening: str
    words: int
    chars: int
    passages: int
    tags: int
    notes: int
    imported: int

    @property
    def label(self) -> str:
        """The title, or the first words in brackets where there is none; cut where it is endless."""
        return label_of(self.title, self.opening)

    @property
    def needs_title(self) -> bool:
        """Whether the article still goes by its first words."""
        return not self.title

    @property
    def precision(self) -> Literal["day", "month", "year"] | None:
        """How precisely the date is known, read off its length."""
        if not self.published:
            return None
        return {4: "year", 7: "month"}.get(len(self.published), "day")  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Analyst:
    """Somebody who wrote in the project."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag. `name` is the whole path ("region/asean"), `color` a slot 0-13 of the theme's palette.

    Attributes:
        code: two letters for the margin, distinct among the project's tags where possible.
        passages: how many passages carry it, tags below it not counted.
    """

    id: str
    name: str
    color: int
    description: str
    parent: str | None
    code: str
    passages: int


@dataclass(frozen=True, slots=True)
class Comment:
    """One analyst's comment on a passage; `body` is plain text, `created`/`changed` UTC milliseconds."""

    id: str
    passage: str
    body: str
    analyst: Analyst
    created: int
    changed: int


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotated range of an article.

    Attributes:
        handle: "Q" and five or more base32 letters: what people cite.
        quote: the stored words, kept beside the range.
        tags: the tags on it, ordered by when they were first applied.
        analysts: everybody who tagged or commented it, by name.
        notes: ids of the notes that cite it.
        created: UTC milliseconds of the earliest annotation.
    """

    id: str
    handle: str
    article: str
    start: int
    end: int
    quote: str
    tags: tuple[Tag, ...]
    comments: tuple[Comment, ...]
    analysts: tuple[Analyst, ...]
    notes: tuple[str, ...]
    created: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage as a note quotes it: the words it held when it was put there, with source and place.

    Attributes:
        passage: full passage id; `handle` its short form.
        number: position of first mention in the body (1, 2, …), or None when not cited there yet.
        quote, article, start, end: words and place, current where the passage lives, else as kept.
        source: the article's label.
        paragraph: number of the paragraph the quote starts in, from 1.
        lost: the passage or its article is gone; the words shown are those the note kept.
    """

    passage: str
    handle: str
    number: int | None
    quote: str
    article: str
    source: str
    start: int
    end: int
    paragraph: int
    lost: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown note. In `body`, ``{{Q…}}`` with a full passage id stands for a quotation."""

    id: str
    handle: str
    title: str
    body: str
    analyst: Analyst
    created: int
    changed: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result. `article_id`, `file`, `start` and `end` are None outside an article.

    Attributes:
        article: title (None where the article has none, or the hit lies outside one).
        thing: id of what was found: article, passage, note or comment.
        text: the whole sentence as stored (a title, quote, or line of a note or comment for other kinds); of
            one longer than 2,000 code points a part that is not.
        matches: pairs of offsets of the matched words, in the article for kinds with a range, else in `text`.
        weak: the query's rare words were not matched.
    """

    kind: HitKind
    thing: str
    article: str | None
    article_id: str | None
    file: str | None
    start: int | None
    end: int | None
    text: str
    score: float
    weak: bool
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave: hits best first (weak ones last), and the corrections it made.

    Attributes:
        ms: milliseconds it took.
        fuzzy: pairs of (word as typed, word it was read as).
        total: hits found before `limit` cut them.
        emptied: the filters, as typed, that leave nothing, each by itself or else all together; () while
            something is left.
        indexed, to_index: texts, quotes, notes and the like that could be found, and those there are:
            fewer while the index is built.
    """

    query: str
    ms: float
    hits: tuple[Hit, ...]
    fuzzy: tuple[tuple[str, str], ...]
    total: int
    emptied: tuple[str, ...] = ()
    indexed: int = 0
    to_index: int = 0


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A sentence that says something like a passage.

    Attributes:
        hit: the sentence; its score is 1 for the passage's own words, `matches` are the words it shares. It
            is weak if that is one word of many.
        shared: the rare ones among them as the sentence writes them, the most telling first.
    """

    hit: Hit
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """The sentences of other articles likest to a passage, best first.

    Attributes:
        article, start, end, text: the passage; its article by id.
        ms: milliseconds it took, once there was an index.
        indexed, to_index: as of an `Answer`.
    """

    article: str
    start: int
    end: int
    text: str
    ms: float
    hits: tuple[SimilarHit, ...]
    indexed: int = 0
    to_index: int = 0


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article like another.

    Attributes:
        article_id, article, file: id, title (None where it has none) and file name.
        score: 0 to 1, the likest first.
        share: of the one article, 0 to 1, that stands in the other nearly word for word; the larger share.
        shared: the most telling words of both, folded.
    """

    article_id: str
    article: str | None
    file: str | None
    score: float
    label: Likeness
    share: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarArticles:
    """The articles like another, best first.

    Attributes:
        indexed, to_index: as of an `Answer`.
    """

    articles: tuple[SimilarArticle, ...]
    indexed: int = 0
    to_index: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query kept under a name, in the project. Times are milliseconds since 1970."""

    id: str
    name: str
    query: str
    analyst: Analyst
    created: int
