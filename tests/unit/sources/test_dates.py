"""Dates as people write them: what is read, what is refused and why, and that shown dates read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources.dates import MONTH_NAMES, QUALIFIERS, find_date, parse_date, show_date


@pytest.mark.parametrize(
    ("written", "iso", "qualifier"),
    [
        ("2023", "2023", ""),
        ("2023-09", "2023-09", ""),
        ("2023-9-8", "2023-09-08", ""),
        (" 2023-09-18 ", "2023-09-18", ""),
        ("2024-02-29", "2024-02-29", ""),
        ("after 2023-12-13", "2023-12-13", "after"),
        ("Before 2023", "2023", "before"),
        ("about  Dec 2023", "2023-12", "about"),
        ("September 18, 2023", "2023-09-18", ""),
        ("Sept. 18, 2023", "2023-09-18", ""),
        ("18 September 2023", "2023-09-18", ""),
        ("18th Sep 2023", "2023-09-18", ""),
        ("18-Sep-2023", "2023-09-18", ""),
        ("MAY 1, 2023", "2023-05-01", ""),
        ("Monday, September 18, 2023", "2023-09-18", ""),
        ("September 2023", "2023-09", ""),
        ("18/09/2023", "2023-09-18", ""),
        ("09/18/2023", "2023-09-18", ""),
        ("05/05/2023", "2023-05-05", ""),
        ("2023/09/18", "2023-09-18", ""),
        ("18.09.2023", "2023-09-18", ""),
        ("2023-09-18T10:00:00Z", "2023-09-18", ""),
        ("2023-09-18 10:00:00.123+07:00", "2023-09-18", ""),
        ("Mon, 18 Sep 2023 10:00:00 GMT", "2023-09-18", ""),
        ("September 18, 2023 at 10:05 p.m. EST", "2023-09-18", ""),
    ],
)
def test_accepted(written: str, iso: str, qualifier: str) -> None:
    assert parse_date(written) == (iso, qualifier)


@pytest.mark.parametrize("blank", ["", "  ", "\t\n"])
def test_blank_is_no_date(blank: str) -> None:
    assert parse_date(blank) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2023-02-30", "February 2023 has 28 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("31 June 2023", "June 2023 has 30 days"),
        ("2023-13", "no month 13"),
        ("2023-00-01", "no month 0"),
        ("2023-01-00", "no day 0"),
        ("0000", "no year 0"),
        ("0000-01-01", "no year 0"),
        ("20234", "four digits"),
        ("23", "four digits"),
        ("31/31/2023", "neither 31 nor 31"),
        ("03/04/2023", "2023-04-03 or 2023-03-04"),
        ("after", "not a date"),
        ("after before 2023", "not a date"),
        ("yesterday", "not a date"),
        ("2023-09-18x", "not a date"),
        ("٢٠٢٣", "not a date"),
        ("2023-09-18\0", "not a date"),
    ],
)
def test_refused_with_the_reason_and_the_form(written: str, reason: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_date(written)
    sentence = str(refusal.value)
    assert reason in sentence
    assert "2023-09-18" in sentence
    assert "\n" not in sentence


def test_a_long_refused_date_is_cut_in_the_message() -> None:
    with pytest.raises(InputError) as refusal:
        parse_date("x" * 5000)
    assert len(str(refusal.value)) < 200


def test_find_date_takes_the_first_whole_one_that_is_possible() -> None:
    text = "Ref 2023-45, agreed on Sept. 18, 2023 (changed 2023-10-01)"
    found = find_date(text)
    assert found is not None
    stated, start, end = found
    assert stated.iso == "2023-09-18"
    assert text[start:end] == "Sept. 18, 2023"


@pytest.mark.parametrize("text", ["", "in 2023", "version 1.2.2023.4", "on 12-13 December", "id-2023-09-18"])
def test_find_date_finds_none(text: str) -> None:
    assert find_date(text) is None


def test_shown_as_people_write_them() -> None:
    assert show_date("2023-12-13", "after") == "after 13 Dec 2023"
    assert show_date("2023-12") == "Dec 2023"
    assert show_date("2023", "about") == "about 2023"
    assert show_date(None) == ""


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from([4, 7, 10]), st.sampled_from(["", *QUALIFIERS]))
def test_what_is_shown_reads_back(day: date, precision: int, qualifier: str) -> None:
    iso = day.isoformat()[:precision]
    assert parse_date(show_date(iso, qualifier)) == (iso, qualifier)


@given(st.dates(min_value=date(1, 1, 1)))
def test_worded_forms_agree(day: date) -> None:
    name, year = MONTH_NAMES[day.month - 1], f"{day.year:04}"
    forms = (f"{day.day} {name} {year}", f"{name} {day.day}, {year}", f"{name[:3]}. {day.day}, {year}")
    assert {parse_date(form) for form in forms} == {(day.isoformat(), "")}


@given(st.text(alphabet="0123456789-/. aftersepmonbu,:TZ", max_size=30))
def test_anything_is_a_date_or_refused(written: str) -> None:
    try:
        found = parse_date(written)
    except InputError:
        return
    assert found is None or parse_date(show_date(*found)) == found
