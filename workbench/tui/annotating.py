"""What can be done to a passage: tag, comment, cite, copy, delete. For every screen that shows passages.

A screen that derives from `PassageActions` says what range is chosen and which passages it touches. The range
is taken when the key is pressed, so that nothing done while a write is under way can change what it means.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.widget import AwaitMount

from workbench.errors import NotFoundError
from workbench.model import Article, Comment, Note, Passage, Span, Tag
from workbench.sources.dates import show_date
from workbench.store.drafts import DraftText
from workbench.store.ids import random_id
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import ask, choose, write
from workbench.tui.theme import tag_color
from workbench.tui.widgets.bars import MUTED, one_line, quoted

if TYPE_CHECKING:
    from workbench.project import Project

T = TypeVar("T")

UNDO = "u undo"


@dataclass(frozen=True, slots=True)
class Target:
    """The range that actions work on.

    Attributes:
        start, end: code points in the stored text, end exclusive.
        words: the text between them.
        unit: what people call it ("sentence", "passage").
    """

    article: Article
    start: int
    end: int
    words: str
    unit: str = "passage"

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end

    @property
    def brief(self) -> str:
        """Its first words, in quotation marks."""
        return quoted(self.words, 32)

    def holds(self, passage: Passage) -> bool:
        """Whether a passage covers exactly this range."""
        return (passage.start, passage.end) == self.span


def touching(passages: Sequence[Passage], start: int, end: int) -> list[Passage]:
    """Those of an article's passages that touch a range, the exact one first, then shorter before longer."""
    found = [one for one in passages if one.start < end and start < one.end]
    return sorted(found, key=lambda one: ((one.start, one.end) != (start, end), one.end - one.start))


def with_source(target: Target) -> str:
    """The words with where they stand: “quote” — Author, Title, Publisher, date, chars 12–90."""
    article = target.article
    date = show_date(article.published, article.qualifier)
    source = [article.author, article.label, article.publisher, date, f"chars {target.start}–{target.end}"]
    return f"“{target.words}” — {', '.join(part for part in source if part)}"


def put_citation(project: Project, target: Target, note: str | None, title: str) -> tuple[Note, bool]:
    """Puts the range at the end of a note, or of a new one called `title` where there is no such note.

    Returns:
        The note, and whether it cited the range already and nothing was written.
    """
    found = next((one for one in project.notes() if one.id == note), None)
    for citation in found.citations if found else ():
        place = citation.article, citation.start, citation.end
        if found and citation.number is not None and place == (target.article.id, *target.span):
            return found, True
    made = project.cite(found.id if found else None, target.article.id, *target.span, title=title)
    return project.note(made), False


def tag_label(tag: Tag, dark: bool) -> Content:
    """A square in the tag's colour and its name."""
    return Content.assemble(("■", tag_color(tag.color, dark).hex), " ", one_line(tag.name))


