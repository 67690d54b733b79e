"""How much of an article was read: which of its sentences were passed while reading on. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.model import Span

_KEPT = re.compile(r"(?P<spans>(?:\d{1,9}-\d{1,9} )*)/(?P<of>\d{1,9})")
_UNIT = 1_000
"""Parts of a text of which no sentence was counted yet."""


@dataclass
class Progress:
    """The sentences of an article that were read.

    Attributes:
        of: how many sentences there are.
        spans: ranges of their indices from 0, end exclusive; in order, apart, not touching.
    """

    of: int = _UNIT
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def of_share(cls, share: float) -> Progress:
        """The first part of a text; `share` is 0 to 1."""
        upto = round(min(max(share, 0.0), 1.0) * _UNIT)
        return cls(_UNIT, [(0, upto)] if upto else [])

    @classmethod
    def from_kept(cls, kept: object) -> Progress:
        """What `kept` gave; a bare number is a share, as desks had it once; anything else is nothing read."""
        if isinstance(kept, int | float):
            return cls.of_share(kept) if kept == kept else cls()
        found = _KEPT.fullmatch(kept) if isinstance(kept, str) else None
        if found is None or int(found["of"]) == 0:
            return cls()
        made = cls(int(found["of"]))
        for span in found["spans"].split():
            first, end = map(int, span.split("-"))
            made.add(first, end, made.of)
        return made

    @property
    def kept(self) -> str:
        """A short text to keep it in: "0-12 15-20 /45"."""
        return "".join(f"{first}-{end} " for first, end in self.spans) + f"/{self.of}"

    @property
    def share(self) -> float:
        """How much of the sentences was read, 0 to 1."""
        return sum(end - first for first, end in self.spans) / self.of

    def add(self, first: int, end: int, of: int) -> None:
        """Notes that the sentences from index `first` up to `end` were read, of `of` that there are.

        Where there were more or fewer before (the text is another version), what was read is stretched.
        """
        if of != self.of:
            old, self.spans = self.spans, []
            scaled = [(a * of // self.of, b * of // self.of) for a, b in old]
            self.of = max(of, 1)
            for span in scaled:
                self._join(*span)
        self._join(max(first, 0), min(end, self.of))

    def _join(self, first: int, end: int) -> None:
        if first >= end:
            return
        low = bisect_left(self.spans, first, key=lambda span: span[1])
        high = bisect_right(self.spans, end, key=lambda span: span[0])
        for a, b in self.spans[low:high]:
            first, end = min(first, a), max(end, b)
        self.spans[low:high] = [(first, end)]
