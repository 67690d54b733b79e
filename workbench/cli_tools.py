"""What the commands share: their usual arguments, opening a project, printing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from workbench.project import Project

FILE = click.argument("file", metavar="FILE.db", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


@contextmanager
def opened(file: Path, *, create: bool = False) -> Iterator[Project]:
    """A project, closed in the end.

    Raises:
        ProjectFileError: it cannot be opened or made.
    """
    from workbench.project import Project

    with Project.open(file, create=create) as project:
        yield project


def print_json(value: object) -> None:
    """Prints a value as JSON on one line."""
    import json

    print(json.dumps(value))


def say(text: str) -> None:
    """Prints a line of our own words; text from files goes through `inert` first."""
    print(text)


def count(number: int, word: str) -> str:
    """A number with its word: "1 article" or "2,000 articles"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
