"""Cut text into folded words: what the index stores and what a query is matched by.

Folding is per character (case, accents, width, look-alike signs), so every word knows the exact code
points it came from. A word's spelling is then settled once: ``U.S.`` is ``us``, ``Vietnam's`` is
``vietnam``, ``1,000`` is ``1000``, ``175bn`` is ``175 billion``, ``%`` and ``per cent`` are ``percent``.
Scripts written without spaces give one word a character; order and nearness do the rest in ranking.
There is no stemmer: other forms of a word are found when a query is expanded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from workbench.model import Span

_SPECIAL = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "\u0131": "i"}
    | dict.fromkeys("‘’\u201b\u02bc\u02b9\u2032\u00b4", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("\u2010\u2011\u2012–—―−", "-")
)
_UNSPACED = (  # Thai and Lao, Burmese, Khmer, kana, Chinese characters
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)


def _grammar(letter: str, alnum: str, unspaced: str) -> re.Pattern[str]:
    """What a raw word is, in folded text, over the given character classes."""
    return re.compile(
        rf"per[ -]cent\b"
        rf"|{letter}{alnum}++(?:'{alnum}++)*+"
        rf"|[0-9]++(?:,[0-9]{{3}}(?![0-9]))*+(?:\.[0-9]++)*+{alnum}*+"
        rf"|(?:[a-z]\.)+[a-z](?!{alnum})(?:\.?'s\b)?"  # u.s  p.m
        rf"|{letter}(?:'{alnum}++)*+|%{unspaced}"
    )


_ASCII_WORD = _grammar("[a-z]", "[a-z0-9]", "")
_ANY_WORD = _grammar(rf"[^\W0-9_{_UNSPACED}]", rf"[^\W_{_UNSPACED}]", f"|[{_UNSPACED}]")
_UNITS = {
    "bn": "billion", "bln": "billion", "mn": "million", "mln": "million", "tn": "trillion",
    "trn": "trillion", "pct": "percent",
}  # fmt: skip
_GLUED_UNITS = _UNITS | {"b": "billion", "m": "million", "t": "trillion"}
_NUMBER = re.compile(r"([0-9.]+)(.*)", re.DOTALL)
_POSSESSIVE = re.compile(r"'s?$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)'(?=\w{3})")


class _FoldTable(dict[int, str]):
    """Folded form by code point, worked out on first use."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold()).casefold().translate(_SPECIAL)
        folded = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """`text` without case, accents, zero-width signs and typographic variants; lengths may change."""
    return text.lower() if text.isascii() else text.translate(_FOLD)


def raw_words(text: str) -> list[str]:
    """The folded words of `text` before `spell` settles their spelling: the fast half of `terms`."""
    folded = fold(text)
    found: list[str] = _word_pattern(folded).findall(folded)
    return found


def _word_pattern(folded: str) -> re.Pattern[str]:
    # Both say the same of ASCII text; the narrow one is faster, and folding makes most text ASCII.
    return _ASCII_WORD if folded.isascii() else _ANY_WORD


@cache
def _settle_number(raw: str) -> tuple[str, ...]:
    number, rest = _NUMBER.findall(raw.replace(",", ""))[0]
    return (number, _GLUED_UNITS[rest]) if rest in _GLUED_UNITS else (number + rest,)


def spell(raw: str) -> tuple[str, ...]:
    """The terms a raw word stands for: one, or number and unit (``57.7bn``)."""
    if raw.isalpha():
        return (_UNITS.get(raw, raw),)
    if raw == "%" or raw in ("per cent", "per-cent"):
        return ("percent",)
    if raw[0] in "0123456789":
        return _settle_number(raw)
    word = _POSSESSIVE.sub("", raw)
    word = _ELISION.sub("", word)
    return (word.replace("'", "").replace(".", "") or raw,)


def terms(text: str) -> list[str]:
    """The folded words of `text` in order."""
    return [term for raw in raw_words(text) for term in spell(raw)]


def word_spans(text: str) -> list[Span]:
    """The code points each of ``terms(text)`` covers, end exclusive, accents included."""
    folded = fold(text)
    matches = _word_pattern(folded).finditer(folded)
    if text.isascii():
        return [match.span() for match in matches for _ in _parts(match[0])]
    source = [place for place, char in enumerate(text) for _ in _FOLD[ord(char)]]
    found = []
    for match in matches:
        start, end = source[match.start()], source[match.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me"):
            end += 1
        found += [(start, end) for _ in _parts(match[0])]
    return found


def _parts(raw: str) -> Sequence[str]:
    # A letter at the start means a single term, whatever its spelling; that spares most of the work.
    return spell(raw) if raw[0] in "0123456789" else (raw,)
