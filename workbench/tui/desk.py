"""The desk: what one person has lying open in one project, kept in their state folder, never in the file.

Pinned tags, the note being written, the articles in the panes and how the panes share the room, places, marks
and progress in texts. A desk that cannot be read is an empty one; one that cannot be written costs a
convenience, so neither is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from workbench import config
from workbench.errors import WorkbenchError
from workbench.tui.margin_views import Margins
from workbench.tui.pane_layout import MOST, Shares
from workbench.tui.reading_progress import Progress
from workbench.tui.trail import Place, PlaceMark, Trail

if TYPE_CHECKING:
    from workbench.model import Span, Tag

T = TypeVar("T")

DIGITS = range(1, 10)
PANES = MOST
"""Most articles that lie side by side."""
_RECENT_TAGS = 12


class Found(NamedTuple):
    """A place that a search found, with the words it was found by, as ranges of the article (its id)."""

    article: str
    start: int
    end: int
    words: tuple[Span, ...] = ()


class Desk:
    """One project's desk.

    Attributes:
        pins: digit 1-9 -> tag id.
        recent_tags: ids of tags applied, the latest first; the first is what `.` repeats.
        current_note: id of the note that `a` adds to.
        panes: ids of the articles in the reading room, left to right; focused: index of the one in use.
        shares: how they share the room; zoomed: the one in use is shown alone.
        margins: what the margins show; paragraph_alone: whether one paragraph stands out.
        measure: most cells of a row of words; None for the usual.
        places: article id -> where one was in it.
        marks: letter -> the place marked with it.
        screen: where one was when the program ended: ("reading", ""), ("note", its id), or ("", "").
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
        focused = kept.get("focused")
        self.focused = focused if isinstance(focused, int) and 0 <= focused < len(self.panes) else 0
        self.shares = Shares.from_kept(kept.get("shares"))
        self.zoomed = kept.get("zoomed") is True
        measure = kept.get("measure")
        self.measure: int | None = measure if type(measure) is int else None
        self.margins = Margins.from_kept(kept.get("margins"))
        self.paragraph_alone = kept.get("paragraph_alone") is True
        self.places = _read_all(kept.get("places"), Place.from_kept)
        self.marks = _read_all(kept.get("marks"), PlaceMark.from_kept)
        screen = _list(kept.get("screen"))
        self.screen = (screen[0], screen[1]) if len(screen) == 2 else ("", "")
        self.trail = Trail()
        self.query = ""
        self._read = _read_all(kept.get("read"), Progress.from_kept)
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
            "focused": self.focused,
            "shares": self.shares.kept,
            "zoomed": self.zoomed,
            "measure": self.measure,
            "margins": self.margins,
            "paragraph_alone": self.paragraph_alone,
            "places": self.places,
            "marks": {letter: mark.kept for letter, mark in sorted(self.marks.items())},
            "screen": self.screen,
            "read": {article: progress.kept for article, progress in self._read.items()},
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
        """How much of an article has been read, 0 to 1."""
        return self._read[article].share if article in self._read else 0.0

    def read(self, article: str, first: int, end: int, of: int) -> None:
        """Notes that sentences of an article were read: from index `first` up to `end`, of `of` there are."""
        self._read.setdefault(article, Progress()).add(first, end, of)

    def set_read(self, article: str, read: bool) -> None:
        """Marks an article read or unread."""
        self._read[article] = Progress.of_share(1.0 if read else 0.0)


def _list(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _dict(value: object, kind: type[Any]) -> dict[str, Any]:
    """The entries of a JSON object whose values are of that kind."""
    entries = value.items() if isinstance(value, dict) else ()
    return {key: item for key, item in entries if isinstance(item, kind)}


def _read_all(value: object, read: Callable[[object], T | None]) -> dict[str, T]:
    """The entries of a JSON object that `read` understands, as it reads them."""
    entries = value.items() if isinstance(value, dict) else ()
    found = ((key, read(item)) for key, item in entries)
    return {key: item for key, item in found if item is not None}
