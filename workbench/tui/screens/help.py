"""The help: all keys of a screen in columns by group, filtered by typing; enter runs the row.

What is listed comes from the registry, so it cannot disagree with what the keys do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual
from textual.widgets import Input, Static

from workbench.tui import commands
from workbench.tui.command import Command
from workbench.tui.commands import HelpRow
from workbench.tui.contexts import CONTEXTS
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.palette import DISABLED, works_in
from workbench.tui.widgets.bars import MUTED, one_line
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.pane import Pane, query_line

COLUMN, WIDE_COLUMN = 32, 50
"""Least cells a column, and where more is said than what keys do."""
KEYS = 14
"""Most cells that keys take of a column; longer ones push what they do to the right."""
MOUSE = {"reading": "Mouse: click a sentence, drag a range, right-click for actions"}
ANY_MOUSE = "Mouse: a click chooses, a double click opens, the wheel scrolls"

Group = tuple[str, list[HelpRow]]
Line = HelpRow | str
"""A row, a heading, or "" for an empty line."""


def columns(groups: Sequence[Group], count: int, height: int = 0) -> list[list[Line]]:
    """Lays groups into at most `count` columns, each group whole.

    They keep their order and end as high as that allows. Where this is more than `height` lines, and another
    order needs no more, the largest first are each put into the column that is shortest then.
    """
    blocks: list[list[Line]] = [["", title, *rows] for title, rows in groups]
    piles: list[list[int]] = [[] for _ in range(count)]
    for at in sorted(range(len(blocks)), key=lambda at: -len(blocks[at])):
        min(piles, key=lambda pile: sum(len(blocks[one]) for one in pile)).append(at)
    ordered = _in_order(blocks, count)
    packed = [[line for at in sorted(pile) for line in blocks[at]] for pile in sorted(map(sorted, piles))]
    best = packed if _height(packed) <= height < _height(ordered) else ordered
    return [column[1:] for column in best]


def _height(laid: Sequence[list[Line]]) -> int:
    """Lines of the highest column, but for the empty one on top."""
    return max(map(len, laid), default=0) - 1


def _in_order(blocks: Sequence[list[Line]], count: int) -> list[list[Line]]:
    lowest = max(map(len, blocks), default=0)
    for height in range(lowest, sum(map(len, blocks)) + 1):
        filled: list[list[Line]] = [[]]
        for block in blocks:
            if filled[-1] and len(filled[-1]) + len(block) > height:
                filled.append([])
            filled[-1] += block
        if len(filled) <= count:
            return filled
    return [[]]


def column_widths(laid: Sequence[list[Line]], keys: Sequence[int], room: int) -> list[int]:
    """Cells of each column: what it holds, as far as that leaves the others their share of the room."""
    widths = [
        max((width + cell_len(row.help) + 3 for row in one if isinstance(row, HelpRow)), default=1)
        for one, width in zip(laid, keys, strict=True)
    ]
    for done, at in enumerate(sorted(range(len(widths)), key=widths.__getitem__)):
        widths[at] = max(min(widths[at], room // (len(widths) - done)), 1)
        room -= widths[at]
    return [width + max(room, 0) // len(widths) for width in widths]


def reason_of(row: HelpRow, reasons: Mapping[str, str]) -> str:
    """Why none of a row's commands can be used; "" where one can."""
    if not row.commands or any(command.id not in reasons for command in row.commands):
        return ""
    return reasons[row.commands[0].id]


