"""Serves the screen of a project to a browser on this machine, through textual-serve.

Whoever reaches the address reads and writes the project, so four things keep others out. The socket listens
on the loopback address alone. The address holds a random key, which no other user of the machine can guess. A
request must be made to this very address: a page elsewhere can let a name of its own stand for 127.0.0.1. And
it must come from here: a page elsewhere may open a websocket to any address, but browsers say which page did.
"""

from __future__ import annotations

import os
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from workbench.errors import WorkbenchError

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that open workbenches have for their last words when the server ends."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalServer(Server):
    """Gives every page that is opened a workbench of its own on one project file.

    Attributes:
        url: the one address that is answered.
    """

    def __init__(self, file: Path, port: int = 0) -> None:
        """Takes the port, 0 for any that is free; pages are answered from `serve` on.

        Raises:
            WorkbenchError: the port is taken, or not for this user.
        """
        self._socket = _listen(port)
        command = shlex.join([sys.executable, "-m", "workbench.served", str(file.resolve())])
        super().__init__(f"exec {command}", host=HOST, port=self._socket.getsockname()[1], title=file.name)
        self._pages: set[web.WebSocketResponse] = set()
        self._key = secrets.token_urlsafe(16)
        self.public_url = f"http://{HOST}:{self.port}"  # also where the port is one that browsers leave out
        self.url = f"{self.public_url}/{self._key}/"

    def serve(self, debug: bool = False) -> None:
        """Answers until the process is interrupted or told to end."""
        web.run_app(
            self._make_app(), sock=self._socket, print=None, access_log=None, shutdown_timeout=PATIENCE
        )

    async def on_startup(self, app: web.Application) -> None:
        """Prints nothing: whoever made the server knows its address."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Lets go of the pages, and with them of their workbenches."""
        for page in set(self._pages):
            await page.close(code=WSCloseCode.GOING_AWAY)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Stays with a page until its workbench has written everything and ended."""
        self._pages.add(websocket)
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            await app_service.stop()
            if app_service._process:
                await app_service._process.wait()
            self._pages.discard(websocket)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._refuse_strangers])
        app.add_subapp(f"/{self._key}", await super()._make_app())
        app.on_response_prepare.append(self._keep_to_itself)
        return app

    @web.middleware
    async def _refuse_strangers(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        host, origin = request.headers.get("Host"), request.headers.get("Origin")
        if host != f"{HOST}:{self.port}" or origin not in (None, self.public_url):
            raise web.HTTPForbidden(text="This workbench is open to its own address only.")
        return await handler(request)

    async def _keep_to_itself(self, request: web.Request, response: web.StreamResponse) -> None:
        """The page asks no other machine for anything, tells none its address, and is not kept."""
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{HOST}:{self.port}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise WorkbenchError(
            f"port {port} cannot be used ({reason}); without --port any free one is taken"
        ) from None
