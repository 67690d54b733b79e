"""What is handed to the index: one record for everything that can be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

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
        chars: how long that is, in code points.
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
    chars: int = 0

    @property
    def key(self) -> bytes:
        """Names what is indexed, 16 bytes: documents of one key are cut into the same rows of words."""
        content = f"{self.kind}\0{self.thing}\0{self.revision}\0{self.size}\0{self.text or ''}"
        return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    @property
    def size(self) -> int:
        """How long the text is, in code points."""
        return self.chars if self.text is None else len(self.text)


GONE = Document("text", "", "", None, "", None, None, 0, None, None, ())
"""Stands in a block where a document was that is no longer to be found."""

ReadText = Callable[[Document], str]
"""Gives the text of a document, "" where it cannot be had."""


def held_text(document: Document) -> str:
    """The text that a document carries with it."""
    return document.text or ""
