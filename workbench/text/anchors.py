"""Finding a marked range again in a new version of its text.

A selector keeps the range's words and some context on both sides. To find it in another text both are
folded; the words with their context are aligned with the most similar stretch (rapidfuzz), and the edges of
the words are carried over along the edits between the two. Every exact occurrence of the words is a candidate
too. A candidate's score is the likeness of the words and of the context, which counts the more the shorter
the words are. The best is accepted above a threshold, unless a second place is as good.

The idea of quoting with prefix and suffix is that of the W3C Web Annotation Data Model (TextQuoteSelector).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from workbench.errors import InputError
from workbench.model import Span
from workbench.text.folding import Folded, fold
from workbench.text.graphemes import snap

CONTEXT = 64
"""Characters of context kept on each side."""

_ALIGNMENT_CUTOFF = 55  # of 100: below this the alignment is chance
_ACCEPTED = 0.62
_LEAST_QUOTE_LIKENESS = 0.6
_ALIKE = 0.03  # scores nearer than this do not tell two places apart
_MOST_OCCURRENCES = 2000
_LONG = 4000  # a range longer than this is found by its edges,
_EDGE = 1000  # of this many characters


@dataclass(frozen=True, slots=True)
class Selector:
    """A range of a text, its words, and the words around it.

    Attributes:
        start, end: code-point offsets, end exclusive.
        exact: ``text[start:end]``; prefix, suffix: the text before and after, shorter at the text's ends.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where a selector's range is in another text.

    Attributes:
        outcome: "found", "ambiguous" (ask), or "lost" (show the old words).
        span: the range, when found.
        score: likeness of the best candidate, 0 to 1.
        candidates: the ranges to choose from when ambiguous, most alike first.
    """

    outcome: Literal["found", "ambiguous", "lost"]
    span: Span | None
    score: float
    candidates: tuple[Span, ...] = ()

    @property
    def places(self) -> tuple[Span, ...]:
        """The range when found, the candidates when ambiguous, nothing when lost."""
        return (self.span,) if self.span else self.candidates


_LOST = Relocation("lost", None, 0.0)


def select(text: str, start: int, end: int, context: int = CONTEXT) -> Selector:
    """Describe a range so that `relocate` can find it again.

    Raises:
        InputError: the range is empty or reaches outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"The range {start} to {end} is empty or outside the text, which has {len(text)} characters."
        )
    before, after = text[max(0, start - context) : start], text[end : end + context]
    return Selector(start, end, text[start:end], before, after)


def relocate(selector: Selector, text: str, folded: Folded | None = None) -> Relocation:
    """Find a selector's range in another version of its text.

    Args:
        folded: ``fold(text)``; give it when moving many ranges into one text.
    """
    if _still_there(selector, text):
        return Relocation("found", (selector.start, selector.end), 1.0)
    folded = folded or fold(text)
    if len(selector.exact) > _LONG:
        return _relocate_edges(selector, text, folded)
    pattern = _Pattern.of(selector)
    scored = {span: pattern.score(folded.text, *span) for span in _occurrences(pattern.exact, folded.text)}
    if max(scored.values(), default=0.0) < 1.0:
        aligned = _align(pattern, folded.text)
        if aligned is not None:
            scored[aligned] = pattern.score(folded.text, *aligned)
    if not scored:
        return _LOST
    span, best = max(scored.items(), key=lambda item: item[1])
    if best < _ACCEPTED:
        return Relocation("lost", None, best)
    alike = [other for other, score in scored.items() if best - score < _ALIKE and not _overlap(span, other)]
    alike.sort(key=scored.__getitem__, reverse=True)
    return _chosen([snap(text, *folded.source(*place)) for place in (span, *alike)], best)


def _chosen(places: list[Span], score: float) -> Relocation:
    if len(places) == 1:
        return Relocation("found", places[0], score)
    return Relocation("ambiguous", None, score, tuple(places))


