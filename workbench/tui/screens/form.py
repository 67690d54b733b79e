"""A form in a box, for the details of an article and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.form import Choice, Field, Form
from workbench.tui.widgets.pane import Pane

Save = Callable[[dict[str, str]], object]


def fill(
    screen: CommandScreen[Any],
    title: str,
    fields: Sequence[Field],
    save: Save,
    then: Callable[[dict[str, str]], object],
) -> None:
    """Opens a form.

    Args:
        save: writes the changed values (by field name) to the project; called in the project's thread. Where
            it raises, the form stays open as it is and shows the sentence.
        then: called on the screen's thread with what was saved.
    """

    def answered(changes: dict[str, str] | None) -> None:
        if changes:
            then(changes)

    screen.app.push_screen(FormScreen(title, fields, save), answered)


class FormScreen(WorkbenchDialog[dict[str, str]]):
    """Closes with the saved values, or None where nothing was changed or the changes were discarded."""

    context = "form"

    def __init__(self, title: str, fields: Sequence[Field], save: Save) -> None:
        super().__init__()
        self._title, self._fields, self._save = title, fields, save

    def compose_body(self) -> ComposeResult:
        """The form."""
        yield Pane(Form(self._fields), heading=self._title)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        """Saves what was changed and closes; a bad value keeps the form open and says why at the field."""
        self.write(self.query_one(Form).changes())

    def action_leave(self) -> None:
        """Escape does the same, so that nothing typed is lost."""
        self.write(self.query_one(Form).changes())

    def write(self, values: dict[str, str]) -> None:
        """Saves these values and closes, provided all that was typed is good."""
        if not self.query_one(Form).check():
            return
        if values:
            self.job(
                lambda: self._save(values),
                lambda _: self.dismiss(values),
                failed=self._refused,
                label="Saving",
            )
        else:
            self.dismiss(None)

    def action_discard(self) -> None:
        """Closes without saving."""
        self.dismiss(None)

    def action_choice(self, step: int) -> None:
        """Turns the choice that has the focus."""
        if isinstance(self.focused, Choice):
            self.focused.turn(step)

    def _refused(self, error: Exception) -> None:
        self.query_one(Pane).set_heading(self._title, "not saved")
        self.toast(str(error), error=True)
