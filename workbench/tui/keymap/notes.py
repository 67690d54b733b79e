"""The commands of notes and their editor. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import NOTE
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
NOTES = (
    Command("notes.open", ("enter",), "open", "read the note", "Notes", _in("notes"), "open", 1),
    Command("notes.new", ("n",), "new", "write a new note", "Notes", _in("notes"), "new", 2),
    Command("notes.rename", ("r",), "rename", "change the title", "Notes", _in("notes"), "rename", 3),
    Command("notes.current", ("c", "."), "make current", "make it current", "Notes", _in("notes"),
            "make_current", 4),
    Command("notes.delete", ("D",), "delete", "delete the note", "Notes", _in("notes"), "delete", 5),
    Command("note.open", ("enter",), "source", "source beside", "Note", _in("note", "quotes"),
            "open", 1),
    Command("note.edit", ("e",), "edit", "edit the text", "Note", _in("note", "quotes"), "edit", 2),
    Command("note.outside", ("E",), "your editor", "edit in your own editor", "Note", _in("note", "quotes"),
            "edit_outside"),
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
    Command("editor.outside", ("ctrl+o",), "your editor", "go on in your own editor", "Editor",
            _in("editor"), "edit_outside", 5),
    Command("editor.paste", ("ctrl+v",), "paste", "paste what was copied", "Editor", _in("editor"), "paste"),
    Command("editor.indent", ("tab",), "indent", "four spaces", "Editor", _in("editor"), "indent"),
)
