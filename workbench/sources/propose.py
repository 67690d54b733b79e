"""What the program finds in an article's text about the article: its headline, byline and date.

Everything here is a proposal for the analyst to confirm, so it is made only where the text states it.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import InputError
from workbench.model import Basis
from workbench.sources.bylines import Credit, read_line, read_opening
from workbench.sources.dates import parse_date
from workbench.sources.headlines import find_headline, is_paragraph
from workbench.sources.markdown import bare, first_heading, split_front_matter

_HEAD_CHARS = 6000
_TAIL_CHARS = 4000
_LINE_CHARS = 400
_HEAD_LINES = 14
_TAIL_LINES = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found; None or "" where nothing was. The date is as in `model.Article`."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    qualifier: str = ""
    basis: Basis = "unknown"
    language: str | None = None


def propose(text: str, file: str) -> Proposal:
    """Find what an article says of itself; `file` is its name, whose ending tells Markdown.

    Looks only at the beginning and the end of the text, so that long texts cost no more than short
    ones. Pure: same text and name, same proposal.
    """
    head = _lines(text[:_HEAD_CHARS])
    if file.lower().endswith(".md"):
        front, head = split_front_matter(head)
        title = front.get("title") or first_heading(head)
        return _propose(text, [bare(line) for line in head], _front_credit(front, title), front)
    return _propose(text, head, Credit(), {})


def _propose(text: str, head: list[str], given: Credit, front: dict[str, str]) -> Proposal:
    """Add to what is `given` from the first lines, then from the last ones."""
    credit, headline_lines = _read_head(head)
    credit = given | credit | _read_tail(text)
    title = credit.title or find_headline(headline_lines)
    date = credit.date
    return Proposal(
        title=title,
        publisher=credit.publisher,
        author=credit.author,
        published=date.iso if date else None,
        qualifier=date.qualifier if date else "",
        basis=credit.basis,
        language=front.get("language") or front.get("lang"),
    )


def _read_head(lines: list[str]) -> tuple[Credit, list[str]]:
    """Read credits near the top; also give the other lines down to the first paragraph's first."""
    credit = Credit()
    rest: list[str] = []
    seen = 0
    opened = False
    for line in lines:
        if seen == _HEAD_LINES:
            break
        seen += bool(line)
        found = read_line(line) if line else None
        if not found and not opened:
            found = read_opening(line)
            opened = bool(found) or is_paragraph(line)
            if not found:
                rest.append(line)
        if found:
            credit |= found
    return credit, rest


def _read_tail(text: str) -> Credit:
    """Read bylines near the end, where a date alone may belong to something else unless it stands last."""
    cut = max(len(text) - _TAIL_CHARS, 0)
    lines = _lines(text[cut:])
    if cut:
        lines = lines[1:]
    filled = [line for line in lines if line][-_TAIL_LINES:]
    credit = Credit()
    for number, line in enumerate(filled):
        found = read_line(line)
        if found and (found.author or found.publisher or number == len(filled) - 1):
            credit |= found
    return credit


def _lines(text: str) -> list[str]:
    """Split into lines with white space collapsed; of long ones the beginning is enough."""
    return [" ".join(line[:_LINE_CHARS].split()) for line in text.splitlines()]


def _front_credit(front: dict[str, str], title: str | None) -> Credit:
    """Read Markdown front matter; a date it gives that is none is left out."""
    written = front.get("date") or front.get("published") or ""
    try:
        published = parse_date(written)
    except InputError:
        published = None
    publisher = front.get("publisher") or front.get("site")
    return Credit(title=title, author=front.get("author"), publisher=publisher, published=published)
