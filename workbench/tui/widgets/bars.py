"""The lines that frame every screen: place and facts on top, last action and keys at the bottom.

All of them show other people's words (titles, file names), so they build `Content` piece by piece; nothing is
ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from workbench.text.inert import inert
from workbench.tui import commands
from workbench.tui.commands import HelpRow

KEY_STYLE = "bold $footer-key-foreground"
MUTED = "$text-muted"
UNDECIDED = "≠"
"""Marks what has versions to be decided on, or a deletion that is contested, wherever it is shown."""
WAY_TO_DECIDE = "{go.conflicts} decides"
UNDO = "{app.undo} undo"
"""The way back from most of what is done; hints, in which commands stand for their keys."""
_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_BAR, _LEAST_BAR, _LEAST_LABEL = 20, 5, 12
"""Cells of a bar, the fewest it is worth, and those left for what is being done."""


def spread(left: Content, right: Content, width: int, least: int = 12) -> Content:
    """One line of `width` cells, `left` cut to what `right` leaves; `right` is dropped for `least` cells."""
    room = width - right.cell_length - 2 if right.cell_length else width
    if room < min(left.cell_length, least):
        room, right = width, Content("")
    left = left.truncate(max(room, 0), ellipsis=True)
    gap = width - left.cell_length - right.cell_length
    return Content.assemble(left, " " * max(gap, 0), right)


def one_line(text: str) -> Content:
    """Any text as inert content on one line."""
    return Content(inert(" ".join(text.split())))


def hinted(words: str) -> Content:
    """A hint with coloured keys in place of the commands it names: "{go.library} shows the library"."""
    parts: list[str | tuple[str, str]] = []
    for piece in words.split("{"):
        name, closed, rest = piece.partition("}")
        parts += [(commands.key(name), KEY_STYLE), rest] if closed else [piece]
    return Content.assemble(*parts)


def quoted(text: str, letters: int = 40) -> str:
    """The first words of a text in quotation marks, on one line, inert: “If anything failed …”."""
    words = inert(" ".join(text.split()))
    if len(words) > letters:
        words = f"{words[: letters - 1].rstrip(' ,;:.')}…"
    return f"“{words.strip('“”')}”"


def progress_bar(done: int, total: int, cells: int = _BAR) -> Content:
    """A bar of so many cells; nothing where there is no room for one, or `total` is unknown."""
    if not total or cells < _LEAST_BAR:
        return Content("")
    filled = min(cells * done // total, cells)
    return Content.assemble(("━" * filled, "$success"), ("┄" * (cells - filled), MUTED))


class Bar(Widget):
    """A line with something left and something right; the right side goes first when there is no room."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._left = self._right = Content("")

    def show(self, left: Content, right: Content) -> None:
        """Replaces both sides, and draws what changed."""
        before, self._left = self._left, left
        if not right.is_same(self._right):
            self._right = right
            self.refresh()
        elif not left.is_same(before):
            self.refresh(Region(0, 0, max(left.cell_length, before.cell_length), 1))

    def render(self) -> Content:
        return spread(self._left, self._right, self.size.width)


class TopBar(Bar):
    """ "northport.db ▸ Library" and facts about what is shown."""

    def show_place(self, project: str, place: str, facts: str) -> None:
        """Shows the project's file name, the place, and facts on the right."""
        left = Content.assemble(one_line(project), " ▸ ", one_line(place)) if project else one_line(place)
        self.show(left.stylize("bold"), one_line(facts).stylize(MUTED))


class StatusRow(Bar):
    """The last action with the way back from it, or how far a slow job is."""

    def show_status(self, text: str, way_back: str) -> None:
        """Shows what was done and, on the right, how to take it back."""
        self.show(one_line(text), one_line(way_back).stylize(MUTED))

    def show_busy(self, label: str, beat: int, done: int, total: int, can_stop: bool) -> None:
        """Shows a running job: a spinner, what it does, and count and bar where `total` is known.

        Where there is little room the bar gets shorter, then the label is cut.
        """
        count = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        stop = hinted("{app.back} stops") if can_stop else Content("")
        room = self.size.width - (len(count) + 5) - stop.cell_length - 2
        words = one_line(label)
        bar = progress_bar(done, total, min(_BAR, room - min(words.cell_length, _LEAST_LABEL)))
        words = words.truncate(max(room - bar.cell_length, 1), ellipsis=True)
        spin = (_SPINNER[beat % len(_SPINNER)], "$primary")
        self.show(Content.assemble(spin, " ", words, "  ", count, " ", bar), stop)


class KeyFooter(Widget):
    """The keys of the moment: as many as fit, dropped from the right. A click runs the command."""

    DEFAULT_CSS = "KeyFooter { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """An entry was clicked. `row` is that entry."""

        def __init__(self, row: HelpRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[HelpRow] = ()

    def show(self, rows: Sequence[HelpRow]) -> None:
        """Shows these entries, the most important first."""
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def render(self) -> Content:
        parts: list[str | tuple[str, str]] = []
        for row, _, _ in self._fitting():
            parts += ["  "] if parts else []
            parts += [(row.shown, KEY_STYLE), " ", (row.title, MUTED)]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Runs the entry under the mouse."""
        offset = event.get_content_offset(self)
        for row, start, end in self._fitting():
            if offset and start <= offset.x < end:
                self.post_message(self.Chosen(row))

    def _fitting(self) -> list[tuple[HelpRow, int, int]]:
        """The entries there is room for, each with its first cell and the one after its last."""
        placed = []
        at = 0
        for row in self._rows:
            end = at + Content(f"{row.shown} {row.title}").cell_length
            if end > self.size.width:
                break
            placed.append((row, at, end))
            at = end + 2
        return placed
