"""What can be done to a passage: tag, comment, cite, copy, delete. For every screen that shows passages.

A screen that derives from `PassageActions` says what range is chosen and which passages it touches. The range
is taken when the key is pressed, so that nothing done while a write is under way can change what it means.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.content import Content
from textual.widget import AwaitMount

from workbench.errors import NotFoundError
from workbench.model import Comment, Note, Passage, Tag
from workbench.store.drafts import DraftText
from workbench.store.ids import random_id
from workbench.text.counting import counted
from workbench.tui.commands import hint
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import ask, choose, write
from workbench.tui.targets import Target, brief, put_citations, with_source
from workbench.tui.theme import is_dashed, tag_ink
from workbench.tui.widgets.bars import MUTED, UNDO, one_line, quoted

T = TypeVar("T")

_NO_PASSAGE = "No passage here: {passage.tag} tags the selection"
_MISSING = {
    "passage.untag": "No tag here to remove: {passage.tag} tags the selection",
    "passage.of_tag": "No tag here: {passage.tag} tags the selection",
    "passage.overlaps": _NO_PASSAGE,
    "passage.range": _NO_PASSAGE,
    "passage.delete": "Nothing here to delete",
}
"""Why a command that works on what is there cannot be used where nothing is."""
_ON_TAGS = frozenset({"passage.untag", "passage.of_tag"})
_PINNED = "passage.pinned"


def tag_label(tag: Tag) -> Content:
    """A square in the tag's colour, hollow where its stripes are dashed, and its name."""
    sign = "□" if is_dashed(tag.color) else "■"
    return Content.assemble((sign, tag_ink(tag.color)), " ", one_line(tag.name))


