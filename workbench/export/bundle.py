"""What an export is made from: plain records handed in by the caller, who alone knows the project file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from workbench.errors import NotFoundError
from workbench.model import Analyst, Article, Note, Passage, Tag

_Record = TypeVar("_Record", Note, Article, Tag)


@dataclass(frozen=True)
class Bundle:
    """A project, or a part of it, ready to be exported.

    Attributes:
        title: the project's title.
        project_id: the project's id.
        exported: UTC milliseconds of the export.
        analyst: name of who exports, or None where nobody has said.
        database_sha256: hexadecimal hash of the project file, or None where it is not known.
        articles: in the order in which they become S1, S2, …
        texts: article id to the stored text.
        passages: in any order; exports put them in text order.
        tags: in the order in which they are listed.
        notes: in the order in which they become note 1, note 2, …
        analysts: everybody known to have written in the project; where there are several, words are signed.
    """

    title: str
    project_id: str
    exported: int
    analyst: str | None
    database_sha256: str | None
    articles: Sequence[Article]
    texts: Mapping[str, str]
    passages: Sequence[Passage]
    tags: Sequence[Tag]
    notes: Sequence[Note]
    analysts: Sequence[Analyst] = ()


def narrow(
    bundle: Bundle, *, note: str | None = None, article: str | None = None, tag: str | None = None
) -> Bundle:
    """A smaller bundle: one note with what it cites, one article, or one tag with those nested below it.

    Args:
        note, article, tag: id of what is wanted; one of them, or none for the whole bundle.

    Raises:
        NotFoundError: the bundle holds nothing of that id.
    """
    if note is not None:
        wanted = _one(bundle.notes, note, "note")
        cited = {citation.passage for citation in wanted.citations if citation.number is not None}
        return _keep(bundle, [p for p in bundle.passages if p.id in cited], notes=[wanted])
    if article is not None:
        found = _one(bundle.articles, article, "article")
        return _keep(bundle, [p for p in bundle.passages if p.article == found.id], articles=[found])
    if tag is not None:
        top = _one(bundle.tags, tag, "tag")
        family = {t.id for t in bundle.tags if t.id == top.id or t.name.startswith(f"{top.name}/")}
        return _keep(bundle, [p for p in bundle.passages if any(t.id in family for t in p.tags)])
    return bundle


def _keep(
    bundle: Bundle,
    passages: Sequence[Passage],
    *,
    articles: Sequence[Article] | None = None,
    notes: Sequence[Note] = (),
) -> Bundle:
    if articles is None:
        used = {passage.article for passage in passages}
        articles = [article for article in bundle.articles if article.id in used]
    carried = {tag.id for passage in passages for tag in passage.tags}
    return replace(
        bundle,
        articles=articles,
        texts={article.id: bundle.texts[article.id] for article in articles},
        passages=passages,
        tags=[tag for tag in bundle.tags if tag.id in carried],
        notes=notes,
    )


def _one(records: Iterable[_Record], wanted: str, kind: str) -> _Record:
    for record in records:
        if record.id == wanted:
            return record
    raise NotFoundError(f"The export holds no {kind} with the id {wanted}.")
