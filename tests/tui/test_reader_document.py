"""A reader's text in units: words are found in sentences of any length, and in none too slowly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Span
from workbench.text.sentences import words
from workbench.tui.widgets import reader_document
from workbench.tui.widgets.reader_document import ReaderDocument

PIECES = st.lists(
    st.sampled_from(["a", "word", "so-called", "U.N.", "漢字", "e\u0301te\u0301", "👨‍👩‍👧", " ", ", ", "\n"])
)


def walked(document: ReaderDocument) -> tuple[list[Span], list[Span]]:
    """All words, going on from the start and back from the end."""
    there, back = [], []
    word, at = document.next_word(0), len(document.text)
    while word:
        there.append(word)
        word = document.next_word(word[1])
    while (word := document.previous_word(at)) is not None:
        back.insert(0, word)
        at = word[0]
    return there, back


@settings(max_examples=60, deadline=None)
@given(PIECES.map("".join), st.integers(8, 24))
def test_words_are_the_same_however_a_sentence_is_cut(text: str, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader_document, "_PIECE", piece)
        document = ReaderDocument(text)
        if max(map(len, text.split()), default=0) <= piece:  # else a cut may go through a word
            there, back = walked(document)
            assert there == back == words(text, 0, len(text))
        for start, end in document.sentences:
            for offset in range(start, end):
                found = document.word_at(offset)
                assert found is None or found[0] < found[1] <= len(text)


def test_a_word_of_five_megabytes_is_taken_in_pieces() -> None:
    document = ReaderDocument("x" * 5_000_000)
    first = document.word_at(2_500_000)
    assert first and first[0] <= 2_500_000 < first[1] < first[0] + 10_000
    following = document.next_word(first[1])
    assert following and following[0] == first[1]
    assert document.previous_word(first[1]) == first
