"""The matrix: counts of passages by article and tag, sorted, opened and written to a file."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.tui.reading_room import Room, make_project, reading_room
from tests.tui.support import places, resize, screen_text, unhandled
from workbench.project import Project
from workbench.tui.screens.matrix import MatrixScreen
from workbench.tui.screens.matrix_export import MatrixExport

OPENINGS = {"a.txt": "[The pu", "b.txt": "[An al", "c.txt": "[Third"}


def tagged_project(folder: Path) -> Project:
    """Two of three articles tagged, with five tags of which one is unused."""
    project = make_project(folder)
    one, three = project.article("a.txt").id, project.article("c.txt").id
    project.annotate_range(one, 0, 17, tags=["pumps", "cause/power"])
    for start in range(0, 60, 20):
        project.annotate_range(three, start, start + 15, tags=["cause"])
    project.create_tag("later")
    return project


def cursor(room: Room) -> tuple[str, str]:
    """The file and the tag of the cell under the cursor."""
    screen = room.app.screen
    assert isinstance(screen, MatrixScreen)
    tag, article = screen.tag_here(), screen.article_here()
    assert tag and article
    return article.file, tag.name


def row(room: Room, file: str) -> list[str]:
    """The numbers in the row of an article, its total first."""
    line = next(line for line in screen_text(room.app).splitlines() if OPENINGS[file] in line)
    shown = line.strip("┃ ▇").rpartition("…")[2].replace("▌", " ▌ ")
    return shown.split()


def test_every_key_has_an_action() -> None:
    assert unhandled(MatrixScreen) == [] and unhandled(MatrixExport) == []


async def test_counts_are_shown_sorted_opened_and_compared(tmp_path: Path) -> None:
    with tagged_project(tmp_path) as project:
        async with reading_room(tmp_path, project=project) as room:
            await room.press("g", "m")
            assert cursor(room) == ("a.txt", "cause")
            assert row(room, "a.txt") == ["1", "▌", "1", "1", "1"], "cause counts cause/power, a total once"
            assert row(room, "c.txt") == ["3", "3", "·", "·"]
            assert "later" not in screen_text(room.app)
            await room.press("a")
            assert "later" in screen_text(room.app) and row(room, "b.txt") == ["0", "·", "·", "·", "·"]
            for size in ((200, 50), (40, 12), (120, 36)):
                await resize(room.pilot, *size)
                assert row(room, "a.txt")[:3] == ["1", "▌", "1"]
                assert ("later" if size[0] > 100 else project.tag("later").code) in screen_text(room.app)
            await room.press("a", "s", "4")
            assert cursor(room) == ("c.txt", "cause"), "most tagged first"
            await room.press("l", "enter")
            assert room.app.status[0].startswith("No passage of this article")
            await room.press("h", "enter")
            assert places(room.app)[-1] == "passages" and "3 passages · 1 article" in screen_text(room.app)
            await room.press("escape", "C")
            assert places(room.app)[-1] == "compare" and "Third paragraph" in screen_text(room.app)
            await room.press("escape", "u")
            assert row(room, "c.txt")[-3:] == ["3", "·", "·"], "undone: the tag that nobody used"
            await room.press("o")
            assert room.open == ["c.txt"]


async def test_it_is_written_as_csv_and_as_markdown(tmp_path: Path) -> None:
    with tagged_project(tmp_path) as project:
        async with reading_room(tmp_path, project=project, size=(80, 24)) as room:
            await room.press("g", "m", "x", "enter")
            assert room.app.status[0] == f"Exported the matrix to {tmp_path / 'pumps-matrix.csv'}"
            with (tmp_path / "pumps-matrix.csv").open(newline="", encoding="utf-8") as file:
                head, *rows = csv.reader(file)
            assert head[-3:] == ["cause", "cause/power", "pumps"]
            assert [one[-4:] for one in rows] == [["1", "1", "1", "1"], ["3", "3", "0", "0"]]
            await room.press("x", "shift+tab", "right", "enter")
            written = (tmp_path / "pumps-matrix.md").read_text(encoding="utf-8")
            assert written.endswith("| All |  |  | 4 | 1 | 1 | 4 |\n")
            await room.press("x", "shift+tab", "right", "tab", "ctrl+u")
            await room.type("pumps.db")
            await room.press("ctrl+o")
            assert "project's own file" in screen_text(room.app)
