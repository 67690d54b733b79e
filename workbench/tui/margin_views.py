"""What the margins of the reading room show: all tags, one, the recent, one's own, or nothing. Pure.

It is a matter of drawing alone: what passages there are, how many, and what is exported stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from workbench.model import Comment, Passage

DAY = 24 * 60 * 60 * 1000
"""Milliseconds for which a tagging is recent."""


class Margins(NamedTuple):
    """The choice: "all", "tag" (the one with that id), "recent", "mine" or "off"."""

    show: str = "all"
    tag: str = ""

    @classmethod
    def from_kept(cls, kept: object) -> Margins:
        """A choice from a JSON list of both; the usual one from anything else."""
        if isinstance(kept, list) and len(kept) == 2 and all(isinstance(part, str) for part in kept):
            return cls(*kept) if kept[0] in _CYCLE else cls()
        return cls()

    def following(self, tag: str | None) -> Margins:
        """The next choice; `tag` is the id of the one to show alone, None where none is at hand."""
        at = (_CYCLE.index(self.show) + 1) % len(_CYCLE)
        if _CYCLE[at] == "tag":
            return Margins("tag", tag) if tag else Margins(_CYCLE[at + 1])
        return Margins(_CYCLE[at])


_CYCLE = ("all", "tag", "recent", "mine", "off")
ALL = Margins()


class Tagging(NamedTuple):
    """Who (an analyst's id) applied a tag, and when (UTC milliseconds)."""

    analyst: str
    created: int


@dataclass(frozen=True, slots=True)
class MarginView:
    """A choice with what it takes to draw it.

    Attributes:
        tag_name: name of the tag that is shown alone.
        taggings: by ids of passage and tag. One that is not listed was made here just now.
        me: the id of who works here; now: UTC milliseconds.
    """

    choice: Margins = ALL
    tag_name: str = ""
    taggings: Mapping[tuple[str, str], Sequence[Tagging]] = field(default_factory=dict)
    me: str = ""
    now: int = 0

    @property
    def label(self) -> str:
        """What is shown, in a word or two; empty where it is everything."""
        return {"tag": f"only {self.tag_name}", "off": "margins off"}.get(
            self.choice.show, "" if self.choice.show == "all" else self.choice.show
        )

    def of(self, passages: Iterable[Passage]) -> list[Passage]:
        """The passages to draw, each with the tags and comments to draw."""
        if self.choice.show == "all":
            return list(passages)
        return [] if self.choice.show == "off" else [one for one in map(self._part, passages) if _drawn(one)]

    def _part(self, passage: Passage) -> Passage:
        tags = tuple(tag for tag in passage.tags if self._shows(passage.id, tag.id))
        if self.choice.show == "tag":
            return passage if tags == passage.tags else replace(passage, tags=tags, comments=(), notes=())
        said = tuple(comment for comment in passage.comments if self._tells(comment))
        return replace(passage, tags=tags, comments=said, notes=passage.notes if tags or said else ())

    def _shows(self, passage: str, tag: str) -> bool:
        if self.choice.show == "tag":
            return tag == self.choice.tag
        made = self.taggings.get((passage, tag))
        if made is None:
            return True
        if self.choice.show == "mine":
            return any(one.analyst == self.me for one in made)
        return any(one.created >= self.now - DAY for one in made)

    def _tells(self, comment: Comment) -> bool:
        if self.choice.show == "mine":
            return comment.analyst.id == self.me
        return comment.changed >= self.now - DAY


def _drawn(passage: Passage) -> bool:
    return bool(passage.tags or passage.comments)
