"""What is handed to the index: one record for everything that can be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.model import HitKind, Span


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found, with what is shown and filtered by.

    Attributes:
        thing: id of the article, passage, note or comment.
        text: what is searched; texts and notes are cut into sentences, all else is one piece. None for the
            text of an article: there are many and they are long, so they are read when they are wanted.
        article, article_id, file: title, id and file name of the article it belongs to, if any.
        label: the source as it is shown.
        offset: where `text` starts in the article, in code points (0 for a whole text).
        publisher, published, tags: what ``@source``, ``>date`` and ``#tag`` look at; tags by whole names.
        grade, analysts: what ``grade<=C`` and ``by:name`` look at; analysts by name.
        tagged: the parts of a text, in code points, on which tags lie: what ``untagged`` leaves out.
        revision: names the stored text of an article: equal revisions, equal texts.
    """

    kind: HitKind
    thing: str
    text: str | None
    article: str | None
    label: str
    article_id: str | None
    file: str | None
    offset: int
    publisher: str | None
    published: str | None
    tags: tuple[str, ...]
    grade: str | None = None
    analysts: tuple[str, ...] = ()
    tagged: tuple[Span, ...] = ()
    revision: str = ""


ReadText = Callable[[Document], str]
"""Gives the text of a document, "" where it cannot be had."""


def held_text(document: Document) -> str:
    """The text that a document carries with it."""
    return document.text or ""
