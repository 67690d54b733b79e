"""Queries as people remember a passage: a few of its words, damaged in one of seven ways.

A passage is one sentence. Its words are the runs of letters and digits, in small letters. Content words are
those of four or more characters that are not function words of English, French, German or Spanish; nothing
is left out for being common. A query has two to five of them, in their order, out of nine that follow each
other, and then is damaged; `KINDS` says how. Passages with fewer than six are not drawn.

Two common words of a million sentences may stand together in hundreds, and nobody can know which of them is
meant. A query is *well-posed* when at most ten passages hold all its content words as they were before they
were damaged, in any order, each as a whole word.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.search.function_words import FUNCTION_WORDS

WELL_POSED = 10
_FEWEST = 6  # content words of a passage
_STRETCH = 9
_WORD = re.compile(r"[^\W_]+")

Words = list[str]
Damage = Callable[[Words, random.Random], Words]


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and for what.

    Attributes:
        kind: one of `KINDS`.
        typed: the query.
        words: its content words before they were damaged.
        passage: number of the passage that is meant.
    """

    kind: str
    typed: str
    words: tuple[str, ...]
    passage: int


def words_of(text: str) -> Words:
    """The words of a text in order. Two passages of the same words are the same answer."""
    return _WORD.findall(text.lower())


def is_content(word: str) -> bool:
    """Whether a word says what a passage is about."""
    return len(word) >= 4 and word not in FUNCTION_WORDS


def draw(passages: Sequence[str], each: int, seed: int) -> list[Query]:
    """`each` queries a kind, the kinds by turns, so that the first few are a fair sample of all.

    Raises:
        ValueError: no passage has enough content words.
    """
    rng = random.Random(seed)
    queries = []
    for _ in range(each):
        number, words = _passage(passages, rng)
        for kind, remember in KINDS.items():
            typed, content = remember(words, rng)
            queries.append(Query(kind, " ".join(typed), tuple(dict.fromkeys(content)), number))
    return queries


def holding(passages: Sequence[str], queries: Sequence[Query]) -> list[int]:
    """How many passages hold all content words of each query."""
    found: dict[str, set[int]] = {word: set() for query in queries for word in query.words}
    wanted = found.keys()
    for number, passage in enumerate(passages):
        for word in wanted & set(words_of(passage)):
            found[word].add(number)
    return [len(set.intersection(*(found[word] for word in query.words))) for query in queries]


def _passage(passages: Sequence[str], rng: random.Random) -> tuple[int, Words]:
    for _ in range(100 * len(passages)):
        number = rng.randrange(len(passages))
        words = words_of(passages[number])
        if len(set(filter(is_content, words))) >= _FEWEST:
            return number, words
    raise ValueError(f"no passage has {_FEWEST} content words")


def _drawn(words: Words, rng: random.Random) -> Words:
    """Two to five content words in their order, out of a stretch of nine."""
    content = list(dict.fromkeys(filter(is_content, words)))
    begin = rng.randrange(max(1, len(content) - _STRETCH + 1))
    stretch = content[begin : begin + _STRETCH]
    return [stretch[n] for n in sorted(rng.sample(range(len(stretch)), rng.randint(2, 5)))]


def _remembered(damage: Damage) -> Callable[[Words, random.Random], tuple[Words, Words]]:
    def remember(words: Words, rng: random.Random) -> tuple[Words, Words]:
        drawn = _drawn(words, rng)
        return damage(drawn, rng), drawn

    return remember


def _exact(words: Words, rng: random.Random) -> Words:
    return words


def _misspelt(words: Words, rng: random.Random) -> Words:
    return [_misspell(word, rng) for word in words]


def _unfinished(words: Words, rng: random.Random) -> Words:
    last = words[-1]
    return [*words[:-1], last[: max(3, len(last) * 2 // 3)]]


def _shuffled(words: Words, rng: random.Random) -> Words:
    return rng.sample(words, len(words))


def _mixed(words: Words, rng: random.Random) -> Words:
    """Another order, one word misspelt, and half the time the last one unfinished."""
    kept = _shuffled(words, rng)
    place = rng.randrange(len(kept))
    kept[place] = _misspell(kept[place], rng)
    return _unfinished(kept, rng) if rng.random() < 0.5 and place < len(kept) - 1 else kept


def _first_letter(words: Words, rng: random.Random) -> Words:
    """The first letter of one word is missing or wrong."""
    place = rng.randrange(len(words))
    letter = rng.choice(["", rng.choice(string.ascii_lowercase.replace(words[place][0], ""))])
    return [*words[:place], letter + words[place][1:], *words[place + 1 :]]


def _misspell(word: str, rng: random.Random) -> str:
    """`word` with one letter left out, wrong, too many or swapped; not the first letter, and no number."""
    if word.isdigit():
        return word
    while True:
        place = rng.randrange(1, len(word) - 1)
        letter = rng.choice(string.ascii_lowercase)
        before, here, after, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
        damaged = rng.choice([
            before + after + rest,
            before + letter + after + rest,
            before + letter + here + after + rest,
            before + after + here + rest,
        ])  # fmt: skip
        if damaged != word:
            return damaged


def _near_quote(words: Words, rng: random.Random) -> tuple[Words, Words]:
    """Words as they follow each other, function words too, without one content word and maybe one other."""
    places = [n for n, word in enumerate(words) if is_content(word)]
    while True:
        count = rng.randint(2, 5)
        first = rng.randrange(len(places) - count)
        held = places[first : first + count + 1]
        missing = {rng.choice(held[1:-1])}
        between = sorted(set(range(held[0], held[-1])) - set(held))
        if between and rng.random() < 0.5:
            missing.add(rng.choice(between))
        kept = [words[n] for n in range(held[0], held[-1] + 1) if n not in missing]
        content = list(filter(is_content, kept))
        if len(set(content)) >= 2:  # a sentence may repeat its words
            return kept, content


KINDS: dict[str, Callable[[Words, random.Random], tuple[Words, Words]]] = {
    "exact words": _remembered(_exact),
    "one typo a word": _remembered(_misspelt),
    "unfinished last word": _remembered(_unfinished),
    "shuffled": _remembered(_shuffled),
    "near-quote, words missing": _near_quote,
    "mixed": _remembered(_mixed),
    "wrong or missing first letter": _remembered(_first_letter),
}
"""Words of a passage to the words typed and the content words among them before they were damaged."""
