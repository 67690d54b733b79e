"""What each operator lets through, alone and together, and which of them is told to leave nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, hold, loose, quote

from workbench.search.document import Document
from workbench.search.index import SearchIndex
from workbench.text.sentences import sentences

FIRE = replace(
    article("fire", "Pumps failed. Valves held. Two drivers ran.", title="Harbour fire"),
    published="2023-09-18", publisher="Nikkei Asia", grade="C", tagged=((0, 13), (16, 20)),
)  # fmt: skip
PORT = replace(
    article("port", "Pumps worked. Old valves leaked.", title="Port", published="2023-12"),
    publisher="AFP/Reuters", grade="A",
)  # fmt: skip
LINE = replace(article("line", "Pumps again."), file="wire.jsonl:17", label="[Pumps again. …]")
TAGGED = replace(
    quote("q-tagged", FIRE, "Pumps failed.", tags=("region/South-East Asia", "risk")),
    grade="C", analysts=("Anna Kim", "Ben"),
)  # fmt: skip
BARE = replace(quote("q-bare", PORT, "Old valves leaked."), grade="A", analysts=("Ben",))
DOCUMENTS: list[Document] = [
    FIRE,
    PORT,
    LINE,
    TAGGED,
    BARE,
    replace(loose("title", "t-fire", "Harbour fire", FIRE), publisher="Nikkei Asia", grade="C"),
    replace(
        loose("comment", "c-tagged", "Doubtful", FIRE),
        publisher="Nikkei Asia",
        tags=("risk",),
        analysts=("Ánna Kim",),
    ),
    replace(loose("comment", "c-bare", "Likely", PORT), analysts=("Ben",)),
    replace(loose("note", "n", "Ask Kim"), analysts=("Ben",)),
]
ROWS = {  # by the first words
    "Pumps failed.": "f1", "Valves held.": "f2", "Two drivers ran.": "f3", "Pumps worked.": "p1",
    "Old valves leaked.": "p2", "Pumps again.": "l1", "Harbour fire": "title", "Doubtful": "c1",
    "Likely": "c2", "Ask Kim": "note",
}  # fmt: skip


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex.build(DOCUMENTS)


def found(index: SearchIndex, query: str) -> set[str]:
    """Short names of what is found: a quote's is that of its sentence with a q."""
    hits = index.search(query, scope=frozenset({"text", "title", "quote", "note", "comment"})).hits
    return {("q-" if hit.kind == "quote" else "") + ROWS[hit.text] for hit in hits}


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("@nikkei", "f1 f2 f3 q-f1 title c1"),
        ("@asia", "f1 f2 f3 q-f1 title c1"),
        ('@"nikkei asia"', "f1 f2 f3 q-f1 title c1"),
        ("@afp/reu in:text", "p1 p2"),
        ("@reuters in:text", "p1 p2"),
        ("@wire.jsonl", "l1"),
        ("@again", "l1"),
        ("@kkei", ""),
        ("@nikkei @reuters in:text", "f1 f2 f3 p1 p2"),
        ("#region", "q-f1"),
        ("#east", "q-f1"),
        ("#region/asia", "q-f1"),
        ("#reg/south", "q-f1"),
        ('#"south east"', "q-f1"),
        ("#asia/region", ""),
        ("#risk", "q-f1 c1"),
        ("#risk #region", "q-f1"),
        ("grade<=C", "f1 f2 f3 q-f1 title p1 p2 q-p2"),
        ("grade<C", "p1 p2 q-p2"),
        ("grade:c in:text", "f1 f2 f3"),
        ("grade>=b in:quotes", "q-f1"),
        ("by:kim", "q-f1 c1"),
        ('by:"anna k"', "q-f1 c1"),
        ("by:ben", "q-f1 q-p2 c2 note"),
        ("by:ben by:anna", "q-f1"),
        ("in:notes", "note"),
        ("in:titles,comments", "title c1 c2"),
        ("in:titles in:comments", "title c1 c2"),
        ("untagged", "f3 p1 p2 l1 q-p2 c2"),
        ("untagged in:text @nikkei", "f3"),
        (">2023-09-18 in:text", "p1 p2"),
        (">=2023-09-18 <2023-12 in:text", "f1 f2 f3"),
        ('"pumps worked"', "p1"),
        ('pumps "valves leaked"', "p2 q-p2"),
        ("-pumps in:text", "f2 f3 p2"),
        ('-"old valves" -pumps in:text', "f2 f3"),
        ("pumps in:text @nikkei", "f1"),
        ("@ #  by: in: grade<= pumps in:text", "f1 p1 l1"),
    ],
)
def test_each_operator_lets_through_what_it_says(index: SearchIndex, query: str, rows: str) -> None:
    assert found(index, query) == set(rows.split())
    assert found(index, query.upper().replace("IN:", "in:")) == set(rows.split())  # now from memory