class KeyTable(ScrollView):
    """The columns, with a cursor row."""

    ALLOW_SELECT = False
    can_focus = False

    class Chosen(Message):
        """A row was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: Sequence[Group] = ()
        self._reasons: Mapping[str, str] = {}
        self._least = COLUMN
        self._columns: list[list[Line]] = []
        self._keys: list[int] = []
        self._widths: list[int] = []
        self._order: list[tuple[int, int]] = []
        self._at = 0

    @property
    def current(self) -> HelpRow | None:
        """The row under the cursor."""
        if not self._order:
            return None
        column, line = self._order[self._at]
        row = self._columns[column][line]
        return row if isinstance(row, HelpRow) else None

    def show(self, groups: Sequence[Group], least: int, reasons: Mapping[str, str]) -> None:
        """Lists these groups in columns of at least so many cells, the cursor on the first row.

        `reasons` says by id why a command cannot be used; rows without one that can are grey.
        """
        self._groups, self._least, self._reasons = groups, least, reasons
        self._at = 0
        self._lay_out()

    def move(self, rows: int) -> None:
        """Moves the cursor, column by column."""
        self._at = max(0, min(self._at + rows, len(self._order) - 1))
        if self._order:
            line = self._order[self._at][1]
            top = 0 if line <= 1 else line
            self.scroll_to_region(Region(0, top, 1, 1), animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        """As many columns as fit."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Chooses the row under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or not self._columns:
            return
        ends = list(accumulate(self._widths))
        there = (bisect_right(ends, offset.x), offset.y + int(self.scroll_offset.y))
        if there in self._order:
            self._at = self._order.index(there)
            self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        """Draws the same line of every column."""
        line = y + int(self.scroll_offset.y)
        cursor = self._order[self._at] if self._order else None
        parts = []
        for number, (column, width) in enumerate(zip(self._columns, self._widths, strict=True)):
            content = self._cell(column[line] if line < len(column) else "", self._keys[number], width - 2)
            if (number, line) == cursor:
                content = content.truncate(max(width - 2, 0), pad=True).stylize("on $row-cursor")
            parts.append(content.truncate(width, pad=True))
        whole = Content("").join(parts).truncate(self._width, pad=True)
        return Visual.to_strips(self, whole, self._width, 1, self.visual_style, pad=True)[0]

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _cell(self, line: Line, keys: int, width: int) -> Content:
        if isinstance(line, str):
            return Content.styled(line, "bold $primary").truncate(max(width, 0))
        shown = Content(line.shown)
        shown = shown.pad_right(max(keys - shown.cell_length, 1))
        if reason_of(line, self._reasons):
            return Content.assemble(shown, line.help).stylize(DISABLED).truncate(max(width, 0), ellipsis=True)
        return Content.assemble(shown.stylize("bold"), (line.help, MUTED)).truncate(
            max(width, 0), ellipsis=True
        )

    def _lay_out(self) -> None:
        height = self.scrollable_content_region.height
        self._columns = columns(self._groups, max(self._width // self._least, 1), height)
        shown = [[cell_len(row.shown) for row in one if isinstance(row, HelpRow)] for one in self._columns]
        self._keys = [min(max(widths, default=0) + 2, KEYS) for widths in shown]
        self._widths = column_widths(self._columns, self._keys, self._width)
        self._order = [
            (number, line)
            for number, column in enumerate(self._columns)
            for line, row in enumerate(column)
            if isinstance(row, HelpRow)
        ]
        self._at = min(self._at, max(len(self._order) - 1, 0))
        self.virtual_size = Size(0, max(map(len, self._columns), default=0))
        self.refresh()


class HelpScreen(WorkbenchDialog[str]):
    """Closes with the id of the chosen command, or None."""

    context = "help"
    shared = ""  # no help of the help

    def __init__(self, below: CommandScreen[Any]) -> None:
        super().__init__()
        self._below = below
        self._all = False
        self._reasons: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """A line to type in, the columns, and a word about the row or the mouse."""
        yield Pane(
            query_line(InertInput(placeholder="type an action or a key")),
            KeyTable(),
            Static(id="about", markup=False),
        )

    def on_mount(self) -> None:
        """Lists the keys of the screen below."""
        self._filter("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._filter(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_apply()

    @on(KeyTable.Chosen)
    def _clicked(self) -> None:
        self.action_apply()

    def action_list_move(self, rows: int) -> None:
        """Moves the cursor."""
        self.query_one(KeyTable).move(rows)
        self._show_about()

    def action_list_page(self, pages: int) -> None:
        """Moves the cursor by ten rows."""
        self.action_list_move(10 * pages)

    def action_toggle_all(self) -> None:
        """Shows the keys of all screens, or of this one again."""
        self._all = not self._all
        self._filter(self.query_one(Input).value)

    def action_apply(self) -> None:
        """Closes with the first command of the row that can be used; says why where none can."""
        row = self.query_one(KeyTable).current
        usable = [one.id for one in row.commands if one.id not in self._reasons] if row else []
        if usable:
            self.dismiss(usable[0])
        elif row:
            self.app.bell()
            self._show_about()

    def _show_about(self) -> None:
        """Why the row under the cursor cannot be used, else what the mouse does."""
        row = self.query_one(KeyTable).current
        reason = reason_of(row, self._reasons) if row else ""
        words = reason or MOUSE.get(self._below.active_context, ANY_MOUSE)
        about = self.query_one("#about", Static)
        about.update(one_line(words[:1].upper() + words[1:]).stylize("$warning" if reason else MUTED))

    def _reason(self, command: Command) -> str | None:
        if command.contexts.isdisjoint((self._below.active_context, self._below.shared)):
            return works_in(command)
        return self._below.disabled_reason(command.id)

    def _filter(self, query: str) -> None:
        groups = self._all_groups() if self._all else self._own_groups()
        rows = [(title, row) for title, several in groups for row in several]
        wanted = query.strip()
        by_key = [at for at, (_, row) in enumerate(rows) if wanted in row.shown.split()]
        found = by_key or commands.matching(query, [f"{row.help} {row.title}" for _, row in rows])
        kept = [rows[at] for at in sorted(found)]
        listed = [
            (title, [row for _, row in some]) for title, some in groupby(kept, key=lambda pair: pair[0])
        ]
        found_reasons = {one.id: self._reason(one) for _, row in rows for one in row.commands}
        self._reasons = {name: reason for name, reason in found_reasons.items() if reason}
        least = WIDE_COLUMN if self._below.help_rows() else COLUMN
        self.query_one(KeyTable).show(listed, least, self._reasons)
        self._show_about()
        place = "all screens" if self._all else CONTEXTS.get(self._below.active_context, "")
        self.query_one(Pane).set_heading(f"Help: {place}", "type to filter · ↵ runs the command")

    def _own_groups(self) -> list[Group]:
        """The screen's rows by group in the order of the table, Anywhere last; what it adds comes second."""
        keys = commands.rows(self._below.available_commands())
        groups = _by_group(keys)
        return [*groups[:1], *_by_group(self._below.help_rows()), *groups[1:]]

    def _all_groups(self) -> list[Group]:
        return [(title, commands.rows(commands.commands(context))) for context, title in CONTEXTS.items()]


def _by_group(rows: Sequence[HelpRow]) -> list[Group]:
    groups: dict[str, list[HelpRow]] = {}
    for row in rows:
        if row.shown:
            groups.setdefault(row.group, []).append(row)
    return list(groups.items())
