"""What the screens of conflicts read of a project and say of what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.store.conflicts import Conflict, Contested
from workbench.store.labels import KINDS, field_name
from workbench.tui.widgets.bars import quoted

if TYPE_CHECKING:
    from workbench.project import Project

LONG = frozenset({("note", "body"), ("comment", "body"), ("article", "comment")})
"""Fields with texts of several lines."""
SHORT = frozenset(
    {("note", "title"), ("project", "title"), ("search", "name"), ("search", "query"), ("tag", "description")}
    | {("article", field) for field in ("title", "publisher", "author")}
)
"""Fields of one line that may be anything."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Everything to be decided, and what the articles it lies in go by."""

    items: Sequence[Conflict | Contested]
    articles: Mapping[str, str]

    @classmethod
    def read(cls, project: Project) -> Undecided:
        """Reads it; for jobs."""
        items: list[Conflict | Contested] = [*project.conflicts(), *project.contested()]
        places = {item.article for item in items if item.article}
        labels = {one.id: one.label for one in (project.articles() if places else ()) if one.id in places}
        return cls(items, labels)

    def where(self, item: Conflict | Contested) -> str:
        """What the article that a thing lies in goes by; "" for what lies in none, and for articles."""
        return "" if item.kind == "article" else self.articles.get(item.article or "", "")


def disputed_articles(project: Project) -> frozenset[str]:
    """Ids of the articles that have something to be decided, on themselves or in their text. For jobs."""
    if not project.disputed():
        return frozenset()
    items: list[Conflict | Contested] = [*project.conflicts(), *project.contested()]
    return frozenset(item.article for item in items if item.article)


def editable(project: Project, conflict: Conflict) -> Conflict:
    """The conflict with its texts as people edit them: a note's with short handles. For jobs."""
    if (conflict.kind, conflict.field) != ("note", "body"):
        return conflict
    try:
        note = project.note(conflict.thing)
    except NotFoundError:
        return conflict

    def shown(text: str) -> str:
        return project.editable_body(replace(note, body=text))

    base = None if conflict.base is None else shown(conflict.base)
    versions = tuple(replace(version, text=shown(version.text)) for version in conflict.versions)
    return replace(conflict, base=base, versions=versions)


def named(item: Conflict | Contested) -> str:
    """A thing in words, on one inert line: "note “Alarm”"; with its field where that is in conflict."""
    words = (
        f"{KINDS.get(item.kind, 'thing')} {quoted(item.label)}" if item.label else KINDS.get(item.kind, "")
    )
    return f"{field_name(item.field)} of {words}" if isinstance(item, Conflict) else words


def moment(milliseconds: int) -> str:
    """A moment as people here read it, day and time."""
    when = datetime.fromtimestamp(milliseconds / 1000)
    return f"{when.day} {when:%b %Y %H:%M}"
