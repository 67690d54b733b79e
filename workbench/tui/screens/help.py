"""The help: all keys of a screen in columns by group, filtered by typing; enter runs the row.

What is listed comes from the registry, so it cannot disagree with what the keys do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

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
from workbench.tui.commands import ANYWHERE, HelpRow
from workbench.tui.contexts import CONTEXTS
from workbench.tui.screens.base import WorkbenchDialog
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.widgets.bars import MUTED
from workbench.tui.widgets.inert_input import InertInput
from workbench.tui.widgets.pane import Pane, query_line

COLUMN, WIDE_COLUMN = 32, 50
"""Least cells a column, and where more is said than what keys do; keys take 14 of them."""
KEYS = 14

Group = tuple[str, list[HelpRow]]
Line = HelpRow | str
"""A row, a heading, or "" for an empty line."""


def columns(groups: Sequence[Group], count: int) -> list[list[Line]]:
    """Lays groups into at most `count` columns, in order, each group whole, as low as they go."""
    blocks: list[list[Line]] = [["", title, *rows] for title, rows in groups]
    lowest = max((len(block) for block in blocks), default=0)
    for height in range(lowest, sum(map(len, blocks)) + 1):
        filled: list[list[Line]] = [[]]
        for block in blocks:
            if filled[-1] and len(filled[-1]) + len(block) > height:
                filled.append([])
            filled[-1] += block
        if len(filled) <= count:
            return [column[1:] for column in filled]
    return []


class KeyTable(ScrollView):
    """The columns, with a cursor row."""

    ALLOW_SELECT = False
    can_focus = False

    class Chosen(Message):
        """A row was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: Sequence[Group] = ()
        self._least = COLUMN
        self._columns: list[list[Line]] = []
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

    def show(self, groups: Sequence[Group], least: int) -> None:
        """Lists these groups in columns of at least so many cells, the cursor on the first row."""
        self._groups, self._least = groups, least
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
        there = (offset.x // self._column_width, offset.y + int(self.scroll_offset.y))
        if there in self._order:
            self._at = self._order.index(there)
            self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        """Draws the same line of every column."""
        line = y + int(self.scroll_offset.y)
        width = self._column_width
        cursor = self._order[self._at] if self._order else None
        parts = []
        for number, column in enumerate(self._columns):
            content = self._cell(column[line] if line < len(column) else "", width - 2)
            if (number, line) == cursor:
                content = content.truncate(max(width - 2, 0), pad=True).stylize("on $primary 25%")
            parts.append(content.truncate(width, pad=True))
        whole = Content("").join(parts).truncate(self._width, pad=True)
        return Visual.to_strips(self, whole, self._width, 1, self.visual_style, pad=True)[0]

    @property
    def _column_width(self) -> int:
        return max(self._width // max(len(self._columns), 1), 1)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @staticmethod
    def _cell(line: Line, width: int) -> Content:
        if isinstance(line, str):
            return Content.styled(line, "bold $primary").truncate(max(width, 0))
        keys = Content.styled(line.shown, "bold")
        keys = keys.pad_right(max(KEYS - keys.cell_length, 1))
        return Content.assemble(keys, (line.help, MUTED)).truncate(max(width, 0), ellipsis=True)

    def _lay_out(self) -> None:
        self._columns = columns(self._groups, max(self._width // self._least, 1))
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

    def __init__(self, below: CommandScreen[Any]) -> None:
        super().__init__()
        self._below = below
        self._all = False

    def compose_body(self) -> ComposeResult:
        """A line to type in, the columns, a word about the mouse."""
        yield Pane(
            query_line(InertInput(placeholder="type an action or a key")),
            KeyTable(),
            Static("Mouse: click chooses, double click opens, the wheel scrolls", id="mouse", markup=False),
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

    def action_list_page(self, pages: int) -> None:
        """Moves the cursor by ten rows."""
        self.query_one(KeyTable).move(10 * pages)

    def action_toggle_all(self) -> None:
        """Shows the keys of all screens, or of this one again."""
        self._all = not self._all
        self._filter(self.query_one(Input).value)

    def action_apply(self) -> None:
        """Closes with the row's first command, where the screen below has it."""
        row = self.query_one(KeyTable).current
        if row is None:
            return
        command = next(iter(row.commands), None)
        if command is None or command.contexts.isdisjoint((self._below.active_context, ANYWHERE)):
            self.app.bell()
        else:
            self.dismiss(command.id)

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
        self.query_one(KeyTable).show(listed, WIDE_COLUMN if self._below.help_rows() else COLUMN)
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