@pytest.mark.parametrize(
    ("query", "emptied"),
    [
        ("pumps @nikei", ("@nikei",)),
        ("@nikei #Rsk pumps in:text", ("@nikei", "#Rsk")),
        ("@nikei @nikkei @nikei in:text", ()),
        ("@nikkei #risk grade<C", ("@nikkei", "#risk", "grade<C")),
        ('"pumps valves"', ('"pumps valves"',)),
        ("zzzzzzzz @nikkei", ()),
        ("pumps @nikkei", ()),
        ("zzzzzzzz", ()),
    ],
)
def test_the_filters_that_leave_nothing_are_told(
    index: SearchIndex, query: str, emptied: tuple[str, ...]
) -> None:
    assert index.search(query).emptied == emptied


def test_filters_that_take_away_all_that_the_words_find_are_told(index: SearchIndex) -> None:
    assert index.search("valves").total
    assert index.search("valves -valves").emptied == ("-valves",)
    assert index.search("xylophone -valves").emptied == ()


def test_filters_are_judged_by_what_is_looked_in(index: SearchIndex) -> None:
    assert index.search("#risk", article="port").emptied == ("#risk",)
    assert index.search("in:titles valves", scope=frozenset({"quote"})).emptied == ("in:titles",)
    assert index.search("#risk", article="not here").emptied == ()
    assert SearchIndex.build([]).search("#risk").emptied == ()


def test_what_was_removed_is_let_through_by_nothing(index: SearchIndex) -> None:
    changing = SearchIndex.build(DOCUMENTS)
    assert found(changing, "#risk") == {"q-f1", "c1"}
    left = [one for one in DOCUMENTS if one.thing != "q-tagged"]
    hold(changing, left)
    assert found(changing, "#risk") == {"c1"}
    left = [one for one in left if one.thing != "c-tagged"]
    hold(changing, left)
    assert changing.search("#risk").emptied == ("#risk",)
    hold(changing, [*left, loose("comment", "c-new", "Likely", PORT)])
    assert found(changing, '"likely"') == {"c2"}
    assert found(changing, "untagged in:comments") == {"c2"}
    left = [one for one in left if one.thing != "fire" or one.kind != "text"]
    new = loose("comment", "c-new", "Likely", PORT)
    hold(changing, [*left, new, replace(FIRE, tagged=((16, 20),))])
    assert found(changing, "untagged in:text") == {"f1", "f3", "p1", "p2", "l1"}


def test_a_commented_passage_without_a_tag_is_untagged_in_an_article_with_tags() -> None:
    commented = replace(quote("q-free", FIRE, "Two drivers ran."), tagged=FIRE.tagged)
    assert found(SearchIndex.build([FIRE, commented]), "untagged") == {"f3", "q-f3"}


def test_more_filters_than_are_remembered_still_answer(index: SearchIndex) -> None:
    for _ in range(2):
        for year in range(1900, 1960):
            assert found(index, f"<{year}") == set()
        assert found(index, "@wire") == {"l1"}


spans = st.lists(
    st.tuples(st.integers(0, 59), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1])), max_size=4
)


@given(st.lists(spans, min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_untagged_leaves_out_just_the_sentences_under_a_tag(tagged: list[list[tuple[int, int]]]) -> None:
    text = "First one here. Second one here.\n\nThird one here. Fourth one here."
    documents = [replace(article(str(n), text), tagged=tuple(on)) for n, on in enumerate(tagged)]
    index = SearchIndex.build(documents)
    listed = {(hit.thing, hit.start) for hit in index.search("untagged").hits}
    free = {
        (str(n), start)
        for n, on in enumerate(tagged)
        for start, end in sentences(text)
        if not any(left < end and start < right for left, right in on)
    }
    assert listed == free
