"""Turn found rows into hits: the stored words, where they stand, and which of them matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.model import Hit, Span
from workbench.search.block import Block, Bools
from workbench.search.document import Document, ReadText
from workbench.search.finder import Found
from workbench.search.tokens import word_spans

_REMEMBERED = 1_000


class Excerpts:
    """The texts of rows and where their words stand, remembered: while one types, most hits stay."""

    def __init__(self, read: ReadText) -> None:
        self._read = read
        self._known: dict[tuple[int, int], tuple[str, list[Span]]] = {}

    def of(self, found: Found) -> tuple[str, list[Span]]:
        """A row's text and the place of each of its words in it."""
        key = (id(found.block), found.row)
        excerpt = self._known.get(key)
        if excerpt is None:
            document, start, end = _place(found)
            text = self._read(document)[start:end]
            excerpt = text, word_spans(text)
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            self._known[key] = excerpt
        return excerpt


def hit_of(found: Found, excerpts: Excerpts) -> Hit:
    """The hit to show for a found row."""
    document, start, end = _place(found)
    text, words = excerpts.of(found)
    marks = sorted({words[place] for place in found.marks if place < len(words)})
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
    if not quotes:
        return list(found)

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
        found += [Found(block, int(row), 0.0, False, ()) for row in rows[: max(limit - len(found), 0)]]
    return found, total


def _place(found: Found) -> tuple[Document, int, int]:
    block, row = found.block, found.row
    return block.documents[block.row_document[row]], int(block.row_start[row]), int(block.row_end[row])
