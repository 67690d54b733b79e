"""What a reader shows, prepared: a text with its sentences, paragraphs, words and wrapped rows.

Nothing here touches a screen, so a worker thread may build a document and ask for the layout it will
need before the reader is given it. All offsets are code points in the text, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from typing import Literal

from workbench.model import Span
from workbench.text import graphemes
from workbench.text.quotations import quotations
from workbench.text.sentences import paragraphs, sentence_at, sentences, words
from workbench.text.wrapping import Layout, wrap

Unit = Literal["word", "sentence", "paragraph", "range"]

_LAYOUTS_KEPT = 4
_QUICK, _QUICK_ASCII = 200_000, 2_000_000
"""Code points of a text up to which it is wrapped in some hundredths of a second."""
_PIECE = 4096
"""Code points of a sentence in which words are looked for at once: nearly every one is shorter."""
_SPACE = re.compile(r"\s")


class ReaderDocument:
    """A text and its units.

    Attributes:
        text: the stored text, unchanged.
        sentences, paragraphs: spans in order, apart, trimmed of white space.
    """

    def __init__(self, text: str, sentences_: Sequence[Span] | None = None) -> None:
        """Find the units of `text`; `sentences_` saves the work where they are known already."""
        self.text = text
        self.paragraphs: Sequence[Span] = paragraphs(text)
        self.sentences: Sequence[Span] = (
            sentences(text, self.paragraphs) if sentences_ is None else sentences_
        )
        self._layouts: OrderedDict[int, Layout] = OrderedDict()
        self._worded: tuple[Span, list[Span]] = ((0, 0), [])

    def layout(self, width: int) -> Layout:
        """The text wrapped to `width` cells. The last few widths are kept."""
        found = self._layouts.pop(width, None) or self.wrapped(width)
        self.keep(found)
        return found

    def has_at_hand(self, width: int) -> bool:
        """Whether `layout` takes no longer for a width than a key press may."""
        longest = _QUICK_ASCII if self.text.isascii() else _QUICK
        return width in self._layouts or len(self.text) <= longest

    def wrapped(self, width: int) -> Layout:
        """The text wrapped to `width` cells, made anew; for threads, which hand it to `keep`."""
        return wrap(self.text, width, spans=self.paragraphs)

    def keep(self, layout: Layout) -> None:
        """Have a layout at hand from now on."""
        self._layouts[layout.width] = layout
        while len(self._layouts) > _LAYOUTS_KEPT:
            self._layouts.popitem(last=False)

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence at `offset`, or of the nearest; 0 in an empty text."""
        return sentence_at(self.sentences, offset)

    def sentence(self, index: int) -> Span:
        """The sentence at `index`, held to those there are; (0, 0) in an empty text."""
        return _held(self.sentences, index)

    def paragraph_index(self, offset: int) -> int:
        """Index of the paragraph at `offset`, or of the nearest; 0 in an empty text."""
        return sentence_at(self.paragraphs, offset)

    def paragraph(self, index: int) -> Span:
        """The paragraph at `index`, held to those there are; (0, 0) in an empty text."""
        return _held(self.paragraphs, index)

    def quotations(self, offset: int) -> list[Span]:
        """The quoted speech around `offset`, the innermost first."""
        return quotations(self.text, offset, self.paragraphs)

    def unit_of(self, span: Span) -> Unit:
        """What unit of the text a range is."""
        if span == self.sentence(self.sentence_index(span[0])):
            return "sentence"
        if span == self.paragraph(self.paragraph_index(span[0])):
            return "paragraph"
        return "word" if span == self.word_at(span[0]) else "range"

    def snap(self, start: int, end: int) -> Span:
        """The range held to the text and grown to whole graphemes."""
        size = len(self.text)
        start = min(max(start, 0), size)
        return graphemes.snap(self.text, start, min(max(end, start), size))

    def next_word(self, offset: int) -> Span | None:
        """The first word that starts at or after `offset`, or None."""
        place: int | None = offset
        while place is not None:
            piece = self._piece(place)
            found = self._words(piece)
            at = bisect_left(found, (offset, 0))
            if at < len(found):
                return found[at]
            place = self._after(piece)
        return None

    def previous_word(self, offset: int) -> Span | None:
        """The last word that ends at or before `offset`, or None."""
        place: int | None = offset
        while place is not None:
            piece = self._piece(place)
            found = self._words(piece)
            at = bisect_right(found, offset, key=lambda word: word[1])
            if at:
                return found[at - 1]
            place = self._before(piece)
        return None

    def word_at(self, offset: int) -> Span | None:
        """The word around `offset`, else the next one, else the one before; None in a text without words."""
        found = self._words(self._piece(offset))
        at = bisect_right(found, offset, key=lambda word: word[0]) - 1
        if at >= 0 and offset < found[at][1]:
            return found[at]
        return self.next_word(offset) or self.previous_word(offset)

    def words_between(self, start: int, end: int) -> list[Span]:
        """The words that start between two offsets."""
        return [word for word in words(self.text, start, end) if word[0] >= start]

    def _words(self, piece: Span) -> list[Span]:
        """Words of a stretch; those asked for last are kept, since movement by word stays there."""
        if self._worded[0] != piece:
            self._worded = piece, words(self.text, *piece)
        return self._worded[1]

    def _piece(self, offset: int) -> Span:
        """The sentence at `offset`, or as much of a very long one as words are looked for in at once.

        It holds the offset, or the nearest one of the sentence, so that going on from its end gets somewhere.
        """
        start, end = self.sentence(self.sentence_index(offset))
        place = min(max(offset, start), max(end - 1, start))
        first = last = (place - start) // _PIECE
        while self._edge(start, end, first) > place:
            first -= 1
        while self._edge(start, end, last) <= place < end:
            last += 1
        return self._edge(start, end, first), self._edge(start, end, last)

    def _edge(self, start: int, end: int, number: int) -> int:
        """Where the piece of that number begins: after a space where there is one, and between graphemes."""
        at = start + number * _PIECE
        if number <= 0 or at >= end:
            return min(at, end)
        if space := _SPACE.search(self.text, at, min(at + _PIECE, end)):
            return space.end()
        return end if at + _PIECE >= end else self.snap(at, at)[0]

    def _after(self, piece: Span) -> int | None:
        """Where the stretch after a piece begins; None at the end of the text."""
        index = self.sentence_index(piece[0])
        if piece[1] < self.sentence(index)[1]:
            return piece[1]
        return self.sentence(index + 1)[0] if index + 1 < len(self.sentences) else None

    def _before(self, piece: Span) -> int | None:
        """The last place of the stretch before a piece; None at the start of the text."""
        index = self.sentence_index(piece[0])
        if piece[0] > self.sentence(index)[0]:
            return piece[0] - 1
        return self.sentence(index - 1)[1] - 1 if index else None


def _held(spans: Sequence[Span], index: int) -> Span:
    if not spans:
        return 0, 0
    return spans[min(max(index, 0), len(spans) - 1)]
