"""Where the panes of the reading room lie: how many beside each other, how many below. Pure.

All sizes are cells. Between two panes lies a divider one cell thick.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from textual.geometry import Region

WIDE = 150
"""From this width on all panes lie beside each other."""
PAIRED = 100
"""From this width on two do, and the others below them."""
NARROW = 60
LOW = 16
"""Terminals narrower or lower than these show one pane at a time."""
LEAST_WIDTH = 20
LEAST_HEIGHT = 5
MOST = 4
"""Panes there can be."""
MOST_CELLS = 10_000
"""No terminal is that wide."""


def rows_of(count: int, screen_width: int, screen_height: int, height: int) -> list[int]:
    """How many panes lie in each row, top to bottom; an empty list where one pane is shown at a time.

    Args:
        count: panes there are, 1 to 4.
        screen_width, screen_height: of the terminal; height: what is left of it for the panes.
    """
    if screen_width < NARROW or screen_height < LOW:
        return [] if count > 1 else [1]
    if screen_width >= WIDE:
        return [count]
    if screen_width >= PAIRED:
        return [2, count - 2] if count > 2 else [count]
    if (height + 1) // count - 1 < LEAST_HEIGHT:
        return []
    return [1] * count


@dataclass(frozen=True, slots=True)
class Divider:
    """A divider: its place, and which one it is: after row `row`, or after pane `column` in that row."""

    region: Region
    row: int
    column: int | None


@dataclass
class Shares:
    """How the room is shared out: the weight of each row, and of each pane in each row.

    Every arrangement (how many panes in each row) has its own, so that a terminal that is made smaller and
    larger again shows the panes as they were.
    """

    rows: list[int] = field(default_factory=list)
    columns: list[list[int]] = field(default_factory=list)
    _all: dict[tuple[int, ...], tuple[list[int], list[list[int]]]] = field(default_factory=dict)

    @classmethod
    def from_kept(cls, kept: object) -> Shares:
        """What `kept` gave; what is no arrangement of up to four panes is passed over."""
        made = cls()
        for one in kept if isinstance(kept, list) else []:
            match one:
                case [[*rows], [*columns]] if _are_weights(rows) and all(map(_are_weights, columns)):
                    if len(rows) == len(columns) and sum(map(len, columns)) <= MOST:
                        made._all[tuple(map(len, columns))] = rows, columns
        return made

    @property
    def kept(self) -> list[object]:
        """As JSON: weights of rows and of columns, for each arrangement that is not the equal one."""
        weights = [one for one in self._all.values() if any(len(set(some)) > 1 for some in (one[0], *one[1]))]
        return [[rows, columns] for rows, columns in weights]

    def fit(self, counts: Sequence[int]) -> None:
        """Takes up the shares of an arrangement; all are equal in one that is new."""
        equal = [1] * len(counts), [[1] * count for count in counts]
        self.rows, self.columns = self._all.setdefault(tuple(counts), equal)

    def panes(self, width: int, height: int) -> tuple[list[Region], list[Divider]]:
        """The place of every pane, in order, and of every divider."""
        panes, dividers = [], []
        tops = _cut(self.rows, height)
        for row, (top, bottom) in enumerate(tops):
            edges = _cut(self.columns[row], width)
            panes += [Region(left, top, right - left, bottom - top) for left, right in edges]
            for column, (left, right) in enumerate(pairwise(edges)):
                dividers.append(Divider(Region(left[1], top, right[0] - left[1], bottom - top), row, column))
            if row + 1 < len(tops):
                dividers.append(Divider(Region(0, bottom, width, 1), row, None))
        return panes, dividers

    def move(self, divider: Divider, to: int, width: int, height: int) -> bool:
        """Moves a divider to a column, or row, as far as the panes at its sides allow; whether it moved."""
        across = divider.column is not None
        weights = self.columns[divider.row] if divider.column is not None else self.rows
        at = divider.column if divider.column is not None else divider.row
        edges = _cut(weights, width if across else height)
        least = LEAST_WIDTH if across else LEAST_HEIGHT
        lowest, highest = edges[at][0] + least, edges[at + 1][1] - 1 - least
        to = max(lowest, min(to, highest))
        if lowest > highest or to == edges[at][1]:
            return False
        weights[:] = [end - start for start, end in edges]
        weights[at], weights[at + 1] = to - edges[at][0], edges[at + 1][1] - to - 1
        return True

    def equalize(self) -> None:
        """Gives all rows, and all panes of a row, the same room."""
        for weights in (self.rows, *self.columns):
            weights[:] = [1] * len(weights)


def _are_weights(found: object) -> bool:
    return (
        isinstance(found, list)
        and bool(found)
        and all(type(one) is int and 0 < one < MOST_CELLS for one in found)
    )


def _cut(weights: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Cuts `size` cells by weights, one cell between two parts; for each its first cell and its end."""
    room = max(size - len(weights) + 1, len(weights))
    total, before, found = sum(weights), 0, []
    for at, weight in enumerate(weights):
        start, end = (-(-room * part // total) for part in (before, before + weight))
        found.append((start + at, end + at))
        before += weight
    return found
