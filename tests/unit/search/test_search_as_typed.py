"""Names and numbers as analysts type them: each of two ways to write a thing finds the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from search_samples import article

from workbench.search.index import SearchIndex

LINES = Path(__file__).with_name("written_forms.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


def _index(forms: list[str]) -> SearchIndex:
    return SearchIndex.build(
        [article(f"a{n}", f"It was noted then: {form} once more.") for n, form in enumerate(forms)]
    )


@pytest.fixture(scope="module")
def texts() -> SearchIndex:
    """An article a case, which has the thing as texts write it."""
    return _index([case["text"] for case in CASES])


@pytest.fixture(scope="module")
def turned() -> SearchIndex:
    """The same with the thing as it was typed."""
    return _index([case["query"] for case in CASES])


def _assert_found(index: SearchIndex, number: int, form: str) -> None:
    for typed in (form, f"{form} once"):  # the last word may be unfinished, others are not
        hit = index.search(typed).hits[0]
        assert (hit.thing, hit.weak) == (f"a{number}", False), typed


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["kind"] for case in CASES])
def test_either_way_to_write_it_finds_the_other(texts: SearchIndex, turned: SearchIndex, number: int) -> None:
    _assert_found(texts, number, CASES[number]["query"])
    if CASES[number]["both"]:
        _assert_found(turned, number, CASES[number]["text"])
