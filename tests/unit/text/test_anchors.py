"""Ranges are found again in changed versions of the sample articles, and never in a wrong place unasked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.text.anchors import relocate, select
from workbench.text.sentences import paragraphs, sentences, words

SEEDS = Path(__file__).parents[3] / "seeds"
TEXTS = [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]

Traced = list[tuple[str, int]]
"""A text as (piece, source offset) pairs; -1 where the piece is new."""
Span = tuple[int, int]


def drop_paragraph(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Leave out a paragraph that the range does not touch."""
    others = [span for span in paragraphs(text) if span[1] <= kept[0] or span[0] >= kept[1]]
    if not others:
        return traced
    start, end = rng.choice(others)
    return [piece for piece in traced if not start <= piece[1] < end]


def insert_paragraph(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Put a paragraph of another article somewhere between two paragraphs."""
    other = rng.choice([known for known in TEXTS if known != text])
    start, end = rng.choice(paragraphs(other))
    ends = [b for _, b in paragraphs(text) if b <= kept[0] or b >= kept[1]]
    at = rng.choice(ends) if ends else len(text)
    new = [(char, -1) for char in "\n\n" + other[start:end]]
    index = next((i for i, (_, source) in enumerate(traced) if source >= at), len(traced))
    return traced[:index] + new + traced[index:]


def change_marks(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Write quotation marks, dashes and the like in another style."""
    curly = {"'": "’", '"': "“", "-": "‐", "–": "—"}  # noqa: RUF001
    straight = {"’": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
    style = rng.choice([curly, straight])
    return [(style.get(piece, piece), source) for piece, source in traced]


def change_spaces(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Double spaces, make some unbreakable, write line ends in another way."""
    ways = {" ": ["  ", "\u00a0", " \u200b", " ", " ", " "], "\n": ["\r\n", "\n\n", "\n "]}
    return [(rng.choice(ways.get(piece, [piece])), source) for piece, source in traced]


def edit_words_outside(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Replace or drop two words within 200 characters of the range."""
    near = words(text, max(0, kept[0] - 200), kept[0]) + words(text, kept[1], min(len(text), kept[1] + 200))
    return _replace_words(traced, rng.sample(near, min(2, len(near))), rng)


def edit_word_inside(text: str, traced: Traced, kept: Span, rng: random.Random) -> Traced:
    """Replace or drop a word within a range of ten words or more, not at its edges."""
    inner = words(text, *kept)[2:-2]
    return _replace_words(traced, [rng.choice(inner)], rng) if len(inner) > 5 else traced


def _replace_words(traced: Traced, spans: list[Span], rng: random.Random) -> Traced:
    new = {start: rng.choice(["", "several", "Hanoi"]) for start, _ in spans}
    return [
        (new[source], source)
        if source in new
        else ("", source)
        if _inside(source, spans)
        else (piece, source)
        for piece, source in traced
    ]


def _inside(offset: int, spans: list[Span]) -> bool:
    return any(start < offset < end for start, end in spans)


CASES = 400

MUTATIONS: list[Callable[[str, Traced, Span, random.Random], Traced]] = [
    drop_paragraph,
    insert_paragraph,
    change_marks,
    change_spaces,
    edit_words_outside,
    edit_word_inside,
]


def assemble(traced: Traced, kept: Span) -> tuple[str, Span]:
    """The mutated text and where the kept range is in it."""
    parts: list[str] = []
    length, start, end = 0, -1, -1
    for piece, source in traced:
        if kept[0] <= source < kept[1] and piece:
            start = length if start < 0 else start
            end = length + len(piece)
        parts.append(piece)
        length += len(piece)
    return "".join(parts), (start, end)


def pick_range(text: str, rng: random.Random) -> Span:
    """A sentence, a phrase of two to eight words, or a single word."""
    sentence = rng.choice([span for span in sentences(text) if span[1] - span[0] > 20])
    within = words(text, *sentence)
    size = rng.choice([1, rng.randint(2, 8), 0])
    if size == 0 or len(within) <= size:
        return sentence
    first = rng.randrange(len(within) - size)
    return (within[first][0], within[first + size - 1][1])


def judge(text: str, kept: Span, traced: Traced) -> str:
    changed, (start, end) = assemble(traced, kept)
    found = relocate(select(text, *kept), changed)
    if found.span is None:
        return found.outcome
    if found.span == (start, end):
        return "exact"
    common = min(end, found.span[1]) - max(start, found.span[0])
    return "near" if common > 0.5 * (end - start) else "wrong"


def test_ranges_survive_changed_versions() -> None:
    rng = random.Random(20231218)
    outcomes: Counter[str] = Counter()
    for _ in range(CASES):
        text = rng.choice(TEXTS)
        kept = pick_range(text, rng)
        traced: Traced = [(char, offset) for offset, char in enumerate(text)]
        for mutate in rng.sample(MUTATIONS, rng.randint(1, 3)):
            traced = mutate(text, traced, kept, rng)
        outcomes[judge(text, kept, traced)] += 1
    assert outcomes["exact"] >= 0.97 * CASES, outcomes
    assert outcomes["wrong"] <= 0.004 * CASES, outcomes


def test_an_unchanged_text_gives_the_very_range_though_its_words_recur() -> None:
    text = "the same words. " * 20
    assert relocate(select(text, 160, 164), text).span == (160, 164)


def test_two_places_alike_are_asked_about_best_first() -> None:
    selector = select("He said: peace now. And left.", 9, 18)
    copy = "He said: peace now. And left. Well! He said: peace now. And left."
    found = relocate(selector, copy)
    assert (found.outcome, found.span) == ("found", (9, 18))  # it still stands where it stood
    found = relocate(selector, "New. " + copy)
    assert (found.outcome, found.span) == ("ambiguous", None)
    assert {("New. " + copy)[a:b] for a, b in found.candidates} == {"peace now"}
    assert len(found.candidates) == 2


def test_a_long_range_is_found_by_its_edges() -> None:
    text = "\n\n".join(TEXTS)
    start, end = len(TEXTS[0]) + 2, len(text) - len(TEXTS[4]) - 2
    changed = "A new start. " + text.replace("Hanoi", "Ha Noi").replace("’", "'")
    found = relocate(select(text, start, end), changed)
    assert found.span is not None
    words_kept = changed[slice(*found.span)].replace("Ha Noi", "Hanoi")
    assert words_kept == text[start:end].replace("’", "'")
    assert relocate(select(text, start, end), TEXTS[0] * 3).outcome == "lost"


@pytest.mark.parametrize("other", ["", " ", "x", TEXTS[2]])
def test_what_is_gone_is_lost(other: str) -> None:
    start, end = sentences(TEXTS[1])[10]
    found = relocate(select(TEXTS[1], start, end), other)
    assert (found.outcome, found.span, found.candidates) == ("lost", None, ())


def test_a_selector_keeps_words_and_context() -> None:
    selector = select("0123456789", 4, 6, context=3)
    assert (selector.exact, selector.prefix, selector.suffix) == ("45", "123", "678")
    selector = select("0123456789", 0, 10)
    assert (selector.prefix, selector.suffix) == ("", "")


@pytest.mark.parametrize("start, end", [(-1, 2), (2, 2), (3, 2), (0, 4)])
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(InputError, match="empty or outside the text"):
        select("abc", start, end)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=40), st.data(), st.text(max_size=60))
def test_any_text_gives_an_answer_inside_it(text: str, data: st.DataObject, other: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = relocate(select(text, start, end), other)
    assert (found.span is not None) == (found.outcome == "found")
    assert bool(found.candidates) == (found.outcome == "ambiguous")
    for a, b in [found.span or (0, 0), *found.candidates]:
        assert 0 <= a <= b <= len(other)
    assert 0.0 <= found.score <= 1.0
