"""Which letters stand for which place when `f` labels all that is on screen. Pure."""

from __future__ import annotations

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""


def jump_labels(near: int, far: int) -> tuple[list[str], list[str]]:
    """Labels for `near` places (in the focused pane) and `far` others: one letter near, two elsewhere.

    No label is the beginning of another. Near places that single letters do not reach have two as well; what
    two letters do not reach has none, so either list may be shorter than asked for.
    """
    size = len(LETTERS)
    first = next((n for n in range(size) if size - n >= near and n * size >= far), None)
    if first is None:
        first = next((n for n in range(size) if size - n + n * size >= near + far), size)
    singles = list(LETTERS[: size - first][:near])
    pairs = [a + b for a in LETTERS[size - first :] for b in LETTERS]
    rest = near - len(singles)
    return [*singles, *pairs[:rest]], pairs[rest : rest + far]
