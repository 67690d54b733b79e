"""Presses random keys and moves the mouse at random over the sample project, and looks whether all is well.

``python -m tests.tui.walker --steps 20000 --seeds 1 2 3`` walks for long; the tests walk a little. After
every `ROUND` steps: the file verifies and its tables are what the log amounts to; what the reading room shows
is what the project holds; every text left in an editor is in the log or a draft; escape leads to the library.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sqlite3
import tempfile
from collections import deque
from contextlib import closing
from pathlib import Path
from unittest import mock

from textual import _wait, events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from screenshots.scenes import make_project, settle
from tests.tui.support import LOOKS_OFTEN, StrictApp, places
from workbench import config
from workbench.project import Project
from workbench.store.checking import check
from workbench.tui.command import Command
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.library import LibraryScreen
from workbench.tui.screens.reading import ReadingScreen
from workbench.tui.type_ahead import TypeAhead

ROUND = 250
"""Steps between two looks at everything."""
MOST_ESCAPES = 40
SIZES = ((120, 36), (80, 24), (40, 12), (200, 50), (60, 16), (101, 20), (20, 6))
WORDS = (
    *(
        "risk",
        "Halloran",
        "đánh giá",
        "漢字かな",
        "👩‍🚀 e\u0301",
        "שלום",
        "a/b",
        "#tag ",
        "{{Q",
        "\t",
        " ",
        "’",
    ),
)
KEYS = (
    *("escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end"),
    *("pageup", "pagedown", "backspace", "delete", "f1", "ctrl+z", "ctrl+y", "ctrl+p", "ctrl+s", "ctrl+g"),
    *(
        "ctrl+o",
        "ctrl+r",
        "ctrl+c",
        "ctrl+q",
        "ctrl+u",
        "ctrl+d",
        "shift+down",
        "shift+right",
        "space",
        "question_mark",
        "colon",
    ),
)
PASTES = ("pasted\nlines", "x" * 300, "\x1b[31m", "")
SAFE_LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""What is typed where a path is asked for: the walk stays in its folder."""
LEAVING_UNSAVED = "ctrl+g"
"""The key that is there to leave without keeping what was typed."""


