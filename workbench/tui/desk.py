"""The desk: what one person has lying open in one project, kept in their state folder, never in the file.

Pinned tags, the note being written, the articles in the panes, places and progress in texts. A desk that
cannot be read is an empty one; one that cannot be written costs a convenience, so neither is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench import config
from workbench.errors import WorkbenchError
from workbench.tui.margin_views import Margins

if TYPE_CHECKING:
    from workbench.model import Span, Tag

DIGITS = range(1, 10)
PANES = 4
"""Most articles that lie side by side."""
_RECENT_TAGS = 12
_TRAIL = 100


class Place(NamedTuple):
    """A place in an article: the selected range and the offset of the first words on screen."""

    start: int
    end: int
    top: int


class Found(NamedTuple):
    """A place that a search found, with the words it was found by, as ranges of the article (its id)."""

    article: str
    start: int
    end: int
    words: tuple[Span, ...] = ()


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
        del self.steps[:-_TRAIL]
        self.at = len(self.steps)

    def go(self, step: int, article: str, place: Place) -> tuple[str, Place] | None:
        """The place before (-1) or after (1) the one stood on, which is kept; None where there is none."""
        if not 0 <= self.at + step < len(self.steps):
            return None
        if self.at == len(self.steps):
            self.steps.append((article, place))
        else:
            self.steps[self.at] = article, place
        self.at += step
        return self.steps[self.at]


class Desk:
    """One project's desk.

    Attributes:
        pins: digit 1-9 -> tag id.
        recent_tags: ids of tags applied, the latest first; the first is what `.` repeats.
        current_note: id of the note that `a` adds to.
        panes: ids of the articles in the reading room, left to right; focused: index of the one in use.
        margins: what the margins show; paragraph_alone: whether one paragraph stands out.
        places: article id -> where one was in it.
        trail: where one has been in this session.
        query: what was searched last in this session.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Reads the desk from a file. Without one it is empty and nothing is kept."""
        self._path = path
        kept = config.read_json(path) if path else {}
        pins = _dict(kept.get("pins"), str)
        self.pins = {digit: pins[str(digit)] for digit in DIGITS if str(digit) in pins}
        self.recent_tags: list[str] = _list(kept.get("recent_tags"))
        note = kept.get("current_note")
        self.current_note: str | None = note if isinstance(note, str) else None
        self.panes: list[str] = _list(kept.get("panes"))[:PANES]
        self.focused = 0
        self.margins = Margins.from_kept(kept.get("margins"))
        self.paragraph_alone = kept.get("paragraph_alone") is True
        self.places = {
            article: Place(*place)
            for article, place in _dict(kept.get("places"), list).items()
            if len(place) == 3 and all(isinstance(offset, int) for offset in place)
        }
        self.trail = Trail()
        self.query = ""
        self._read: dict[str, float] = _dict(kept.get("read"), float)
        self._met = set(_list(kept.get("met_tags")))

    @classmethod
    def of_project(cls, project_id: str) -> Desk:
        """The desk of the project with that id, on this machine."""
        return cls(config.state_folder() / "desks" / f"{project_id}.json")

    def save(self) -> None:
        """Keeps the desk; a state folder that cannot be written is no matter."""
        if self._path is None:
            return
        kept: dict[str, Any] = {
            "pins": {str(digit): tag for digit, tag in sorted(self.pins.items())},
            "recent_tags": self.recent_tags,
            "current_note": self.current_note,
            "panes": self.panes,
            "margins": self.margins,
            "paragraph_alone": self.paragraph_alone,
            "places": self.places,
            "read": self._read,
            "met_tags": sorted(self._met),
        }
        try:
            config.write_json(self._path, kept)
        except WorkbenchError:
            return

    # Tags

    def meet(self, tags: Sequence[Tag]) -> None:
        """Pins tags not seen before to free digits, the most used first, so that digits work at once.

        A digit whose tag is gone is free. `tags` are all the tags of the project.
        """
        there = {tag.id for tag in tags}
        new = [tag for tag in tags if tag.id not in self._met and tag.id not in self.pins.values()]
        free = [digit for digit in DIGITS if self.pins.get(digit) not in there]
        for digit, tag in zip(free, sorted(new, key=lambda tag: -tag.passages), strict=False):
            self.pins[digit] = tag.id
        self._met |= there

    def pin(self, digit: int, tag: str) -> None:
        """Gives a tag a digit, alone; the tag that had it loses it."""
        self.unpin(tag)
        self.pins[digit] = tag

    def unpin(self, tag: str) -> None:
        """Takes the digit of a tag away, if it has one."""
        self.pins = {digit: other for digit, other in self.pins.items() if other != tag}

    def digit_of(self, tag: str) -> int | None:
        """The digit a tag is pinned to."""
        return next((digit for digit, other in self.pins.items() if other == tag), None)

    def applied(self, tag: str) -> None:
        """Puts a tag that was applied first among the recent ones."""
        self.recent_tags = [tag, *(other for other in self.recent_tags if other != tag)][:_RECENT_TAGS]

    # Reading

    def progress(self, article: str) -> float:
        """How far an article has been read, 0 to 1."""
        return min(max(self._read.get(article, 0.0), 0.0), 1.0)

    def reached(self, article: str, fraction: float) -> None:
        """Notes that the reading of an article came to `fraction` (0-1) of it; it never goes back."""
        self._read[article] = min(max(self.progress(article), fraction), 1.0)

    def set_read(self, article: str, read: bool) -> None:
        """Marks an article read or unread."""
        self._read[article] = 1.0 if read else 0.0


def _list(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _dict(value: object, kind: type[Any]) -> dict[str, Any]:
    """The entries of a JSON object whose values are of that kind; a whole number passes for a float."""
    if not isinstance(value, dict):
        return {}
    kinds = (int, float) if kind is float else (kind,)
    return {key: item for key, item in value.items() if isinstance(key, str) and isinstance(item, kinds)}
