"""The colours of the app: which theme is chosen, fitted to what the terminal can show, and remembered."""

from __future__ import annotations

from rich.console import COLOR_SYSTEMS
from textual import constants
from textual.app import App

from workbench import config
from workbench.errors import WorkbenchError
from workbench.tui import theme
from workbench.tui.color_modes import ColorMode, color_mode
from workbench.tui.theme_variables import fitted

_KEPT = "screen.json"


class Colored(App[None]):
    """An app whose themes can be read on this terminal, whatever it shows of them."""

    _mode = ColorMode.FULL

    def __init__(self) -> None:
        """Raises WorkbenchError for colours asked for in the environment that no terminal has."""
        if constants.COLOR_SYSTEM not in (None, "auto", *COLOR_SYSTEMS):
            raise WorkbenchError(
                f"TEXTUAL_COLOR_SYSTEM is “{constants.COLOR_SYSTEM}”; it can be {', '.join(COLOR_SYSTEMS)}"
            )
        super().__init__()
        theme.register(self)

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the style sheets, from the theme of the moment."""
        self.theme_variables = fitted(self.current_theme, super().get_css_variables(), self._mode)
        return self.theme_variables

    def on_load(self) -> None:
        """Takes up the theme that was chosen last on this machine, if it is still there."""
        remembered = config.read_json(config.state_folder() / _KEPT).get("theme")
        if isinstance(remembered, str) and remembered in self.available_themes:
            self.theme = remembered

    def on_compose(self) -> None:
        """Now there is a driver, and with it an answer to what terminal there is, if any: a poor one gets its
        own colours before anything is drawn."""
        mode = color_mode(self)
        if mode is not self._mode:
            self._mode = mode
            self.refresh_css(animate=False)

    def choose_theme(self, name: str) -> None:
        """Shows a theme from now on, and at the next start.

        Raises:
            WorkbenchError: it cannot be remembered, the state folder being closed to writing.
        """
        self.theme = name
        path = config.state_folder() / _KEPT
        config.write_json(path, {**config.read_json(path), "theme": name})
