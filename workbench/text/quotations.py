"""Quoted speech: which quotation marks belong together. All spans are code-point offsets, end exclusive.

Method. The marks of a paragraph are walked with a stack of those that opened something. A mark without its
partner is passed over. An apostrophe is no quotation mark, which takes a look at what stands beside it. A
paragraph that begins with an opening mark while the one before left the same mark open goes on with its
quotation, as newspapers print long speeches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.model import Span
from workbench.text.sentences import paragraphs, sentence_at

_MARK = re.compile("[“”„«»‹›「」『』‘’‚]")
_CLOSES = {
    "“": "„",
    "”": "“„",
    "»": "«",
    "«": "»",
    "›": "‹",
    "‹": "›",
    "」": "「",
    "』": "『",
    "‘": "‚",
    "’": "‘‚",
}
"""For each closing mark the marks that it may close."""
_OPENS = re.compile("[“„«‹「『‚]|[»›](?=\\w)|(?<!\\w)‘")
"""Marks that open, where they stand as openers do."""
_GOES_ON = frozenset("“„«‹「『‘‚»›")
"""What a paragraph begins with that goes on with a quotation."""
_LATER_CLOSE = re.compile("[^‘‚]*?[^\\s‘‚]’(?!\\w)")
_REACH = 12
"""Paragraphs, before and after, that a quotation is followed through."""


def quotations(text: str, offset: int, spans: Sequence[Span] | None = None) -> list[Span]:
    """The quotations around `offset`, marks included, the innermost first.

    Knows “…”, „…“, «…», »…«, ‹…›, ‘…’, ‚…‘, 「…」, 『…』 and "…" (taken in pairs within a paragraph).

    Args:
        spans: the text's paragraphs, if the caller has them already.
    """
    spans = paragraphs(text) if spans is None else spans
    if not spans:
        return []
    first = last = sentence_at(spans, offset)
    while first > max(last - _REACH, 0) and text[spans[first][0]] in _GOES_ON:
        first -= 1
    end = min(last + _REACH, len(spans) - 1)
    while last < end and text[spans[last + 1][0]] in _GOES_ON:
        last += 1
    found = [*_paired(text, spans[first : last + 1]), *_straight(text, spans[sentence_at(spans, offset)])]
    return sorted((one for one in found if one[0] <= offset < one[1]), key=lambda one: one[1] - one[0])


def quoted_speech(text: str, offset: int, spans: Sequence[Span] | None = None) -> Span | None:
    """The innermost of the `quotations` around `offset`, or None."""
    return next(iter(quotations(text, offset, spans)), None)


def _paired(text: str, spans: Sequence[Span]) -> list[Span]:
    """Pairs the curved and angled marks of paragraphs that follow each other."""
    found: list[Span] = []
    opened: list[int] = []
    going_on: set[int] = set()
    for start, end in spans:
        opened = [at for at in opened if text[at] == text[start]]
        if opened:
            going_on.add(start)
        for match in _MARK.finditer(text, start, end):
            at, mark = match.start(), match.group()
            if mark == "’" and not _may_close(text, at, end):
                continue
            # A ’ may be an apostrophe still, so it reaches no further than the last mark opened.
            within = opened[-1:] if mark == "’" else reversed(opened)
            partner = next((place for place in within if text[place] in _CLOSES.get(mark, "")), None)
            if partner is None:
                if _OPENS.match(text, at, end):
                    opened.append(at)
                continue
            while opened and opened[-1] != partner:
                opened.pop()  # it never closed
            found.append((opened.pop(), at + 1))
            while partner in going_on and opened:
                partner = opened.pop()
                found.append((partner, at + 1))
    return found


def _may_close(text: str, at: int, end: int) -> bool:
    """Whether a ’ may be a closing mark: not in or before a word, and not after a plural owner's s."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum() or before.isspace():
        return False
    owner = before == "s" and text[at + 1 : at + 3].strip().islower() and after.isspace()
    return not (owner and _LATER_CLOSE.match(text, at + 1, end))


def _straight(text: str, span: Span) -> list[Span]:
    marks = [at for at in range(*span) if text[at] == '"'] if '"' in text[slice(*span)] else []
    return [(first, second + 1) for first, second in zip(marks[::2], marks[1::2], strict=False)]
