"""Which tags fit what was typed: its letters in order, with or without others between them. Pure.

Fuzzier matching would be wrong here: enter must not apply a tag that does not hold what was typed, where a
new tag was meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.model import Tag


@dataclass(frozen=True, slots=True)
class Match:
    """A tag that fits, and the positions in its name of the letters that were typed."""

    tag: Tag
    letters: tuple[int, ...]


def matching_tags(typed: str, tags: Sequence[Tag], rank: Callable[[Tag], int]) -> list[Match]:
    """The tags that hold the typed letters in order, case, accents and spaces aside, best first.

    Best is a name that begins with them, then one of whose words does, then one that holds them together;
    among equals the lower `rank`, then the more used, then the name. All tags fit an empty query.
    """
    wanted = "".join(_bare(letter) for letter in typed if not letter.isspace())
    found = []
    for tag in tags:
        name = "".join(_bare(letter) for letter in tag.name)
        at = _together(wanted, name)
        letters = _in_order(wanted, name) if at is None else tuple(range(at, at + len(wanted)))
        if letters is not None:
            kind = 3 if at is None else 0 if at == 0 else 1 if _begins_word(name, at) else 2
            found.append(((kind, rank(tag), -tag.passages, tag.name), Match(tag, letters)))
    return [match for _, match in sorted(found, key=lambda pair: pair[0])]


def _together(wanted: str, name: str) -> int | None:
    """Where the letters stand together, at the begin of a word where they can; None where they do not."""
    places = [at for at in range(len(name)) if name.startswith(wanted, at)]
    return next((at for at in places if _begins_word(name, at)), next(iter(places), None))


def _in_order(wanted: str, name: str) -> tuple[int, ...] | None:
    """The first places at which the letters come one after the other; None where they do not."""
    places: list[int] = []
    for letter in wanted:
        at = name.find(letter, places[-1] + 1 if places else 0)
        if at < 0:
            return None
        places.append(at)
    return tuple(places)


def _begins_word(name: str, at: int) -> bool:
    return at == 0 or not name[at - 1].isalnum()


def _bare(letter: str) -> str:
    """A letter without case and accents: always one character, so that positions stay."""
    bare = unicodedata.normalize("NFD", letter)[0].casefold()
    return bare if len(bare) == 1 else letter
