"""What the commands share: their usual arguments, opening a project, printing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.errors import InputError

if TYPE_CHECKING:
    from rich.progress import Progress

    from workbench.project import Project

FILE = click.argument("file", metavar="FILE.db", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path), help="Where to write; standard output without it."
)
FORCE = click.option("--force", is_flag=True, help="Write over a file that is there.")


@contextmanager
def opened(file: Path, *, create: bool = False) -> Iterator[Project]:
    """A project, closed in the end.

    Raises:
        ProjectFileError: it cannot be opened or made.
    """
    from workbench.project import Project

    with Project.open(file, create=create) as project:
        yield project


def prepare_search(project: Project) -> None:
    """Waits for the search index of a project; on a terminal a bar counts what is built meanwhile."""
    with _CountingBar("Building the search index") as bar:
        project.prepare_search(bar.show if sys.stderr.isatty() else None)


class _CountingBar:
    """A bar on standard error that appears when there is something to count, and goes in the end."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: Progress | None = None

    def __enter__(self) -> _CountingBar:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, done: int, total: int) -> None:
        """Says that `done` of `total` are."""
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn(self._what), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(self._what)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)


def print_json(value: object) -> None:
    """Prints a value as JSON on one line."""
    import json

    print(json.dumps(value))


def say(text: str) -> None:
    """Prints a line of our own words; text from files goes through `inert` first."""
    print(text)


def put_text(text: str, output: Path | None, project: Path, *, force: bool) -> None:
    """Writes an export to a file and says so on standard error, or to standard output where none is named.

    Args:
        project: the file it comes from, which is never written over.
        force: replace a file that is there.

    Raises:
        WorkbenchError: the file is there, is the project's own, or cannot be written.
    """
    from workbench.text.inert import inert

    if output is None:
        if sys.stdout.isatty():  # it would act on what a file only keeps
            text = "\n".join(map(inert, text.split("\n")))
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    from workbench.export.writing import write_file

    if os.path.exists(output) and output.samefile(project):
        raise InputError(f"{output} is the project itself; nothing was written")
    write_file(output, text, force=force)
    print(inert(f"Wrote {output}"), file=sys.stderr)


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal, lines with tabs in a pipe; text from files can do no harm in either."""
    from workbench.text.inert import inert

    safe = [tuple(inert(" ".join(cell.split())) for cell in row) for row in rows]
    if not sys.stdout.isatty():
        for row in safe:
            print("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(
            head, justify="right" if head in ("Words", "Passages") else "left", overflow="ellipsis"
        )
    for row in safe:
        table.add_row(*map(Text, row))
    Console().print(table)
