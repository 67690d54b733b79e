"""A reader alone on a screen, and what can be asked of it there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from workbench.model import Span
from workbench.tui import theme
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_marks import Mark, MarkTag
from workbench.tui.widgets.reader_mouse import ReaderMessage

HEDGED = MarkTag("1", "hedged", "he", 3)
CAUSE = MarkTag("2", "cause", "ca", 0)
CLAIM = MarkTag("3", "official-claim", "oc", 6)
TEXT = "\n".join(
    f"Sentence {i} opens a paragraph. Here is number {i} once more, a little longer." for i in range(60)
)


class ReaderApp(App[None]):
    """One reader, and a record of what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = Reader(id="reader")
        self.said: list[ReaderMessage] = []

    def compose(self) -> ComposeResult:
        yield self.reader

    def on_mount(self) -> None:
        theme.register(self)
        self.reader.focus()

    def on_reader_cursor_moved(self, message: Reader.CursorMoved) -> None:
        self.said.append(message)

    def on_reader_selection_made(self, message: Reader.SelectionMade) -> None:
        self.said.append(message)

    def on_reader_dragged(self, message: Reader.Dragged) -> None:
        self.said.append(message)

    def on_reader_reached_end(self, message: Reader.ReachedEnd) -> None:
        self.said.append(message)

    def on_reader_menu_requested(self, message: Reader.MenuRequested) -> None:
        self.said.append(message)


@asynccontextmanager
async def reading(text: str = TEXT, size: Span = (80, 24)) -> AsyncIterator[tuple[Reader, Pilot[None]]]:
    app = ReaderApp()
    async with app.run_test(size=size) as pilot:
        app.reader.load(text)
        await pilot.pause()
        app.said.clear()
        yield app.reader, pilot


def said(reader: Reader) -> list[ReaderMessage]:
    app = reader.app
    assert isinstance(app, ReaderApp)
    return app.said


def lines(reader: Reader) -> list[str]:
    """The rows on screen as text."""
    return [reader.render_line(y).text for y in range(reader.size.height)]


def segments(reader: Reader) -> Iterator[Segment]:
    for y in range(reader.size.height):
        yield from reader.render_line(y)


def style_of(reader: Reader, words: str) -> Style:
    """The style in which the segment holding `words` is drawn."""
    found = [segment.style for segment in segments(reader) if words in segment.text]
    assert found and found[0] is not None, f"{words!r} is not on screen in one piece"
    return found[0]


def selected(reader: Reader) -> str:
    return reader.document.text[slice(*reader.selection)]


def mark(text: str, words: str, *tags: MarkTag, passage: str = "p") -> Mark:
    start = text.index(words)
    return Mark(passage, start, start + len(words), tags)


def place(reader: Reader, words: str) -> Span:
    """Cell (x, y) on screen where `words` begin."""
    for y, line in enumerate(lines(reader)):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"{words!r} is not on screen")
