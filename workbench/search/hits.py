"""Turn found rows into hits: the stored words, where they stand, and which of them matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    marks = joined(words[place] for place in found.marks if place < len(words))
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


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same code points as `spans` cover, in order and apart: pairs of Chinese characters overlap."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def drop_quoted(found: Sequence[Found]) -> list[Found]:
    """`found` without the sentences that a quote covers whole, if what it has there is found, too.

    A long quote has several rows, and they need not begin where those of the sentences do.
    """
    quotes: dict[str | None, list[tuple[Span, Span]]] = {}
    for one in found:
        if one.document.kind == "quote":
            document, start, end = _place(one)
            whole = document.offset, document.offset + document.size
            row = document.offset + start, document.offset + end
            quotes.setdefault(document.article_id, []).append((whole, row))
    if not quotes:
        return list(found)

    def stood_for(one: Found) -> bool:
        document, start, end = _place(one)
        return document.kind == "text" and any(
            left <= start and end <= right and start < row_end and row_start < end
            for (left, right), (row_start, row_end) in quotes.get(document.article_id, ())
        )

    return [one for one in found if not stood_for(one)]


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
    return found.document, int(block.row_start[row]), int(block.row_end[row])
