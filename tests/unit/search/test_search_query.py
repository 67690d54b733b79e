"""Operators are read where they are meant and nowhere else; nothing is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.query import (
    MOST_WORDS,
    OPERATORS,
    ByAnalyst,
    DateLimit,
    GradeLimit,
    Phrase,
    Source,
    Tagged,
    Untagged,
    Within,
    Without,
    exact,
    parse,
)

TYPED = st.text(max_size=300) | st.text('"@#-<>=2 0aby:in,grade', max_size=80)


def test_words_and_operators_are_told_apart() -> None:
    query = parse(
        'risk "supply chain" -taiwan -"new york" @nikkei @"Financial Times" #region/asean >2023-09 <=2023-12'
    )
    assert query.words == ("risk", "supply", "chain")
    assert query.filters == (
        Phrase(("supply", "chain")),
        Without(("taiwan",)),
        Without(("new", "york")),
        Source(("nikkei",)),
        Source(("financial times",)),
        Tagged(("region", "asean")),
        DateLimit(">", "2023-09"),
        DateLimit("<=", "2023-12"),
    )
    assert not query.open_ended


def test_filters_are_kept_as_typed() -> None:
    typed = ('"supply Chain"', '-"New York"', "@Nikkéi", ">=2023", "Grade<=c", 'BY:"Anna K."', "in:note,t")
    assert [one.written for one in parse(" pumps ".join(typed)).filters] == list(typed)


@pytest.mark.parametrize(
    ("typed", "order", "grade"),
    [
        ("grade<=C", "<=", "C"),
        ("grade>=b", ">=", "B"),
        ("GRADE=a", "=", "A"),
        ("grade:F", "=", "F"),
        ("grade<C", "<", "C"),
        ("Grade>d", ">", "D"),
    ],
)
def test_grades_are_read_in_any_case(typed: str, order: str, grade: str) -> None:
    assert parse(typed).filters == (GradeLimit(order, grade),)


def test_a_grade_lets_through_letters_on_its_side_of_the_alphabet() -> None:
    def allowed(order: str) -> str:
        return "".join(letter for letter in "ABCDEF" if GradeLimit(order, "C").allows(letter))

    assert [allowed(order) for order in ("<", "<=", "=", ">=", ">")] == ["AB", "ABC", "C", "CDEF", "DEF"]
    assert not GradeLimit("<=", "F").allows(None)


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("in:notes", {"note"}),
        ("in:note", {"note"}),
        ("in:Notes,quotes", {"note", "quote"}),
        ("in:comments,", {"comment"}),
        ("in:text", {"text"}),
        ("in:texts", {"text"}),
        ("in:titles", {"title"}),
        ("in:t", {"text", "title"}),
    ],
)
def test_kinds_are_read_as_far_as_they_are_typed(typed: str, kinds: set[str]) -> None:
    assert [one.kinds for one in parse(typed).of(Within)] == [kinds]


def test_untagged_is_an_operator_unless_quoted() -> None:
    assert parse("untagged pumps").filters == parse("is:untagged pumps").filters == (Untagged(),)
    quoted = parse('"untagged" pumps')
    assert quoted.filters == (Phrase(("untagged",)),)
    assert quoted.words == ("untagged", "pumps")


@pytest.mark.parametrize("typed", ['by:"Anna Kim"', 'by:"anna kim', 'BY:"Ánna  Kim"'])
def test_names_are_folded_and_an_open_quote_takes_the_rest(typed: str) -> None:
    assert parse(typed).filters == (ByAnalyst(("anna kim",)),)


def test_a_name_of_signs_is_a_name() -> None:
    assert parse("#🔥").filters == (Tagged(("🔥",)),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no-go U.S.-Vietnam a@b 5>2023 C#", ("no", "go", "us", "vietnam", "a", "b", "5", "2023", "c")),
        (">2023-13", ("2023", "13")),
        ("<2023-02-30 pumps", ("2023", "02", "30", "pumps")),
        ("over >20 pumps", ("over", "20", "pumps")),
        ("in:court grade<=X is:over", ("in", "court", "grade", "x", "is", "over")),
        ("upgrade<=C grade standby:me", ("upgrade", "c", "grade", "standby", "me")),
        ("i\u017f:untagged", ("is", "untagged")),
    ],
)
def test_what_is_no_operator_is_text(text: str, words: tuple[str, ...]) -> None:
    query = parse(text)
    assert query.words == words
    assert query.filters == ()


@pytest.mark.parametrize(
    "half",
    [
        *("@", "#", '@"', "#/", "-", "by:", "in:", "is:", "is:unt", "grade<", "grade<=", "grade:"),
        *(">", ">20", "<=2023-", ">2023-1", ">2023-10-", "<2023-10-2"),
    ],
)
def test_a_half_typed_operator_asks_for_nothing(half: str) -> None:
    assert parse(half).blank
    query = parse(f"pumps {half} ")
    assert query.words == ("pumps",)
    assert query.filters == ()
    assert not query.open_ended


def test_a_quote_that_never_closes_is_punctuation() -> None:
    query = parse('"supply cha')
    assert query.filters == ()
    assert query.words == ("supply", "cha")
    assert query.open_ended


def test_only_a_last_word_may_be_unfinished() -> None:
    assert parse("supply cha").open_ended
    assert parse("supply cha  ").open_ended
    assert parse("@nikkei supply").open_ended
    assert parse("old cafe\u0301").open_ended
    for query in ("supply chain.", "china vietnam china", "supply -cha", "supply #supply", '"supply"'):
        assert not parse(query).open_ended


def test_blank_queries_ask_for_nothing() -> None:
    for text in ("", " \n", "**", "[", '"', '""', "🙂"):
        assert parse(text).blank
    for text in ("#risk", "-word", "untagged"):
        assert not parse(text).blank


def test_a_pasted_text_has_no_operators() -> None:
    pasted = 'He said "yes" -not @all untagged. ' * 40
    query = parse(pasted)
    assert query.words == ("he", "said", "yes", "not", "all", "untagged")
    assert query.filters == ()


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.written)
def test_what_is_taught_works(operator: tuple[str, str, str]) -> None:
    written, _, insert = operator
    (read,) = parse(written).filters
    assert read.written == written
    assert written.startswith(insert.strip())


def test_corrections_are_made_where_the_words_stand() -> None:
    readings = [("valv", "valve"), ("sulivan", "sullivan")]
    assert exact("Valv, -valv @valv  sulivan!", readings) == "valve, -valv @valv  sullivan!"
    assert exact('"deluge válv" in:notes', readings) == '"deluge valve" in:notes'
    assert exact("nothing to mend", readings) == "nothing to mend"
    assert exact("untaged valves", [("untaged", "untagged")]) == '"untagged" valves'


@given(TYPED)
@settings(max_examples=200)
def test_any_string_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS
    assert len(set(query.words)) == len(query.words)
    assert all(one.written and one.written in text for one in query.filters)


@given(TYPED)
@settings(max_examples=100)
def test_making_corrections_keeps_all_filters_but_phrases(text: str) -> None:
    query = parse(text)
    mended = parse(exact(text, [(word, "valve") for word in query.words if word.isalpha()]))
    kept = [[one for one in found.filters if not isinstance(one, Phrase)] for found in (query, mended)]
    assert kept[0] == kept[1]
