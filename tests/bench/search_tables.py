"""The table that sets the search of the workbench beside others at all sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tests.bench.search_recall import Recall

_REACH = """
Reach at 1,000,000 passages: recall@10 ≥ 97 %, p95 ≤ 15 ms, p99 ≤ 50 ms, build ≥ 80,000 sentences/s,
reopen ≤ 0.6 s, memory ≤ 450 MB; at five articles: recall@10 100 %."""
_TIMES = ("keys", "p50", "p95", "p99", "worst", "cpu p95")


@dataclass(frozen=True, slots=True)
class Row:
    """What one way to search needs and gives at one size; None for what it does not have.

    Attributes:
        all, posed: recall over all queries, and over the well-posed. `Recall.chance` says what to expect.
        keys, processor: milliseconds of each key, by the clock on the wall and of the processor.
        build, reopen: seconds until the index is ready, made anew or opened again.
        rate: passages a second while it is made.
        index, resident, peak, building: bytes of the index on disk, of the process that asks at its end and
            at most, and of the largest process while the index is made.
    """

    size: str
    engine: str
    all: Recall
    posed: Recall
    keys: Sequence[float]
    processor: Sequence[float]
    build: float | None = None
    rate: float | None = None
    reopen: float | None = None
    index: int | None = None
    resident: int | None = None
    peak: int | None = None
    building: int | None = None


def print_summary(rows: Sequence[Row]) -> None:
    """One table of all sizes, the peers below the workbench at each."""
    print(f"\n{'':20}{'recall':>40}  {'milliseconds a key':>48}{'index':>36}{'MB of memory':>27}")
    recall = "asked", "@10", "chance", "posed", "MRR"
    index, memory = ("build s", "a second", "reopen", "MB"), ("now", "peak", "making")
    print(f"{'':20}{_cells(recall, 8)}  {_cells(_TIMES, 8)}{_cells((*index, *memory), 9)}")
    size = ""
    for row in rows:
        if row.size != size:
            size = row.size
            print(size)
        print(_line(row))
    print(_REACH)


def timed_apart(
    classes: Mapping[str, Sequence[str]], wall: Sequence[float], processor: Sequence[float]
) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
    """The milliseconds of keys that were typed class after class, by class."""
    ends = np.cumsum([0, *map(len, classes.values())]).tolist()
    return {name: (wall[a:b], processor[a:b]) for name, (a, b) in zip(classes, pairwise(ends), strict=True)}


def print_times(times: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> None:
    """Milliseconds a key, a line for each class of what was typed."""
    print(f"\n{'':20}{'milliseconds a key':>48}\n{'':20}{_cells(_TIMES, 8)}")
    for name, (wall, processor) in times.items():
        if wall:
            print(f"  {name:18}{_times(wall, processor)}")


def _line(row: Row) -> str:
    shares = (f"{share:.1%}" for share in (row.all.ten, row.all.chance, row.posed.ten))
    recall = f"{row.all.asked:,}", *shares, f"{row.all.mrr:.2f}"
    seconds = _or_none(row.build, 1, 2), _or_none(row.rate, 1, 0), _or_none(row.reopen, 1, 2)
    memory = (_or_none(one, 1e6, 1) for one in (row.index, row.resident, row.peak, row.building))
    times = _times(row.keys, row.processor)
    return f"  {row.engine:18}{_cells(recall, 8)}  {times}{_cells((*seconds, *memory), 9)}"


def _times(wall: Sequence[float], processor: Sequence[float]) -> str:
    p50, p95, p99 = np.percentile(wall, [50, 95, 99])
    measured = p50, p95, p99, max(wall), np.percentile(processor, 95)
    return _cells((f"{len(wall):,}", *(f"{one:,.{0 if one >= 1000 else 1}f}" for one in measured)), 8)


def _or_none(value: float | None, unit: float, digits: int) -> str:
    return "–" if value is None else f"{value / unit:,.{digits}f}"


def _cells(texts: Sequence[str], width: int) -> str:
    return "".join(f"{text:>{width}}" for text in texts)
