"""What commands are sorted by: the contexts they work in, and the lines that stand for several of them."""

from __future__ import annotations

from typing import NamedTuple

from workbench.tui.command import ANYWHERE, BOXES


class Row(NamedTuple):
    """A line that stands for several commands in help and footer."""

    shown: str
    title: str
    help: str


ROWS = {
    "sentence": Row("↓ ↑  j k", "sentence", "sentence"),
    "word": Row("→ ←  l h", "word", "word"),
    "paragraph": Row("J K", "paragraph", "paragraph"),
    "page": Row("Space PgDn", "page", "page"),
    "half": Row("^d ^u", "half page", "half page"),
    "jump": Row("f F", "jump", "jump to sentence, word"),
    "ends": Row("gg  G", "ends", "top, end"),
    "trail": Row("H L", "back, forward", "back, forward"),
    "next": Row("n N", "next", "next, previous hit"),
    "article": Row("( )", "article", "article before, on"),
    "extend": Row("Shift+arrows", "extend", "extend"),
    "grow": Row("e E", "grow", "grow, shrink"),
    "unit": Row("w s p", "unit", "word sentence para."),
    "pinned": Row("1-9", "pinned", "pinned tag"),
    "pin": Row("1-9", "pin", "pin the tag to this digit"),
    "resize": Row("< >", "resize", "resize"),
    "measure": Row("+ -", "measure", "wider, narrower text"),
    "panes": Row("Tab", "pane", "next pane"),
    "undo": Row("u  U", "undo", "undo, redo"),
    "list": Row("↓ ↑  j k", "move", "move"),
    "citation": Row("↓ ↑  j k", "citation", "next, previous"),
    "cell": Row("←↓↑→  hjkl", "move", "move"),
    "filled": Row("n N", "next", "next, previous quote"),
    "aside": Row("< >", "aside", "a screen aside"),
    "list.page": Row("PgDn PgUp", "page", "page"),
    "take": Row("1-9", "take", "take this version"),
    "scroll": Row("↓ ↑  j k", "scroll", "scroll"),
    "version": Row("→ ←  l h", "version", "next, previous version"),
    "pick": Row("↑ ↓", "move", "move"),
}

PREFIXES = {"g": "go to…", "b": "view…"}
"""What the first key of a sequence leads to, for the footer and the title of the popup."""

CONTEXTS = {
    "library": "Library",
    "filter": "Filter",
    "reading": "Reading room",
    "search": "Search",
    "hits": "Hits",
    "operators": "Operators",
    "saved": "Saved searches",
    "passages": "Passages of a tag",
    "similar": "More like this",
    "alike": "Similar articles",
    "notes": "Notes",
    "note": "Note",
    "quotes": "Quotes in the note",
    "source": "Source beside the note",
    "editor": "Note editor",
    "tags": "Tags",
    "compare": "Compare",
    "matrix": "Matrix",
    "projects": "Projects",
    "history": "History",
    "steps_filter": "Filter of the history",
    "bin": "Bin",
    "conflicts": "Conflicts",
    "decision": "Decision",
    "contested": "Keep or delete",
    "union": "An edit of all versions",
    "merge": "Merge",
    "copied": "What was copied",
    "picker": "Picker",
    "overlaps": "Passages here",
    "pins": "Pinned tags",
    "palette": "Commands",
    "help": "Help",
    "menu": "Menu",
    "prompt": "Question",
    "paths": "Paths",
    "write": "Text",
    "quotation": "Insert a quotation",
    "export": "Export",
    "form": "Form",
    "keys": "Your keys",
    BOXES: "Any box",
    ANYWHERE: "Anywhere",
}
"""All contexts and what people call them."""


def within(*contexts: str) -> frozenset[str]:
    """The set of these contexts, for `Command.contexts`."""
    return frozenset(contexts)


EVERYWHERE = within(ANYWHERE)
HERE_TOO = within(ANYWHERE, BOXES)
"""Screens and boxes over them."""
LIBRARY = within("library")
READING = within("reading")
LISTS = within(
    *("library", "hits", "saved", "passages", "similar", "alike", "notes", "quotes", "tags"),
    *("projects", "conflicts", "history", "bin"),
)
NOTE = within("note", "quotes", "source")
GRIDS = within("compare", "matrix")
PAGED = LISTS | NOTE | GRIDS | {"decision"}
"""Contexts that go to top and end."""
FORMS = within("form", "export")
ROWED = LISTS | {"menu", "overlaps", "pins", "keys"}
PASSAGES = within("reading", "hits", "passages", "similar", "compare")
PICKERS = within("picker", "menu", "quotation", "overlaps", "operators")
TYPED = within("picker", "palette", "help", "search", "quotation", "operators")
"""Contexts in which a text field has the focus and a list stands below it."""
WRITTEN = TYPED | FORMS | {"filter", "steps_filter", "paths", "prompt", "write", "union", "editor"}
"""Contexts in which a text field has the focus, or may have it."""
BOXED = (
    PICKERS
    | FORMS
    | within("pins", "palette", "help", "prompt", "paths", "write", "union")
    | within("merge", "copied", "contested", "keys", BOXES)
)
"""Contexts of boxes over a screen, which have no first keys of sequences."""
