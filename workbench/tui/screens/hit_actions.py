"""What can be done with hits: open, mark, and work on the marked ones together.

For every screen that lists hits in a `HitList`. Only words of an article can be marked, so that whatever is
marked can be tagged, cited and copied: a title or a note says why it cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on

from workbench.model import Hit, Passage
from workbench.tui.annotating import PassageActions
from workbench.tui.command import Command
from workbench.tui.desk import Found
from workbench.tui.surroundings import NOTHING, Surroundings
from workbench.tui.targets import Target, touching
from workbench.tui.widgets.hit_list import HitList, HitRow
from workbench.tui.widgets.line_list import LineList

NOTHING_LISTED = "Nothing is listed: type what to look for"
NEED_HIT = frozenset({"search.open", "search.hits", "hits.open", "hits.beside", "hits.mark", "hits.mark_all"})
ON_MARKED = frozenset({"passage.tag", "passage.note", "passage.other_note", "passage.copy"})
"""The commands that work on what is marked."""
_AFTER = 3
"""How far what does not work on the marked hits moves back in the footer."""


class HitActions(PassageActions):
    """A screen with a list of hits.

    Attributes:
        around: what is known of the articles, passages and notes that the hits stand in.
    """

    around: Surroundings = NOTHING

    @property
    def hit_list(self) -> HitList:
        """The list."""
        return self.query_one(HitList)

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        row = self.hit_list.chosen
        return row.hit if row else None

    # What actions work on

    def target(self) -> Target | None:
        """The range of the hit under the cursor."""
        return self._target_of(self.hit) if self.hit else None

    def targets(self) -> Sequence[Target]:
        """The ranges of the marked hits in the order of the list, else that of the hit under the cursor."""
        marked = [self._target_of(row.hit) for row in self.hit_list.marked_rows]
        return [target for target in marked if target] or super().targets()

    def passages_here(self) -> Sequence[Passage]:
        """The passages that the hit under the cursor is or touches."""
        place = self.around.place(self.hit) if self.hit else None
        return touching(self.around.passages_of(self.hit), *place) if self.hit and place else []

    def _target_of(self, hit: Hit) -> Target | None:
        place = self.around.place(hit)
        article = self.around.articles.get(hit.article_id or "")
        if place is None or article is None:
            return None
        passage = next(iter(self.around.passages_of(hit)), None)
        words = passage.quote if passage and hit.kind == "comment" else hit.text
        unit = "sentence" if hit.kind == "text" else "passage"
        return Target(article, *place, words, unit)

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a hit needs one, and what needs a passage one in the text of an article."""
        hit = self.hit
        if command_id in NEED_HIT and hit is None:
            return NOTHING_LISTED
        if command_id in ON_MARKED and self.targets():
            return super().disabled_reason(command_id)
        if (command_id.startswith("passage.") or command_id == "hits.mark") and self.target() is None:
            return f"This hit is a {hit.kind}, not words of an article" if hit else NOTHING_LISTED
        return super().disabled_reason(command_id)

    # Marking

    def available_commands(self) -> list[Command]:
        """While something is marked, the keys say what they do with it."""
        found = super().available_commands()
        count = len(self.hit_list.marked_rows) if self.is_mounted else 0
        if not count:
            return found
        return [_while_marked(one, count) for one in found]

    def action_mark(self) -> None:
        """`space`: marks the hit under the cursor, or unmarks it."""
        if row := self.hit_list.chosen:
            self.hit_list.toggle(row)
            self.marks_changed()

    def action_mark_all(self) -> None:
        """`*`: marks all listed hits that are words of an article, but not the weaker ones.

        A sentence of which a listed quote or comment holds a part is that hit's already.
        """
        rows = [row for row in self.hit_list.rows if isinstance(row, HitRow)]
        fit = [row for row in rows if not row.hit.weak and self._target_of(row.hit)]
        taken = {one.id for row in fit if row.hit.kind != "text" for one in self.around.passages_of(row.hit)}
        fit = [
            row
            for row in fit
            if row.hit.kind != "text" or taken.isdisjoint(one.id for one in self.around.passages_of(row.hit))
        ]
        self.hit_list.mark(fit)
        left = len(rows) - len(fit)
        beside = f"; left out {left:,}: weaker, titles, notes, or quoted already" if left else ""
        self.show_status(f"Marked {len(fit):,} of {len(rows):,} listed{beside}", "{search.leave} unmarks")
        self.marks_changed()

    def marks_changed(self) -> None:
        """Called when other hits are marked than before. May be extended."""
        self.show_keys()

    def action_back(self) -> None:
        """Escape: unmarks what is marked, else goes back."""
        if self.hit_list.marked_rows:
            self.hit_list.unmark()
            self.marks_changed()
        else:
            super().action_back()

    # Opening

    @on(LineList.Selected, "HitList")
    def _chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Opens the hit under the cursor."""
        self.open_hit(beside=False)

    def action_open_beside(self) -> None:
        """Opens the hit under the cursor beside what is open."""
        self.open_hit(beside=True)

    def open_hit(self, *, beside: bool) -> None:
        """Opens the hit under the cursor; the reading room goes on from hit to hit."""
        hit = self.hit
        if hit is None:
            self.show_status(NOTHING_LISTED)
        elif hit.article_id is None:
            from workbench.tui.screens.note import NoteScreen

            self.app.push_screen(NoteScreen(hit.thing))
        else:
            self.keep_hits()
            self.workbench.open_article(hit.article_id, self.around.place(hit), beside=beside)

    def keep_hits(self) -> None:
        """Leaves to the reading room where the hits stand and the words they were found by, in order."""
        found: list[Found] = []
        for row in self.hit_list.rows:
            hit = row.hit if isinstance(row, HitRow) else None
            place = self.around.place(hit) if hit else None
            if hit and hit.article_id and place:
                found.append(Found(hit.article_id, *place, hit.matches if hit.start is not None else ()))
        self.workbench.hits = list(dict.fromkeys(found))


def _while_marked(command: Command, count: int) -> Command:
    """A command as it is called while that many hits are marked, what works on them first in the footer."""
    if command.id in ON_MARKED:
        title = f"tag {count:,} marked" if command.id == "passage.tag" else command.title
        return replace(command, title=title, footer=1)
    if command.action == "back":
        return replace(command, title="unmark", footer=2)
    return replace(command, footer=command.footer + _AFTER if command.footer else 0)
