"""A line to type in, in which nothing that stands there can act on the terminal."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.widgets import Input

from workbench.text.inert import inert
from workbench.tui import commands


class _DrawnInert(Highlighter):
    """Puts the inert form of the characters in place of them, as many as there were."""

    def highlight(self, text: Text) -> None:
        text.plain = inert(text.plain)


class InertInput(Input):
    """Draws its line inert and without a frame; the value stays what it is, code point for code point."""

    def __init__(self, value: str = "", *, placeholder: str = "", select_on_focus: bool = False) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            highlighter=_DrawnInert(),
            select_on_focus=select_on_focus,
            compact=True,
        )


class NarrowingInput(InertInput):
    """A line that narrows a list or asks for something: while it is empty, `?` in it opens the help."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What it takes as text."""
        return super().check_consume_key(key, character) and not self._asks_for_help(character)

    def on_key(self, event: events.Key) -> None:
        """Leaves the key that asks for help to the screen."""
        if self._asks_for_help(event.character):
            event.prevent_default()

    def _asks_for_help(self, character: str | None) -> bool:
        return character == "?" and not self.value and "?" in commands.find("app.help").keys
