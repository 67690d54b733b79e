"""Prints what a key press costs in the reader, beside Textual's own TextArea and a key that does nothing.

A text of 1 MB with 2,000 tagged passages, 120 x 36 cells. Milliseconds are processor time, for a key from its
action to the bytes for the terminal; bytes are how many those are. Run with ``python -m tests.bench.reader``.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
from collections.abc import Callable
from statistics import median, quantiles
from time import process_time

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import TextArea

from workbench.tui import theme
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_marks import Mark, MarkTag

PRESSES = 150
TAGS = [MarkTag(str(slot), f"tag-{slot}", f"t{slot}"[:2], slot) for slot in range(14)]


def sample(size: int, seed: int = 1) -> str:
    """Made-up prose of about `size` characters: sentences of 6-28 words, paragraphs of 2-6 sentences."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeinorstlmd", k=rng.randint(2, 10))) for _ in range(3_000)]
    parts, length = [], 0
    while length < size:
        sentence = " ".join(rng.choices(words, k=rng.randint(6, 28))).capitalize() + "."
        parts.append(sentence + rng.choice([" ", " ", " ", "\n"]))
        length += len(parts[-1])
    return "".join(parts)


def marks(document: ReaderDocument, count: int, seed: int = 2) -> list[Mark]:
    """`count` passages of one to three sentences with one to three tags each."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        first = rng.randrange(len(document.sentences) - 3)
        span = document.sentence(first)[0], document.sentence(first + rng.randrange(3))[1]
        tags = tuple(rng.sample(TAGS, rng.randint(1, 3)))
        found.append(Mark(f"Q{number}", *span, tags, comments=number % 3 == 0))
    return found


class Bench(App[None]):
    """The reader and a TextArea over the same text, one of them on screen."""

    def __init__(self, document: ReaderDocument) -> None:
        super().__init__()
        self.document = document
        self.reader = Reader(id="reader")
        self.area = TextArea(document.text, read_only=True, soft_wrap=True, id="area")
        self.written = 0

    def compose(self) -> ComposeResult:
        yield self.reader
        yield self.area

    def on_mount(self) -> None:
        theme.register(self)
        self.area.display = False

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Make the bytes a terminal would be sent, which a headless app leaves out, and count them."""
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            self.written += len(renderable.render_segments(self.console).encode())


async def measured(app: Bench, act: Callable[[], object]) -> tuple[list[float], list[int]]:
    """Milliseconds and bytes of `PRESSES` runs of `act`, each until the screen is up to date."""
    times, written = [], []
    for _ in range(PRESSES):
        app.written, start = 0, process_time()
        act()
        for _ in range(20):
            await asyncio.sleep(0)
        app.screen._on_timer_update()
        times.append((process_time() - start) * 1000)
        written.append(app.written)
    return times, written


def row(name: str, times: list[float], written: list[int]) -> str:
    """One line of the table."""
    p95, bytes95 = quantiles(times, n=20)[-1], quantiles(written, n=20)[-1]
    return f"{name:34}{median(times):9.2f}{p95:9.2f}{median(written):10.0f}{bytes95:10.0f}"


async def main() -> None:
    """Measure and print."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    text = sample(1_000_000)
    gc.freeze()  # as the workbench does after its first paint
    start = process_time()
    document = ReaderDocument(text)
    made = process_time()
    app = Bench(document)
    async with app.run_test(size=(120, 36)) as pilot:
        reader, area = app.reader, app.area
        wrapping = process_time()
        document.layout(reader.text_width(120))
        wrapped = process_time()
        reader.load(document)
        reader.set_marks(marks(document, 2_000))
        reader.render_line(0)
        shown = process_time()
        print(f"1 MB: finding units {1000 * (made - start):.0f} ms")
        print(f"1 MB: wrapping {1000 * (wrapped - wrapping):.0f} ms")
        print(f"1 MB: showing with 2,000 marks {1000 * (shown - wrapped):.0f} ms")
        print(f"1 MB: opening {1000 * (shown - wrapping + made - start):.0f} ms, budget ≤ 150 ms")
        print("a key: budget p95 ≤ 8 ms, ≤ 1 KB a cursor move")
        print(f"{'':34}{'ms p50':>9}{'ms p95':>9}{'bytes p50':>10}{'bytes p95':>10}")
        reader.focus()
        await pilot.pause()
        print(row("nothing", *await measured(app, lambda: None)))
        for name, act in {
            "reader: next sentence": lambda: reader.move_sentence(1),
            "reader: next word": lambda: reader.move_word(1),
            "reader: extend by a sentence": lambda: reader.extend_sentence(1),
            "reader: half a page": lambda: reader.half_page(1),
            "reader: page": lambda: reader.page(1),
        }.items():
            print(row(name, *await measured(app, act)))
        reader.display, area.display = False, True
        area.focus()
        await pilot.pause()
        for name, act in {
            "TextArea: next row": area.action_cursor_down,
            "TextArea: next row, selecting": lambda: area.action_cursor_down(select=True),
            "TextArea: page": area.action_cursor_page_down,
        }.items():
            print(row(name, *await measured(app, act)))


if __name__ == "__main__":
    asyncio.run(main())
