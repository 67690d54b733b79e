"""The reader's one selection: how it moves, extends, grows and shrinks. Pure: it knows no screen.

The cursor is a unit of the text, a sentence unless something else was chosen, and is always selected. The
anchor is the unit an extension began with; the selection runs from one to the other and holds both whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.model import Span
from workbench.tui.widgets.reader_document import ReaderDocument, Unit

_OPENING_QUOTE = re.compile('[“„"«»‹「『‘‚]')


@dataclass(frozen=True, slots=True)
class SelectionState:
    """Everything that makes a selection, to come back to it later. Spans are code points, end exclusive."""

    anchor: Span
    cursor: Span
    unit: Unit
    extending: bool = False


class ReaderSelection:
    """A selection in a document.

    Methods that move return whether the cursor found somewhere to go; where it did not, nothing changed.
    """

    def __init__(self, document: ReaderDocument) -> None:
        """Select the first sentence of `document`."""
        self.document = document
        first = document.sentence(0)
        self.state = SelectionState(first, first, "sentence")
        self._grown: list[SelectionState] = []

    @property
    def span(self) -> Span:
        """What is selected: code points, end exclusive; empty only in an empty text."""
        return _union(self.state.anchor, self.state.cursor)

    @property
    def cursor(self) -> Span:
        """The unit that moves."""
        return self.state.cursor

    @property
    def extending(self) -> bool:
        """Whether plain movement extends."""
        return self.state.extending

    @property
    def sentence_index(self) -> int:
        """Index of the sentence in which the cursor starts."""
        return self.document.sentence_index(self.cursor[0])

    def restore(self, state: SelectionState) -> None:
        """Set all of it; ranges are held to the text and snapped to graphemes."""
        snap = self.document.snap
        self.state = SelectionState(snap(*state.anchor), snap(*state.cursor), state.unit, state.extending)
        self._grown.clear()

    def select(self, start: int, end: int, unit: Unit = "range") -> None:
        """Select a range, snapped to graphemes; an extension ends."""
        span = self.document.snap(start, end)
        self.restore(SelectionState(span, span, unit))

    def select_range(self, anchor: Span, cursor: Span) -> None:
        """Select from one range to another, which stays the moving end."""
        self.restore(SelectionState(anchor, cursor, "range"))

    def toggle_extending(self) -> bool:
        """Switch whether plain movement extends, and give the new state. Nothing selected changes."""
        old = self.state
        self.state = SelectionState(old.anchor, old.cursor, old.unit, not old.extending)
        return self.state.extending

    def clear_extension(self) -> None:
        """End an extension: the cursor alone stays selected."""
        self.select(*self.cursor, unit=self.state.unit)

    def move_sentence(self, n: int, extend: bool = False) -> bool:
        """Move `n` sentences; from a word or another range, to the sentence after or before its own."""
        at = self.document.sentence_index(self._edge(n))
        target = min(max(at + n, 0), len(self.document.sentences) - 1)
        if target == at or not self.document.sentences:
            return False
        self._go(self.document.sentence(target), "sentence", extend)
        return True

    def move_word(self, n: int, extend: bool = False) -> bool:
        """Move `n` words. From a sentence the first step is to its first word, or back to its last."""
        moved = False
        for _ in range(abs(n)):
            word = self._word_towards(n, extend or self.extending)
            if word is None:
                break
            self._go(word, "word", extend)
            moved = True
        return moved

    def move_paragraph(self, n: int, extend: bool = False) -> bool:
        """Move to the first sentence of a paragraph `n` on; backwards, first to that of the cursor's own.

        An extension takes in whole paragraphs: its moving end goes to the end of its paragraph (backwards, to
        the start), and from there to those of the next ones.
        """
        document, (start, end) = self.document, self.cursor
        at = document.paragraph_index(start)
        first, last = document.paragraph(at)
        to_end = n > 0 and (extend or self.extending)
        if n < 0 and document.sentence_index(start) > document.sentence_index(first):
            n += 1
        elif to_end and end < last:
            n -= 1
        if not 0 <= at + n < len(document.paragraphs):
            return False
        first, last = document.paragraph(at + n)
        self.move_to(last - 1 if to_end else first, extend)
        return True

    def move_to(self, offset: int, extend: bool = False) -> None:
        """Move to the sentence at `offset`."""
        self._go(self.document.sentence(self.document.sentence_index(offset)), "sentence", extend)

    def select_word(self) -> None:
        """Select the word where the cursor starts."""
        word = self.document.word_at(self.cursor[0])
        if word:
            self.select(*word, unit="word")

    def select_sentence(self) -> None:
        """Select the whole sentences the selection touches."""
        start, end = self.span
        document = self.document
        first = document.sentence(document.sentence_index(start))
        last = document.sentence(document.sentence_index(max(end - 1, start)))
        self.select(*_union(first, last), unit="sentence")

    def select_paragraph(self) -> None:
        """Select the paragraph where the selection starts."""
        self.select(*self.document.paragraph(self.document.paragraph_index(self.span[0])), unit="paragraph")

    def select_quoted(self) -> bool:
        """Select the innermost quoted speech around the selection's start, or else the first in it.

        Where that is selected already, the one around it. False where there is none.
        """
        start, end = self.span
        around = self.document.quotations(start)
        if not around:
            marks = _OPENING_QUOTE.finditer(self.document.text, start, end)
            around = next(filter(None, (self.document.quotations(mark.start())[-1:] for mark in marks)), [])
        elif self.span in around[:-1]:
            around = around[around.index(self.span) + 1 :]
        if not around:
            return False
        self.select(*around[0])
        return True

    def grow(self) -> bool:
        """Select the smallest unit that holds the selection and more: word, sentence, quotation …"""
        larger = [unit for unit in self._units() if _within(self.span, unit[0]) and unit[0] != self.span]
        if not larger:
            return False
        before = [*self._grown, self.state]
        span, unit = min(larger, key=lambda candidate: _length(candidate[0]))
        self.select(*span, unit=unit)
        self._grown = before
        return True

    def shrink(self) -> bool:
        """Take back the last growth; without one, select the largest unit inside the selection."""
        if self._grown:
            *rest, state = self._grown
            self.restore(state)
            self._grown = rest
            return True
        smaller = [unit for unit in self._units() if _within(unit[0], self.span) and unit[0] != self.span]
        if not smaller:
            return False
        span, unit = max(smaller, key=lambda candidate: _length(candidate[0]))
        self.select(*span, unit=unit)
        return True

    def _go(self, cursor: Span, unit: Unit, extend: bool) -> None:
        keep = extend or self.extending
        self.restore(SelectionState(self.state.anchor if keep else cursor, cursor, unit, self.extending))

    def _edge(self, n: int) -> int:
        """Where movement by sentence counts from: the side of a longer range that it moves towards."""
        start, end = self.cursor
        return start if n < 0 else max(end - 1, start)

    def _word_towards(self, n: int, extending: bool) -> Span | None:
        document, (start, end) = self.document, self.cursor
        if not extending:
            inside = self.state.unit != "word"
            if n > 0:
                return document.next_word(start if inside else end)
            return document.previous_word(end if inside else start)
        anchor = self.state.anchor
        # Left of the anchor the cursor's start is the moving edge, else its end.
        left = start < anchor[0] or (n < 0 and self.cursor == anchor)
        if n > 0:
            word = document.next_word(start + 1 if left else end)
        else:
            word = document.previous_word(start if left else end - 1)
        return anchor if word and _within(word, anchor) else word

    def _units(self) -> list[tuple[Span, Unit]]:
        """The units around the selection's start."""
        document, start = self.document, self.span[0]
        found: list[tuple[Span, Unit]] = [
            (document.sentence(document.sentence_index(start)), "sentence"),
            (document.paragraph(document.paragraph_index(start)), "paragraph"),
        ]
        if word := document.word_at(start):
            found.append((word, "word"))
        found += [(quoted, "range") for quoted in document.quotations(start)]
        return [unit for unit in found if _length(unit[0])]


def _union(a: Span, b: Span) -> Span:
    return min(a[0], b[0]), max(a[1], b[1])


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _length(span: Span) -> int:
    return span[1] - span[0]
