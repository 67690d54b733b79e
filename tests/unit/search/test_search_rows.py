"""Sentences of any length: what is shown of a hit stays small, and stands where it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from search_samples import article, loose, quote

from workbench.model import HitKind
from workbench.search.index import SearchIndex
from workbench.text.sentences import sentences

LONGEST = 2_000
WORDS = ("valve", "pump", "harbour", "driver", "siren", "crew", "tank")
ENDLESS = " ".join(WORDS[n * n % len(WORDS)] + str(n % 97) for n in range(700_000))
DEEP = 3_000_000


@pytest.fixture(scope="module")
def text() -> str:
    """5 MB in one sentence, with something to find deep inside and at its end."""
    start = ENDLESS.index(" ", DEEP)
    return f"{ENDLESS[:start]} the Đà Nẵng zeppelin ministry{ENDLESS[start:]} heliotrope."


@pytest.fixture(scope="module")
def index(text: str) -> SearchIndex:
    return SearchIndex.build([article("endless", text), article("short", "A zeppelin. A heliotrope.")])


def test_a_hit_deep_in_an_endless_sentence_shows_its_own_neighbourhood(index: SearchIndex, text: str) -> None:
    assert len(text) > 5_000_000 and len(sentences(text)) == 1
    hit = index.search("da nang zepelin ministry").hits[0]
    assert hit.start is not None and hit.end is not None
    assert hit.text == text[hit.start : hit.end] and len(hit.text) <= LONGEST
    assert DEEP - LONGEST < hit.start < hit.end < DEEP + LONGEST
    assert [text[start:end] for start, end in hit.matches] == ["Đà", "Nẵng", "zeppelin", "ministry"]
    last = index.search("heliotrope", article="endless").hits[0]
    assert [(text[a:b], b) for a, b in last.matches] == [("heliotrope", len(text) - 1)]


def test_no_hit_of_a_word_that_is_everywhere_is_long(index: SearchIndex, text: str) -> None:
    hits = index.search("valve14", limit=40).hits
    assert len(hits) == 40
    for hit in hits:
        assert hit.text == text[hit.start : hit.end] and len(hit.text) <= LONGEST
        assert not hit.text.startswith(" ") and text[hit.start or 0 : hit.end][-1:] != " "


def test_what_is_like_a_passage_is_found_inside_too(index: SearchIndex, text: str) -> None:
    (first, *_) = index.similar("The zeppelin ministry of Đà Nẵng", article=None)
    assert first.hit.thing == "endless" and len(first.hit.text) <= LONGEST
    assert {"zeppelin", "ministry"} <= set(first.shared)


@pytest.mark.parametrize("kind", ["note", "comment", "title", "quote", "text"])
@pytest.mark.parametrize("blank", [" ", "\n", ""])
def test_every_kind_is_cut_between_words_and_nothing_is_lost(kind: HitKind, blank: str) -> None:
    words = ["漢字e\u0301ก็"] * 900 if not blank else [f"pump{n}" for n in range(900)]
    written = blank.join(words)
    index = SearchIndex.build([replace(loose(kind, "long", written), offset=70 if kind == "quote" else 0)])
    hits = index.search(f"in:{kind}", limit=1000).hits
    parts = [hit.text for hit in hits]
    assert all(len(part) <= LONGEST for part in parts)
    assert "".join("".join(part.split()) for part in parts) == "".join(words)
    assert not any(part[0] in "\u0301\u0e47" for part in parts)
    if blank:
        assert [word for part in parts for word in part.split()] == words
    if kind == "quote":
        assert [hit.text for hit in hits] == [
            written[(hit.start or 0) - 70 : (hit.end or 0) - 70] for hit in hits
        ]


def test_a_long_quote_stands_for_what_it_covers_of_its_sentence() -> None:
    words = " ".join(f"word{n}" for n in range(2_000)) + " zeppelin " + ENDLESS[:10_000]
    source = article("long", f"Before it all {words} and after.")
    marked = quote("marked", source, words)
    assert [hit.kind for hit in SearchIndex.build([source]).search("zeppelin").hits] == ["text"]
    hits = SearchIndex.build([source, marked]).search("zeppelin").hits
    assert [(hit.kind, hit.thing) for hit in hits] == [("quote", "marked")]
    elsewhere = quote("elsewhere", source, words[:9_000])
    hits = SearchIndex.build([source, elsewhere]).search("zeppelin").hits
    assert [hit.kind for hit in hits] == ["text"]


def test_untagged_looks_at_the_parts_of_a_sentence() -> None:
    source = replace(article("long", ENDLESS[:9_900]), tagged=((4_000, 4_050),))
    free = [(hit.start or 0, hit.end or 0) for hit in SearchIndex.build([source]).search("untagged").hits]
    assert len(free) >= 3
    assert all(end <= 4_000 or start >= 4_050 for start, end in free)
