"""The main job from end to end in a real terminal, with key presses alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal
from workbench import Project
from workbench.model import Analyst

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not Terminal.is_possible(), reason="tmux is not installed"),
]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The workbench at its first start, in folders of its own."""
    environment = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    environment |= {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "COLORTERM": "truecolor"}
    opened = Terminal(
        f"{sys.executable} -m workbench", width=120, height=36, environment=environment, cwd=tmp_path
    )
    yield opened
    opened.close()


def test_the_main_job(terminal: Terminal, tmp_path: Path) -> None:
    _look_at_the_library(terminal)
    _give_a_title(terminal)
    _read_side_by_side(terminal)
    _tag(terminal)
    _search(terminal)
    _write_a_note(terminal)
    _take_back_and_again(terminal)
    _export(terminal, tmp_path)
    _leave(terminal)
    _check_the_file(tmp_path)


def _look_at_the_library(terminal: Terminal) -> None:
    terminal.wait_for("5 of 5", "China and Vietnam strengthen", "needs title", "Nikkei Asia")
    terminal.press("/")
    terminal.type("stromseth")
    terminal.wait_for("1 of 5")
    terminal.press("Escape")
    terminal.wait_for("5 of 5")


def _give_a_title(terminal: Terminal) -> None:
    terminal.press("G", "k", "e")
    terminal.wait_for("Publisher", "date 2023-11-21 At a time")
    terminal.type("A delicate balance")
    terminal.press("C-s")
    terminal.wait_for("A delicate balance", "5 of 5", without="Publisher  ")


def _read_side_by_side(terminal: Terminal) -> None:
    terminal.press("g", "g", "Enter")
    terminal.wait_for("Reading room", "1 China and Vietnam")
    terminal.press("Escape")
    terminal.wait_for("5 of 5")
    terminal.press("j", "o")
    terminal.wait_for("1 China and Vietnam", "2 Xi Jinping strengthens")


def _tag(terminal: Terminal) -> None:
    terminal.press("j", "t")
    terminal.wait_for("Tag this sentence")
    terminal.type("state visit")
    terminal.press("Enter")
    terminal.wait_for("with state visit")
    terminal.press("j", ".")
    terminal.wait_for("sentence 3/", "■ state visit")
    terminal.press("d")
    terminal.wait_for("Removed")
    terminal.press("k", "c")
    terminal.wait_for("Comment")
    terminal.type("Tuesday was 12 December.")
    terminal.press("Escape")
    terminal.wait_for("Tuesday was 12 December", without="Esc done")
    terminal.press("T")
    terminal.wait_for("state visit", "began a state visit", "1 passage")
    terminal.press("Escape")
    terminal.wait_for("Reading room")


def _search(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.wait_for("Search everything")
    terminal.type("jake sulivan")
    terminal.wait_for("sulivan→sullivan", "Jake Sullivan")
    terminal.press("Enter")
    terminal.wait_for("Reading room", "U.S., Vietnam have work to do", "Sullivan, senior Vietnamese")


def _write_a_note(terminal: Terminal) -> None:
    terminal.press("a")
    terminal.wait_for("u undo", "Added")
    terminal.press("g", "n")
    terminal.wait_for("Notes on U.S., Vietnam", "1 q ")
    terminal.press("Enter")
    terminal.wait_for("Quotes in this note", "senior Vietnamese")
    terminal.press("e")
    terminal.wait_for("editing")
    terminal.press("C-End")
    terminal.type("Who asked whom to travel?")
    terminal.press("Escape")
    terminal.wait_for("Who asked whom to travel?", without="editing")
    terminal.press("Enter")
    terminal.wait_for("Who asked whom", "National Security")
    terminal.press("Escape")
    terminal.press("Escape")
    terminal.press("Escape")


def _take_back_and_again(terminal: Terminal) -> None:
    terminal.press("u")
    terminal.wait_for("Undid")
    terminal.press("U")
    terminal.wait_for("Redid")


def _export(terminal: Terminal, folder: Path) -> None:
    terminal.press("x")
    terminal.wait_for("Export", ".md")
    terminal.press("C-u")
    terminal.type(str(folder / "out.md"))
    terminal.press("Enter")
    terminal.wait_for("out.md", without="Export ")


def _leave(terminal: Terminal) -> None:
    terminal.press("g", "l", "q")
    terminal.wait_for("left with 0")


def _check_the_file(folder: Path) -> None:
    kept = folder / "data" / "workbench"
    assert [path.name for path in kept.iterdir()] == ["sample.db"]
    with Project.open(kept / "sample.db", analyst=Analyst("A" * 26, "A reader")) as project:
        assert project.article("A delicate balance").file.startswith("003")
        tagged = [passage for passage in project.passages() if passage.tags]
        assert [passage.tags[0].name for passage in tagged] == ["state visit"]
        assert tagged[0].comments[0].body == "Tuesday was 12 December."
        note = project.notes()[0]
        assert "Jake Sullivan" in note.citations[0].quote and "Who asked whom to travel?" in note.body
        quote = note.citations[0].quote
    assert quote in (folder / "out.md").read_text(encoding="utf-8").replace("\\", "")
