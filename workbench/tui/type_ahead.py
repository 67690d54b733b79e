"""Keys, and pasted text, in order, each with the focus and the screen that the one before it left.

Textual hands a key to the widget that has the focus when the key arrives. Of keys that arrive together (a
quick hand, a slow line) the second would then go to a screen that the first is just leaving: in `/` and `d`,
the `d` would be a command instead of a letter to search for. Here a key waits until the one before has passed
through every widget and the app, and until what it set going has come to rest.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp

Typed = events.Key | events.Paste

PATIENCE = 1.0
"""Seconds that a key waits for a screen at most: nothing may hold the keyboard for good."""
WORK = 0.5
"""Seconds that a command waits for work the one before it set going; letters of a text field do not wait."""
OPENING = 5.0
"""Seconds that the first keys wait for the project to be opened and its articles to be listed."""
LINE_FEED = "ctrl+j"
"""How an enter arrives that was pressed before the program took the terminal."""
ESCAPE_AND = "alt+"
"""How a terminal's escape, quickly followed by a letter, arrives."""


class TypeAhead:
    """The queue of keys before an app."""

    def __init__(self, app: WorkbenchApp, dispatch: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._dispatch = dispatch
        self._waiting: deque[Typed] = deque()
        self._busy: asyncio.Task[None] | None = None

    async def take(self, event: Typed) -> None:
        """Passes a key, or a paste, on, at once if no other is under way."""
        if not self._app.begun.is_set() and isinstance(event, events.Key) and event.key == LINE_FEED:
            event = events.Key("enter", "\r")
        self._waiting.extend(_keys_of(event))
        if self._busy is not None and not self._busy.done():
            return
        if not self._app.begun.is_set():
            self._busy = asyncio.create_task(self._begin())
        else:
            target = await self._pass_on()
            self._busy = asyncio.create_task(self._drain(target))

    async def _begin(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._app.begun.wait(), OPENING)
        self._app.begun.set()
        await self._drain(self._app.focused or self._app.screen)

    async def _drain(self, target: DOMNode) -> None:
        await self._settled(target)
        while self._waiting:
            await self._settled(await self._pass_on())

    async def _pass_on(self) -> DOMNode:
        target: DOMNode = self._app.focused or self._app.screen
        await self._dispatch(self._waiting.popleft())
        return target

    async def _settled(self, target: DOMNode) -> None:
        """Waits until a key given to `target` has gone up to the app, and for a screen that it opened."""
        for node in target.ancestors_with_self:
            await _passed_through(node)
        await _passed_through(self._app)
        screen = None
        while screen is not self._app.screen:
            screen = self._app.screen
            await _passed_through(screen)
            await _passed_through(self._app)
        # Textual would draw at its next sixtieth of a second: 8 ms later on average, and maybe in two frames.
        screen._on_timer_update()
        focused = self._app.focused
        if focused is None or not focused.check_consume_key("a", "a"):
            await self._app.at_rest(WORK)


async def _passed_through(node: MessagePump) -> None:
    """Waits until a node has handled what is in its queue; a closing one is not waited for."""
    handled = asyncio.Event()
    if node.is_running and node.call_later(handled.set):
        try:
            await asyncio.wait_for(handled.wait(), PATIENCE)
        except TimeoutError:
            return


def _keys_of(event: Typed) -> list[Typed]:
    """The key, or escape and a letter where they arrived as one; a paste is one piece."""
    if isinstance(event, events.Paste):
        return [event]
    rest = event.key.removeprefix(ESCAPE_AND)
    if rest == event.key or len(rest) != 1:
        return [event]
    return [events.Key("escape", "\x1b"), events.Key(rest, rest)]
