"""What was done to a project, and how it is taken back: undo, the history with any of its steps, the bin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import get_args

from workbench.errors import NotFoundError
from workbench.finding import ProjectFinding
from workbench.model import HitKind
from workbench.progress import Progress
from workbench.store import bin as deleted_things
from workbench.store import history, step_details, undo
from workbench.store.bin import Deleted
from workbench.store.changes import Change, Thing
from workbench.store.describe import describe
from workbench.store.history import HistoryStep
from workbench.store.step import Step
from workbench.store.step_details import SetField
from workbench.store.undo import StepName

EVERYTHING: tuple[HitKind, ...] = get_args(HitKind)
"""All kinds of hits."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was set back.

    Attributes:
        label: the step in words, in the past tense.
        skipped: the parts left alone, in words, because something was built on them since.
    """

    label: str
    skipped: tuple[str, ...]


class ProjectSteps(ProjectFinding):
    """The part of a project that knows its steps. `Project` adds those that are work."""

    def undo(self, progress: Progress | None = None) -> Undone | None:
        """Sets back the analyst's last step that still stands; None when there is none.

        Args:
            progress: told how many of the things that the step touched are set back.
        """
        return self._turn(progress, redo=False)

    def redo(self, progress: Progress | None = None) -> Undone | None:
        """Sets back the last undo; None when there is none. `progress` as of `undo`."""
        return self._turn(progress, redo=True)

    def history(
        self,
        *,
        analyst: str | None = None,
        article: str | None = None,
        thing: Thing | None = None,
        before: StepName | None = None,
        limit: int = 200,
    ) -> list[HistoryStep]:
        """Who did what when, newest first: a page of at most `limit` steps, those before `before`.

        Args:
            analyst: id of the one person whose steps are wanted.
            article: id of the one article, with all that hangs on it.
            thing: kind and id of the one passage, tag, note or comment, with what hangs on it.
        """
        with self._store.reading() as conn:
            return history.steps(
                conn, analyst=analyst, article=article, thing=thing, before=before, limit=limit
            )

    def step_details(self, name: StepName) -> list[SetField]:
        """Which fields a step set, with what they held before."""
        with self._store.reading() as conn:
            return step_details.details(conn, name)

    def revert(self, name: StepName) -> Undone:
        """Takes back any one step, of anybody, wherever nothing was built on it; `undo` takes that back.

        Raises:
            NotFoundError: there is no such step.
            InputError: nothing of it can be taken back any more.
        """
        with self._writing(*EVERYTHING) as step:
            if not history.can_set_back(step.conn, name):
                raise NotFoundError("that step made the project or only named somebody: it stays")
            label = history.step_words(step.conn, name)
            return _undone(step, label, undo.set_back(step, name))

    def bin(self) -> list[Deleted]:
        """What was deleted and can be restored, latest first."""
        with self._store.reading() as conn:
            return deleted_things.deleted(conn)

    def restore(self, kind: str, thing: str) -> None:
        """Brings something (by kind and id) out of the bin, with what hung on it and what it lies in.

        Raises:
            NotFoundError: it is not in the bin.
        """
        with self._writing(*EVERYTHING) as step:
            deleted_things.restore(step, kind, thing)

    def _turn(self, progress: Progress | None, *, redo: bool) -> Undone | None:
        with self._writing(*EVERYTHING) as step:
            stacks = undo.stacks(step.conn, step.analyst)
            waiting = stacks.redo if redo else stacks.undo
            if not waiting:
                return None
            label = history.step_words(step.conn, undo.origin(step.conn, step.analyst, waiting[-1]))
            return _undone(step, label, undo.revert(step, waiting[-1], progress, redo=redo))

    @contextmanager
    def _writing(self, *kinds: HitKind) -> Iterator[Step]:
        """One step, after which the search forgets what it knew of these kinds."""
        with self._store.step() as step:
            yield step
        self._changed(*kinds)

    def _changed(self, *kinds: HitKind) -> None:
        if self._searcher is not None:
            self._searcher.forget(*kinds)


def _undone(step: Step, label: str, left: list[Change]) -> Undone:
    return Undone(label, tuple(describe(step.conn, [change]) for change in left))