class PassageActions(WorkbenchScreen):
    """A screen on which passages are chosen and worked on."""

    def target(self) -> Target | None:
        """The range chosen now; None where there is none. To be overridden."""
        raise NotImplementedError

    def passages_here(self) -> Sequence[Passage]:
        """The passages that the chosen range touches, as shown now, the exact one first. To be overridden."""
        raise NotImplementedError

    def targets(self) -> Sequence[Target]:
        """What tagging, citing and copying work on: the chosen range. Screens with marks have several."""
        target = self.target()
        return [target] if target else []

    def show_passages(self, article: str, passages: list[Passage]) -> None:
        """Called first of all after a write with what an article's passages are now. May be overridden."""

    def disabled_reason(self, command_id: str) -> str | None:
        """What works on a passage or a tag needs one here; a digit and a repetition need their tag."""
        return super().disabled_reason(command_id) or self._missing(command_id)

    def _missing(self, command_id: str) -> str | None:
        desk = self.workbench.desk
        if command_id in _MISSING:
            here = self.passages_here()
            there = any(one.tags for one in here) if command_id in _ON_TAGS else bool(here)
            return None if there else hint(_MISSING[command_id])
        if command_id == "passage.repeat" and not desk.recent_tags:
            return hint("No tag was applied yet: {passage.tag} picks one")
        digit = command_id.removeprefix(_PINNED)
        if digit != command_id and int(digit) not in desk.pins:
            ways = hint("{passage.pins} pins tags, {passage.tag} makes one")
            return f"No tag is pinned to {digit}: {ways}"
        return None

    # Tags

    async def action_tag(self) -> None:
        """`t`: the picker. It waits for the picker, so that letters typed ahead go there."""
        from workbench.tui.screens.picker import PickerScreen

        if targets := self.targets():
            await self.app.push_screen(PickerScreen(targets, lambda name: self.put_tag(targets, name)))

    def put_tag(self, targets: Sequence[Target], name: str) -> None:
        """Tags ranges with a tag of that name, made where missing, in one step, and says so."""
        if len(targets) == 1:
            self._put(targets[0], lambda: name)
        else:
            self._put_all(targets, name)

    def action_pinned(self, digit: int) -> None:
        """`1` to `9`: the tag pinned to the digit."""
        tag = self.workbench.desk.pins[digit]
        self._put_known(tag, f"The tag pinned to {digit} is gone: " + hint("{passage.pins} pins another"))

    def action_repeat(self) -> None:
        """`.`: the tag applied last."""
        tag = self.workbench.desk.recent_tags[0]
        self._put_known(tag, hint("The tag applied last is gone: {passage.tag} picks another"))

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

    def _put_all(self, targets: Sequence[Target], name: str) -> None:
        """Tags several ranges, and says how many had not the tag yet."""

        def work() -> tuple[Tag, int]:
            there = self.project.passages_in({target.article.id for target in targets})
            wanted = name.casefold()
            have = {
                (one.article, one.start, one.end)
                for one in there
                if any(tag.name.casefold() == wanted for tag in one.tags)
            }
            self.project.annotate_ranges([target.place for target in targets], [name])
            return self.project.tag(name), sum(target.place not in have for target in targets)

        def tagged(result: tuple[Tag, int]) -> None:
            tag, new = result
            self.workbench.desk.applied(tag.id)
            had = len(targets) - new
            if new:
                rest = f"; {had:,} had it" if had else ""
                self._did(f"Tagged {counted(new, 'passage')} with {tag.name}{rest}")
            else:
                self.show_status(f"All {had:,} are already tagged with {tag.name}")

        self.job(work, tagged, label="Tagging")

    def _tagged(self, target: Target, tag: Tag, *, already: bool) -> None:
        self.workbench.desk.applied(tag.id)
        if already:
            self.show_status(f"{target.brief} is already tagged with {tag.name}")
        else:
            self._did(f"Tagged {target.brief} with {tag.name}", UNDO + " · {passage.repeat} repeat")

    def action_untag(self) -> None:
        """`d`: takes a tag away, a choice where there are several."""
        self._one_of(
            [(passage, tag) for passage in self.passages_here() for tag in passage.tags],
            "Remove which tag?",
            lambda offer: Content.assemble(self._tag(offer[1]), (f"  {quoted(offer[0].quote)}", MUTED)),
            lambda offer: self.remove_tag(*offer),
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
        self._one_of(list(tags.values()), "Passages of which tag?", self._tag, self._open_tag)

    def action_compare(self) -> None:
        """`C`: the articles beside each other, from the first tag here on."""
        from workbench.tui.screens.compare import CompareScreen

        tags = [tag.id for passage in self.passages_here() for tag in passage.tags]
        target = self.target()
        self.app.push_screen(CompareScreen(tags[0] if tags else None, target.article.id if target else None))

    def _open_tag(self, tag: Tag) -> None:
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        self.app.push_screen(TagPassagesScreen(tag.id))

    def action_similar(self) -> None:
        """`m`: what the other articles say like this."""
        from workbench.tui.screens.similar import SimilarScreen

        if target := self.target():
            self.app.push_screen(SimilarScreen(target))

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
        if targets := self.targets():
            several = len({target.article.id for target in targets})
            on = counted(several, "article") if several > 1 else targets[0].article.label
            self._cite(targets, self.workbench.desk.current_note, f"Notes on {on}")

    def action_add_to_other_note(self) -> None:
        """`A`: into another note, or a new one, which becomes the current note."""
        targets = self.targets()
        if not targets:
            return

        def offer(notes: list[Note]) -> None:
            choose(
                self, "Add to which note?", [*(one_line(n.title) for n in notes), "New note …"], chosen(notes)
            )

        def chosen(notes: list[Note]) -> Callable[[int], None]:
            def take(index: int) -> None:
                if index < len(notes):
                    self._cite(targets, notes[index].id, notes[index].title)
                else:
                    ask(
                        self,
                        "Title of the new note",
                        lambda title: self._cite(targets, None, title or "Untitled note"),
                    )

            return take

        self.job(lambda: self.project.notes(), offer)

    def _cite(self, targets: Sequence[Target], note: str | None, title: str) -> None:
        def cited(result: tuple[Note, int]) -> None:
            found, new = result
            into = f"{'' if found.id == note else 'the new note '}{quoted(found.title, 36)}"
            self.workbench.desk.current_note = found.id
            if not new:
                verb = "is" if len(targets) == 1 else "are"
                self.show_status(f"{brief(targets)} {verb} already in {into}")
            else:
                added = brief(targets) if new == len(targets) else f"{new:,} of {brief(targets)}"
                self._did(f"Added to {into}: {added}", UNDO + " · {passage.other_note} another note")

        self.job(lambda: put_citations(self.project, targets, note, title), cited, label="Adding")

    def action_copy(self) -> None:
        """`y`: the words and their source, to the clipboard of a terminal that has one, and kept here."""
        if targets := self.targets():
            source = "its source" if len(targets) == 1 else "their sources"
            text = "\n\n".join(with_source(target) for target in targets)
            self.workbench.copy(text, f"{brief(targets)} with {source}")

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
    ) -> None:
        """Goes on with the only one of some things, after a choice where there are several."""
        if len(things) == 1:
            then(things[0])
        elif things:
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

        self.job(both, shown, label="Saving")

    def _did(self, said: str, way_back: str = UNDO) -> None:
        self.toast(said, way_back)
        self.workbench.post_project_changed()

    def _tag(self, tag: Tag) -> Content:
        return tag_label(tag)
