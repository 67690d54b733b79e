"""Marks: letters for places in articles, kept on the desk. `M` lists them; the next key sets one or jumps.

A letter that is free marks the place one is at, a letter that is taken leads to its place; with shift it
marks this place in any case. After backspace a letter is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from string import ascii_lowercase

from textual import events
from textual.content import Content

from workbench.model import Article
from workbench.tui import commands
from workbench.tui.screens.reading_moves import ReadingMoves
from workbench.tui.trail import Place, PlaceMark
from workbench.tui.widgets.bars import MUTED, one_line, quoted
from workbench.tui.widgets.key_menu import MenuRow

HOW = (
    MenuRow("a-z", Content("leads there, or marks here if free"), muted=True),
    MenuRow("A-Z", Content("marks here in any case"), muted=True),
    MenuRow("", Content("Backspace and a letter forgets it"), muted=True),
)
FORGET = (MenuRow("a-z", Content("forgets the letter"), muted=True),)
_LONGEST_TITLE = 32


class ReadingMarks(ReadingMoves):
    """A reading room with marks."""

    def __init__(self) -> None:
        super().__init__()
        self._listed: Sequence[MenuRow] = ()
        self._forgets = False

    def known(self, article: str) -> Article | None:
        """What is known of an article (by id) of the project. To be overridden."""
        raise NotImplementedError

    def is_there(self, article: str) -> bool:
        """Whether an article (by id) is in the project still."""
        return self.known(article) is not None

    def action_marks(self) -> None:
        """`M`: lists the marks; the next letter sets one here, or leads to one."""
        self._list_marks(forgets=False)

    def take_key(self, event: events.Key) -> bool:
        """While the marks are listed a letter means one of them."""
        if not self.menu.rows or self.menu.rows is not self._listed:
            return super().take_key(event)
        letter = event.character or ""
        if event.key == "backspace":
            self._list_marks(forgets=not self._forgets)
        elif letter and letter.lower() in ascii_lowercase:
            self.menu.close()
            self._use(letter)
        else:
            return super().take_key(event)
        return True

    def _list_marks(self, forgets: bool) -> None:
        self._forgets = forgets
        marks = sorted(self.workbench.desk.marks.items())
        rows = [MenuRow(letter, self._words(mark), partial(self._use, letter)) for letter, mark in marks]
        self._listed = [*(FORGET if forgets else HOW), *rows]
        self.menu.offer(self._listed, title="Forget which mark?" if forgets else "Marks")

    def _words(self, mark: PlaceMark) -> Content:
        article = self.known(mark.article)
        title = one_line(article.label if article else "a deleted article")
        title = title.truncate(min(_LONGEST_TITLE, self.size.width // 4), ellipsis=True).stylize(MUTED)
        return Content.assemble(title, "  ", quoted(mark.words, 60))

    def _use(self, letter: str) -> None:
        """Sets, follows or forgets the mark of a letter."""
        mark = self.workbench.desk.marks.get(letter.lower())
        if self._forgets:
            self._forget(letter.lower(), mark)
        elif mark and letter.islower():
            self._follow(letter, mark)
        else:
            self._set(letter.lower(), mark)

    def _set(self, letter: str, before: PlaceMark | None) -> None:
        pane, reader = self.pane, self.reader
        if pane is None or reader is None or pane.place is None:
            return
        desk = self.workbench.desk
        mark = PlaceMark.at(pane.article, pane.place, reader.document.text, pane.text_hash)
        desk.marks[letter] = mark
        desk.save()
        instead = f", no more {quoted(before.words, 24)}" if before else ""
        way_back = f"{commands.key('move.marks')} {letter} leads there"
        self.show_status(f"Mark {letter} stands at {quoted(mark.words, 32)} now{instead}", way_back)

    def _forget(self, letter: str, mark: PlaceMark | None) -> None:
        if mark is None:
            self.show_status(f"There is no mark {letter}")
            return
        desk = self.workbench.desk
        del desk.marks[letter]
        desk.save()
        self.show_status(f"Forgot the mark {letter} at {quoted(mark.words, 32)}")

    def _follow(self, letter: str, mark: PlaceMark) -> None:
        article = self.known(mark.article)
        if article is None:
            self.show_status(f"The article with the mark {letter} was deleted: undo may bring it back")
        elif article.text_hash == mark.text_hash:
            self._go_to_mark(mark, mark.place)
        else:
            self.job(
                lambda: mark.place_in(self.project.text(mark.article)),
                lambda found: self._go_to_mark(mark, found[0], self._moved(letter, found[1])),
            )

    def _moved(self, letter: str, found: bool) -> str:
        if found:
            return f"The text is another one now: the words of mark {letter} stand here"
        return f"The text is another one now: the words of mark {letter} stood about here"

    def _go_to_mark(self, mark: PlaceMark, place: Place, said: str = "") -> None:
        self.leave_trail()
        self.go(mark.article, place)
        self.show_status(said)
