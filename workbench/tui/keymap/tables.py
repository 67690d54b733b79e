"""The commands of the comparison and the matrix. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import GRIDS
from workbench.tui.contexts import within as _in

_COMPARE, _MATRIX = _in("compare"), _in("matrix")

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
TABLES = (
    Command("compare", ("C",), "compare", "compare on a tag", "Panes",
            _in("reading", "tags", "passages", "matrix"), "compare"),
    Command("cell.down", ("down", "j"), "down", "cell below", "Move", GRIDS, "cell(1, 0)", row="cell"),
    Command("cell.up", ("up", "k"), "up", "cell above", "Move", GRIDS, "cell(-1, 0)", row="cell"),
    Command("cell.right", ("right", "l"), "right", "cell to the right", "Move", GRIDS, "cell(0, 1)",
            row="cell"),
    Command("cell.left", ("left", "h"), "left", "cell to the left", "Move", GRIDS, "cell(0, -1)", row="cell"),
    Command("cell.next", ("n", "tab"), "next", "next cell with a passage", "Move", GRIDS, "next_cell(1)",
            row="filled"),
    Command("cell.previous", ("N", "shift+tab"), "previous", "cell with a passage before", "Move", GRIDS,
            "next_cell(-1)", row="filled"),
    Command("cell.page_right", (">",), "page right", "a screen to the right", "Move", GRIDS, "page_aside(1)",
            row="aside"),
    Command("cell.page_left", ("<",), "page left", "a screen to the left", "Move", GRIDS, "page_aside(-1)",
            row="aside"),
    Command("compare.open", ("enter", "o"), "open beside", "open the passage beside", "Compare", _COMPARE,
            "open", 1),
    Command("compare.pivot", ("p",), "pivot", "its passages, all tags", "Compare", _COMPARE, "pivot",
            2),
    Command("compare.turn", ("space",), "next quote", "next quote of the cell", "Compare", _COMPARE, "turn",
            3),
    Command("matrix.open", ("enter",), "passages", "passages of this cell", "Matrix", _MATRIX, "open", 1),
    Command("matrix.article", ("o",), "open article", "open the article", "Matrix", _MATRIX, "open_article"),
    Command("matrix.all", ("a",), "all, used", "all articles and tags, those in use", "Matrix", _MATRIX,
            "all", 4),
    Command("grid.sort", ("s",), "sort", "sort articles or tags", "Compare", GRIDS, "sort", 3),
)
