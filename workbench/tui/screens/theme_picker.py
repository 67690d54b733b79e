"""Choosing the colours: all themes, each shown as the cursor comes to it; escape leaves all as it was."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.theme import Theme

from workbench.tui import theme
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.widgets.bars import MUTED, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

_ROWS = 14


class ThemePicker(WorkbenchDialog[str]):
    """The themes, the own ones first. Closes with the name of the one chosen."""

    context = "menu"

    def __init__(self) -> None:
        super().__init__()
        self._before = ""

    def compose_body(self) -> ComposeResult:
        """The list of themes."""
        themes: LineList[Theme] = LineList(self._row, key=lambda one: one.name, click_selects=True)
        yield Pane(themes, heading="Colours")

    def on_mount(self) -> None:
        """Lists them, the cursor on the one in use."""
        self._before = self.app.theme
        rows = in_order(self.app.available_themes.values())
        self.query_one(Pane).styles.height = min(len(rows), _ROWS) + 2
        at = next(index for index, one in enumerate(rows) if one.name == self._before)
        self.query_one(LineList).set_rows(rows, cursor=at)

    @on(LineList.Highlighted)
    def _preview(self) -> None:
        if chosen := self.query_one(LineList).current:
            self.app.theme = chosen.name

    @on(LineList.Selected)
    def _clicked(self) -> None:
        self.action_apply()

    def action_apply(self) -> None:
        """Closes with the theme under the cursor."""
        self.dismiss(self.app.theme)

    def action_cancel(self) -> None:
        """Goes back to the theme there was."""
        self.app.theme = self._before
        self.dismiss(None)

    def _row(self, one: Theme, width: int) -> Content:
        kind = "the terminal's own" if one.ansi else "dark" if one.dark else "light"
        return spread(Content(one.name), Content.styled(kind, MUTED), width)


def in_order(themes: Iterable[Theme]) -> list[Theme]:
    """Themes as they are listed: the workbench's own, then the dark ones, then the light ones."""
    own = [one.name for one in theme.OWN]
    return sorted(themes, key=lambda one: (one.name not in own, not one.dark, one.name))
