"""The panes of the reading room: what lies open in them, which one is in use, how they share the room.

What lies open is the desk's (`WorkbenchApp.desk`), so the room can be left and entered again.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from workbench.model import Span
from workbench.tui.commands import hint
from workbench.tui.desk import PANES
from workbench.tui.screens.reading_marks import ReadingMarks
from workbench.tui.trail import Place
from workbench.tui.widgets.bars import quoted
from workbench.tui.widgets.pane_grid import PaneGrid
from workbench.tui.widgets.peek import PeekLine
from workbench.tui.widgets.reading_pane import ReadingPane
from workbench.tui.widgets.tab_strip import TabStrip

EMPTY = (
    "No article is open. {go.library} shows the library: {library.open} there reads one, "
    "{library.beside} opens one beside it."
)


class ReadingPanes(ReadingMarks):
    """A screen with one to four articles from the desk."""

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._entered = False
        self._wanted: dict[str, Span] = {}

    @property
    def order(self) -> list[str]:
        """Ids of all articles in the order of the library. To be overridden."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Asks for what the panes show. To be overridden."""
        raise NotImplementedError

    def show_peek(self) -> None:
        """Names what the cursor is on. To be overridden."""
        raise NotImplementedError

    def compose_body(self) -> ComposeResult:
        """The panes, over the line that names what is under the cursor."""
        yield TabStrip()
        yield Static(hint(EMPTY), id="empty", markup=False)
        yield PaneGrid()
        yield PeekLine(id="peek")

    def on_mount(self) -> None:
        """Shows what lies on the desk."""
        self._desk = desk = self.workbench.desk
        self._entered = True
        self.grid.share_out(desk.shares, desk.zoomed)
        self.lay_out()

    def on_unmount(self) -> None:
        """The places are kept."""
        self._desk.save()

    def on_screen_suspend(self) -> None:
        """What was read counts from now on, in the library too."""
        self.labels.hide()
        self.keep_places()
        self._desk.save()

    # Opening and closing

    def open(self, article: str, span: Span | None = None, *, beside: bool = False) -> None:
        """Shows an article: see `WorkbenchApp.open_article`. In a room just entered it lies alone."""
        desk = self.workbench.desk
        self._leave()
        if article in desk.panes:
            desk.focused = desk.panes.index(article)
        elif not desk.panes or not (self._entered or beside):
            self._lay_open([article])
        elif not beside:
            desk.panes[self._focused] = article
            desk.focused = self._focused
        elif len(desk.panes) < PANES:
            desk.panes.append(article)
            desk.focused = len(desk.panes) - 1
        else:
            desk.focused = PANES - 1 if self._focused < PANES - 1 else PANES - 2
            desk.panes[desk.focused] = article
        if span:
            self._wanted[article] = span
        if self._entered:
            self.lay_out()
        self._entered = self._entered or self.is_mounted

    def open_all(self, articles: Sequence[str]) -> None:
        """Shows these articles and nothing else."""
        self._leave()
        self._lay_open([*dict.fromkeys(articles)][:PANES])
        if self._entered:
            self.lay_out()

    def _lay_open(self, articles: list[str]) -> None:
        """Puts these on the desk in place of what lay open."""
        desk = self.workbench.desk
        desk.panes, desk.focused, desk.zoomed = articles, 0, False
        if self._entered:
            self.grid.zoomed = False

    def _leave(self) -> None:
        """Notes where one is, or, in a room that is just being entered, where one was in it last."""
        desk = self.workbench.desk
        if self._entered:
            self.leave_trail()
            self.keep_places()
        elif desk.panes and (place := desk.places.get(desk.panes[self._focused])):
            desk.trail.leave(desk.panes[self._focused], place)

    def go(self, article: str, place: Place) -> None:
        """Shows a place, without noting where one was."""
        desk = self.workbench.desk
        self.keep_places()
        desk.places[article] = place
        if not desk.panes:
            desk.panes = [article]
        elif article not in desk.panes:
            desk.panes[self._focused] = article
        desk.focused = desk.panes.index(article)
        self.lay_out()
        if self.pane and self.pane.text_hash:
            self.pane.restore(place)

    def enter_pane(self, pane: ReadingPane) -> None:
        """Makes a pane the one in use."""
        self.workbench.desk.focused = self.grid.panes.index(pane)
        self.grid.enter(pane)
        self.set_focus(pane.reader)
        self.show_strip()
        self.show_peek()

    @property
    def _focused(self) -> int:
        """Index of the pane in use."""
        return min(self.workbench.desk.focused, max(len(self.workbench.desk.panes) - 1, 0))

    def lay_out(self) -> None:
        """Makes the panes be what the desk says, and reads what they show."""
        desk = self.workbench.desk
        self.labels.hide()
        there = {pane.article: pane for pane in self.grid.panes}
        panes = [there.get(article) or self._new_pane(article) for article in desk.panes]
        self.query_one("#empty").display = not panes
        self.grid.display = bool(panes)
        if panes != self.grid.panes:
            self.set_focus(None)  # else the focus would go to another pane when its own is removed
        self.grid.set_panes(panes)
        for pane in panes:
            if span := self._wanted.pop(pane.article, None):
                pane.wanted = span
                pane.go_to_wanted()
        if panes:
            self.grid.current = panes[self._focused]
            self.grid.arrange_panes()
            self.call_after_refresh(self._focus_current)
        self.show_strip()
        self.show_peek()
        self.read_again()

    def _new_pane(self, article: str) -> ReadingPane:
        pane = ReadingPane(article)
        if self.workbench.desk.measure:
            pane.reader.measure = self.workbench.desk.measure
        return pane

    def _focus_current(self) -> None:
        if self.pane and self.pane.is_attached:
            self.set_focus(self.pane.reader)

    def keep_places(self) -> None:
        """Notes on the desk where one is in each pane."""
        for pane in self.grid.panes if self._entered else ():
            if pane.place:
                self._desk.places[pane.article] = pane.place

    def show_strip(self) -> None:
        """Names the panes where there is room for one alone."""
        strip = self.query_one(TabStrip)
        strip.display = self.grid.alone
        names = [pane.facts.label if pane.facts else "" for pane in self.grid.panes]
        strip.show(names, self._focused)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, message: TabStrip.Chosen) -> None:
        self.enter_pane(self.grid.panes[message.index])

    @on(PaneGrid.Arranged)
    def _arranged(self) -> None:
        self.show_strip()

    # Panes

    def action_next_pane(self, step: int) -> None:
        """`tab`: the next pane."""
        panes = self.grid.panes
        if len(panes) > 1:
            self.enter_pane(panes[(self._focused + step) % len(panes)])
        else:
            ways = hint("{go.library} shows the library, {library.beside} there opens one beside")
            self.show_status(f"No other article is open: {ways}")

    def action_resize(self, step: int) -> None:
        """`<` and `>`: moves the divider beside the pane."""
        if not self.grid.move_divider(step):
            self.show_status("There is no divider to move that way")

    def action_zoom(self) -> None:
        """`z`: this pane alone, or all again."""
        if len(self.grid.panes) < 2:
            self.show_status("There is only one pane")
            return
        self._desk.zoomed = self.grid.zoomed = not self.grid.zoomed
        self.grid.arrange_panes()
        self.show_strip()
        alone = hint("This pane alone: {pane.zoom} shows all again")
        self.show_status(alone if self.grid.zoomed else "All panes again")

    def action_measure(self, cells: int) -> None:
        """`+` and `-`: longer or shorter rows of words, in all panes."""
        if self.reader:
            wanted = self.reader.measure + cells
            for pane in self.grid.panes:
                pane.reader.measure = wanted
            self._desk.measure = self.reader.measure
            self.show_status(f"At most {self._desk.measure} characters in a row")

    def action_article(self, step: int) -> None:
        """`(` and `)`: the article before or after this one in the library, in this pane."""
        desk = self.workbench.desk
        order = self.order
        if self.pane is None or self.pane.article not in order:
            return
        at = order.index(self.pane.article)
        way = order[at + 1 :] if step > 0 else order[:at][::-1]
        found = next((article for article in way if article not in desk.panes), None)
        if found:
            self.open(found)
        else:
            self.show_status("This is the last article" if step > 0 else "This is the first article")

    def action_close_pane(self) -> None:
        """`q`: closes the pane; the last one closes the room."""
        desk = self.workbench.desk
        self._leave()
        if len(desk.panes) < 2:
            desk.panes = []
            super().action_close()
            return
        title = self.pane.facts.label if self.pane and self.pane.facts else "the pane"
        desk.panes.pop(self._focused)
        desk.focused = max(self._focused - 1, 0)
        desk.zoomed = self.grid.zoomed = False
        self.lay_out()
        self.show_status(f"Closed {quoted(title)}", "{move.back} opens it again")
