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


CHINESE = {
    "together": "越南外交部昨天对中国表示欢迎。",
    "apart": "国家中心在北京举行会议。",
    "neither": "经济增长放缓。",
}


def _marked(index: SearchIndex, query: str) -> dict[str, list[str]]:
    return {
        hit.thing: [hit.text[start - (hit.start or 0) : end - (hit.start or 0)] for start, end in hit.matches]
        for hit in index.search(query).hits
    }


def test_two_characters_are_found_where_they_stand_together() -> None:
    index = SearchIndex.build([article(name, text) for name, text in CHINESE.items()])
    assert _marked(index, "中国") == {"together": ["中国"]}
    assert _marked(index, "国") == {"together": ["国"], "apart": ["国"]}
    assert _marked(index, '"中国"') == {"together": ["中国"]}


def test_characters_that_nowhere_stand_together_are_a_weak_answer() -> None:
    index = SearchIndex.build([article(name, CHINESE[name]) for name in ("apart", "neither")])
    assert [(hit.thing, hit.weak) for hit in index.search("中国").hits] == [("apart", True)]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("ประเทศไทยลงนาม", "ไทย", ["ไทย"]),
        ("ที่กรุงเทพฯ วันนี้", "กรุง", ["กรุง"]),
        ("会見はﾊﾞﾝｺｸで開かれた", "バンコク", ["ﾊﾞﾝｺｸ"]),
        ("베트남과 협력한다", "베트남", ["베트남과"]),
        ("Worth $175.57 billion then", "175bn", ["175.57", "billion"]),
        ("Growth of 5.5\u00a0% a year", "5.5 percent", ["5.5", "%"]),
        ("L’E\u0301lyse\u0301e a dit", "elysee", ["L’E\u0301lyse\u0301e"]),
        ("The U. S. Navy and its men", "US navy", ["U. S", "Navy"]),
    ],
)
def test_the_words_as_written_are_marked(text: str, query: str, marked: list[str]) -> None:
    assert _marked(SearchIndex.build([article("a", text)]), query) == {"a": marked}


@pytest.mark.parametrize("query", ["🙂", "🇻🇳 🔥", "***", "- -", "'", "_", "…", "\u200b", "\ud800"])
def test_signs_alone_find_nothing(texts: SearchIndex, query: str) -> None:
    assert texts.search(query).hits == ()
