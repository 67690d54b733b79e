"""The tagged passages under the cursor, each of which can be selected, and each tag removed alone."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.model import Passage, Tag
from workbench.tui.annotating import tag_label
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.targets import Target, touching
from workbench.tui.widgets.bars import MUTED, one_line, quoted
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

Row = tuple[Passage, Tag | None]
"""A tag on a passage; a passage without tags, which has a comment or a citation, has one row without."""


class OverlapsScreen(WorkbenchDialog[Passage]):
    """Closes with the passage to select, or None."""

    context = "overlaps"

    def __init__(self, target: Target, remove: Callable[[Passage, Tag], object]) -> None:
        """Lists what touches a range; `remove` takes a tag off a passage."""
        super().__init__()
        self._target, self._remove = target, remove

    def compose_body(self) -> ComposeResult:
        """The list."""
        rows: LineList[Row] = LineList(
            self._row, key=_key, click_selects=True, empty="Nothing is tagged here: {passage.tag} tags it"
        )
        yield Pane(rows, heading="Passages here")

    def on_mount(self) -> None:
        """Reads the passages."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads them again."""
        self._read()

    def _read(self) -> None:
        article = self._target.article.id
        self.job(lambda: self.project.passages(article=article), self._show, group="overlaps")

    def _show(self, passages: list[Passage]) -> None:
        rows: list[Row] = []
        for passage in touching(passages, *self._target.span):
            rows += [(passage, tag) for tag in passage.tags] or [(passage, None)]
        self.query_one(Pane).styles.height = max(len(rows), 1) + 2
        self.query_one(LineList).set_rows(rows)

    @on(LineList.Selected)
    def _clicked(self) -> None:
        self.action_apply()

    def action_apply(self) -> None:
        """Closes with the passage under the cursor."""
        row = self.query_one(LineList).current
        self.dismiss(row[0] if row else None)

    def action_remove(self) -> None:
        """Takes the tag under the cursor off its passage."""
        row = self.query_one(LineList).current
        if row and row[1]:
            self._remove(row[0], row[1])
        else:
            self.app.bell()

    def _row(self, row: Row, width: int) -> Content:
        passage, tag = row
        label = tag_label(tag) if tag else Content.styled("no tag", MUTED)
        room = max(min(width // 3, 24), 10)
        name = label.truncate(room, ellipsis=True, pad=True)
        comments = f"  {one_line(str(len(passage.comments)))}✎" if passage.comments else ""
        return Content.assemble(
            name, " ", quoted(passage.quote, max(width - room - 8, 10)), (comments, MUTED)
        )


def _key(row: Row) -> tuple[str, str]:
    return row[0].id, row[1].id if row[1] else ""
