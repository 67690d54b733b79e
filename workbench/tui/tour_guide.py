"""Leads through the tour: looks at the program after what the user did, and shows the step that is next.

The program tells it three things, each at the one place where all of its kind pass: a command was run, the
cursor moved, the project was written to. Everything else it sees for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import config
from workbench.errors import ProjectFileError
from workbench.tui import commands
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.tour import STEPS, Moment, Tour
from workbench.tui.widgets.bars import hinted
from workbench.tui.widgets.strip import ROOM_FOR_SEVERAL, Strip
from workbench.tui.widgets.tour_strip import TourStrip

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp


class TourGuide:
    """The tour of an app.

    Attributes:
        tour: how far it is.
    """

    def __init__(self, app: WorkbenchApp) -> None:
        self.tour = Tour()
        self._app = app
        self._project = ""
        self._is_sample = False
        self._command = ""
        self._moved = self._changed = False

    # What the program tells

    def ran(self, command_id: str) -> None:
        """A command was run on a place of the program."""
        self._command, self._moved, self._changed = command_id, False, False
        self._make_room()
        self.look()

    def moved(self) -> None:
        """The cursor moved in a text."""
        self._moved = True
        self.look()

    def changed(self) -> None:
        """The project was written to, or another one was opened."""
        self._changed = True
        self.look()

    # What the user wants of it

    def start(self) -> None:
        """Begins the tour, in whatever project is open."""
        self.tour.start()
        self._forget()
        self._show()

    def skip(self) -> None:
        """Comes to the next step."""
        self._go_on()
        self._show()

    def end(self) -> None:
        """Ends the tour for good."""
        self.tour.end()
        self._say_it_is_over("Ended")
        self._show()

    # What it sees and shows

    def look(self) -> None:
        """Goes on where the step was done, and shows what is next."""
        if not self._knows_project():
            return
        if self.tour.see(self._moment()):
            self._go_on()
        self._show()

    def _knows_project(self) -> bool:
        """Whether a project is open; another one than before may have a tour of its own."""
        try:
            project = self._app.project
        except ProjectFileError:  # it is being opened still
            return False
        if project.id != self._project:
            self._project = project.id
            self._is_sample = project.path.resolve() == config.sample_path().resolve()
            self.tour.come_to(project.id, is_sample=self._is_sample)
            self._forget()
        return True

    def _moment(self) -> Moment:
        app = self._app
        place = self._places[-1].context if self._places else ""
        return Moment(place, len(app.desk.panes), bool(app.hits), self._command, self._moved, self._changed)

    def _go_on(self) -> None:
        """Comes to the next step, which has to be done anew, whatever was done for the one before."""
        self.tour.go_on()
        self._forget()
        if self.tour.at is None:
            self._say_it_is_over("Finished")

    def _forget(self) -> None:
        self._command, self._moved, self._changed = "", False, False

    def _say_it_is_over(self, how: str) -> None:
        self._app.toast(f"{how} the tour", commands.key("tour.start"))

    def _show(self) -> None:
        for screen in self._places:
            for strip in screen.query(TourStrip):
                if self.tour.at is None:
                    strip.hide()
                else:
                    self._show_step(self.tour.at, screen.context, strip)

    def _show_step(self, at: int, place: str, strip: TourStrip) -> None:
        words = self.tour.says(place, is_sample=self._is_sample)
        brief = self.tour.says(place, is_sample=self._is_sample, brief=True)
        strip.show_step(
            f"{at + 1}/{len(STEPS)}",
            hinted(words),
            hinted(brief),
            commands.key("app.palette"),
        )

    def _make_room(self) -> None:
        """On a low screen what else was said up there has been read by the first command."""
        if self.tour.at is not None and self._app.size.height < ROOM_FOR_SEVERAL:
            for screen in self._places:
                for strip in screen.query(Strip):
                    if not isinstance(strip, TourStrip):
                        strip.give_way()

    @property
    def _places(self) -> list[WorkbenchScreen]:
        """The places open now, the one in front last."""
        return [screen for screen in self._app.screen_stack if isinstance(screen, WorkbenchScreen)]
