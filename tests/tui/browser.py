"""A page in headless Chromium, driven over the DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

SECONDS = 60
ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[@-_]")
NAMED = {"Enter": ("\r", 13), "Escape": ("", 27), "Tab": ("\t", 9)}
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--remote-debugging-port=0", "--window-size=1000,500"),
)


def chromium() -> str | None:
    """The browser, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    """One page and what its websockets received.

    Attributes:
        drawn: the text that came for its terminal since the last key, colours and cursor moves left out.
        answered: the addresses that answered it.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.drawn = ""
        self.answered: set[str] = set()
        self._socket = socket
        self._numbers = itertools.count(1)
        self._replies: dict[int, asyncio.Future[Mapping[str, Any]]] = {}
        self._came = asyncio.Condition()

    async def call(self, method: str, **given: object) -> Mapping[str, Any]:
        """Asks the browser for something and waits for what it says."""
        number = next(self._numbers)
        self._replies[number] = reply = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": given})
        return await reply

    async def value(self, script: str) -> Any:
        """What a piece of JavaScript comes to in the page."""
        return (await self.call("Runtime.evaluate", expression=script))["result"].get("value")

    async def press(self, *keys: str) -> None:
        """Presses keys, characters or the names in NAMED, in the terminal of the page."""
        self.drawn = ""
        await self.value("document.querySelector('.xterm-helper-textarea').focus()")
        for key in keys:
            text, code = NAMED.get(key, (key, ord(key[0].upper())))
            event = {"key": key, "text": text, "windowsVirtualKeyCode": code}
            await self.call("Input.dispatchKeyEvent", type="keyDown", **event)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def wait_for(self, text: str) -> None:
        """Waits until a text was drawn. Raises TimeoutError, saying what was drawn instead."""
        try:
            async with asyncio.timeout(SECONDS), self._came:
                await self._came.wait_for(lambda: text in self.drawn)
        except TimeoutError:
            raise TimeoutError(f"no “{text}” in: {self.drawn[-3000:]}") from None

    async def listen(self) -> None:
        """Takes what the browser says, to its end."""
        async for message in self._socket:
            said = message.json()
            if reply := self._replies.pop(said.get("id"), None):
                reply.set_result(said.get("result", {}))
            elif said.get("method") == "Network.responseReceived":
                self.answered.add(said["params"]["response"]["url"])
            elif said.get("method") == "Network.webSocketFrameReceived":
                await self._take(said["params"]["response"])

    async def _take(self, frame: Mapping[str, Any]) -> None:
        if frame["opcode"] == 2:
            async with self._came:
                self.drawn += ESCAPE.sub("", base64.b64decode(frame["payloadData"]).decode(errors="replace"))
                self._came.notify_all()


@asynccontextmanager
async def browsing(url: str, folder: Path) -> AsyncIterator[Page]:
    """Opens a page in a browser of its own, which keeps its files in `folder` and ends with the block."""
    program = chromium()
    assert program is not None
    process = await asyncio.create_subprocess_exec(
        program, *FLAGS, f"--user-data-dir={folder}", "about:blank", stderr=asyncio.subprocess.PIPE
    )
    try:
        async with aiohttp.ClientSession() as session:
            port = await asyncio.wait_for(_port(process), SECONDS)
            async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                address = next(one for one in await listed.json() if one["type"] == "page")
            async with session.ws_connect(address["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                listening = asyncio.create_task(page.listen())
                await page.call("Network.enable")
                await page.call("Page.navigate", url=url)
                yield page
                listening.cancel()
    finally:
        process.kill()
        await process.communicate()


async def _port(process: asyncio.subprocess.Process) -> str:
    """Where the browser listens to its driver, which it says first of all."""
    assert process.stderr is not None
    async for line in process.stderr:
        if found := re.search(rb"DevTools listening on ws://127\.0\.0\.1:(\d+)/", line):
            return found[1].decode()
    raise RuntimeError("Chromium ended before it listened")
