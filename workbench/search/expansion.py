"""The words a query word may have meant, each with how alike it is.

Similarities, by how a word of the texts relates to the word as typed (tuned on queries with known answers):

====================================================  =========
the same word                                          1.0
British and American spelling of it                    0.95
it is joined from this query word and the next          0.95
it is split in two in the text                         0.93
it starts with the query's last word                   0.93
a decimal number with these whole digits               0.93
it says the same (5, five; sept, september)             0.88
another form of it (hotline, hotlines)                 0.82-0.88
it starts with an earlier query word                   0.60-0.92
one edit                                               0.80
one edit, at the first letter                          0.70
two edits, or one in how a longer word starts          0.62
one edit away from a word that is itself known         0.55
one edit, at the first letter of a short word          0.38
a letter more than a word of three                      0.38
one of two characters that nowhere stand together       0.30
====================================================  =========
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from workbench.search.spellings import spellings, synonyms
from workbench.search.tokens import units_of
from workbench.search.vocabulary import Ints, Lexicon

SPELLING, JOINED, SPLIT, COMPLETED, DECIMAL = 0.95, 0.95, 0.93, 0.93, 0.93
SYNONYM = 0.88
PLURAL, FORM, ONE_EDIT, FIRST_LETTER, FAR = 0.88, 0.82, 0.80, 0.70, 0.62
KNOWN_NEIGHBOUR, SHORT_FIRST_LETTER, LETTER_MISSING = 0.55, 0.38, 0.38
UNIT = 0.3

_COMPLETIONS = 1_000
_FOUND_BY = 80_000  # sentences that words no surer than a completion are looked up in
COMMON = 20
"""A word in more than one sentence of so many finds none where rarer words do."""
FEW = 2_000
"""Sentences in which even a common word is looked up."""
_LONGER_WORDS = 60
_REMEMBERED = 60  # words, of 100 kB each where they have a thousand completions
_LONGEST = 40  # letters; longer words are only matched as they stand
_SHORT = 5
_SHORTEST_MISSPELT = 3
_PART = 4  # letters of the shortest part of a word that is misspelt too
_PARTICLES = frozenset("cdjlmnost")  # d'Estaing, l'eau, O'Brien
_FEW_PAIRS = 4
_SPLIT_LIMIT = 5_000  # sentences the rarer half of a split word may occur in

_ENDINGS = ("s", "es", "ed", "d", "ing")


Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What one query word may stand for.

    Attributes:
        word: the word as typed, folded.
        similar: similarity by word number, 0 to 1.
        numbers, likeness: the same as two arrays, the least similar first.
        finding: those of `numbers`, as indices, by whose sentences candidates are found.
        pairs: two word numbers that stand for it, or a part of it, where they follow each other directly.
        known: the word occurs as typed.
        weight: how much telling it apart is worth: the rarer, the more.
        reading: the word it was corrected to, or None.
    """

    word: str
    similar: dict[int, float]
    numbers: Ints
    likeness: npt.NDArray[np.float32]
    finding: npt.NDArray[np.intp]
    pairs: Pairs
    known: bool
    weight: float
    reading: str | None

    @property
    def missing(self) -> bool:
        """Nothing in the texts resembles the word."""
        return not self.similar and not self.pairs


class Expander:
    """Expands query words against a frozen vocabulary, and remembers: while one types, most words stay."""

    def __init__(self, lexicon: Lexicon, rows: int) -> None:
        self._lexicon = lexicon
        self._rows = rows
        self._known: dict[tuple[str, bool, tuple[int, ...]], Expansion] = {}

    def expand(self, words: Sequence[str], *, open_ended: bool) -> list[Expansion]:
        """What each of `words` may stand for, read with its neighbours (``Hai Phong``) or as two words.

        Args:
            open_ended: the last word may be unfinished, and stands for what starts with it too.
        """
        expansions = []
        for place, word in enumerate(words):
            last = open_ended and place == len(words) - 1
            around = ["".join(words[n : n + 2]) for n in (place - 1, place) if 0 <= n < len(words) - 1]
            joined = tuple(n for n in map(self._lexicon.find, around) if n is not None)
            key = (word, last, joined)
            if key not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known = {}
                self._known[key] = _expand(*key, self._lexicon, self._rows)
            expansions.append(self._known[key])
        return expansions


