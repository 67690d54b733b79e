"""Read a query: plain words, and operators among them. Any string at all is a valid query.

Operators stand at the start of a word (see `OPERATORS`); a name with blanks takes quotes:
``@"Nikkei Asia"``. What is no operator after all, a quote that never closes or ``>2023-13``, is text. One
that is still being typed (``@``, ``by:``, ``grade<``, ``>20`` at the end) asks for nothing yet. A query too
long to have been typed was pasted, and its signs belong to the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from operator import eq, ge, gt, itemgetter, le, lt
from typing import NamedTuple, TypeVar

from workbench.model import HitKind
from workbench.search.tokens import fold, query_terms, raw_words, spell, terms, word_spans

Terms = tuple[str, ...]


class Operator(NamedTuple):
    """An operator as it is taught: an example, what it does, and what to put into a query to begin it."""

    written: str
    says: str
    insert: str


OPERATORS = (
    Operator('"exact phrase"', "these words, one directly after the other", '"'),
    Operator("-without", 'not this word; -"not this phrase"', "-"),
    Operator("@source", 'source (title where it has none) or file, by how a word begins; @"two words"', "@"),
    Operator("#tag", 'tag, and tags below it, by how a word begins; #above/below, #"two words"', "#"),
    Operator(">2023-09-01", "published later than a day, month or year; >= lets it in", ">"),
    Operator("<2023-12", "published earlier; <= lets it in", "<"),
    Operator("grade<=C", "source graded A, B or C; < = >= > too, by letter, A being best", "grade<="),
    Operator("by:analyst", 'tagged, commented or written by; by:"two words"', "by:"),
    Operator("in:notes", "only notes; quotes, comments, titles, text, or several: in:notes,quotes", "in:"),
    Operator("untagged", 'sentences, quotes and comments without a tag; "untagged" is the word', "untagged "),
)
"""What help, hints, menus and the command line teach, in this order."""

MOST_WORDS = 40
"""Distinct words of a query that are looked at: a pasted page costs no more than a long sentence."""

_OPERATOR = re.compile(
    r"""(?<!\S)(?:
        (?P<sign>[@#]|-(?!-)|(?ai:by|in|is):)(?:"(?P<quoted>[^"]*)(?:"|\Z)|(?P<bare>[^\s"]+)|(?!\S))
      | (?P<order>[<>]=?)(?P<date>[\d-]*)(?!\S)
      | (?ai:grade)(?P<step>[<>]=?|[=:])(?P<grade>[a-fA-F]?)(?!\S)
      | (?P<untagged>(?ai:untagged))(?!\S)
    )
    | (?<!\w)"(?P<phrase>[^"]*)"(?!\w)""",
    re.VERBOSE,
)
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_PART_OF_DATE = re.compile(r"\d{0,3}|\d{4}-(?:\d|\d\d-\d?)?", re.ASCII)
_KINDS: dict[str, HitKind] = {
    "notes": "note", "quotes": "quote", "comments": "comment", "titles": "title", "texts": "text",
}  # fmt: skip
_ORDERS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}
_LONGEST_READ = 20_000
_LONGEST_TYPED = 400

_spelled = lru_cache(maxsize=50_000)(spell)  # many names are made of few words


