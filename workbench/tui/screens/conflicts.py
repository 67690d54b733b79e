"""What waits for a decision: versions that did not see each other, deletions of what others worked on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.store.conflicts import Conflict, Contested
from workbench.text.inert import inert
from workbench.tui.commands import hint
from workbench.tui.deciding import Undecided, moment, named
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.widgets.bars import MUTED, UNDECIDED, UNDO, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

EMPTY = "Nothing to decide: {app.back} goes back"


class ConflictsScreen(WorkbenchScreen):
    """The list; enter leads to the decision."""

    context = "conflicts"

    def __init__(self) -> None:
        super().__init__()
        self._undecided = Undecided((), {})

    def compose_body(self) -> ComposeResult:
        """The list."""
        rows: LineList[Conflict | Contested] = LineList(self._row, key=_key, row_height=2, empty="Reading…")
        yield Pane(rows, heading="To decide")

    def on_mount(self) -> None:
        """Reads the project."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads again; the cursor comes to what follows the thing decided."""
        self._read()

    def _read(self) -> None:
        self.job(lambda: Undecided.read(self.project), self._show, group="conflicts", label="Reading")

    def _show(self, undecided: Undecided) -> None:
        self._undecided = undecided
        self._rows.empty = EMPTY
        self._rows.set_rows(undecided.items)
        count = f"{len(undecided.items)} to decide" if undecided.items else ""
        self.query_one(Pane).set_heading("To decide", "what, by whom, when")
        self.show_place("Conflicts", count)
        self.show_keys()

    def _row(self, item: Conflict | Contested, width: int) -> Content:
        if isinstance(item, Conflict):
            facts = f"{len(item.versions)} versions"
            people = [f"{one.analyst.name} {moment(one.when)}" for one in item.versions]
        else:
            facts = "deleted, but worked on"
            people = [f"{who.name} deleted it {moment(when)}" for who, when in item.deleted]
        title = Content.assemble((f"{UNDECIDED} ", "$warning"), (named(item), "bold"))
        where = self._undecided.where(item)
        below = " · ".join([*people, *([f"in {where}"] if where else [])])
        first = spread(title, Content.styled(facts, MUTED), width, least=24)
        return Content("\n").join([first, Content.styled(f"  {inert(below)}", MUTED)])

    def disabled_reason(self, command_id: str) -> str | None:
        """There must be something to decide."""
        if command_id == "conflicts.open" and self._rows.current is None:
            return hint(self._rows.empty)
        return super().disabled_reason(command_id)

    @on(LineList.Selected)
    def action_open(self) -> None:
        """Shows the versions, or asks whether the deleted thing stays."""
        from workbench.tui.screens.decision import ContestedDialog, DecisionScreen

        item = self._rows.current
        if isinstance(item, Conflict):
            self.app.push_screen(DecisionScreen(item))
        elif item:
            self.app.push_screen(
                ContestedDialog(item, self._undecided.where(item)),
                lambda keep: self._decide(item, keep),
            )

    def _decide(self, item: Contested, keep: bool | None) -> None:
        if keep is None:
            return

        def done(_: object) -> None:
            self.toast(f"{'Kept' if keep else 'Deleted'} the {named(item)}", UNDO)
            self.workbench.post_project_changed()

        self.job(lambda: self.project.decide(item.kind, item.thing, keep=keep), done)

    @property
    def _rows(self) -> LineList[Conflict | Contested]:
        return self.query_one(LineList)


def _key(item: Conflict | Contested) -> tuple[str, str, str]:
    return item.kind, item.thing, item.field if isinstance(item, Conflict) else ""
