"""The lines that frame every screen: place and facts on top, last action and keys at the bottom.

All of them show other people's words (titles, file names), so they build `Content` piece by piece; nothing is
ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
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


class Bar(Widget):
    """A line with something left and something right; the right side goes first when there is no room."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._left = self._right = Content("")

    def show(self, left: Content, right: Content) -> None:
        """Replaces both sides; where nothing changes nothing is drawn, on no screen of the stack."""
        if not (left.is_same(self._left) and right.is_same(self._right)):
            self._left, self._right = left, right
            self.refresh()

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

    def show_busy(self, label: str, beat: int, done: int, total: int, cancellable: bool) -> None:
        """Shows a running job: a spinner, and count and bar where `total` is known."""
        spin = _SPINNER[beat % len(_SPINNER)]
        parts: list[str | tuple[str, str]] = [(spin, "$primary"), f" {label}"]
        if total:
            filled = min(20 * done // total, 20)
            parts += [f" {done:,} of {total:,} ", ("━" * filled, "$success"), ("┄" * (20 - filled), MUTED)]
        elif done:
            parts.append(f" {done:,}")
        way_out = f"{commands.key('app.back')} cancels" if cancellable else ""
        self.show(Content.assemble(*parts), Content.styled(way_out, MUTED))


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
