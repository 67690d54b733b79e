"""One article in the reading room: a frame with its title, a line of facts, and the reader.

The reader's last column, its minimap, is the right side of the frame, so the frame is drawn piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workbench.model import Article, Passage, Span
from workbench.sources.dates import show_date
from workbench.tui.margin_views import MarginView
from workbench.tui.trail import Place
from workbench.tui.widgets.bars import MUTED, one_line, spread
from workbench.tui.widgets.preview import marks
from workbench.tui.widgets.reader import Reader, ReaderPosition
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_margin import LANES
from workbench.tui.widgets.reader_selection import SelectionState

_LINES = {True: ("┏", "━", "┓", "┗", "┛", "┃"), False: ("╭", "─", "╮", "╰", "╯", "│")}
FRAME = 1
"""Cells beside the text that the frame of a pane takes."""
_AIRY = 12
"""Rows from which on a pane has a blank line below the facts."""
_TIGHT = 7
"""Rows below which it has no line of facts."""
_WORDY = 70
"""Cells from which on the facts say "quotes" instead of "q"."""


class FrameLine(Widget):
    """The top or bottom of the frame; a click on it takes the focus to the pane."""

    ALLOW_SELECT = False

    def __init__(self, top: bool) -> None:
        super().__init__(classes="frame-line")
        self._top = top
        self.heading = Content("")

    def render(self) -> Content:
        """The corners, the line between them, and in the top one the heading."""
        focused = self.parent is not None and getattr(self.parent, "has_focus_within", False)
        left, line, right, low_left, low_right, _ = _LINES[focused]
        color = "$border" if focused else "$border-blurred"
        width = self.size.width
        if not self._top:
            return Content.styled(low_left + line * (width - 2) + low_right, color)
        heading = self.heading.truncate(max(width - 6, 0), ellipsis=True)
        heading = heading.stylize("bold $foreground" if focused else f"bold {MUTED}")
        rest = line * max(width - heading.cell_length - 5, 0)
        return Content.assemble((f"{left}{line} ", color), heading, (f" {rest}{right}", color))


class FactsLine(Widget):
    """What is known of the article, over its text."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(classes="facts-line")
        self.facts = Content("")
        self.quotes = 0
        self.view = ""

    def render(self) -> Content:
        """The facts, with the right side of the frame."""
        focused = self.has_class("-focused")
        side = Content.styled(_LINES[focused][5], "$border" if focused else "$border-blurred")
        width = self.size.width
        unit = "q" if width < _WORDY else " quote" if self.quotes == 1 else " quotes"
        quotes = f"{self.quotes}{unit}" if self.quotes else ""
        count = one_line(" · ".join(part for part in (self.view, quotes) if part))
        facts = spread(self.facts, count, width - LANES - 3).stylize(MUTED)
        line = Content.assemble(" " * (LANES + 1), facts, " ", side)
        below = Content.assemble(" " * (width - 1), side)
        return line if self.size.height < 2 else Content("\n").join([line, below])


class ReadingPane(Vertical):
    """A pane of the reading room.

    Attributes:
        article: id of the article it shows.
        facts: what is known of it; None until it is read.
        passages: its passages in text order.
        reader: the widget that shows the text.
        wanted: a range to go to once the text is there.
        view: what its margins show.
    """

    DEFAULT_CSS = Path(__file__).with_name("reading_pane.tcss").read_text(encoding="utf-8")

    class Entered(Message):
        """The pane took the focus."""

        def __init__(self, pane: ReadingPane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, article: str) -> None:
        super().__init__()
        self.article = article
        self.facts: Article | None = None
        self.passages: list[Passage] = []
        self.reader = Reader()
        self.wanted: Span | None = None
        self.text_hash = ""
        self.view = MarginView()
        self._later: tuple[Callable[[], None], Span] | None = None
        self._top, self._bottom, self._line = FrameLine(top=True), FrameLine(top=False), FactsLine()

    def compose(self) -> ComposeResult:
        """Top, facts and text, bottom."""
        yield self._top
        with Vertical(classes="inside"):
            yield self._line
            yield self.reader
        yield self._bottom

    def show_facts(self, article: Article, number: int) -> None:
        """Writes title, number and facts."""
        self.facts = article
        date = show_date(article.published, article.qualifier)
        known = [article.publisher or article.author or article.file, date]
        self._top.heading = Content.assemble(f"{number} ", one_line(article.label))
        self._line.facts = one_line(" · ".join(part for part in known if part))
        self._line.quotes = article.passages
        self._redraw()

    def load(self, document: ReaderDocument, text_hash: str, place: Place | None) -> None:
        """Shows a text: at the range that is wanted, else at the place it was left at."""
        self.text_hash = text_hash
        self.reader.load(document)
        if place and self.wanted is None:
            self.restore(place)
        self.go_to_wanted()

    def restore(self, place: Place) -> None:
        """Comes back to a place in the text."""
        span = place.start, place.end
        unit = self.reader.document.unit_of(span)
        position = ReaderPosition(SelectionState(span, span, unit), place.top)
        self._go(lambda: self.reader.restore(position))

    def go_to_wanted(self) -> None:
        """Goes to the range that is wanted, once the text is there."""
        if self.wanted and self.text_hash:
            span, self.wanted = self.wanted, None
            self._go(lambda: self.reader.goto(*span))

    def _go(self, move: Callable[[], None]) -> None:
        """Moves now, and once more when the pane has its final size, unless the user moved on meanwhile."""
        move()
        self._later = move, self.reader.selection
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        if self._later and self.reader.size:
            (move, selection), self._later = self._later, None
            if self.reader.selection == selection:
                move()

    def show_passages(self, passages: list[Passage]) -> None:
        """Draws the passages of the article."""
        self.passages = passages
        self.reader.set_marks(marks(self.view.of(passages)))

    def show_view(self, view: MarginView) -> None:
        """Takes the view under which passages are drawn from now on."""
        self.view, self._line.view = view, view.label
        self._redraw()

    @property
    def place(self) -> Place | None:
        """Where one is in the text; None until it is there."""
        if not self.text_hash:
            return None
        return Place(*self.reader.selection, self.reader.position.top)

    def on_descendant_focus(self) -> None:
        """The frame grows heavy."""
        self._line.add_class("-focused")
        self._redraw()
        self.post_message(self.Entered(self))

    def on_descendant_blur(self) -> None:
        """The frame grows light."""
        self._line.remove_class("-focused")
        self._redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Low panes do without the facts, first without the blank line below them."""
        height = event.size.height
        self._line.styles.height = 2 if height >= _AIRY else 1
        self._line.display = height >= _TIGHT
        self.call_after_refresh(self._catch_up)

    def on_click(self) -> None:
        """A click on the frame is a click into the pane."""
        self.reader.focus()

    def _redraw(self) -> None:
        for line in (self._top, self._line, self._bottom):
            line.refresh()
