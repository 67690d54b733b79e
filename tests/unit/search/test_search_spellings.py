"""Words written in more than one way, proposed without knowing which words there are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.spellings import spellings, synonyms

PAIRS = """
colour color, neighbourhoods neighborhoods, organise organize, colonisation colonization, analysed analyzed,
centre center, theatres theaters, kilometre kilometer, defence defense, licence license, travelling traveling,
fuelled fueled, counsellors counselors, judgement judgment, dialogues dialogs, programme program,
kilogrammes kilograms, grey gray, tyres tires, ploughed plowed, cheque check, aluminium aluminum,
sulphuric sulfuric, manoeuvre maneuver, paediatric pediatric, encyclopaedia encyclopedia, storey story,
storeys stories, mouldy moldy, kerb curb, ageing aging, anaesthetise anesthetize, artefacts artifacts,
fulfilment fulfillment, enquiry inquiry, learnt learned
"""


@pytest.mark.parametrize("pair", PAIRS.replace("\n", " ").split(","))
def test_british_and_american_english(pair: str) -> None:
    british, american = pair.split()
    assert american in spellings(british)
    assert british in spellings(american)


@pytest.mark.parametrize(
    ("word", "other"),
    [("filling", "filing"), ("hour", "hor"), ("prison", "prizon"), ("shoe", "she")],
)
def test_words_of_one_spelling_are_left_alone(word: str, other: str) -> None:
    assert other not in spellings(word)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("sept", {"sep", "september"}),
        ("7", {"seven", "7th"}),
        ("seventh", {"7th"}),
        ("22", {"22nd"}),
        ("112", set()),
        ("13th", {"13"}),
        ("1990s", {"90s", "2090s"}),
        ("90s", {"1990s", "2090s"}),
        ("percent", {"percentage"}),
        ("word", set()),
    ],
)
def test_synonyms(word: str, others: set[str]) -> None:
    assert synonyms(word) == others


@given(st.text(max_size=20) | st.text("aeiourslzcdgm", max_size=12))
@settings(max_examples=150)
def test_a_word_is_not_its_own_other_spelling(word: str) -> None:
    assert word not in spellings(word) | synonyms(word)
