"""The table of all commands: what each is called, its keys, where it works. Data only.

A user's keymap file changes keys by command id. Left out on purpose: alt chords (escape and a letter
arrive as one), ctrl+i, ctrl+m and ctrl+h (tab, enter and backspace in disguise), and characters that many
keyboards make with AltGr or dead keys.
"""

from __future__ import annotations

from workbench.tui.commands import Command
from workbench.tui.contexts import (
    EVERYWHERE,
    FORMS,
    LIBRARY,
    NOTE,
    PAGED,
    PASSAGES,
    PICKERS,
    READING,
    ROWED,
    TYPED,
)
from workbench.tui.contexts import within as _in
from workbench.tui.keymap_search import SEARCH

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
_LIBRARY = (
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

_LIST_MOVES = (
    Command("list.down", ("down", "j"), "down", "row down", "Move", ROWED, "list_move(1)", row="list"),
    Command("list.up", ("up", "k"), "up", "row up", "Move", ROWED, "list_move(-1)", row="list"),
    Command("list.page_down", ("pagedown", "ctrl+d"), "page down", "page down", "Move", ROWED | PAGED,
            "list_page(1)", row="list.page"),
    Command("list.page_up", ("pageup", "ctrl+u"), "page up", "page up", "Move", ROWED | PAGED,
            "list_page(-1)", row="list.page"),
    Command("list.top", ("g g", "home"), "top", "top", "Move", PAGED, "list_top", row="ends"),
    Command("list.end", ("G", "end"), "end", "end", "Move", PAGED, "list_end", row="ends"),
)

_READING_MOVES = (
    Command("move.down", ("down", "j"), "down", "next sentence", "Move", READING, "sentence(1)",
            row="sentence"),
    Command("move.up", ("up", "k"), "up", "sentence before", "Move", READING, "sentence(-1)", row="sentence"),
    Command("move.right", ("right", "l"), "right", "next word", "Move", READING, "word(1)", row="word"),
    Command("move.left", ("left", "h"), "left", "word before", "Move", READING, "word(-1)", row="word"),
    Command("move.next_paragraph", ("J",), "paragraph", "next paragraph", "Move", READING, "paragraph(1)",
            row="paragraph"),
    Command("move.previous_paragraph", ("K",), "paragraph", "paragraph before", "Move", READING,
            "paragraph(-1)", row="paragraph"),
    Command("move.page_down", ("space", "pagedown"), "page down", "page down", "Move", READING, "page(1)",
            row="page"),
    Command("move.page_up", ("pageup",), "page up", "page up", "Move", READING, "page(-1)", row="page"),
    Command("move.half_down", ("ctrl+d",), "half down", "half a page down", "Move", READING, "half_page(1)",
            row="half"),
    Command("move.half_up", ("ctrl+u",), "half up", "half a page up", "Move", READING, "half_page(-1)",
            row="half"),
    Command("move.jump", ("f",), "jump", "jump to sentence", "Move", READING, "jump", 7),
    Command("move.top", ("g g", "home"), "top", "start of the article", "Move", READING, "top", row="ends"),
    Command("move.end", ("G", "end"), "end", "end of the article", "Move", READING, "end", row="ends"),
    Command("move.back", ("H",), "back", "back to the place before", "Move", READING, "trail(-1)",
            row="trail"),
    Command("move.forward", ("L",), "forward", "forward again", "Move", READING, "trail(1)", row="trail"),
    Command("move.next", ("n",), "next", "next hit or tagged passage", "Move", READING, "next(1)",
            row="next"),
    Command("move.previous", ("N",), "previous", "hit or tagged passage before", "Move", READING, "next(-1)",
            row="next"),
    Command("move.previous_article", ("(",), "article", "article before, in this pane", "Move", READING,
            "article(-1)", row="article"),
    Command("move.next_article", (")",), "article", "article after, in this pane", "Move", READING,
            "article(1)", row="article"),
)

_SELECT = (
    Command("select.extend", ("v",), "extend", "extend on, off", "Select", READING, "extend", 10),
    Command("select.down", ("shift+down",), "extend", "extend by a sentence", "Select", READING,
            "extend_sentence(1)", row="extend"),
    Command("select.up", ("shift+up",), "extend", "extend back by a sentence", "Select", READING,
            "extend_sentence(-1)", row="extend"),
    Command("select.right", ("shift+right",), "extend", "extend by a word", "Select", READING,
            "extend_word(1)", row="extend"),
    Command("select.left", ("shift+left",), "extend", "extend back by a word", "Select", READING,
            "extend_word(-1)", row="extend"),
    Command("select.grow", ("e",), "grow", "grow the selection", "Select", READING, "grow", 11, row="grow"),
    Command("select.shrink", ("E",), "shrink", "shrink the selection", "Select", READING, "shrink",
            row="grow"),
    Command("select.word", ("w",), "word", "select the word", "Select", READING, "select('word')",
            row="unit"),
    Command("select.sentence", ("s",), "sentence", "select the sentence", "Select", READING,
            "select('sentence')", row="unit"),
    Command("select.paragraph", ("p",), "paragraph", "select the paragraph", "Select", READING,
            "select('paragraph')", row="unit"),
    Command("select.quoted", ("Q",), "quoted", "quoted speech", "Select", READING, "select('quoted')"),
)

_TAG = (
    Command("passage.tag", ("t",), "tag", "pick or create a tag", "Tag", PASSAGES, "tag", 1),
    *(
        Command(f"passage.pinned{n}", (str(n),), f"pinned {n}", f"apply pinned tag {n}", "Tag", READING,
                f"pinned({n})", 2, row="pinned")
        for n in range(1, 10)
    ),
    Command("passage.pins", ("0",), "pins", "edit pinned tags", "Tag", READING, "pins"),
    Command("passage.repeat", (".",), "repeat", "repeat last tag", "Tag", READING, "repeat", 3),
    Command("passage.untag", ("d",), "untag", "remove a tag", "Tag", PASSAGES, "untag"),
    Command("passage.overlaps", ("o",), "overlaps", "overlapping tags", "Tag", READING, "overlaps"),
    Command("passage.of_tag", ("T",), "passages", "passages of this tag", "Tag", _in("reading", "hits",
            "tags"),
            "of_tag"),
    Command("passage.range", ("B",), "range", "give it the selected range", "Tag", READING, "set_range"),
)

_WRITE = (
    Command("passage.comment", ("c",), "comment", "comment", "Write", PASSAGES, "comment", 4),
    Command("passage.note", ("a",), "→note", "add quote to note", "Write", PASSAGES, "add_to_note", 6),
    Command("passage.other_note", ("A",), "→other note", "add to another note", "Write", PASSAGES,
            "add_to_other_note"),
    Command("passage.copy", ("y",), "copy", "copy with citation", "Write", PASSAGES, "copy"),
    Command("passage.delete", ("D",), "delete", "delete the thing here", "Write", PASSAGES, "delete"),
    Command("article.read", ("r",), "mark read", "mark read, unread", "Write", READING, "mark_read"),
    Command("export", ("x",), "export", "export", "Write",
            _in("library", "reading", "notes", "note", "quotes", "tags"), "export", 20),
)

_PANES = (
    Command("pane.next", ("tab",), "pane", "next pane", "Panes", EVERYWHERE, "next_pane(1)", 40,
            row="panes"),
    Command("pane.previous", ("shift+tab",), "pane", "previous pane", "Panes", EVERYWHERE, "next_pane(-1)",
            row="panes"),
    Command("pane.narrower", ("<",), "narrower", "divider to the left", "Panes", READING, "resize(-1)",
            row="resize"),
    Command("pane.wider", (">",), "wider", "divider to the right", "Panes", READING, "resize(1)",
            row="resize"),
    Command("pane.zoom", ("z",), "zoom", "zoom", "Panes", READING, "zoom"),
    Command("pane.measure_wider", ("+",), "measure", "wider text", "Panes", READING, "measure(2)",
            row="measure"),
    Command("pane.measure_narrower", ("-",), "measure", "narrower text", "Panes", READING, "measure(-2)",
            row="measure"),
    Command("pane.close", ("q",), "close", "close pane", "Panes", READING, "close_pane"),
)

_NOTES = (
    Command("notes.open", ("enter",), "open", "read the note", "Notes", _in("notes"), "open", 1),
    Command("notes.new", ("n",), "new", "write a new note", "Notes", _in("notes"), "new", 2),
    Command("notes.rename", ("r",), "rename", "change the title", "Notes", _in("notes"), "rename", 3),
    Command("notes.current", ("c", "."), "make current", "make it current", "Notes", _in("notes"),
            "make_current", 4),
    Command("notes.delete", ("D",), "delete", "delete the note", "Notes", _in("notes"), "delete", 5),
    Command("note.open", ("enter",), "source", "source beside", "Note", _in("note", "quotes"),
            "open", 1),
    Command("note.edit", ("e",), "edit", "edit the text", "Note", _in("note", "quotes"), "edit", 2),
    Command("note.next", ("down", "j"), "citation", "next citation", "Note", _in("note"), "citation(1)",
            row="citation"),
    Command("note.previous", ("up", "k"), "citation", "citation before", "Note", _in("note"), "citation(-1)",
            row="citation"),
    Command("note.reading", ("o",), "reading room", "in reading room", "Note", NOTE,
            "open_reading", 3),
    Command("note.rename", ("r",), "rename", "change the title", "Note", _in("note"), "rename", 4),
    Command("note.current", ("c", "."), "make current", "make it current", "Note", _in("note"),
            "make_current"),
    Command("note.copy", ("y",), "copy", "copy the quotation", "Note", _in("note", "quotes"), "copy"),
    Command("note.delete", ("D",), "delete", "delete the note", "Note", _in("note"), "delete"),
    Command("quotes.remove", ("D",), "take off", "take uncited off", "Note", _in("quotes"),
            "remove_quote", 4),
    Command("source.next", ("down", "j"), "sentence", "next sentence", "Note", _in("source"), "sentence(1)",
            row="sentence"),
    Command("source.previous", ("up", "k"), "sentence", "sentence before", "Note", _in("source"),
            "sentence(-1)", row="sentence"),
    Command("source.leave", ("escape", "q"), "close source", "back to the note", "Note", _in("source"),
            "close_source", 1),
    Command("editor.leave", ("escape",), "read mode", "read mode, saved", "Editor", _in("editor"),
            "leave", 1),
    Command("editor.quote", ("ctrl+r",), "insert quote", "insert a quotation", "Editor", _in("editor"),
            "insert_quote", 2),
    Command("editor.undo", ("ctrl+z",), "undo", "undo typing", "Editor", _in("editor"), "undo_typing", 3),
    Command("editor.redo", ("ctrl+y",), "redo", "redo typing", "Editor", _in("editor"), "redo_typing", 4),
    Command("editor.indent", ("tab",), "indent", "four spaces", "Editor", _in("editor"), "indent"),
)

_TAGS = (
    Command("tags.open", ("enter",), "passages", "passages of this tag", "Tags", _in("tags"), "open", 1),
    Command("tags.new", ("n",), "new", "make a tag", "Tags", _in("tags"), "new", 2),
    Command("tags.rename", ("r",), "rename", "rename, nest with /", "Tags", _in("tags"), "rename", 3),
    Command("tags.merge", ("m",), "merge", "merge into another tag", "Tags", _in("tags"), "merge", 4),
    Command("tags.colour", ("c",), "colour", "choose a colour", "Tags", _in("tags"), "colour", 5),
    Command("tags.describe", ("e",), "describe", "write what it means", "Tags", _in("tags"), "describe", 6),
    Command("tags.delete", ("D",), "delete", "delete the tag", "Tags", _in("tags"), "delete", 7),
    *(
        Command(f"tags.pin{n}", (str(n),), f"pin to {n}", f"pin the tag to {n}, or unpin it", "Tags",
                _in("tags"), f"pin({n})", 8, row="pin")
        for n in range(1, 10)
    ),
)

_PROJECTS = (
    Command("projects.open", ("enter",), "open", "open this project", "Projects", _in("projects"), "open", 1),
    Command("projects.new", ("n",), "new", "make a new project", "Projects", _in("projects"), "new", 2),
    Command("projects.other", ("o",), "other file", "open another file", "Projects", _in("projects"),
            "open_other", 3),
    Command("projects.rename", ("r",), "title", "change this project's title", "Projects", _in("projects"),
            "rename", 4),
    Command("projects.merge", ("m",), "merge", "merge a copy into this project", "Projects", _in("projects"),
            "merge", 5),
    Command("merge.accept", ("enter",), "merge", "merge it", "Projects", _in("merge"), "accept", 1),
    Command("merge.cancel", ("escape",), "leave all as it is", "merge nothing", "Projects", _in("merge"),
            "cancel", 2),
    Command("merge.down", ("down", "pagedown"), "scroll", "scroll", "Projects", _in("merge"), "scroll(1)"),
    Command("merge.up", ("up", "pageup"), "scroll", "scroll", "Projects", _in("merge"), "scroll(-1)"),
)

_HISTORY = (
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

_CONFLICTS = (
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
    Command("contested.cancel", ("escape",), "decide later", "decide nothing", "Conflicts",
            _in("contested"), "cancel", 3),
    Command("union.done", ("escape", "ctrl+s"), "done", "take this text", "Form", _in("union"), "accept", 1),
    Command("union.discard", ("ctrl+g",), "decide later", "leave, deciding nothing", "Form", _in("union"),
            "cancel", 2),
)

_DIALOGS = (
    Command("pick.apply", ("enter",), "choose", "take this row", "Choose", PICKERS, "apply", 1),
    Command("pick.stay", ("tab",), "apply and stay", "apply and keep picking", "Choose", _in("picker"),
            "stay", 2),
    Command("pick.remove_last", ("backspace",), "on empty: remove last", "remove the tag applied last",
            "Choose", _in("picker"), "remove_last", 4),
    Command("overlaps.remove", ("d",), "remove tag", "remove this tag alone", "Choose", _in("overlaps"),
            "remove", 2),
    Command("pins.close", ("escape", "enter"), "close", "close", "Choose", _in("pins"), "cancel", 9),
    Command("help.all", ("tab",), "all keys / this screen", "all keys, this screen", "Choose", _in("help"),
            "toggle_all", 2),
    Command("pick.down", ("down",), "down", "row down", "Choose", TYPED, "list_move(1)", 3, row="pick"),
    Command("pick.up", ("up",), "up", "row up", "Choose", TYPED, "list_move(-1)", 3, row="pick"),
    Command("pick.page_down", ("pagedown",), "page", "page down", "Choose", TYPED, "list_page(1)"),
    Command("pick.page_up", ("pageup",), "page", "page up", "Choose", TYPED, "list_page(-1)"),
    Command("pick.cancel", ("escape",), "close", "close", "Choose", PICKERS, "cancel", 9),
    Command("prompt.accept", ("enter",), "accept", "accept", "Form", _in("prompt"), "accept", 1),
    Command("prompt.cancel", ("escape",), "cancel", "cancel", "Form", _in("prompt"), "cancel", 2),
    Command("write.done", ("escape", "ctrl+s"), "done, saved", "leave, the text is saved", "Form",
            _in("write"),
            "accept", 1),
    Command("export.write", ("enter",), "write", "write the file", "Form", _in("export"), "write", 1),
    Command("export.overwrite", ("ctrl+o",), "overwrite", "replace the file", "Form",
            _in("export"), "overwrite", 2),
    Command("export.cancel", ("escape",), "cancel", "write nothing", "Form", _in("export"), "cancel", 3),
    Command("form.save", ("ctrl+s",), "save", "save", "Form", _in("form"), "save", 1),
    Command("form.leave", ("escape",), "save and leave", "save what changed and leave", "Form", _in("form"),
            "leave", 2),
    Command("form.discard", ("ctrl+g",), "discard", "leave without saving", "Form", _in("form"), "discard",
            3),
    Command("form.turn", ("right", "space"), "turn", "next choice", "Form", FORMS, "choice(1)"),
    Command("form.turn_back", ("left",), "turn back", "choice before", "Form", FORMS, "choice(-1)"),
    Command("form.next", ("down",), "next field", "next field", "Form", FORMS, "next_pane(1)"),
    Command("form.previous", ("up",), "field before", "field before", "Form", FORMS, "next_pane(-1)"),
    Command("form.tab", ("tab",), "next field", "next field", "Form", FORMS, "next_pane(1)", 4),
    Command("form.back_tab", ("shift+tab",), "field before", "field before", "Form", FORMS,
            "next_pane(-1)"),
)

_ANYWHERE = (
    Command("app.search", ("/",), "search", "search everything", "Anywhere", EVERYWHERE, "search", 8),
    Command("app.palette", (":", "ctrl+p"), "commands", "commands", "Anywhere", EVERYWHERE, "palette"),
    Command("app.undo", ("u", "ctrl+z"), "undo", "undo", "Anywhere", EVERYWHERE, "undo", 30, row="undo"),
    Command("app.redo", ("U", "ctrl+y"), "redo", "redo", "Anywhere", EVERYWHERE, "redo", row="undo"),
    Command("app.help", ("?", "f1"), "help", "this help", "Anywhere", EVERYWHERE, "help"),
    Command("app.back", ("escape",), "back", "back", "Anywhere", EVERYWHERE, "back"),
    Command("app.close", ("q",), "close", "close, or quit", "Anywhere", EVERYWHERE, "close"),
    Command("app.theme", (), "theme", "dark or light colours", "Anywhere", EVERYWHERE, "switch_theme"),
    Command("app.merge", (), "merge a copy", "merge a copy…", "Anywhere", EVERYWHERE, "merge"),
    Command("app.name", ("g w",), "your name", "your name, as others see it", "Anywhere", EVERYWHERE,
            "rename_analyst"),
    Command("app.copy", (), "send a copy", "send a copy…", "Anywhere", EVERYWHERE, "send_copy"),
    Command("app.backups", (), "backups", "backups…", "Anywhere", EVERYWHERE, "backups"),
    Command("app.quit", (), "quit", "quit, everything is saved", "Anywhere", EVERYWHERE, "quit"),
    Command("go.library", ("g l",), "library", "library", "Go to", EVERYWHERE, "goto('library')"),
    Command("go.reading", ("g r",), "reading", "reading room", "Go to", EVERYWHERE, "goto('reading')"),
    Command("go.tags", ("g t",), "tags", "tags", "Go to", EVERYWHERE, "goto('tags')"),
    Command("go.notes", ("g n",), "notes", "notes", "Go to", EVERYWHERE, "goto('notes')"),
    Command("go.saved", ("g s",), "saved", "saved searches", "Go to", EVERYWHERE, "goto('saved')"),
    Command("go.history", ("g h",), "history", "history, bin", "Go to", EVERYWHERE, "goto('history')"),
    Command("go.conflicts", ("g !",), "conflicts", "decide conflicts… (≠)", "Go to", EVERYWHERE,
            "goto('conflicts')"),
    Command("go.projects", ("g p",), "projects", "projects", "Go to", EVERYWHERE,
            "goto('projects')"),
)

COMMANDS: tuple[Command, ...] = (
    *_LIBRARY,
    *_READING_MOVES,
    *_LIST_MOVES,
    *_SELECT,
    *_TAG,
    *_WRITE,
    *_PANES,
    *SEARCH,
    *_NOTES,
    *_TAGS,
    *_PROJECTS,
    *_HISTORY,
    *_CONFLICTS,
    *_DIALOGS,
    *_ANYWHERE,
)
"""Every command, in the order in which help and palette list them."""

WRITING = frozenset(
    f"{place}.{name}" for place, names in (
        ("history", ("revert",)), ("bin", ("restore",)),
        ("library", ("import", "details", "confirm", "delete")), ("app", ("merge",)),
        ("projects", ("rename", "merge")), ("contested", ("keep", "delete")),
        ("passage", ("tag", "repeat", "untag", "range", "comment", "note", "other_note", "delete")),
        ("passage", (f"pinned{digit}" for digit in range(1, 10))), ("quotes", ("remove",)),
        ("notes", ("new", "rename", "delete")), ("note", ("edit", "rename", "delete")),
        ("decision", ("take", "edit", *(f"take{digit}" for digit in range(1, 10)))),
        ("tags", ("new", "rename", "merge", "colour", "describe", "delete")),
        ("search", ("save",)), ("saved", ("rename", "edit", "delete")),
    ) for name in names
)
"""Commands that need a project that may be written."""
