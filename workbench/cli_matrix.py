"""The command that counts: articles × tags, for spreadsheets, for people and for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from workbench.cli_tools import FILE, FORCE, OUTPUT, opened, put_text

if TYPE_CHECKING:
    from workbench.matrix import ArticleOrder, TagMatrix, TagOrder


@click.command("matrix")
@FILE
@click.option("--format", "form", type=click.Choice(["csv", "md", "json"]), default="csv", show_default=True)
@click.option(
    "--sort",
    type=click.Choice(["date", "name", "source", "count"]),
    default="date",
    show_default=True,
    help="Order of the articles: newest, by title, by source, most tagged passages first.",
)
@click.option(
    "--sort-tags",
    type=click.Choice(["name", "count"]),
    default="name",
    show_default=True,
    help="Order of the tags: by name, most passages first.",
)
@click.option("--all", "whole", is_flag=True, help="Articles and tags without any passage, too.")
@OUTPUT
@FORCE
def matrix_command(
    file: Path, form: str, sort: str, sort_tags: str, whole: bool, output: Path | None, force: bool
) -> None:
    """Count how many passages of each article carry each tag or a tag below it.

    In CSV a text that a spreadsheet would run as a formula (one that begins with =, +, - or @) gets an
    apostrophe before it.
    """
    from workbench.export.matrix import to_csv, to_json, to_markdown

    with opened(file) as project:
        found, title = project.tag_matrix(), project.title
    found = found if whole else found.in_use()
    found = found.articles_by(cast("ArticleOrder", sort)).tags_by(cast("TagOrder", sort_tags))
    texts: dict[str, Callable[[TagMatrix], str]] = {
        "csv": to_csv,
        "json": to_json,
        "md": lambda one: to_markdown(one, title),
    }
    put_text(texts[form](found), output, file, force=force)


COMMANDS: tuple[click.Command, ...] = (matrix_command,)
"""What `cli` adds to its own."""
