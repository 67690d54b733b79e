"""The commands that move, in lists and in texts. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import PAGED, READING, ROWED

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
READING_MOVES = (
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
    Command("move.jump", ("f",), "jump", "jump to a sentence on screen", "Move", READING, "jump('sentence')",
            7, row="jump"),
    Command("move.jump_word", ("F",), "jump", "jump to a word on screen", "Move", READING, "jump('word')",
            row="jump"),
    Command("move.top", ("g g", "home"), "top", "start of the article", "Move", READING, "top", row="ends"),
    Command("move.end", ("G", "end"), "end", "end of the article", "Move", READING, "end", row="ends"),
    Command("move.back", ("H",), "back", "back to the place before", "Move", READING, "trail(-1)",
            row="trail"),
    Command("move.forward", ("L",), "forward", "forward again", "Move", READING, "trail(1)", row="trail"),
    Command("move.marks", ("M",), "marks", "set a mark, jump to one", "Move", READING, "marks"),
    Command("move.next", ("n",), "next", "next hit or tagged passage", "Move", READING, "next(1)",
            row="next"),
    Command("move.previous", ("N",), "previous", "hit or tagged passage before", "Move", READING, "next(-1)",
            row="next"),
    Command("move.previous_article", ("(",), "article", "article before, in this pane", "Move", READING,
            "article(-1)", row="article"),
    Command("move.next_article", (")",), "article", "article after, in this pane", "Move", READING,
            "article(1)", row="article"),
)

LIST_MOVES = (
    Command("list.down", ("down", "j"), "down", "row down", "Move", ROWED, "list_move(1)", row="list"),
    Command("list.up", ("up", "k"), "up", "row up", "Move", ROWED, "list_move(-1)", row="list"),
    Command("list.page_down", ("pagedown", "ctrl+d"), "page down", "page down", "Move", ROWED | PAGED,
            "list_page(1)", row="list.page"),
    Command("list.page_up", ("pageup", "ctrl+u"), "page up", "page up", "Move", ROWED | PAGED,
            "list_page(-1)", row="list.page"),
    Command("list.top", ("g g", "home"), "top", "top", "Move", PAGED, "list_top", row="ends"),
    Command("list.end", ("G", "end"), "end", "end", "Move", PAGED, "list_end", row="ends"),
)
