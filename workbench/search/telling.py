"""What a passage is about: its words without those that hold sentences together, each with what it weighs.

    weight(i) = idf(i) − ½ Σ bond(i, j)        over the words j right before and after it; never under ⅓ idf
    idf(i)    = ln((1 + N) / (½ + n(i)))       n of N sentences hold the word or a form of it
    bond(i,j) = ln(n(i,j)·N / (n(i)·n(j))) · n(i,j) / (n(i,j) + 5)        sentences that hold both

The idf is Spärck Jones' (1972): the rarer a word, the more it tells. The bond is the pointwise mutual
information of Church and Hanks (1990), held back where few sentences speak for it: "Xi" and "Jinping" come
together, and who says both has named one thing, not two.

A word stands for its other forms too, somewhat less: plurals and endings, British and American spelling,
figures, and, if it is a name, itself with a letter wrong.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from workbench.search.block import Block, Bools, is_in
from workbench.search.expansion import FORM, PLURAL, SPELLING, SYNONYM, forms
from workbench.search.function_words import FUNCTION_WORDS
from workbench.search.spellings import spellings, synonyms
from workbench.search.tokens import terms, word_spans
from workbench.search.vocabulary import Ints, Lexicon

Floats = npt.NDArray[np.float64]
Likeness = npt.NDArray[np.float32]
IntegerT = TypeVar("IntegerT", bound=np.integer[Any])
Parts = Sequence[tuple[Block, Bools | None]]

MOST_WORDS = 80
"""Distinct words of a passage that are looked at, the most telling ones: a long one costs no more."""
LONGEST = 50_000
"""Code points of a passage that are looked at."""
MISSPELT = 0.7
LEAST = 1 / 3
_HELD_BACK = 5
_BONDED = 3  # words apart, those that hold sentences together counted
_SHORTEST_NAME = 5
_COMMON = 20  # words in more than one sentence of twenty weigh little whatever stands beside them


@dataclass(frozen=True, slots=True)
class Telling:
    """The telling words of a passage.

    Attributes:
        words: distinct, in their order.
        weights: what each is worth, at least 0.
        numbers, likeness: for each word the vocabulary's words that stand for it and how well, 0 to 1,
            the least alike first.
        sequence: indexes of `words` as the passage has them, repetitions too; places: counted in all words.
    """

    words: tuple[str, ...]
    weights: Floats
    numbers: tuple[Ints, ...]
    likeness: tuple[Likeness, ...]
    sequence: Ints
    places: Ints


def telling(text: str, parts: Parts, lexicon: Lexicon, rows: int) -> Telling:
    """The telling words of `text` among `rows` sentences in `parts`; none where it says nothing."""
    placed, names = _content(text[:LONGEST])
    rarity = {word: idf(lexicon.frequency(word), rows) for word, _ in placed}
    kept = set(sorted(rarity, key=rarity.__getitem__, reverse=True)[:MOST_WORDS])
    words = [word for word in rarity if word in kept]
    index = {word: n for n, word in enumerate(words)}
    placed = [(word, place) for word, place in placed if word in index]
    numbers, likeness, weights = [], [], []
    for word in words:
        variants = _variants(word, word in names, lexicon)
        ordered = sorted(variants, key=lambda n: (variants[n], n))
        numbers.append(np.array(ordered, np.int32))
        likeness.append(np.array([variants[n] for n in ordered], np.float32))
        sure = [n for n in ordered if variants[n] > MISSPELT] or ordered
        weights.append(idf(int(lexicon.frequencies[sure].sum()), rows))
    weighed = np.array(weights)
    bonds = _bonds([(index[word], place) for word, place in placed], words, parts, lexicon, rows)
    return Telling(
        tuple(words), np.maximum(weighed - bonds / 2, LEAST * weighed), tuple(numbers), tuple(likeness),
        np.array([index[word] for word, _ in placed], np.int32), np.array([p for _, p in placed], np.int32),
    )  # fmt: skip


def idf(holding: int, rows: int) -> float:
    """How telling a word is that `holding` of `rows` sentences hold; 0 for one that none does."""
    return max(math.log((1 + rows) / (0.5 + holding)), 0.0) if holding else 0.0


def hollow_words(lexicon: Lexicon) -> Ints:
    """The numbers of the words that hold sentences together."""
    found = (lexicon.find(word) for word in FUNCTION_WORDS)
    return np.array([number for number in found if number is not None], np.int32)


def distinct(numbers: npt.NDArray[IntegerT]) -> npt.NDArray[IntegerT]:
    """`numbers`, none of them negative, in order and without repetition."""
    ordered = np.sort(numbers)
    kept: npt.NDArray[IntegerT] = ordered[np.diff(ordered, prepend=-1) != 0]
    return kept


def _content(text: str) -> tuple[list[tuple[str, int]], set[str]]:
    """The words that are not hollow, with their places among all words, and those written as names.

    A hollow word in capitals (US, WHO, IT) is a name, unless everything is in capitals.
    """
    placed, names = [], set()
    shouted = text.isupper()
    for place, (word, (start, end)) in enumerate(zip(terms(text), word_spans(text), strict=True)):
        written = text[start:end]
        is_acronym = end - start > 1 and written.isupper() and not shouted
        if word in FUNCTION_WORDS and not is_acronym:
            continue
        placed.append((word, place))
        if written[:1].isupper():
            names.add(word)
    return placed, names


def _variants(word: str, is_name: bool, lexicon: Lexicon) -> dict[int, float]:
    found: dict[int, float] = {}

    def add(number: int | None, likeness: float) -> None:
        if number is not None and likeness > found.get(number, 0.0):
            found[number] = likeness

    add(lexicon.find(word), 1.0)
    for other in spellings(word):
        add(lexicon.find(other), SPELLING)
    for other in synonyms(word):
        add(lexicon.find(other), SYNONYM)
    if word.isalpha() and len(word) >= 3:
        for other in forms(word):
            add(lexicon.find(other), PLURAL if other in (word + "s", word[:-1]) else FORM)
        if is_name and len(word) >= _SHORTEST_NAME:
            for number, _ in lexicon.near(word, 1):
                if lexicon.terms[number][0] == word[0]:
                    add(number, MISSPELT)
    return found


def _bonds(
    placed: Sequence[tuple[int, int]], words: Sequence[str], parts: Parts, lexicon: Lexicon, rows: int
) -> Floats:
    """For each word the sum of its bonds with the words beside it."""
    bonds = np.zeros(len(words))
    numbers = [lexicon.find(word) for word in words]
    frequencies = [0 if number is None else int(lexicon.frequencies[number]) for number in numbers]
    beside = {
        (min(one, other), max(one, other))
        for (one, place), (other, later) in pairwise(placed)
        if one != other and later - place <= _BONDED
    }
    for one, other in beside:
        first, second = numbers[one], numbers[other]
        rare = 0 < max(frequencies[one], frequencies[other]) <= max(rows // _COMMON, _COMMON)
        if first is None or second is None or not rare:
            continue
        both = sum(int(is_in(block.rows_with(first), block.rows_with(second)).sum()) for block, _ in parts)
        if both:
            information = math.log(both * rows / (frequencies[one] * frequencies[other]))
            bond = max(information, 0.0) * both / (both + _HELD_BACK)
            bonds[one] += bond
            bonds[other] += bond
    return bonds
