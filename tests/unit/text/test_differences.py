"""What changed between two texts, word by word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.differences import Piece, changed_words

TEXTS = st.text(st.sampled_from("ab c\n."), max_size=60)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = changed_words(before, after)
    assert "".join(text for how, text in pieces if how != "new") == before
    assert "".join(text for how, text in pieces if how != "gone") == after


def test_a_changed_word_stands_between_what_stayed() -> None:
    assert changed_words("Who knew of the pumps?", "Who knew of the alarm?") == [
        Piece("same", "Who knew of the "),
        Piece("gone", "pumps"),
        Piece("new", "alarm"),
        Piece("same", "?"),
    ]


def test_long_stretches_that_stayed_are_cut() -> None:
    kept = "word " * 200
    pieces = changed_words(f"{kept}old\n{kept}", f"{kept}new\n{kept}")
    assert [piece.how for piece in pieces] == ["cut", "same", "gone", "new", "same", "cut"]


def test_what_has_little_in_common_is_replaced_whole() -> None:
    assert changed_words("one two three", "quite another text") == [
        Piece("gone", "one two three"),
        Piece("new", "quite another text"),
    ]
