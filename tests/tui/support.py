"""What tests of several screens need: an app that hides no fault, and the screen as text."""

from __future__ import annotations

from typing import Any

from textual import actions
from textual.events import MouseMove
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from screenshots.scenes import LONGEST_SETTLING, settle
from workbench.tui import commands
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.command_screen import CommandScreen

LOOKS_OFTEN = {"SLEEP_GRANULARITY": 0.003, "SLEEP_IDLE": 0.0005}
"""Seconds, for `textual._wait`: how often Pilot looks whether the program has come to rest (else 0.02 s,
which is most of what a key press takes), and how busy it may be then."""


class StrictApp(WorkbenchApp):
    """A workbench in which an unexpected error fails the test instead of being told to the user."""

    def report_fault(self, error: Exception) -> None:
        raise error


def plain(widget: Widget) -> str:
    """What a widget draws, without styles, lines joined by line breaks."""
    lines = widget.render_lines(widget.outer_size.region)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


def screen_text(app: WorkbenchApp) -> str:
    """What the screen shows, frames and all, one line a row of the terminal."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def flowing(app: WorkbenchApp) -> str:
    """The words on the screen with frames and line breaks taken out, to find wrapped sentences in."""
    return " ".join(
        "".join(" " if 0x2500 <= ord(sign) < 0x2580 else sign for sign in screen_text(app)).split()
    )


def unhandled(screen: type[CommandScreen[Any]]) -> list[str]:
    """Ids of the commands of a screen's contexts that neither it nor the app has an action for."""
    contexts = (screen.context, *screen.contexts, screen.shared)
    found = []
    for command in commands.commands(*contexts):
        _, name, _ = actions.parse(command.action)
        if not (hasattr(screen, f"action_{name}") or hasattr(WorkbenchApp, f"action_{name}")):
            found.append(command.id)
    return found


def places(app: WorkbenchApp) -> list[str]:
    """The contexts of the screens on the stack, bottom first."""
    return [_context(screen) for screen in app.screen_stack]


def _context(screen: Screen[Any]) -> str:
    return screen.context if isinstance(screen, CommandScreen) else type(screen).__name__


async def drag(pilot: Pilot[Any], widget: Widget, start: tuple[int, int], *ways: tuple[int, int]) -> None:
    """Presses at a place in a widget, moves with the button held, and lets go at the last of `ways`."""
    await pilot.mouse_down(widget, offset=start)
    for place in ways:
        await pilot._post_mouse_events([MouseMove], widget, place, button=1)
    await pilot.mouse_up(widget, offset=ways[-1])
    await pilot.pause()


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Gives the terminal another size, and waits until the screen has it and is at rest.

    Textual takes up a size a moment later, so that a window dragged larger is laid out but a few times.
    """
    await pilot.resize_terminal(width, height)
    for _ in range(LONGEST_SETTLING):
        await settle(pilot)
        if pilot.app.screen._compositor.size == (width, height):
            return