def inverse_frequency(rows: int, holding: float) -> float:
    """How telling a word is that `holding` of `rows` sentences hold (idf as in BM25, never negative)."""
    return math.log(1 + rows / (holding + 0.5))


def _expand(word: str, last: bool, joined: tuple[int, ...], lexicon: Lexicon, rows: int) -> Expansion:
    similar = _similar(word, lexicon, last)
    for number in joined:
        similar[number] = max(similar.get(number, 0.0), JOINED)
    pairs = _pairs(word, lexicon)
    if not similar:
        pairs += _stuck_together(word, lexicon, last)
    known = lexicon.find(word) is not None
    best = max(similar.values(), default=0.0)
    holding = sum(int(lexicon.frequencies[n]) for n, likeness in similar.items() if likeness >= best - 0.1)
    if not similar and pairs:
        holding = 1
    weight = inverse_frequency(rows, min(holding, rows))
    reading = None
    if not known and similar and UNIT < best < COMPLETED:
        number = max(similar, key=lambda n: (similar[n], lexicon.frequencies[n]))
        reading = normalize("NFC", lexicon.terms[number])  # Korean syllables are put together again
    ordered = sorted(similar, key=similar.__getitem__)
    numbers = np.array(ordered, np.int32)
    likeness = np.array([similar[n] for n in ordered], np.float32)
    finding = _finding(likeness, lexicon.frequencies[numbers], known, rows)
    return Expansion(word, similar, numbers, likeness, finding, pairs, known, weight, reading)


