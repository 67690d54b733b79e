"""A block: some documents cut into sentences, as numbers, with the postings that find them.

A block never changes; edits make a new one. Everything that grows with the texts is a numpy array, so the
same code serves a hundred sentences and a million. A sentence is a row; a row's words are kept in order
(for nearness, phrases and rebuilding without reading the text again) and inverted (for finding).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from workbench.model import HitKind, Span
from workbench.search.document import Document, ReadText, held_text
from workbench.search.tokens import raw_words, spell
from workbench.search.vocabulary import Ints, Vocabulary
from workbench.text.sentences import sentences

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]


class Speller(dict[str, tuple[int, ...]]):
    """Word numbers by raw word, so that a word is settled and numbered once however often it occurs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, raw: str) -> tuple[int, ...]:
        numbers = tuple(self._vocabulary.number(term) for term in spell(raw))
        self[raw] = numbers
        return numbers


@dataclass(frozen=True, slots=True)
class Block:
    """Documents as rows of words.

    Attributes:
        documents: in the order given.
        row_document: document of each row; row_start, row_end: its range in the document's text.
        words: word numbers of all rows, one after the other; word_start: where each row's begin, and the end.
        posted: the word numbers that occur, sorted; posting_start: where each one's rows begin, and the end.
        postings: rows by word, ascending and distinct.
    """

    documents: tuple[Document, ...]
    row_document: Ints
    row_start: Ints
    row_end: Ints
    words: Ints
    word_start: Longs
    posted: Ints
    posting_start: Longs
    postings: Ints

    @property
    def rows(self) -> int:
        """How many sentences there are."""
        return len(self.row_document)

    def rows_with(self, word: int) -> Ints:
        """The rows that hold word number `word`, ascending."""
        return self.rows_in(*self.lists_of(np.array([word], np.int32)))

    def lists_of(self, words: Ints) -> tuple[Longs, Longs]:
        """Where each word's rows begin in `postings`, and how many there are (0 for a word not held)."""
        if len(self.posted) == 0:
            return np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
        places = np.minimum(np.searchsorted(self.posted, words), len(self.posted) - 1)
        begin = self.posting_start[places]
        return begin, np.where(self.posted[places] == words, self.posting_start[places + 1] - begin, 0)

    def rows_in(self, begin: Longs, sizes: Longs) -> Ints:
        """The rows of the lists found by `lists_of`, one list after the other."""
        return self.postings[_runs(begin, sizes)]

    def words_of(self, rows: npt.NDArray[np.integer]) -> tuple[Ints, Longs]:
        """The words of `rows`, one row after the other, and where each row's begin."""
        begin = self.word_start[rows]
        sizes = self.word_start[rows + 1] - begin
        return self.words[_runs(begin, sizes)], np.cumsum(sizes) - sizes

    def lengths_of(self, rows: npt.NDArray[np.integer]) -> Longs:
        """How many words each of `rows` has."""
        lengths: Longs = self.word_start[rows + 1] - self.word_start[rows]
        return lengths

    def words_in(self, row: int) -> list[int]:
        """The word numbers of one row in order."""
        words: list[int] = self.words[self.word_start[row] : self.word_start[row + 1]].tolist()
        return words

    def rows_with_sequence(self, sequence: Sequence[int]) -> Ints:
        """The rows that hold the word numbers in `sequence` one directly after the other, ascending."""
        lists = sorted((self.rows_with(word) for word in sequence), key=len)
        rows = lists[0]
        for other in lists[1:]:
            rows = rows[is_in(rows, other)]
        if len(rows) == 0 or len(sequence) == 1:
            return rows
        words, starts = self.words_of(rows)
        owner = np.repeat(np.arange(len(rows)), np.diff(starts, append=len(words)))
        last = len(sequence) - 1
        matches = owner[: len(words) - last] == owner[last:]
        for step, word in enumerate(sequence):
            matches &= words[step : len(words) - last + step] == word
        held: Ints = rows[np.unique(owner[: len(matches)][matches])]
        return held


def build_block(documents: Iterable[Document], speller: Speller, read: ReadText = held_text) -> Block:
    """Cut `documents` into sentences and words and invert them."""
    words, sizes = array("i"), array("i")
    row_document, row_start, row_end = array("i"), array("i"), array("i")
    kept: list[Document] = []
    for number, document in enumerate(documents):
        kept.append(document)
        text = read(document)
        for start, end in _pieces(document.kind, text):
            before = len(words)
            words.extend(chain.from_iterable(map(speller.__getitem__, raw_words(text[start:end]))))
            if len(words) == before:
                continue  # a row of stars or dashes: nothing to find it by
            sizes.append(len(words) - before)
            row_document.append(number)
            row_start.append(start)
            row_end.append(end)
    return _inverted(
        tuple(kept), _ints(row_document), _ints(row_start), _ints(row_end), _ints(words), _ints(sizes)
    )


def join_blocks(parts: Sequence[tuple[Block, Bools]]) -> Block:
    """One block of the rows marked alive in each part; no text is read again."""
    documents: list[Document] = []
    columns: list[tuple[Ints, ...]] = []
    for block, alive in parts:
        rows = np.flatnonzero(alive)
        sizes = np.diff(block.word_start)
        kept, number = np.unique(block.row_document[rows], return_inverse=True)
        words = block.words[np.repeat(alive, sizes)]
        columns.append((
            (number + len(documents)).astype(np.int32), block.row_start[rows], block.row_end[rows],
            words, sizes[rows].astype(np.int32),
        ))  # fmt: skip
        documents += [block.documents[n] for n in kept]
    document, start, end, words, sizes = (np.concatenate(column) for column in zip(*columns, strict=True))
    return _inverted(tuple(documents), document, start, end, words, sizes)


def _pieces(kind: HitKind, text: str) -> list[Span]:
    if kind in ("text", "note"):
        return sentences(text)
    return [(0, len(text))]


def _ints(values: array[int]) -> Ints:
    return np.array(values, np.int32)


def _inverted(
    documents: tuple[Document, ...], document: Ints, start: Ints, end: Ints, words: Ints, sizes: Ints
) -> Block:
    word_start = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    keys = words.astype(np.int64) << 32
    keys |= np.repeat(np.arange(len(sizes)), sizes)
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) != 0]
    posted, posting_start = np.unique(keys >> 32, return_index=True)
    return Block(
        documents, document, start, end, words, word_start,
        posted.astype(np.int32), np.append(posting_start, len(keys)), (keys & 0xFFFFFFFF).astype(np.int32),
    )  # fmt: skip


def _runs(begin: Longs, sizes: Longs) -> Longs:
    """begin[0], begin[0] + 1, … for sizes[0] numbers, then the same for begin[1], and so on."""
    if len(begin) == 1:
        return np.arange(begin[0], begin[0] + sizes[0])
    return np.arange(int(sizes.sum())) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)


def is_in(rows: Ints, others: Ints) -> Bools:
    """Which of the sorted `rows` are among the sorted `others`."""
    if len(others) == 0:
        return np.zeros(len(rows), np.bool_)
    places = np.searchsorted(others, rows)
    places[places == len(others)] = 0
    return np.equal(others[places], rows)
