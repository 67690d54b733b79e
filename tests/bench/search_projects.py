"""Projects of a given number of passages, made as an analyst makes them: by importing files."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path

from tests.bench.made_up import prose, vocabulary
from workbench import Project
from workbench.model import Analyst
from workbench.resources import resource
from workbench.text.sentences import sentences

SAMPLE = 5
"""The size that stands for the five sample articles."""
_ARTICLE = 5_500  # characters


def make_project(path: Path, size: int, corpus: Path | None) -> None:
    """A project file of `size` passages, or a few more: of the corpus, or of made-up prose without one."""
    with Project.open(path, create=True, analyst=Analyst("A" * 26, "Bench")) as project:
        if size == SAMPLE:
            project.import_paths(sorted(resource("seeds").glob("*.txt")))
            return
        source = path.with_suffix(".jsonl")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(_enough(_lines(corpus) if corpus else _made_up(), size))
        project.import_paths([source])
        source.unlink()


def passages_of(path: Path) -> tuple[list[str], list[str]]:
    """The source of each article of a project, its title where it has none, and the sentences of all."""
    with Project.open(path) as project:
        articles = project.articles()
        texts = (project.text(article.id) for article in articles)
        sources = [article.publisher or article.label for article in articles]
        return sources, [text[start:end] for text in texts for start, end in sentences(text)]


def _enough(lines: Iterator[str], passages: int) -> Iterator[str]:
    count = 0
    for line in lines:
        if count >= passages:
            return
        count += len(sentences(json.loads(line)["text"]))
        yield line


def _lines(corpus: Path) -> Iterator[str]:
    with lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open() as lines:
        yield from lines


def _made_up() -> Iterator[str]:
    rng, words = random.Random(1), vocabulary(30_000)
    while True:
        article = {"title": " ".join(rng.sample(words, 6)), "text": prose(_ARTICLE, rng, words)}
        yield json.dumps(article) + "\n"
