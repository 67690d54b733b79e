"""A project whose every word tries to act: on the terminal, on the direction of writing, as markup."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.unit.store.strangers import say, thing
from workbench.model import Analyst
from workbench.project import Project
from workbench.store.ids import digest

ALIVE = "".join(
    (
        "\x1b]52;c;ZXZpbA==\x07",  # puts words on the clipboard
        "\x1b[2J\x1b[31m",
        "\x9b31m\x9d0;title\x9c",
        "\u202eabc\u2066\u200f",
        "\x08\x7f\x0b",
    )
)
MARKUP = "[red]x[/red] [@click=app.quit]go[/]"
NASTY = f"{MARKUP} {ALIVE}"
MALLORY = Analyst("M" * 25 + "A", f"Mallory {NASTY}")


def hostile_project(folder: Path) -> Path:
    """A project whose every word is out to do harm."""
    names = (f"one {MARKUP[:7]}\x1b[31m\u202e.txt", "two.txt")
    for number, name in enumerate(names):
        text = f"The pumps {number} failed. {NASTY} said “{NASTY}” twice.\n\nNobody {NASTY} heard it.\n"
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "nasty.db"
    with Project.open(path, create=True, analyst=MALLORY) as project:
        assert not project.import_paths([folder / name for name in names]).failed
        for article in project.articles():
            project.annotate_range(article.id, 0, 18, tags=["risk"], comment=NASTY)
            values = dict.fromkeys(("title", "publisher", "author", "url", "comment"), NASTY)
            project.edit_article(article.id, values)
        passage = project.passages()[0]
        note = project.create_note("Alarm", f"# {NASTY}\n\n{NASTY} {{{{{passage.handle}}}}}\n\n> {NASTY}\n")
        project.set_title(NASTY)
    say(path, "tag", thing(path, "tag"), {"name": NASTY, "description": NASTY})
    say(path, "tag", digest("below"), {"alive": True, "name": NASTY, "parent": thing(path, "tag")})
    say(path, "note", note, {"title": NASTY})
    say(path, "search", digest("search"), {"alive": True, "name": NASTY, "query": NASTY})
    say(path, "analyst", digest("Eve"), {"name": NASTY})
    return path


BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def live(shown: str) -> set[str]:
    """The characters that would not only be drawn, line breaks and tabs aside."""
    return {
        char
        for char in shown.replace("\n", "").replace("\t", "")
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(char) in BIDI
    }
