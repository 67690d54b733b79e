"""A screen whose keys come from the registry of commands, and what it asks of the app: jobs, status, help.

A widget may carry a context of its own (``context = "hits"``): while the focus is inside it, its commands are
the ones that work, provided the screen lists it in `contexts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import actions, events
from textual.await_complete import AwaitComplete
from textual.binding import BindingsMap
from textual.screen import Screen, ScreenResultType

from workbench.errors import ProjectFileError
from workbench.tui import commands
from workbench.tui.command import ANYWHERE, Command
from workbench.tui.commands import HelpRow
from workbench.tui.contexts import PREFIXES
from workbench.tui.keymap import WRITING
from workbench.tui.keys import is_written
from workbench.tui.screens.list_actions import ListActions

if TYPE_CHECKING:
    from workbench.project import Project
    from workbench.tui.app import WorkbenchApp

T = TypeVar("T")

READ_ONLY = "This project can only be read here: nothing can be written into it"
PREFIX_RANK = 15
"""Where the first keys of sequences stand in the footer."""


class CommandScreen(ListActions[ScreenResultType]):
    """A screen whose keys come from the registry. Not used itself: see `base` for its two kinds.

    Attributes:
        context: the screen's main context.
        contexts: further contexts that its widgets may carry.
        shared: the context of the commands that it has in common with all screens of its kind.
        footer_first: the commands that begin its footer and are never dropped from it.
    """

    context: ClassVar[str] = ""
    contexts: ClassVar[tuple[str, ...]] = ()
    shared: ClassVar[str] = ANYWHERE
    footer_first: ClassVar[tuple[str, ...]] = ("app.help", "app.palette")
    _workbench: WorkbenchApp | None = None

    def __init__(self) -> None:
        super().__init__()
        self.take_up_keys()

    def take_up_keys(self) -> None:
        """Binds the keys that the registry has now.

        Textual's own keymap will not do: giving a key to one command, it drops all others that have the key
        on this screen, in whatever context, and it can take no key away.
        """
        own = commands.bindings(self.context, *self.contexts, self.shared)
        self._bindings = BindingsMap.from_keys({**BindingsMap(Screen.BINDINGS).key_to_bindings, **own})

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Closes this screen with what lies over it; nothing where it is closed already.

        Textual closes the topmost screen, whichever was asked to go: a box whose job was done while help lay
        over it stayed, and gave its result in the name of the help.
        """
        if self not in self.app.screen_stack:
            return AwaitComplete()
        self.workbench.close_above(self)
        return super().dismiss(result)

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
        if command_id in ("app.copied", "app.write_copied") and not self.workbench.copied:
            return commands.hint("Nothing was copied yet: {passage.copy} copies")
        if command_id not in WRITING:
            return None
        try:
            return READ_ONLY if self.project.read_only else None
        except ProjectFileError as error:  # it is being opened still
            return str(error)

    def available_commands(self) -> list[Command]:
        """The commands of the moment: those of the active context, then those that work anywhere.

        Keys of a shared command that the context uses itself are left out, and while a text field has the
        focus so are keys that it would type.
        """
        own = commands.commands(self.active_context)
        taken = {key for command in own for key in command.keys}
        typing = self.focused is not None and self.focused.check_consume_key("a", "a")
        found = []
        for command in (*own, *commands.commands(self.shared)):
            keys = command.keys
            if self.shared in command.contexts:
                keys = tuple(key for key in keys if key not in taken)
            if typing:
                keys = tuple(key for key in keys if not is_written(key))
            if keys or not command.keys:
                found.append(replace(command, keys=keys))
        return found

    def footer_rows(self) -> list[HelpRow]:
        """The footer's entries, help and commands first, then by rank. May be overridden."""
        at_hand = self.available_commands()
        ranked = sorted((one for one in at_hand if one.footer and one.keys), key=lambda one: one.footer)
        first = [one for name in self.footer_first for one in at_hand if one.id == name and one.keys]
        near = [*first, *(one for one in ranked if one.footer < PREFIX_RANK)]
        far = [one for one in ranked if one.footer >= PREFIX_RANK]
        prefixes = dict.fromkeys(key.split(" ")[0] for one in at_hand for key in one.keys if " " in key)
        return [
            *commands.rows(near, most=1),
            *(HelpRow(key, PREFIXES.get(key, "more…"), "", "", ()) for key in prefixes),
            *commands.rows(far, most=1),
        ]

    def help_rows(self) -> list[HelpRow]:
        """What the help lists beside the keys, by group. To be overridden."""
        return []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lets a binding through only while its command's context is active."""
        if action == "run":
            contexts = commands.find(str(parameters[0])).contexts
            return self.active_context in contexts or self.shared in contexts
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
        keys = [(key, command) for command in self.available_commands() for key in command.keys]
        return [(key[len(prefix) + 1 :], one) for key, one in keys if key.startswith(f"{prefix} ")]

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
        label: str = "",
        cancellable: bool = False,
    ) -> None:
        """Runs `work` in the project's thread, after what was asked for before, then `done` with its result.

        Args:
            work: uses `self.project`; touches no widget. It may call `self.progress(done, total)`.
            done: called on the screen's thread unless the screen was closed meanwhile.
            failed: called instead of the usual message when `work` raises.
            group: of several reads with the same group only the newest counts. Leave writes without one.
            label: what the status row says after 0.3 s ("Importing"); a read of a group says "Reading".
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
