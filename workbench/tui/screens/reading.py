"""The reading room: articles beside each other, their passages, and what is done to them.

Its panes are in `reading_panes`, what these show in `reading_views`, moving is in `reading_moves`, what is
done to a passage in `annotating`.
"""

from __future__ import annotations

from textual import on

from workbench.model import Article, Passage
from workbench.tui import commands
from workbench.tui.messages import ProjectChanged
from workbench.tui.reading_contents import Contents, Shown
from workbench.tui.screens.reading_views import ReadingViews
from workbench.tui.widgets.bars import quoted
from workbench.tui.widgets.peek import PeekLine
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reading_pane import ReadingPane

WITHOUT_ARTICLE = frozenset({"pane.close", "pane.next", "pane.previous", "move.back", "move.forward"})


class ReadingScreen(ReadingViews):
    """The reading room."""

    context = "reading"

    def __init__(self) -> None:
        super().__init__()
        self._articles: list[Article] = []
        self._known: dict[str, Article] = {}
        self._disputed: frozenset[str] = frozenset()

    @property
    def order(self) -> list[str]:
        """Ids of all articles in the order of the library."""
        return [article.id for article in self._articles]

    # Reading the project

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again what the panes show; another project has another desk."""
        self.read_again()

    def read_again(self) -> None:
        """Asks for what the panes show."""
        shown = {
            pane.article: Shown(pane.text_hash, pane.reader.text_width(self.grid.reader_width(pane)))
            for pane in self.grid.panes
        }
        note, margins = self.workbench.desk.current_note, self.workbench.desk.margins
        self.job(lambda: Contents.read(self.project, shown, note, margins), self._show, group="read")

    def _show(self, found: Contents) -> None:
        self._articles = found.articles
        self._known = known = {article.id: article for article in found.articles}
        desk = self.workbench.desk
        gone = [pane.article for pane in self.grid.panes if pane.article not in known]
        if gone:
            self.leave_trail()
            desk.panes = [article for article in desk.panes if article not in gone]
            self.lay_out()
        self.show_view(found.view)
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
        self.show_strip()
        self.show_peek()

    def show_passages(self, article: str, passages: list[Passage]) -> None:
        """What was written is seen at once."""
        for pane in self.grid.panes:
            if pane.article == article:
                pane.show_passages(passages)
        self.show_peek()

    def known(self, article: str) -> Article | None:
        """What is known of an article (by id) of the project."""
        return self._known.get(article)

    # What the cursor is on

    @on(Reader.CursorMoved)
    def _cursor_moved(self, message: Reader.CursorMoved) -> None:
        if self.pane and message.reader is self.pane.reader:
            self.keep_places()
            self.show_peek()

    @on(ReadingPane.Entered)
    def _entered_pane(self, message: ReadingPane.Entered) -> None:
        if message.pane in self.grid.panes and message.pane is not self.pane:
            self.enter_pane(message.pane)

    def show_peek(self) -> None:
        """Names what the cursor is on."""
        line = self.query_one(PeekLine)
        target, reader = self.target(), self.reader
        if target is None or reader is None:
            line.show_nothing()
        else:
            line.show_selection(reader, target.unit, self.passages_here(), self._disputed)

    def disabled_reason(self, command_id: str) -> str | None:
        """Without an article there is nothing to move in or to tag."""
        about_text = "reading" in commands.find(command_id).contexts and command_id not in WITHOUT_ARTICLE
        if about_text and not self.workbench.desk.panes:
            return commands.hint("No article is open: {go.library} shows the library")
        return super().disabled_reason(command_id)

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
            self.show_status(f"Marked {label} {'read' if read else 'unread'}", "{article.read} marks it back")

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
        if target:
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
        if not others:
            way = commands.hint("select another, then {passage.range}")
            self.show_status(f"The passage here has this range already: {way}")
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
        )
