"""The line under the panes that names everything under the cursor: place, tags, comments, notes."""

from __future__ import annotations

from collections.abc import Sequence, Set

from textual.content import Content

from workbench.model import Passage
from workbench.text.counting import counted
from workbench.tui.theme import tag_color
from workbench.tui.widgets.bars import MUTED, UNDECIDED, WAY_TO_DECIDE, one_line, quoted
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_margin import CITATION_SIGN, COMMENT_SIGN


def peek(reader: Reader, unit: str, passages: Sequence[Passage], disputed: Set[str], dark: bool) -> Content:
    """What is under the cursor.

    Args:
        unit: what the selection is called ("sentence").
        passages: those that the selection touches.
        disputed: ids of what has something to be decided, passages among them.
        dark: whether tags are drawn on a dark background.
    """
    parts = [_where(reader, unit)]
    for tag in {tag.id: tag for passage in passages for tag in passage.tags}.values():
        parts.append(Content.assemble((" ■ ", tag_color(tag.color, dark).hex), one_line(tag.name), " "))
    if any(passage.id in disputed for passage in passages):
        parts.append(Content.styled(f" {UNDECIDED} versions · {WAY_TO_DECIDE} ", "bold $warning"))
    comments = [comment for passage in passages for comment in passage.comments]
    if comments:
        count = f" {COMMENT_SIGN} {counted(len(comments), 'comment')} "
        words = " · ".join(quoted(comment.body, 60) for comment in comments)
        parts.append(Content.assemble((count, MUTED), words))
    notes = {note for passage in passages for note in passage.notes}
    if notes:
        parts.append(Content.styled(f" {CITATION_SIGN} in {counted(len(notes), 'note')}", MUTED))
    return Content("").join(parts)


def _where(reader: Reader, unit: str) -> Content:
    place = f"sentence {reader.sentence_index + 1}/{reader.sentence_count}"
    if unit != "sentence":
        start, end = reader.selection
        count = len(reader.document.text[start:end].split())
        place = f"{counted(count, 'word')} · {place}"
    state = "extending · " if reader.extending else ""
    return Content.assemble(("▌", "$primary"), (f"{state}{place}", MUTED))
