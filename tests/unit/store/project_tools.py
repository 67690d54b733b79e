"""What the store's tests share: a project of two short texts, and a look into its derived tables."""

from __future__ import annotations

from pathlib import Path

from workbench import Project
from workbench.model import Analyst, Passage, Tag
from workbench.store import derive, verify

ANNA = Analyst("A" * 26, "Anna")
BEN = Analyst("B" * 25 + "A", "Ben")
TEXTS = {
    "one.txt": "The pumps failed at night. Nobody heard an alarm. Crews came late.\n",
    "two.txt": "An alarm was heard, says the operator. The pumps had been tested.\n",
}
TABLES = (
    *("project", "analyst", "article", "appearance", "passage", "tag"),
    *("tagging", "comment", "note", "citation", "search", "conflict", "deletion"),
)


def new_project(folder: Path, analyst: Analyst = ANNA) -> Project:
    """A project of both texts, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    project = Project.open(folder / "p.db", create=True, analyst=analyst)
    project.import_paths([folder / name for name in TEXTS])
    return project


def tables(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every derived table."""
    return {
        name: project._store.conn.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES
    }


def rebuilt(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """The derived tables as the log alone gives them."""
    with project._store.writing():
        derive.rebuild(project._store.conn)
    return tables(project)


def damaged(project: Project) -> list[int]:
    """Rows of the log that no longer match their names."""
    return [row.seq for row in verify.stored(project._store.conn) if verify.fault(row)]


def on(project: Project, words: str, *tags: str, comment: str | None = None) -> str:
    """Annotates the first place where the words stand; returns the passage's id."""
    for article in project.articles():
        start = project.text(article.id).find(words)
        if start >= 0:
            return project.annotate_range(article.id, start, start + len(words), tags=tags, comment=comment)
    raise AssertionError(words)


def names(found: list[Tag] | Passage) -> list[str]:
    """The names of these tags, or of those on a passage."""
    return [tag.name for tag in (found.tags if isinstance(found, Passage) else found)]


def place(project: Project, file: str) -> str:
    """The id of the article that came as a file."""
    return project.article(file).id
