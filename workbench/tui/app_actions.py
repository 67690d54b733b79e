"""What can be done from every screen: search, help, palette, undo, the user's name, the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from workbench.errors import WorkbenchError
from workbench.tui import theme
from workbench.tui.clipboard import Clipboard
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.bars import UNDO

if TYPE_CHECKING:
    from workbench.project import Project
    from workbench.tui.tour_guide import TourGuide
    from workbench.undoing import Undone


class AppActions(Clipboard):
    """The actions of the commands that work anywhere."""

    guide: TourGuide

    @property
    def project(self) -> Project:
        """The open project. To be overridden."""
        raise NotImplementedError

    def goto(self, place: str) -> Screen[Any]:
        """Shows a place. To be overridden."""
        raise NotImplementedError

    def post_project_changed(self, *, opened: bool = False) -> None:
        """Tells every screen that the project's content is another. To be overridden."""
        raise NotImplementedError

    def action_goto(self, place: str) -> None:
        """Shows a place."""
        self.goto(place)

    def action_search(self) -> None:
        """Opens the search."""
        self.goto("search")

    def action_help(self) -> None:
        """Opens the help of the current screen."""
        from workbench.tui.screens.help import HelpScreen

        if isinstance(self.screen, CommandScreen):
            self.push_screen(HelpScreen(self.screen), self._run_chosen)

    def action_palette(self) -> None:
        """Opens the command palette."""
        from workbench.tui.screens.palette import PaletteScreen

        if isinstance(self.screen, CommandScreen):
            self.push_screen(PaletteScreen(self.screen), self._run_chosen)

    async def _run_chosen(self, command_id: str | None) -> None:
        if command_id and isinstance(self.screen, CommandScreen):
            await self.screen.run_command(command_id)

    def action_undo(self) -> None:
        """Takes back the analyst's last step."""
        self.job(
            lambda: self.project.undo(self.jobs.progress), self._undone, label="Undoing", cancellable=True
        )

    def action_redo(self) -> None:
        """Does again what was taken back last."""
        self.job(
            lambda: self.project.redo(self.jobs.progress), self._redone, label="Redoing", cancellable=True
        )

    def _undone(self, step: Undone | None) -> None:
        self._set_back(step, "Undid", "undo", "{app.redo} redo")

    def _redone(self, step: Undone | None) -> None:
        self._set_back(step, "Redid", "redo", UNDO)

    def _set_back(self, step: Undone | None, verb: str, word: str, way_back: str) -> None:
        if step is None:
            self.show_status(f"Nothing to {word}")
            return
        kept = f" · left as changed since: {', '.join(step.skipped)}" if step.skipped else ""
        self.toast(f"{verb}: {step.label}{kept}", way_back)
        self.post_project_changed()

    def action_your_keys(self) -> None:
        """Shows the keymap file and what is wrong in it."""
        from workbench.tui.screens.your_keys import YourKeysScreen

        self.push_screen(YourKeysScreen())

    def action_rename_analyst(self) -> None:
        """Asks for the name that the user's work is signed with."""
        from workbench.tui.screens.analyst_name import ask_name

        if isinstance(self.screen, CommandScreen):
            ask_name(self.screen)

    def action_switch_theme(self) -> None:
        """Changes between dark and light, and remembers it."""
        self._take_theme(theme.LIGHT.name if self.current_theme.dark else theme.DARK.name)

    def action_choose_theme(self) -> None:
        """Lists the themes to choose from."""
        from workbench.tui.screens.theme_picker import ThemePicker

        self.push_screen(ThemePicker(), self._take_theme)

    def _take_theme(self, name: str | None) -> None:
        if name is None:
            return
        try:
            self.choose_theme(name)
        except WorkbenchError as error:
            self.show_status(str(error))

    def action_tour(self, what: str) -> None:
        """Starts the tour, comes to its next step, or ends it."""
        {"start": self.guide.start, "next": self.guide.skip, "end": self.guide.end}[what]()

    def action_help_quit(self) -> None:
        """ctrl+c copies where something is selected and never quits."""
        self.show_status("ctrl+c does not quit: q closes, ctrl+q quits")
