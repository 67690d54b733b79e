"""What is handed to the index: one record for everything that can be found."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model import HitKind


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found, with what is shown and filtered by.

    Attributes:
        thing: id of the article, passage, note or comment.
        text: what is searched; texts and notes are cut into sentences, all else is one piece.
        article, article_id, file: title, id and file name of the article it belongs to, if any.
        label: the source as it is shown.
        offset: where `text` starts in the article, in code points (0 for a whole text).
        publisher, published, tags: what ``@source``, ``>date`` and ``#tag`` look at.
    """

    kind: HitKind
    thing: str
    text: str
    article: str | None
    label: str
    article_id: str | None
    file: str | None
    offset: int
    publisher: str | None
    published: str | None
    tags: tuple[str, ...]
