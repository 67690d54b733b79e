"""Where a search may look, and the line that shows it with how much was found there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from workbench.model import HitKind
from workbench.tui.widgets.bars import MUTED, spread

_CHOSEN = "bold $background on $primary"
_HINT = "Shift+Tab scope"


class Scope(NamedTuple):
    """Where to search: kinds of hits (None: all), perhaps in one article.

    `operator` is what says the same in a query; empty where nothing does.
    """

    name: str
    kinds: frozenset[HitKind] | None = None
    article: str | None = None
    operator: str = ""


SCOPES = (
    Scope("All"),
    Scope("Articles", frozenset({"text"}), operator="in:text"),
    Scope("Quotes", frozenset({"quote"}), operator="in:quotes"),
    Scope("Notes", frozenset({"note"}), operator="in:notes"),
    Scope("Comments", frozenset({"comment"}), operator="in:comments"),
    Scope("Titles", frozenset({"title"}), operator="in:titles"),
)


class ScopeLine(Widget):
    """Names beside each other, one of them chosen. A click chooses another."""

    DEFAULT_CSS = "ScopeLine { height: 1; padding: 0 1; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """A scope was clicked. `index` is its place among the names."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._at = 0
        self._counts: Mapping[str, int] = {}

    def show(self, names: Sequence[str], at: int, counts: Mapping[str, int]) -> None:
        """Shows these names with what was found there, as far as known, the one at `at` chosen."""
        self._names, self._at, self._counts = names, at, counts
        self.refresh()

    def render(self) -> Content:
        names = Content("").join(part for _, part in self._fitting())
        return spread(names, Content.styled(_HINT, MUTED), self.size.width, least=names.cell_length)

    def on_click(self, event: events.Click) -> None:
        """Chooses the name under the mouse."""
        offset = event.get_content_offset(self)
        at = 0
        for index, part in self._fitting():
            at += part.cell_length
            if offset and offset.x < at:
                self.post_message(self.Chosen(index))
                return

    def _fitting(self) -> list[tuple[int, Content]]:
        """The names to show, with their indices: all with counts, else bare, else from the chosen one on."""
        everywhere = range(len(self._names))
        turned = [*everywhere[self._at :], *everywhere[: self._at]]
        full = [(index, self._part(index, counted=True)) for index in everywhere]
        bare = [(index, self._part(index, counted=False)) for index in everywhere]
        for parts in (full, bare):
            if sum(part.cell_length for _, part in parts) <= self.size.width:
                return parts
        return [(index, self._part(index, counted=index == self._at)) for index in turned]

    def _part(self, index: int, counted: bool) -> Content:
        name = self._names[index]
        count = f" {self._counts[name]:,}" if counted and name in self._counts else ""
        return Content.styled(f" {name}{count} ", _CHOSEN if index == self._at else MUTED)
