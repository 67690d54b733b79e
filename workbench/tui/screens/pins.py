"""Which digits stand for which tags: a digit pins the tag under the cursor, 0 unpins it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from workbench.model import Tag
from workbench.tui.annotating import tag_label
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.widgets.bars import KEY_STYLE, MUTED, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

_ROWS = 14


class PinsScreen(WorkbenchDialog[None]):
    """The tags with their digits."""

    context = "pins"

    def compose_body(self) -> ComposeResult:
        """The list of tags."""
        empty = "No tags yet: {passage.tag} makes one"
        tags: LineList[Tag] = LineList(self._row, key=lambda tag: tag.id, empty=empty)
        yield Pane(tags, heading="Pinned tags", facts="1-9 pins · 0 unpins")

    def on_mount(self) -> None:
        """Reads the tags."""
        self.job(lambda: self.project.tags(), self._show, group="pins")

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads them again."""
        self.job(lambda: self.project.tags(), self._show, group="pins")

    def _show(self, tags: list[Tag]) -> None:
        desk = self.workbench.desk
        rows = sorted(tags, key=lambda tag: (desk.digit_of(tag.id) or 10, tag.name.casefold()))
        self.query_one(Pane).styles.height = min(max(len(rows), 1), _ROWS) + 2
        self.query_one(LineList).set_rows(rows)

    def take_key(self, event: events.Key) -> bool:
        """A digit pins, 0 unpins."""
        tag = self.query_one(LineList).current
        if event.key not in "0123456789" or tag is None:
            return False
        desk = self.workbench.desk
        if event.key == "0":
            desk.unpin(tag.id)
        else:
            desk.pin(int(event.key), tag.id)
        desk.save()
        self.query_one(LineList).refresh_rows()
        return True

    def _row(self, tag: Tag, width: int) -> Content:
        digit = self.workbench.desk.digit_of(tag.id)
        left = Content.assemble((f"{digit or ' '} ", KEY_STYLE), tag_label(tag))
        return spread(left, Content.styled(f"{tag.passages}", MUTED), width)
