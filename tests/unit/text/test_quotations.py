"""Quoted speech: marks of several languages, nested, with apostrophes, over paragraphs, and in any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.quotations import quotations, quoted_speech

LONG = "He spoke: “We came.\n\n“We saw.\n\n“We won,” he said. “Once.”"


@pytest.mark.parametrize(
    "text, at, expected",
    [
        ("He said “yes, «never» again” and left.", 10, "“yes, «never» again”"),
        ("He said “yes, «never» again” and left.", 16, "«never»"),
        ("He said “yes” and left.", 1, None),
        ('One "two" three "four" five', 5, '"two"'),
        ('One "two" three "four" five', 11, None),
        ("„Ja“, sagte er", 1, "„Ja“"),
        ("„Ja, ‚nein‘ sage ich“, sagte er", 7, "‚nein‘"),
        ("»Ja«, sagte er", 1, "»Ja«"),
        ("« Oui », dit-il », et « non »", 3, "« Oui »"),
        ("« Oui », dit-il », et « non »", 12, None),
        ("« Oui », dit-il », et « non »", 24, "« non »"),
        ("彼は「『雪』が降る」と言った", 4, "『雪』"),
        ("彼は「『雪』が降る」と言った", 8, "「『雪』が降る」"),
        ("‘It’s the workers’ union’s,’ she said, ‘not ours.’", 3, "‘It’s the workers’ union’s,’"),
        ("‘It’s the workers’ union’s,’ she said, ‘not ours.’", 31, None),
        ("“Don’t say ‘tis over,” he said in the ’90s.", 4, "“Don’t say ‘tis over,”"),
        ("The workers’ “own” rock ’n’ roll", 15, "“own”"),
        ("under ” Belt and Road” and “Two Corridors.”", 30, "“Two Corridors.”"),
        ("“Xinhua quoted: “Only through peace.”", 20, "“Only through peace.”"),
        ("“never closed\n\nhere”", 3, None),
        ("", 0, None),
    ],
)
def test_the_innermost_quotation(text: str, at: int, expected: str | None) -> None:
    span = quoted_speech(text, at)
    assert (text[slice(*span)] if span else None) == expected


def test_the_ones_around_come_after_it() -> None:
    text = "She wrote “he said ‘never’ twice”."
    assert [text[slice(*span)] for span in quotations(text, 21)] == ["‘never’", "“he said ‘never’ twice”"]


def test_a_speech_goes_on_over_paragraphs_that_begin_with_its_mark() -> None:
    whole = LONG[LONG.index("“") : LONG.index("”") + 1]
    assert [LONG[slice(*span)] for span in quotations(LONG, LONG.index("came"))] == [whole]
    won = [LONG[slice(*span)] for span in quotations(LONG, LONG.index("won"))]
    assert won == ["“We won,”", LONG[LONG.index("“We saw") : LONG.index("”") + 1], whole]
    assert quoted_speech(LONG, LONG.index("Once")) == (len(LONG) - 7, len(LONG))


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from('aB s“”„«»‹›「」『』‘’‚"\n.'), max_size=60), st.integers(-3, 65))
def test_quotations_hold_the_offset_and_lie_in_each_other(text: str, at: int) -> None:
    found = quotations(text, at)
    assert all(first <= at < end <= len(text) and end - first > 1 for first, end in found)
    assert [end - first for first, end in found] == sorted(end - first for first, end in found)