class PassageActions(WorkbenchScreen):
    """A screen on which passages are chosen and worked on."""

    def target(self) -> Target | None:
        """The range chosen now; None where there is none. To be overridden."""
        raise NotImplementedError

    def passages_here(self) -> Sequence[Passage]:
        """The passages that the chosen range touches, as shown now, the exact one first. To be overridden."""
        raise NotImplementedError

    def show_passages(self, article: str, passages: list[Passage]) -> None:
        """Called first of all after a write with what an article's passages are now. May be overridden."""

    # Tags

    async def action_tag(self) -> None:
        """`t`: the picker. It waits for the picker, so that letters typed ahead go there."""
        from workbench.tui.screens.picker import PickerScreen

        if target := self.target():
            await self.app.push_screen(PickerScreen(target, lambda name: self.put_tag(target, name)))

    def put_tag(self, target: Target, name: str) -> None:
        """Tags a range with a tag of that name, made where missing, and says so."""
        self._put(target, lambda: name)

    def action_pinned(self, digit: int) -> None:
        """`1` to `9`: the tag pinned to the digit."""
        tag = self.workbench.desk.pins.get(digit)
        if tag:
            self._put_known(tag, f"The tag pinned to {digit} is gone: 0 pins another")
        else:
            self.show_status(f"No tag is pinned to {digit}: 0 pins tags, t makes one")

    def action_repeat(self) -> None:
        """`.`: the tag applied last."""
        recent = self.workbench.desk.recent_tags
        if recent:
            self._put_known(recent[0], "The tag applied last is gone: t picks another")
        else:
            self.show_status("No tag was applied yet: t picks one")

    def _put_known(self, tag: str, gone: str) -> None:
        """Applies a tag by id, if the project still has it."""

        def name() -> str:
            for known in self.project.tags():
                if known.id == tag:
                    return known.name
            raise NotFoundError(gone)

        if target := self.target():
            self._put(target, name)

    def _put(self, target: Target, name: Callable[[], str]) -> None:
        """Tags a range; `name` is asked in the project's thread."""

        def work() -> Tag:
            wanted = name()
            self.project.annotate_range(target.article.id, *target.span, tags=[wanted])
            return self.project.tag(wanted)

        there = {tag.id for passage in self.passages_here() if target.holds(passage) for tag in passage.tags}
        self._change(target.article.id, work, lambda tag: self._tagged(target, tag, already=tag.id in there))

    def _tagged(self, target: Target, tag: Tag, *, already: bool) -> None:
        self.workbench.desk.applied(tag.id)
        if already:
            self.show_status(f"{target.brief} is already tagged with {tag.name}")
        else:
            self._did(f"Tagged {target.brief} with {tag.name}", f"{UNDO} · . repeat")

    def action_untag(self) -> None:
        """`d`: takes a tag away, a choice where there are several."""
        self._one_of(
            [(passage, tag) for passage in self.passages_here() for tag in passage.tags],
            "Remove which tag?",
            lambda offer: Content.assemble(self._tag(offer[1]), (f"  {quoted(offer[0].quote)}", MUTED)),
            lambda offer: self.remove_tag(*offer),
            "No tag here to remove: t tags the selection",
        )

    def remove_tag(self, passage: Passage, tag: Tag) -> None:
        """Takes a tag off a passage and says so."""
        self._write(
            passage.article,
            lambda: self.project.remove_tag(passage.id, tag.id),
            f"Removed {tag.name} from {quoted(passage.quote, 32)}",
        )

    def action_of_tag(self) -> None:
        """`T`: all passages of the tag here."""
        tags = {tag.id: tag for passage in self.passages_here() for tag in passage.tags}
        self._one_of(
            list(tags.values()),
            "Passages of which tag?",
            self._tag,
            self._open_tag,
            "No tag here: t tags the selection",
        )

    def _open_tag(self, tag: Tag) -> None:
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        self.app.push_screen(TagPassagesScreen(tag.id))

    # Comments

    async def action_comment(self) -> None:
        """`c`: a comment on the range, or one's own that is there already."""
        target = self.target()
        if target is None:
            return
        me = self.project.analyst.id
        mine = [(one, said) for one in self.passages_here() for said in one.comments if said.analyst.id == me]
        exact = [said for one, said in mine if target.holds(one)]
        if len(exact) == 1 or not mine:
            await self._write_comment(target, exact[0] if exact else None)
            return
        comments = [said for _, said in mine]
        rows = [Content.assemble("Edit ", quoted(said.body, 50)) for said in comments]
        choose(
            self,
            "Comment",
            [*rows, f"New comment on this {target.unit}"],
            lambda index: self._write_comment(target, [*comments, None][index]),
        )

    def _write_comment(self, target: Target, comment: Comment | None) -> AwaitMount:
        thing = comment.id if comment else random_id()
        place = json.dumps([target.article.id, target.start, target.end])

        seen: list[str] = []
        if comment:
            self.job(lambda: self.project.sight(thing), seen.extend)

        def keep(body: str) -> None:
            draft = DraftText("comment", thing, place, body, tuple(seen))
            self.job(lambda: self.project.save_draft(draft))

        def left(body: str) -> None:
            draft = DraftText("comment", thing, place, body, tuple(seen))
            self._change(target.article.id, lambda: self.project.finish_draft(draft), written)

        def written(new: tuple[str, ...]) -> None:
            if new:
                self._did(f"Commented {target.brief}")
            else:
                self.show_status("The comment is as it was" if comment else "Nothing was written: no comment")

        title = f"{'Edit comment' if comment else 'Comment'} on {target.brief}"
        return write(self, title, left, initial=comment.body if comment else "", keep=keep)

    # Notes and copies

    def action_add_to_note(self) -> None:
        """`a`: the range goes into the current note, a new one where there is none."""
        if target := self.target():
            self._cite(target, self.workbench.desk.current_note, f"Notes on {target.article.label}")

    def action_add_to_other_note(self) -> None:
        """`A`: into another note, or a new one, which becomes the current note."""
        target = self.target()
        if target is None:
            return

        def offer(notes: list[Note]) -> None:
            choose(
                self, "Add to which note?", [*(one_line(n.title) for n in notes), "New note …"], chosen(notes)
            )

        def chosen(notes: list[Note]) -> Callable[[int], None]:
            def take(index: int) -> None:
                if index < len(notes):
                    self._cite(target, notes[index].id, notes[index].title)
                else:
                    ask(
                        self,
                        "Title of the new note",
                        lambda title: self._cite(target, None, title or "Untitled note"),
                    )

            return take

        self.job(lambda: self.project.notes(), offer)

    def _cite(self, target: Target, note: str | None, title: str) -> None:
        def cited(result: tuple[Note, bool]) -> None:
            found, already = result
            self.workbench.desk.current_note = found.id
            if already:
                self.show_status(f"{target.brief} is already in {quoted(found.title, 36)}")
            else:
                self._did(f"Added {target.brief} to {quoted(found.title, 36)}", f"{UNDO} · g n notes")

        self.job(lambda: put_citation(self.project, target, note, title), cited)

    def action_copy(self) -> None:
        """`y`: the words and their source, to the clipboard of a terminal that has one, and kept here."""
        if target := self.target():
            self.workbench.copied = with_source(target)
            self.app.copy_to_clipboard(self.workbench.copied)
            self.show_status(f"Copied {target.brief} with its source")

    # Deleting

    def action_delete(self) -> None:
        """`D`: the passage here; a choice where there are several things."""
        things: list[Passage | Comment] = []
        for passage in self.passages_here():
            things += [passage, *passage.comments]
        article = things[0].article if things and isinstance(things[0], Passage) else ""
        self._one_of(
            things,
            "Delete what?",
            self._thing,
            lambda thing: self._delete(article, thing),
            "Nothing here to delete",
        )

    def _thing(self, thing: Passage | Comment) -> Content:
        if isinstance(thing, Comment):
            return Content.assemble("Comment ", quoted(thing.body), (f"  {thing.analyst.name}", MUTED))
        names = ", ".join(tag.name for tag in thing.tags) or "no tag"
        return Content.assemble("Passage ", quoted(thing.quote), (f"  {names}", MUTED))

    def _delete(self, article: str, thing: Passage | Comment) -> None:
        if isinstance(thing, Comment):
            self._write(
                article, lambda: self.project.delete_comment(thing.id), f"Deleted {quoted(thing.body, 32)}"
            )
        else:
            self._write(
                article, lambda: self.project.delete_passage(thing.id), f"Deleted {quoted(thing.quote, 32)}"
            )

    # What they share

    def _one_of(
        self,
        things: Sequence[T],
        title: str,
        row: Callable[[T], Content],
        then: Callable[[T], object],
        none: str,
    ) -> None:
        """Goes on with the only one of some things, after a choice where there are several."""
        if not things:
            self.show_status(none)
        elif len(things) == 1:
            then(things[0])
        else:
            choose(self, title, [row(thing) for thing in things], lambda index: then(things[index]))

    def _write(self, article: str, work: Callable[[], object], said: str) -> None:
        self._change(article, work, lambda _: self._did(said))

    def _change(self, article: str, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Writes, and shows the article's passages as they are then before anything else is read again."""

        def both() -> tuple[T, list[Passage]]:
            return work(), self.project.passages(article=article)

        def shown(result: tuple[T, list[Passage]]) -> None:
            self.show_passages(article, result[1])
            done(result[0])

        self.job(both, shown)

    def _did(self, said: str, way_back: str = UNDO) -> None:
        self.toast(said, way_back)
        self.workbench.post_project_changed()

    def _tag(self, tag: Tag) -> Content:
        return tag_label(tag, self.app.current_theme.dark)
