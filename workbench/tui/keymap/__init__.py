"""The table of all commands: what each is called, its keys, where it works. Data only, a module a place.

A user's keymap file changes keys by command id. Left out on purpose: alt chords (escape and a letter
arrive as one), ctrl+i, ctrl+m and ctrl+h (tab, enter and backspace in disguise), and characters that many
keyboards make with AltGr or dead keys.
"""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.keymap.anywhere import ANYWHERE_COMMANDS
from workbench.tui.keymap.dialogs import DIALOGS
from workbench.tui.keymap.library import LIBRARY_COMMANDS
from workbench.tui.keymap.moving import LIST_MOVES, READING_MOVES
from workbench.tui.keymap.notes import NOTES
from workbench.tui.keymap.projects import CONFLICTS, HISTORY, PROJECTS
from workbench.tui.keymap.reading import PANES, SELECT, TAG, WRITE
from workbench.tui.keymap.search import SEARCH
from workbench.tui.keymap.tables import TABLES
from workbench.tui.keymap.tags import TAGS

COMMANDS: tuple[Command, ...] = (
    *LIBRARY_COMMANDS,
    *READING_MOVES,
    *LIST_MOVES,
    *SELECT,
    *TAG,
    *WRITE,
    *PANES,
    *SEARCH,
    *NOTES,
    *TAGS,
    *TABLES,
    *PROJECTS,
    *HISTORY,
    *CONFLICTS,
    *DIALOGS,
    *ANYWHERE_COMMANDS,
)
"""Every command, in the order in which help and palette list them."""

# fmt: off
WRITING = frozenset(
    f"{place}.{name}" for place, names in (
        ("history", ("revert",)), ("bin", ("restore",)),
        ("library", ("import", "details", "confirm", "delete")), ("app", ("merge",)),
        ("projects", ("rename", "merge")), ("contested", ("keep", "delete")),
        ("passage", ("tag", "repeat", "untag", "range", "comment", "note", "other_note", "delete")),
        ("passage", (f"pinned{digit}" for digit in range(1, 10))), ("quotes", ("remove",)),
        ("notes", ("new", "rename", "delete")), ("note", ("edit", "outside", "rename", "delete")),
        ("decision", ("take", "edit", *(f"take{digit}" for digit in range(1, 10)))),
        ("tags", ("new", "rename", "merge", "colour", "describe", "delete")),
        ("search", ("save",)), ("saved", ("rename", "edit", "delete")),
    ) for name in names
)
"""Commands that need a project that may be written."""
