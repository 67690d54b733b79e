"""The labels over what is on screen in all panes: which place each leads to, and what was typed of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.model import Span
from workbench.tui.jump_labels import jump_labels
from workbench.tui.widgets.reading_pane import ReadingPane

Labelled = Literal["sentence", "word"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its letters, and the pane and range it leads to."""

    letters: str
    pane: ReadingPane
    span: Span


class PaneLabels:
    """Labels over sentences or words. While they are `shown`, keys are their letters.

    Attributes:
        shown: those that what was typed may still mean.
        unit: what they stand over.
    """

    def __init__(self) -> None:
        self.shown: list[Label] = []
        self.unit: Labelled = "sentence"
        self._typed = ""

    def show(self, panes: Sequence[ReadingPane], current: ReadingPane | None, unit: Labelled) -> None:
        """Labels what begins on screen; that in the current pane has the short labels."""
        places = [(pane, span) for pane in panes for span in _spans(pane, unit)]
        near = [place for place in places if place[0] is current]
        far = [place for place in places if place[0] is not current]
        letters = jump_labels(len(near), len(far))
        labelled = [*zip(near, letters[0], strict=False), *zip(far, letters[1], strict=False)]
        self.unit, self._typed = unit, ""
        self._draw([Label(text, *place) for place, text in labelled])

    def take(self, letter: str | None) -> Label | None:
        """Types a letter. The label that is complete with it, or one that none has, takes all away."""
        self._typed += letter or " "
        fitting = [label for label in self.shown if label.letters.startswith(self._typed)]
        chosen = next((label for label in fitting if label.letters == self._typed), None)
        self._draw([] if chosen else fitting)
        return chosen

    def hide(self) -> None:
        """Takes the labels away."""
        if self.shown:
            self._draw([])

    def _draw(self, labels: list[Label]) -> None:
        """Draws what is left to type of these labels, and no others."""
        panes = {label.pane: dict[int, str]() for label in (*self.shown, *labels)}
        for label in labels:
            panes[label.pane][label.span[0]] = label.letters[len(self._typed) :]
        for pane, texts in panes.items():
            pane.reader.show_labels_at(texts)
        self.shown = labels


def _spans(pane: ReadingPane, unit: Labelled) -> list[Span]:
    reader = pane.reader
    if unit == "word":
        return reader.visible_words()
    return [reader.document.sentence(index) for index in reader.visible_sentences()]
