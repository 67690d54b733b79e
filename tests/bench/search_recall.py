"""How often the passage meant is among the first ten, by kind of query and by number of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tests.bench.search_queries import KINDS, WELL_POSED, Query, words_of


class Asked(NamedTuple):
    """A query that was answered.

    Attributes:
        rank: of the first hit with the words of the passage meant; 0 where none is among the hits.
        holding: how many passages hold the query's content words.
    """

    query: Query
    rank: int
    holding: int


class Recall(NamedTuple):
    """What the ranks of some queries come to.

    Attributes:
        asked: how many queries.
        first, ten: the share that brought the passage first, and among the first ten.
        mrr: the mean of one over the rank, 0 for those that did not bring it.
        chance: the share an engine would bring among the first ten that is told the words without damage,
            finds all passages that hold them, and shows them in an order of chance.
    """

    asked: int
    first: float
    ten: float
    mrr: float
    chance: float


def judged(
    passages: Sequence[str], queries: Sequence[Query], counts: Sequence[int], answers: Iterable[Sequence[str]]
) -> list[Asked]:
    """The queries that were answered, the first ones, with the ranks of their passages."""
    found = []
    for query, count, answer in zip(queries, counts, answers, strict=False):
        found.append(Asked(query, rank_of(passages[query.passage], answer), count))
    return found


def rank_of(passage: str, answer: Sequence[str]) -> int:
    """The place, from 1, of the first hit with the words of `passage`; 0 where there is none."""
    meant = words_of(passage)
    return next((rank for rank, text in enumerate(answer, 1) if words_of(text) == meant), 0)


def posed(asked: Iterable[Asked]) -> list[Asked]:
    """The well-posed ones."""
    return [one for one in asked if one.holding <= WELL_POSED]


def recall(asked: Sequence[Asked]) -> Recall:
    """What the ranks come to; shares are 0 where nothing was asked."""
    count = len(asked) or 1
    ranks = [one.rank for one in asked if one.rank]
    chances = sum(min(1.0, 10 / one.holding) for one in asked)
    found = ranks.count(1), len(ranks), sum(1 / rank for rank in ranks), chances
    return Recall(len(asked), *(share / count for share in found))


def print_recall(size: str, asked: Sequence[Asked]) -> None:
    """A table of recall by kind and by number of words."""
    head = f"{'asked':>8}{'@1':>8}{'@10':>8}{'MRR':>8}{'chance':>8}"
    print(
        f"\n{size:40}{'all':>40}{f'well-posed: ≤ {WELL_POSED} hold the words':>44}\n{'':40}{head}    {head}"
    )
    for name, group in _groups(asked):
        print(f"{name:40}{_line(group)}    {_line(posed(group))}")


def _groups(asked: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    for kind in KINDS:
        yield kind, [one for one in asked if one.query.kind == kind]
    for count in sorted({len(one.query.words) for one in asked}):
        yield f"{count} content words", [one for one in asked if len(one.query.words) == count]
    yield "mean", list(asked)


def _line(asked: Sequence[Asked]) -> str:
    found = recall(asked)
    return f"{found.asked:8,}{found.first:8.1%}{found.ten:8.1%}{found.mrr:8.2f}{found.chance:8.1%}"