def _finding(
    likeness: npt.NDArray[np.float32], frequencies: Ints, known: bool, rows: int
) -> npt.NDArray[np.intp]:
    """Which words to look up: all that surely are meant, and others while they are rare and not many.

    Words an edit away from one that is itself known count where other words have found a sentence.
    """
    surely = likeness > COMPLETED + 0.001
    maybe = np.flatnonzero(~surely & (frequencies <= max(rows // COMMON, FEW)))
    if known:
        maybe = maybe[likeness[maybe] > KNOWN_NEIGHBOUR + 0.001]
    maybe = maybe[np.lexsort((-frequencies[maybe], -likeness[maybe]))]
    maybe = maybe[np.cumsum(frequencies[maybe]) <= _FOUND_BY]
    found = np.sort(np.concatenate([np.flatnonzero(surely), maybe]))
    return found if len(found) else np.arange(len(likeness))[-1:]


def _similar(word: str, lexicon: Lexicon, last: bool) -> dict[int, float]:
    similar: dict[int, float] = {}

    def add(number: int | None, likeness: float) -> None:
        if number is not None and likeness > similar.get(number, 0.0):
            similar[number] = likeness

    size = len(word)
    known = lexicon.find(word)
    add(known, 1.0)
    if last and (known is None or units_of(word) != [word]):  # one character would mark the next as well
        for number in lexicon.starting_with(word, _COMPLETIONS):
            add(int(number), COMPLETED)
    if word.isdecimal():
        for number in lexicon.starting_with(word + ".", _LONGER_WORDS):
            add(int(number), DECIMAL)
    for form in spellings(word):
        add(lexicon.find(form), SPELLING)
    for form in synonyms(word):
        add(lexicon.find(form), SYNONYM)
    if not similar:
        for unit in units_of(word):
            add(lexicon.find(unit), UNIT)
    if not word.isalnum() or word.isdecimal() or size > _LONGEST:
        return similar
    for form in forms(word):
        add(lexicon.find(form), PLURAL if form in (word + "s", word[:-1]) else FORM)
    if (size >= 4 or (size > 1 and known is None)) and not last:
        for number in lexicon.starting_with(word, _LONGER_WORDS):
            add(int(number), 0.6 + 0.32 * size / len(lexicon.terms[number]))
    if size >= 4:
        for number, _ in lexicon.near(word, 1):
            add(number, _edited(word, lexicon.terms[number], known is not None))
    if size == _SHORTEST_MISSPELT:
        for number, _ in lexicon.near(word, 1):
            if len(lexicon.terms[number]) > size:
                add(number, LETTER_MISSING)
    if size >= 8 and not similar:
        for number, _ in lexicon.near(word, 2):
            add(number, FAR)
    if last and size >= 5 and not similar:
        for number in lexicon.near_starts(word, _LONGER_WORDS):
            add(number, FAR)
    return similar


def _edited(word: str, other: str, known: bool) -> float:
    if known:
        return KNOWN_NEIGHBOUR
    if word[0] != other[0] and word[:2] != other[1::-1]:
        return SHORT_FIRST_LETTER if len(word) <= _SHORT and len(word) == len(other) else FIRST_LETTER
    return ONE_EDIT


def forms(word: str) -> set[str]:
    """Other forms a folded word could have by its ending; most of them are no words, and no matter."""
    stems = {word}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (2 if ending == "s" else 3):
            stems.add(word.removesuffix(ending))
    forms = set(stems)
    for stem in stems:
        if len(stem) >= 3:
            forms.update(stem + ending for ending in _ENDINGS)
            if word.endswith("ing"):
                forms.add(stem + "e")
            if stem.endswith("e"):
                forms.add(stem[:-1] + "ing")
            if stem.endswith("y"):
                forms.update((stem[:-1] + "ies", stem[:-1] + "ied"))
            if stem.endswith("i"):
                forms.add(stem[:-1] + "y")
    return forms - {word}


def _pairs(word: str, lexicon: Lexicon) -> Pairs:
    """Ways to read `word` as two known words, the rarest first."""
    found = []
    for cut in _cuts(word):
        left, right = lexicon.find(word[:cut]), lexicon.find(word[cut:])
        if left is not None and right is not None:
            rarer = min(int(lexicon.frequencies[left]), int(lexicon.frequencies[right]))
            if rarer <= _SPLIT_LIMIT:
                found.append((rarer, left, right))
    return tuple((left, right) for _, left, right in sorted(found)[:_FEW_PAIRS])


def _cuts(word: str) -> Sequence[int]:
    """Where a word may fall in two: ``hai phong``, ``o brien``, ``f 16``, ``25 000``."""
    size = len(word)
    if size > _LONGEST:
        return ()
    if word.isdecimal():
        return [size - 3] if size > 3 else ()
    if word.isalpha():
        return range(1 if word[0] in _PARTICLES else 2, size - 1) if size > 3 else ()
    return [n for n in range(1, size) if word[n - 1].isdecimal() != word[n].isdecimal()]


def _stuck_together(word: str, lexicon: Lexicon, last: bool) -> Pairs:
    """Ways to read an unknown `word` as three known words, or as two, one misspelt or unfinished."""
    if not 2 * _PART <= len(word) <= _LONGEST:
        return ()
    found = _thirds(word, lexicon)
    cuts = sorted(range(_PART, len(word) - _PART + 1), key=lambda cut: abs(2 * cut - len(word)))
    for cut in cuts:
        left, right = lexicon.find(word[:cut]), lexicon.find(word[cut:])
        if left is not None and last:
            found += [(left, int(n)) for n in lexicon.starting_with(word[cut:], 2)]
        if left is not None and len(word) - cut > _PART:
            found += [(left, n) for n, _ in lexicon.near(word[cut:], 1)]
        elif right is not None and cut > _PART:
            found += [(n, right) for n, _ in lexicon.near(word[:cut], 1)]
        if len(found) > _FEW_PAIRS:
            break
    return tuple(found[:_FEW_PAIRS])


def _thirds(word: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The first two and the last two of three known words that make up `word`, as even as can be."""
    found = []
    for first in range(3, len(word) - 4):
        left = lexicon.find(word[:first])
        if left is None:
            continue
        for second in range(first + 2, len(word) - 2):
            middle, right = lexicon.find(word[first:second]), lexicon.find(word[second:])
            if middle is not None and right is not None:
                shortest = min(first, second - first, len(word) - second)
                found.append((shortest, left, middle, right))
    if not found:
        return []
    _, left, middle, right = max(found)
    return [(left, middle), (middle, right)]
