"""A block: some documents cut into sentences, as numbers, with the postings that find them.

A block never changes; edits make a new one. Everything that grows with the texts is a numpy array, so the
same code serves a hundred sentences and a million. A sentence is a row; a row's words are kept in order
(for nearness, phrases and rebuilding without reading the text again) and inverted (for finding).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.search.document import Document
from workbench.search.vocabulary import Ints

_COMMON = 20  # where words stand in more than one row of so many, all rows are looked through

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Documents as rows of words.

    Attributes:
        documents: in the order given; GONE where one is no longer to be found.
        keys: name what was cut, a key a document, see `Document.key`.
        row_document: document of each row; row_start, row_end: its range in the document's text.
        words: word numbers of all rows, one after the other; word_start: where each row's begin, and the end.
        posted: the word numbers that occur, sorted; posting_start: where each one's rows begin, and the end.
        postings: rows by word, ascending and distinct.
    """

    documents: tuple[Document, ...]
    keys: tuple[bytes, ...]
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
        return self.postings[runs(begin, sizes)]

    def words_of(self, rows: npt.NDArray[np.integer]) -> tuple[Ints, Longs]:
        """The words of `rows`, one row after the other, and where each row's begin."""
        begin = self.word_start[rows]
        sizes = self.word_start[rows + 1] - begin
        return self.words[runs(begin, sizes)], np.cumsum(sizes) - sizes

    def lengths_of(self, rows: npt.NDArray[np.integer]) -> Longs:
        """How many words each of `rows` has."""
        lengths: Longs = self.word_start[rows + 1] - self.word_start[rows]
        return lengths

    def rows_with_sequence(self, sequence: Sequence[int]) -> Ints:
        """The rows that hold the word numbers in `sequence` one directly after the other, ascending."""
        begin, sizes = self.lists_of(np.array(sequence, np.int32))
        if len(sequence) > 1 and int(sizes.min()) * _COMMON > self.rows:
            return self._rows_at(self.words, self.word_start, sequence)
        lists = [self.rows_in(begin[n : n + 1], sizes[n : n + 1]) for n in np.argsort(sizes)]
        rows = lists[0]
        for other in lists[1:]:
            rows = rows[is_in(rows, other)]
        if len(rows) == 0 or len(sequence) == 1:
            return rows
        words, first = self.words_of(rows)
        held: Ints = rows[self._rows_at(words, np.append(first, len(words)), sequence)]
        return held

    @staticmethod
    def _rows_at(words: Ints, word_start: Longs, sequence: Sequence[int]) -> Ints:
        """Which rows of `words` hold `sequence`."""
        last = len(sequence) - 1
        at = np.flatnonzero(words[: max(len(words) - last, 0)] == sequence[0])
        for step, word in enumerate(sequence[1:], 1):
            at = at[words[at + step] == word]
        rows = np.searchsorted(word_start, at, side="right") - 1
        return np.unique(rows[at + last < word_start[rows + 1]]).astype(np.int32)


def runs(begin: Longs, sizes: Longs) -> Longs:
    """begin[0], begin[0] + 1, … for sizes[0] numbers, then the same for begin[1], and so on."""
    if len(begin) == 1:
        return np.arange(begin[0], begin[0] + sizes[0])
    return np.arange(int(sizes.sum())) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)


def starts(sizes: npt.NDArray[np.integer] | Bools) -> Longs:
    """Where each of several runs begins, and the end of the last."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def is_in(rows: Ints, others: Ints) -> Bools:
    """Which of the sorted `rows` are among the sorted `others`."""
    if len(others) == 0:
        return np.zeros(len(rows), np.bool_)
    places = np.searchsorted(others, rows)
    places[places == len(others)] = 0
    return np.equal(others[places], rows)
