"""The commands of the library. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import LIBRARY
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
LIBRARY_COMMANDS = (
    Command("library.open", ("enter",), "read", "read (all marked)", "Library", LIBRARY, "open", 1),
    Command("library.beside", ("o",), "open beside", "open beside", "Library", LIBRARY, "open_beside", 2),
    Command("library.mark", ("space",), "mark", "mark several", "Library", LIBRARY, "mark", 3),
    Command("library.filter", ("/",), "search", "filter, search", "Library", LIBRARY, "filter", 4),
    Command("library.import", ("i",), "import", "import files", "Library", LIBRARY, "import", 5),
    Command("library.details", ("e",), "details", "edit details", "Library", LIBRARY, "details", 6),
    Command("library.read", ("r",), "mark read", "mark read, unread", "Library", LIBRARY, "mark_read"),
    Command("library.delete", ("D",), "delete", "delete article", "Library", LIBRARY, "delete"),
    Command("library.confirm", (), "confirm", "confirm what is proposed for the article", "Library", LIBRARY,
            "confirm"),
    Command("filter.open", ("enter",), "read", "read the first article", "Filter", _in("filter"), "open", 1),
    Command("filter.list", ("down", "tab"), "list", "go to the list, filtered", "Filter", _in("filter"),
            "leave_filter", 2),
    Command("filter.clear", ("escape",), "all articles", "clear the filter", "Filter", _in("filter"),
            "clear_filter", 3),
    Command("paths.accept", ("enter",), "accept", "accept", "Form", _in("paths"), "accept", 1),
    Command("paths.complete", ("tab",), "complete", "complete the path", "Form", _in("paths"), "complete", 2),
    Command("paths.cancel", ("escape",), "cancel", "cancel", "Form", _in("paths"), "cancel", 3),
)
