"""The library's rows: one line an article, in as many columns as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.text.inert import inert
from workbench.tui.widgets.bars import MUTED, UNDECIDED

if TYPE_CHECKING:
    from workbench.model import Article

LEAD = 2
"""Cells before the title: the sign of the row and a space."""
NAMES = {"source": "Source", "date": " Date", "words": "Words", "quotes": "Qu", "read": "Read"}
WIDTHS = {"date": 12, "read": 6, "source": 12, "quotes": 3, "words": 7}
"""Cells of the columns beside the title, the last to go first."""
SHOWN = ("source", "date", "words", "quotes", "read")
"""The same from left to right."""
LEAST_TITLE = 24
FULL_TITLE = 48
"""Cells of the title beyond which the source grows too."""
WIDEST_SOURCE = 26
NEEDS_TITLE = "needs title"
PROPOSED = "?"
QUALIFIER_SIGNS = {"after": ">", "before": "<", "about": "~"}
UNREAD, OPEN, MARKED = "○", "●", "✓"


@dataclass(frozen=True, slots=True)
class RowState:
    """What is known of a row beyond its article: how far it was read (0 to 1), and four yes or no."""

    progress: float
    open: bool
    marked: bool
    at_cursor: bool
    disputed: bool = False


def columns(width: int) -> dict[str, int]:
    """How many cells each column gets in a row of `width` cells, "title" first; without room, none."""
    room = width - LEAD
    taken: dict[str, int] = {}
    for name, cells in WIDTHS.items():
        if room - cells - 1 >= LEAST_TITLE:
            taken[name] = cells
            room -= cells + 1
    if "source" in taken:
        more = min(max(room - FULL_TITLE, 0), WIDEST_SOURCE - taken["source"])
        taken["source"] += more
        room -= more
    return {"title": room} | {name: taken[name] for name in SHOWN if name in taken}


def heading(width: int) -> Content:
    """The names of the columns."""
    title, *rest = columns(width).items()
    line = " " * LEAD + "Title".ljust(title[1])
    for name, cells in rest:
        shown = NAMES[name].rjust(cells) if name in ("words", "quotes") else NAMES[name].ljust(cells)
        line += f" {shown}"
    return Content.styled(line, MUTED)


def row(article: Article, state: RowState, width: int) -> Content:
    """One article in `width` cells."""
    cells = columns(width)
    parts = [_lead(state), _title(article, cells["title"], state)]
    for name, room in list(cells.items())[1:]:
        parts += [Content(" "), _cell(name, article, state, room)]
    return Content("").join(parts)


def read_bar(progress: float, width: int) -> Content:
    """How far an article was read, as a bar; what was begun shows at least one cell."""
    filled = 0 if progress <= 0 else max(1, int(progress * width))
    return Content.assemble(("━" * filled, "$success"), ("┄" * (width - filled), MUTED))


def date_shown(article: Article) -> str:
    """The date as short as a column wants it: ">2023-12-13?" for a proposed "after 2023-12-13"."""
    if not article.published:
        return ""
    mark = PROPOSED if "published" in article.proposed else ""
    return f"{QUALIFIER_SIGNS.get(article.qualifier, ' ')}{article.published}{mark}"


def source_of(article: Article) -> str:
    """Who published it, else who wrote it."""
    return inert(article.publisher or article.author or "")


def _lead(state: RowState) -> Content:
    if state.marked:
        return Content.assemble((MARKED, "bold $warning"), " ")
    if state.open:
        return Content.assemble((OPEN, "$primary"), " ")
    return Content.assemble((UNREAD, MUTED), " ") if state.progress <= 0 else Content("  ")


def _title(article: Article, width: int, state: RowState) -> Content:
    label = Content(inert(article.label))
    if article.needs_title:
        end = Content.styled(f" {NEEDS_TITLE}", "$warning")
        label = label.stylize("italic")
    else:
        end = Content.styled(f" {PROPOSED}" if "title" in article.proposed else "", MUTED)
    if state.disputed:
        end += Content.styled(f" {UNDECIDED}", "bold $warning")
    if state.at_cursor:
        label = label.stylize("bold")
    label = label.truncate(width - end.cell_length, ellipsis=True)
    return (label + end).truncate(width, pad=True)


def _cell(name: str, article: Article, state: RowState, width: int) -> Content:
    if name == "read":
        return read_bar(state.progress, width)
    if name in ("words", "quotes"):
        count = article.words if name == "words" else article.passages
        shown = f"{count:,}" if count or name == "words" else ""
        return Content.styled(shown.rjust(width)[-width:], MUTED)
    if name == "source":
        mark = PROPOSED if article.proposed & {"publisher", "author"} else ""
        source = Content(source_of(article)).truncate(width - len(mark), ellipsis=True) + mark
        return source.stylize(MUTED).truncate(width, pad=True)
    return Content.styled(date_shown(article), MUTED).truncate(width, pad=True)
