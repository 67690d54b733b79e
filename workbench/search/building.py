"""Makes blocks: cuts documents into rows of words, and joins blocks without reading a text again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import regex

from workbench.model import HitKind, Span
from workbench.search.block import Block, Bools, Longs, runs, starts
from workbench.search.document import GONE, Document, ReadText, held_text
from workbench.search.tokens import raw_words, spell
from workbench.search.vocabulary import Ints, Vocabulary
from workbench.text.sentences import sentences

_LONGEST = 2_000
"""Code points of a row, some 300 words: what is shown of a hit, marked and weighed is never more."""

# A part ends before a blank; where there is none, as in Chinese, after any letter with its accents.
_PART = regex.compile(
    rf"\S(?:.{{0,{_LONGEST - 2}}}\S)?(?!\S)|\S.{{0,{_LONGEST - 1}}}(?!\p{{M}})|\S.{{0,{_LONGEST - 1}}}",
    regex.DOTALL,
)


class Speller(dict[str, tuple[int, ...]]):
    """Word numbers by raw word, so that a word is settled and numbered once however often it occurs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, raw: str) -> tuple[int, ...]:
        numbers = tuple(self._vocabulary.number(term) for term in spell(raw))
        self[raw] = numbers
        return numbers


def build_block(documents: Iterable[Document], speller: Speller, read: ReadText = held_text) -> Block:
    """Cut `documents` into sentences and words and invert them; one whose text cannot be had is left out."""
    kept: list[Document] = []
    words, sizes = array("i"), array("i")
    row_document, row_start, row_end = array("i"), array("i"), array("i")
    for document in documents:
        text = read(document)
        if not text and document.size:
            continue
        number = len(kept)
        kept.append(document)
        for start, end in _pieces(document.kind, text):
            before = len(words)
            words.extend(chain.from_iterable(map(speller.__getitem__, raw_words(text[start:end]))))
            if len(words) == before:
                continue  # a row of stars or dashes: nothing to find it by
            sizes.append(len(words) - before)
            row_document.append(number)
            row_start.append(start)
            row_end.append(end)
    word_start = starts(_ints(sizes))
    posted, counts, postings = _inverted(_ints(words), word_start)
    return Block(
        tuple(kept),
        tuple(document.key for document in kept),
        _ints(row_document),
        _ints(row_start),
        _ints(row_end),
        _ints(words),
        word_start,
        posted,
        starts(counts),
        postings,
    )


def blocks_of(
    documents: Iterable[Document], speller: Speller, rows: Iterable[int], read: ReadText = held_text
) -> Iterator[Block]:
    """Blocks of `documents` one after the other, each of about as many rows as `rows` says next."""
    wanted = iter(rows)
    batch: list[Document] = []
    room = _characters(next(wanted))
    for document in documents:
        batch.append(document)
        room -= document.size
        if room <= 0:
            yield build_block(batch, speller, read)
            batch, room = [], _characters(next(wanted))
    if batch:
        yield build_block(batch, speller, read)


def join_blocks(parts: Sequence[tuple[Block, Bools]]) -> Block:
    """One block of the living rows and documents of blocks of one vocabulary; no text is read again."""
    documents: list[Document] = []
    keys: list[bytes] = []
    columns: list[tuple[Ints, ...]] = []
    for block, alive in parts:
        rows = np.flatnonzero(alive)
        sizes = np.diff(block.word_start)
        kept = [n for n, document in enumerate(block.documents) if document is not GONE]
        number = np.zeros(len(block.documents), np.int32)
        number[kept] = np.arange(len(documents), len(documents) + len(kept))
        columns.append((
            number[block.row_document[rows]], block.row_start[rows], block.row_end[rows],
            block.words[np.repeat(alive, sizes)], sizes[rows].astype(np.int32),
        ))  # fmt: skip
        documents += [block.documents[n] for n in kept]
        keys += [block.keys[n] for n in kept]
    document, start, end, words, sizes = (np.concatenate(column) for column in zip(*columns, strict=True))
    posted, counts, postings = _merged(parts)
    return Block(
        tuple(documents), tuple(keys), document, start, end, words, starts(sizes),
        posted, starts(counts), postings,
    )  # fmt: skip


def _merged(parts: Sequence[tuple[Block, Bools]]) -> tuple[Ints, Longs, Ints]:
    """The postings of several blocks as one: words, rows a word, and the rows, counted on part by part."""
    left = [_living(block, alive) for block, alive in parts]
    words = max((int(block.posted[-1]) for block, _ in parts if len(block.posted)), default=-1) + 1
    counts = np.zeros(words, np.int64)
    for (block, _), (sizes, _) in zip(parts, left, strict=True):
        counts[block.posted] += sizes
    free = starts(counts)[:-1]
    postings = np.empty(int(counts.sum()), np.int32)
    before = 0
    for (block, alive), (sizes, rows) in zip(parts, left, strict=True):
        postings[runs(free[block.posted], sizes)] = rows + before
        free[block.posted] += sizes
        before += int(np.count_nonzero(alive))
    posted = np.flatnonzero(counts)
    return posted.astype(np.int32), counts[posted], postings


def _living(block: Block, alive: Bools) -> tuple[Longs, Ints]:
    """How many living rows each of a block's words has, and those rows, renumbered without the dead."""
    sizes = np.diff(block.posting_start)
    if alive.all():
        return sizes, block.postings
    kept = alive[block.postings]
    before = starts(kept)
    living = np.diff(before[block.posting_start])
    renumbered = (np.cumsum(alive) - 1).astype(np.int32)
    return living, renumbered[block.postings[kept]]


def _inverted(words: Ints, word_start: Longs) -> tuple[Ints, Longs, Ints]:
    """Words that occur, rows a word, and the rows of the first, of the second, and so on."""
    keys = words.astype(np.int64) << 32
    keys |= np.repeat(np.arange(len(word_start) - 1), np.diff(word_start))
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) != 0]
    posted, counts = np.unique(keys >> 32, return_counts=True)
    return posted.astype(np.int32), counts, (keys & 0xFFFFFFFF).astype(np.int32)


def _pieces(kind: HitKind, text: str) -> Iterator[Span]:
    """Where the rows of a text lie: its sentences, or the whole of it, in parts that one can look over."""
    for start, end in sentences(text) if kind in ("text", "note") else [(0, len(text))]:
        if end - start <= _LONGEST:
            yield start, end
        else:
            yield from (part.span() for part in _PART.finditer(text, start, end))


def _characters(rows: int) -> int:
    return rows * 110  # code points a sentence has in ordinary prose


def _ints(values: array[int]) -> Ints:
    return np.array(values, np.int32)
