"""Makes `format_N.db`: a small project as the present format keeps it, with the same rows each time.

Usage: python -m tests.data.sample

The file of a format is made once and kept: later versions of the workbench must open what every earlier
one wrote.
"""

from __future__ import annotations

import random
import secrets
import shutil
import sqlite3
import tempfile
from itertools import count
from pathlib import Path
from unittest.mock import patch

from tests.unit.store.project_tools import ANNA, new_project, on
from workbench import Project
from workbench.store import step
from workbench.store.header import FORMAT

PATH = Path(__file__).with_name(f"format_{FORMAT}.db")
STORED = sorted(Path(__file__).parent.glob("format_*.db"))
"""One file of every format there ever was."""
CHANGES = {"format_1": 30, "format_2": 40}
"""How many changes each holds."""
EPOCH = 1_700_000_000_000
TRUTH = ("meta", "text", "change", "payload", "draft")


def make(path: Path) -> Path:
    """Writes the sample: two articles, tags, a comment, a note that cites, a deletion, an undo."""
    drawn, ticks = random.Random(1), count(EPOCH)
    with (
        patch.object(secrets, "token_bytes", drawn.randbytes),
        patch.object(step, "now", lambda: next(ticks)),
        tempfile.TemporaryDirectory() as folder,
    ):
        with new_project(Path(folder), ANNA) as project:
            _live(project)
        conn = sqlite3.connect(Path(folder) / "p.db", isolation_level=None)
        conn.execute("UPDATE _sqlite_migrations SET applied_at = '2023-11-14 22:13:20'")
        conn.execute("PRAGMA page_size = 512")  # most tables hold a row or two
        conn.execute("VACUUM")
        conn.close()
        path.write_bytes((Path(folder) / "p.db").read_bytes())
    return path


def _live(project: Project) -> None:
    one, two = (article.id for article in project.articles())
    project.set_title("Pumps")
    project.edit_article(one, {"title": "Night at the pumps", "published": "2023-09", "basis": "stated"})
    on(project, "pumps failed", "risk", "cause/power", comment="At night?")
    project.delete_passage(on(project, "Crews came late", "gone"))
    on(project, "Nobody heard", "undone")
    project.undo()
    project.cite(None, two, 0, 18, title="Alarm")


def present(path: Path) -> Path:
    """Writes a copy of the sample of the present format, whose derived tables the present text made."""
    shutil.copy(PATH, path)
    Project.open(path, analyst=ANNA).close()
    return path


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the truth, but for which text made the derived tables: that may be a later one."""
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    held = {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TRUTH}
    conn.close()
    held["meta"] = [row for row in held["meta"] if row[0] != "derived"]
    return held


if __name__ == "__main__":
    make(PATH)
