"""The commands that find things in a project."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from workbench.cli_tools import FILE, JSON, opened, print_json

if TYPE_CHECKING:
    from workbench.model import Answer, Hit


@click.command("search")
@FILE
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most hits.")
@JSON
def search_command(file: Path, query: str, limit: int, as_json: bool) -> None:
    """Find sentences, titles, quotes, notes and comments, typos forgiven.

    QUERY `-` reads one query a line from standard input and answers in that order.
    """
    with opened(file) as project:
        for one in _lines(cast(BinaryIO, sys.stdin.buffer)) if query == "-" else [query]:
            answer = project.search(_clean(one), limit=limit)
            if as_json:
                hits = [hit_as_json(hit) for hit in answer.hits]
                print_json({"query": answer.query, "ms": round(answer.ms, 3), "hits": hits})
            else:
                _print_answer(answer)
            sys.stdout.flush()


def _lines(stream: BinaryIO) -> Iterator[str]:
    for raw in stream:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _clean(query: str) -> str:
    """A query without the surrogates that stand for undecodable bytes of the command line."""
    return query.encode("utf-8", "replace").decode()


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit as every command with --json prints it."""
    names = ("kind", "article", "article_id", "file", "start", "end", "text", "score", "weak", "matches")
    return {name: getattr(hit, name) for name in names}


def _print_answer(answer: Answer) -> None:
    from workbench.text.inert import inert

    if not answer.hits:
        print(f"Nothing found for “{inert(answer.query)}”.")
    print_hits(answer.hits)


def print_hits(hits: Sequence[Hit]) -> None:
    """Prints hits for people: where each is, then its words; weak ones stand under a line that says so."""
    from rich.console import Console
    from rich.text import Text

    from workbench.text.inert import inert

    console = Console(color_system="auto" if sys.stdout.isatty() else None, soft_wrap=True, highlight=False)
    weak = False
    for hit in hits:
        if hit.weak and not weak:
            weak = True
            console.print(Text("Weaker matches: the query's rare words were not found in these.", "dim"))
        source = Text(inert(hit.article or hit.file or hit.kind), "bold")
        place = f"  {hit.kind}" if hit.start is None else f"  {hit.kind} {hit.start}–{hit.end}"
        line = Text(inert(hit.text))
        base = hit.start or 0
        for start, end in hit.matches:
            line.stylize("bold yellow", start - base, end - base)
        console.print(source.append(place, "dim"))
        console.print(Text("  ").append_text(line))


COMMANDS: tuple[click.Command, ...] = (search_command,)
"""What `cli` adds to its own."""
