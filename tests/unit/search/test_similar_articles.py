"""Articles like an article, and near-duplicates among them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_samples import article, seeds

from workbench.model import SimilarArticle
from workbench.search.function_words import FUNCTION_WORDS
from workbench.search.index import SearchIndex
from workbench.text.sentences import sentences

BOILERPLATE = "Sign up for our letter. All rights are reserved. Share this story with friends and colleagues."
OTHER_WORDS = ["harbour", "quietly", "lantern", "orchard", "velvet", "gravel", "meadow", "copper", "willow"]


def respun(text: str, rng: random.Random, share: float) -> str:
    """A text as copyists spin it: words replaced, sentences in another order, other words round it."""
    parts = [text[start:end] for start, end in sentences(text)]
    spun = []
    for part in parts:
        words = [
            rng.choice(OTHER_WORDS)
            if word.islower() and word not in FUNCTION_WORDS and rng.random() < share
            else word
            for word in part.split()
        ]
        spun.append(" ".join(words))
    rng.shuffle(spun)
    return f"Another headline altogether\n\nBy Some Body\n\n{' '.join(spun)}\n\n{BOILERPLATE}"


def asked(name: str, **others: str) -> list[SimilarArticle]:
    documents = [article(one, text) for one, text in {**seeds(), **others}.items()]
    return SearchIndex.build(documents).similar_articles(name)


@settings(max_examples=12)
@given(st.sampled_from(sorted(seeds())), st.floats(0, 0.35), st.randoms(use_true_random=False))
def test_a_respun_copy_shows_as_such(name: str, share: float, rng: random.Random) -> None:
    spun = respun(seeds()[name], rng, share)
    best, *others = asked(name, spun=spun)
    assert (best.article_id, best.label) == ("spun", "near-duplicate")
    assert best.share >= 0.5
    assert all(one.label != "near-duplicate" for one in others)
    back = asked("spun", spun=spun)[0]
    assert (back.article_id, back.label, back.share) == (name, "near-duplicate", best.share)


def test_the_same_text_shares_all_of_it() -> None:
    best = asked("002", copy=seeds()["002"])[0]
    assert (best.article_id, best.label) == ("copy", "near-duplicate")
    assert best.share > 0.98
    assert best.score > 0.98


def test_articles_on_the_same_matter_are_no_copies() -> None:
    for name in seeds():
        found = asked(name)
        assert name not in {one.article_id for one in found}
        assert {one.label for one in found} <= {"similar", "shares passages"}
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_long_article_that_quotes_a_few_sentences_shares_passages() -> None:
    start, end = sentences(seeds()["003"])[8][0], sentences(seeds()["003"])[14][1]
    quoting = f"{seeds()['002']}\n\n{seeds()['003'][start:end]}"
    found = {one.article_id: one for one in asked("003", quoting=quoting)}
    assert found["quoting"].label == "shares passages"
    assert 0.1 < found["quoting"].share < 0.5
    assert found["002"].label == "similar"


def test_a_short_text_inside_a_long_one_is_no_near_duplicate() -> None:
    short = seeds()["003"][: sentences(seeds()["003"])[3][1]]
    found = {one.article_id: one for one in asked("003", short=short)}
    assert found["short"].label == "shares passages"
    assert found["short"].share > 0.9


def test_shared_words_are_words_of_both() -> None:
    best = asked("004")[0]
    assert best.shared
    for word in best.shared:
        assert word in seeds()["004"].casefold() and word in seeds()[best.article_id].casefold()


def test_an_article_that_is_not_indexed_or_says_nothing_is_like_none() -> None:
    assert asked("unknown") == []
    assert asked("empty", empty="…") == []
    assert asked("hollow", hollow="It was this that they had.") == []


def test_an_endless_article_is_sampled_evenly() -> None:
    rng = random.Random(5)
    words = ["".join(rng.choices("bdfgklmnprst", k=3) + rng.choices("aeiou", k=3)) for _ in range(3_000)]
    endless = " ".join(" ".join(rng.sample(words, 9)).capitalize() + "." for _ in range(900))
    best = asked("endless", endless=endless, copy=endless)[0]
    assert (best.article_id, best.label) == ("copy", "near-duplicate")
    assert best.share == pytest.approx(1.0)
