"""The order of the library, and what its filter line lets through. Nothing here knows a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from workbench.model import Article
from workbench.search.query import (
    DateLimit,
    Filter,
    GradeLimit,
    Phrase,
    Query,
    Source,
    Tagged,
    Untagged,
    Without,
    parse,
)
from workbench.search.tokens import terms

CONTAINS_FROM = 3
"""Letters from which on a word may also stand inside another one."""
TYPO_FROM, TWO_TYPOS_FROM = 4, 8
"""Letters from which on a word may be one edit away, or two."""

Test = Callable[[int], bool]
"""Whether the article at an index fits."""


def library_order(articles: Iterable[Article]) -> list[Article]:
    """The newest first, then those without a date; alike ones by file name."""
    by_file = sorted(articles, key=lambda article: (article.file, article.id))
    return sorted(by_file, key=lambda article: article.published or "", reverse=True)


class LibraryFilter:
    """Finds articles by what is typed, for one state of the library.

    Words may stand anywhere in title, source, author and file name, in any order. A word fits where it begins
    another; where it begins none, inside one; where it is in none, a typo away. ``@source``, ``#tag``, dates,
    grades, ``untagged`` and ``-without`` are those of the search.
    """

    def __init__(self, articles: Sequence[Article], tags: Mapping[str, Iterable[str]]) -> None:
        """Takes the articles in the order to keep, and the names of the tags on each by its id."""
        self._articles = articles
        self._tags = tags
        self._lines: list[str] = []

    def matching(self, typed: str) -> Sequence[Article]:
        """The articles that fit; all of them where nothing is asked."""
        query = parse(typed)
        if query.blank:
            return self._articles
        if not self._lines:
            self._lines = [
                _line(one.title or one.opening, one.publisher or "", one.author or "", one.file)
                for one in self._articles
            ]
        found = list(range(len(self._articles)))
        for test in self._tests(query):
            found = [at for at in found if test(at)]
        return [self._articles[at] for at in found]

    def _tests(self, query: Query) -> Iterator[Test]:
        for word in query.words:
            yield partial(_holds_any, self._lines, self._spellings(word))
        sources = [f" {' '.join(one.path)}" for one in query.of(Source)]
        if sources:
            yield partial(self._from_any, sources)
        for one in query.filters:
            yield from self._test(one)

    def _test(self, one: Filter) -> Iterator[Test]:
        """The test of an operator on its own; none for those that ask nothing of an article (``by:``)."""
        match one:
            case Phrase(words):
                yield partial(_holds_any, self._lines, [f" {' '.join(words)}"])
            case Without(words):
                yield partial(_lacks, self._lines, f" {' '.join(words)} ")
            case Tagged(path):
                yield partial(self._carries, f" {' '.join(path)}")
            case DateLimit():
                yield lambda at: one.allows(self._articles[at].published)
            case GradeLimit():
                yield lambda at: one.allows(self._articles[at].grade)
            case Untagged():
                yield lambda at: not self._tags.get(self._articles[at].id)

    def _from_any(self, names: Sequence[str], at: int) -> bool:
        article = self._articles[at]
        return any(name in _line(article.publisher or article.author or "") for name in names)

    def _carries(self, name: str, at: int) -> bool:
        return any(name in _line(tag) for tag in self._tags.get(self._articles[at].id, ()))

    def _spellings(self, word: str) -> Sequence[str]:
        """What to look for in a line, of which any will do: the word's beginning, inside, or near ones."""
        begins = f" {word}"
        if any(begins in line for line in self._lines):
            return [begins]
        if len(word) >= CONTAINS_FROM and any(word in line for line in self._lines):
            return [word]
        return [f" {near} " for near in self._near(word)] or [begins]

    def _near(self, word: str) -> list[str]:
        """Words of the library that `word` may be a misspelling of, whole or cut short."""
        if len(word) < TYPO_FROM:
            return []
        from rapidfuzz.distance import OSA

        edits = 2 if len(word) >= TWO_TYPOS_FROM else 1
        vocabulary = {known for line in self._lines for known in line.split()}
        return [
            known
            for known in vocabulary
            if OSA.distance(word, known, score_cutoff=edits) <= edits
            or OSA.distance(word, known[: len(word)], score_cutoff=edits) <= edits
        ]


def _holds_any(lines: Sequence[str], wanted: Sequence[str], at: int) -> bool:
    line = lines[at]
    return any(one in line for one in wanted)


def _lacks(lines: Sequence[str], unwanted: str, at: int) -> bool:
    return unwanted not in lines[at]


@lru_cache(maxsize=250_000)
def _line(*texts: str) -> str:
    """The folded words of some texts, each between spaces."""
    return f" {' '.join(word for text in texts for word in terms(text))} "
