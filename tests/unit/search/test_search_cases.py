"""Queries as analysts type them, over the five sample articles: each finds its passage near the top."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from search_samples import article, seeds

from workbench.search.index import SearchIndex

LINES = Path(__file__).with_name("search_cases.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex.build([article(name, text) for name, text in seeds().items()])


@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']}: {case['query']}" for case in CASES])
def test_a_query_finds_its_passage_or_owns_up(index: SearchIndex, case: dict[str, Any]) -> None:
    hits = [hit for hit in index.search(case["query"]).hits[: case["k"]] if not hit.weak]
    met = []
    for name, quote in case["expect"]:
        text = seeds()[name]
        assert quote in text
        places = [at for at in range(len(text)) if text.startswith(quote, at)]
        met.append(
            any(
                hit.thing == name and hit.start < at + len(quote) and at < hit.end  # type: ignore[operator]
                for hit in hits
                for at in places
            )
        )
    if case["need"] == "none":
        assert hits == []
    else:
        assert any(met) if case["need"] == "any" else all(met)
