"""What is shown of values that no workbench writes but a stranger's file may hold: what comes nearest."""

from __future__ import annotations

import re
from calendar import monthrange

from workbench.store.verify import LATEST_WALL

_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_DAY_MS = 86_400_000


def is_date(text: str) -> bool:
    """Whether a text is a date as precise as it is known: "2023", "2023-09" or "2023-09-18"."""
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "0000":
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    return 1 <= day <= monthrange(year, month)[1]


def moment(milliseconds: int) -> int:
    """A time that every calendar and time zone can show: from 1970 to the last days of 9999."""
    return min(max(milliseconds, 0), LATEST_WALL - 2 * _DAY_MS)


def place(start: int, end: int, chars: int) -> tuple[int, int]:
    """A range of a text of `chars` code points; where it is none of it, nothing at the nearest place."""
    if 0 <= start < end <= chars:
        return start, end
    nearest = min(max(start, 0), chars)
    return nearest, nearest