def _relocate_edges(selector: Selector, text: str, folded: Folded) -> Relocation:
    """Find a long range by its first and its last words, since aligning the whole would take too long."""
    exact, start, end = selector.exact, selector.start, selector.end
    head = Selector(start, start + _EDGE, exact[:_EDGE], selector.prefix, exact[_EDGE : _EDGE + CONTEXT])
    tail = Selector(end - _EDGE, end, exact[-_EDGE:], exact[-_EDGE - CONTEXT : -_EDGE], selector.suffix)
    first, last = relocate(head, text, folded), relocate(tail, text, folded)
    ranges = [(a, b) for a, _ in first.places for _, b in last.places]
    likely = [(a, b) for a, b in ranges if 0.6 * len(exact) <= b - a <= len(exact) / 0.6]
    score = min(first.score, last.score)
    return _chosen(likely, score) if likely else Relocation("lost", None, score)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A selector folded: `text` is prefix, exact and suffix; start and end are the edges of exact in it."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, selector: Selector) -> _Pattern:
        folded = fold(selector.prefix + selector.exact + selector.suffix)
        start = folded.position(len(selector.prefix))
        end = folded.position(len(selector.prefix) + len(selector.exact))
        return cls(folded.text, start, max(end, start))

    @property
    def exact(self) -> str:
        return self.text[self.start : self.end]

    def score(self, text: str, start: int, end: int) -> float:
        """Likeness of ``text[start:end]`` in its place to the words in theirs; 0 where the words differ."""
        quote = Indel.normalized_similarity(self.exact, text[start:end])
        if quote < _LEAST_QUOTE_LIKENESS:
            return 0.0
        prefix, suffix = self.text[: self.start], self.text[self.end :]
        known = len(prefix) + len(suffix)
        if not known:
            return quote
        before = Indel.normalized_similarity(prefix, text[max(0, start - len(prefix)) : start])
        after = Indel.normalized_similarity(suffix, text[end : end + len(suffix)])
        context = (before * len(prefix) + after * len(suffix)) / known
        weight = 1 / (2 + len(self.exact) / 32)
        return quote * (1 - weight) + context * weight


def _still_there(selector: Selector, text: str) -> bool:
    """Whether words and context stand where they stood."""
    whole = selector.prefix + selector.exact + selector.suffix
    return text.startswith(whole, selector.start - len(selector.prefix))


def _occurrences(exact: str, text: str) -> Iterator[Span]:
    """The places where the very words stand, up to a bound."""
    at = text.find(exact) if exact else -1
    for _ in range(_MOST_OCCURRENCES):
        if at < 0:
            return
        yield (at, at + len(exact))
        at = text.find(exact, at + 1)


def _align(pattern: _Pattern, text: str) -> Span | None:
    """The range of `text` that answers to the pattern's words in the most similar stretch."""
    if not pattern.exact:
        return None
    alignment = fuzz.partial_ratio_alignment(pattern.text, text, score_cutoff=_ALIGNMENT_CUTOFF)
    if alignment is None:
        return None
    pad = len(pattern.text) // 6 + 8
    begin = max(0, alignment.dest_start - pad)
    window = text[begin : alignment.dest_end + pad]
    start, end = _carry_over(pattern, window)
    while start < end and window[start].isspace() and not pattern.exact[0].isspace():
        start += 1
    while start < end and window[end - 1].isspace() and not pattern.exact[-1].isspace():
        end -= 1
    return (begin + start, begin + end) if start < end else None


def _carry_over(pattern: _Pattern, window: str) -> Span:
    """The edges of the pattern's words in `window`, along the edits that turn one into the other."""
    # What was inserted at an edge lies outside the words, so insertions are passed over.
    edits = [edit for edit in Levenshtein.opcodes(pattern.text, window) if edit.tag != "insert"]
    starts = [edit.src_start for edit in edits]
    first = edits[bisect_left(starts, pattern.start + 1) - 1]
    last = edits[bisect_left(starts, pattern.end) - 1]
    start = min(first.dest_start + pattern.start - first.src_start, first.dest_end)
    end = min(last.dest_start + pattern.end - last.src_start, last.dest_end)
    return (start, max(start, end))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
