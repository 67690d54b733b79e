"""Nothing that is drawn can act on the terminal, and offsets stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.inert import inert


@pytest.mark.parametrize(
    "text, drawn",
    [
        ("plain text", "plain text"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\x9b31m\x7f", "\ufffd31m␡"),
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\u202eabc\u2069", "␦abc␦"),
        ("a\u200bb\ufeffc", "a␦b␦c"),
        ("co\u00adop", "co-op"),
        ("\ud800", "\ufffd"),
        ("a\u200db", "a␦b"),
        ("می\u200cخواهم \u200c", "می\u200cخواهم ␦"),  # noqa: RUF001
        ("tag\U000e0041", "tag␦"),
    ],
)
def test_what_could_act_is_shown(text: str, drawn: str) -> None:
    assert inert(text) == drawn


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽\u200d💻",
        "❤️\u200d🔥",
        "👨\u200d👩\u200d👧",
        "🏴\U000e0067\U000e0062\U000e007f",
        "e\u0301 Việt 漢字",
        "1️⃣",
    ],
)
def test_what_belongs_together_stays(text: str) -> None:
    assert inert(text) == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_length_stays_and_no_control_is_left(text: str) -> None:
    drawn = inert(text)
    assert len(drawn) == len(text)
    assert inert(drawn) == drawn
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in drawn)
    assert not any(
        unicodedata.bidirectional(char) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "PDF") for char in drawn
    )
    drawn.encode("utf-8")
