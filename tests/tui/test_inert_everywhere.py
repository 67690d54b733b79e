"""Whatever a project file holds: no screen, list, hint or message lets it act on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from screenshots.scenes import settle
from tests.data.nasty import hostile_project, live
from tests.tui.reading_room import Room
from tests.tui.support import StrictApp, flowing, screen_text
from tests.unit.store.strangers import HOSTILE, made
from workbench.project import Project


def harmless(app: StrictApp) -> str:
    """The screen's words, after making sure that every one of them only draws."""
    shown = screen_text(app)
    assert not live(shown), (type(app.screen).__name__, live(shown))
    return flowing(app)


WAYS: dict[str, tuple[str, ...]] = {
    "library": ("j", "e", "space", "slash r", "question_mark", "colon r", "D"),
    "reading": (
        "j",
        "t x",
        "c",
        "o",
        "T",
        "T enter",
        "m",
        "D",
        "a",
        "y",
        "f",
        "x",
        "C",
        "M",
        "b b",
        "colon t",
    ),
    "search": ("p u m p tab space t", "p u m p enter", "ctrl+o down down enter enter", "ctrl+o # enter"),
    "saved": ("r", "e", "enter", "D"),
    "notes": ("j", "enter", "enter tab", "enter e", "r", "x", "D"),
    "matrix": ("l", "enter", "s", "C", "C p", "x"),
    "tags": ("j", "enter", "r", "e", "m", "c", "D", "u"),
    "history": ("j", "enter"),
    "conflicts": ("j", "enter"),
    "projects": ("j", "r"),
}
"""What to press in each place, each time from its beginning."""


@pytest.mark.parametrize("width", [120, 50])
async def test_no_screen_lets_words_of_a_file_act(tmp_path: Path, width: int) -> None:
    with Project.open(hostile_project(tmp_path)) as project:
        app = StrictApp(project)
        async with app.run_test(size=(width, width * 3 // 10)) as pilot:
            room, seen = Room(app, pilot), dict.fromkeys(app.places, "")
            await settle(pilot)
            app.open_articles([article.id for article in project.articles()])
            await settle(pilot)
            for place in app.places:
                for keys in ("", *(WAYS[place] if width > 100 else ())):
                    app.goto(place)
                    await room.press(*keys.split())
                    await settle(pilot)
                    seen[place] += harmless(app)
            assert app.is_running and WAYS.keys() >= app.places.keys()
            for place in ("library", "reading", "notes", "saved"):
                assert "[red]x" in seen[place], place


ALONE = ("an article without its text", "a derived table of lies", "ids that are none")
"""Files whose nonsense would hide that of others; the rest is looked at all at once."""


@pytest.mark.parametrize("name", ["all at once", *ALONE])
async def test_nonsense_in_a_file_fails_no_screen(name: str, tmp_path: Path) -> None:
    path = made(tmp_path / "sent")
    for one, damage in HOSTILE.items():
        if one == name or (name == "all at once" and one not in (*ALONE, "tags 10,000 deep")):
            damage(path)
    with Project.open(path) as project:
        app = StrictApp(project)
        async with app.run_test(size=(120, 36)) as pilot:
            room = Room(app, pilot)
            await settle(pilot)
            app.open_articles([article.id for article in project.articles()])
            await room.press("j", "G")
            harmless(app)
            for place in app.places:
                app.goto(place)
                await room.press("j")
                harmless(app)
