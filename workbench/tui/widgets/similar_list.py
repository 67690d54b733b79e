"""The list of passages like another one: as a list of hits, but saying what each shares with it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from workbench.tui.widgets.bars import MUTED, one_line, spread
from workbench.tui.widgets.hit_list import HitList, HitRow, excerpt, relative_matches, tag_codes

_INDENT = 3
_SHARED_FROM = 60
_SHARED_WIDTH = 24


@dataclass(frozen=True, slots=True)
class SimilarRow(HitRow):
    """A hit with the rare words it shares with the passage, as it writes them."""

    shared: tuple[str, ...] = ()


class SimilarList(HitList):
    """Hits under headings, the shared rare words below each, or beside it where there is less height."""

    def _draw(self, row: HitRow, width: int) -> Content:
        hit = row.hit
        shared = one_line(" · ".join(row.shared if isinstance(row, SimilarRow) else ()))
        codes = tag_codes(row.tags)
        if self.row_height == 1:
            right = codes
            if width >= _SHARED_FROM:
                words = shared.truncate(_SHARED_WIDTH, ellipsis=True, pad=True).stylize(MUTED)
                right = Content.assemble(codes, "  ", words)
            room = width - _INDENT - (right.cell_length + 2 if right else 0)
            return spread(self.sign(row).append(excerpt(hit.text, relative_matches(hit), room)), right, width)
        said = excerpt(hit.text, relative_matches(hit), width - _INDENT)
        below = spread(shared.stylize(MUTED), codes, max(width - _INDENT, 1))
        return Content.assemble(self.sign(row), said, "\n", " " * _INDENT, below)
