"""What a key press costs the whole program in a real pseudo-terminal, from the key to the last byte.

Usage: python -m tests.bench.keys [--articles N] [--presses N]

The workbench on an article of 1 MB with 2,000 tagged passages and on a library of many articles, beside a
Textual app that moves the cursor of a TextArea over the same text, and one in which a key changes one line.
The clock stops at the last byte before the terminal stays quiet; what is written later, while nobody presses
a key, is counted too.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from tests.bench.reader import sample
from tests.bench.table import HEAD, line
from tests.bench.terminal import Terminal, environment, is_full, shows
from workbench import Project
from workbench.model import Analyst

TITLE = "The long report"
FLOOR = """
from textual.app import App
from textual.widgets import Static
class Floor(App):
    BINDINGS = [("j", "count", "")]
    n = 0
    def compose(self):
        yield Static("0")
    def action_count(self):
        self.n += 1
        self.query_one(Static).update(str(self.n))
Floor().run()
"""
AREA = """
import pathlib, sys
from textual.app import App
from textual.widgets import TextArea
class Area(App):
    def compose(self):
        yield TextArea(pathlib.Path(sys.argv[1]).read_text(), read_only=True, soft_wrap=True)
Area().run()
"""
READER = {"next sentence": b"j", "next word": b"l", "extend by a sentence": b"\x1b[1;2B", "page": b" "}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Key presses in a real pseudo-terminal.")
    parser.add_argument("--articles", type=int, default=20_000, help="articles in the library")
    parser.add_argument("--presses", type=int, default=100)
    options = parser.parse_args()
    print(f"{HEAD}\n{'':44}{'p50, p95 ms':>14}   bytes p50, p95")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = environment(folder)
        text = sample(1_000_000)
        (folder / "long.txt").write_text(text, encoding="utf-8")
        _floor([sys.executable, "-c", FLOOR], "one line of an empty app", b"j", variables, options.presses)
        area = [sys.executable, "-c", AREA, str(folder / "long.txt")]
        _floor(area, "TextArea, 1 MB: next row", b"\x1b[B", variables, options.presses)
        workbench = [sys.executable, "-m", "workbench"]
        _read([*workbench, str(_long_article(folder, text))], variables, options.presses)
        _list([*workbench, str(_library(folder, options.articles))], variables, options)


def _floor(command: list[str], name: str, key: bytes, variables: dict[str, str], presses: int) -> None:
    with Terminal(command, variables) as terminal:
        terminal.wait_for(is_full)
        terminal.rest(1.0)
        _measure(terminal, name, key, presses)


def _read(command: list[str], variables: dict[str, str], presses: int) -> None:
    with Terminal(command, variables) as terminal:
        terminal.wait_for(shows(TITLE))
        terminal.rest(1.0)
        opened = terminal.press(b"\r", quiet=1.0)
        print(line("reader, 1 MB: opening, to the last byte", f"{opened.ms:.0f} ms", "≤ 150 ms"))
        for name, key in READER.items():
            _measure(terminal, f"reader, 1 MB: {name}", key, presses, "p95 ≤ 8 ms, ≤ 1,024 bytes")


def _list(command: list[str], variables: dict[str, str], options: argparse.Namespace) -> None:
    with Terminal(command, variables) as terminal:
        terminal.wait_for(shows("Report"))
        terminal.rest(1.5)
        name = f"library of {options.articles:,}"
        _measure(terminal, f"{name}: next row", b"j", options.presses)
        _measure(terminal, f"{name}: page", b"\x1b[6~", options.presses)


def _measure(terminal: Terminal, name: str, key: bytes, presses: int, budget: str = "") -> None:
    terminal.press(key)
    answers = [terminal.press(key) for _ in range(presses)]
    later = terminal.rest(1.0)
    times, sizes = _pair([one.ms for one in answers]), _pair([float(one.written) for one in answers])
    print(line(name, f"{times[0]:.1f}, {times[1]:.1f}", f"{sizes[0]:,.0f}, {sizes[1]:,.0f}   {budget}"))
    if later:
        print(line("", f"{later:,} bytes", "written while no key was pressed"))


def _pair(values: list[float]) -> tuple[float, float]:
    return median(values), quantiles(values, n=20)[-1]


def _long_article(folder: Path, text: str) -> Path:
    path = folder / "long.db"
    rng = random.Random(2)
    with Project.open(path, create=True, analyst=Analyst("A" * 26, "Bench")) as project:
        _import(project, folder, [{"title": TITLE, "text": text}])
        (article,) = project.articles()
        starts = [rng.randrange(len(text) - 400) for _ in range(2_000)]
        project.annotate_lines(
            json.dumps(
                {
                    "article": article.id,
                    "start": at,
                    "end": at + rng.randint(20, 300),
                    "tags": [f"tag-{at % 14}"],
                }
            )
            for at in starts
        )
    return path


def _library(folder: Path, count: int) -> Path:
    path = folder / "many.db"
    with Project.open(path, create=True, analyst=Analyst("A" * 26, "Bench")) as project:
        texts = ({"title": f"Report {n}", "text": f"Report {n} says little."} for n in range(count))
        _import(project, folder, list(texts))
    return path


def _import(project: Project, folder: Path, articles: list[dict[str, str]]) -> None:
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
    project.import_paths([source])


if __name__ == "__main__":
    main()
