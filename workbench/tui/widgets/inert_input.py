"""A line to type in, in which nothing that stands there can act on the terminal."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from workbench.text.inert import inert


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
