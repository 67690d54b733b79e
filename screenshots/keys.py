"""The README's table of keys, from the registry of commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.tui import commands
from workbench.tui.command import ANYWHERE, Command
from workbench.tui.contexts import CONTEXTS

README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- keys: written by screenshots/make.py -->", "<!-- /keys -->"
LISTS = "lists"
"""What the row of the commands that many places have in common is called."""


def key_rows() -> list[tuple[str, list[Command]]]:
    """The rows of the table: a place and the commands that have a key there, those of many places apart."""
    with_keys = [one for one in commands.commands_as_written() if one.keys]
    shared = [one for one in with_keys if ANYWHERE in one.contexts]
    lists = [one for one in with_keys if one.id.startswith("list.")]
    rows = [(CONTEXTS[ANYWHERE].lower(), shared), (LISTS, lists)]
    for context, name in CONTEXTS.items():
        own = [one for one in with_keys if context in one.contexts and one not in [*shared, *lists]]
        rows += [(name.lower(), own)] if own else []
    return rows


def key_table() -> str:
    """Markdown: one row a place, its keys and what they do."""
    rows = [_row(name, several) for name, several in key_rows()]
    return "\n".join(["| where | keys |", "|---|---|", *rows])


def written_table() -> str:
    """The table as the README has it now."""
    text = README.read_text(encoding="utf-8")
    return text[text.index(START) + len(START) : text.index(END)].strip()


def write_table() -> None:
    """Puts the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, after = text[: text.index(START) + len(START)], text[text.index(END) :]
    README.write_text(f"{before}\n{key_table()}\n{after}", encoding="utf-8")


def _row(name: str, given: Sequence[Command]) -> str:
    cells = [f"{_code(row.shown)} {row.help}" for row in commands.rows(given, most=9)]
    return f"| {name} | {' · '.join(cells)} |"


def _code(shown: str) -> str:
    return " ".join(f"`{key}`" for key in shown.replace("|", "\\|").split("  ") if key)
