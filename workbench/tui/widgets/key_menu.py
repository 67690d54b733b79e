"""A small menu over a screen: rows with their keys, at the pointer or above the footer.

It takes no focus. The app hands keys to its screen (see `WorkbenchApp.on_key`), and the screen to `take`;
what the menu has no use for closes it and acts as ever, so that it is never in the way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.widget import Widget

from workbench.tui.widgets.bars import KEY_STYLE, MUTED

_FRAME = 2
"""Cells that the frame takes in each direction; as many stand free beside the words."""
_KEPT_FREE = 2
"""Rows at the bottom of the screen, status and keys, that a menu does not cover if it need not."""


@dataclass(frozen=True, slots=True)
class MenuRow:
    """A row: its key as shown, what it does in words, and the deed; one without a deed is only read."""

    key: str
    words: Content
    run: Callable[[], Awaitable[object] | object] | None = None
    muted: bool = False


class KeyMenu(Widget):
    """Hidden until `offer` or `offer_line` is called.

    Attributes:
        rows: what it offers; empty while it is closed.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyMenu {
        layer: popup;
        position: absolute;
        display: none;
        padding: 0 1;
        background: $surface;
        border: round $border;
        border-title-style: bold;
        border-title-color: $foreground;
        border-title-background: $surface;
    }
    KeyMenu.-line {
        background: $panel;
        border: none;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[MenuRow] = ()
        self._cursor: int | None = None
        self._top = 0

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return bool(self.rows)

    def offer(self, rows: Sequence[MenuRow], at: Offset | None = None, title: str = "") -> None:
        """Opens below a place on the screen, or, without one, above the footer.

        With a place there is a cursor: arrows move it and enter runs its row.
        """
        width = max(row.words.cell_length for row in rows) + self._keys(rows) + 1
        width = max(width, Content(title).cell_length + 2)
        size = Size(width + _FRAME + 2, len(rows) + _FRAME)
        screen = self.screen.size
        room = Size(screen.width, max(screen.height - _KEPT_FREE, 3))
        place = beside(at, size, room) if at else Offset(0, max(room.height - size.height, 0))
        self.border_title = Content(title)
        self._open(rows, Region.from_offset(place, size), 0 if at else None, room)

    def offer_line(self, rows: Sequence[MenuRow], at: Offset, avoid: Region) -> None:
        """Opens as one line near a place on the screen, covering nothing of a region if it can."""
        width = sum(row.words.cell_length + len(row.key) + 1 for row in rows) + 2 * (len(rows) - 1) + 2
        size, room = Size(width, 1), self.screen.size
        self._open(rows, Region.from_offset(beside(at, size, room, avoid), size), None, room, line=True)

    def close(self) -> None:
        """Hides it."""
        if self.rows:
            self.rows = ()
            self.display = False

    def take(self, event: events.Key) -> bool:
        """Uses a key, and says whether it did. Any other closes the menu."""
        if not self.rows:
            return False
        steps = {"down": 1, "j": 1, "up": -1, "k": -1} if self._cursor is not None else {}
        if event.key in steps and self._cursor is not None:
            self._go_to((self._cursor + steps[event.key]) % len(self.rows))
        elif event.key == "enter" and self._cursor is not None:
            self._run(self._cursor)
        else:
            self.close()
            return event.key == "escape"
        return True

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press on the menu is none on the screen below."""
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The cursor follows the mouse."""
        row = self._row_at(event)
        if row is not None and self._cursor is not None:
            self._go_to(row)

    def on_click(self, event: events.Click) -> None:
        """Runs the row under the mouse."""
        event.stop()
        row = self._row_at(event)
        if row is not None and event.button == 1:
            self._run(row)

    def render(self) -> Content:
        """The rows, one a line, or all in one."""
        if self.has_class("-line"):
            return Content("  ").join(self._drawn(row, len(row.key)) for row in self.rows)
        width, keys = self.size.width, self._keys(self.rows)
        lines = []
        for at in range(self._top, min(self._top + self.size.height, len(self.rows))):
            line = self._drawn(self.rows[at], keys).truncate(width, ellipsis=True, pad=True)
            lines.append(line.stylize("$foreground on $primary 40%") if at == self._cursor else line)
        return Content("\n").join(lines)

    def _open(
        self, rows: Sequence[MenuRow], region: Region, cursor: int | None, room: Size, line: bool = False
    ) -> None:
        self.rows, self._cursor, self._top = rows, cursor, 0
        self.set_class(line, "-line")
        self.styles.offset = region.offset
        self.styles.width, self.styles.height = min(region.width, room.width), min(region.height, room.height)
        self.display = True
        self.refresh(layout=True)

    def _run(self, index: int) -> None:
        row = self.rows[index]
        if row.run:
            self.close()
            self.screen.call_later(row.run)

    def _go_to(self, index: int) -> None:
        self._cursor = index
        height = max(self.size.height, 1)
        self._top = min(max(self._top, index - height + 1), index)
        self.refresh()

    def _row_at(self, event: events.MouseEvent) -> int | None:
        place = event.get_content_offset(self)
        if place is None:
            return None
        if not self.has_class("-line"):
            row = self._top + place.y
            return row if row < len(self.rows) else None
        end = 0
        for at, row_ in enumerate(self.rows):
            end += row_.words.cell_length + len(row_.key) + 3
            if place.x < end - 2:
                return at
        return None

    @staticmethod
    def _keys(rows: Sequence[MenuRow]) -> int:
        """Cells of the longest key."""
        return max((len(row.key) for row in rows), default=0)

    @staticmethod
    def _drawn(row: MenuRow, keys: int) -> Content:
        words = row.words.stylize(MUTED) if row.muted else row.words
        return Content.assemble((row.key.ljust(keys), MUTED if row.muted else KEY_STYLE), " ", words)


def beside(at: Offset, size: Size, room: Size, avoid: Region | None = None) -> Offset:
    """Where a box opens at a place: below it, or above where there is no room, and inside the room.

    Args:
        avoid: a region whose rows it does not cover, if it can.
    """
    first, last = (avoid.y, avoid.bottom - 1) if avoid else (at.y, at.y)
    y = last + 1 if last + 1 + size.height <= room.height else first - size.height
    if y < 0:
        y = at.y + 1
    return Offset(max(min(at.x, room.width - size.width), 0), max(min(y, room.height - size.height), 0))
