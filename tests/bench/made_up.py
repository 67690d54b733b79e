"""Articles for benchmarks: shuffled sentences of the sample, and prose of made-up words."""

from __future__ import annotations

import random
from collections.abc import Iterator

from workbench.resources import resource
from workbench.text.sentences import sentences


def shuffled_articles(count: int, size: int, seed: int = 1) -> Iterator[str]:
    """`count` different texts of about `size` characters, made of the sample articles' sentences."""
    rng = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(resource("seeds").glob("*.txt"))]
    known = [" ".join(text[start:end].split()) for text in texts for start, end in sentences(text)]
    for number in range(count):
        parts, length = [f"Report {number}"], 0
        while length < size:
            paragraph = " ".join(rng.choices(known, k=rng.randint(2, 5)))
            parts.append(paragraph)
            length += len(paragraph) + 2
        yield "\n\n".join(parts) + "\n"


def prose(size: int, rng: random.Random, words: list[str]) -> str:
    """About `size` characters: sentences of 6-28 words, the first of the list the most frequent."""
    parts, length = [], 0
    while length < size:
        drawn = [words[int(len(words) ** rng.random()) - 1] for _ in range(rng.randint(6, 28))]
        parts.append(" ".join(drawn).capitalize() + "." + rng.choice([" ", " ", " ", "\n"]))
        length += len(parts[-1])
    return "".join(parts)


def vocabulary(count: int, seed: int = 1) -> list[str]:
    """`count` made-up words of two to eleven letters, the short ones first."""
    rng = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(rng.choices("aeiouaeionrstlmdcpbgvkh", k=rng.randint(2, 11)))] = None
    return sorted(made, key=len)
