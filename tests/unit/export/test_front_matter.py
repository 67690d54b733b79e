"""Front matter keeps strings strings, whatever they look like."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.export.front_matter import front_matter, iso_time


def value_of(text: str) -> str:
    _, line, _ = front_matter({"key": text})
    return line.removeprefix("key: ")


@pytest.mark.parametrize("text", ["plain", "region/asean", "workbench-export/1", "a_b"])
def test_harmless_words_stay_bare(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize(
    "text", ["no", "Yes", "null", "12", "1e5", "", " a", "a: b", "- a", "é", "a # b", "]", "a/"]
)
def test_what_yaml_would_read_otherwise_is_quoted(text: str) -> None:
    assert value_of(text) == json.dumps(text, ensure_ascii=False)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_string_is_one_printable_line_and_comes_back(text: str) -> None:
    value = value_of(text)
    assert len(value.splitlines()) <= 1
    assert value == text or json.loads(value) == text


def test_numbers_lists_and_times() -> None:
    facts = {"n": 3, "tags": ["a", "b, c"], "none": [], "at": iso_time(1_795_262_400_123)}
    lines = front_matter(facts)
    assert lines == ["---", "n: 3", 'tags: [a, "b, c"]', "none: []", "at: 2026-11-21T12:00:00Z", "---"]
