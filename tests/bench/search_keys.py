"""What is typed key by key, in three classes whose times are told apart.

- content words: the queries of `search_queries`, damaged as they are.
- common words: five words as they follow each other in a passage, all of them among the commonest of the
  project, like "the government of the people". No word leads to few rows.
- operators: `@source word` and `in:text word` by turns; while the operator is typed there is no word.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from tests.bench.search_queries import Query, words_of
from workbench.search.query import folded_name

CONTENT, COMMON, OPERATORS = "content words", "common words", "operators"
_COMMONEST = 300
_RUN = 5
_COUNTED = 50_000  # passages in which words are counted


def key_classes(
    passages: Sequence[str], sources: Sequence[str], queries: Sequence[Query], seed: int
) -> dict[str, list[str]]:
    """What stands in the input line after every key, by class; as many queries of each class as `queries`.

    Args:
        sources: what ``@source`` looks at, of every article.
        queries: those of content words.
    """
    rng = random.Random(seed)
    common = list(islice(_common(passages, rng), len(queries)))
    operators = [_operator(n, query, sources, rng) for n, query in enumerate(queries)]
    typed = {CONTENT: [query.typed for query in queries], COMMON: common, OPERATORS: operators}
    return {
        name: [one[:end] for one in lines for end in range(1, len(one) + 1)] for name, lines in typed.items()
    }


def _common(passages: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Runs of common words, at most one a passage, in an order of chance."""
    step = len(passages) // _COUNTED + 1
    counts = Counter(word for passage in passages[::step] for word in words_of(passage))
    common = {word for word, _ in counts.most_common(_COMMONEST)}
    for number in rng.sample(range(len(passages)), len(passages)):
        words = words_of(passages[number])
        runs = [words[at : at + _RUN] for at in range(len(words) - _RUN + 1)]
        fit = [run for run in runs if common.issuperset(run)]
        if fit:
            yield " ".join(rng.choice(fit))


def _operator(number: int, query: Query, sources: Sequence[str], rng: random.Random) -> str:
    name = folded_name(rng.choice(sources)).partition(" ")[0]
    return f"{f'@{name}' if number % 2 == 0 and name else 'in:text'} {query.words[0]}"
