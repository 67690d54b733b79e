"""The commands that select, tag, write, and arrange panes. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import EVERYWHERE, PASSAGES, READING
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
SELECT = (
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

TAG = (
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
            "tags", "compare", "matrix"),
            "of_tag"),
    Command("passage.range", ("B",), "range", "give it the selected range", "Tag", READING, "set_range"),
)

WRITE = (
    Command("passage.comment", ("c",), "comment", "comment", "Write", PASSAGES, "comment", 4),
    Command("passage.note", ("a",), "→note", "add quote to note", "Write", PASSAGES, "add_to_note", 6),
    Command("passage.other_note", ("A",), "→other note", "add to another note", "Write", PASSAGES,
            "add_to_other_note"),
    Command("passage.copy", ("y",), "copy", "copy with citation", "Write", PASSAGES, "copy"),
    Command("passage.delete", ("D",), "delete", "delete the thing here", "Write", PASSAGES, "delete"),
    Command("article.read", ("r",), "mark read", "mark read, unread", "Write", READING, "mark_read"),
    Command("export", ("x",), "export", "export", "Write",
            _in("library", "reading", "notes", "note", "quotes", "tags", "compare", "matrix"), "export", 20),
)

PANES = (
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
    Command("view.margins", ("b b",), "margins", "tags shown: all, one, recent, mine, none", "Panes", READING,
            "margins"),
    Command("view.paragraph", ("b f",), "paragraph", "one paragraph stands out, or all", "Panes", READING,
            "paragraph_alone"),
    Command("pane.close", ("q",), "close", "close pane", "Panes", READING, "close_pane"),
)
