"""How long work says how far it is, and is stopped on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[int, int], object]
"""Told how much is done, and of how much (0 while that is not known). It may raise to stop the work, which
then leaves no trace. Once all is said to be done, what was prepared is written, and nothing stops it."""
EVERY = 50
"""Things between two tellings, where each takes little."""


def telling(things: Iterable[T], total: int, progress: Progress | None, *, every: int = EVERY) -> Iterator[T]:
    """The things one after the other; `progress` hears of it now and then, and when all `total` are done."""
    for done, thing in enumerate(things):
        if progress and done % every == 0:
            progress(done, total)
        yield thing
    if progress:
        progress(total, total)
