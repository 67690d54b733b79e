"""Dates as people write them: read into ISO form as precise as they are, and shown again.

Only forms with one meaning are read. Years are those of the Gregorian calendar, 1 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from workbench.errors import InputError

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
QUALIFIERS = ("after", "before", "about")
ACCEPTED = "write 2023, 2023-09 or 2023-09-18, with after, before or about in front where needed."

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_TIME = (
    r"(?:(?:T|,?\s+(?:at\s+)?)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s*[ap]\.?m\b\.?)?"
    r"(?-i:\s*(?:[A-Z]{1,4}\b(?:[+-][0-9]{1,2})?|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_FORMS = (
    rf"{_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}",
    rf"{_YEAR}-(?P<month>[0-9]{{1,2}})",
    rf"{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_MONTH},?\s+{_YEAR}",
    rf"(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<two>[0-9]{{1,2}})(?P=mark){_YEAR}",
)
_BARE_YEAR = re.compile(_YEAR)
_ANY_YEAR = re.compile("[0-9]{4}")
_QUALIFIED = re.compile(rf"({'|'.join(QUALIFIERS)})\b\s*", re.IGNORECASE)
_LONGEST_SHOWN = 40


class PartialDate(NamedTuple):
    """A date as precise as it is known: `iso` is "2023", "2023-09" or "2023-09-18"."""

    iso: str
    qualifier: str = ""


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    # On first use: whoever only shows dates need not wait for it.
    return tuple(
        re.compile(rf"(?<![\w/.-]){_WEEKDAY}{form}{_TIME}(?![\w/-])", re.IGNORECASE) for form in _FORMS
    )


def parse_date(text: str) -> PartialDate | None:
    """Read a whole string as a date; None when it is blank.

    Accepts ISO dates, "18 September 2023", "Sept. 18, 2023", "September 2023", "18/09/2023" where
    day and month cannot be confused, a time of day behind it (dropped), and "after", "before" or
    "about" in front.

    Raises:
        InputError: it is no date, no possible one, or one of two meanings.
    """
    given = " ".join(text.split())
    if not given:
        return None
    prefix = _QUALIFIED.match(given)
    qualifier = prefix[1].lower() if prefix else ""
    stated = given[prefix.end() :] if prefix else given
    for form in (*_forms(), _BARE_YEAR):
        if match := form.fullmatch(stated):
            try:
                return PartialDate(_iso(match), qualifier)
            except ValueError as error:
                raise _refusal(given, str(error)) from None
    if re.fullmatch("[0-9]+", stated):
        raise _refusal(given, "a year has four digits")
    raise _refusal(given, "")


def find_date(text: str) -> tuple[PartialDate, int, int] | None:
    """Find the first possible date, known at least to the month, and the offsets of its words."""
    if not _ANY_YEAR.search(text):
        return None
    found: list[tuple[int, int, str]] = []
    for form in _forms():
        if match := form.search(text):
            try:
                found.append((match.start(), -match.end(), _iso(match)))
            except ValueError:
                continue
    if not found:
        return None
    start, end, iso = min(found)
    return PartialDate(iso), start, -end


def show_date(published: str | None, qualifier: str = "") -> str:
    """Write a stored date for people: "after 13 Dec 2023", "Dec 2023", "2023", or "" for None.

    What it writes, `parse_date` reads back.
    """
    if not published:
        return ""
    year, *rest = published.split("-")
    words = [qualifier] if qualifier else []
    if len(rest) == 2:
        words.append(str(int(rest[1])))
    if rest:
        words.append(MONTHS[int(rest[0]) - 1])
    return " ".join([*words, year])


def _iso(match: re.Match[str]) -> str:
    """Make ISO form of a match of one of the forms; ValueError says why it is impossible."""
    parts = match.groupdict()
    year = parts["year"]
    day: str | int | None = parts.get("day")
    if year == "0000":
        raise ValueError("there is no year 0")
    if parts.get("one"):
        month, day = _month_and_day(int(parts["one"]), int(parts["two"]), year)
    elif parts.get("name"):
        month = MONTHS.index(parts["name"][:3].title()) + 1
    elif parts.get("month"):
        month = int(parts["month"])
    else:
        return year
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{_checked_day(int(day), month, year):02}"


def _checked_day(day: int, month: int, year: str) -> int:
    if day < 1:
        raise ValueError("there is no day 0")
    length = monthrange(int(year), month)[1]
    if day > length:
        raise ValueError(f"{MONTH_NAMES[month - 1]} {year} has {length} days")
    return day


def _month_and_day(one: int, two: int, year: str) -> tuple[int, int]:
    """Tell month and day apart in 18/09/2023 and 09/18/2023."""
    if min(one, two) > 12:
        raise ValueError(f"neither {one} nor {two} is a month")
    if one > 12 or one == two:
        return two, one
    if two > 12:
        return one, two
    raise ValueError(f"it can be {year}-{two:02}-{one:02} or {year}-{one:02}-{two:02}")


def _refusal(given: str, reason: str) -> InputError:
    shown = given if len(given) <= _LONGEST_SHOWN else given[: _LONGEST_SHOWN - 1] + "…"
    because = f": {reason}" if reason else ""
    return InputError(f"“{shown}” is not a date{because}; {ACCEPTED}")
