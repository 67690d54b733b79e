"""What every screen is built on: bindings from the registry, the bars around it, jobs, status.

`WorkbenchScreen` is a place (library, reading room, …), `WorkbenchDialog` a box over one. Both take their
keys from the commands of their context. A widget may carry a context of its own (``context = "hits"``): while
the focus is inside it, its commands are the ones that work, provided the screen lists it in `contexts`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import actions, events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import ModalScreen, ScreenResultType

from workbench.errors import ProjectFileError
from workbench.tui import commands
from workbench.tui.commands import ANYWHERE, Command, HelpRow
from workbench.tui.contexts import CONTEXTS, PREFIXES
from workbench.tui.keymap import WRITING
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.list_actions import ListActions
from workbench.tui.widgets.bars import KeyFooter, StatusRow, TopBar
from workbench.tui.widgets.warning_strip import WarningStrip
from workbench.tui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from workbench.project import Project
    from workbench.tui.app import WorkbenchApp

T = TypeVar("T")

FIRST = ("app.help", "app.palette")
"""The commands that begin every footer and are never dropped from it."""
READ_ONLY = "This project can only be read here: nothing can be written into it"
PREFIX_RANK = 15
"""Where the first keys of sequences stand in the footer."""


class CommandScreen(ListActions[ScreenResultType]):
    """A screen whose keys come from the registry. Not used itself: see the two classes below.

    Attributes:
        context: the screen's main context.
        contexts: further contexts that its widgets may carry.
        everywhere: whether the commands of ANYWHERE work here.
    """

    context: ClassVar[str] = ""
    contexts: ClassVar[tuple[str, ...]] = ()
    everywhere: ClassVar[bool] = True
    _workbench: WorkbenchApp | None = None

    def __init_subclass__(cls, **options: bool) -> None:
        own = (cls.context, *cls.contexts, *((ANYWHERE,) if cls.everywhere else ()))
        given: list[BindingType] = cls.__dict__.get("BINDINGS", [])
        cls.BINDINGS = [*given, *commands.bindings(*own)]
        super().__init_subclass__(**options)

    @property
    def workbench(self) -> WorkbenchApp:
        """The app, by its own type. Kept, because a job may outlive the screen that asked for it."""
        if self._workbench is None:
            self._workbench = cast("WorkbenchApp", self.app)
        return self._workbench

    @property
    def project(self) -> Project:
        """The open project. Call its methods in jobs only: they belong to the project's thread."""
        return self.workbench.project

    @property
    def active_context(self) -> str:
        """The context of the focused widget or the nearest one around it, else the screen's."""
        for node in self.focused.ancestors_with_self if self.focused else ():
            context = getattr(node, "context", None)
            if isinstance(context, str) and context in self.contexts:
                return context
        return self.context

    # Commands

    def disabled_reason(self, command_id: str) -> str | None:
        """Why a command cannot be used now, as a sentence; None where it can. May be extended."""
        if command_id not in WRITING:
            return None
        try:
            return READ_ONLY if self.project.read_only else None
        except ProjectFileError as error:  # it is being opened still
            return str(error)

    def available_commands(self) -> list[Command]:
        """The commands of the moment: those of the active context, then those that work anywhere.

        Keys of an anywhere command that the context uses itself are left out, and while a text field has
        the focus so are keys that it would type.
        """
        own = commands.commands(self.active_context)
        taken = {key for command in own for key in command.keys}
        typing = self.focused is not None and self.focused.check_consume_key("a", "a")
        found = []
        for command in (*own, *(commands.commands(ANYWHERE) if self.everywhere else ())):
            keys = command.keys
            if ANYWHERE in command.contexts:
                keys = tuple(key for key in keys if key not in taken)
            if typing:
                keys = tuple(key for key in keys if len(key.split(" ")[0]) > 1 and key != "space")
            if keys or not command.keys:
                found.append(replace(command, keys=keys))
        return found

    def footer_rows(self) -> list[HelpRow]:
        """The footer's entries, help and commands first, then by rank. May be overridden."""
        at_hand = self.available_commands()
        ranked = sorted((one for one in at_hand if one.footer and one.keys), key=lambda one: one.footer)
        first = [one for name in FIRST for one in at_hand if one.id == name and one.keys]
        near = [*first, *(one for one in ranked if one.footer < PREFIX_RANK)]
        far = [one for one in ranked if one.footer >= PREFIX_RANK]
        prefixes = dict.fromkeys(key.split(" ")[0] for one in at_hand for key in one.keys if " " in key)
        return [
            *commands.rows(near, self._keymap, short=True),
            *(HelpRow(key, PREFIXES[key], "", "", ()) for key in prefixes),
            *commands.rows(far, self._keymap, short=True),
        ]

    def help_rows(self) -> list[HelpRow]:
        """What the help lists beside the keys, by group. To be overridden."""
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lets a binding through only while its command's context is active."""
        if action == "run":
            contexts = commands.find(str(parameters[0])).contexts
            return self.active_context in contexts or (self.everywhere and ANYWHERE in contexts)
        return True

    def take_key(self, event: events.Key) -> bool:
        """Takes a key before the commands do, and says whether it did. To be overridden."""
        return False

    async def run_command(self, command_id: str) -> None:
        """Runs a command as if its key had been pressed; a disabled one says why instead."""
        command = commands.find(command_id)
        if not self.workbench.status[1]:
            self.show_status("")  # what leads nowhere back is said once
        reason = self.disabled_reason(command_id)
        if reason:
            self.show_status(reason)
            return
        _, name, _ = actions.parse(command.action)
        target = self if hasattr(self, f"action_{name}") else self.app
        await self.app.run_action(command.action, target)

    async def action_run(self, command_id: str) -> None:
        """The action behind every key of the registry."""
        await self.run_command(command_id)

    def continuations(self, prefix: str) -> list[tuple[str, Command]]:
        """What may follow the first key of a sequence: pairs of (next key, command)."""
        found = []
        for keys, active in self.active_bindings.items():
            first, _, then = keys.partition(" ")
            if first == prefix and then and active.binding.id:
                found.append((then, commands.find(active.binding.id)))
        return found

    @property
    def _keymap(self) -> dict[str, str]:
        return self.workbench.changed_keys

    # Status and work

    def show_status(self, text: str, way_back: str = "") -> None:
        """Writes the last action, and how to take it back, into the status row. Never read as markup."""
        self.workbench.show_status(text, way_back)

    def toast(self, text: str, way_back: str = "", *, error: bool = False) -> None:
        """Says something in a toast and in the status row, actions in the past tense."""
        self.workbench.toast(text, way_back, error=error)

    def job(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        group: str = "",
        label: str = "Working",
        cancellable: bool = False,
    ) -> None:
        """Runs `work` in the project's thread, after what was asked for before, then `done` with its result.

        Args:
            work: uses `self.project`; touches no widget. It may call `self.progress(done, total)`.
            done: called on the screen's thread unless the screen was closed meanwhile.
            failed: called instead of the usual message when `work` raises.
            group: of several reads with the same group only the newest counts. Leave writes without one.
            label: what the status row says after 0.3 s ("Importing").
            cancellable: escape stops it, at its next call of `progress`.
        """
        self.workbench.job(
            work, done, failed=failed, group=group, label=label, cancellable=cancellable, owner=self
        )

    def progress(self, done: int, total: int = 0) -> None:
        """For the work of a job, in its thread: how far it is (`total` 0 while unknown)."""
        self.workbench.jobs.progress(done, total)

    def subject(self) -> tuple[str, str, str] | None:
        """Kind, id and name of the thing that the screen is about or has its cursor on. To be overridden."""
        return None

    # Actions that all screens share

    def action_history_of_this(self) -> None:
        """Shows the history of that thing alone."""
        from workbench.tui.screens.history import HistoryScreen

        subject = self.subject()
        if subject is None:
            self.show_status("There is nothing here that could have a history")
        else:
            cast("HistoryScreen", self.workbench.goto("history")).narrow(*subject)

    def action_next_pane(self, step: int) -> None:
        """Gives the focus to the next (1) or previous (-1) part of the screen."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no text field took would be read as keys: it is dropped, with a word about it."""
        event.stop()
        self.show_status("The paste was ignored: pasted text goes into a text field, and none has the focus")


