"""The commands about the terminal: the screen in a browser instead, and what a terminal can do."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.cli_tools import FILE, opened, say
from workbench.errors import WorkbenchError


@click.command("serve")
@FILE
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="Port; any free one without it.")
def serve_command(file: Path, port: int) -> None:
    """Open a project in a browser on this machine; nobody else can reach it. Ctrl+C ends it.

    The address that is printed holds a key: with it, whoever is logged in here reads and writes the project.
    """
    try:
        from workbench.serving import LocalServer
    except ModuleNotFoundError:
        raise WorkbenchError(
            "serving needs textual-serve: pip install 'analyst-workbench[serve]' brings it"
        ) from None
    with opened(file):
        pass
    server = LocalServer(file, port)
    say(f"Serving {file.name} on {server.url}")
    say("Open this address in a browser here; Ctrl+C ends it.")
    sys.stdout.flush()
    server.serve()
    say("Ended; everything is saved.")


COMMANDS = (serve_command,)
