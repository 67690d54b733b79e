"""What a merge costs: two copies of a project, each with changes the other has not seen.

Usage: python -m tests.bench.merging [--changes N] [--folder DISK]

Beside it stands what SQLite alone needs to copy the same rows of the log into the file, committed once.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.made_up import shuffled_articles
from tests.bench.table import HEAD, line
from workbench import Project
from workbench.model import Analyst
from workbench.store.guards import PRAGMAS

ANNA, BEN = Analyst("A" * 26, "Anna"), Analyst("B" * 25 + "A", "Ben")
ARTICLES, SIZE, STEP = 200, 5_500, 500


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of merging.")
    parser.add_argument("--changes", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="on the disk to measure; the temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print(HEAD)
        _merge(Path(folder), options.changes)


def _merge(folder: Path, changes: int) -> None:
    mine, theirs = _copies(folder, changes)
    floor = _floor(mine, theirs, folder / "floor.db")
    print(line(f"copy {changes:,} rows of the log, SQLite alone", f"{floor:.2f} s"))
    with Project.open(mine, analyst=ANNA) as project:
        for what, act, reach in (
            (f"preview {changes:,} into {changes:,} changes", project.preview_merge, ""),
            (f"merge {changes:,} into {changes:,} changes", project.merge, "≤ 2 s"),
            ("merge it again", project.merge, ""),
        ):
            began = perf_counter()
            act(theirs)
            took = perf_counter() - began
            print(line(what, f"{took:.2f} s ({took / floor:.1f} ×)", reach))


def _copies(folder: Path, changes: int) -> tuple[Path, Path]:
    """Two copies of one project, each with so many changes of its own: passage, tag and comment at a time."""
    source = folder / "articles"
    source.mkdir()
    for number, text in enumerate(shuffled_articles(ARTICLES, SIZE)):
        (source / f"{number:04}.txt").write_text(text, encoding="utf-8")
    mine, theirs = folder / "mine.db", folder / "theirs.db"
    with Project.open(mine, create=True, analyst=ANNA) as project:
        project.import_paths([source])
    shutil.copy(mine, theirs)
    for seed, (path, who) in enumerate(((mine, ANNA), (theirs, BEN))):
        with Project.open(path, analyst=who) as project:
            drawn = random.Random(seed)
            articles = project.articles()
            for _ in range(changes // 3 // STEP + 1):
                lines = []
                for _ in range(STEP):
                    one, start = drawn.choice(articles), drawn.randrange(SIZE - 200)
                    end = min(one.chars, start + drawn.randrange(20, 150))
                    tags = [f"tag {drawn.randrange(30)}"]
                    row = {"article": one.id, "start": start, "end": end, "tags": tags, "comment": f"{start}"}
                    lines.append(json.dumps(row))
                project.annotate_lines(lines)
    return mine, theirs


def _floor(mine: Path, theirs: Path, copy: Path) -> float:
    """Seconds for inserting the rows of the other log that this one lacks, and nothing else."""
    shutil.copy(mine, copy)
    conn = sqlite3.connect(copy, isolation_level=None)
    conn.executescript(PRAGMAS)
    conn.execute("ATTACH ? AS other", (str(theirs),))
    began = perf_counter()
    conn.execute("BEGIN IMMEDIATE")
    last = conn.execute("SELECT max(seq) FROM change").fetchone()[0]
    conn.execute(
        "CREATE TEMP TABLE new AS SELECT seq FROM other.change WHERE id NOT IN (SELECT id FROM change)"
    )
    columns = "id, kind, thing, fields, analyst, lamport, wall, supersedes, payload_hash"
    conn.execute(
        f"INSERT INTO change SELECT seq + {last}, {columns} FROM other.change"
        " WHERE seq IN (SELECT seq FROM new)"
    )
    conn.execute(
        f"INSERT INTO payload SELECT change + {last}, salt, body FROM other.payload"
        " WHERE change IN (SELECT seq FROM new)"
    )
    conn.execute("COMMIT")
    took = perf_counter() - began
    conn.close()
    copy.unlink()
    return took


if __name__ == "__main__":
    main()
