"""The commands about the terminal: the screen in a browser instead, and what a terminal can do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from workbench.cli_tools import FILE, JSON, opened, print_json, say
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.doctor.findings import Finding

_LABEL = 20  # cells for what was looked at


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
            "serving needs textual-serve, which is not installed: pip install textual-serve"
        ) from None
    with opened(file):
        pass
    server = LocalServer(file, port)
    say(f"Serving {file.name} on {server.url}")
    say("Open this address in a browser here; Ctrl+C ends it.")
    sys.stdout.flush()
    server.serve()
    say("Ended; everything is saved.")


@click.command("doctor")
@JSON
def doctor_command(as_json: bool) -> None:
    """Say what this terminal can do, which versions and folders are used, and what to set."""
    from workbench.doctor.answers import ask, can_be_asked
    from workbench.doctor.installation import about_installation
    from workbench.doctor.surroundings import look_around
    from workbench.doctor.terminal import about_terminal

    asked = can_be_asked()
    answers = ask(sys.stdin.fileno()) if asked else None
    parts = {"Terminal": about_terminal(look_around(), answers), "Program": about_installation()}
    if as_json:
        findings = [asdict(one) for found in parts.values() for one in found]
        print_json({"asked": asked, "answered": answers is not None, "findings": findings})
        return
    for part, found in parts.items():
        say(part)
        _print_findings(found)
    if not asked:
        say("The terminal was not asked: run this in one, its output not redirected.")
    elif answers is None:
        say("The terminal gave no answer.")


def _print_findings(findings: Sequence[Finding]) -> None:
    """A line each, what to do below it, wrapped where a terminal would cut words."""
    from workbench.text.inert import inert

    wide = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    indent = " " * (_LABEL + 2)
    for one in findings:
        for first, text in ((f"  {one.what:{_LABEL}}", one.found), (f"{indent}→ ", one.advice)):
            if text:
                line = first + inert(text)
                say(fill(line, wide, subsequent_indent=indent, break_on_hyphens=False) if wide else line)


COMMANDS: tuple[click.Command, ...] = (serve_command, doctor_command)
"""What `cli` adds to its own."""
