"""The tag picker: type some letters of a tag's name, or a new name, and put it on a range."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.errors import InputError
from workbench.model import Passage, Tag
from workbench.store.ids import split_tag_path
from workbench.text.inert import inert
from workbench.tui.annotating import tag_label
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.narrowing import NarrowingDialog
from workbench.tui.tag_matching import Match, matching_tags
from workbench.tui.targets import Target
from workbench.tui.theme import tag_ink
from workbench.tui.widgets.bars import KEY_STYLE, MUTED, UNDO, one_line, quoted, spread
from workbench.tui.widgets.inert_input import NarrowingInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane, query_line

ROWS = 8
"""Most rows of the list at once."""
HEIGHTS = [(0, "-low"), (17, "-short"), (22, "-tall")]
FRAMES = {"-low": 5, "-short": 7, "-tall": 9}
"""Rows of the box around the list, by how high the screen is."""
Row = Match | str
"""A tag that fits, or the name of one to create."""


class TagInput(NarrowingInput):
    """A line to type in that leaves backspace to the screen while it is empty."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Deleting is off where there is nothing to delete."""
        return not (action == "delete_left" and not self.value)


class PickerScreen(NarrowingDialog[None]):
    """Picks tags for a range or several. What it picks goes to `apply`; it stays open after tab."""

    context = "picker"
    CSS_PATH = "picker.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, targets: Sequence[Target], apply: Callable[[str], object]) -> None:
        """Opens on one range or more; `apply` gets the name of each tag picked."""
        super().__init__()
        self._target, self._apply = targets[0], apply
        self._several = len(targets) > 1
        what = f"these {len(targets):,} passages" if self._several else f"this {targets[0].unit}"
        self._title = f"Tag {what}"
        self._tags: list[Tag] = []
        self._here: Passage | None = None
        self._filtered = ""
        self._rows = ROWS
        self._known = False
        self._entered = False

    def compose_body(self) -> ComposeResult:
        """The quote, the line to type in, the list, and what is at hand without typing."""
        yield Pane(
            Static(Content(quoted(self._target.words, 200)), id="quote"),
            query_line(TagInput(placeholder="type a tag’s name")),
            LineList(self._row, key=_key, id="tags", click_selects=True),
            Static(id="here"),
            Static(id="recent"),
            Static(id="pinned"),
            heading=self._title,
        )

    def on_mount(self) -> None:
        """Reads the tags; letters typed ahead find the line ready."""
        self.set_focus(self.query_one(TagInput))
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again what stands on the range."""
        self._read()

    def _read(self) -> None:
        def work() -> tuple[list[Tag], Passage | None]:
            there = () if self._several else self.project.passages(article=self._target.article.id)
            return self.project.tags(), next((one for one in there if self._target.holds(one)), None)

        self.job(work, self._shown, group="picker")

    def _shown(self, found: tuple[list[Tag], Passage | None]) -> None:
        first = not self._known
        self._tags, self._here = found
        self._known = True
        self.workbench.desk.meet(self._tags)
        if first:
            height = self.app.size.height
            frame = FRAMES[[name for least, name in HEIGHTS if height >= least][-1]]
            self._rows = min(len(self._tags) + 1, ROWS, max(height - frame - 3, 2))
            self.query_one(Pane).styles.height = self._rows + frame
        self.narrow(self.query_one(TagInput).value)
        self._show_at_hand()
        if self._entered:
            self.action_apply()

    # The list

    def narrow(self, typed: str) -> None:
        """Lists the tags that fit, and what is typed where it is none of them."""
        self._filtered = typed
        recent = {tag: rank for rank, tag in enumerate(self.workbench.desk.recent_tags)}
        found = matching_tags(typed, self._tags, lambda tag: recent.get(tag.id, len(recent)))
        rows: list[Row] = [*found]
        name = " ".join(typed.split())
        if name and not any(match.tag.name.casefold() == name.casefold() for match in found):
            rows.append(name)
        self.query_one(LineList).empty = (
            "Type the name of the first tag" if self._known else "Reading the tags …"
        )
        self.query_one(LineList).set_rows(rows, cursor=0)
        self.query_one(LineList).styles.height = max(min(len(rows), self._rows), 1)
        facts = f"{len(found)} of {len(self._tags)} tags"
        self.query_one(Pane).set_heading(self._title, facts)

    def _row(self, row: Row, width: int) -> Content:
        if isinstance(row, str):
            left = Content.assemble("  ", ("+", "$success"), " Create tag “", one_line(row), "”")
            return spread(left, Content.styled("↵ when no match", MUTED), width)
        tag = row.tag
        on_it = self._here is not None and tag.id in {one.id for one in self._here.tags}
        longest = max((len(one.name) for one in self._tags), default=0)
        column = min(max(longest, 14), max(width // 3, 12)) + 1
        digit = self.workbench.desk.digit_of(tag.id)
        left = Content.assemble(
            ("✓ " if on_it else "  ", "$success"),
            ("■", tag_ink(tag.color)),
            " ",
            _name(row).truncate(column - 1, ellipsis=True, pad=True),
            " ",
            one_line(tag.description).stylize(MUTED),
        )
        pin = f"  pin {digit}" if digit else "       "
        return spread(left, Content.assemble((f"{tag.passages:>4}", MUTED), (pin, KEY_STYLE)), width)

    def _show_at_hand(self) -> None:
        """The tags on the range, those applied last, and the pinned ones."""
        desk = self.workbench.desk
        known = {tag.id: tag for tag in self._tags}
        here = self._here.tags if self._here else ()
        recent = [known[tag] for tag in desk.recent_tags if tag in known][:4]
        pinned = [(digit, known[tag]) for digit, tag in sorted(desk.pins.items()) if tag in known]
        self._line("here", "On this passage", [self._label(tag) for tag in here])
        repeat = [
            Content.assemble((". ", KEY_STYLE) if at == 0 else "", self._label(tag))
            for at, tag in enumerate(recent)
        ]
        self._line("recent", "Recent", repeat)
        codes = [
            Content.assemble((f"{digit} ", KEY_STYLE), (tag.code, tag_ink(tag.color)))
            for digit, tag in pinned
        ]
        self._line("pinned", "Pinned", codes)

    def _line(self, name: str, title: str, parts: list[Content]) -> None:
        words = Content("  ").join(parts) if parts else Content.styled("–", MUTED)
        self.query_one(f"#{name}", Static).update(Content.assemble((f"{title:<17}", MUTED), words))

    def _label(self, tag: Tag) -> Content:
        return tag_label(tag)

    # Picking

    def action_apply(self) -> None:
        """Applies the row under the cursor and closes; before the tags are read, as soon as they are."""
        self._entered = not self._known
        if self._known and self._pick():
            self.dismiss(None)

    def action_stay(self) -> None:
        """Applies it and goes on picking."""
        if self._known and self._pick():
            self.query_one(TagInput).value = ""

    def _pick(self) -> bool:
        """Applies the row under the cursor; False where there is none or its name cannot be a tag's."""
        self._filter_if_behind()
        row = self.query_one(LineList).current
        if row is None:
            return False
        if isinstance(row, str):
            try:
                split_tag_path(row)
            except InputError as refusal:
                self.query_one("#quote", Static).update(Content.styled(inert(str(refusal)), "$error"))
                return False
        self._apply(row if isinstance(row, str) else row.tag.name)
        return True

    def _filter_if_behind(self) -> None:
        """Enter may come before the list has followed the last letter."""
        typed = self.query_one(TagInput).value
        if typed != self._filtered:
            self.narrow(typed)

    def action_remove_last(self) -> None:
        """Takes off the tag that was put on the range last."""
        if self._here is None or not self._here.tags:
            self.app.bell()
            return
        passage, tag = self._here, self._here.tags[-1]

        def removed(_: None) -> None:
            self.toast(f"Removed {tag.name} from {self._target.brief}", UNDO)
            self.workbench.post_project_changed()

        self.job(lambda: self.project.remove_tag(passage.id, tag.id), removed)


def _key(row: Row) -> str:
    return row if isinstance(row, str) else row.tag.id


def _name(match: Match) -> Content:
    """The tag's name with the typed letters marked."""
    name = Content(inert(match.tag.name))
    for at in match.letters:
        name = name.stylize(KEY_STYLE, at, at + 1)
    return name
