"""What the screen of a decision shows: a conflict with its versions compared, and a text begun from them all.

Long texts take their time to compare, so all of this is made in jobs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.store.conflicts import Conflict
from workbench.store.ids import canonical
from workbench.text.inert import inert
from workbench.text.versions import Row, aligned, common, union
from workbench.tui.deciding import editable

if TYPE_CHECKING:
    from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Comparison:
    """A conflict as it is shown.

    Attributes:
        edited: the conflict with its texts as people edit them.
        numbers: the values that stood under the digits 1, 2, …, in canonical form; each keeps its digit while
            the screen is open.
    """

    conflict: Conflict
    edited: Conflict
    numbers: Sequence[bytes]
    rows: Sequence[Row] = ()

    @classmethod
    def unread(cls, conflict: Conflict) -> Comparison:
        """Before anything of it is shown."""
        return cls(conflict, conflict, [canonical(one.value) for one in conflict.versions])

    @classmethod
    def read(cls, project: Project, wanted: Conflict, numbers: Sequence[bytes]) -> Comparison | None:
        """Reads and compares the versions there are by now; None where it is decided. For jobs."""
        found = find(project, wanted)
        if found is None:
            return None
        values = [canonical(one.value) for one in found.versions]
        numbers = [*numbers, *(value for value in values if value not in numbers)]
        ordered = sorted(found.versions, key=lambda one: numbers.index(canonical(one.value)))
        conflict = replace(found, versions=tuple(ordered))
        edited = editable(project, conflict)
        return cls(conflict, edited, numbers, aligned(_base(edited), [one.text for one in edited.versions]))

    @property
    def digits(self) -> list[int]:
        """The digit before each version; those of versions that are gone are not given again."""
        return [self.numbers.index(canonical(one.value)) + 1 for one in self.conflict.versions]


@dataclass(frozen=True, slots=True)
class Begun:
    """A text to be made of all versions.

    Attributes:
        seen: the changes it is made from, of those in conflict.
        goes_on: it was left undecided before.
    """

    text: str
    seen: tuple[str, ...]
    goes_on: bool = False

    @classmethod
    def read(cls, project: Project, edited: Conflict) -> Begun:
        """What was left of such a text before, else the union of the versions. For jobs."""
        kept = project.undecided_draft(edited.thing)
        seen = tuple(one for one in kept.seen if one in edited.seen) if kept else ()
        if kept and seen:
            return cls(kept.body, seen, goes_on=True)
        versions = [(inert(version.analyst.name), version.text) for version in edited.versions]
        return cls(union(_base(edited), versions), edited.seen)


def find(project: Project, wanted: Conflict) -> Conflict | None:
    """The conflict of the same field, as it is by now; None where it is decided. For jobs."""
    field = (wanted.kind, wanted.thing, wanted.field)
    return next((one for one in project.conflicts() if (one.kind, one.thing, one.field) == field), None)


def _base(conflict: Conflict) -> str:
    """What all versions are compared with: the text they started from, or the lines they have in common."""
    texts = [version.text for version in conflict.versions]
    return common(texts) if conflict.base is None else conflict.base
