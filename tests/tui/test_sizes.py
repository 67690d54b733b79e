"""Screens in every size, resized live: nothing breaks, help and commands stay at hand, so does the place."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from rich.cells import cell_len

from screenshots.scenes import make_project, play, settle
from tests.tui.reading_room import Room, reading_room
from tests.tui.support import StrictApp, resize, screen_text
from workbench.project import Project
from workbench.tui.screens.base import WorkbenchScreen

SIZES = [(40, 12), (10, 3), (300, 80), (1, 1), (60, 16), (40, 12), (200, 50), (80, 24)]
WAYS: dict[str, tuple[str, ...]] = {
    "search": ("/", "/"),
    "help": ("?",),
    "matrix": ("g", "m"),
    "details": ("e",),
    "editor": ("g", "n", "enter", "e"),
    "four panes": ("g", "r"),
    "picker": ("g", "r", "t"),
    "compare": ("g", "r", "C"),
}
"""The screens and boxes with the keys that lead to them from the library."""


def is_whole(app: StrictApp, width: int, height: int) -> bool:
    """Whether no row is too wide, and from 40 x 12 on the footer leads to help and commands."""
    rows = screen_text(app).split("\n")
    keys = rows[-1]
    if len(rows) != height or any(cell_len(row) > width for row in rows):
        return False
    if width < 40 or height < 12 or not isinstance(app.screen, WorkbenchScreen):
        return True
    return keys.lstrip().startswith(("? help  : commands", "F1 help  ^p commands"))


async def test_no_screen_breaks_at_any_size(tmp_path: Path) -> None:
    project = make_project(tmp_path / "sizes.db")
    app, sizes = StrictApp(project), cycle(SIZES)
    async with app.run_test(size=(120, 36)) as pilot:
        for name, keys in WAYS.items():
            app.desk.panes = [article.id for article in project.articles()[:4]]
            await play(pilot, keys)
            width, height = next(sizes)
            await resize(pilot, width, height)
            assert is_whole(app, width, height), f"{name} at {width}x{height}:\n{screen_text(app)}"
            app.screen_stack[0].pop_until_active()
            await settle(pilot)
    project.close()


def row_of_selection(room: Room) -> int:
    """The row of the pane in which the selection begins."""
    reader = room.screen.reader
    assert reader and reader._layout
    return reader._layout.row_of(reader.selection[0]) - round(reader.scroll_y)


async def test_the_same_sentence_stays_where_it_is_read(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "c.txt", "b.txt") as room:
        await room.press("p", "G", *["ctrl+u"] * 3)
        selected, row = room.selected, row_of_selection(room)
        for width, height in ((40, 12), (300, 80), (10, 3), (80, 24), (120, 36)):
            await resize(room.pilot, width, height)
            assert room.selected == selected
            if height >= 12:
                assert 0 <= row_of_selection(room) < room.screen.query_one("Reader:focus").size.height
        assert row_of_selection(room) == row


async def test_wide_titles_and_tags_keep_the_frames_straight(tmp_path: Path) -> None:
    project = Project.open(tmp_path / "wide.db", create=True)
    title = "漢字の題 👩‍🚀 العربية e\u0301 flag 🇻🇳"
    (tmp_path / "漢字.txt").write_text("漢字。 A sentence. 🇻🇳 Another.", encoding="utf-8")
    project.import_paths([tmp_path / "漢字.txt"])
    article = project.articles()[0]
    project.edit_article(article.id, {"title": title})
    project.annotate_range(article.id, 0, 3, tags=["漢字/原因", "👩‍🚀 crew"])
    app = StrictApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ((), ("enter",), ("t",), ("escape", "o"), ("escape", "g", "h"), ("g", "t"), ("g", "m")):
            await play(pilot, keys)
            rows = screen_text(app).split("\n")
            edges = [row for row in rows if row.startswith(("┃", "│"))]
            assert edges and {cell_len(row) for row in edges} == {80}, screen_text(app)
    project.close()
