"""Sentences of other articles that say something like a passage."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, hold, loose, quote, seeds

from tests.bench.paraphrases import hand_made
from workbench.model import SimilarHit
from workbench.search.index import SearchIndex
from workbench.text.sentences import sentences

SENTENCES = [
    (name, text[start:end])
    for name, text in seeds().items()
    for start, end in sentences(text)
    if end - start > 60
]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex.build([article(name, text) for name, text in seeds().items()])


def likest(passage: str, *others: str) -> list[SimilarHit]:
    """What is like a passage among the sample articles and articles of the other texts, named 0, 1 …"""
    documents = [article(name, text) for name, text in seeds().items()]
    documents += [article(str(n), text) for n, text in enumerate(others)]
    return SearchIndex.build(documents).similar(passage, article=None, limit=300)


def score(hits: list[SimilarHit], name: str) -> float:
    return max((one.hit.score for one in hits if one.hit.thing == name), default=0.0)


def test_hand_made_pairs_find_each_other(index: SearchIndex) -> None:
    cases = hand_made("dev") + hand_made("test")
    ranks = []
    for case in cases:
        hits = index.similar(case.text, article=case.article, limit=10)
        ranks.append(case.rank([(one.hit.thing, one.hit.start or 0, one.hit.end or 0) for one in hits]))
    assert len(ranks) > 100
    assert sum(0 < rank <= 3 for rank in ranks) / len(ranks) >= 0.68
    assert sum(0 < rank <= 10 for rank in ranks) / len(ranks) >= 0.86


@settings(max_examples=25)
@given(st.sampled_from(SENTENCES))
def test_the_same_words_elsewhere_come_first_with_a_score_of_one(sentence: tuple[str, str]) -> None:
    index = SearchIndex.build([*(article(*one) for one in seeds().items()), article("copy", sentence[1])])
    best = index.similar(sentence[1], article=sentence[0])[0]
    assert best.hit.thing == "copy" or best.hit.text == sentence[1]
    assert best.hit.score == pytest.approx(1.0, abs=1e-3)


def test_neither_the_own_article_nor_anything_but_texts_is_found(index: SearchIndex) -> None:
    source = article("000", seeds()["000"], title="Semiconductor supply chains")
    words = "security screening in nearshoring countries"
    everything = SearchIndex.build([
        source, article("other", f"They speak of {words}."), quote("p", source, words),
        loose("comment", "c", words, source), loose("title", "t", words, source), loose("note", "n", words),
    ])  # fmt: skip
    for name in ("000", "elsewhere"):
        hits = everything.similar(words, article=name)
        assert {one.hit.kind for one in hits} == {"text"}
        assert ("000" in {one.hit.thing for one in hits}) == (name == "elsewhere")


def test_a_hit_says_where_it_is_and_which_rare_words_it_shares(index: SearchIndex) -> None:
    passage = "Xi also stressed ports and a “photovoltaic industry cluster” built by Chinese firms."
    best, second, *_ = index.similar(passage, article=None)
    assert {best.hit.thing, second.hit.thing} == {"001", "004"}
    text = seeds()[best.hit.thing]
    assert best.hit.start is not None and best.hit.end is not None
    assert text[best.hit.start : best.hit.end] == best.hit.text
    marked = [text[start:end] for start, end in best.hit.matches]
    assert {"photovoltaic", "cluster", "ports"} <= set(marked)
    assert set(best.shared) <= set(marked) and "photovoltaic" in best.shared
    assert not {"a", "and", "by"} & set(marked)


@pytest.mark.parametrize(
    ("passage", "other", "worse"),
    [
        ("They analyse defence programmes.", "Defense programs are analyzed.", "Defenders programmed."),
        ("The regulators met Bidenton.", "It was said of Bidentom.", "It was said of Obadiah."),
        ("Rivers flooded three valleys.", "A valley floods when a river swells.", "A valet floats."),
        (
            "The climate working group met in Oslo.",
            "A climate working group is planned there.",
            "In that climate a group is planned, working there.",
        ),
        (
            "Ferries crossed the strait with 4,815 lorries.",
            "They counted 4815 lorries.",
            "They counted 9167 lorries.",
        ),
        (
            "Dockers blocked the container terminal over wages.",
            "Dockers who want higher wages stopped all work at a container terminal in the north of the bay.",
            "Dockers",
        ),
    ],
    ids=["spelling", "misspelt name", "forms", "words together", "figures", "heading"],
)
def test_what_makes_a_sentence_liker(passage: str, other: str, worse: str) -> None:
    hits = likest(passage, other, worse)
    assert score(hits, "0") > score(hits, "1")


def test_a_name_in_capitals_is_no_hollow_word() -> None:
    plain = "Staff of WHO stayed in the north."
    assert likest("WHO staff left.", plain)[0].shared == ("Staff", "WHO")
    assert likest("Those who were staff left.", plain)[0].shared == ("Staff",)


def test_two_sentences_that_tell_together_stand_above_one_that_tells_half() -> None:
    passage = "Dockers blocked the Zubia terminal for nine days, and grain prices doubled in Kordavia."
    half = "Dockers blocked the Zubia terminal."
    hits = likest(passage, f"{half} Grain prices doubled in Kordavia.", f"{half} It rained over the hills.")
    assert score(hits, "0") > score(hits, "1")


@settings(max_examples=30)
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.randoms(use_true_random=False))
def test_one_more_shared_word_never_lowers_the_score(
    asked: tuple[str, str], other: tuple[str, str], rng: random.Random
) -> None:
    shorter = other[1].rstrip(".")
    longer = f"{shorter} {rng.choice(asked[1].split()).strip('.')}"
    hits = likest(asked[1], shorter, longer)
    assert score(hits, "1") >= score(hits, "0") - 1e-4


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_a_passage(text: str) -> None:
    documents = [article("one", "Ferries crossed the strait."), article("two", text)]
    for one in SearchIndex.build(documents).similar(text, article=None):
        assert 0 < one.hit.score <= 1.0001


def test_a_passage_of_hollow_words_is_like_nothing(index: SearchIndex) -> None:
    assert index.similar("It was this that they had.", article=None) == []


def test_deletions_and_new_texts_are_seen_at_once(index: SearchIndex) -> None:
    documents = {name: article(name, text) for name, text in seeds().items()}
    fresh = SearchIndex.build(documents.values())
    passage = "a photovoltaic industry cluster"
    del documents["004"]
    hold(fresh, [*documents.values(), article("new", "A photovoltaic industry cluster was denied.")])
    assert {one.hit.thing for one in fresh.similar(passage, article=None)} >= {"001", "new"}
    assert "004" not in {one.hit.thing for one in fresh.similar(passage, article=None)}


def test_whoever_no_longer_wants_to_know_is_told_nothing(index: SearchIndex) -> None:
    assert index.similar("semiconductor supply chains", article=None, cancelled=lambda: True) == []
    assert index.similar_articles("000", cancelled=lambda: True) == []
