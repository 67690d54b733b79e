"""The list of search hits: the sentence cut around the words found, and below it where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual.content import Content

from workbench.model import Hit, HitKind, Span, Tag
from workbench.text.graphemes import cells, snap
from workbench.text.inert import inert
from workbench.tui.theme import tag_ink
from workbench.tui.widgets.article_rows import MARKED
from workbench.tui.widgets.bars import MUTED, one_line, spread
from workbench.tui.widgets.line_list import LineList

MARKS: dict[HitKind, str] = {"text": "¶", "quote": "“", "note": "✎", "comment": "»", "title": "#"}
"""The sign before a hit, by its kind."""
FOUND = "bold $warning"
"""How words that were found are drawn in lists."""
TWO_LINES_FROM = 12
"""Least height, in cells, of a list whose hits take two lines each; in a lower one they take one."""

R = TypeVar("R")

_INDENT = 3
_SOURCE_WIDTH = 18
_SOURCE_FROM = 60


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit with where it comes from and the tags on it."""

    hit: Hit
    source: str
    tags: tuple[Tag, ...] = ()


def relative_matches(hit: Hit) -> list[Span]:
    """The words found, as offsets in ``hit.text``."""
    shift = hit.start or 0
    return [(start - shift, end - shift) for start, end in hit.matches]


def excerpt(text: str, matches: Sequence[Span], width: int, style: str = FOUND) -> Content:
    """At most `width` cells of a text, cut so that as many as can be of the `matches` in it are seen.

    Args:
        matches: offsets of words to draw in `style`, in order.
    """
    start = _cut(text, matches, width)
    end = min(len(text), start + 4 * width)
    shown = Content(inert(text[start:end]))
    for first, last in matches:
        if start <= first < end:
            shown = shown.stylize(style, first - start, last - start)
    lead = Content("…" if start else "")
    return lead.append(shown).truncate(max(width, 1), ellipsis=True)


def tag_codes(tags: Sequence[Tag]) -> Content:
    """The two-letter codes of tags in their colours, a space between them."""
    codes = [Content.styled(tag.code, f"bold {tag_ink(tag.color)}") for tag in tags]
    return Content(" ").join(codes)


class ExcerptList(LineList[R | str]):
    """Excerpts of two lines each where there is the height for it, else of one, and headings among them."""

    def __init__(
        self,
        draw: Callable[[R, int], Content],
        key: Callable[[R], object],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Makes a list. `draw` and `key` are as in `LineList`; rows that are plain strings are headings."""
        super().__init__(
            lambda row, width: self._draw_heading(row, width) if isinstance(row, str) else draw(row, width),
            key=lambda row: row if isinstance(row, str) else key(row),
            row_height=2,
            selectable=lambda row: not isinstance(row, str),
            id=id,
        )

    @property
    def chosen(self) -> R | None:
        """The row under the cursor, if it is no heading."""
        return None if isinstance(self.current, str) else self.current

    def on_resize(self) -> None:
        """Two lines an excerpt where there is the height for it."""
        self.row_height = 2 if self.size.height >= TWO_LINES_FROM else 1

    def _draw_heading(self, heading: str, width: int) -> Content:
        above = "\n" if self.row_height == 2 and heading != self.rows[0] else ""
        return Content.styled(f"{above} {inert(heading)}", MUTED)


class HitList(ExcerptList[HitRow]):
    """Hits, best first, some of them marked. A mark stays with its hit while rows are set anew."""

    context = "hits"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(self._draw, _key, id=id)
        self._marked: set[object] = set()

    @property
    def marked_rows(self) -> list[HitRow]:
        """The rows that are listed and marked, in their order."""
        return [row for row in self.rows if isinstance(row, HitRow) and _key(row) in self._marked]

    def toggle(self, row: HitRow) -> None:
        """Marks a row, or unmarks it."""
        self._marked ^= {_key(row)}
        self.refresh_rows()

    def mark(self, rows: Iterable[HitRow]) -> None:
        """Marks these rows too."""
        self._marked |= {_key(row) for row in rows}
        self.refresh_rows()

    def unmark(self) -> None:
        """Forgets all marks, those of rows that are not listed just now too."""
        if self._marked:
            self._marked = set()
            self.refresh_rows()

    def sign(self, row: HitRow) -> Content:
        """Whether a row is marked, and of what kind it is."""
        mark = (MARKED, "bold $warning") if _key(row) in self._marked else " "
        return Content.assemble(mark, (f"{MARKS[row.hit.kind]} ", MUTED))

    def _draw(self, row: HitRow, width: int) -> Content:
        hit, sign = row.hit, self.sign(row)
        source = one_line(row.source)
        codes = tag_codes(row.tags)
        if self.row_height == 1:
            right = Content("")
            if width >= _SOURCE_FROM:
                place = source.truncate(_SOURCE_WIDTH, ellipsis=True, pad=True).stylize(MUTED)
                right = Content.assemble(codes, "  ", place)
            room = width - _INDENT - (right.cell_length + 2 if right else 0)
            return spread(sign.append(excerpt(hit.text, relative_matches(hit), room)), right, width)
        said = excerpt(hit.text, relative_matches(hit), width - _INDENT)
        kind = Content.assemble(f" · {hit.kind}  ").stylize(MUTED)
        room = width - _INDENT - kind.cell_length - codes.cell_length
        place = source.truncate(max(room, 1), ellipsis=True).stylize(MUTED)
        return Content.assemble(sign, said, "\n", " " * _INDENT, place, kind, codes)


def _key(row: HitRow) -> object:
    """A sentence that was tagged comes back as a quote and is still the same row."""
    hit = row.hit
    return (hit.kind, hit.thing, hit.text) if hit.start is None else (hit.article_id, hit.start, hit.end)


def _cut(text: str, matches: Sequence[Span], width: int) -> int:
    """Where to begin showing `text`: at its start if the last match is seen then, else before the stretch
    that holds the most of them."""
    if not matches or cells(text[: matches[-1][1]]) < width:
        return 0
    room = max((width - 2) * len(text) // max(cells(text), 1), 1)
    best = max(matches, key=lambda one: (_held(matches, one[0], room), -one[0]))
    last = max((end for start, end in matches if best[0] <= start and end <= best[0] + room), default=best[1])
    lead = max(room - (last - best[0]), 0) // 3
    start = max(min(best[0] - lead, len(text) - room), 0)
    if start:
        space = text.find(" ", start - 1, best[0])
        start = space + 1 if space >= 0 else snap(text, best[0], best[0])[0]
    return start


def _held(matches: Sequence[Span], start: int, room: int) -> int:
    """How many of the matches lie in the `room` code points from `start`."""
    return sum(1 for first, last in matches if start <= first and last <= start + room)
