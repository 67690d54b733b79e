"""Operators are read where they are meant and nowhere else; nothing is refused."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.query import MOST_WORDS, DateLimit, parse


def test_words_and_operators_are_told_apart() -> None:
    query = parse(
        'risk "supply chain" -taiwan @nikkei @"Financial Times" #region/asean >2023-09 <=2023-12-31'
    )
    assert query.words == ("risk", "supply", "chain")
    assert query.phrases == (("supply", "chain"),)
    assert query.without == (("taiwan",),)
    assert query.sources == ("nikkei", "financial times")
    assert query.tags == ("region asean",)
    assert query.dates == (DateLimit(">", "2023-09"), DateLimit("<=", "2023-12-31"))
    assert not query.open_ended


def test_signs_inside_words_are_no_operators() -> None:
    query = parse("no-go U.S.-Vietnam a@b 5>2023 C#")
    assert query.words == ("no", "go", "us", "vietnam", "a", "b", "5", "2023", "c")
    assert not (query.without or query.sources or query.tags or query.dates)


def test_a_quote_that_never_closes_is_punctuation() -> None:
    query = parse('"supply cha')
    assert query.phrases == ()
    assert query.words == ("supply", "cha")
    assert query.open_ended


def test_only_a_last_word_may_be_unfinished() -> None:
    assert parse("supply cha").open_ended
    assert parse("supply cha  ").open_ended
    assert not parse("supply chain.").open_ended
    assert not parse("china vietnam china").open_ended
    assert not parse("supply -cha").open_ended


def test_blank_queries_ask_for_nothing() -> None:
    for text in ("", " \n", "**", "[", '"', "%%"[:0], "-word", "🙂"):
        assert parse(text).blank
    assert not parse("#risk").blank


def test_a_pasted_text_has_no_operators() -> None:
    pasted = 'He said "yes" -not @all. ' * 40
    query = parse(pasted)
    assert query.words == ("he", "said", "yes", "not", "all")
    assert not (query.phrases or query.without or query.sources)


@given(st.text(max_size=300) | st.text('"@#-<>=2 0a', max_size=80))
@settings(max_examples=200)
def test_any_string_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS
    assert len(set(query.words)) == len(query.words)
