"""Copying: what goes to the terminal, and the ways out for what a terminal does not take."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenshots.scenes import settle
from tests.tui.support import StrictApp
from workbench import Project
from workbench.resources import resource
from workbench.tui.clipboard import MOST_BYTES, SCREEN_BYTES, fits, osc52
from workbench.tui.screens.save_text import without_fetched_fonts
from workbench.tui.widgets.note_editor import NoteEditor
from workbench.tui.widgets.text_area import InertTextArea

ENVELOPE = re.compile(r"\x1bP(.*?)\x1b\\", re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(tmp_path / "study.db", create=True) as opened:
        opened.import_paths([resource("seeds")])
        yield opened


def copied_by(sequence: str) -> str:
    code = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a", sequence)
    assert code
    return base64.b64decode(code[1]).decode()


@settings(max_examples=30)
@given(st.text(max_size=2_000))
def test_every_terminal_gets_the_text_in_its_envelope(text: str) -> None:
    assert copied_by(osc52(text, {})) == text
    for inside in ({"TMUX": "/tmp/tmux,1,0", "STY": "1"}, {"TERM": "tmux-256color"}):
        plain, _, wrapped = osc52(text, inside).partition("\x1bPtmux;")
        assert copied_by(plain) == text
        assert wrapped.endswith("\x1b\\") and copied_by(wrapped[:-2].replace("\x1b\x1b", "\x1b")) == text
    pieces = ENVELOPE.findall(osc52(text, {"STY": "1234.pts-0"}))
    assert copied_by("".join(pieces)) == text
    assert max(map(len, pieces)) <= SCREEN_BYTES


def test_long_texts_do_not_fit() -> None:
    assert fits("é" * (MOST_BYTES // 2))
    assert not fits("é" * (MOST_BYTES // 2 + 1))
    assert len(osc52("x" * MOST_BYTES, {})) <= 100_000


def test_a_picture_fetches_nothing() -> None:
    svg = 'src: local("FiraCode-Bold"),\n url("https://a.example/f.woff2") format("woff2"),\n'
    svg += ' url("https://a.example/f.woff") format("woff");'
    assert without_fetched_fonts(svg) == 'src: local("FiraCode-Bold");'


async def test_copied_words_can_be_pasted_shown_and_written(project: Project, tmp_path: Path) -> None:
    app = StrictApp(project)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await settle(pilot)

        async def run(command: str) -> None:
            await app.screen.run_command(command)  # type: ignore[attr-defined]
            await settle(pilot)

        await run("app.copied")
        assert app.status[0] == "Nothing was copied yet: y copies"
        await press("enter", "y")
        assert app.status[0].startswith("Copied “") and app.status[1] == ": write it to a file"
        assert app.copied.startswith("“") and app.clipboard == app.copied

        await run("app.copied")
        assert app.screen.query_one(InertTextArea).text == app.copied
        await press("enter", "enter")
        assert (tmp_path / "copied.txt").read_text(encoding="utf-8") == f"{app.copied}\n"

        await run("app.picture")
        await press("enter")
        picture = (tmp_path / "workbench.svg").read_text(encoding="utf-8")
        assert picture.startswith("<svg") and 'url("http' not in picture
        assert str(tmp_path / "workbench.svg") in app.status[0]

        note = project.create_note("Pasted", "")
        await press("g", "n", "enter", "e", "ctrl+v")
        assert app.screen.query_one(NoteEditor).text == app.copied
        await press("escape")
        assert project.note(note).body == app.copied

        app.copy("x" * (MOST_BYTES + 1), "a long text")
        assert app.status[0] == "Copied in here only: 74 KB is more than a terminal takes"
