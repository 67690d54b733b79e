"""The tags: a tree by name with colours and counts, and all that can be done to a tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.errors import InputError
from workbench.model import Tag
from workbench.store.ids import split_tag_path, tag_key
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui import theme
from workbench.tui.commands import hint
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.prompt import ask, choose
from workbench.tui.widgets.article_preview import tag_sign
from workbench.tui.widgets.bars import MUTED, UNDECIDED, UNDO, WAY_TO_DECIDE, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

NAME_HINT = "a / makes levels: region/asean"
EMPTY = "No tags yet: {tags.new} makes one, {passage.tag} in the reading room tags a sentence"
DESCRIPTION_FROM = 60
"""Cells of a row from which on the description has room in it."""
NAME_SHARE = 0.45
"""Share of the row that the name takes where the description is shown."""


class TagsScreen(WorkbenchScreen):
    """The list of tags."""

    context = "tags"

    def __init__(self) -> None:
        super().__init__()
        self._disputed: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """The tree."""
        yield Pane(
            LineList(self._row, key=lambda tag: tag.id, empty="Reading…"),
            heading="Tags",
        )

    def on_mount(self) -> None:
        """Reads the tags."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads them again."""
        self._read()

    def _read(self) -> None:
        self.job(lambda: (self.project.tags(), self.project.disputed()), self._show, group="tags")

    def _show(self, found: tuple[Sequence[Tag], frozenset[str]]) -> None:
        tags, self._disputed = found
        desk = self.workbench.desk
        desk.meet(tags)
        self._rows.empty = EMPTY
        self._rows.set_rows(sorted(tags, key=lambda tag: [part.casefold() for part in tag.name.split("/")]))
        count = counted(len(tags), "tag")
        disputed = any(tag.id in self._disputed for tag in tags)
        signs = f"{UNDECIDED} {hint(WAY_TO_DECIDE)}" if disputed else "pin, name, code, passages"
        self.query_one(Pane).set_heading("Tags", f"{count} · {signs}")
        self.show_place("Tags", count)

    def _row(self, tag: Tag, width: int) -> Content:
        digit = self.workbench.desk.digit_of(tag.id)
        *above, leaf = inert(tag.name).split("/")
        name = Content.assemble(
            (f"{digit or ' '} ", "$primary"),
            "  " * len(above),
            tag_sign(tag),
            f" {leaf}",
            (f"  {tag.code}", MUTED),
            (f" {UNDECIDED}", "bold $warning") if tag.id in self._disputed else "",
        )
        count = Content.styled(f"{tag.passages:,}", MUTED)
        if width < DESCRIPTION_FROM:
            return spread(name, count, width)
        first = int(width * NAME_SHARE)
        name = name.truncate(first - 2, ellipsis=True).pad_right(max(first - name.cell_length, 2))
        described = Content.styled(inert(tag.description), MUTED)
        return name + spread(described, count, width - name.cell_length, least=0)

    def disabled_reason(self, command_id: str) -> str | None:
        """What needs a tag needs one under the cursor; merging needs another one."""
        needs_one = command_id != "tags.new" and command_id.startswith(("tags.", "passage.", "export"))
        if needs_one and not self._rows.rows:
            return hint(self._rows.empty)
        if command_id == "tags.merge" and len(self._rows.rows) < 2:
            return "There is no other tag to merge it into"
        return super().disabled_reason(command_id)

    # Keys

    @on(LineList.Selected)
    def action_open(self) -> None:
        """Lists the passages of the tag and of those below it."""
        from workbench.tui.screens.tag_passages import TagPassagesScreen

        if tag := self._rows.current:
            self.app.push_screen(TagPassagesScreen(tag.id))

    def subject(self) -> tuple[str, str, str] | None:
        """The tag under the cursor."""
        tag = self._rows.current
        return ("tag", tag.id, tag.name) if tag else None

    def action_of_tag(self) -> None:
        """The same under the key it has in the reading room."""
        self.action_open()

    def action_compare(self) -> None:
        """`C`: what the articles say to the tag, side by side."""
        from workbench.tui.screens.compare import CompareScreen

        if tag := self._rows.current:
            self.app.push_screen(CompareScreen(tag.id))

    def action_new(self) -> None:
        """Asks for a name and makes the tag."""

        def make(name: str) -> None:
            self._write(lambda: self.project.create_tag(name), f"Created the tag {inert(name)}")

        ask(self, "New tag", make, validate=self._check_free, hint=NAME_HINT)

    def action_rename(self) -> None:
        """Asks for another name; a path moves the tag, and what is below it comes along."""
        tag = self._rows.current
        if tag is None:
            return

        def rename(name: str) -> None:
            if name != tag.name:
                said = f"Renamed the tag {inert(tag.name)} to {inert(name)}"
                self._write(lambda: self.project.rename_tag(tag.id, name), said)

        ask(
            self,
            f"Rename {inert(tag.name)}",
            rename,
            initial=tag.name,
            validate=lambda name: self._check_free(name, tag),
            hint=NAME_HINT,
        )

    def action_merge(self) -> None:
        """Offers the other tags; the chosen one takes over the passages."""
        tag = self._rows.current
        others = [other for other in self._rows.rows if tag and not _is_within(other, tag)]
        if tag is None or not others:
            return

        def merge(index: int) -> None:
            target = others[index]
            said = f"Merged the tag {inert(tag.name)} into {inert(target.name)}"
            self._write(lambda: self.project.merge_tags(tag.id, target.id), said)

        rows = [tag_sign(other) + f" {inert(other.name)}  {other.passages:,}" for other in others]
        choose(self, f"Merge {inert(tag.name)} into", rows, merge)

    def action_colour(self) -> None:
        """Offers the looks of the palette."""
        tag = self._rows.current
        if tag is None:
            return

        def recolour(slot: int) -> None:
            said = f"Coloured the tag {inert(tag.name)} {theme.slot_name(slot)}"
            self._write(lambda: self.project.change_tag(tag.id, color=slot), said)

        rows = [
            Content.assemble(
                (("┇ □ " if theme.is_dashed(slot) else "┃ ■ "), theme.tag_ink(slot)),
                theme.slot_name(slot),
            )
            for slot in range(theme.SLOTS)
        ]
        choose(self, f"Colour of {inert(tag.name)}", rows, recolour, at=tag.color)

    def action_describe(self) -> None:
        """Asks what the tag means."""
        tag = self._rows.current
        if tag is None:
            return

        def describe(words: str) -> None:
            if words != tag.description:
                said = f"Described the tag {inert(tag.name)}"
                self._write(lambda: self.project.change_tag(tag.id, description=words), said)

        ask(self, f"What {inert(tag.name)} means", describe, initial=tag.description,
            hint="when to use it, and when not")  # fmt: skip

    def action_delete(self) -> None:
        """Deletes the tag with those below it; passages lose them until it is undone."""
        tag = self._rows.current
        if tag is None:
            return
        below = sum(_is_within(other, tag) for other in self._rows.rows) - 1
        said = f"Deleted the tag {inert(tag.name)}" + (f" and {below} below it" if below else "")
        if tag.passages:
            said += f" from {counted(tag.passages, 'passage')}"
        self._write(lambda: self.project.delete_tag(tag.id), said)

    def action_pin(self, digit: int) -> None:
        """Pins the tag to a digit, which then tags in the reading room; the same digit again unpins it."""
        tag, desk = self._rows.current, self.workbench.desk
        if tag is None:
            return
        if desk.digit_of(tag.id) == digit:
            desk.unpin(tag.id)
            self.show_status(f"Unpinned {inert(tag.name)}", f"{digit} back")
        else:
            desk.pin(digit, tag.id)
            self.show_status(f"Pinned {inert(tag.name)} to {digit}", f"{digit} unpins it")
        desk.save()
        self._rows.refresh_rows()

    def action_export(self) -> None:
        """Opens the export of this tag."""
        from workbench.tui.screens.export import ExportScreen

        tag = self._rows.current
        self.app.push_screen(ExportScreen(tag=tag.id if tag else None))

    # Help

    def _write(self, work: Callable[[], object], said: str) -> None:
        def done(_: object) -> None:
            self.toast(said, UNDO)
            self.workbench.post_project_changed()

        self.job(work, done, label="Saving")

    def _check_free(self, name: str, own: Tag | None = None) -> None:
        """Refuses a name that cannot be a tag's or is another's.

        Raises:
            InputError: it says which.
        """
        key = tag_key(split_tag_path(name))
        for tag in self._rows.rows:
            if tag is not own and tag_key(split_tag_path(tag.name)) == key:
                way = hint("{tags.merge} merges two into one")
                raise InputError(f"there is a tag “{inert(tag.name)}” already; {way}")
        if own and key.startswith(tag_key(split_tag_path(own.name)) + "/"):
            raise InputError("a tag cannot stand below itself")

    @property
    def _rows(self) -> LineList[Tag]:
        return self.query_one(LineList)


def _is_within(other: Tag, tag: Tag) -> bool:
    """Whether `other` is the tag or stands below it."""
    return other.id == tag.id or other.name.startswith(f"{tag.name}/")
