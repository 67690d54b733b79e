"""Cut text into folded words: what the index stores and what a query is matched by.

Folding is per character (case, accents, width, look-alike signs), so every word knows the exact code
points it came from. Then come two steps, because an index meets the same words over and over. `raw_words`
parts a text at blanks and most signs, without looking closer. `spell` settles what such a raw word stands
for, once for each that there is: ``U.S.`` is ``us``, ``Vietnam's`` is ``vietnam``, ``1,000`` is ``1000``,
``175bn`` is ``175 billion``, ``%`` and ``per cent`` are ``percent``.

Scripts written without spaces are cut into their smallest units (a character; in Thai and its like a
consonant with its vowels and tone). Each unit and each pair of neighbours is a word: the pairs find what is
written together, the units what is half remembered.
There is no stemmer: other forms of a word are found when a query is expanded.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise, zip_longest

from workbench.model import Span

_APOSTROPHES = "‘’\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2032\u00b4\u055a\u05f3\u05f4"
_FIRM_SPACES = "\u00a0\u2007\u2009\u200a\u202f"
_SPECIAL = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
    | {"\u0131": "i"}  # the Turkish one
    | {"ي": "ى", "ی": "ى", "ک": "ك", "\u0640": ""}  # Arabic: Persian letters, letters drawn out
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("\u2010\u2011\u2012–—―−", "-")
)
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]+")

# Accents and vowel points that many leave out. The marks of the scripts of South Asia are letters.
_DROPPED = re.compile(
    "[\u0300-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f\U000e0100-\U000e01ef]"
)

# By byte of UTF-8: small letters, and a blank for every ASCII sign but those that `spell` looks at.
_SIGNS = "'.,%_"
_PARTED = bytes(
    code if code > 127 or chr(code) in _SIGNS else ord(chr(code).lower()) if chr(code).isalnum() else 32
    for code in range(256)
)
_PER_CENT = re.compile(r"\bper +cent\b")
_SPACED_INITIALS = re.compile(r"(?<=(?<![\w.])[^\W\d_]\.) +(?=[^\W\d_]\.(?!\w))")

_FOLLOWING = (  # vowels, tones and other signs written behind a letter: Thai, Lao, Burmese, Khmer, kana
    "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064"
    "\u1067-\u106d\u1071-\u1074\u1082-\u108d\u109a-\u109d\u17b4-\u17d3\u17dd\u3099\u309a"
)
_UNSPACED = (  # the same scripts and Chinese characters
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_UNSPACED}]+")
_UNIT = re.compile(rf"[\u0e40-\u0e44\u0ec0-\u0ec4]*.(?:[\u1039\u17d2].|[{_FOLLOWING}])*")

_CURRENCIES = ("usd", "eur", "gbp", "jpy", "cny", "rmb", "inr", "vnd")
_CHAR, _LETTER = rf"[^ {_SIGNS}{_UNSPACED}]", rf"[^ 0-9{_SIGNS}{_UNSPACED}]"
# No group is possessive: Python's `re` matched such wrongly before 3.11.5.
_WORD = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]++)"
    rf"|(?P<currency>{'|'.join(_CURRENCIES)})(?=[0-9])"  # USD5bn: no word of its own
    rf"|{_LETTER}{_CHAR}++(?:'++{_CHAR}++)*"
    rf"|(?<![,.])[0-9]{{1,3}}+(?:[.'_][0-9]{{3}})*,[0-9]{{1,2}}(?![0-9,]){_CHAR}*+"  # 3,5  1.000,50
    rf"|[0-9]++(?:[,'_][0-9]{{3}}(?![0-9]))*(?:\.[0-9]++)*(?:'s(?!{_CHAR})|{_CHAR}*+)"  # 1,000.5  5G
    rf"|(?:{_LETTER}\._*+)+{_LETTER}(?!{_CHAR})(?:\.?'s(?!{_CHAR}))?"  # u.s  u._s  p.m
    rf"|{_LETTER}(?:'++{_CHAR}++)*|%"
)
_DIGITS = frozenset("0123456789")
_UNITS = {
    "bn": "billion", "bln": "billion", "mn": "million", "mln": "million", "tn": "trillion",
    "trn": "trillion", "pct": "percent", "%": "percent",
}  # fmt: skip
_GLUED_UNITS = _UNITS | {"b": "billion", "m": "million", "t": "trillion"}
_NUMBER = re.compile(r"([0-9.,'_]*[0-9])(.*)", re.DOTALL)
_COMMA_DECIMAL = re.compile(r".*,[0-9]{1,2}")
_POINTS_GROUP = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_DECADE = re.compile(r"(?:1[0-9]|20)?[0-9]0")
_MOST_FIGURES = 20  # of a number that one counts with; longer ones are names of things
_NO_FIGURE = re.compile(r"[,'_]")
_POSSESSIVE = re.compile(r"'s?$")
_ELISION = re.compile(r"(?:([cdjlmnst]|qu)'(?=\w{3}))?(.*)", re.DOTALL)  # l'eau, d'Estaing


class _FoldTable(dict[int, str]):
    """Folded form by code point, worked out on first use."""

    def __missing__(self, code: int) -> str:
        # Looked up twice: a sign may be taken apart below, or a letter appear only when it is.
        plain = chr(code).casefold().translate(_SPECIAL)
        plain = unicodedata.normalize("NFKD", plain).casefold().lower().translate(_SPECIAL)
        self[code] = folded = "".join(map(_bare, plain))
        return folded


def _bare(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf" or (category in ("Mn", "Me") and _DROPPED.match(char)):
        return ""
    return str(unicodedata.decimal(char, char))


class _PartTable(dict[int, str]):
    """The same with a blank for every sign outside ASCII, and `_` for a space that does not break a line."""

    def __missing__(self, code: int) -> str:
        folded = "".join(c if c.isascii() or _is_word(c) else " " for c in _FOLD[code])
        self[code] = folded = "_" if chr(code) in _FIRM_SPACES else folded
        return folded


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


_FOLD, _PART = _FoldTable(), _PartTable()


def fold(text: str) -> str:
    """`text` without case, accents, zero-width signs and typographic variants; lengths may change."""
    return _translated(text, _FOLD).lower()


def _translated(text: str, table: dict[int, str]) -> str:
    return text if text.isascii() else _OUTSIDE_ASCII.sub(lambda run: run[0].translate(table), text)


def _parted(text: str) -> str:
    """`text` folded, with blanks between its raw words; `_` is a blank that may lie inside a word."""
    plain = _translated(text, _PART).encode().translate(_PARTED).decode()
    if " cent" in plain:
        plain = _PER_CENT.sub(lambda found: found[0].replace(" ", "'"), plain)
    if ". " in plain:
        plain = _SPACED_INITIALS.sub(lambda blanks: "_" * len(blanks[0]), plain)
    return plain


def raw_words(text: str) -> list[str]:
    """The folded words of `text` before `spell` settles what they stand for: the fast half of `terms`.

    Punctuation clings to them: a raw word may stand for no term, for one or for several.
    """
    parted = _parted(text)
    if not parted.isascii():
        parted = _RUN.sub(lambda run: " ".join(["", *_units(run[0]), ""]), parted)
    return parted.split()


def spell(raw: str) -> tuple[str, ...]:
    """The terms a raw word stands for, in order: number and unit for ``57.7bn``, none for ``...``."""
    bare = raw.strip("'.,_")
    if bare.isalpha():
        return (_UNITS.get(bare, bare),)
    words = (word[0] for word in _WORD.finditer(raw) if not word["currency"])
    return tuple(term for word in words for term in _settled(word))


def terms(text: str) -> list[str]:
    """The folded words of `text` in order."""
    return [term for raw in raw_words(text) for term in spell(raw)]


def query_terms(text: str) -> list[str]:
    """The terms to look for: as `terms`, but of what scripts without spaces join only the pairs."""
    parted = _parted(text)
    found: list[str] = []
    for piece, run in zip_longest(_RUN.split(parted), _RUN.findall(parted), fillvalue=""):
        found += [term for raw in piece.split() for term in spell(raw)]
        units = units_of(run)
        found += [left + right for left, right in pairwise(units)] or units
    return found


def units_of(term: str) -> list[str]:
    """The units of a term in a script without spaces, one or two; none for any other term."""
    return _UNIT.findall(term) if _RUN.fullmatch(term) else []


def word_spans(text: str) -> list[Span]:
    """The code points each of ``terms(text)`` covers, end exclusive, accents included."""
    found: list[Span] = []
    for word in _WORD.finditer(_parted(text)):
        span = start, _ = word.span()
        if word["unspaced"]:
            found += [(start + left, start + right) for left, right in _unit_spans(word[0])]
        elif word["currency"]:
            continue
        elif word[0].isalpha():
            found.append(span)
        else:
            found += [span] * len(_settled(word[0]))
    return found if text.isascii() else _in_source(found, text)


def _in_source(spans: list[Span], text: str) -> list[Span]:
    """`spans` of the folded text as spans of `text`, with the accents that follow."""
    source = [place for place, char in enumerate(text) for _ in _PART[ord(char)]]
    found = []
    for start, end in spans:
        left, right = source[start], source[end - 1] + 1
        while right < len(text) and unicodedata.category(text[right]) in ("Mn", "Me"):
            right += 1
        found.append((left, right))
    return found


def _unit_spans(run: str) -> list[Span]:
    """Where the units of a run of an unspaced script stand, each followed by its pair with the next."""
    units = [unit.span() for unit in _UNIT.finditer(run)]
    pairs = [(left, right) for (left, _), (_, right) in pairwise(units)]
    return [span for both in zip_longest(units, pairs) for span in both if span]


def _units(run: str) -> list[str]:
    return [run[start:end] for start, end in _unit_spans(run)]


def _settled(word: str) -> tuple[str, ...]:
    """The terms of a match of `_WORD`."""
    if word in _UNITS:
        return (_UNITS[word],)
    if word[0] in _DIGITS:
        return _number(word)
    if word.isalnum():
        return (word,)
    particle, name = _ELISION.findall(_POSSESSIVE.sub("", word))[0]
    plain = name.replace("'", "").replace(".", "").replace("_", "")
    return (particle, plain) if particle else (plain or word,)


def _number(word: str) -> tuple[str, ...]:
    figures, rest = _NUMBER.findall(word)[0]
    if _COMMA_DECIMAL.fullmatch(figures):
        whole, _, part = figures.rpartition(",")
        figures = f"{_NO_FIGURE.sub('', whole).replace('.', '')}.{part}"
    figures = _NO_FIGURE.sub("", figures)
    if _POINTS_GROUP.fullmatch(figures):
        figures = figures.replace(".", "")
    if rest in _GLUED_UNITS:
        return (figures, _GLUED_UNITS[rest])
    if rest == "k" and figures.count(".") < 2 and len(figures) <= _MOST_FIGURES:
        return (f"{(Decimal(figures) * 1000).normalize():f}",)
    if rest == "'s":
        rest = "s" if _DECADE.fullmatch(figures) else ""
    return (figures + rest,)
