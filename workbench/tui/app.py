"""The app: one project, a stack of screens, one thread for the work.

Heavy libraries are imported in the project's thread after the first paint, so this module and what it imports
at the top stay light.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.screen import Screen

from workbench import config
from workbench.errors import OddSchemaError, ProjectFileError
from workbench.text.inert import inert
from workbench.tui import commands, places, resuming
from workbench.tui.app_actions import AppActions
from workbench.tui.commands import hint
from workbench.tui.desk import Desk, Found
from workbench.tui.ending import end_when_told
from workbench.tui.keys import pressed
from workbench.tui.mending import could_not_open
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.tour_guide import TourGuide
from workbench.tui.type_ahead import TypeAhead
from workbench.tui.watching import SECONDS, Watch

if TYPE_CHECKING:
    from workbench.model import Span
    from workbench.project import Project
    from workbench.tui.screens.reading import ReadingScreen
    from workbench.tui.user_keys import UserKeys


class WorkbenchApp(AppActions):
    """The workbench on one project.

    Attributes:
        places: makers of the screens that `goto` knows; "library" is the first screen.
        project_name: file name of the project, for the top bar.
        failure: why the first project could not be opened; the program ended then.
        desk: what lies open in the project on this machine: pins, panes, places, progress.
        hits: what the last search found, for next and previous hit.
        begun: set once the first screen has something that keys can act on.
        user_keys: what the user's keymap file says, if there is one.
        watch_file: sees what other programs write.
        guide: leads through the tour.
    """

    TITLE = "Analyst workbench"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        Path(__file__).parent / f"{name}.tcss"
        for name in (
            "app",
            "screens/dialogs",
            "screens/library",
            "widgets/bars",
            "widgets/form",
            "widgets/line_list",
            "widgets/pane",
        )
    ]
    NOTIFICATION_TIMEOUT = 4

    def __init__(self, project: Project | Path) -> None:
        """Starts on an open project, or on the file at a path, which is opened after the first paint."""
        super().__init__()
        self.places = places.makers()
        self.failure = ""
        self.type_ahead = TypeAhead(self, super().on_event)
        self.watch_file = Watch(self)
        self.guide = TourGuide(self)
        self._project = None if isinstance(project, Path) else project
        self._is_own = False  # a project that was given is closed by who gave it
        self._opens_later = project if isinstance(project, Path) else None
        self.begun = asyncio.Event()
        if not self._opens_later:
            self.begun.set()
        self.project_name = project.name if isinstance(project, Path) else project.path.name
        self.desk = Desk() if isinstance(project, Path) else Desk.of_project(project.id)
        self.hits: list[Found] = []
        self.user_keys: UserKeys | None = None

    @property
    def project(self) -> Project:
        """The open project. Raises ProjectFileError while there is none."""
        if self._project is None:
            raise ProjectFileError(hint("No project is open: {go.projects} opens one"))
        return self._project

    # Life

    def get_default_screen(self) -> Screen[Any]:
        """The library is the first screen."""
        return self.places["library"]()

    def on_load(self) -> None:
        """Queues the opening before any screen can ask for anything, and takes up the user's keys."""
        if os.path.lexists(config.keymap_path()):
            self.read_keys()
        else:
            commands.use_keys({})
        if self._opens_later:
            self.open_project(self._opens_later, failed=self._could_not_start)

    def on_mount(self) -> None:
        """The terminal was taken: from now on it is also given back."""
        if not self.is_headless:
            end_when_told(self)

    def on_ready(self) -> None:
        """The first frame is on the screen: work may begin, and garbage be looked for in what is new."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self.jobs.release()
        if not self._opens_later:
            resuming.come_back(self)
        if self.user_keys and (problems := self.user_keys.summary()):
            self.toast(problems, hint("“{app.keys}” lists them"), error=True)
        if not self.is_headless:  # tests look when they want to
            self.set_interval(SECONDS, self.watch_file.look)

    def exit(self, *args: Any, **options: Any) -> None:
        """Ends the program; the desk keeps which screen one was on, and where."""
        self._note_places()
        super().exit(*args, **options)

    def _note_places(self) -> None:
        self.desk.screen = resuming.screen_left(self.screen_stack)
        for screen in self.screen_stack:
            if isinstance(screen, WorkbenchScreen):
                screen.keep_places()

    def on_unmount(self) -> None:
        """Everything asked for is written before the program ends."""
        self.jobs.close()
        self.desk.save()
        if self._project is not None and self._is_own:
            self._project.close()

    async def on_event(self, event: events.Event) -> None:
        """Lets keys and pastes in one by one; see `TypeAhead`. Tests without a terminal pace themselves."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and not self.is_headless:
            await self.type_ahead.take(event)
        else:
            await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """Hands keys to what takes them before the commands do: the popup after a prefix, a screen's labels.

        It happens here, where all keys pass last and in order, and not in the popup: of two keys that
        arrive at once the second is on its way before the first has opened anything. For the same reason a
        letter that comes here although a text field has the focus was typed for that field.
        """
        screen, focused = self.screen, self.focused
        taken = isinstance(screen, WorkbenchScreen) and await screen.take_next_key(pressed(event))
        taken = taken or (isinstance(screen, CommandScreen) and screen.take_key(event))
        if not taken:
            if not (focused and event.character and focused.check_consume_key(event.key, event.character)):
                return
            focused.post_message(events.Key(event.key, event.character))
        event.prevent_default()
        event.stop()

    def read_keys(self) -> UserKeys:
        """Takes up the keys of the user's keymap file, and returns what it says."""
        from workbench.tui.user_keys import load_keys

        self.user_keys = load_keys(config.keymap_path(), commands.commands_as_written())
        self.set_keys(self.user_keys.keys)
        return self.user_keys

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Gives commands other keys, by command id, here and on all screens that are open."""
        commands.use_keys(keys)
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                screen.take_up_keys()
                screen.refresh_bindings()

    # Projects and places

    def _could_not_start(self, error: Exception) -> None:
        if isinstance(error, OddSchemaError):
            could_not_open(self, error)
        else:
            self.failure = str(error)
            self.exit(return_code=1)

    def open_project(
        self,
        path: Path,
        *,
        create: bool = False,
        title: str = "",
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Opens the file at `path`, or makes it with that title, and shows its library.

        The project before it stays open where this fails, and the reason is said (or `failed` told).
        """

        def work() -> Project:
            from workbench.project import Project

            opened = Project.open(path, create=create)
            if title:
                opened.set_title(title)
            if self._project is not None:
                self._project.close()
            self._project, self._is_own = opened, True
            return opened

        refused = failed or partial(could_not_open, self)
        said = f"{'Made' if create else 'Opened'} {inert(path.name)}" if self._project else ""
        self.job(work, partial(self._opened, said), failed=refused, label=f"Opening {path.name}")

    def _opened(self, said: str, project: Project) -> None:
        config.remember_project(project.path)
        self.project_name = project.path.name + (" (read-only)" if project.read_only else "")
        self._note_places()
        self.desk.save()
        self.desk = Desk.of_project(project.id)
        self.hits = []
        self.close_above(self.screen_stack[0])
        if said:  # and no more what was done in the project before, with its way back
            self.show_status(said)
        self.post_project_changed(opened=True)
        resuming.come_back(self)

    def goto(self, place: str) -> Screen[Any]:
        """Shows a place: the screen that is open already, else a new one on top. "library" is the bottom.

        Returns that screen, which is the active one now.
        Raises KeyError for a place that is not in `places`.
        """
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen) and screen.context == place:
                self.close_above(screen)
                return screen
        made = self.places[place]()
        self.push_screen(made)
        return made

    def close_above(self, screen: Screen[Any]) -> None:
        """Closes all screens above one, at once: `Screen.pop_until_active` closes as many as there are now,
        but later, and so the wrong ones where others came or went meanwhile."""
        while self.screen is not screen:
            self.screen.dismiss()

    def open_article(self, article: str, span: Span | None = None, *, beside: bool = False) -> None:
        """Shows an article (by id) in the reading room, at a range where one is given.

        It comes into the focused pane, or into one beside it; where it is open already, to the front.
        """
        self._reading_room().open(article, span, beside=beside)

    def open_pair(self, asked: tuple[str, Span | None], found: tuple[str, Span | None]) -> None:
        """Shows two articles (by id, maybe at a range) side by side, the second in front."""
        room = self._reading_room()
        room.open(*asked)
        room.open(*found, beside=True)

    def open_articles(self, articles: Sequence[str]) -> None:
        """Shows these articles, at most four, side by side in the reading room and nothing else."""
        self._reading_room().open_all(articles)

    def _reading_room(self) -> ReadingScreen:
        return cast("ReadingScreen", self.goto("reading"))

    def post_project_changed(self, *, opened: bool = False) -> None:
        """Tells every screen that the project's content is another."""
        for screen in self.screen_stack:
            screen.post_message(ProjectChanged(opened=opened))
        self.guide.changed()

    def on_reader_cursor_moved(self) -> None:
        """The tour hears of it."""
        self.guide.moved()