@dataclass(frozen=True, slots=True)
class Filter:
    """An operator of a query. Equal filters let the same through, however they were `written`."""

    written: str = field(default="", kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase(Filter):
    """The folded `words` must follow each other directly."""

    words: Terms


@dataclass(frozen=True, slots=True)
class Without(Filter):
    """The folded `words` must not follow each other directly; for a single word: it must not occur."""

    words: Terms


@dataclass(frozen=True, slots=True)
class Named(Filter):
    """Something must go by a name. `path` are folded beginnings of words in it, by levels (a/b)."""

    path: Terms


class Source(Named):
    """The source, its title where it has none, or its file is named so."""

    __slots__ = ()


class Tagged(Named):
    """A tag that lies on it, or one above that tag, is named so."""

    __slots__ = ()


class ByAnalyst(Named):
    """Somebody of that name tagged it, commented on it or wrote it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Within(Filter):
    """It must be of one of these kinds."""

    kinds: frozenset[HitKind]


@dataclass(frozen=True, slots=True)
class Untagged(Filter):
    """It could carry a tag and carries none."""


@dataclass(frozen=True, slots=True)
class GradeLimit(Filter):
    """A bound on the source's grade: `order` is one of < <= = >= >, `grade` one of A (the best) to F."""

    order: str
    grade: str

    def allows(self, grade: str | None) -> bool:
        """Whether `grade` lies on the asked side of the alphabet; what is not graded does not."""
        return grade is not None and bool(_ORDERS[self.order](grade, self.grade))


@dataclass(frozen=True, slots=True)
class DateLimit(Filter):
    """A bound on the publication date: `order` is one of < <= > >=, `date` an ISO date, month or year."""

    order: str
    date: str

    def allows(self, published: str | None) -> bool:
        """Whether `published` can lie on the asked side; a date known only by year or month may.

        ``>2023`` means after the end of 2023, ``<2023`` before its start; ``>=`` and ``<=`` let 2023 in.
        What has no known date lies on neither side, and so passes no limit.
        """
        if not published:
            return False
        earliest, latest = published.ljust(10, "-"), published.ljust(10, "~")
        first, last = self.date.ljust(10, "-"), self.date.ljust(10, "~")
        if self.order == ">":
            return latest > last
        if self.order == ">=":
            return latest >= first
        if self.order == "<":
            return earliest < first
        return earliest <= last


@dataclass(frozen=True, slots=True)
class _Unfinished(Filter):
    """An operator that is still being typed: no text, and no filter yet."""


F = TypeVar("F", bound=Filter)


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart. All words are folded as the index folds them.

    Attributes:
        words: distinct words to rank by, those of phrases included.
        filters: what restricts it, as typed. Several sources or kinds mean any of them, since nothing has
            two; of everything else all must hold.
        open_ended: the last word ends the query and may be unfinished.
    """

    words: Terms
    filters: tuple[Filter, ...]
    open_ended: bool

    @property
    def blank(self) -> bool:
        """It asks for nothing."""
        return not (self.words or self.filters)

    def of(self, kind: type[F]) -> list[F]:
        """The filters of one kind, as typed."""
        return [one for one in self.filters if isinstance(one, kind)]


def parse(query: str) -> Query:
    """Take `query` apart; never fails."""
    query = query[:_LONGEST_READ].rstrip()
    plain, filters = _taken_apart(query)
    found = tuple(dict.fromkeys(query_terms(plain)))
    ending = fold(plain[-200:])  # blank where an operator ends the query
    last = query_terms(ending.rpartition(" ")[2])
    return Query(
        words=found[:MOST_WORDS],
        filters=tuple(filters),
        open_ended=ending[-1:].isalnum() and len(found) <= MOST_WORDS and last[-1:] == list(found[-1:]),
    )


def exact(query: str, readings: Sequence[tuple[str, str]]) -> str:
    """`query` with its corrections made: each word as typed replaced by the word it was read as.

    Args:
        readings: pairs of (folded word as typed, word it was read as), as in `Answer.fuzzy`.
    """
    plain, _ = _taken_apart(query)
    read = dict(readings)
    rewritten, done = "", 0
    words = zip(word_spans(plain), terms(plain), strict=True)
    for (start, end), group in groupby(words, key=itemgetter(0)):
        found = [word for _, word in group]
        if start >= done and not read.keys().isdisjoint(found):
            meant = " ".join(read.get(word, word) for word in found)
            alone = not (query[:start][-1:].strip() or query[end:][:1].strip())
            if alone and _OPERATOR.fullmatch(meant):
                meant = f'"{meant}"'  # the word "untagged"
            rewritten += query[done:start] + meant
            done = end
    return rewritten + query[done:]


def folded_name(name: str) -> str:
    """A name as names are compared: its folded words, or its signs where it has no words."""
    return " ".join(chain.from_iterable(map(_spelled, raw_words(name)))) or fold(name).strip()


def _taken_apart(query: str) -> tuple[str, list[Filter]]:
    """The text of a query, with blanks in the place of operators other than phrases, and its filters."""
    plain = query
    filters: list[Filter] = []
    for match in _OPERATOR.finditer(query) if len(query) <= _LONGEST_TYPED else ():
        found = _filter_of(match)
        if found is None:
            continue
        if match["phrase"] is None:
            start, end = match.span()
            plain = plain[:start] + " " * (end - start) + plain[end:]
        if not isinstance(found, _Unfinished):
            filters.append(found)
    return plain, filters


def _filter_of(match: re.Match[str]) -> Filter | None:
    """The filter an operator stands for; None if it is text after all."""
    written = match[0].rstrip()
    if match["order"]:
        return _date_limit(match, written)
    if match["step"]:
        letter = match["grade"].upper()
        return (
            GradeLimit(match["step"].replace(":", "="), letter, written=written) if letter else _Unfinished()
        )
    if match["untagged"]:
        return Untagged(written=written)
    if match["sign"] is None:
        words = tuple(terms(match["phrase"]))
        return Phrase(words, written=written) if words else None
    name = match["quoted"] or match["bare"] or ""
    return _named(match["sign"].lower(), name, written)


def _named(sign: str, name: str, written: str) -> Filter | None:
    if sign == "-":
        words = tuple(terms(name))
        return Without(words, written=written) if words else _Unfinished()
    if sign == "in:":
        return _within(name, written)
    if sign == "is:":
        if name.lower() == "untagged":
            return Untagged(written=written)
        return _Unfinished() if "untagged".startswith(name.lower()) else None
    path = tuple(filter(None, map(folded_name, name.split("/"))))
    kind = {"@": Source, "#": Tagged, "by:": ByAnalyst}[sign]
    return kind(path, written=written) if path else _Unfinished()


def _within(names: str, written: str) -> Filter | None:
    """The kinds whose names begin so: ``in:note`` and ``in:n`` are ``in:notes`` already."""
    kinds: set[HitKind] = set()
    for name in filter(None, names.lower().split(",")):
        meant = {kind for plural, kind in _KINDS.items() if plural.startswith(name)}
        if not meant:
            return None
        kinds |= meant
    return Within(frozenset(kinds), written=written) if kinds else _Unfinished()


def _date_limit(match: re.Match[str], written: str) -> Filter | None:
    typed = match["date"]
    if _DATE.fullmatch(typed):
        try:
            date.fromisoformat(typed + "-01-01"[len(typed) - 4 :])
        except ValueError:
            return None
        return DateLimit(match["order"], typed, written=written)
    ends = not match.string[match.end() :].strip()
    return _Unfinished() if ends and _PART_OF_DATE.fullmatch(typed) else None
