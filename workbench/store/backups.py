"""Backups of project files in the user's own data folder: made, test-opened, thinned, restored.

One is made before a migration, before a merge, and on each day before the first change. It is an ordinary
project file, named after when and why: `2026-11-21T21-12-25Z merge.db`.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal, cast, get_args

from workbench import config
from workbench.errors import ProjectFileError, WorkbenchError
from workbench.store import connection, placing
from workbench.store.ids import is_id

Reason = Literal["daily", "merge", "migration"]
MOST = 30
"""Backups kept of a project."""
DAY = timedelta(days=1)
_NAME = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\dZ) ({'|'.join(get_args(Reason))})(?: \d+)?\.db")
_TIME = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder.

    Attributes:
        title: the project's, or "" where the newest backup does not tell.
        when: when it was made, UTC, whole seconds.
    """

    path: Path
    title: str
    project_id: str
    reason: Reason
    when: datetime
    bytes: int


def folder() -> Path:
    """Where the backups of all projects lie, each project's in a folder named by its id."""
    return config.data_folder() / "backups"


def make(conn: sqlite3.Connection, path: Path, project_id: str, reason: Reason) -> Path:
    """Backs a project up as it is now, tests the backup, and thins out older ones.

    Args:
        conn: the project's connection, outside any transaction; its format may be an old one.
        path: the project's file, for sentences.

    Returns:
        The backup's file.

    Raises:
        ProjectFileError: it could not be made; no backup was touched.
    """
    when = datetime.now(UTC).replace(microsecond=0)
    try:
        place = _own_folder(project_id)
        with placing.unfinished(place) as made:
            with connection.explained(path):
                placing.vacuum_into(conn, made)
            placing.examine(made, path)
            backup = _free_name(place, when, reason)
            placing.place(made, backup)
    except (OSError, WorkbenchError) as error:
        raise ProjectFileError(f"{path} could not be backed up in {folder()}: {error}") from error
    _thin(place, when)
    return backup


def daily(conn: sqlite3.Connection, path: Path, project_id: str) -> str | None:
    """Backs a project up whose last change is of an earlier day, by the local calendar.

    Returns:
        Why it could not be done, in a sentence; None where it was done or there was no need.
    """
    row = conn.execute("SELECT wall FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    midnight = datetime.combine(date.today(), time.min).timestamp()
    if row is None or row[0] >= midnight * 1000:
        return None
    try:
        make(conn, path, project_id, "daily")
    except ProjectFileError as error:
        return str(error)
    return None


def listed(project_id: str | None = None) -> list[Backup]:
    """The backups of a project, or of all, project by project: the newest first."""
    places = [_in(place) for place in ([folder() / project_id] if project_id else _folders())]
    places.sort(key=lambda found: [(one.when, one.project_id) for one in found[:1]], reverse=True)
    return [one for found in places for one in found]


def project_of(path: Path) -> str | None:
    """Which project a file is of, damaged elsewhere or not; None where it is missing or does not tell."""
    with suppress(WorkbenchError, sqlite3.Error), closing(connection.attach(path).conn) as conn:
        row = conn.execute("SELECT value FROM meta WHERE key = 'project_id'").fetchone()
        return row[0] if row and is_id(row[0]) else None
    return None


def restore(backup: Path, dest: Path) -> None:
    """Copies a backup, tested, to a new file.

    Raises:
        InputError: something is at `dest` already, or it is no place for a file.
        ProjectFileError: the backup is damaged, or the place cannot be written.
    """
    placing.refuse(dest)
    with placing.unfinished(dest.parent) as made:
        try:
            shutil.copyfile(backup, made)
        except OSError as error:
            raise ProjectFileError(f"{backup} could not be copied to {dest}: {error.strerror}") from None
        placing.examine(made, backup)
        placing.place(made, dest)


def to_drop(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups to give up.

    Kept are all of the last day, then the first of each day for a week, of each week for two months, and of
    each month after that; at most `MOST`, of which the oldest go first, and those of the last day only when
    they alone are more. The newest always stays.
    """
    ordered = sorted(set(times), reverse=True)
    kept: list[datetime] = []
    seen: set[object] = set()
    for when in reversed(ordered):
        slot = _slot(when, now)
        if slot not in seen or when == ordered[0]:
            seen.add(slot)
            kept.append(when)
    return set(ordered) - set(sorted(kept, reverse=True)[:MOST])


def _slot(when: datetime, now: datetime) -> object:
    """What a backup stands for: itself, its day, its week or its month."""
    age = now - when
    if age <= DAY:
        return when
    if age <= 8 * DAY:
        return when.date()
    if age <= 60 * DAY:
        return when.isocalendar()[:2]
    return when.year, when.month, "month"


def _thin(place: Path, now: datetime) -> None:
    files = _files(place)
    dropped = to_drop((when for when, _, _ in files), now)
    for when, path, _ in files:
        if when in dropped:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _own_folder(project_id: str) -> Path:
    """The folder of a project's backups, made where it is missing, for nobody else to read."""
    place = folder() / project_id
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _free_name(place: Path, when: datetime, reason: str) -> Path:
    stem = f"{when.strftime(_TIME)} {reason}"
    path, number = place / f"{stem}.db", 1
    while path.exists():
        number += 1
        path = place / f"{stem} {number}.db"
    return path


def _folders() -> list[Path]:
    try:
        return [place for place in folder().iterdir() if place.is_dir()]
    except OSError:
        return []


def _files(place: Path) -> list[tuple[datetime, Path, Reason]]:
    """The backups in a project's folder, the newest first."""
    found = []
    with suppress(OSError):
        for path in place.iterdir():
            if (parts := _NAME.fullmatch(path.name)) and path.is_file():
                with suppress(ValueError):  # no such day or time: none of ours
                    when = datetime.strptime(parts[1], _TIME).replace(tzinfo=UTC)
                    found.append((when, path, cast(Reason, parts[2])))
    return sorted(found, reverse=True)


def _in(place: Path) -> list[Backup]:
    """The same with what there is to say of them."""
    files = _files(place)
    title = _title([path for _, path, _ in files])
    return [
        Backup(path, title, place.name, reason, when, path.stat().st_size) for when, path, reason in files
    ]


def _title(newest_first: Sequence[Path]) -> str:
    """The project's title as the newest readable backup has it."""
    for path in newest_first[:3]:
        with suppress(WorkbenchError, sqlite3.Error), closing(connection.connect(path).conn) as conn:
            row = conn.execute("SELECT title FROM project LIMIT 1").fetchone()
            if row and row[0]:
                return str(row[0])
    return ""
