"""How long until the first frame: the workbench on its sample and on a large project, beside an empty app.

Usage: python -m tests.bench.start [--runs N] [--megabytes N]

Each runs in a real pseudo-terminal of 120 × 36 cells, by turns. The clock runs from the start of the process
until as many characters were written as the screen has cells; for the workbench also until it shows a title,
which means that the project is open.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.made_up import shuffled_articles
from tests.bench.table import HEAD, line
from tests.bench.terminal import environment, is_full, seconds_until, shows
from workbench import Project
from workbench.model import Analyst

EMPTY_APP = "from textual.app import App\nApp().run()"
TITLE = "China and Vietnam"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time to the first frame.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--megabytes", type=int, default=100, help="size of the large project")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        variables = environment(Path(folder))
        workbench, empty = [sys.executable, "-m", "workbench"], [sys.executable, "-c", EMPTY_APP]
        seconds_until(workbench, variables, [shows(TITLE)])  # makes the sample and fills the caches
        seconds_until(empty, variables, [is_full])
        ours, floor = [], []
        for _ in range(options.runs):
            ours.append(seconds_until(workbench, variables, [is_full, shows(TITLE)]))
            floor.append(seconds_until(empty, variables, [is_full])[0])
        # Last, since the workbench without a file opens the project that was open before.
        large = [*workbench, str(_large(Path(folder), options.megabytes))]
        seconds_until(large, variables, [shows(TITLE)])
        runs = [seconds_until(large, variables, [is_full, shows(TITLE)]) for _ in range(3)]
        big = [median(run[part] for run in runs) for part in (0, 1)]
    first, shown, bare = median(run[0] for run in ours), median(run[1] for run in ours), median(floor)
    print(HEAD)
    print(line("empty Textual app, first frame", f"{bare * 1000:.0f} ms"))
    print(line("sample project, first frame", f"{first * 1000:.0f} ms"))
    print(line("", f"{first / bare:.2f} ×", "≤ 1.5 × the empty app"))
    print(line("sample project, articles shown", f"{shown * 1000:.0f} ms"))
    size = f"{options.megabytes} MB project"
    print(
        line(
            f"{size}, first frame",
            f"{big[0] * 1000:.0f} ms ({(big[0] - first) * 1000:+.0f})",
            "≤ 300 ms more",
        )
    )
    print(line(f"{size}, articles shown", f"{big[1] * 1000:.0f} ms"))


def _large(folder: Path, megabytes: int) -> Path:
    """A project file of that size, of articles that all bear the title looked for."""
    path = folder / "large.db"
    with Project.open(path, create=True, analyst=Analyst("A" * 26, "Bench")) as project:
        source = folder / "large.jsonl"
        while path.stat().st_size < megabytes * 1_000_000:
            start = path.stat().st_size
            with source.open("w", encoding="utf-8") as lines:
                for text in shuffled_articles(1_000, 5_500, seed=start):
                    lines.write(json.dumps({"title": TITLE, "text": text}) + "\n")
            project.import_paths([source])
    return path


if __name__ == "__main__":
    main()
