"""How well and how fast "more like this" finds passages and articles, beside TF-IDF cosine.

Usage: python -m tests.bench.similar [--corpus ARTICLES.jsonl[.xz]] [--sentences N] [--each N] [--seed N]

First the pairs drawn up by hand over the five sample articles (see `paraphrases`), then, with a corpus,
sentences of it rewritten and planted in articles of their own, and whole articles spun again. A rewritten
sentence need not be the likest there is: a corpus says many things twice. The peer is the TF-IDF cosine of
sentences over the same folded words without the same stop words (weights and smoothing as in scikit-learn).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from tests.bench.paraphrases import Case, Place, article, corpus, hand_made, planted, sample_articles, spun
from workbench.search.document import Document
from workbench.search.function_words import FUNCTION_WORDS
from workbench.search.index import SearchIndex
from workbench.search.tokens import terms
from workbench.text.sentences import sentences

Ask = Callable[[Case], Sequence[Place]]
LISTED = 20
SPUN = (0.2, 0.35, 0.5)


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description="Quality and speed of “more like this”.")
    parser.add_argument("--corpus", type=Path, help="only the sample articles without it")
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=50, help="rewritten sentences of a kind; spun articles")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    samples = sample_articles()
    _compare(samples, [*hand_made("dev"), *hand_made("test")])
    if options.corpus:
        documents = list(corpus(options.corpus, options.sentences))
        made, cases = planted(documents, options.each, options.seed)
        _compare([*documents, *made], cases)
        _copies(documents, samples, options.each, options.seed)


def _compare(documents: list[Document], cases: list[Case]) -> None:
    """Prints how well both find the answers, by kind of case, and how long each takes."""
    index = SearchIndex.build(documents)
    cosine = Cosine(documents)
    print(f"\n{index.sentences:,} sentences")
    _print("workbench", cases, lambda case: _similar(index, case))
    _print("TF-IDF cosine", cases, cosine.similar)


def _similar(index: SearchIndex, case: Case) -> list[Place]:
    hits = index.similar(case.text, article=case.article, limit=LISTED)
    return [(one.hit.thing, one.hit.start or 0, one.hit.end or 0) for one in hits]


def _print(name: str, cases: list[Case], ask: Ask) -> None:
    ranks, times = [], []
    for case in cases:
        began = time.perf_counter()
        found = ask(case)
        times.append((time.perf_counter() - began) * 1000)
        ranks.append((case.kind, case.rank(found)))
    print(f"{name:36}{'MRR':>7}{'@1':>7}{'@3':>7}{'@10':>7}")
    for kind, group in groupby(ranks, key=lambda one: one[0]):
        _print_ranks(kind, [rank for _, rank in group])
    _print_ranks(f"all {len(ranks)}", [rank for _, rank in ranks])
    p50, p95 = np.percentile(times, [50, 95])
    print(
        f"  p50 {p50:.1f} ms, p95 {p95:.1f}, worst {max(times):.1f}; budget ≤ 200 ms at 1,000,000 sentences"
    )


def _print_ranks(kind: str, ranks: list[int]) -> None:
    mrr = np.mean([1 / rank if rank else 0 for rank in ranks])
    shares = (np.mean([0 < rank <= most for rank in ranks]) for most in (1, 3, 10))
    print(f"  {kind:34}{mrr:7.3f}" + "".join(f"{share:7.1%}" for share in shares))


def _copies(documents: list[Document], samples: list[Document], each: int, seed: int) -> None:
    """Spins articles again, and prints which of the copies are called near-duplicates, and what else is."""
    rng = random.Random(seed)
    long = [one for one in documents if 12 <= len(sentences(one.text or "")) <= 80]
    sources = [*samples, *rng.sample(long, min(each, len(long)))]
    copies = {
        (source.thing, share): article(f"{source.thing} spun {share}", spun(source, share, documents, rng))
        for source in sources
        for share in SPUN
    }
    index = SearchIndex.build([*documents, *samples, *copies.values()])
    times = []
    called: dict[float, list[bool]] = {share: [] for share in SPUN}
    wrongly = 0
    for source in sources:
        began = time.perf_counter()
        found = index.similar_articles(source.thing)
        times.append((time.perf_counter() - began) * 1000)
        duplicates = {one.article_id for one in found if one.label == "near-duplicate"}
        for share in SPUN:
            called[share].append(copies[source.thing, share].thing in duplicates)
        wrongly += len([name for name in duplicates if not name.startswith(f"{source.thing} spun")])
    print(
        f"\n{len(sources)} articles, spun again with words replaced, sentences moved, others put round them"
    )
    for share, right in called.items():
        print(f"  {share:.0%} of the words replaced: {np.mean(right):.1%} called near-duplicates")
    print(f"  other articles called so: {wrongly}")
    print(f"  p50 {np.median(times):.1f} ms, worst {max(times):.1f}; budget ≤ 200 ms at 1,000,000 sentences")


class Cosine:
    """TF-IDF cosine between a passage and all sentences, with an inverted list a word."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._words: dict[str, int] = {}
        rows, words = [], []
        self._places: list[Place] = []
        for document in documents:
            text = document.text or ""
            for start, end in sentences(text):
                held = self._numbers(text[start:end])
                words += held
                rows += [len(self._places)] * len(held)
                self._places.append((document.thing, start, end))
        keys = np.array(words, np.int64) << 32 | np.array(rows, np.int64)
        keys, counts = np.unique(keys, return_counts=True)
        word, row = keys >> 32, keys & 0xFFFFFFFF
        frequencies = np.bincount(word, minlength=len(self._words))
        self._idf = np.log((1 + len(self._places)) / (1 + frequencies)) + 1
        values = counts * self._idf[word]
        lengths = np.sqrt(np.bincount(row, values**2, len(self._places)))
        self._rows, self._values = row, (values / lengths[row]).astype(np.float32)
        self._starts = np.searchsorted(word, np.arange(len(self._words) + 1))

    def similar(self, case: Case) -> list[Place]:
        """The likest sentences of other articles."""
        asked, counts = np.unique(self._numbers(case.text, new=False), return_counts=True)
        scores = np.zeros(len(self._places), np.float32)
        for word, count in zip(asked.tolist(), counts.tolist(), strict=True):
            held = slice(self._starts[word], self._starts[word + 1])
            scores[self._rows[held]] += np.float32(count * self._idf[word]) * self._values[held]
        found: list[Place] = []
        most = min(len(scores) - 1, 2_000)
        best = np.argpartition(-scores, most)[:most]
        for row in best[np.argsort(-scores[best], kind="stable")]:
            if scores[row] > 0 and len(found) < LISTED and self._places[row][0] != case.article:
                found.append(self._places[row])
        return found

    def _numbers(self, text: str, *, new: bool = True) -> list[int]:
        held = [word for word in terms(text) if word not in FUNCTION_WORDS]
        if new:
            return [self._words.setdefault(word, len(self._words)) for word in held]
        return [self._words[word] for word in held if word in self._words]


if __name__ == "__main__":
    main()
