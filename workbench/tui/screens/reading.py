"""The reading room: one to four articles beside each other, their passages, and what is done to them.

What lies open is the desk's (`WorkbenchApp.desk`), so the room can be left and entered again. Moving is in
`reading_moves`, what is done to a passage in `annotating`.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.model import Article, Passage, Span
from workbench.tui import commands
from workbench.tui.desk import PANES, Place
from workbench.tui.messages import ProjectChanged
from workbench.tui.reading_contents import Contents
from workbench.tui.screens.reading_moves import ReadingMoves
from workbench.tui.widgets.bars import Bar, quoted
from workbench.tui.widgets.pane_grid import PaneGrid
from workbench.tui.widgets.peek import peek
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reading_pane import ReadingPane
from workbench.tui.widgets.tab_strip import TabStrip

EMPTY = "No article is open. g l shows the library: enter there reads one, o opens one beside it."
WITHOUT_ARTICLE = frozenset({"pane.close", "pane.next", "pane.previous"})


class ReadingScreen(ReadingMoves):
    """The reading room."""

    context = "reading"
    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._articles: list[Article] = []
        self._known: dict[str, Article] = {}
        self._entered = False
        self._wanted: dict[str, Span] = {}
        self._measure: int | None = None
        self._disputed: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """The panes, over the line that names what is under the cursor."""
        yield TabStrip()
        yield Static(EMPTY, id="empty", markup=False)
        yield PaneGrid()
        yield Bar(id="peek")

    def on_mount(self) -> None:
        """Shows what lies on the desk."""
        self._desk = self.workbench.desk
        self._entered = True
        self._arrange()

    def on_unmount(self) -> None:
        """The places are kept."""
        self._desk.save()

    def on_screen_suspend(self) -> None:
        """What was read counts from now on, in the library too."""
        self._keep_places()
        self._desk.save()

    # Opening and closing

    def open(self, article: str, span: Span | None = None, *, beside: bool = False) -> None:
        """Shows an article: see `WorkbenchApp.open_article`. In a room just entered it lies alone."""
        desk = self.workbench.desk
        if self._entered:
            self.leave_trail()
            self._keep_places()
        if article in desk.panes:
            desk.focused = desk.panes.index(article)
        elif not desk.panes or not (self._entered or beside):
            desk.panes, desk.focused = [article], 0
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
            self._arrange()
        self._entered = self._entered or self.is_mounted

    def open_all(self, articles: Sequence[str]) -> None:
        """Shows these articles and nothing else."""
        if self._entered:
            self._keep_places()
        desk = self.workbench.desk
        desk.panes, desk.focused = [*dict.fromkeys(articles)][:PANES], 0
        if self._entered:
            self._arrange()

    def go(self, article: str, place: Place) -> None:
        """Shows a place, without noting where one was."""
        desk = self.workbench.desk
        self._keep_places()
        desk.places[article] = place
        if article not in desk.panes:
            desk.panes[self._focused] = article
        desk.focused = desk.panes.index(article)
        self._arrange()
        if self.pane and self.pane.text_hash:
            self.pane.restore(place)

    def enter_pane(self, pane: ReadingPane) -> None:
        """Makes a pane the one in use."""
        self.workbench.desk.focused = self.grid.panes.index(pane)
        self.grid.enter(pane)
        self.set_focus(pane.reader)
        self._show_strip()
        self._show_peek()

    def is_there(self, article: str) -> bool:
        """Whether an article (by id) is in the project still."""
        return article in self._known

    @property
    def _focused(self) -> int:
        """Index of the pane in use."""
        return min(self.workbench.desk.focused, max(len(self.workbench.desk.panes) - 1, 0))

    def _arrange(self) -> None:
        """Makes the panes be what the desk says, and reads what they show."""
        desk = self.workbench.desk
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
        self._show_strip()
        self._show_peek()
        self._read()

    def _new_pane(self, article: str) -> ReadingPane:
        pane = ReadingPane(article)
        if self._measure:
            pane.reader.measure = self._measure
        return pane

    def _focus_current(self) -> None:
        if self.pane and self.pane.is_attached:
            self.set_focus(self.pane.reader)

    def _keep_places(self) -> None:
        for pane in self.grid.panes:
            if pane.place:
                self._desk.places[pane.article] = pane.place

    # Reading the project

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again what the panes show; another project has another desk."""
        self._read()

    def _read(self) -> None:
        shown = {pane.article: pane.text_hash for pane in self.grid.panes}
        note = self.workbench.desk.current_note
        pane = self.pane
        width = pane.reader.text_width(pane.reader.size.width or 60) if pane else 60
        self.job(lambda: Contents.read(self.project, shown, note, width), self._show, group="read")

    def _show(self, found: Contents) -> None:
        self._articles = found.articles
        self._known = known = {article.id: article for article in found.articles}
        desk = self.workbench.desk
        gone = [pane.article for pane in self.grid.panes if pane.article not in known]
        if gone:
            self.leave_trail()
            desk.panes = [article for article in desk.panes if article not in gone]
            self._arrange()
        for number, pane in enumerate(self.grid.panes, 1):
            article = known.get(pane.article)
            if article is None:
                continue
            pane.show_facts(article, number)
            if article.id in found.documents:
                pane.load(found.documents[article.id], article.text_hash, desk.places.get(article.id))
            if article.id in found.passages:
                pane.show_passages(found.passages[article.id])
            hits = (hit for hit in self.workbench.hits if hit.article == article.id)
            pane.reader.set_hits(tuple(span for hit in hits for span in hit.words))
        desk.meet(found.tags)
        self._disputed = found.disputed
        note = f"note: {quoted(found.note, 32)}   " if found.note else ""
        self.show_place("Reading room", f"{note}?:help")
        self._show_strip()
        self._show_peek()

    def show_passages(self, article: str, passages: list[Passage]) -> None:
        """What was written is seen at once."""
        for pane in self.grid.panes:
            if pane.article == article:
                pane.show_passages(passages)
        self._show_peek()

    # What the cursor is on

    @on(Reader.CursorMoved)
    def _cursor_moved(self, message: Reader.CursorMoved) -> None:
        if self.pane and message.reader is self.pane.reader:
            self.call_after_refresh(self._keep_places)  # when the text has scrolled
            self._show_peek()

    @on(ReadingPane.Entered)
    def _entered_pane(self, message: ReadingPane.Entered) -> None:
        if message.pane in self.grid.panes and message.pane is not self.pane:
            self.enter_pane(message.pane)

    @on(TabStrip.Chosen)
    def _tab_chosen(self, message: TabStrip.Chosen) -> None:
        self.enter_pane(self.grid.panes[message.index])

    def _show_peek(self) -> None:
        line = self.query_one("#peek", Bar)
        target, reader = self.target(), self.reader
        if target is None or reader is None:
            line.show(Content(""), Content(""))
        else:
            dark = self.app.current_theme.dark
            line.show(peek(reader, target.unit, self.passages_here(), self._disputed, dark), Content(""))

    def _show_strip(self) -> None:
        strip = self.query_one(TabStrip)
        strip.display = self.grid.alone
        names = [pane.facts.label if pane.facts else "" for pane in self.grid.panes]
        strip.show(names, self._focused)

    @on(PaneGrid.Arranged)
    def _arranged(self) -> None:
        self._show_strip()

    # Panes

    def disabled_reason(self, command_id: str) -> str | None:
        """Without an article there is nothing to move in or to tag."""
        about_text = "reading" in commands.find(command_id).contexts and command_id not in WITHOUT_ARTICLE
        if about_text and not self.workbench.desk.panes:
            return "No article is open: g l shows the library"
        return super().disabled_reason(command_id)

    def action_next_pane(self, step: int) -> None:
        """`tab`: the next pane."""
        panes = self.grid.panes
        if len(panes) > 1:
            self.enter_pane(panes[(self._focused + step) % len(panes)])
        else:
            self.show_status("No other article is open: g l shows the library, o there opens one beside")

    def action_resize(self, step: int) -> None:
        """`<` and `>`: moves the divider beside the pane."""
        if not self.grid.move_divider(step):
            self.show_status("There is no divider to move that way")

    def action_zoom(self) -> None:
        """`z`: this pane alone, or all again."""
        if len(self.grid.panes) < 2:
            self.show_status("There is only one pane")
            return
        self.grid.zoomed = not self.grid.zoomed
        self.grid.arrange_panes()
        self._show_strip()
        self.show_status("This pane alone: z shows all again" if self.grid.zoomed else "All panes again")

    def action_measure(self, cells: int) -> None:
        """`+` and `-`: longer or shorter rows of words, in all panes."""
        if self.reader:
            self._measure = self.reader.measure + cells
            for pane in self.grid.panes:
                pane.reader.measure = self._measure
            self._measure = self.reader.measure
            self.show_status(f"At most {self._measure} characters in a row")

    def action_article(self, step: int) -> None:
        """`(` and `)`: the article before or after this one in the library, in this pane."""
        desk = self.workbench.desk
        order = [article.id for article in self._articles]
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
        if len(desk.panes) < 2:
            self._keep_places()
            desk.panes = []
            super().action_close()
            return
        self.leave_trail()
        self._keep_places()
        closed = desk.panes.pop(self._focused)
        desk.focused = max(self._focused - 1, 0)
        self.grid.zoomed = False
        self._arrange()
        title = next((article.label for article in self._articles if article.id == closed), "the pane")
        self.show_status(f"Closed {quoted(title)}", "H opens it again")

    def action_back(self) -> None:
        """Escape: ends an extension, else goes back to where one came from."""
        reader = self.reader
        if reader and (reader.extending or reader.cursor != reader.selection):
            reader.clear_extension()
            self.show_status("")
        else:
            self.workbench.hits = []  # `n` goes from tag to tag again
            super().action_back()

    # The article and its passages

    def action_mark_read(self) -> None:
        """`r`: the article counts as read, or as unread."""
        if self.pane and self.pane.facts:
            desk, label = self.workbench.desk, quoted(self.pane.facts.label)
            read = desk.progress(self.pane.article) < 1
            desk.set_read(self.pane.article, read)
            self.show_status(f"Marked {label} {'read' if read else 'unread'}", "r marks it back")

    def action_export(self) -> None:
        """`x`: exports the project, or this article."""
        from workbench.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(article=self.pane.article if self.pane else None))

    def action_pins(self) -> None:
        """`0`: which digits stand for which tags."""
        from workbench.tui.screens.pins import PinsScreen

        self.app.push_screen(PinsScreen())

    def action_overlaps(self) -> None:
        """`o`: the tagged passages here, to select or untag one by one."""
        from workbench.tui.screens.overlaps import OverlapsScreen

        target = self.target()
        if target is None or not self.passages_here():
            self.show_status("No passage here: t tags the selection")
            return
        self.app.push_screen(OverlapsScreen(target, self.remove_tag), self._select_passage)

    def _select_passage(self, passage: Passage | None) -> None:
        if passage and self.reader:
            self.reader.goto(passage.start, passage.end)

    def action_set_range(self) -> None:
        """`B`: gives a passage here the selected range."""
        target = self.target()
        if target is None:
            return
        others = [one for one in self.passages_here() if not target.holds(one)]
        if not others and self.passages_here():
            self.show_status("The passage here has this range already: select another, then B")
            return
        self._one_of(
            others,
            "Which passage gets the selected range?",
            self._thing,
            lambda one: self._write(
                one.article,
                lambda: self.project.move_passage(one.id, target.start, target.end),
                f"Gave {quoted(one.quote, 24)} the range {target.brief}",
            ),
            "No passage here: t tags the selection",
        )
