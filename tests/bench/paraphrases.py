"""Passages that say nearly the same, with known partners: hand-made ones, and sentences damaged on purpose.

The hand-made ones are groups of passages of the five sample articles that say the same or closely related
things (`similar_pairs.jsonl`, drawn up by reading). Damaged ones are sentences of a corpus, rewritten as
copyists do and planted among unrelated sentences in articles made up for them.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.resources import resource
from workbench.search.document import Document
from workbench.search.function_words import FUNCTION_WORDS
from workbench.search.tokens import fold
from workbench.text.sentences import sentences

Place = tuple[str, int, int]
"""Article and range."""
Rewrite = Callable[[list[str], list[str], random.Random], list[str]]
"""Words of a sentence, and words of the corpus to draw from, to the sentences that say it otherwise."""

_WORD = re.compile(r"[\w'’.-]*\w")
_SPELLINGS = [("ise", "ize"), ("our", "or"), ("ence", "ense"), ("tre", "ter"), ("lled", "led")]


@dataclass(frozen=True, slots=True)
class Case:
    """A passage to ask with, and the ranges in other articles that are right to find."""

    kind: str
    article: str
    start: int
    end: int
    text: str
    answers: frozenset[Place]

    def rank(self, found: Sequence[Place]) -> int:
        """Which of `found`, from 1, is the first that overlaps an answer; 0 if none does."""
        for rank, (article, start, end) in enumerate(found, 1):
            if any(article == one and start < last and first < end for one, first, last in self.answers):
                return rank
        return 0


def sample_articles() -> list[Document]:
    """The five sample articles, named by the first three figures of their files."""
    paths = sorted(resource("seeds").glob("*.txt"))
    return [article(path.name[:3], path.read_bytes().decode()) for path in paths]


def hand_made(split: str) -> list[Case]:
    """Every passage of the groups of one split ("dev" or "test"), each asking for the others."""
    texts = {one.thing: one.text or "" for one in sample_articles()}
    links: dict[Place, set[Place]] = {}
    for line in (Path(__file__).parent / "similar_pairs.jsonl").read_text(encoding="utf-8").splitlines():
        group = json.loads(line)
        if group["split"] == split:
            places = [(name, *_found(texts[name], words)) for name, words in group["passages"]]
            for place in places:
                links.setdefault(place, set()).update(one for one in places if one[0] != place[0])
    return [
        Case(f"by hand, {split}", name, start, end, texts[name][start:end], frozenset(answers))
        for (name, start, end), answers in links.items()
    ]


def corpus(path: Path, most: int) -> Iterator[Document]:
    """The articles of a file of JSON lines, maybe packed by xz, until they have `most` sentences."""
    count = 0
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open() as lines:
        for number, line in enumerate(lines):
            if count >= most:
                return
            text = json.loads(line)["text"]
            count += len(sentences(text))
            yield article(f"a{number}", text)


def planted(documents: Sequence[Document], each: int, seed: int) -> tuple[list[Document], list[Case]]:
    """`each` cases of every kind of rewriting, and the articles that hold the answers."""
    rng = random.Random(seed)
    drawn = rng.sample(documents, min(len(documents), 3_000))
    words = [word for one in drawn for word in _WORD.findall(one.text or "")[:200]]
    fillers = [_sentence(rng.choice(drawn), rng)[2] for _ in range(2_000)]
    made: list[Document] = []
    cases: list[Case] = []
    for kind, rewrite in REWRITES.items():
        while sum(case.kind == kind for case in cases) < each:
            source = rng.choice(drawn)
            start, end, text = _sentence(source, rng)
            if not 10 <= len(text.split()) <= 60:
                continue
            name = f"planted {len(made)}"
            before = " ".join(rng.choices(fillers, k=4))
            body = f"{before} {' '.join(rewrite(text.split(), words, rng))}"
            made.append(article(name, f"{body} {' '.join(rng.choices(fillers, k=4))}"))
            answers = frozenset({(name, len(before) + 1, len(body))})
            cases.append(Case(kind, source.thing, start, end, text, answers))
    return made, cases


def spun(source: Document, share: float, documents: Sequence[Document], rng: random.Random) -> str:
    """A text as copyists spin it: so many of its plain words replaced, a tenth of its sentences lost, the
    others moved where many words changed, a new headline and strange sentences round them."""
    words = [word for one in rng.sample(documents, 50) for word in (one.text or "").split() if word.islower()]
    strange = [_sentence(rng.choice(documents), rng)[2] for _ in range(5)]
    text = source.text or ""
    parts = [text[start:end] for start, end in sentences(text) if rng.random() < 0.9]
    if share > 0.3:
        rng.shuffle(parts)
    told = [
        " ".join(
            rng.choice(words) if word.islower() and _is_content(word) and rng.random() < share else word
            for word in part.split()
        )
        for part in parts
    ]
    return f"Another headline\n\n{' '.join(strange[:2])}\n\n{' '.join(told)}\n\n{' '.join(strange[2:])}"


def article(name: str, text: str) -> Document:
    """A text as the index takes it."""
    return Document("text", name, text, name, name, name, f"{name}.txt", 0, None, None, ())


def _found(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _sentence(document: Document, rng: random.Random) -> tuple[int, int, str]:
    text = document.text or ""
    start, end = rng.choice(sentences(text))
    return start, end, text[start:end]


def _is_content(word: str) -> bool:
    return fold(word.strip(".,;:()\"'")) not in FUNCTION_WORDS


def _ended(words: list[str]) -> list[str]:
    if not words:
        return []
    return [words[0][:1].upper() + words[0][1:], *words[1:-1], words[-1].rstrip(".,;:!?") + "."]


def _some_lost(share: float) -> Rewrite:
    def rewrite(words: list[str], others: list[str], rng: random.Random) -> list[str]:
        return _ended([word for word in words if not _is_content(word) or rng.random() >= share])

    return rewrite


def _some_replaced(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    return _ended(
        [rng.choice(others) if _is_content(word) and rng.random() < 0.45 else word for word in words]
    )


def _clauses_turned(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    cut = rng.randrange(len(words) // 3, 2 * len(words) // 3)
    turned = [*words[cut:], *words[:cut]]
    return _some_lost(0.35)(turned, others, rng)


def _other_forms(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    return _some_lost(0.35)([_other_form(word, rng) for word in words], others, rng)


def _other_form(word: str, rng: random.Random) -> str:
    if not word.isalpha() or len(word) < 5:
        return word
    if word[0].isupper():
        place = rng.randrange(2, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for british, american in _SPELLINGS:
        if british in word or american in word:
            return word.replace(british, american) if british in word else word.replace(american, british)
    for ending, other in (("ies", "y"), ("ing", "ed"), ("ed", "ing"), ("s", ""), ("y", "ies"), ("e", "ing")):
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word + rng.choice(["s", "ing", "ed"])


def _told_at_length(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    kept = _some_lost(0.5)(words, others, rng)
    place = rng.randrange(len(kept) + 1)
    return _ended([*kept[:place], *rng.choices(others, k=2 * len(words)), *kept[place:]])


def _in_two_sentences(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    cut = rng.randrange(len(words) // 3, 2 * len(words) // 3)
    kept = (_some_lost(0.25)(half, others, rng) for half in (words[:cut], words[cut:]))
    return [word for half in kept for word in _some_replaced(half, others, rng)]


REWRITES: dict[str, Rewrite] = {
    "half the words lost": _some_lost(0.5),
    "words replaced": _some_replaced,
    "clauses turned": _clauses_turned,
    "other forms, names misspelt": _other_forms,
    "told at length": _told_at_length,
    "in two sentences": _in_two_sentences,
}
