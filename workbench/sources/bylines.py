"""What short lines at an article's edges say of it: who wrote it, where it appeared, and when.

A date counts only where it is given as the article's own: alone in a line or between separators, after
a label such as "Published", or at the end of a byline. Dates within prose are what the article is
about. Names are taken only when they look like names, since "By" also begins sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.model import Basis
from workbench.sources.dates import PartialDate, find_date
from workbench.sources.headlines import is_counter

LONGEST = 200
"""Characters of a line that is looked at."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What lines say of an article. `updated` is a date of its last change, not of its publication."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None

    def __or__(self, later: Credit) -> Credit:
        """Fill what is missing here from a later line."""
        return Credit(
            title=self.title or later.title,
            publisher=self.publisher or later.publisher,
            author=self.author or later.author,
            published=self.published or later.published,
            updated=self.updated or later.updated,
        )

    @property
    def date(self) -> PartialDate | None:
        """The date of publication, or the last change in its place."""
        return self.published or self.updated

    @property
    def basis(self) -> Basis:
        """A stated date is one of publication; a date of change only hints at it."""
        if self.published:
            return "stated"
        return "inferred" if self.updated else "unknown"


_AGENCIES = (
    "Reuters", "AFP", "AP", "Associated Press", "The Associated Press", "Bloomberg", "Xinhua", "VNA", "VNS",
    "dpa", "DPA", "Kyodo", "Kyodo News", "Yonhap", "UPI", "ANI", "PTI", "TASS", "EFE", "ANSA", "IANS",
    "Agence France-Presse", "CNA", "BBC", "CNN", "NPR", "Nikkei", "Antara", "Bernama", "ANTARA",
)  # fmt: skip
_AGENCY = re.compile(rf"(?:{'|'.join(map(re.escape, _AGENCIES))})(?: [Ss]taff)?(?: [Rr]eporters?)?")
_LIKELY = re.compile(r"[0-9]{4}|\bby\b|:", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*[|•·]\s*|\s+[–—-]{1,2}\s+|(?:(?<=[0-9])|(?<=[ap]m))\s+(?=by\s+[^\W\d_])", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<updated>last (?:updated|modified|edited)|updated|modified|edited)(?:\s+on|\s+at|\s*:)*\s*"
    r"|(?:(?:first )?(?:published|posted|released|issued)|publication date|publish date|date published"
    r"|posted date|dated?|release date)(?:\s+on|\s+at|\s+online|\s*:)*\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"^[0-9]{1,2}:[0-9]{2}(?:\s*[ap]\.?m\.?)?(?-i:\s*[A-Z]{2,4}\b)?[\s,]+", re.IGNORECASE)
_AGO = re.compile(r"\s*\b(?:last )?updated\b.* ago$", re.IGNORECASE)
_FIELD = re.compile(
    r"(title|headline|subject|author|source|publisher|publication)\s*:\s+(\S.*)", re.IGNORECASE
)
_BY = re.compile(r"(?:(?:written|posted|story|text|report|analysis|opinion)\s+)?by:?\s+(.+)", re.IGNORECASE)
_PARTICLE = r"(?:de|da|di|du|del|della|der|den|van|von|le|la|al|el|bin|ibn|y|e|ten|ter|dos)"
_NAME_WORD = r"(?:[A-ZÀ-ÖØ-ÝĀ-ɏ\u1e00-\u1eff](?:[^\W\d_]|[’'.-](?=[^\W\d_]))*\.?)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}(?:al-)?{_NAME_WORD}){{1,4}}")
_NOT_A_NAME = re.compile(
    r"\b(?:the|staff|desk|team|board|news|times|post|press|agency|agencies|editors?|correspondent|our)\b",
    re.IGNORECASE,
)
_OUTLET_WORDS = 5
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Ý][^()\n]{1,60}?)?\s*\((?P<agency>[A-Z][\w.& ]{1,30})\)\s*[-–—:]{1,2}\s"
)


