"""The README's table of keys, from the registry of commands."""

from __future__ import annotations

from pathlib import Path

from workbench.tui import commands
from workbench.tui.contexts import CONTEXTS

README = Path(__file__).resolve().parent.parent / "README.md"
START, END = "<!-- keys: written by screenshots/make.py -->", "<!-- /keys -->"
PLACES = (
    *("library", "reading", "search", "hits", "saved", "similar", "alike", "notes", "note", "editor"),
    *("tags", "compare", "matrix", "projects", "history", "bin", "conflicts", "decision"),
)


def key_table() -> str:
    """Markdown: one row a place, its keys and what they do, those of lists and of everywhere apart."""
    lines = ["| where | keys |", "|---|---|"]
    anywhere = commands.commands(commands.ANYWHERE)
    lines.append(_row("anywhere", anywhere))
    for place in PLACES:
        own = [one for one in commands.commands(place) if one.keys and one not in anywhere]
        lines.append(_row(CONTEXTS[place].lower(), own))
    return "\n".join(lines)


def written_table() -> str:
    """The table as the README has it now."""
    text = README.read_text(encoding="utf-8")
    return text[text.index(START) + len(START) : text.index(END)].strip()


def write_table() -> None:
    """Puts the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, after = text[: text.index(START) + len(START)], text[text.index(END) :]
    README.write_text(f"{before}\n{key_table()}\n{after}", encoding="utf-8")


def _row(name: str, given: object) -> str:
    rows = commands.rows([one for one in given if one.keys])  # type: ignore[attr-defined]
    cells = [f"{_code(row.shown)} {row.help}" for row in rows]
    return f"| {name} | {' · '.join(cells)} |"


def _code(shown: str) -> str:
    return " ".join(f"`{key}`" for key in shown.replace("|", "\\|").split("  ") if key)
