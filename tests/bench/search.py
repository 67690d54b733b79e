"""How well and how fast search finds half-remembered passages: recall, time a keystroke, build rate, memory.

Usage: python -m tests.bench.search [--corpus ARTICLES.jsonl[.xz]] [--sentences N] [--queries N] [--seed N]

The corpus has one JSON object a line with `title`, `publisher` and `text`. Without one, prose of made-up
words is used, which tells the speed, and recall only roughly. Passages are drawn at random and turned into
queries of two to five of their content words (four letters or more, in fewer than one passage of a hundred)
the ways people remember them; a hit counts when the passage, or one that reads the same, is among the first
ten. Speed is taken by typing some of the queries letter by letter.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import resource
import string
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.bench.made_up import prose, vocabulary
from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.search.tokens import terms
from workbench.text.sentences import sentences

Damage = Callable[[list[str], random.Random], list[str]]
Passage = tuple[str, int, str, list[str]]  # article id, offset, text, content words


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description="Recall, speed and memory of search.")
    parser.add_argument("--corpus", type=Path, help="made-up prose without it")
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=100, help="a kind of damage")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    began = time.perf_counter()
    if options.corpus:
        documents = list(corpus_documents(options.corpus, options.sentences))
    else:
        documents = list(_made_up(options.sentences, rng))
    print(f"{len(documents):,} articles read in {time.perf_counter() - began:.1f} s, {_megabytes():,.0f} MB")
    began = time.perf_counter()
    for document in documents:
        sentences(document.text or "")
    cutting = time.perf_counter() - began
    began = time.perf_counter()
    index = SearchIndex.build(documents)
    took = time.perf_counter() - began
    print(
        f"{index.sentences:,} sentences indexed in {took:.2f} s (finding their ends {cutting:.2f} s): "
        f"{index.sentences / took:,.0f}/s, budget ≥ 80,000/s"
    )
    print(f"peak {_megabytes():,.0f} MB with texts and benchmark, budget ≤ 450 MB at 1,000,000 sentences")
    _edit(index, documents[0])
    passages = _passages(documents, rng, options.queries)
    _recall(index, passages, options.seed)
    _keystrokes(index, passages, options.seed)


def corpus_documents(corpus: Path, most: int) -> Iterator[Document]:
    """The articles of a corpus until they have `most` sentences."""
    count = 0
    with lzma.open(corpus, "rt") if corpus.suffix == ".xz" else corpus.open() as lines:
        for number, line in enumerate(lines):
            if count >= most:
                return
            article = json.loads(line)
            count += len(sentences(article["text"]))
            yield _document(f"a{number}", article["text"], article["title"], article["publisher"])


def _made_up(most: int, rng: random.Random) -> Iterator[Document]:
    words = vocabulary(30_000)
    count = number = 0
    while count < most:
        text = prose(5_500, rng, words)
        count += len(sentences(text))
        number += 1
        yield _document(f"a{number}", text, " ".join(rng.sample(words, 6)), None)


def _document(name: str, text: str, title: str, publisher: str | None) -> Document:
    return Document("text", name, text, title, title, name, None, 0, publisher, None, ())


def _passages(documents: list[Document], rng: random.Random, most: int) -> list[Passage]:
    common = _common_words(documents, rng)
    passages: list[Passage] = []
    while len(passages) < most:
        document = rng.choice(documents)
        start, end = rng.choice(sentences(document.text or ""))
        passage = (document.text or "")[start:end]
        words = _content(passage, common)
        if len(words) >= 5:
            passages.append((document.thing, start, passage, words))
    return passages


def _content(passage: str, common: set[str]) -> list[str]:
    words = dict.fromkeys(terms(passage))
    return [word for word in words if len(word) >= 4 and word.isascii() and word not in common]


def _common_words(documents: list[Document], rng: random.Random) -> set[str]:
    counts: Counter[str] = Counter()
    sampled = rng.choices(documents, k=2_000)
    pieces = [(d.text or "")[start:end] for d in sampled for start, end in sentences(d.text or "")[:10]]
    for piece in pieces:
        counts.update(set(terms(piece)))
    return {word for word, count in counts.items() if count > len(pieces) / 100}


def _misspell(word: str, rng: random.Random, first: int = 1) -> str:
    if word.isdigit() or len(word) < 4:
        return word
    place = rng.randrange(first, len(word) - 1)
    letter = rng.choice(string.ascii_lowercase)
    return rng.choice([
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ])  # fmt: skip


def _shuffled(words: list[str], rng: random.Random) -> list[str]:
    return rng.sample(words, len(words))


def _first_letter(words: list[str], rng: random.Random) -> list[str]:
    place = rng.randrange(len(words))
    wrong = rng.choice(["", rng.choice(string.ascii_lowercase)]) + words[place][1:]
    return [*words[:place], wrong, *words[place + 1 :]]


def _mixed(words: list[str], rng: random.Random) -> list[str]:
    kept = _shuffled(words, rng)
    place = rng.randrange(len(kept))
    return [*kept[:place], _misspell(kept[place], rng), *kept[place + 1 :]]


DAMAGE: dict[str, Damage] = {
    "exact words": lambda words, rng: words,
    "one typo a word": lambda words, rng: [_misspell(word, rng) for word in words],
    "unfinished last word": lambda words, rng: [*words[:-1], words[-1][: max(3, len(words[-1]) * 2 // 3)]],
    "shuffled": _shuffled,
    "words missing": lambda words, rng: words[::2] if len(words) > 3 else words,
    "mixed": _mixed,
    "wrong or missing first letter": _first_letter,
}


def _drawn(words: list[str], rng: random.Random) -> list[str]:
    """Two to five of `words` in their order, out of a stretch of nine."""
    begin = rng.randrange(max(1, len(words) - 8))
    stretch = words[begin : begin + 9]
    chosen = sorted(rng.sample(range(len(stretch)), min(rng.randint(2, 5), len(stretch))))
    return [stretch[n] for n in chosen]


def _recall(index: SearchIndex, passages: list[Passage], seed: int) -> None:
    print(f"\n{'recall, ' + str(len(passages)) + ' queries each':34}{'@1':>7}{'@10':>7}{'MRR':>7}")
    means = []
    for name, damage in DAMAGE.items():
        rng = random.Random(f"{seed} {name}")
        ranks = []
        for thing, start, passage, words in passages:
            hits = index.search(" ".join(damage(_drawn(words, rng), rng)), limit=10).hits
            meant = terms(passage)
            same = [(hit.thing, hit.start) == (thing, start) or terms(hit.text) == meant for hit in hits]
            ranks.append(same.index(True) + 1 if True in same else 0)
        first, ten = np.mean([r == 1 for r in ranks]), np.mean([r > 0 for r in ranks])
        means.append(ten)
        print(f"{name:34}{first:7.1%}{ten:7.1%}{np.mean([1 / r if r else 0 for r in ranks]):7.2f}")
    print(f"{'mean':34}{'':7}{np.mean(means):7.1%}   budget ≥ 97 %")


def _keystrokes(index: SearchIndex, passages: list[Passage], seed: int) -> None:
    rng = random.Random(f"{seed} typing")
    times = []
    for *_, words in passages[:40]:
        typed = " ".join(rng.choice(list(DAMAGE.values()))(_drawn(words, rng), rng))
        for end in range(1, len(typed) + 1):
            began = time.perf_counter()
            index.search(typed[:end], limit=50)
            times.append((time.perf_counter() - began) * 1000)
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    print(f"\n{len(times):,} keys: p50 {p50:.2f} ms, p95 {p95:.2f}, p99 {p99:.2f}, worst {max(times):.1f}")
    print("budget at 1,000,000 sentences: p95 ≤ 15 ms, p99 ≤ 50 ms")


def _edit(index: SearchIndex, document: Document) -> None:
    began = time.perf_counter()
    changed = replace(document, text=f"{document.text} And a sentence more.")
    index.add([changed])
    print(f"one article replaced in {(time.perf_counter() - began) * 1000:.1f} ms")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
