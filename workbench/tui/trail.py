"""Where one was in the articles: a place, the way back through places, and a place with a letter. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

_LONGEST_TRAIL = 100
_WORDS_KEPT = 200
"""Code points of the words at a mark: enough to find them again in another version of the text."""


class Place(NamedTuple):
    """A place in an article: the selected range and the offset of the first words on screen."""

    start: int
    end: int
    top: int

    @classmethod
    def from_kept(cls, kept: object) -> Place | None:
        """A place from a JSON list of three offsets; None from anything else."""
        if not (isinstance(kept, list | tuple) and len(kept) == 3):
            return None
        if not all(isinstance(offset, int) and offset >= 0 for offset in kept):
            return None
        return cls(*kept)


@dataclass
class Trail:
    """Where one has been, to go back and forward: pairs of (article, place), oldest first."""

    steps: list[tuple[str, Place]] = field(default_factory=list)
    at: int = 0
    """Index of the step one stands on after going back; len(steps) while one stands beyond the last."""

    def leave(self, article: str, place: Place) -> None:
        """Notes the place that a jump leaves; what lay ahead is forgotten."""
        del self.steps[self.at :]
        if not self.steps or self.steps[-1] != (article, place):
            self.steps.append((article, place))
        del self.steps[:-_LONGEST_TRAIL]
        self.at = len(self.steps)

    def go(
        self,
        step: int,
        here: tuple[str, Place] | None,
        is_there: Callable[[str], bool] = lambda article: True,
    ) -> tuple[str, Place] | None:
        """The place before (-1) or after (1) the one stood on; None where there is none.

        The place stood on (`here`, None in an empty room) is kept. Passed over are places whose selection is
        that of `here`, and articles that are not there any more.
        """
        now = here and (here[0], here[1][:2])
        to = self.at + step
        while 0 <= to < len(self.steps):
            article, place = self.steps[to]
            if is_there(article) and (article, place[:2]) != now:
                break
            to += step
        else:
            return None
        if here and self.at == len(self.steps):
            self.steps.append(here)
        elif here:
            self.steps[self.at] = here
        self.at = to
        return self.steps[to]


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place that has a letter.

    Attributes:
        words: how its selection begins; text_hash: of the text in which it lay at `place`.
    """

    article: str
    place: Place
    words: str
    text_hash: str

    @classmethod
    def at(cls, article: str, place: Place, text: str, text_hash: str) -> PlaceMark:
        """Marks a place in a text."""
        words = text[place.start : min(place.end, place.start + _WORDS_KEPT)]
        return cls(article, place, words, text_hash)

    @classmethod
    def from_kept(cls, kept: object) -> PlaceMark | None:
        """What `kept` gave; None from anything else."""
        match kept:
            case {"article": str(article), "place": found, "words": str(words), "text": str(text_hash)}:
                place = Place.from_kept(found)
                return cls(article, place, words, text_hash) if place else None
        return None

    @property
    def kept(self) -> dict[str, object]:
        """As JSON."""
        return {"article": self.article, "place": self.place, "words": self.words, "text": self.text_hash}

    def place_in(self, text: str) -> tuple[Place, bool]:
        """Its place in another version of the text, and whether its words stand there.

        Of several places with these words the nearest counts; where there is none, the old offsets do, held
        to the text.
        """
        start, end, top = self.place
        found = _nearest(text, self.words, start) if self.words else None
        if found is None:
            last = max(len(text) - 1, 0)
            return Place(min(start, last), min(max(end, start + 1), len(text)), min(top, last)), False
        by = found - start
        return Place(found, min(end + by, len(text)), min(max(top + by, 0), found)), True


def _nearest(text: str, words: str, near: int) -> int | None:
    """Offset of the occurrence of `words` nearest to an offset."""
    before = text.rfind(words, 0, min(near, len(text)) + len(words))
    after = text.find(words, min(near, len(text)))
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - near), default=None)
