"""The user's own keys: where their file lies, what is wrong in it, and how to begin one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.errors import WorkbenchError
from workbench.text.counting import counted
from workbench.text.inert import inert
from workbench.tui.commands import commands_as_written
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.projects import short_path
from workbench.tui.user_keys import Remark, UserKeys, write_template
from workbench.tui.widgets.bars import MUTED, one_line
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

HEIGHTS = [(0, "-short"), (16, "-tall")]
EXPLAINED = 'A line of the file gives a command other keys, as in "passage.tag" = "t".'


class YourKeysScreen(WorkbenchDialog[None]):
    """The keymap file: its place, its state, and every remark on it, the one under the cursor in full."""

    context = "keys"
    CSS_PATH = "your_keys.tcss"
    VERTICAL_BREAKPOINTS = HEIGHTS

    def compose_body(self) -> ComposeResult:
        """Where the file is, what is said about it, and the words of one remark."""
        yield Pane(
            Static(id="state", markup=False),
            LineList(self._row, key=lambda remark: str(remark)),
            Static(id="remark", markup=False),
            heading="Your keys",
        )

    def on_mount(self) -> None:
        """Shows what was found when the program read the file."""
        self._show(self._found)

    def disabled_reason(self, command_id: str) -> str | None:
        """A file that is there is not written over."""
        if command_id == "keys.write" and self._found.path.exists():
            return f"{short_path(self._found.path)} is there already"
        return super().disabled_reason(command_id)

    def action_read_keys(self) -> None:
        """Reads the file again, and all screens take up its keys."""
        self._show(self.workbench.read_keys())
        self.show_keys()

    def action_write_keys(self) -> None:
        """Writes a file that names every command with its keys, to be changed in an editor."""
        path = self._found.path
        try:
            write_template(path, commands_as_written())
        except WorkbenchError as error:
            self.toast(str(error), error=True)
        else:
            self.action_read_keys()
            self.toast(f"Wrote {path}", "change it in an editor")

    def on_line_list_highlighted(self) -> None:
        """The remark under the cursor in full."""
        remark = self.query_one(LineList).current
        words = self._found.sentence(remark) if remark else ""
        self.query_one("#remark", Static).update(Content(inert(words)))

    @property
    def _found(self) -> UserKeys:
        return self.workbench.user_keys or self.workbench.read_keys()

    def _show(self, found: UserKeys) -> None:
        problems = len(found.problems)
        facts = counted(problems, "problem") if problems else "no problems"
        self.query_one(Pane).set_heading("Your keys", facts if found.path.exists() else "no file yet")
        has = "has" if len(found.keys) == 1 else "have"
        changed = f"{counted(len(found.keys), 'command')} {has} other keys." if found.keys else EXPLAINED
        state = Content("\n").join([one_line(short_path(found.path)), Content(changed)])
        self.query_one("#state", Static).update(state)
        rows = self.query_one(LineList)
        rows.display = bool(found.remarks)
        rows.styles.height = min(len(found.remarks), max(self.app.size.height // 3 - 1, 2))
        rows.set_rows(list(found.remarks), cursor=0)
        self.on_line_list_highlighted()

    def _row(self, remark: Remark, width: int) -> Content:
        sign = ("! ", "bold $error") if remark.is_problem else ("· ", MUTED)
        line = f"{remark.line:>4}  " if remark.line else "      "
        return Content.assemble(sign, (line, MUTED), one_line(remark.text)).truncate(width, ellipsis=True)
