"""Two copies of a project, one Anna's and one Ben's, both worked on without sight of each other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from workbench.model import Analyst
from workbench.project import Project

ANNA = Analyst("A" * 26, "Anna")
BEN = Analyst("B" * 25 + "A", "Ben [b]")
TEXTS = {
    "one.txt": "The pumps failed at night. Nobody heard an alarm. Crews came late.\n",
    "two.txt": "An alarm was heard, says the operator. The pumps had been tested.\n",
}
BODY = "# Alarm\n\nNobody heard an alarm.\nThe operator denies it.\n\nThe pumps were old.\n\nEnd."
ANNAS = BODY.replace("Nobody heard", "Few heard").replace("End.", "End.\n\nAsk the crews.")
BENS = BODY.replace("Nobody heard", "Nobody at all heard").replace("The pumps were old.\n\n", "")


@dataclass(frozen=True)
class Copies:
    """Anna's copy, open, and the path of Ben's; the ids of what both of them know."""

    mine: Project
    theirs: Path
    note: str
    passage: str

    def ben(self) -> Project:
        """Ben's copy, opened by him."""
        return Project.open(self.theirs, analyst=BEN)


def make_copies(folder: Path) -> Copies:
    """A project with a tagged passage, its comment and a note, and a copy of it."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    mine = Project.open(folder / "p.db", create=True, analyst=ANNA)
    mine.import_paths([folder / name for name in TEXTS])
    passage = annotate(mine, "pumps failed", "risk", comment="At night?")
    note = mine.create_note("Alarm", BODY)
    shutil.copy(mine.path, folder / "ben.db")
    return Copies(mine, folder / "ben.db", note, passage)


def annotate(project: Project, words: str, *tags: str, comment: str | None = None) -> str:
    """Annotates the first place where the words stand; returns the passage's id."""
    for article in project.articles():
        start = project.text(article.id).find(words)
        if start >= 0:
            return project.annotate_range(article.id, start, start + len(words), tags=tags, comment=comment)
    raise AssertionError(words)


def disagree_on_the_note(copies: Copies) -> None:
    """Both write the note, and the copies are merged."""
    with copies.ben() as ben:
        ben.edit_note(copies.note, title="Alarm", body=BENS)
    copies.mine.edit_note(copies.note, title="Alarm", body=ANNAS)
    copies.mine.merge(copies.theirs)


def disagree_on_the_comment(copies: Copies) -> None:
    """Both write the comment, and the copies are merged."""
    for project, words in ((copies.ben(), "Says the log?"), (copies.mine, "In the rain?")):
        project.edit_comment(project.passage(copies.passage).comments[0].id, words)
        if project is not copies.mine:
            project.close()
    copies.mine.merge(copies.theirs)


def contest_the_passage(copies: Copies) -> None:
    """Anna deletes the passage while Ben comments on it, and the copies are merged."""
    with copies.ben() as ben:
        annotate(ben, "pumps failed", comment="Which pumps?")
    copies.mine.delete_passage(copies.passage)
    copies.mine.merge(copies.theirs)
