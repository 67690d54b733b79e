"""What a word is, whatever its case, accents, signs and script, and where it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.search.tokens import fold, query_terms, raw_words, spell, terms, units_of, word_spans

ANY_TEXT = (
    st.text(max_size=60)
    | st.text("aU.S's’-1,.5%bnéđß_ e\u0301\u00a0", max_size=40)
    | st.text("usd5 \u00a0.", max_size=12)
    | st.text("per cent.U S1'0,_k中国ไทยกั่งမြန်မာ្កガがｶﾞ한국", max_size=30)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn Phú Trọng", "nguyen phu trong"),
        ("Đặng Łódź Ångström Straße Ærø cœur", "dang lodz angstrom strasse aero coeur"),
        ("U.S.-Vietnam, the U.S.'s U.K. p.m.", "us vietnam the us uk pm"),
        ("Vietnam’s Four No’s, O'Brien don't", "vietnam four no obrien dont"),
        ("l’utilisation d'optimiser", "l utilisation d optimiser"),
        ("$175.57 billion, 57.7bn €3m", "175.57 billion 57.7 billion 3 million"),
        ("1,000,000 and 1,2,3", "1000000 and 1 2 3"),
        ("55% 55 per cent 55 pct", "55 percent 55 percent 55 percent"),
        ("5G in the 13th", "5g in the 13th"),
        ("the 1990’s, '90s, 2023's S&P 500’s", "the 1990s 90s 2023 s p 500"),
        (
            "3,5 1.000,50 1.000.000 1'000 1\u202f000 1.000 10,000.5bn",
            "3.5 1000.50 1000000 1000 1000 1.000 10000.5 billion",
        ),
        ("50k 1.5k USD5bn ٣ 1.2.3", "50000 1500 5 billion 3 1.2.3"),
        ("USD\u00a05 eur5k.", "usd 5 5000"),
        ("per  cent U. S. of J. R. R. D.C. p.m. U.S.", "percent us of jrr dc pm us"),
        ("d’Ivoire qu'une O''Brien rock'n'roll", "d ivoire qu une obrien rocknroll"),
        ("हिन्दी ｶﾞ が مُحَمَّد", "हिन्दी カ\u3099 か\u3099 محمد"),
        ("no-go FT.com a_b", "no go ft com a b"),
        ("中国 ไทย", "中 中国 国 ไท ไทย ย"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("full width \uff11\uff12", "full width 12"),
        ("** -- […] 🙂", ""),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert " ".join(terms(text)) == expected


def test_spans_cover_the_words_as_written() -> None:
    text = "“Nguye\u0302\u0303n’s” $57.7bn Straße, U.S."
    assert [text[start:end] for start, end in word_spans(text)] == [
        "Nguye\u0302\u0303n’s", "57.7bn", "57.7bn", "Straße", "U.S",
    ]  # fmt: skip


def test_a_number_too_long_to_count_with_stays_as_it_is_written() -> None:
    long = "7" * 1_000_000
    assert terms(f"{long}k {'7' * 20}k") == [f"{long}k", f"{'7' * 20}000"]


@given(ANY_TEXT)
@settings(max_examples=300)
def test_every_word_has_a_span_in_order(text: str) -> None:
    spans = word_spans(text)
    assert len(spans) == len(terms(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text("abcdeéèçñüöđłøVNUS.'- 0123%", max_size=40))
@settings(max_examples=200)
def test_case_and_the_way_accents_are_stored_do_not_matter(text: str) -> None:
    assert terms(text.upper()) == terms(text.lower()) == terms(unicodedata.normalize("NFD", text))
    assert terms(text) == terms(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
@settings(max_examples=300)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
@settings(max_examples=200)
def test_terms_are_folded_and_no_raw_word_holds_a_blank(text: str) -> None:
    assert all(term and fold(term) == term for term in terms(text))
    assert all(raw == raw.strip() and " " not in raw for raw in raw_words(text))
    assert all(spell(raw) == spell(f"{raw},") for raw in raw_words(text) if raw[-1] not in "'.,0123456789")


@given(ANY_TEXT, st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\u2003", "\u3000"]))
@settings(max_examples=100)
def test_spacing_does_not_matter(text: str, space: str) -> None:
    assert terms(space + text.replace(" ", space) + space) == terms(text)


@given(ANY_TEXT)
@settings(max_examples=200)
def test_what_a_query_looks_for_is_among_the_terms(text: str) -> None:
    looked_for = query_terms(text)
    assert set(looked_for) <= set(terms(text))
    assert [term for term in looked_for if not units_of(term)] == [t for t in terms(text) if not units_of(t)]


def test_units_of_scripts_without_spaces() -> None:
    assert query_terms("中国人 民 abc ไทย") == ["中国", "国人", "民", "abc", "ไทย"]
    assert units_of("ไทย") == ["ไท", "ย"]
    assert units_of("abc") == []
