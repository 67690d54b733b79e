"""Paragraphs, sentences and words: on the sample articles, on traps, and on any text."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.sentences import (
    paragraph_number,
    paragraphs,
    sentence_at,
    sentences,
    words,
)

HERE = Path(__file__).parent
SEEDS = {path.name[:3]: path.read_bytes().decode() for path in (HERE.parents[2] / "seeds").glob("*.txt")}

any_text = st.text(
    st.one_of(st.sampled_from('aB1é漢。.!?…”“"’) (\n\r\t\u2028\u00a0-'), st.characters()), max_size=200
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("article", sorted(SEEDS))
def test_sentences_of_the_sample_articles(article: str) -> None:
    with (HERE / "golden_sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        expected = [
            (int(row["start"]), int(row["end"]), row["words"]) for row in rows if row["article"] == article
        ]
    text = SEEDS[article]
    assert sentences(text) == [(start, end) for start, end, _ in expected]
    for start, end, shown in expected:
        first, _, last = shown.partition(" … ")
        assert " ".join(text[start:end].split()).startswith(first)
        assert " ".join(text[start:end].split()).endswith(last)


@pytest.mark.parametrize(
    "text",
    [
        "He met Mr. Smith and J. Smith of Apple Inc. yesterday.",
        "The U.S. National Security Advisor saw J. A. Smith in the U.S. Capitol.",
        "On Sept. 10, the No. 2 figure spent $175.57 billion.",
        "Copyright of FT.com and www.example.com and Node.js stays.",
        "It began at 5 p.m. Tuesday and at 6 p.m. EST, e.g. The Economist says so.",
        "Its “Four No’s” policy: not joining.",
        "“Why now?” Trong asked.",
        "“Go!” he said.",
        "Well... maybe … or not.",
        "Prices rose 3.5 percent, see Fig. 2 and pp. 12.",
        "1. Perform joint patrols.",
        "1) Perform joint patrols.",
        "- Perform joint patrols.",
        "A heading without a full stop",
        "In September, U.S.** Biden visited.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["He is in the U.S.", "The vote was near."],
        ["They are “comrades and brothers.”", "For example, Trong."],
        ["Contact [email protected].", "A maximum of ten."],
        ["Really?!", "Yes."],
        ["Well...", "Maybe."],
        ["At 6 p.m.", "Biden spoke."],
        ["He said no.", "Then he left."],
        ["It was so in 2020.", "37 people left."],
        ["It was long ago.", "$100 million went."],
        ["Prices fell.", "iPhone sales rose."],
        ["It ended (finally).", "(It did.)", "Yes."],
        ["“One.”", "“Two,” she said."],
        ["« Bonjour. »", "Puis il part."],
        ["A fact.[12]", "The next."],
        ["مرحبا؟", "نعم."],
    ],
)
def test_sentences_are_parted(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["a more unified Southeast Asia.”", "Please utilise the tools."],
        ["That is what happened.", "The minister left."],
        ["他说：“你好。”", "然后走了。", "真的吗？！", "是。"],  # noqa: RUF001
        ["「行く。」と言った。", "そうだ。"],
    ],
)
def test_sentences_without_a_space_between_are_parted(parts: list[str]) -> None:
    assert split("".join(parts)) == parts


@settings(max_examples=200, deadline=None)
@given(any_text)
def test_sentences_are_apart_trimmed_and_complete(text: str) -> None:
    spans, blocks = sentences(text), paragraphs(text)
    covered: set[int] = set()
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert any(a <= start and end <= b for a, b in blocks)
        covered.update(range(start, end))
        last = end
    assert all(index in covered or char.isspace() for index, char in enumerate(text))


@settings(max_examples=100, deadline=None)
@given(any_text)
def test_without_short_lines_every_line_with_ink_is_a_paragraph(text: str) -> None:
    lines = [part for line in text.splitlines() for part in [line.strip()] if part]
    unusual = "\v\f\x1c\x1d\x1e\x85"
    if not any(char in text for char in unusual):
        assert [text[a:b] for a, b in paragraphs(text)] == lines


def test_paragraph_numbers_count_lines_with_ink() -> None:
    assert {paragraph_number(SEEDS["001"], offset) for offset in (948, 1019)} == {6}
    assert paragraph_number(SEEDS["001"], 2634) == 14
    assert paragraph_number(SEEDS["004"], 68) == 2
    assert paragraph_number("", 0) == 1
    assert [len(paragraphs(SEEDS[key])) for key in sorted(SEEDS)] == [5, 37, 32, 5, 19]


WRAPPED = """\
This paragraph was filled to seventy-two columns by a mail program, as
such programs do, and so its lines end where the next word would not fit
in any more; they are one paragraph. It goes on for a few more lines, so
that nobody can take the line breaks for anything else.

- a list item that is long enough to reach the edge of the text, or near
- another one

The next paragraph stands after an empty line, and it is filled up like
the first one.
"""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    shown = [" ".join(WRAPPED[a:b].split()) for a, b in paragraphs(WRAPPED)]
    assert [line.split()[0:2] for line in shown] == [
        ["This", "paragraph"],
        ["-", "a"],
        ["-", "another"],
        ["The", "next"],
    ]
    assert shown[0].endswith("for anything else.")
    assert [len(WRAPPED[a:b].splitlines()) for a, b in sentences(WRAPPED)][:2] == [3, 2]
    windows = WRAPPED.replace("\n", "\r\n")
    assert [windows[a:b].replace("\r", "") for a, b in paragraphs(windows)] == [
        WRAPPED[a:b] for a, b in paragraphs(WRAPPED)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Leaders Of Both Countries Met In Hanoi And Spoke About The New Railway",
            *["Another Headline Of The Same Width Stands Here Below The First One Too"] * 5,
        ],
        ["a short line of verse", "and another one below", "and a third one for it", "and a fourth one now"],
        ["- " + "word " * 14 + "item"] * 6,
        ["long " * 60 + "end."] * 6,
    ],
)
def test_lines_that_only_look_filled_stay_apart(lines: list[str]) -> None:
    assert len(paragraphs("\n".join(lines))) == len(lines)


def test_sentence_at_takes_the_nearest() -> None:
    spans = [(2, 5), (10, 12)]
    assert [sentence_at(spans, offset) for offset in range(14)] == [0] * 8 + [1] * 6
    assert sentence_at([], 7) == 0


def test_words() -> None:
    text = "Vietnam’s US-China trade: $175.57 billion, e\u0301te\u0301 in 河内 (No. 2)."
    assert [text[a:b] for a, b in words(text, 0, len(text))] == [
        *(
            "Vietnam’s",
            "US",
            "China",
            "trade",
            "175.57",
            "billion",
            "e\u0301te\u0301",
            "in",
            "河",
            "内",
            "No",
            "2",
        )
    ]
    assert words(text, 10, 18) == [(10, 12), (13, 18)]


@settings(max_examples=100, deadline=None)
@given(any_text)
def test_every_letter_is_in_one_word(text: str) -> None:
    spans = words(text, 0, len(text))
    assert all(a < b <= c for (a, b), (c, _) in itertools.pairwise(spans))
    assert all(any(a <= i < b for a, b in spans) for i, char in enumerate(text) if char.isalpha())
