"""What a reader shows, prepared: a text with its sentences, paragraphs, words and wrapped rows.

Nothing here touches a screen, so a worker thread may build a document and ask for the layout it will
need before the reader is given it. All offsets are code points in the text, end exclusive.
"""

from __future__ import annotations

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
        self._worded: tuple[int, list[Span]] = (-1, [])

    def layout(self, width: int) -> Layout:
        """The text wrapped to `width` cells. The last few widths are kept."""
        found = self._layouts.pop(width, None) or wrap(self.text, width, spans=self.paragraphs)
        self._layouts[width] = found
        while len(self._layouts) > _LAYOUTS_KEPT:
            self._layouts.popitem(last=False)
        return found

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
        for index in range(self.sentence_index(offset), len(self.sentences)):
            found = self._words(index)
            at = bisect_left(found, (offset, 0))
            if at < len(found):
                return found[at]
        return None

    def previous_word(self, offset: int) -> Span | None:
        """The last word that ends at or before `offset`, or None."""
        for index in range(self.sentence_index(offset), -1, -1):
            found = self._words(index)
            at = bisect_right(found, offset, key=lambda word: word[1])
            if at:
                return found[at - 1]
        return None

    def word_at(self, offset: int) -> Span | None:
        """The word around `offset`, else the next one, else the one before; None in a text without words."""
        found = self._words(self.sentence_index(offset))
        at = bisect_right(found, offset, key=lambda word: word[0]) - 1
        if at >= 0 and offset < found[at][1]:
            return found[at]
        return self.next_word(offset) or self.previous_word(offset)

    def words_between(self, start: int, end: int) -> list[Span]:
        """The words that start between two offsets."""
        return [word for word in words(self.text, start, end) if word[0] >= start]

    def _words(self, index: int) -> list[Span]:
        """Words of a sentence; the last one asked for is kept, since movement by word stays there."""
        if self._worded[0] != index:
            self._worded = index, words(self.text, *self.sentence(index))
        return self._worded[1]


def _held(spans: Sequence[Span], index: int) -> Span:
    if not spans:
        return 0, 0
    return spans[min(max(index, 0), len(spans) - 1)]
