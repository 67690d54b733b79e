"""What the library's filter line lets through, and in which order articles stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Article
from workbench.tui.library_filter import LibraryFilter, library_order

BLANK = Article(
    id="", title=None, publisher=None, author=None, published=None, qualifier="", basis="unknown", url=None,
    language=None, comment=None, grade=None, proposed=frozenset(), file="", text_hash="", opening="", words=0,
    chars=0, passages=0, tags=0, notes=0, imported=0,
)  # fmt: skip
ARTICLES = [
    replace(BLANK, id="fire", title="Harbour fire leaves three dead", publisher="Northport Gazette",
            published="2026-03-14", grade="B", file="a.txt"),
    replace(BLANK, id="pump", title="What a deluge pump is for", author="Ines Halloran", published="2026-03",
            file="b.txt"),
    replace(BLANK, id="none", opening="date 2025-11-21 At a time of", published="2025", file="harbour.md"),
    replace(BLANK, id="old", title="Đà Nẵng’s port", publisher="Coastal Wire", file="d.jsonl:17"),
]  # fmt: skip
FILTER = LibraryFilter(ARTICLES, {"fire": ["cause", "region/asean"], "old": ["official claim"]})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "fire pump none old"),
        ("   ", "fire pump none old"),
        ("fire", "fire"),
        ("dead harb", "fire"),
        ("harbour", "fire none"),
        ("uge", "pump"),
        ("hrabour", "fire none"),
        ("haloran", "pump"),
        ("da nang", "old"),
        ("jsonl 17", "old"),
        ("@gaz", "fire"),
        ("@halloran", "pump"),
        ("@wire port", "old"),
        ("#asean", "fire"),
        ("#cause harbour", "fire"),
        ("#claim", "old"),
        (">2025", "fire pump"),
        (">=2025", "fire pump none"),
        (">2026-03-13", "fire pump"),
        (">2026-0", "fire pump none old"),
        ("<2026", "none"),
        (">", "fire pump none old"),
        ("grade<=B", "fire"),
        ("untagged", "pump none"),
        ("untagged harbour", "none"),
        ("port by:anna", "old"),
        ("@gazette @coastal", "fire old"),
        ("harbour -fire", "none"),
        ('"harbour fire"', "fire"),
        ("zebra", ""),
        ("qq", ""),
    ],
)
def test_what_is_typed_finds(typed: str, found: str) -> None:
    assert [article.id for article in FILTER.matching(typed)] == found.split()


def test_the_newest_stands_first_and_undated_ones_last() -> None:
    shuffled = [ARTICLES[at] for at in (3, 2, 0, 1)]
    assert [article.id for article in library_order(shuffled)] == ["fire", "pump", "none", "old"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30) | st.text(alphabet='@#<>"-2026 harbour', max_size=30))
def test_anything_typed_keeps_the_order(typed: str) -> None:
    places = [ARTICLES.index(article) for article in FILTER.matching(typed)]
    assert places == sorted(places)
