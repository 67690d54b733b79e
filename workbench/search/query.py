"""Read a query: plain words, and operators among them. Any string at all is a valid query.

Operators stand at the start of a word: ``"exact phrase"``, ``-without``, ``@source``, ``#tag`` (both take
quotes: ``@"Nikkei Asia"``), ``>2023-09`` and ``<2023-12-31`` (``>=``, ``<=``). A sign that opens no
operator is read as punctuation, a quote that never closes likewise. A query too long to have been typed
was pasted, and its signs belong to the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from workbench.search.tokens import fold, terms

Terms = tuple[str, ...]


class Operator(NamedTuple):
    """An operator as it is taught: an example, what it does, and what to put into a query to begin it."""

    written: str
    says: str
    insert: str


OPERATORS = (
    Operator('"exact phrase"', "these words, one directly after the other", '"'),
    Operator("-without", 'not this word; -"not this phrase"', "-"),
    Operator("@source", 'source, title or file, by how a word in it begins; @"two words"', "@"),
    Operator("#tag", 'tag, and tags below it, by how a word in it begins; #"two words"', "#"),
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
        (?P<sign>[@#-])(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"-][^\s"]*))
      | (?P<order>[<>]=?)(?P<date>\d{4}(?:-\d\d){0,2})(?!\S)
    )
    | (?<!\w)"(?P<phrase>[^"]*)"(?!\w)""",
    re.VERBOSE,
)
_LONGEST_READ = 20_000
_LONGEST_TYPED = 400


@dataclass(frozen=True, slots=True)
class DateLimit:
    """A bound on the publication date: `order` is one of < <= > >=, `date` an ISO date, month or year."""

    order: str
    date: str

    def allows(self, published: str | None) -> bool:
        """Whether `published` can lie on the asked side; a date known only by year or month may.

        ``>2023`` means after the end of 2023, ``<2023`` before its start; ``>=`` and ``<=`` let 2023 in.
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
class Query:
    """A query taken apart. All words are folded as the index folds them.

    Attributes:
        words: distinct words to rank by, those of phrases included.
        phrases: words that must follow each other directly.
        without: words, or phrases, that must not occur.
        sources, tags: folded beginnings of words in a source's or tag's name.
        dates: limits that must all hold.
        open_ended: the last word ends the query and may be unfinished.
    """

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    without: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    dates: tuple[DateLimit, ...]
    open_ended: bool

    @property
    def blank(self) -> bool:
        """It asks for nothing."""
        return not (self.words or self.sources or self.tags or self.dates)


def parse(query: str) -> Query:
    """Take `query` apart; never fails."""
    query = query[:_LONGEST_READ]
    operators = [] if len(query) > _LONGEST_TYPED else list(_OPERATOR.finditer(query))
    phrases: list[Terms] = []
    named: dict[str, list[Terms]] = {"-": [], "@": [], "#": []}
    dates: list[DateLimit] = []
    for match in operators:
        if match["order"]:
            dates.append(DateLimit(match["order"], match["date"]))
        elif match["phrase"] is not None:
            phrases.append(tuple(terms(match["phrase"])))
        else:
            name = tuple(terms(match["quoted"] if match["bare"] is None else match["bare"]))
            named[match["sign"]].append(name)
    plain = _OPERATOR.sub(lambda match: f" {match['phrase'] or ''} ", query) if operators else query
    found = tuple(dict.fromkeys(terms(plain)))
    ending = fold(query).rstrip()
    last = terms(ending[-200:].rpartition(" ")[2])
    return Query(
        words=found[:MOST_WORDS],
        phrases=tuple(filter(None, phrases)),
        without=tuple(filter(None, named["-"])),
        sources=tuple(" ".join(name) for name in named["@"] if name),
        tags=tuple(" ".join(name) for name in named["#"] if name),
        dates=tuple(dates),
        open_ended=ending[-1:].isalnum() and len(found) <= MOST_WORDS and last[-1:] == list(found[-1:]),
    )
