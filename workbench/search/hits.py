"""Turn found rows into hits: the stored words, where they stand, and which of them matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.model import Hit, Span
from workbench.search.block import Block, Bools
from workbench.search.document import Document, ReadText
from workbench.search.finder import Found
from workbench.search.tokens import word_spans

_ALIKE = 0.6
"""Words at least this similar are marked even where the row holds a better one."""


def hit_of(found: Found, read: ReadText) -> Hit:
    """The hit to show for a found row."""
    document, start, end = _place(found)
    text = read(document)[start:end]
    marks = _matches(found, text)
    ranged = document.kind in ("text", "quote")
    shift = document.offset + start
    return Hit(
        kind=document.kind,
        thing=document.thing,
        article=document.article,
        article_id=document.article_id,
        file=document.file,
        start=shift if ranged else None,
        end=document.offset + end if ranged else None,
        text=text,
        score=round(found.score, 4),
        weak=found.weak,
        matches=tuple((a + shift, b + shift) for a, b in marks) if ranged else tuple(marks),
    )


def drop_quoted(found: Sequence[Found]) -> list[Found]:
    """`found` without the sentences that a quote among them covers whole: the quote stands for them."""
    quotes: dict[str | None, list[Span]] = {}
    for one in found:
        document, start, end = _place(one)
        if document.kind == "quote":
            span = document.offset + start, document.offset + end
            quotes.setdefault(document.article_id, []).append(span)

    def covered(one: Found) -> bool:
        document, start, end = _place(one)
        if document.kind != "text":
            return False
        return any(
            left <= document.offset + start and document.offset + end <= right
            for left, right in quotes.get(document.article_id, ())
        )

    return [one for one in found if not covered(one)]


def listed(parts: Sequence[tuple[Block, Bools | None]], limit: int) -> tuple[list[Found], int]:
    """The first `limit` rows that pass, for a query of filters only, and how many there are."""
    total = 0
    found: list[Found] = []
    for block, allowed in parts:
        rows = np.arange(block.rows) if allowed is None else np.flatnonzero(allowed)
        total += len(rows)
        found += [Found(block, int(row), 0.0, False, []) for row in rows[: max(limit - len(found), 0)]]
    return found, total


def _place(found: Found) -> tuple[Document, int, int]:
    block, row = found.block, found.row
    return block.documents[block.row_document[row]], int(block.row_start[row]), int(block.row_end[row])


def _matches(found: Found, text: str) -> list[Span]:
    where = word_spans(text)
    marks: set[Span] = set()
    for places in found.places:
        least = min(_ALIKE, max((likeness for _, likeness in places), default=0.0))
        marks.update(where[place] for place, likeness in places if likeness >= least and place < len(where))
    return sorted(marks)
