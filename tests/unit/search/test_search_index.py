"""The index from outside: what is found, how it is shown, filters, and following changes."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, hold, loose, quote, seeds

from workbench.model import Answer, Hit
from workbench.search.document import Document
from workbench.search.index import SearchIndex


def texts(answer: Answer, *, weak: bool | None = None) -> list[str]:
    return [hit.text for hit in answer.hits if weak is None or hit.weak is weak]


@pytest.fixture(scope="module")
def sample() -> SearchIndex:
    return SearchIndex.build([article(name, text) for name, text in seeds().items()])


FIRE = article(
    "fire",
    "Café pumps failed. The deluge pumps were tested. Two drivers heard no siren.",
    title="Harbour fire",
)
PORT = article(
    "port", "Pumps worked, said Coastal Wire.", title="Port", publisher="Coastal Wire", published="2023-09-18"
)
TAGGED = quote("q1", FIRE, "The deluge pumps were tested.", tags=("region/asean", "Risk"))


NOTE = loose("note", "n1", "Ask about the pumps.\nThe siren was silent.")
COMMENT = loose("comment", "c1", "Unlikely siren claim", FIRE)
TITLE = loose("title", "fire", "Harbour fire", FIRE)
EVERYTHING = [FIRE, PORT, TAGGED, NOTE, COMMENT, TITLE]


@pytest.fixture
def small() -> SearchIndex:
    return SearchIndex.build(EVERYTHING)


def test_a_hit_shows_the_stored_words_and_exact_places(sample: SearchIndex) -> None:
    hit = sample.search("nguyễn trong polititian beijing").hits[0]
    text = seeds()["003"]
    assert hit.start is not None
    assert hit.text == text[hit.start : hit.end]
    marked = [text[start:end] for start, end in hit.matches]
    assert marked == ["Nguyen", "Trong", "politician", "Beijing"]
    assert (hit.article_id, hit.file, hit.weak) == ("003", "003.txt", False)


def test_places_outside_texts_are_in_the_piece_shown(small: SearchIndex) -> None:
    by_kind = {hit.kind: hit for hit in small.search("siren").hits}
    note, comment = by_kind["note"], by_kind["comment"]
    assert note.text == "The siren was silent."
    assert note.matches == ((4, 9),)
    assert (note.start, note.end, note.file, note.article_id) == (None, None, None, None)
    assert (comment.text, comment.matches, comment.article_id) == ("Unlikely siren claim", ((9, 14),), "fire")


def test_a_quote_stands_for_the_sentence_it_covers(small: SearchIndex) -> None:
    hits = small.search("deluge tested").hits
    assert [(hit.kind, hit.start, hit.end) for hit in hits if not hit.weak] == [("quote", 19, 48)]
    assert hits[0].matches == ((23, 29), (41, 47))
    texts_only = small.search("deluge tested", scope=frozenset({"text"})).hits
    assert [hit.kind for hit in texts_only if not hit.weak] == ["text"]


def test_scope_and_article_restrict(small: SearchIndex) -> None:
    assert {hit.kind for hit in small.search("siren", scope=frozenset({"note", "comment"})).hits} == {
        "note",
        "comment",
    }
    assert {hit.article_id for hit in small.search("pumps", article="port").hits} == {"port"}
    assert [hit.kind for hit in small.search("harbour", scope=frozenset({"title"})).hits] == ["title"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pumps @coastal", {"port"}),
        ('pumps @"coastal wire"', {"port"}),
        ("pumps @harbour", {"fire", "q1"}),
        ("pumps @reuters", set()),
        ("pumps #region", {"q1"}),
        ("pumps #asean", {"q1"}),
        ("pumps #risk", {"q1"}),
        ("pumps #ris", {"q1"}),
        ("pumps #other", set()),
        ("pumps >2023-09", set()),
        ("pumps >2023-08", {"port"}),
        ("pumps >=2023-09", {"port"}),
        ("pumps <2023-09-19", {"port"}),
        ("pumps <2023", set()),
        ("pumps -wire -ask", {"fire", "q1"}),
        ('"deluge pumps"', {"q1"}),
        ('"pumps deluge"', set()),
        ('pumps -"deluge pumps" -wire -ask', {"fire"}),
        ("#risk", {"q1"}),
        ("@coastal", {"port"}),
    ],
)
def test_operators_filter(small: SearchIndex, query: str, found: set[str]) -> None:
    assert {hit.thing for hit in small.search(query).hits} == found


def test_corrections_are_told(sample: SearchIndex) -> None:
    assert sample.search("jake sulivan vietnam").fuzzy == (("sulivan", "sullivan"),)
    assert sample.search("jake sullivan").fuzzy == ()


def test_the_limit_cuts_hits_and_not_the_total(sample: SearchIndex) -> None:
    answer = sample.search("vietnam", limit=3)
    assert len(answer.hits) == 3
    assert answer.total > 50
    assert len(sample.search("vietnam", limit=500).hits) == answer.total


def test_blank_and_empty() -> None:
    empty = SearchIndex.build([])
    assert empty.sentences == 0
    assert empty.search("anything").hits == ()
    index = SearchIndex.build([FIRE])
    for query in ("", "   ", "**", "-", "@", "by:"):
        answer = index.search(query)
        assert (answer.query, answer.hits, answer.total) == (query, (), 0)


def test_a_cancelled_search_has_no_hits(sample: SearchIndex) -> None:
    assert sample.search("vietnam", cancelled=lambda: True).hits == ()


def shown(index: SearchIndex, query: str) -> list[tuple[str, str, float, bool]]:
    return [(hit.kind, hit.text, hit.score, hit.weak) for hit in index.search(query).hits]


def test_changes_are_followed_at_once_and_leave_no_trace(small: SearchIndex) -> None:
    changed = article("fire", "The café reopened with new valves.", title="Harbour fire")
    hold(small, [changed, PORT, TAGGED, NOTE, COMMENT, TITLE])
    assert texts(small.search("valves")) == ["The café reopened with new valves."]
    assert "Two drivers heard no siren." not in texts(small.search("drivers siren"))
    hold(small, [changed, PORT, TAGGED, NOTE, TITLE])
    assert texts(small.search("unlikely claim"), weak=False) == []
    hold(small, EVERYTHING)
    fresh = SearchIndex.build(EVERYTHING)
    assert small.sentences == fresh.sentences
    for query in ("pumps", "siren", "harbor fire", "cafe pumps faild", "valves"):
        assert shown(small, query) == shown(fresh, query)


def test_an_answer_does_not_depend_on_what_was_asked_before(small: SearchIndex) -> None:
    queries = (
        "pumps",
        "delugepumps",
        "siren",
        "harbor fire",
        "cafe pumps faild",
        "the pumps were",
        "delugepumps",
    )
    for query in queries:
        assert shown(small, query) == shown(SearchIndex.build(EVERYTHING), query)


def test_big_and_small_blocks_answer_as_one() -> None:
    many = [
        article(f"a{n}", f"Common words here number{n}. Another sentence with word{n % 7}.")
        for n in range(11_000)
    ]
    index = SearchIndex.build(many)
    walrus = article("new", "A very peculiar walrus.")
    hold(index, [*many[:5], *many[6:], walrus])
    assert texts(index.search("peculiar walrus"), weak=False) == ["A very peculiar walrus."]
    assert index.search("number77").hits[0].thing == "a77"
    assert all(hit.thing != "a5" for hit in index.search("number5").hits)
    hold(index, [*many[4_000:], walrus])
    assert index.sentences == 2 * 7_000 + 1
    assert index.search("number5000").hits[0].thing == "a5000"


def test_readers_and_a_writer_do_not_disturb_each_other() -> None:
    index = SearchIndex.build([FIRE, PORT])
    stop, seen = Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(len(index.search("pumps siren valves").hits))

    reader = Thread(target=read)
    reader.start()
    for n in range(50):
        hold(index, [FIRE, PORT, article(f"more{n % 5}", f"Pumps and valve number {n}.")])
    stop.set()
    reader.join()
    assert all(seen)
    assert index.search("number 49").hits[0].text == "Pumps and valve number 49."


@pytest.mark.parametrize(
    "query", ["[", "**", '"', "%", "\\", "🙂", "\x00", "\ud800", "@", "#", ">", "-", "'", '@"', "((("]
)
def test_odd_queries_are_answered(sample: SearchIndex, query: str) -> None:
    assert sample.search(query).query == query


def test_a_pasted_page_finds_where_it_came_from(sample: SearchIndex) -> None:
    pasted = (seeds()["002"] * 2)[:10_000]
    assert sample.search(pasted).hits[0].thing == "002"
    assert sample.search("x" * 10_000).hits == ()


@given(query=st.text(max_size=60) | st.text('"@#-<> vietnamUS.é12%', max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_string_gets_an_answer_with_places_inside(sample: SearchIndex, query: str) -> None:
    hits = sample.search(query, limit=10).hits
    assert list(hits) == sorted(hits, key=lambda hit: (hit.weak, -hit.score))
    for hit in hits:
        assert hit.start is not None
        assert hit.end is not None
        assert all(hit.start <= start < end <= hit.end for start, end in hit.matches)


word = st.sampled_from(
    ["comrades", "brothers", "Nguyen", "photovoltaic", "hotline", "systemic", "treat", "mekong", "US"]
)
accented = str.maketrans("aeiouyn", "áéîöüýñ")


@given(
    words=st.lists(word, min_size=1, max_size=4, unique=True), gap=st.sampled_from([" ", "  ", "\n", "\t "])
)
@settings(max_examples=60, deadline=None)
def test_case_accents_and_spacing_of_the_query_do_not_matter(
    sample: SearchIndex, words: list[str], gap: str
) -> None:
    plain = shown(sample, " ".join(words))
    assert shown(sample, f" {gap.join(words)}{gap}") == plain
    assert shown(sample, " ".join(words).upper()) == plain
    assert shown(sample, " ".join(words).translate(accented)) == plain


vocabulary = ["harbour", "fire", "valve", "isolated", "pumps", "siren", "gate", "the", "of", "wholesalers"]
sentence = st.lists(st.sampled_from(vocabulary), min_size=1, max_size=8)


def rank(hits: tuple[Hit, ...], thing: str) -> float:
    return next((place for place, hit in enumerate(hits) if hit.thing == thing), float("inf"))


@given(
    st.lists(sentence, max_size=6),
    sentence,
    st.lists(st.sampled_from(vocabulary), min_size=2, max_size=4, unique=True),
)
@settings(max_examples=80, deadline=None)
def test_a_further_matching_word_never_lowers_a_hit_below_one_without_it(
    others: list[list[str]], base: list[str], query: list[str]
) -> None:
    extra = next((w for w in query if w not in base), None)
    documents: list[Document] = [loose("comment", f"o{n}", " ".join(o)) for n, o in enumerate(others)]
    documents += [loose("comment", "without", " ".join(base))]
    documents += [loose("comment", "with", " ".join([*base, extra or "nothing"]))]
    hits = SearchIndex.build(documents).search(" ".join(query)).hits
    if extra:
        assert rank(hits, "with") < rank(hits, "without")


@given(
    st.lists(sentence, max_size=8), st.lists(st.sampled_from(vocabulary), min_size=1, max_size=4, unique=True)
)
@settings(max_examples=80, deadline=None)
def test_an_exact_phrase_ranks_first(others: list[list[str]], query: list[str]) -> None:
    documents = [loose("comment", f"o{n}", " ".join(o)) for n, o in enumerate(others)]
    documents.append(loose("comment", "phrase", "zero " + " ".join(query) + " nought"))
    hits = SearchIndex.build(documents).search(" ".join(query)).hits
    place = int(rank(hits, "phrase"))
    assert all(" ".join(query) in f" {hit.text} ".casefold() for hit in hits[:place])
