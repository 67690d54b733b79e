"""What a project and other copies, other windows and other people have to do with each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.model import Analyst
from workbench.store import conflicts, history, reading
from workbench.store.changes import Value
from workbench.undoing import EVERYTHING, ProjectSteps

if TYPE_CHECKING:
    from workbench.progress import Progress
    from workbench.store.merging import MergeReport


@dataclass(frozen=True, slots=True)
class News:
    """What came into the file from elsewhere.

    Attributes:
        analysts: who wrote it; steps: how many steps; words: what the last of them did.
    """

    analysts: tuple[Analyst, ...]
    steps: int
    words: str


class ProjectSharing(ProjectSteps):
    """Merging, settling what a merge leaves open, and seeing what others write into the same file."""

    def merge(self, path: str | Path, progress: Progress | None = None) -> MergeReport:
        """Takes over everything that another copy, or another project, holds. A backup is made before.

        Args:
            progress: told how many of the changes to take over are verified.

        Raises:
            ProjectFileError: a file cannot be used; nothing was changed.
        """
        from workbench.store import merging

        report = merging.merge(self._store, Path(os.path.expanduser(path)), progress)
        self._changed(*EVERYTHING)
        return report

    def preview_merge(self, path: str | Path, progress: Progress | None = None) -> MergeReport:
        """What `merge` would do; nothing is changed.

        Args:
            progress: as of `merge`.

        Raises:
            ProjectFileError: a file cannot be used.
        """
        from workbench.store import merging

        return merging.preview(self._store, Path(os.path.expanduser(path)), progress)

    def resolve(self, kind: str, thing: str, field: str, value: Value, *, seen: Sequence[str]) -> None:
        """Settles a conflict with one of its versions or a new one; a note's body is given as Markdown.

        Args:
            seen: `Conflict.seen` of the versions it takes the place of; one that came in since stays.

        Raises:
            NotFoundError: there is nothing to decide there.
        """
        with self._writing(*EVERYTHING) as step:
            conflicts.resolve(step, kind, thing, field, value, seen)

    def decide(self, kind: str, thing: str, *, keep: bool) -> None:
        """Settles a contested deletion: the thing stays, or goes.

        Raises:
            NotFoundError: there is nothing to decide there.
        """
        with self._writing(*EVERYTHING) as step:
            conflicts.decide(step, kind, thing, keep=keep)

    def look_for_news(self) -> News | None:
        """What other programs wrote into the file since the last look; None when nothing came in."""
        with self._store.reading() as conn:
            names = self._store.arrivals.look(conn)
            if not names:
                return None
            people = reading.analysts(conn)
            who = dict.fromkeys(people[one.analyst] for one in names if one.analyst in people)
            words = history.step_words(conn, names[-1])
        self._changed(*EVERYTHING)
        return News(tuple(who), len(names), words)
