"""Paragraphs, sentences and words: where the units of reading start and end.

Method. A text falls into paragraphs, which are its non-blank lines, or, where the text is seen to be
hard-wrapped, runs of lines that flow on into each other. One regular expression walks each paragraph and
stops at every run of sentence marks with the quotes and brackets that close behind it. At each stop the
word before and the word after decide: an abbreviation, an initial or a list number keeps the sentence
going; after something like "U.S." it ends only where the next word is one that typically starts
a sentence. Each character is looked at a bounded number of times, so the time is linear in the text.

All spans are pairs of code-point offsets, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import regex

from workbench.model import Span
from workbench.text.abbreviations import AFTER_CLOCK, BEFORE_NUMBERS, MAY_BE_LAST, NEVER_LAST, STARTERS

_LINE = re.compile(r"\S[^\n\r\u2028\u2029]*+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S+")
_ITEM = re.compile(r"(?:[-*+•·▪◦‣]|\d{1,3}[.)]|[A-Za-z][.)]|#{1,6})\s|[>|]")

# Sentence marks, then whatever closes behind them, then white space. Every part is possessive and the
# white space optional, so the walk never looks at a character twice. The first mark stands apart, because
# `re` then runs to the next one three times as fast.
_STOP = re.compile(
    r"""(?P<marks>[.!?…‽؟۔।。！？｡][.!?…‽؟۔।。！？｡]*+)
        (?P<close>(?:["'”’»›)\]}*_」』》〉）】］]|\[\d{1,3}\]|[“‘«](?=\s)|[ \u00a0\u202f]»)*+)
        (?P<gap>\s*+)""",  # noqa: RUF001 - the full-width marks are meant
    re.VERBOSE,
)
_OPENERS = re.compile(r"""["'“‘„‚«‹(\[{¿¡*_「『《〈（【［$€£¥₫₹#@]*+""")  # noqa: RUF001
_CLOSING_QUOTES = frozenset('"”»]')
_FULL_STOPS = frozenset("۔।。！？｡؟")  # noqa: RUF001
_QUOTE_GOES_ON = frozenset("と、，,")  # noqa: RUF001

# The token that a full stop ends; 24 characters hold every abbreviation there is.
_TOKEN = re.compile(r"[\w.]*\Z")
_TOKEN_REACH = 24
_ABBREVIATIONS = NEVER_LAST | BEFORE_NUMBERS | MAY_BE_LAST
_WORD = re.compile(r"(?!\w\.)\w++(?!\.\w)")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
_DOTTED = re.compile(r"(?:\w\.)+\w|Ph\.D")
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)
_SAYING = re.compile(
    r"(?:\w[\w’'.-]{0,30}\s){1,3}(?:said|says|asked|asks|told|wrote|added|replied|remarked|cried|shouted)\b"
)


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs, trimmed of white space, in order.

    Every non-blank line is one, so the n-th is what people call ¶n. Where the text is hard-wrapped (its
    lines filled to 60-100 columns, so that the next word would not have fitted), lines that flow on into each
    other are one paragraph; list items and lines after a blank line always start their own.
    Line breaks are ``\\n``, ``\\r\\n``, ``\\r``, U+2028 and U+2029.
    """
    lines = [(m.start(), m.start() + len(m.group().rstrip())) for m in _LINE.finditer(text)]
    width = _wrap_width(text, lines)
    if width is None:
        return lines
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _adjacent(text, before, line) and _flows_on(text, before, line, width):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def paragraph_number(text: str, offset: int) -> int:
    """Number, from 1, of the paragraph around `offset`, or of the nearest one.

    Walks the whole text; to number many offsets of one text, keep ``paragraphs(text)`` and add 1 to what
    `sentence_at` gives.
    """
    return sentence_at(paragraphs(text), offset) + 1


def sentences(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """Spans of the sentences: in order, apart, trimmed, none across a paragraph, no word left out.

    Args:
        spans: the text's paragraphs, if the caller has them already.
    """
    found: list[Span] = []
    for start, end in paragraphs(text) if spans is None else spans:
        for stop in _STOP.finditer(text, start, end):
            if stop.end() < end and _ends_sentence(text, stop, start, end):
                found.append((start, stop.start("gap")))
                start = stop.end()
        found.append((start, end))
    return found


def sentence_at(spans: Sequence[Span], offset: int) -> int:
    """Index of the span that holds `offset`, or of the nearest one; 0 where there are no spans.

    `spans` are in order and apart, as `sentences` and `paragraphs` give them.
    """
    index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    if index < 0:
        return 0
    following = index + 1
    if offset >= spans[index][1] and following < len(spans):
        to_next, to_last = spans[following][0] - offset, offset - (spans[index][1] - 1)
        return following if to_next < to_last else index
    return index


_WORDS = regex.compile(
    r"""[\p{Han}\p{Hiragana}]\p{M}*+
      | [[\p{L}\p{N}]--[\p{Han}\p{Hiragana}]]
        (?:[[\p{L}\p{N}\p{M}\u200c\u200d]--[\p{Han}\p{Hiragana}]]
         | ['’](?=\p{L}) | (?<=\p{Nd})[.,](?=\p{Nd}))*+""",
    regex.VERBOSE | regex.V1,
)


def words(text: str, start: int, end: int) -> list[Span]:
    """Spans of the words between two offsets, for moving by word.

    Apostrophes inside a word and the marks inside a number (175.57) belong to it; hyphens part
    words. Where a script writes no spaces, a Han or Hiragana character is a word of its own.
    """
    return [m.span() for m in _WORDS.finditer(text, start, end)]


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The column a hard-wrapped text was filled to, or None for any other text.

    Asks for three things, because joining lines that belong apart is worse than leaving wrapped ones: the
    lines that another one follows directly are 60-100 wide, nearly all are full, and a good part of the
    following lines start in lower case, as lists of headlines do not.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b)]
    if len(pairs) < 3:
        return None
    lengths = sorted(a[1] - a[0] for a, _ in pairs)
    width = lengths[len(lengths) * 9 // 10]  # a URL may stick out, so not the longest
    if not 60 <= width <= 100:
        return None
    full = sum(_flows_on(text, a, b, width) for a, b in pairs)
    lower = sum(text[b[0]].islower() for _, b in pairs)
    return width if full >= 0.8 * len(pairs) and lower >= 0.4 * len(pairs) else None


def _adjacent(text: str, before: Span, after: Span) -> bool:
    return len(_LINE_BREAK.findall(text, before[1], after[0])) == 1


def _flows_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether `line` is so full that the first word of the next had no room on it."""
    word = _FIRST_WORD.match(text, *following)
    room_taken = line[1] - line[0] + 1 + (len(word.group()) if word else 0)
    return room_taken > 0.9 * width and not _ITEM.match(text, following[0])


def _plainly_ends(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether one look is enough: a word in small letters, a full stop, a blank, a capital.

    Says of most stops what `_ends_sentence` would, in far less time.
    """
    if stop[0] != ". " or not text[stop.end()].isupper():
        return False
    blank = text.rfind(" ", start, stop.start())
    word = text[blank + 1 : stop.start()]
    return blank > 0 and len(word) > 1 and word.isalpha() and word.islower() and word not in _ABBREVIATIONS


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether the sentence that began at `start` ends at this stop."""
    if _plainly_ends(text, stop, start):
        return True
    marks, close, gap = stop.group("marks", "close", "gap")
    first = _OPENERS.match(text, stop.end(), end)
    at = first.end() if first else stop.end()
    letter = text[at : at + 1]
    if not _FULL_STOPS.isdisjoint(marks):
        return not (close and letter in _QUOTE_GOES_ON) and _STOP.match(text, stop.end()) is None
    if not letter.isalnum() or (letter.islower() and not _BRAND.match(text, at)):
        return False
    if not gap and not _may_follow_closely(text, close, at):
        return False
    if "…" in marks or ".." in marks:
        return not letter.isdigit()
    if marks != ".":
        return not (close and _SAYING.match(text, at, end))
    return _full_stop_ends(text, stop.start(), start, at)


def _may_follow_closely(text: str, close: str, at: int) -> bool:
    """Whether a new sentence may start right behind the last, as sloppy copying leaves them."""
    if not _CLOSING_QUOTES.isdisjoint(close):
        return text[at].isupper()
    return not close and _word(text, at) in STARTERS and len(_word(text, at)) > 1


def _full_stop_ends(text: str, stop: int, start: int, at: int) -> bool:
    """Whether the full stop at `stop` ends the sentence from `start`; a new one could start at `at`."""
    found = _TOKEN.search(text[max(start, stop - _TOKEN_REACH) : stop])
    token = found.group() if found else ""
    following = _word(text, at)
    if token in NEVER_LAST:
        return False
    starts_item = stop - len(token) <= start + 1 and len(token) <= 4
    if starts_item and (token.isdigit() or _ROMAN.fullmatch(token)):
        return False
    if text[at].isdigit():
        plain = len(token) > 2 if token.isdigit() else not _DOTTED.fullmatch(token) and len(token) != 1
        return plain and token not in BEFORE_NUMBERS and token not in MAY_BE_LAST
    if token.lower() in ("a.m", "p.m"):
        return following not in AFTER_CLOCK and not (following.isupper() and len(following) > 1)
    may_go_on = token in MAY_BE_LAST or _DOTTED.fullmatch(token) or (len(token) == 1 and token.isalpha())
    return not may_go_on or following in STARTERS


def _word(text: str, at: int) -> str:
    """The word at `at`, or "" where it is an initial or a part of something dotted."""
    found = _WORD.match(text, at, at + _TOKEN_REACH)
    return found.group() if found else ""
