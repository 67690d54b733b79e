"""How long until the first frame: the workbench on its sample and on a large project, beside an empty app.

Usage: python -m tests.bench.start [--runs N] [--megabytes N]

Each runs in a real pseudo-terminal of 120 × 36 cells, by turns. The clock runs from the start of the process
until as many characters were written as the screen has cells; for the workbench also until it shows a title,
which means that the project is open.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.made_up import shuffled_articles
from tests.bench.table import HEAD, line
from workbench import Project
from workbench.model import Analyst

COLUMNS, ROWS = 120, 36
PATIENCE = 20.0
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_])")
EMPTY_APP = "from textual.app import App\nApp().run()"
TITLE = "China and Vietnam"

Seen = Callable[[str], bool]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time to the first frame.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--megabytes", type=int, default=100, help="size of the large project")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        workbench, empty = [sys.executable, "-m", "workbench"], [sys.executable, "-c", EMPTY_APP]
        _until(workbench, environment, [_shows_title])  # makes the sample and fills the caches
        _until(empty, environment, [_is_full])
        ours, floor = [], []
        for _ in range(options.runs):
            ours.append(_until(workbench, environment, [_is_full, _shows_title]))
            floor.append(_until(empty, environment, [_is_full])[0])
        # Last, since the workbench without a file opens the project that was open before.
        large = [*workbench, str(_large(Path(folder), options.megabytes))]
        _until(large, environment, [_shows_title])
        runs = [_until(large, environment, [_is_full, _shows_title]) for _ in range(3)]
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


def _environment(home: Path) -> dict[str, str]:
    """Folders of its own, so that neither the user's projects nor settings are touched.

    Modules are compiled once, as installing does it: a shell may forbid Python to keep what it compiled, and
    then the workbench would be read from source at every start and Textual would not.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    own |= {"HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return {**kept, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def _is_full(written: str) -> bool:
    return len(ESCAPES.sub("", written)) >= COLUMNS * ROWS


def _shows_title(written: str) -> bool:
    return TITLE in ESCAPES.sub("", written)


def _until(command: list[str], environment: dict[str, str], wanted: list[Seen]) -> list[float]:
    """Seconds from the start of a command until each thing wanted was seen, in their order.

    Raises:
        TimeoutError: something was never seen.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    began = perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    raw, times = b"", []
    try:
        while len(times) < len(wanted):
            left = began + PATIENCE - perf_counter()
            if left <= 0 or not select.select([master], [], [], left)[0]:
                raise TimeoutError(f"{command[-1]} did not show it in {PATIENCE:.0f} s: {raw[-300:]!r}")
            raw += os.read(master, 65536)
            while len(times) < len(wanted) and wanted[len(times)](raw.decode(errors="replace")):
                times.append(perf_counter() - began)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return times


if __name__ == "__main__":
    main()
