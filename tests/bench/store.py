"""What the project file costs: a durable tag, bulk work, size, undo, rebuild, opening, checking.

Usage: python -m tests.bench.store [--articles N] [--annotations N] [--folder DISK]

Seconds are of the wall clock, processor seconds stand beside them in brackets: on a busy machine the
latter say more. The bare commit writes one row into a table of its own, with the pragmas of a project file.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from tests.bench.made_up import shuffled_articles
from tests.bench.table import HEAD, line
from workbench import Project
from workbench.model import Analyst
from workbench.store import derive
from workbench.store.checking import check
from workbench.store.dump import dump, rebuild
from workbench.store.guards import PRAGMAS
from workbench.store.repair import repair
from workbench.text.sentences import sentences

WHO = Analyst("A" * 26, "Bench")
COMMITS = 100
SIZE = 5_500


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed and size of the project file.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--annotations", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="on the disk to measure; the temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print(HEAD)
        _bulk(Path(folder), options.articles, options.annotations)


def _bulk(folder: Path, articles: int, annotations: int) -> None:
    source = folder / "articles"
    source.mkdir()
    for number, text in enumerate(shuffled_articles(articles, SIZE)):
        (source / f"{number:06}.txt").write_text(text, encoding="utf-8")
    path = folder / "bench.db"
    with Project.open(path, create=True, analyst=WHO) as project:
        took = _timed(lambda: project.import_paths([source]))
        print(line(f"import {articles:,} articles", took, "≤ 2.5 s"))
        texts = sum(len(project.text(one.id).encode()) for one in project.articles())
        bare = path.stat().st_size
        print(line("file, of its texts", f"{bare / texts:.2f} ×", "≤ 1.4 ×"))
        lines = _annotations(project, annotations)
        took = _timed(lambda: project.annotate_lines(lines))
        print(line(f"{annotations:,} annotations in bulk", took, "≤ 1.2 s"))
        each = (path.stat().st_size - bare) / len(project.passages())
        print(line("a passage, beyond the text", f"{each:,.0f} B", "≤ 1.5 KB"))
        print(line("export to Markdown", _timed(project.export_markdown), "≤ 1.5 s"))
        print(line("undo of the annotations", _timed(project.undo)))
        print(line("redo", _timed(project.redo)))
        print(line("rebuild of the derived tables", _timed(lambda: _rebuild(project))))
        ours, floor = _commits(project, folder)
        print(line("bare commit, median", f"{floor * 1000:.2f} ms"))
        print(line("tag, durable, median", f"{ours * 1000:.2f} ms ({ours / floor:.2f} ×)", "≤ 2 ×"))
    print(line("open", _timed(lambda: Project.open(path, analyst=WHO).close())))
    _whole_file(path)


def _whole_file(path: Path) -> None:
    """What looking the file through and making it anew cost, as multiples of SQLite's look at its pages."""
    conn = sqlite3.connect(path)
    changes = conn.execute("SELECT count(*) FROM change").fetchone()[0]
    began = process_time()
    conn.execute("PRAGMA integrity_check").fetchall()
    floor = process_time() - began
    conn.close()
    print(line(f"integrity_check of {changes:,} changes", f"({floor:.2f})"))
    acts: dict[str, Callable[[], object]] = {
        "check": lambda: check(path),
        "dump and rebuild": lambda: rebuild((row.encode() for row in dump(path)), path.with_name("again.db")),
        "repair": lambda: repair(path, path.with_name("repaired.db")),
    }
    for name, act in acts.items():
        began = process_time()
        took = _timed(act)
        print(line(name, f"{took} {(process_time() - began) / floor:.0f} ×"))


def _timed(act: Callable[[], object]) -> str:
    began, worked = perf_counter(), process_time()
    act()
    return f"{perf_counter() - began:.2f} s ({process_time() - worked:.2f})"


def _annotations(project: Project, count: int) -> list[str]:
    """`count` lines for `annotate_lines`: a sentence and one of twelve tags."""
    rng = random.Random(2)
    places = [
        (one.id, start, end) for one in project.articles() for start, end in sentences(project.text(one.id))
    ]
    return [
        json.dumps({"article": article, "start": start, "end": end, "tags": [f"tag {rng.randrange(12)}"]})
        for article, start, end in sorted(rng.sample(places, count))
    ]


def _rebuild(project: Project) -> None:
    with project._store.writing():
        derive.rebuild(project._store.conn)


def _commits(project: Project, folder: Path) -> tuple[float, float]:
    """Seconds of a tag put on one more sentence, and of a bare commit, by turns."""
    conn = sqlite3.connect(folder / "bare.db", isolation_level=None)
    conn.executescript(f"PRAGMA journal_mode = DELETE;{PRAGMAS}CREATE TABLE row (body)")
    ours, floor = [], []
    article = project.articles()[0].id
    for number in range(COMMITS):
        began = perf_counter()
        project.annotate_range(article, number, number + 5, tags=["tag 1"])
        between = perf_counter()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO row VALUES (?)", (str(number),))
        conn.execute("COMMIT")
        ours.append(between - began)
        floor.append(perf_counter() - between)
    conn.close()
    return median(ours), median(floor)


if __name__ == "__main__":
    main()
