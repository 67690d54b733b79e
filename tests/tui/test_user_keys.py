"""The user's keymap file at work: keys that move, what is said of mistakes, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from screenshots.scenes import settle
from tests.tui.support import StrictApp, flowing, places, plain, screen_text
from workbench import config
from workbench.project import Project
from workbench.tui.widgets.bars import KeyFooter
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.which_key import WhichKey

KEYS = """
"library.import" = "I"
"library.filter" = ["ctrl+k", "F6"]
"go.tags" = "Z t"
"go.notes" = "g ,"
"app.undo" = ""
passage.tga = "x"
"app.close" = "alt+q"
broken
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StrictApp]:
    with Project.open(tmp_path / "p.db", create=True) as project:
        yield StrictApp(project)


def write_keys(text: str) -> None:
    path = config.keymap_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def footer(app: StrictApp) -> str:
    return plain(app.screen.query_one(KeyFooter)).strip()


async def test_a_file_moves_keys_and_what_is_wrong_in_it_is_said_once(app: StrictApp) -> None:
    write_keys(KEYS)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert app.status[0] == (
            "keymap.toml, line 7: there is no command “passage.tga”; "
            "did you mean passage.tag or passage.untag? (and 2 more)"
        )
        assert "I import" in footer(app) and "I imports files" in flowing(app)
        await pilot.press("i", "slash")
        assert places(app) == ["library", "search"]  # `/` is no longer the filter's
        await pilot.press("escape", "ctrl+k")
        assert isinstance(app.focused, Input)
        await pilot.press("escape", "I")
        assert places(app) == ["library", "paths"]
        await pilot.press("escape", "Z")
        await pilot.pause()
        assert "t tags" in plain(app.screen.query_one(WhichKey))
        await pilot.press("t")
        assert places(app) == ["library", "tags"]
        await pilot.press("g", "t", "g", "comma")
        assert places(app) == ["library", "tags", "notes"]
        app.show_status("")
        await pilot.press("u", "escape", "g")
        await pilot.pause()
        assert app.status[0] == "" and ", notes" in plain(app.screen.query_one(WhichKey))
        await pilot.press("escape", "q")
        assert not app.status[0] and places(app) == ["library"]


async def test_the_keys_are_listed_mended_and_read_again(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"your keys", "enter")
        await pilot.pause()
        assert places(app) == ["library", "keys"] and "no file yet" in screen_text(app)
        await pilot.press("w")
        await pilot.pause()
        written = config.keymap_path().read_text(encoding="utf-8")
        assert '#"passage.tag" = "t"' in written and "no problems" in screen_text(app)
        await pilot.press("w")
        assert "is there already" in app.status[0]
        write_keys('"library.import" = "c"\n"library.details" = "ctrl+h"\n')
        await pilot.press("r")
        await pilot.pause()
        assert "1 problem" in screen_text(app)
        assert app.user_keys and app.screen.query_one(LineList).current is app.user_keys.problems[0]
        assert "line 2: library.details: “ctrl+h” is Backspace" in flowing(app)
        assert "1 command has other keys." in flowing(app)
        await pilot.press("q", "c")
        assert places(app) == ["library", "paths"]
