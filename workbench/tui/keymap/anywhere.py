"""The commands that work on every screen. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import EVERYWHERE, HERE_TOO

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
ANYWHERE_COMMANDS = (
    Command("app.search", ("/",), "search", "search everything", "Anywhere", EVERYWHERE, "search", 8),
    Command("app.palette", (":", "ctrl+p"), "commands", "commands", "Anywhere", HERE_TOO, "palette"),
    Command("app.undo", ("u", "ctrl+z"), "undo", "undo", "Anywhere", EVERYWHERE, "undo", 30, row="undo"),
    Command("app.redo", ("U", "ctrl+y"), "redo", "redo", "Anywhere", EVERYWHERE, "redo", row="undo"),
    Command("app.help", ("?", "f1"), "help", "this help", "Anywhere", HERE_TOO, "help"),
    Command("app.back", ("escape",), "back", "back", "Anywhere", EVERYWHERE, "back"),
    Command("app.close", ("q",), "close", "close, or quit", "Anywhere", EVERYWHERE, "close"),
    Command("app.theme", (), "theme", "dark or light colours", "Anywhere", EVERYWHERE, "switch_theme"),
    Command("app.themes", (), "colours", "choose a colour theme…", "Anywhere", EVERYWHERE, "choose_theme"),
    Command("app.merge", (), "merge a copy", "merge a copy…", "Anywhere", EVERYWHERE, "merge"),
    Command("app.name", ("g w",), "your name", "your name, as others see it", "Anywhere", EVERYWHERE,
            "rename_analyst"),
    Command("app.keys", (), "your keys", "your keys: the file that changes them, what is wrong in it",
            "Anywhere", EVERYWHERE, "your_keys"),
    Command("app.copy", (), "send a copy", "send a copy…", "Anywhere", EVERYWHERE, "send_copy"),
    Command("app.backups", (), "backups", "backups…", "Anywhere", EVERYWHERE, "backups"),
    Command("app.copied", (), "what was copied", "show what was copied last…", "Anywhere", EVERYWHERE,
            "show_copied"),
    Command("app.write_copied", (), "write what was copied", "write what was copied to a file…", "Anywhere",
            EVERYWHERE, "write_copied"),
    Command("app.picture", (), "picture", "save a screenshot: a picture of the screen (SVG)…", "Anywhere",
            EVERYWHERE, "save_picture"),
    Command("app.quit", (), "quit", "quit, everything is saved", "Anywhere", EVERYWHERE, "quit"),
    Command("tour.start", (), "start the tour", "start the tour, from its first step", "Anywhere", EVERYWHERE,
            "tour('start')"),
    Command("tour.next", (), "tour: next step", "tour: skip to the next step", "Anywhere", EVERYWHERE,
            "tour('next')"),
    Command("tour.end", (), "end the tour", "end the tour for good", "Anywhere", EVERYWHERE, "tour('end')"),
    Command("go.library", ("g l",), "library", "library", "Go to", EVERYWHERE, "goto('library')"),
    Command("go.reading", ("g r",), "reading", "reading room", "Go to", EVERYWHERE, "goto('reading')"),
    Command("go.tags", ("g t",), "tags", "tags", "Go to", EVERYWHERE, "goto('tags')"),
    Command("go.matrix", ("g m",), "matrix", "matrix of tags", "Go to", EVERYWHERE, "goto('matrix')"),
    Command("go.notes", ("g n",), "notes", "notes", "Go to", EVERYWHERE, "goto('notes')"),
    Command("go.saved", ("g s",), "saved", "saved searches", "Go to", EVERYWHERE, "goto('saved')"),
    Command("go.history", ("g h",), "history", "history, bin", "Go to", EVERYWHERE, "goto('history')"),
    Command("go.conflicts", ("g !",), "conflicts", "decide conflicts… (≠)", "Go to", EVERYWHERE,
            "goto('conflicts')"),
    Command("go.projects", ("g p",), "projects", "projects", "Go to", EVERYWHERE,
            "goto('projects')"),
)
