"""What Python and the C library do with memory, where a great many small or some very big things are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import CDLL


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Pauses the search for reference cycles: a quarter of the time of a merge or a bulk annotation."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back_memory() -> None:
    """Hands freed memory back to the system, where the C library would keep it for itself (glibc)."""
    with suppress(OSError, AttributeError, TypeError):
        CDLL(None).malloc_trim(0)
