"""The names of the panes in one line, where only one of them is shown."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workbench.tui.widgets.bars import MUTED, one_line


class TabStrip(Widget):
    """Numbered names that share the line; a click chooses one."""

    DEFAULT_CSS = "TabStrip { height: 1; width: 1fr; padding: 0 1; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """The name at `index` was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._current = 0

    def show(self, names: Sequence[str], current: int) -> None:
        """Shows these names; `current` is the index of the one in use."""
        self._names, self._current = names, current
        self.refresh()

    @property
    def _room(self) -> int:
        """Cells each name has."""
        return max(self.size.width // max(len(self._names), 1), 4)

    def render(self) -> Content:
        """The names, the one in use bright."""
        parts = []
        for at, name in enumerate(self._names):
            tab = Content.assemble(f"{at + 1} ", one_line(name)).truncate(
                self._room - 2, ellipsis=True, pad=True
            )
            style = "bold $foreground underline" if at == self._current else MUTED
            parts.append(Content.assemble(tab.stylize(style), "  "))
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Chooses the name under the mouse."""
        offset = event.get_content_offset(self)
        if offset and offset.x // self._room < len(self._names):
            self.post_message(self.Chosen(offset.x // self._room))
