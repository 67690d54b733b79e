"""A vertical form of labelled fields that says at the field what is wrong with it.

A refused value stays as typed until the user changes it. Keys (save, leave, discard, next field) come from
the screen that shows the form, see `workbench.tui.screens.form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from workbench.errors import WorkbenchError
from workbench.text.inert import inert
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.text_area import InertTextArea


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: the key of its value.
        label: what stands before it.
        value: what it holds at first.
        validate: raises a WorkbenchError, whose sentence is shown at the field, to refuse a value.
        hint: a line of help, shown while the field has the focus.
        choices: pairs of (value, words) where only these are possible.
        lines: height of the field; more than one makes it a text of several lines.
    """

    name: str
    label: str
    value: str = ""
    validate: Callable[[str], object] | None = None
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    lines: int = 1


class Choice(Widget, can_focus=True):
    """One of a few values, shown as ◂ words ▸. The screen's arrow keys turn it, and so does a click."""

    ALLOW_SELECT = False
    at: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self._choices = choices
        values = [one for one, _ in choices]
        self.set_reactive(Choice.at, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The chosen value."""
        return self._choices[self.at][0]

    def turn(self, step: int) -> None:
        """Goes to the next (1) or previous (-1) value, round and round."""
        self.at = (self.at + step) % len(self._choices)
        self.post_message(self.Changed())

    def render(self) -> Content:
        return Content.assemble(("◂ ", "$primary"), self._choices[self.at][1], (" ▸", "$primary"))

    def on_click(self) -> None:
        """Turns to the next value."""
        self.turn(1)


class FieldRow(Vertical):
    """A label, the place to type, and below it what is wrong."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def compose(self) -> ComposeResult:
        """The label and the fitting kind of editor."""
        with Horizontal():
            yield Static(self.field.label, classes="label", markup=False)
            yield self._editor()
        yield Static("", classes="problem", markup=False)

    @property
    def value(self) -> str:
        """What is typed, spaces at the ends removed."""
        editor = self.editor
        if isinstance(editor, TextArea):
            return editor.text.strip()
        assert isinstance(editor, Input | Choice)
        return editor.value.strip()

    @property
    def editor(self) -> Widget:
        """The widget that takes the focus."""
        return self.query_one(".editor")

    @property
    def changed(self) -> bool:
        """Whether the value differs from the first one."""
        return self.value != self.field.value.strip()

    def check(self) -> bool:
        """Shows what is wrong with the value; returns whether nothing is."""
        problem = ""
        if self.field.validate:
            try:
                self.field.validate(self.value)
            except WorkbenchError as refusal:
                problem = str(refusal)
        self.show_problem(problem)
        return not problem

    def show_problem(self, words: str) -> None:
        """Writes a sentence below the field; an empty one clears it."""
        line = self.query_one(".problem", Static)
        line.update(Content(inert(words)))
        line.display = bool(words)

    def _editor(self) -> Widget:
        editor: Widget
        if self.field.choices:
            editor = Choice(self.field.choices, self.field.value)
        elif self.field.lines > 1:
            editor = InertTextArea(self.field.value, compact=True, tab_behavior="focus", soft_wrap=True)
            editor.styles.height = self.field.lines
        else:
            editor = InertInput(self.field.value)
        editor.add_class("editor")
        return editor


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls what does not fit, and leaves the arrow keys to the screen."""


class Form(Vertical):
    """Fields below each other, and a line of help for the one that has the focus."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = fields

    def compose(self) -> ComposeResult:
        """The fields and the line of help."""
        with Fields():
            for field in self._fields:
                yield FieldRow(field)
        yield Static("", id="hint", markup=False)

    def values(self) -> dict[str, str]:
        """All values by name."""
        return {row.field.name: row.value for row in self.query(FieldRow)}

    def changes(self) -> dict[str, str]:
        """The values that differ from the first ones, by name."""
        return {row.field.name: row.value for row in self.query(FieldRow) if row.changed}

    def check(self) -> bool:
        """Checks the changed fields; the first bad one gets the focus. Returns whether all are good."""
        bad = [row for row in self.query(FieldRow) if row.changed and not row.check()]
        if bad:
            bad[0].editor.focus()
        return not bad

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        for row in self.query(FieldRow):
            if row.editor is event.widget:
                self.query_one("#hint", Static).update(Content(row.field.hint))

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        for row in self.query(FieldRow):
            if row.editor is event.widget and row.changed:
                row.check()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self) -> None:
        for row in self.query(FieldRow):
            if row.has_focus_within:
                row.show_problem("")
