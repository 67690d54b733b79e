"""The commands of boxes over a screen: pickers, forms, questions. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.commands import Command
from workbench.tui.contexts import FORMS, PICKERS, TYPED
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
DIALOGS = (
    Command("pick.apply", ("enter",), "choose", "take this row", "Choose", PICKERS, "apply", 1),
    Command("help.run", ("enter",), "run", "run this command", "Choose", _in("help", "palette"), "apply", 1),
    Command("pick.stay", ("tab",), "apply and stay", "apply and keep picking", "Choose", _in("picker"),
            "stay", 2),
    Command("pick.remove_last", ("backspace",), "on empty: remove last", "remove the tag applied last",
            "Choose", _in("picker"), "remove_last", 5),
    Command("overlaps.remove", ("d",), "remove tag", "remove this tag alone", "Choose", _in("overlaps"),
            "remove", 2),
    Command("pins.close", ("escape", "enter", "q"), "close", "close", "Choose", _in("pins"), "cancel", 9),
    Command("help.all", ("tab",), "all keys / this screen", "all keys, this screen", "Choose", _in("help"),
            "toggle_all", 2),
    Command("pick.down", ("down",), "down", "row down", "Choose", TYPED, "list_move(1)", 4, row="pick"),
    Command("pick.up", ("up",), "up", "row up", "Choose", TYPED, "list_move(-1)", 4, row="pick"),
    Command("pick.page_down", ("pagedown",), "page", "page down", "Choose", TYPED, "list_page(1)"),
    Command("pick.page_up", ("pageup",), "page", "page up", "Choose", TYPED, "list_page(-1)"),
    Command("pick.cancel", ("escape",), "close", "close", "Choose", PICKERS, "cancel", 3),
    Command("menu.close", ("q",), "close", "close", "Choose", _in("menu", "overlaps"), "cancel"),
    Command("help.close", ("escape", "f1"), "close", "close", "Choose", _in("help"), "cancel", 3),
    Command("palette.close", ("escape", "ctrl+p"), "close", "close", "Choose", _in("palette"), "cancel", 3),
    Command("keys.read", ("enter", "r"), "read it again", "read the file again", "Your keys", _in("keys"),
            "read_keys", 1),
    Command("keys.write", ("w",), "write a file", "write a file of all keys, to change", "Your keys",
            _in("keys"), "write_keys", 2),
    Command("keys.close", ("escape", "q"), "close", "close", "Your keys", _in("keys"), "cancel", 9),
    Command("prompt.accept", ("enter",), "accept", "accept", "Form", _in("prompt"), "accept", 1),
    Command("prompt.cancel", ("escape",), "cancel", "cancel", "Form", _in("prompt"), "cancel", 2),
    Command("write.done", ("escape", "ctrl+s"), "done, saved", "leave, the text is saved", "Form",
            _in("write"),
            "accept", 1),
    Command("write.outside", ("ctrl+o",), "your editor", "go on in your own editor", "Form", _in("write"),
            "edit_outside", 3),
    Command("write.paste", ("ctrl+v",), "paste", "paste what was copied", "Form", _in("write"), "paste"),
    Command("copied.write", ("enter",), "write to a file", "write it to a file…", "Form", _in("copied"),
            "write", 1),
    Command("copied.close", ("escape", "q"), "close", "close", "Form", _in("copied"), "cancel", 2),
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
