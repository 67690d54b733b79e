"""The line under the panes that names everything under the cursor: place, tags, comments, notes.

All tags are named however little room there is: their names are cut evenly, at last to their codes. The words
of comments get what is left.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from textual.content import Content

from workbench.model import Passage, Tag
from workbench.text.counting import counted
from workbench.tui.commands import hint
from workbench.tui.theme import is_dashed, tag_ink
from workbench.tui.widgets.bars import MUTED, UNDECIDED, WAY_TO_DECIDE, Bar, one_line, quoted
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_margin import CITATION_SIGN, COMMENT_SIGN

_LEAST_NAME = 5
"""Cells of a tag's name below which its code says more."""
_COUNTED = 100_000
"""Code points from which on words are not counted, for that takes longer than a key press may."""


class PeekLine(Bar):
    """What is under the cursor, in as many words as there is room for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._where = self._marks = self._words = Content("")
        self._tags: list[Tag] = []

    def show_nothing(self) -> None:
        """There is no text under the cursor."""
        self._where = self._marks = self._words = Content("")
        self._tags = []
        self.refresh()

    def show_selection(
        self, reader: Reader, unit: str, passages: Sequence[Passage], disputed: Set[str]
    ) -> None:
        """Shows what the selection of a reader is on.

        Args:
            unit: what the selection is called ("sentence").
            passages: those that the selection touches.
            disputed: ids of what has something to be decided, passages among them.
        """
        self._where = _where(reader, unit)
        self._tags = list({tag.id: tag for passage in passages for tag in passage.tags}.values())
        self._marks = _marks(passages, disputed)
        comments = [comment.body for passage in passages for comment in passage.comments]
        self._words = Content(" · ".join(quoted(body, 60) for body in comments))
        self.refresh()

    def render(self) -> Content:
        """The line for the width of now."""
        width = self.size.width
        room = width - self._where.cell_length - self._marks.cell_length
        line = Content.assemble(self._where, named(self._tags, room), self._marks)
        if self._words:
            line = Content.assemble(line, " ", self._words)
        return line.truncate(width, ellipsis=True)


def named(tags: Sequence[Tag], width: int) -> Content:
    """The tags, each with its sign, in `width` cells if that can be done."""
    names = [one_line(tag.name) for tag in tags]
    sizes, room = [name.cell_length for name in names], width - 4 * len(tags) + 1
    for longest in range(max([*sizes, _LEAST_NAME]), _LEAST_NAME - 1, -1):
        if sum(min(size, longest) for size in sizes) <= room:
            return _signed(tags, [name.truncate(longest, ellipsis=True) for name in names], "  ")
    return _signed(tags, [one_line(tag.code) for tag in tags], " ")


def _signed(tags: Sequence[Tag], names: Sequence[Content], gap: str) -> Content:
    parts = [
        Content.assemble(("□ " if is_dashed(tag.color) else "■ ", tag_ink(tag.color)), name)
        for tag, name in zip(tags, names, strict=True)
    ]
    return Content.assemble(" ", Content(gap).join(parts)) if parts else Content("")


def _marks(passages: Sequence[Passage], disputed: Set[str]) -> Content:
    """Whether something is to be decided, and how many comments and notes there are."""
    parts = []
    if any(passage.id in disputed for passage in passages):
        parts.append(Content.styled(f"  {UNDECIDED} versions · {hint(WAY_TO_DECIDE)}", "bold $warning"))
    comments = sum(len(passage.comments) for passage in passages)
    if comments:
        parts.append(Content.styled(f"  {COMMENT_SIGN} {counted(comments, 'comment')}", MUTED))
    notes = {note for passage in passages for note in passage.notes}
    if notes:
        parts.append(Content.styled(f"  {CITATION_SIGN} in {counted(len(notes), 'note')}", MUTED))
    return Content("").join(parts)


def _where(reader: Reader, unit: str) -> Content:
    place = f"sentence {reader.sentence_index + 1}/{reader.sentence_count}"
    if unit != "sentence":
        start, end = reader.selection
        much = f"{end - start:,} characters"
        if end - start < _COUNTED:
            much = counted(len(reader.document.text[start:end].split()), "word")
        place = f"{much} · {place}"
    state = "extending · " if reader.extending else ""
    return Content.assemble(("▌", "$primary"), (f"{state}{place}", MUTED))
