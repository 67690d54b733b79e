"""The commands that find things in a project."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from workbench.cli_tools import FILE, JSON, opened, prepare_search, print_json, print_table

if TYPE_CHECKING:
    from workbench.model import Answer, Article, Hit, SimilarArticle
    from workbench.project import Project


_SAID = 200  # code points of a query that are repeated


class _SearchCommand(click.Command):
    """A command whose help ends with the operators of a query."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes them, read only now: other commands do without the search."""
        from workbench.search.query import OPERATORS

        with formatter.section("Operators in a query"):
            formatter.write_dl([(one.written, one.says) for one in OPERATORS])
        super().format_epilog(ctx, formatter)


_EPILOG = """Dates and grades are those of the article; what has none passes no such filter. Several
sources, or kinds after in:, mean any of them; all else must hold at once. A shell wants quotes round a
query with signs."""


@click.command("search", cls=_SearchCommand, epilog=_EPILOG)
@FILE
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most hits.")
@click.option("--saved", metavar="NAME", help="Ask the saved search of this name or id instead of a QUERY.")
@click.option("--save", metavar="NAME", help="Keep QUERY in the project under this name, too.")
@JSON
def search_command(
    file: Path, query: str | None, limit: int, saved: str | None, save: str | None, as_json: bool
) -> None:
    """Find sentences, titles, quotes, notes and comments, typos forgiven.

    QUERY `-` reads one query a line from standard input and answers in that order. One that begins with a
    minus stands behind `--`: workbench search FILE.db -- -word
    """
    if (query is None) == (saved is None):
        raise click.UsageError("Give either a QUERY or --saved NAME.")
    if save is not None and query in (None, "-"):
        raise click.UsageError("--save goes with one QUERY.")
    with opened(file) as project:
        if save is not None:
            _save(project, save, _clean(query or ""))
        prepare_search(project)
        for one in _queries(project, query, saved):
            answer = project.search(one, limit=limit)
            if as_json:
                hits = [hit_as_json(hit) for hit in answer.hits]
                said = {
                    "query": answer.query,
                    "ms": round(answer.ms, 3),
                    "fuzzy": answer.fuzzy,
                    "total": answer.total,
                    "hits": hits,
                    "emptied": answer.emptied,
                }
                print_json(said)
            else:
                _print_answer(answer)
            sys.stdout.flush()


def _queries(project: Project, query: str | None, saved: str | None) -> Iterator[str]:
    """What is to be asked: a saved search, the lines of standard input for `-`, or the query itself."""
    if saved is not None:
        yield project.saved_search(saved).query
    elif query == "-":
        for raw in sys.stdin.buffer:
            yield raw.decode("utf-8", "replace").rstrip("\r\n")
    else:
        yield _clean(query or "")


def _save(project: Project, name: str, query: str) -> None:
    """Keeps a query and says so on standard error, since standard output is for hits."""
    from workbench.text.inert import inert

    before = {one.id: one.query for one in project.saved_searches()}
    over = before.get(project.save_search(name, query), query)
    instead = f" in the place of “{over}”" if over != query else ""
    print(inert(f"Saved the search “{name}”{instead}."), file=sys.stderr)


@click.command("searches")
@FILE
@JSON
def searches_command(file: Path, as_json: bool) -> None:
    """List the saved searches; `search --saved NAME` asks one."""
    with opened(file) as project:
        found = project.saved_searches()
    if as_json:
        names = ("id", "name", "query", "created")
        print_json(
            [{**{name: getattr(one, name) for name in names}, "analyst": one.analyst.name} for one in found]
        )
    else:
        rows = [(one.name, one.query, one.analyst.name) for one in found]
        print_table(("Name", "Query", "Analyst"), rows)


def _clean(query: str) -> str:
    """A query without the surrogates that stand for undecodable bytes of the command line."""
    return query.encode("utf-8", "replace").decode()


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit as every command with --json prints it."""
    names = ("kind", "article", "article_id", "file", "start", "end", "text", "score", "weak", "matches")
    return {name: getattr(hit, name) for name in names}


def _print_answer(answer: Answer) -> None:
    from workbench.text.inert import inert

    if answer.fuzzy:
        print(f"Read as: {inert(', '.join(f'{typed}→{read}' for typed, read in answer.fuzzy))}")
    if not answer.hits:
        asked = shorten(answer.query, _SAID, placeholder="…")
        print(f"Nothing found for “{inert(asked)}”{inert(_why_nothing(answer))}.")
    print_hits(answer.hits)


def _why_nothing(answer: Answer) -> str:
    if not answer.emptied:
        return ""
    return f": {', '.join(answer.emptied)} {'leaves' if len(answer.emptied) == 1 else 'leave'} nothing"


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


@click.command("similar")
@FILE
@click.argument("name", metavar="ARTICLE")
@click.argument("start", type=int, required=False)
@click.argument("end", type=int, required=False)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most hits.")
@JSON
def similar_command(
    file: Path, name: str, start: int | None, end: int | None, limit: int, as_json: bool
) -> None:
    """Find what other articles say like a passage of ARTICLE, or without START and END articles like it.

    ARTICLE is an id, title or file name; START and END count characters from 0, END exclusive.
    """
    if (start is None) != (end is None):
        raise click.UsageError("START and END belong together.")
    with opened(file) as project:
        article = project.article(_clean(name))
        prepare_search(project)
        if start is None or end is None:
            _print_articles(article, project.similar_articles(article.id, limit=limit).articles, as_json)
            return
        answer = project.similar(article.id, start, end, limit=limit)
    if as_json:
        hits = [{**hit_as_json(one.hit), "shared": one.shared} for one in answer.hits]
        passage = {"article_id": article.id, "start": start, "end": end}
        print_json({"query": answer.text, "ms": round(answer.ms, 3), "hits": hits, **passage})
    elif answer.hits:
        print_hits([one.hit for one in answer.hits])
    else:
        print("No passage of another article shares its rare words.")


def _print_articles(article: Article, found: Sequence[SimilarArticle], as_json: bool) -> None:
    if as_json:
        print_json({"article_id": article.id, "articles": [asdict(one) for one in found]})
    elif found:
        heads = ("Article", "How", "Share", "Shared words")
        print_table(
            heads,
            [
                (
                    one.article or one.file or one.article_id,
                    one.label,
                    f"{one.share:.0%}" if one.label != "similar" else "",
                    ", ".join(one.shared),
                )
                for one in found
            ],
        )
    else:
        print("No other article shares its rare words.")


COMMANDS: tuple[click.Command, ...] = (search_command, searches_command, similar_command)
"""What `cli` adds to its own."""