def read_line(line: str) -> Credit | None:
    """Read a line that is nothing but byline, date or labelled field; None when it is something else."""
    if len(line) > LONGEST or not _LIKELY.search(line):
        return None
    if field := _FIELD.fullmatch(line):
        return _read_field(field[1].lower(), field[2])
    parts = [part for part in _SEPARATOR.split(line) if part and not is_counter(part)]
    credit, names = Credit(), []
    for part in parts:
        known = _read_date_part(part) or _read_byline(part)
        if known:
            credit |= known
        else:
            names.append(part)
    if credit == Credit() or any(not _is_outlet(name) for name in names):
        return None
    # A name beside a byline is the outlet. Beside a mere date it may as well be a place.
    if names and credit.author:
        credit |= Credit(publisher=names[0])
    return credit


def read_opening(paragraph: str) -> Credit | None:
    """Read what stands before a first paragraph's prose: "date 2023-11-21 …", "HANOI (Reuters) - …"."""
    start = paragraph[:LONGEST]
    if (label := _LABEL.match(start)) and label.end() and (found := find_date(start[label.end() :])):
        date, offset, _ = found
        if offset == 0 and not label["updated"]:
            return Credit(published=date)
    if (match := _DATELINE.match(start)) and _is_dateline(match):
        found = find_date(match["place"] or "")
        return Credit(publisher=match["agency"].strip(), published=found and found[0])
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    """Known agencies may follow anything short; others only a place written in capitals."""
    if _AGENCY.fullmatch(match["agency"]):
        return True
    place = (match["place"] or "").split(",")[0]
    return bool(place) and place.isupper()


def _read_field(name: str, value: str) -> Credit:
    value = " ".join(value.split())
    if name in ("title", "headline", "subject"):
        return Credit(title=value)
    if name == "author":
        return Credit(author=value)
    return Credit(publisher=value)


def _read_date_part(part: str) -> Credit | None:
    """Read labels and dates only, or a place and a date: "Published: 18 Sep 2023 Updated: 20 Sep 2023"."""
    credit = Credit()
    rest = _AGO.sub("", part)
    while rest:
        label = _LABEL.match(rest)
        stated = _CLOCK.sub("", rest[label.end() :] if label else rest, count=1)
        found = find_date(stated)
        if not found or not _is_place(stated[: found[1]]):
            return None
        date, _, end = found
        credit |= Credit(updated=date) if label and label["updated"] else Credit(published=date)
        rest = stated[end:].strip(" .,;()")
    return credit if credit.date else None


def _is_place(text: str) -> bool:
    """Whether it is what may stand before a date in its own line: nothing, or "Hanoi, "."""
    return not text or (text.endswith(", ") and _is_outlet(text[:-2]))


def _read_byline(part: str) -> Credit | None:
    """Read "By Jane Doe, John Roe and Mary Major, Nikkei Asia, September 18, 2023"."""
    match = _BY.fullmatch(part)
    if not match:
        return None
    rest, date = _cut_date(match[1])
    rest = re.split(r"\s+(?:in|at|for)\s+(?=[A-Z])", rest)[0]
    names: list[str] = []
    outlet: str | None = None
    for piece in re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+|;\s+", rest):
        if _AGENCY.fullmatch(piece):
            outlet = outlet or re.sub(r" (?:staff|reporters?)\b.*", "", piece, flags=re.IGNORECASE)
        elif _NAME.fullmatch(piece) and not _NOT_A_NAME.search(piece):
            names.append(piece)
        elif names and _is_outlet(piece):
            outlet = outlet or piece
        elif not names:
            return None
    if not names and not outlet:
        return None
    return Credit(publisher=outlet, author=_listed(names), published=date)


def _cut_date(text: str) -> tuple[str, PartialDate | None]:
    """Cut a date, and an "on" before it, off the end."""
    found = find_date(text)
    if not found or text[found[2] :].strip(" .,;()"):
        return text, None
    date, start, _ = found
    return re.sub(r"[\s,(]+(?:on|published|posted)?[\s:]*$", "", text[:start]), date


def _is_outlet(text: str) -> bool:
    """Whether it could be an outlet's name: a few words, each but little ones capitalised."""
    words = text.split()
    if not 1 <= len(words) <= _OUTLET_WORDS or text.endswith((".", "?", "!")):
        return False
    return all(word[0].isupper() or word in ("of", "the", "and", "for", "&", "de") for word in words)


def _listed(names: list[str]) -> str | None:
    if len(names) < 2:
        return names[0] if names else None
    return f"{', '.join(names[:-1])} and {names[-1]}"
