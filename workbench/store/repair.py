"""Rescues what is whole in a damaged or oddly built project file into a new one."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.errors import ProjectFileError
from workbench.store import changes, drafts, placing
from workbench.store.building import new_file
from workbench.store.checking import CheckReport, Problem, check
from workbench.store.ids import digest, random_id
from workbench.store.merging import add_rows
from workbench.store.wreck import search


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair saved.

    Attributes:
        changes, texts, drafts: how many stand in the new file.
        lost: what did not verify or could not be read, and what it was about where that is known.
        checked: the check of the new file.
    """

    changes: int
    texts: int
    drafts: int
    lost: list[Problem]
    checked: CheckReport

    def as_json(self) -> dict[str, Any]:
        """The report for scripts."""
        return {**asdict(self), "checked": self.checked.as_json()}


def repair(path: Path, dest: Path) -> RepairReport:
    """Writes a new project from every change, text and draft of a file that verifies.

    Raises:
        InputError: nothing may be put at `dest`; see `placing.refuse`.
        ProjectFileError: there is nothing to save, the file is in use or too new, `dest` cannot be written.
    """
    placing.refuse(dest, own=path)
    wreck = search(path)
    rows = wreck.whole_changes()
    if not rows:
        raise ProjectFileError(f"nothing of a project can be read from {path}; nothing was written")
    known_as = wreck.project_id(rows)
    project_id = known_as or random_id()
    with new_file(dest, project_id, wreck.least_write) as conn:
        conn.executemany("INSERT INTO text VALUES (?, ?)", sorted(wreck.texts.items()))
        add_rows(conn, rows)
        if known_as is None:
            _title(conn, project_id)
        marks = ", ".join("?" * len(drafts.COLUMNS))
        sql = f"INSERT INTO draft ({', '.join(drafts.COLUMNS)}) VALUES ({marks})"
        conn.executemany(sql, wreck.drafts.values())
    lost = wreck.lost(rows)
    if known_as is None:
        lost.append(Problem("the id of the project", "is lost; the new file is a project of its own"))
    return RepairReport(len(rows), len(wreck.texts), len(wreck.drafts), lost, check(dest))


def _title(conn: sqlite3.Connection, project_id: str) -> None:
    """Gives a project with a new id the title that the old one had last."""
    last = list(changes.read(conn, "WHERE c.kind = 'project' AND c.fields = 'title'"))[-1:]
    lamport = min(changes.highest_lamport(conn) + 1, changes.HIGHEST_LAMPORT)
    for old in last:
        thing, title = digest("project", project_id), old.value("title")
        new = changes.make(
            "project",
            thing,
            {"title": title},
            analyst=old.analyst,
            lamport=lamport,
            wall=old.wall,
            supersedes=(),
        )
        changes.append(conn, [new])
