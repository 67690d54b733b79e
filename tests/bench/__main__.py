"""Runs every benchmark after the other, at sizes that take a few minutes: `make bench`.

Each is a program of its own with options for other sizes; see the first lines of each.

Usage: python -m tests.bench [--corpus ARTICLES.jsonl[.xz]]
"""

from __future__ import annotations

import argparse
import subprocess
import sys

BENCHMARKS = {
    "Starting": ["tests.bench.start"],
    "The reading room": ["tests.bench.reader"],
    "Keys in a real pseudo-terminal": ["tests.bench.keys"],
    "The project file": ["tests.bench.store"],
    "Merging": ["tests.bench.merging"],
    "Search": ["tests.bench.search", "--sizes", "5,10000,100000", "--seconds", "6"],
    "More like this": ["tests.bench.similar"],
}


def main() -> int:
    """Run them one by one, each in a process of its own so that memory is its own; 1 when one failed."""
    parser = argparse.ArgumentParser(description="All benchmarks.")
    parser.add_argument(
        "--corpus", help="articles to search in, one JSON object a line; made-up prose without"
    )
    corpus = parser.parse_args().corpus
    if corpus:
        for title in ("Search", "More like this"):
            BENCHMARKS[title] += ["--corpus", corpus]
    failed = 0
    for title, (module, *options) in BENCHMARKS.items():
        print(f"\n{title}\n{'-' * len(title)}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", module, *options]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
