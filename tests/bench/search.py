"""How well and how fast search finds half-remembered passages, from five articles to a million passages.

Usage: python -m tests.bench.search [--corpus ARTICLES.jsonl[.xz]] [--sizes 5,10000,100000,1000000]
       [--project FILE.db] [--queries N] [--typed N] [--seed N] [--no-peers] [--seconds N] [--failures N]

Everything goes through `Project`: articles are imported into a project file, one process builds its index,
and another one, whose memory is measured, opens both and asks. The size 5 stands for the five sample
articles. The corpus has one JSON object a line with `title`, `publisher` and `text`; without one, prose of
made-up words is used, which tells the speed, and recall only roughly. `--project` measures a project of
your own instead, in a copy.

`search_queries` says how queries are drawn, and which are well-posed. A hit counts when it has the words of
the passage meant. recall@10 is the share of queries that bring one among the first ten, MRR the mean of one
over its rank (0 beyond the tenth). Chance is the recall@10 of an engine that is told the words without any
damage, finds every passage that holds them, and shows those in an order of chance. Keys: queries are typed
letter by letter, and each key is a search for what stands there; on a busy machine the processor's time (cpu
p95) says more. The last table tells of content words only; `search_keys` says what else is typed, whose times
stand below the recall of each size. `search_peers` asks others the same queries in the same order, as many
as fit their time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from tests.bench.search_keys import CONTENT, key_classes
from tests.bench.search_peers import MOST, Peer, peers
from tests.bench.search_projects import make_project, passages_of
from tests.bench.search_queries import KINDS, draw, holding
from tests.bench.search_recall import Asked, judged, posed, print_recall, rank_of, recall
from tests.bench.search_tables import Row, print_summary, print_times, timed_apart

_FAR = 400  # hits looked through for a passage that is not among the first ten


def main() -> None:
    """Measure each size, then print them all in one table."""
    options = _options()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        for number, size in enumerate([0] if options.project else options.sizes):
            place = Path(folder) / str(number)
            place.mkdir()
            project = place / "bench.db"
            if options.project:
                shutil.copy(options.project, project)
            else:
                make_project(project, size, options.corpus)
            rows += _measured(project, options)
            shutil.rmtree(place)
    print_summary(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Recall, speed and memory of search.")
    parser.add_argument("--corpus", type=Path, help="articles, one JSON object a line; made-up prose without")
    parser.add_argument("--sizes", type=_numbers, default=_numbers("5,10000,100000,1000000"))
    parser.add_argument("--project", type=Path, help="a project file to measure instead; it is not changed")
    parser.add_argument("--queries", type=int, default=100, help="a kind")
    parser.add_argument("--typed", type=int, default=70, help="queries typed letter by letter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--seconds", type=float, default=20, help="for each peer, half of them for typing")
    parser.add_argument("--failures", type=int, default=0, help="show so many queries a kind that failed")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _measured(project: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Measures one project and its peers, and prints recall by kind and number of words."""
    sources, passages = passages_of(project)
    size = f"{len(sources):,} articles, {len(passages):,} passages"
    print(f"{size} …", file=sys.stderr, flush=True)
    queries = draw(passages, options.queries, options.seed)
    counts = holding(passages, queries)
    classes = key_classes(passages, sources, queries[: options.typed], options.seed)
    build = _session(project)
    done = _session(project, [key for keys in classes.values() for key in keys], [q.typed for q in queries])
    times, keys = timed_apart(classes, done["keys"], done["processor"]), classes[CONTENT]
    found = [[text for text, _ in answer] for answer in done["answers"]]
    asked = judged(passages, queries, counts, found)
    print_recall(size, asked)
    print_times(times)
    _print_failures(project, passages, asked, options.failures)
    yield Row(
        size, "workbench", recall(asked), recall(posed(asked)), *times[CONTENT],
        build=build["ready"], rate=len(passages) / build["ready"], reopen=done["ready"], index=done["index"],
        resident=done["resident"], peak=done["peak"], building=max(build["peak"], build["workers_peak"]),
    )  # fmt: skip
    for peer in peers(passages, project.parent) if options.peers else ():
        answers, *_ = _timed(peer, [query.typed for query in queries], options.seconds / 2)
        asked = judged(passages, queries, counts, answers)
        _, taken, worked = _timed(peer, keys, options.seconds / 2)
        rate = len(passages) / peer.build if peer.build else None
        yield Row(
            size, peer.name, recall(asked), recall(posed(asked)), taken, worked,
            build=peer.build, rate=rate, index=peer.size,
        )  # fmt: skip


def _session(
    project: Path, keys: Sequence[str] = (), queries: Sequence[str] = (), limit: int = MOST
) -> dict[str, Any]:
    """What a session in a process of its own took and gave, see `search_session`."""
    asked = json.dumps({"keys": keys, "queries": queries, "limit": limit})
    command = [sys.executable, "-m", "tests.bench.search_session", str(project)]
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _timed(
    peer: Peer, queries: Sequence[str], seconds: float
) -> tuple[list[list[str]], list[float], list[float]]:
    """As many queries as fit into so many seconds, at least one: answers, milliseconds, of the processor."""
    answers, times, worked = [], [], []
    ends = perf_counter() + seconds
    for query in queries:
        began, before = perf_counter(), _processors()
        answers.append(peer.ask(query))
        times.append((perf_counter() - began) * 1000)
        worked.append((_processors() - before) * 1000)
        if perf_counter() > ends:
            break
    return answers, times, worked


def _processors() -> float:
    """Seconds that processors have worked for this process and for its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _print_failures(project: Path, passages: Sequence[str], asked: Sequence[Asked], most: int) -> None:
    """Up to `most` queries a kind without their passage among the first ten, and where it was instead."""
    failed = [
        one
        for kind in KINDS
        for one in [one for one in asked if one.query.kind == kind and not one.rank][:most]
    ]
    if not failed:
        return
    done = _session(project, queries=[one.query.typed for one in failed], limit=_FAR)
    for (query, _, count), answer in zip(failed, done["answers"], strict=True):
        passage = passages[query.passage]
        rank = rank_of(passage, [text for text, _ in answer])
        score = f"{answer[rank - 1][1]:.2f}" if rank else "–"
        print(f"\n{query.kind}: {query.typed!r} of {' '.join(query.words)!r}, held by {count:,}")
        print(f"  meant  {score:>6}, rank {rank or f'beyond {_FAR}'}: {' '.join(passage.split())[:200]}")
        for place, (text, points) in enumerate(answer[:MOST:9], 1):
            print(f"  {'first' if place == 1 else 'tenth'}  {points:6.2f}: {' '.join(text.split())[:200]}")


if __name__ == "__main__":
    main()
