"""How one moves in the reading room: by units, by labels, back and forward, from passage to passage.

`ReadingScreen` adds the panes; what a selection does is the reader's business.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on

from workbench.model import Passage
from workbench.tui import commands
from workbench.tui.annotating import PassageActions
from workbench.tui.targets import Target, touching
from workbench.tui.trail import Place
from workbench.tui.widgets.pane_grid import PaneGrid
from workbench.tui.widgets.pane_labels import Labelled, PaneLabels
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reading_pane import ReadingPane

OFFER = ("passage.tag", "passage.comment", "passage.note", "passage.copy")
"""What is offered where the mouse let go of a range."""
MENU = (
    *OFFER,
    "passage.untag",
    "passage.overlaps",
    "passage.of_tag",
    "passage.similar",
    "passage.delete",
)
"""What the right mouse button offers."""


class ReadingMoves(PassageActions):
    """A screen with a grid of reading panes, of which one is in use."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = PaneLabels()

    @property
    def grid(self) -> PaneGrid:
        """The panes."""
        return self.query_one(PaneGrid)

    @property
    def pane(self) -> ReadingPane | None:
        """The pane in use."""
        return self.grid.current

    @property
    def reader(self) -> Reader | None:
        """Its reader, once it has a text."""
        return self.pane.reader if self.pane and self.pane.text_hash else None

    def go(self, article: str, place: Place) -> None:
        """Shows a place of an article, in its pane or in the one in use. To be overridden."""
        raise NotImplementedError

    def enter_pane(self, pane: ReadingPane) -> None:
        """Makes a pane the one in use. To be overridden."""
        raise NotImplementedError

    def is_there(self, article: str) -> bool:
        """Whether an article (by id) is in the project still. To be overridden."""
        raise NotImplementedError

    # What is chosen

    def subject(self) -> tuple[str, str, str] | None:
        """The article in the pane in use."""
        facts = self.pane.facts if self.pane else None
        return ("article", facts.id, facts.label) if facts else None

    def target(self) -> Target | None:
        """The selection in the pane in use."""
        pane, reader = self.pane, self.reader
        if pane is None or reader is None or pane.facts is None:
            return None
        start, end = reader.selection
        if start >= end:
            return None
        unit = "sentence" if reader.document.unit_of(reader.selection) == "sentence" else "passage"
        return Target(pane.facts, start, end, reader.document.text[start:end], unit)

    def passages_here(self) -> list[Passage]:
        """The passages that the selection touches."""
        if self.pane is None or self.reader is None:
            return []
        return touching(self.pane.passages, *self.reader.selection)

    # Moving

    def _move(self, act: Callable[[Reader], object]) -> None:
        """Moves in the pane in use."""
        if self.reader:
            act(self.reader)

    def _read(self, act: Callable[[Reader], object], n: int, *, page: bool = False) -> None:
        """An ordinary move by `n`. Going on, what it passes counts as read: from where the selection was to
        where it is then, and with a `page` all that was on screen; what a jump passes does not count."""
        pane, reader = self.pane, self.reader
        if pane is None or reader is None or n < 0:
            self._move(act)
            return
        document = reader.document
        passed = [*reader.selection, *(reader.visible_range() if page else ())]
        act(reader)
        passed += reader.selection
        first, last = document.sentence_index(min(passed)), document.sentence_index(max(passed) - 1)
        self.workbench.desk.read(pane.article, first, last + 1, len(document.sentences))

    def _jump(self, act: Callable[[Reader], object]) -> None:
        """A move that `H` takes back."""
        self.leave_trail()
        self._move(act)

    def leave_trail(self) -> None:
        """Notes the place one is about to leave."""
        if here := self._here:
            self.workbench.desk.trail.leave(*here)

    @property
    def _here(self) -> tuple[str, Place] | None:
        return (self.pane.article, self.pane.place) if self.pane and self.pane.place else None

    def action_sentence(self, n: int) -> None:
        """Next or previous sentence."""
        self._read(lambda reader: reader.move_sentence(n), n)

    def action_word(self, n: int) -> None:
        """Next or previous word."""
        self._read(lambda reader: reader.move_word(n), n)

    def action_paragraph(self, n: int) -> None:
        """Next or previous paragraph."""
        self._read(lambda reader: reader.move_paragraph(n), n)

    def action_page(self, n: int) -> None:
        """A page down or up."""
        self._read(lambda reader: reader.page(n), n, page=True)

    def action_half_page(self, n: int) -> None:
        """Half a page down or up."""
        self._read(lambda reader: reader.half_page(n), n, page=True)

    def action_top(self) -> None:
        """The first sentence."""
        self._jump(Reader.to_start)

    def action_end(self) -> None:
        """The last sentence."""
        self._jump(Reader.to_end)

    def action_trail(self, step: int) -> None:
        """`H` and `L`: the place before, or after, over all articles."""
        found = self.workbench.desk.trail.go(step, self._here, self.is_there)
        if found:
            self.go(*found)
        else:
            self.show_status("There is no place further back" if step < 0 else "There is no place further on")

    def action_next(self, step: int) -> None:
        """`n` and `N`: the next hit of the last search, or without one the next tagged passage."""
        if self.workbench.hits:
            self._next_hit(step)
        elif self.pane and self.reader:
            start, end = self.reader.selection
            spans = sorted({(one.start, one.end) for one in self.pane.passages})
            ahead = [one for one in spans if one > (start, end)] if step > 0 else []
            behind = [one for one in spans if one < (start, end)] if step < 0 else []
            if ahead or behind:
                self._jump(lambda reader: reader.goto(*(ahead[0] if ahead else behind[-1])))
            else:
                where = "further down" if step > 0 else "further up"
                self.show_status(f"There is no tagged passage {where} in this article")

    def _next_hit(self, step: int) -> None:
        """Goes round the hits, article after article in the order in which the search gave them."""
        found = [hit for hit in self.workbench.hits if self.is_there(hit.article)]
        if not found:
            self.show_status("The articles of these hits were deleted")
            return
        ranks = {article: rank for rank, article in enumerate(dict.fromkeys(hit.article for hit in found))}
        hits = sorted({hit[:3] for hit in found}, key=lambda hit: (ranks[hit[0]], *hit[1:]))
        here = (-1, -1, -1)
        if self.pane and self.reader:
            here = (ranks.get(self.pane.article, len(ranks)), *self.reader.selection)
        places = [(ranks[article], start, end) for article, start, end in hits]
        if step > 0:
            at = next((at for at, place in enumerate(places) if place > here), 0)
        else:
            at = next((at for at in reversed(range(len(places))) if places[at] < here), len(places) - 1)
        article, start, end = hits[at]
        self.workbench.open_article(article, (start, end))
        self.show_status(f"Hit {at + 1} of {len(hits)}")

    # Selecting

    def action_extend(self) -> None:
        """`v`: moves extend the selection, or no more."""
        if self.reader:
            on = self.reader.toggle_extending()
            ends = commands.hint("{select.extend} or {app.back} ends it")
            self.show_status(f"Moves extend the selection: {ends}" if on else "Moves choose anew")

    def action_extend_sentence(self, n: int) -> None:
        """The selection and a sentence more, or less."""
        self._move(lambda reader: reader.extend_sentence(n))

    def action_extend_word(self, n: int) -> None:
        """The selection and a word more, or less."""
        self._move(lambda reader: reader.extend_word(n))

    def action_grow(self) -> None:
        """The next larger unit."""
        if self.reader and not self.reader.grow_selection():
            self.show_status("There is no larger unit: shift+arrows extend further")

    def action_shrink(self) -> None:
        """The unit before, or the next smaller one."""
        if self.reader and not self.reader.shrink_selection():
            self.show_status("There is no smaller unit")

    def action_select(self, unit: str) -> None:
        """Word, sentence, paragraph or quoted speech at the cursor."""
        if self.reader is None:
            return
        if unit == "quoted":
            if not self.reader.select_quoted():
                self.show_status("There is no quoted speech here")
        else:
            getattr(self.reader, f"select_{unit}")()

    @on(Reader.MenuRequested)
    def _reader_menu(self, message: Reader.MenuRequested) -> None:
        self.offer_menu(map(commands.find, MENU), message.place)

    @on(Reader.Dragged)
    def _dragged(self, message: Reader.Dragged) -> None:
        self.offer_line(map(commands.find, OFFER), message.place, message.reader.selected_region)

    # Labels

    def action_jump(self, unit: Labelled) -> None:
        """`f` and `F`: labels every sentence, or word, on screen; the letters of one lead there."""
        panes = [pane for pane in self.grid.panes if pane.display and pane.text_hash]
        self.labels.show(panes, self.pane, unit)

    def take_key(self, event: events.Key) -> bool:
        """While labels are shown, keys are their letters; any other key takes them away."""
        if not self.labels.shown:
            return super().take_key(event)
        label = self.labels.take(event.character)
        if label:
            self.leave_trail()
            self.enter_pane(label.pane)
            label.pane.reader.goto(*label.span)
        elif not self.labels.shown and event.key != "escape":
            again = commands.hint("{move.jump} and {move.jump_word} label anew")
            self.show_status(f"No {self.labels.unit} on screen has that label", again)
        return True

    @on(events.MouseDown)
    @on(events.Resize)
    @on(Reader.Scrolled)
    def _hide_labels(self) -> None:
        """What is labelled is not what is meant, or not where it was; a menu closes likewise."""
        self.labels.hide()
        self.menu.close()
