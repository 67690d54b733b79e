"""What only a real terminal shows: bytes that arrive together, pastes, resizing, signals, mouse reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not Terminal.is_possible(), reason="tmux is not installed"),
]
Cell = tuple[int, int]
"""Column and row, counted from 1 as a terminal reports them."""


@pytest.fixture
def starting(tmp_path: Path, own_folders: Path) -> Iterator[Terminal]:
    """The program, started this moment."""
    folders = {name: value for name, value in os.environ.items() if name.startswith("XDG_")}
    folders |= {"COLUMNS": "80", "LINES": "24"}  # as some shells export them, whatever the window's size
    environment = {**folders, "HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLORTERM": "truecolor"}
    command = f"{sys.executable} -m workbench"
    opened = Terminal(command, width=120, height=36, environment=environment, cwd=tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def reading(starting: Terminal) -> Terminal:
    """The first article of the sample, open in the reading room."""
    starting.wait_for("5 of 5", "China and Vietnam strengthen")
    starting.press("Enter")
    starting.wait_for("sentence 1/", "Chinese manufacturers")
    return starting


def test_keys_pressed_while_the_program_starts_are_not_lost(starting: Terminal) -> None:
    starting.press("Enter", "j", "j")
    starting.wait_for("sentence 3/")


def test_an_escape_and_a_letter_in_one_read_are_two_keys(reading: Terminal) -> None:
    reading.type("vj")
    reading.wait_for("extending", "sentence 2/")
    reading.type("\x1bj")
    reading.wait_for("sentence 3/", without="extending")


def test_a_paste_runs_no_command_and_goes_whole_into_a_field(reading: Terminal) -> None:
    reading.paste("tDqjjj\n")
    reading.wait_for("paste was ignored", "sentence 1/")
    reading.type("c")
    reading.wait_for("Comment")
    reading.paste("two lines,\nand u is no undo")
    reading.wait_for("two lines,", "and u is no undo")
    reading.press("Escape")
    reading.wait_for("u undo", without="Esc done")


def test_what_is_read_stays_in_view_at_every_size(reading: Terminal) -> None:
    reading.type("jjjjj")
    reading.wait_for("sentence 6/")
    for width, height in ((80, 24), (40, 12), (50, 14), (200, 50), (120, 36)):
        reading.resize(width, height)
        reading.wait_for("sentence 6/", "increasing")
    for _ in range(3):
        for width in (119, 118, 81, 79, 120):
            reading.resize(width, 30)
    reading.resize(120, 36)
    reading.wait_for("sentence 6/", "? help")
    reading.type("j")
    reading.wait_for("sentence 7/")


def test_control_z_takes_back_and_suspends_nothing(reading: Terminal) -> None:
    reading.type("thurried")
    reading.press("Enter")
    reading.wait_for("with hurried")
    reading.press("C-z")
    reading.wait_for("Undid", "U redo")
    reading.press("C-c")
    reading.type("q")
    reading.wait_for("5 of 5")
    reading.type("q")
    reading.wait_for("left with 0")


def test_mouse_reports_select_drag_scroll_and_open_the_menu(reading: Terminal) -> None:
    shown = reading.wait_for("sentence 1/")
    start = _cell_of(shown, "Chinese")
    _report(reading, 0, start)
    before = reading.wait_for("sentence", without="sentence 1/")
    _report(reading, 65, start, start, start)
    after = reading.wait_for("sentence", without="Blog")
    assert before.splitlines()[-3:] == after.splitlines()[-3:], "the wheel moves no cursor"
    _report(reading, 64, start, start, start)
    column, row = _cell_of(reading.wait_for("Chinese"), "Chinese")
    reading.type(f"\x1b[<0;{column + 2};{row}M\x1b[<32;{column + 20};{row}M\x1b[<0;{column + 20};{row}m")
    reading.wait_for("c comment  a →note  y copy", " words · sentence")
    reading.press("Escape")
    reading.wait_for("c comment", without="y copy")
    _report(reading, 2, (column, row))
    reading.wait_for("c Comment", "y Copy with citation", "╰")


def _report(terminal: Terminal, button: int, *cells: Cell) -> None:
    """Presses and lets go at each cell, as SGR mouse reports; 64 and 65 turn the wheel."""
    for column, row in cells:
        up = "" if button >= 64 else f"\x1b[<{button};{column};{row}m"
        terminal.type(f"\x1b[<{button};{column};{row}M{up}")


def _cell_of(shown: str, words: str) -> Cell:
    for row, line in enumerate(shown.splitlines(), 1):
        if words in line[1:]:
            return line.index(words, 1) + 1, row
    raise AssertionError(f"{words!r} is not on the screen:\n{shown}")