class WorkbenchScreen(CommandScreen[None]):
    """A place of the workbench, with top bar, status row and key footer around its body.

    Override `compose_body`; set `context`; read the project in `on_mount` and `on_project_changed` with `job`
    (Textual calls these of every class, the subclass first: no `super` call is needed).
    """

    AUTO_FOCUS = "#body *"

    def __init__(self) -> None:
        super().__init__()
        self._place = (CONTEXTS[self.context], "")

    def compose(self) -> ComposeResult:
        """The bars around the body. Override `compose_body`, not this."""
        yield TopBar()
        yield WarningStrip()
        with Container(id="body"):
            yield from self.compose_body()
        yield StatusRow(id="status")
        yield KeyFooter()
        yield WhichKey()

    def compose_body(self) -> ComposeResult:
        """The widgets of the screen. To be overridden."""
        yield from ()

    def on_mount(self) -> None:
        """Fills the bars, and keeps the footer true as the focus moves."""
        self.show_place(*self._place)
        self._show_warnings()
        self.show_last_status()
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()

    def show_place(self, place: str, facts: str = "") -> None:
        """Writes the top bar: where one is ("Notes ▸ Pumps & alarm"), and facts on the right."""
        self._place = (place, facts)
        for bar in self.query(TopBar):
            bar.show_place(self.workbench.project_name, place, facts)

    def show_keys(self) -> None:
        """Draws the footer anew; for when disabled reasons or titles changed."""
        self.query_one(KeyFooter).show(self.footer_rows())

    def show_last_status(self) -> None:
        """Shows the app's last status in this screen's row."""
        for row in self.query(StatusRow):
            row.show_status(*self.workbench.status)

    def on_screen_resume(self) -> None:
        """What was done on another screen is still the last action."""
        self.show_last_status()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Draws the top bars anew. A screen's own handler of this name runs first and reads again."""
        self.show_place(*self._place)
        self._show_warnings()

    def _show_warnings(self) -> None:
        with suppress(ProjectFileError):  # none is open yet
            self.query_one(WarningStrip).show_warnings(self.project.warnings)

    @on(KeyFooter.Chosen)
    async def _footer_chosen(self, message: KeyFooter.Chosen) -> None:
        message.stop()
        if message.row.commands:
            await self.run_command(message.row.commands[0].id)
        else:
            self.action_prefix(message.row.shown)

    def action_prefix(self, key: str) -> None:
        """Opens the popup with what may follow `key`."""
        if offers := self.continuations(key):
            self.query_one(WhichKey).offer(PREFIXES.get(key, key), offers)

    def action_back(self) -> None:
        """Escape: stops a job that can be stopped, else goes back to the screen below."""
        if self.workbench.jobs.cancel():
            self.show_status("Stopping…")
        elif len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_close(self) -> None:
        """`q`: closes the screen; on the first one, the program."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def action_send_copy(self) -> None:
        """Opens the box that sends a copy of the project."""
        from workbench.tui.screens.send_copy import SendCopyScreen

        self.app.push_screen(SendCopyScreen())

    def action_merge(self) -> None:
        """Asks for another copy of the project, shows what it brings, and merges it."""
        from workbench.tui.screens.merging import merge_copy

        merge_copy(self)

    def action_backups(self) -> None:
        """Lists the project's backups, to restore one."""
        from workbench.tui.screens.backups import show_backups

        show_backups(self)

    def action_similar_articles(self) -> None:
        """Lists the articles like the one that the screen has its cursor on."""
        from workbench.tui.screens.similar_articles import SimilarArticlesScreen

        subject = self.subject()
        if subject and subject[0] == "article":
            self.app.push_screen(SimilarArticlesScreen(*subject[1:]))
        else:
            self.show_status("There is no article here")


class WorkbenchDialog(CommandScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A box over a screen, with its keys in the bottom row. Escape closes it with None.

    Override `compose_body`; what it yields stands in a container with the id "box".
    """

    everywhere = False

    def compose(self) -> ComposeResult:
        """The box and the keys. Override `compose_body`, not this."""
        with Container(id="box"):
            yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> ComposeResult:
        """The widgets in the box. To be overridden."""
        yield from ()

    def on_mount(self) -> None:
        """Shows the keys."""
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_keys())
        self.show_keys()

    def show_keys(self) -> None:
        """Draws the footer anew."""
        self.query_one(KeyFooter).show(self.footer_rows())

    @on(KeyFooter.Chosen)
    async def _footer_chosen(self, message: KeyFooter.Chosen) -> None:
        message.stop()
        await self.run_command(message.row.commands[0].id)

    def action_cancel(self) -> None:
        """Closes without a result."""
        self.dismiss(None)