class Walked(StrictApp):
    """A workbench that is never left, and lets keys in as in a terminal: one after the other."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.type_ahead = TypeAhead(self, super().on_event)
        self.left = 0

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for the one before."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.type_ahead.take(event)
        else:
            await super().on_event(event)

    def exit(self, *arguments: object, **options: object) -> None:
        """Counts, and goes on."""
        self.left += 1


class Walk:
    """One walk from one seed.

    Attributes:
        trail: the last steps, for whoever has to find out what went wrong.
    """

    def __init__(self, app: Walked, pilot: Pilot[None], seed: int) -> None:
        self.app, self.pilot = app, pilot
        self.random = random.Random(seed)
        self.trail: deque[str] = deque(maxlen=60)
        self._said = ""
        self._left_behind: list[tuple[str, list[str]]] = []
        """Texts whose editor is gone, each with the last steps before that."""
        self._editors: dict[TextArea, str] = {}

    async def go(self, steps: int) -> None:
        """Takes that many steps. Raises what the first fault raises."""
        for number in range(1, steps + 1):
            await self._step()
            await self.pilot.pause()
            self._watch_editors()
            if number % ROUND == 0 or number == steps:
                await self._look_at_everything()

    # Steps

    async def _step(self) -> None:
        chosen = self.random.random()
        if chosen < 0.55:
            await self._command()
        elif chosen < 0.70:
            await self._press(self.random.choice(KEYS))
        elif chosen < 0.80:
            await self._type()
        elif chosen < 0.97:
            await self._mouse()
        elif chosen < 0.985:
            width, height = self.random.choice(SIZES)
            self._note(f"resize {width}x{height}")
            await self.pilot.resize_terminal(width, height)
        else:
            self._note("paste")
            self.app.post_message(events.Paste(self.random.choice(PASTES)))

    async def _command(self) -> None:
        screen = self.app.screen
        offers: list[Command] = []
        if isinstance(screen, CommandScreen):
            offers = [one for one in screen.available_commands() if one.keys]
        if offers:
            for key in self.random.choice(self.random.choice(offers).keys).split(" "):
                await self._press(key)
        else:
            await self._press("escape")

    async def _type(self) -> None:
        if self._is_path_asked():
            await self._press(self.random.choice(SAFE_LETTERS))
            return
        for letter in self.random.choice(WORDS):
            await self._press("space" if letter == " " else letter)

    async def _press(self, key: str) -> None:
        if key == "enter" and not self._is_path_safe():
            key = "escape"
        self._note(key)
        await self.pilot.press(key)
        if key == LEAVING_UNSAVED:
            self._editors = {}

    async def _mouse(self) -> None:
        place, kind = self._somewhere(), self.random.randrange(8)
        self._note(f"mouse {kind} at {place}")
        if kind < 3:
            await self.pilot.click(offset=place, times=kind + 1, shift=self.random.random() < 0.2)
        elif kind == 3:
            await self.pilot.click(offset=place, button=3)
        elif kind < 6:
            await self.pilot.mouse_down(offset=place)
            await self.pilot.hover(offset=self._somewhere())
            await self.pilot.mouse_up(offset=self._somewhere())
        else:
            wheel = events.MouseScrollDown if kind == 6 else events.MouseScrollUp
            await self.pilot._post_mouse_events([wheel], offset=place)

    def _somewhere(self) -> tuple[int, int]:
        width, height = self.app.screen.size
        return self.random.randrange(max(width, 1)), self.random.randrange(max(height, 1))

    def _is_path_asked(self) -> bool:
        return any(
            str(Path("/")) in field.value or places(self.app)[-1] in ("paths", "export", "prompt")
            for field in self.app.screen.query(Input)
        )

    def _is_path_safe(self) -> bool:
        """Whether enter would touch the folder of the walk only."""
        here = Path.cwd().resolve()
        for field in self.app.screen.query(Input):
            if "/" in field.value or places(self.app)[-1] in ("paths", "export", "prompt"):
                path = Path(field.value.strip() or ".").expanduser()
                if not path.resolve().is_relative_to(here):
                    return False
        return True

    def _note(self, what: str) -> None:
        said = self.app.status[0]
        self.trail.append(f"{places(self.app)[-1]}: {what}" + (f" “{said}”" if said != self._said else ""))
        self._said = said

    # Looking

    def _watch_editors(self) -> None:
        """Remembers what stood in an editor that is gone; one below a box is not."""
        areas = [area for screen in self.app.screen_stack for area in screen.query(TextArea)]
        there = {area: area.text for area in areas if not area.read_only}
        for area, text in self._editors.items():
            if area not in there:
                self._left_behind.append((text, list(self.trail)[-12:]))
        self._editors = there

    async def _look_at_everything(self) -> None:
        await settle(self.pilot)
        self._watch_editors()
        self._see_that_screen_and_project_agree()
        await self._go_home()
        self._see_that_nothing_was_lost()
        report = check(self.app.project.path)
        assert report.well, report.problems

    def _see_that_screen_and_project_agree(self) -> None:
        screen, project = self.app.screen, self.app.project
        if not isinstance(screen, ReadingScreen):
            return
        there = {article.id for article in project.articles()}
        assert {pane.article for pane in screen.grid.panes} <= there
        for pane in screen.grid.panes:
            assert pane.reader.document.text == project.text(pane.article)
            assert pane.passages == project.passages(article=pane.article)

    def _see_that_nothing_was_lost(self) -> None:
        kept = _written(Path.cwd())
        for text, steps in self._left_behind:
            assert _bare(text) in kept, f"lost: {text!r} at {steps}"
        self._left_behind.clear()

    async def _go_home(self) -> None:
        """Escape, pressed often enough, leads to the library from anywhere."""
        for _ in range(MOST_ESCAPES):
            screen = self.app.screen
            if isinstance(screen, LibraryScreen) and screen.active_context == "library":
                return
            self._note("escape")
            await self.pilot.press("escape")
            await settle(self.pilot)
            self._watch_editors()
        raise AssertionError(f"no way back from {places(self.app)}, in {self.app.focused}")


def _written(folder: Path) -> set[str]:
    """Every text in the logs of the project files in a folder, whole notes and comments, and in a draft."""
    found: list[str] = []
    for path in folder.rglob("*.db"):
        with closing(sqlite3.connect(path)) as conn:
            found += [body for (body,) in conn.execute("SELECT body FROM text UNION SELECT body FROM draft")]
            for (payload,) in conn.execute("SELECT body FROM payload"):
                found += [value for value in json.loads(payload) if isinstance(value, str)]
    return {_bare(text) for text in found} | {""}


def _bare(text: str) -> str:
    """A text without what an editor shows otherwise than the log keeps it: citations, outer space."""
    return "".join(part.rpartition("}}")[2] for part in text.split("{{")).strip()


async def walk(folder: Path, seed: int, steps: int) -> Walk:
    """Walks over a project of its own in `folder`, which becomes the current one, and opens it again."""
    os.chdir(folder)
    project = make_project(folder / "walk.db")
    app = Walked(project)
    async with app.run_test(size=SIZES[seed % len(SIZES)]) as pilot:
        walked = Walk(app, pilot, seed)
        try:
            await walked.go(steps)
        except BaseException:
            print(f"seed {seed}, last steps: " + " · ".join(walked.trail))
            raise
        last = app.project  # the walk may have led into another
        kept = (last.articles(), last.passages(), last.tags(), last.notes())
    project.close()
    with Project.open(last.path) as again:
        assert (again.articles(), again.passages(), again.tags(), again.notes()) == kept
    return walked


def main() -> None:
    """Walks from the command line."""
    parser = argparse.ArgumentParser(description="Random keys and mouse events over the sample project.")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
                os.environ[f"XDG_{kind}_HOME"] = f"{folder}/{kind.lower()}"
            os.environ["HOME"] = folder
            config.keep_name()
            with mock.patch.multiple(_wait, **LOOKS_OFTEN):
                done = asyncio.run(walk(Path(folder), seed, options.steps))
            print(f"seed {seed}: {options.steps} steps, {done.app.left} times asked to quit, nothing lost")


if __name__ == "__main__":
    main()
