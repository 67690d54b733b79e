"""Numbers with the word for what they count."""

from __future__ import annotations

import pytest

from workbench.text.counting import counted


@pytest.mark.parametrize(
    ("number", "word", "written"),
    [
        (0, "tag", "0 tags"),
        (1, "saved search", "1 saved search"),
        (2, "saved search", "2 saved searches"),
        (2000, "article", "2,000 articles"),
    ],
)
def test_a_word_follows_its_number(number: int, word: str, written: str) -> None:
    assert counted(number, word) == written
