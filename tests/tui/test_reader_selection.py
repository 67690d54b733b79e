"""How the reader's selection moves, extends, grows and shrinks, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text import graphemes
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_selection import ReaderSelection

TEXT = (
    "Xi met Biden. He said: “We agreed. It was late.” Then he left.\n"
    "\n"
    "A second paragraph stands here. It has two sentences.\n"
    "The last one."
)


@pytest.fixture
def selection() -> ReaderSelection:
    return ReaderSelection(ReaderDocument(TEXT))


def words(selection: ReaderSelection) -> str:
    """What is selected."""
    return selection.document.text[slice(*selection.span)]


def test_the_first_sentence_is_selected_at_once(selection: ReaderSelection) -> None:
    assert words(selection) == "Xi met Biden."


def test_sentences_are_walked_and_the_ends_are_told(selection: ReaderSelection) -> None:
    assert not selection.move_sentence(-1)
    count = len(selection.document.sentences)
    assert all(selection.move_sentence(1) for _ in range(count - 1))
    assert words(selection) == "The last one."
    assert not selection.move_sentence(1)
    assert selection.move_sentence(-100)
    assert words(selection) == "Xi met Biden."


def test_words_are_entered_from_a_sentence_and_left_again(selection: ReaderSelection) -> None:
    selection.move_word(1)
    assert words(selection) == "Xi"
    selection.move_word(2)
    assert words(selection) == "Biden"
    selection.move_word(1)
    assert words(selection) == "He"
    selection.move_word(-1)
    assert words(selection) == "Biden"
    selection.move_sentence(1)
    assert words(selection).startswith("He said")


def test_back_by_a_word_from_a_sentence_is_its_last(selection: ReaderSelection) -> None:
    selection.move_word(-1)
    assert words(selection) == "Biden"


def test_words_end_at_the_ends_of_the_text(selection: ReaderSelection) -> None:
    selection.move_word(1)
    assert not selection.move_word(-1)
    selection.move_to(len(TEXT))
    selection.move_word(-1)
    assert words(selection) == "one"
    assert not selection.move_word(1)


def test_paragraphs_first_go_back_to_their_own_start(selection: ReaderSelection) -> None:
    selection.move_paragraph(1)
    assert words(selection) == "A second paragraph stands here."
    selection.move_sentence(1)
    selection.move_paragraph(-1)
    assert words(selection) == "A second paragraph stands here."
    selection.move_paragraph(-1)
    assert words(selection) == "Xi met Biden."
    assert not selection.move_paragraph(-1)
    assert selection.move_paragraph(2)
    assert not selection.move_paragraph(1)


def test_extending_keeps_the_anchor_and_turns_around_it(selection: ReaderSelection) -> None:
    selection.move_paragraph(1)
    selection.move_sentence(1, extend=True)
    assert words(selection) == "A second paragraph stands here. It has two sentences."
    selection.move_sentence(-1, extend=True)
    assert words(selection) == "A second paragraph stands here."
    selection.move_sentence(-1, extend=True)
    assert words(selection).startswith("Then he left.")
    assert words(selection).endswith("stands here.")


def test_extending_by_words_moves_one_edge_there_and_back(selection: ReaderSelection) -> None:
    selection.move_word(3)
    selection.move_word(1, extend=True)
    selection.move_word(1, extend=True)
    assert words(selection) == "Biden. He said"
    selection.move_word(-2, extend=True)
    assert words(selection) == "Biden"
    selection.move_word(-1, extend=True)
    assert words(selection) == "met Biden"
    selection.move_word(1, extend=True)
    assert words(selection) == "Biden"


def test_extend_mode_makes_plain_movement_extend(selection: ReaderSelection) -> None:
    assert selection.toggle_extending()
    selection.move_sentence(1)
    selection.move_paragraph(1)
    assert words(selection) == TEXT.splitlines()[0]
    selection.clear_extension()
    assert not selection.extending
    assert words(selection) == "Then he left."


def test_extending_by_paragraphs_takes_in_whole_ones_and_gives_them_back(selection: ReaderSelection) -> None:
    lines = TEXT.splitlines()
    selection.move_sentence(1)
    selection.toggle_extending()
    for upto in (lines[0], lines[2], lines[3]):
        assert selection.move_paragraph(1)
        assert words(selection) == TEXT[TEXT.index("He said") : TEXT.index(upto) + len(upto)]
    assert not selection.move_paragraph(1)
    assert selection.move_paragraph(-1)
    assert words(selection).endswith("A second paragraph stands here.")
    assert selection.move_paragraph(-1)
    assert words(selection) == "Xi met Biden. He said: “We agreed."


def test_growing_goes_through_the_units_and_shrinking_comes_back() -> None:
    text = "She said “it was too late” and left. Nobody spoke."
    selection = ReaderSelection(ReaderDocument(text))
    selection.select(text.index("too"), text.index("too") + 3, unit="word")
    seen = [words(selection)]
    while selection.grow():
        seen.append(words(selection))
    assert seen == ["too", "“it was too late”", "She said “it was too late” and left.", text]
    for text in reversed(seen[:-1]):
        assert selection.shrink()
        assert words(selection) == text


def test_shrinking_without_growth_takes_the_next_smaller_unit(selection: ReaderSelection) -> None:
    selection.select_paragraph()
    assert selection.shrink()
    assert words(selection) == "Xi met Biden."
    assert selection.shrink()
    assert words(selection) == "Xi"
    assert not selection.shrink()


def test_quoted_speech_is_found_from_within_and_from_its_sentence(selection: ReaderSelection) -> None:
    assert not selection.select_quoted()
    selection.move_sentence(1)
    assert selection.select_quoted()
    assert words(selection) == "“We agreed. It was late.”"
    selection.move_paragraph(1)
    assert not selection.select_quoted()


def test_quoted_speech_again_is_the_one_around_it_and_growing_goes_through_all() -> None:
    text = "So: „Er rief ‚halt‘ und ging“, hieß es. 「あ『い』う」"
    selection = ReaderSelection(ReaderDocument(text))
    selection.select(text.index("halt"), text.index("halt") + 4, unit="word")
    seen = [words(selection) for _ in range(5) if selection.select_quoted()]
    assert seen == ["‚halt‘", *["„Er rief ‚halt‘ und ging“"] * 4]
    selection.select(text.index("い"), text.index("い") + 1)
    grown = [words(selection) for _ in range(3) if selection.grow()]
    assert grown == ["『い』", "「あ『い』う」", text]
    assert [words(selection) for _ in range(3) if selection.shrink()] == ["「あ『い』う」", "『い』", "い"]


def test_sentence_and_word_choose_around_the_selection(selection: ReaderSelection) -> None:
    start = TEXT.index("second")
    selection.select(start, TEXT.index("has"))
    selection.select_sentence()
    assert words(selection) == "A second paragraph stands here. It has two sentences."
    selection.select_word()
    assert words(selection) == "A"


def test_ranges_snap_to_graphemes_and_to_the_text() -> None:
    text = "Cafe\u0301 👩‍🚀 flies."
    selection = ReaderSelection(ReaderDocument(text))
    selection.select(3, 4)
    assert words(selection) == "e\u0301"
    selection.select(text.index("🚀"), text.index("🚀") + 1)
    assert words(selection) == "👩‍🚀"
    selection.select(-5, 10_000)
    assert selection.span == (0, len(text))


def test_an_empty_text_has_nothing_to_select() -> None:
    selection = ReaderSelection(ReaderDocument(""))
    selection.select_word()
    selection.select_sentence()
    selection.select_paragraph()
    assert not selection.move_sentence(1)
    assert not selection.move_word(1)
    assert not selection.move_paragraph(1)
    assert not selection.grow()
    assert selection.span == (0, 0)


MOVES = ("move_sentence", "move_word", "move_paragraph")
UNITS = ("select_word", "select_sentence", "select_paragraph", "select_quoted", "grow", "shrink")


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="ab. \n“”é\u0301👩🚀\u200d漢!", max_size=60),
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(MOVES), st.sampled_from([-2, -1, 1, 2]), st.booleans()),
            st.tuples(st.sampled_from(UNITS)),
        ),
        max_size=12,
    ),
)
def test_whatever_is_done_the_selection_is_whole_graphemes_of_the_text(
    text: str, steps: list[tuple[object, ...]]
) -> None:
    selection = ReaderSelection(ReaderDocument(text))
    edges = set(graphemes.boundaries(text, 0, len(text)))
    for name, *arguments in steps:
        before = selection.span
        found = getattr(selection, str(name))(*arguments)
        assert set(selection.span) <= edges
        assert selection.span[0] < selection.span[1] or not text.strip()
        assert found is not False or selection.span == before
