"""Documents for the tests of search."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workbench.model import HitKind
from workbench.search.document import Document
from workbench.search.index import SearchIndex

_SEEDS = Path(__file__).parents[3] / "seeds"


@cache
def seeds() -> dict[str, str]:
    """The sample articles' texts by the first three figures of their names."""
    return {path.name[:3]: path.read_bytes().decode() for path in sorted(_SEEDS.glob("*.txt"))}


def article(
    name: str,
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
) -> Document:
    """A whole text."""
    return Document(
        kind="text", thing=name, text=text, article=title, label=title or name, article_id=name,
        file=f"{name}.txt", offset=0, publisher=publisher, published=published, tags=(),
    )  # fmt: skip


def quote(name: str, source: Document, words: str, *, tags: tuple[str, ...] = ()) -> Document:
    """A marked passage of `source`."""
    return Document(
        kind="quote", thing=name, text=words, article=source.article, label=source.label,
        article_id=source.article_id, file=source.file, offset=(source.text or "").index(words),
        publisher=source.publisher, published=source.published, tags=tags,
    )  # fmt: skip


def loose(kind: HitKind, name: str, text: str, source: Document | None = None) -> Document:
    """A note, comment or title."""
    return Document(
        kind=kind, thing=name, text=text, article=source.article if source else None,
        label=source.label if source else name, article_id=source.article_id if source else None,
        file=source.file if source else None, offset=0, publisher=None, published=None, tags=(),
    )  # fmt: skip


def hold(index: SearchIndex, documents: Iterable[Document]) -> None:
    """Lets exactly these be found, as a project does after a change."""
    index.add(index.follow({document.key: document for document in documents}).values())
