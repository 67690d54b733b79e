"""Which line of an article's beginning is its headline: rules for news sites' and blogs' leavings.

A headline is a short line that is no site furniture (names of sections, share buttons, photo credits)
and no prose. When in doubt the answer is None: an article without a title goes by its first words,
which misleads nobody, while a wrong title does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 160
"""Characters of the longest headline; a longer line is a paragraph."""

_LONGEST_WITH_STOP = 100
_LONGEST_COUNTER = 24
_LONGEST_KICKER = 3
_SHORTEST_WRAPPED = 45
_FURNITURE = re.compile(
    r"(?:print(?:er)?[- ]friendly|skip to|share (?:this|on|via|with|article|story)|follow us"
    r"|sign (?:in|up|out)\b|log ?in\b|subscribe|read (?:more|also|next)|reading time|also read|see also"
    r"|listen to (?:this|the)|watch:|advertisement|advertise with|sponsored (?:by|content|post)"
    r"|accept (?:all|cookies)|cookie (?:policy|settings|consent)|we use cookies|this (?:web)?site uses"
    r"|privacy policy|terms of (?:use|service)|all rights reserved|copyright (?:©|\(c\)|[0-9])|©|\(c\)"
    r"|(?:from|to|cc|sent):|https?://|www\.|(?:photo|image|picture|caption|credit)s?(?: credit| by)?\s*[:/]"
    r"|getty images|table of contents|back to (?:top|home|all)|jump to|click here"
    r"|view (?:all|comments|in browser)"
    r"|leave a (?:comment|reply)|filed under|posted in|categor(?:y|ies):|tags?:|topics?:"
    r"|related (?:articles?|stories|posts?)|you are here|most (?:read|popular)(?: \w+)?$"
    r"|trending(?: now)?$|live updates?$|open in app|add to favou?rites|save (?:this )?article"
    r"|email (?:this|article)|download (?:pdf|as)|translate\b.{0,20}$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[0-9.,]+k?\s*(?:min(?:ute)?s?(?: read)?|comments?|shares?|views?|likes?|hours? ago|days? ago)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:\S+ ){0,4}(?:News|Times|Post|Journal|Herald|Tribune|Guardian|Review|Gazette|Press|Blog|Magazine"
    r"|Weekly|Daily|Observer|Standard|Express|Online|Newsletter)"
)
_BULLET = re.compile(r"(?:[-*•·–—>+]|[0-9]+[.)])\s")
_TRAIL = re.compile(r"\s[>»\u203a]\s|\s\|\s.*\s\|\s")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_BREAK = re.compile(r"(?<=[^\W\d_]{3})[.!?…][”’\"')]*\s+[^\W\d_]")
_STOPS = (".", "。", ".”", ".’", '."', "。”")


def find_headline(lines: Sequence[str]) -> str | None:
    """Find the headline among an article's first lines, bylines and date lines already taken out.

    Takes lines with their white space collapsed, blank ones included since they part blocks. Gives
    None when prose comes before a headline.
    """
    joined = _unwrap(lines)
    for number, line in enumerate(joined):
        after = joined[number + 1 :]
        if line and not is_furniture(line) and not _is_kicker(line, after):
            return line if _is_headline(line, after) else None
    return None


def is_paragraph(line: str) -> bool:
    """Whether a line is running prose by its length or its inner sentence ends."""
    return len(line) > LONGEST or (line.endswith(_STOPS) and bool(_SENTENCE_BREAK.search(line)))


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the site around the article: buttons, sections, credits, links."""
    if len(line) > LONGEST:
        return False
    if not any(char.isalpha() for char in line):
        return True
    if _FURNITURE.match(line) or is_counter(line) or _TRAIL.search(line):
        return True
    if line.endswith((":", ",", ";", "...", "…")) or _BULLET.match(line):
        return True
    return _is_label(line) or bool(_OUTLET.fullmatch(line))


def is_counter(line: str) -> bool:
    """Whether it is what a site counts beside an article: "5 min read", "12 comments", "2 hours ago"."""
    return bool(_COUNTED.match(line)) and len(line) <= _LONGEST_COUNTER


def _is_label(line: str) -> bool:
    """Whether a line is too short to be a headline ("Blog", "Asia Pacific"); "Why now?" is not."""
    words = sum(any(map(str.isalnum, word)) for word in line.split()) + len(_WIDE.findall(line)) // 2
    return words <= 2 and not line.endswith(("?", "!"))


def _is_kicker(line: str, after: Sequence[str]) -> bool:
    """Whether it is a shouted label over a headline ("FOR IMMEDIATE RELEASE"), by what follows it."""
    if not line.isupper() or len(line.split()) > _LONGEST_KICKER:
        return False
    following = next(filter(None, after), "")
    return len(line) < len(following) <= LONGEST and not following.endswith(_STOPS)


def _is_headline(line: str, after: Sequence[str]) -> bool:
    """Whether a line that is no furniture is a headline, seen with the lines after it."""
    if len(line) > LONGEST:
        return False
    if not line.endswith(_STOPS) or _ends_in_abbreviation(line):
        return True
    # Some sites end headlines with a full stop. A short opening sentence looks the same, so it has to
    # stand apart from a paragraph that dwarfs it, and hold no speech.
    apart = bool(after) and not after[0]
    dwarfed = len(next(filter(None, after), "")) > 2 * len(line)
    short = len(line) <= _LONGEST_WITH_STOP and not _SENTENCE_BREAK.search(line)
    speech = any(mark in line for mark in '“”"«»')
    return short and apart and dwarfed and not speech


def _ends_in_abbreviation(line: str) -> bool:
    return bool(re.search(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Ltd|Corp|Co|Jr|Sr)\.$", line))


def _unwrap(lines: Sequence[str]) -> list[str]:
    """Join hard-wrapped lines, so that the first line of a wrapped paragraph is no headline.

    A line goes on in the next when that begins in lower case, or when both stand in a block of three
    or more lines that are all but the last of nearly the same, page-like width.
    """
    joined: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
            continue
        if _is_wrapped(block):
            block = [" ".join(block)]
        for part in block:
            if joined and joined[-1] and part[0].islower() and not joined[-1].endswith(_STOPS):
                joined[-1] += " " + part
            else:
                joined.append(part)
        joined.append("")
        block = []
    return joined


def _is_wrapped(block: Sequence[str]) -> bool:
    widths = [len(line) for line in block[:-1]]
    return len(widths) >= 2 and min(widths) >= _SHORTEST_WRAPPED and max(widths) - min(widths) <= 20
