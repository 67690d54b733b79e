"""A reading room to test: a project of three short articles, the app on it, keys in and words out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from screenshots.scenes import settle
from tests.tui.support import StrictApp
from workbench.project import Project
from workbench.tui.screens.reading import ReadingScreen

TEXTS = {
    "a.txt": "The pumps failed. “Nobody isolated the valve,” she said. Two drivers saw it.\n\nThe end.",
    "b.txt": "An alarm sounded at once. The operator denied it. Loading will resume soon.",
    "c.txt": "\n\n".join(f"Third paragraph {n} has one line. And another line {n}." for n in range(40)),
}


def make_project(folder: Path) -> Project:
    """A project of the three texts; no article has a date, so the library lists them by file name."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    project = Project.open(folder / "pumps.db", create=True)
    project.import_paths([folder / name for name in TEXTS])
    return project


class Room:
    """The app on a project, with an article or several open in the reading room."""

    def __init__(self, app: StrictApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> ReadingScreen:
        """The reading room."""
        assert isinstance(self.app.screen, ReadingScreen), self.app.screen
        return self.app.screen

    @property
    def project(self) -> Project:
        """The project; safe to ask between key presses, when nothing is under way."""
        return self.app.project

    async def settle(self) -> None:
        """Waits until all that was asked for is done and drawn."""
        await settle(self.pilot)

    async def press(self, *keys: str) -> None:
        """Presses keys one after the other; a word of several letters that is no key's name is typed."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Types a text."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.settle()

    def id(self, file: str) -> str:
        """The id of the article of a file."""
        return self.project.article(file).id

    @property
    def selected(self) -> str:
        """The words selected in the pane in use."""
        target = self.screen.target()
        return target.words if target else ""

    @property
    def open(self) -> list[str]:
        """File names of the articles in the panes."""
        files = {article.id: article.file for article in self.project.articles()}
        return [files[pane.article] for pane in self.screen.grid.panes]

    def tagged(self, file: str = "a.txt") -> list[tuple[str, list[str]]]:
        """Quotes and their tags in an article, in text order."""
        passages = self.project.passages(article=self.id(file))
        return [(passage.quote, [tag.name for tag in passage.tags]) for passage in passages]


@asynccontextmanager
async def reading_room(
    folder: Path, *files: str, size: tuple[int, int] = (120, 36), project: Project | None = None
) -> AsyncIterator[Room]:
    """The app with these files open, the first in use."""
    project = project or make_project(folder)
    app = StrictApp(project)
    async with app.run_test(size=size) as pilot:
        room = Room(app, pilot)
        await room.settle()
        if files:
            app.open_articles([room.id(file) for file in files])
            await room.settle()
        yield room
