"""Small questions over a screen: a line (`ask`), one of several (`choose`), a longer text (`write`).

Each is opened by a function that takes what to do with the answer; nothing happens when the user turns away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import AwaitMount
from textual.widgets import Input, Static

from workbench.errors import WorkbenchError
from workbench.text.inert import inert
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.text_area import InertTextArea

T = TypeVar("T")
KEEP_SECONDS = 0.8
Check = Callable[[str], object]
"""Looks at what was typed; refuses it by raising a WorkbenchError whose sentence is shown."""


def ask(
    screen: CommandScreen[Any],
    title: str,
    then: Callable[[str], object],
    *,
    initial: str = "",
    validate: Check | None = None,
    hint: str = "",
) -> None:
    """Asks for a line. `then` gets it, spaces at its ends removed, once `validate` lets it pass."""
    screen.app.push_screen(AskScreen(title, initial, validate, hint), _unless_none(then))


def choose(
    screen: CommandScreen[Any],
    title: str,
    rows: Sequence[str | Content],
    then: Callable[[int], object],
    *,
    at: int = 0,
) -> None:
    """Offers several things in a menu, the cursor on row `at`. `then` gets the index of the chosen one."""
    screen.app.push_screen(ChooseScreen(title, rows, at), _unless_none(then))


def write(
    screen: CommandScreen[Any],
    title: str,
    then: Callable[[str], object],
    *,
    initial: str = "",
    hint: str = "",
    keep: Callable[[str], object] | None = None,
) -> AwaitMount:
    """Lets the user write a text of several lines. `then` gets it on every way out, changed or not.

    `keep` gets it while it is written, at most a second behind, and when the program ends meanwhile.
    """
    return screen.app.push_screen(WriteScreen(title, initial, hint, keep), _unless_none(then))


class AskScreen(WorkbenchDialog[str]):
    """One line to type, with the reason below it where it is refused."""

    context = "prompt"

    def __init__(self, title: str, initial: str, validate: Check | None, hint: str) -> None:
        super().__init__()
        self._title, self._initial, self._hint = title, initial, hint
        self._validate = validate

    def compose_body(self) -> ComposeResult:
        """The line and what is said about it."""
        yield Pane(
            InertInput(self._initial),
            Static(self._hint, id="hint", markup=False),
            heading=self._title,
        )

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say(self._hint, refused=False)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Closes with the line, or says why not."""
        value = self.query_one(Input).value.strip()
        try:
            if self._validate:
                self._validate(value)
        except WorkbenchError as refusal:
            self._say(str(refusal), refused=True)
        else:
            self.dismiss(value)

    def _say(self, words: str, refused: bool) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(Content(inert(words)))
        hint.set_class(refused, "refused")


class ChooseScreen(WorkbenchDialog[int]):
    """A menu. A digit chooses the row of that number."""

    context = "menu"

    def __init__(self, title: str, rows: Sequence[str | Content], at: int) -> None:
        super().__init__()
        self._title, self._at = title, at
        self._rows = [Content(row) if isinstance(row, str) else row for row in rows]

    def compose_body(self) -> ComposeResult:
        """The rows."""
        menu: LineList[int] = LineList(self._row, click_selects=True)
        yield Pane(menu, heading=self._title)

    def on_mount(self) -> None:
        """Lists the rows, the box as high as they need."""
        self.query_one(Pane).styles.height = len(self._rows) + 2
        self.query_one(LineList).set_rows(range(len(self._rows)), cursor=self._at)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses at once."""
        if event.key in "123456789"[: len(self._rows)]:
            event.stop()
            self.dismiss(int(event.key) - 1)

    @on(LineList.Selected)
    def _clicked(self) -> None:
        self.action_apply()

    def action_apply(self) -> None:
        """Closes with the row under the cursor."""
        self.dismiss(self.query_one(LineList).cursor)

    def _row(self, index: int, width: int) -> Content:
        number = f"{index + 1} " if index < 9 else "  "
        return Content.assemble((number, "$text-muted"), self._rows[index]).truncate(width, ellipsis=True)


class WriteScreen(WorkbenchDialog[str]):
    """A text of several lines. No way out loses it; taking back a change is what undo is for."""

    context = "write"

    def __init__(
        self, title: str, initial: str, hint: str, keep: Callable[[str], object] | None = None
    ) -> None:
        super().__init__()
        self._title, self._hint = title, hint
        self._kept = initial
        self._keep = keep
        self._area = InertTextArea(initial, soft_wrap=True, compact=True, tab_behavior="focus")

    def compose_body(self) -> ComposeResult:
        """The text."""
        self._area.move_cursor(self._area.document.end)
        yield Pane(self._area, heading=self._title, facts=self._hint)

    def on_mount(self) -> None:
        """Begins to keep what is typed; letters typed ahead find the field ready."""
        self.set_focus(self._area)
        self.set_interval(KEEP_SECONDS, self._keep_text)

    def on_unmount(self) -> None:
        """The program may end while the text is open."""
        self._keep_text()

    def action_accept(self) -> None:
        """Closes with the text."""
        self._keep = None
        self.dismiss(self._area.text)

    def action_edit_outside(self) -> None:
        """ctrl+o: the text in the user's own editor."""
        from workbench.tui.outside_editor import go_outside

        self._keep_text()
        left = go_outside(self, self._area.text, self._title)
        if left is not None:
            self._area.take(left)

    def action_paste(self) -> None:
        """ctrl+v, from the list of commands: what was copied last."""
        self._area.action_paste()

    def _keep_text(self) -> None:
        if self._keep and self._area.text != self._kept:
            self._kept = self._area.text
            self._keep(self._kept)


def _unless_none(then: Callable[[T], object]) -> Callable[[T | None], None]:
    def answered(answer: T | None) -> None:
        if answer is not None:
            then(answer)

    return answered
