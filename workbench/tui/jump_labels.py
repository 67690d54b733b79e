"""Which letters stand for which place when `f` or `F` labels all that is on screen. Pure."""

from __future__ import annotations

from itertools import product

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""
ALL = LETTERS + LETTERS.upper()
"""What labels are made of where small letters are too few."""


def jump_labels(near: int, far: int) -> tuple[list[str], list[str]]:
    """Labels for `near` places (in the focused pane) and `far` others: one letter near, two elsewhere.

    No label is the beginning of another. Where there are more near places than letters, theirs have two as
    well. Capitals come in last. What two letters do not reach has none: a list may be shorter than asked.
    """
    singles = LETTERS[:near] if near <= len(LETTERS) else ""
    wanted = far if len(singles) == near else near + far
    taken = len(singles)
    small = [*map("".join, product(LETTERS[taken:], LETTERS))]
    pairs = small
    if len(small) < wanted:
        others = map("".join, product(ALL[taken:], ALL))
        pairs = [*small, *(pair for pair in others if not pair.islower())]
    if taken == near:
        return list(singles), pairs[:far]
    return pairs[:near], pairs[near : near + far]
