"""The commands of projects, merging, history, bin and decisions. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
PROJECTS = (
    Command("projects.open", ("enter",), "open", "open this project", "Projects", _in("projects"), "open", 1),
    Command("projects.new", ("n",), "new", "make a new project", "Projects", _in("projects"), "new", 2),
    Command("projects.other", ("o",), "other file", "open another file", "Projects", _in("projects"),
            "open_other", 3),
    Command("projects.rename", ("r",), "title", "change this project's title", "Projects", _in("projects"),
            "rename", 4),
    Command("projects.merge", ("m",), "merge", "merge a copy into this project", "Projects", _in("projects"),
            "merge", 5),
    Command("merge.accept", ("enter",), "merge", "merge it", "Projects", _in("merge"), "accept", 1),
    Command("merge.cancel", ("escape", "q"), "leave all as it is", "merge nothing", "Projects", _in("merge"),
            "cancel", 2),
    Command("merge.down", ("down", "pagedown"), "scroll", "scroll", "Projects", _in("merge"), "scroll(1)"),
    Command("merge.up", ("up", "pageup"), "scroll", "scroll", "Projects", _in("merge"), "scroll(-1)"),
)

HISTORY = (
    Command("history.open", ("enter",), "show", "show what it was about", "History", _in("history"), "open",
            1),
    Command("history.revert", ("r",), "take back", "take back this one step", "History", _in("history"),
            "revert", 2),
    Command("history.person", ("p",), "person", "steps of one person", "History", _in("history"), "person",
            3),
    Command("history.article", ("a",), "this article", "steps on this article, on all", "History",
            _in("history"), "only_article", 4),
    Command("history.filter", ("f",), "filter", "filter by words", "History", _in("history", "bin"), "filter",
            5),
    Command("history.bin", ("tab",), "bin", "what was deleted", "History", _in("history"), "bin", 6),
    Command("history.backups", ("b",), "backups", "backups, to a new file", "History", _in("history", "bin"),
            "backups", 7),
    Command("bin.restore", ("enter", "r"), "restore", "bring it back", "History", _in("bin"), "restore", 1),
    Command("bin.history", ("tab",), "history", "back to the steps", "History", _in("bin"), "steps", 6),
    Command("steps.list", ("enter", "down", "tab"), "list", "go to the list, filtered", "History",
            _in("steps_filter"), "leave_filter", 1),
    Command("steps.clear", ("escape",), "all steps", "clear the filter", "History", _in("steps_filter"),
            "clear_filter", 2),
    Command("history.of_this", (), "its history", "history of this article, note or tag", "History",
            _in("library", "reading", "notes", "note", "tags"), "history_of_this"),
)

CONFLICTS = (
    Command("conflicts.open", ("enter",), "decide", "see the versions and decide", "Conflicts",
            _in("conflicts"), "open", 1),
    *(
        Command(f"decision.take{n}", (str(n),), f"take {n}", f"take version {n}", "Conflicts",
                _in("decision"), f"take({n})", 1, row="take")
        for n in range(1, 10)
    ),
    Command("decision.take", ("enter",), "take the chosen", "take the chosen version", "Conflicts",
            _in("decision"), "take_chosen", 2),
    Command("decision.edit", ("e",), "edit", "write one of all versions", "Conflicts", _in("decision"),
            "edit", 3),
    Command("decision.next", ("right", "l"), "version", "next version", "Conflicts", _in("decision"),
            "choose(1)", 4, row="version"),
    Command("decision.previous", ("left", "h"), "version", "version before", "Conflicts", _in("decision"),
            "choose(-1)", 4, row="version"),
    Command("decision.down", ("down", "j"), "down", "line down", "Move", _in("decision"), "scroll(1)",
            row="scroll"),
    Command("decision.up", ("up", "k"), "up", "line up", "Move", _in("decision"), "scroll(-1)",
            row="scroll"),
    Command("contested.keep", ("k",), "keep", "keep it", "Conflicts", _in("contested"), "keep", 1),
    Command("contested.delete", ("D",), "delete", "delete it", "Conflicts", _in("contested"), "delete", 2),
    Command("contested.cancel", ("escape", "q"), "decide later", "decide nothing", "Conflicts",
            _in("contested"), "cancel", 3),
    Command("union.done", ("escape", "ctrl+s"), "done", "take this text", "Form", _in("union"), "accept", 1),
    Command("union.discard", ("ctrl+g",), "decide later", "leave, deciding nothing", "Form", _in("union"),
            "cancel", 2),
)
