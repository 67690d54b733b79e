"""Backups: made before what may go wrong, tested, thinned, restored beside what is there."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.store.project_tools import ANNA, BEN, new_project, on, tables
from workbench import Project, config
from workbench.errors import InputError, ProjectFileError
from workbench.store import backups
from workbench.store.backups import DAY, MOST, Backup, to_drop
from workbench.store.header import FORMAT

NOW = datetime(2026, 11, 21, 21, 12, 25, tzinfo=UTC)
moments = st.sets(
    st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=120
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of two texts."""
    with new_project(tmp_path) as made:
        yield made


def back_up(project: Project, reason: backups.Reason = "merge") -> Backup:
    """Makes a backup and finds it in the list."""
    store = project._store
    made = backups.make(store.conn, store.path, store.project_id, reason)
    return next(one for one in project.backups() if one.path == made)


# Thinning


@given(moments)
def test_thinning_keeps_the_last_day_and_the_newest(times: set[datetime]) -> None:
    dropped = to_drop(times, NOW)
    kept = times - dropped
    assert dropped <= times
    assert len(kept) <= MOST
    assert not times or max(times) in kept
    last_day = {when for when in times if NOW - when <= DAY}
    assert last_day <= kept or kept == set(sorted(times)[-MOST:])


@given(moments)
def test_thinning_keeps_one_of_each_day_week_and_month(times: set[datetime]) -> None:
    kept = times - to_drop(times, NOW)
    if len(kept) == MOST:
        return
    ages = {when: NOW - when for when in times}
    days = {when.date() for when in times if DAY < ages[when] <= 8 * DAY}
    assert days <= {when.date() for when in kept}
    weeks = {when.isocalendar()[:2] for when in times if 8 * DAY < ages[when] <= 60 * DAY}
    assert weeks <= {when.isocalendar()[:2] for when in kept}
    months = {(when.year, when.month) for when in times if ages[when] > 60 * DAY}
    assert months <= {(when.year, when.month) for when in kept}
    for older in (when for when in kept if ages[when] > 60 * DAY and when != max(times)):
        assert (
            sum(
                (one.year, one.month) == (older.year, older.month) and ages[one] > 60 * DAY
                for one in kept - {max(times)}
            )
            == 1
        )


@given(moments)
def test_thinning_twice_drops_nothing_more(times: set[datetime]) -> None:
    kept = times - to_drop(times, NOW)
    assert to_drop(kept, NOW) == set()


def test_a_year_of_daily_backups_is_kept_in_few(project: Project) -> None:
    kept: set[datetime] = set()
    for day in range(365):
        now = NOW + day * DAY
        kept.add(now)
        kept -= to_drop(kept, now)
    ages = sorted((NOW + 364 * DAY - when).days for when in kept)
    assert len(kept) <= MOST
    assert ages[:8] == list(range(8))
    assert ages[-1] > 300


def test_making_backups_thins_them(project: Project) -> None:
    first = back_up(project)
    for minute in range(40):
        when = datetime.now(UTC) - timedelta(days=3, minutes=minute)
        name = f"{when.strftime('%Y-%m-%dT%H-%M-%SZ')} daily.db"
        first.path.with_name(name).write_bytes(first.path.read_bytes())
    back_up(project)
    assert len(project.backups()) <= 4
    assert first in project.backups()


# Making and restoring


def test_a_backup_holds_the_project_as_it_is_drafts_too(project: Project, tmp_path: Path) -> None:
    from workbench.store.drafts import DraftText

    on(project, "pumps failed", "sea")
    project.save_draft(DraftText("note", "N" * 25 + "A", "Half", "half written"))
    found = back_up(project)
    assert (found.title, found.project_id, found.reason) == ("p", project.id, "merge")
    assert found.bytes == found.path.stat().st_size
    assert abs(found.when.timestamp() - time.time()) < 60
    assert found.path.is_relative_to(config.data_folder())
    on(project, "Crews came late", "late")
    backups.restore(found.path, tmp_path / "restored.db")
    with closing(sqlite3.connect(tmp_path / "restored.db")) as raw:
        assert raw.execute("SELECT body FROM draft").fetchall() == [("half written",)]
    with Project.open(tmp_path / "restored.db", analyst=BEN) as restored:
        assert [tag.name for tag in restored.tags()] == ["sea"]
        assert restored.id == project.id


def test_two_backups_within_a_second_are_two(project: Project) -> None:
    assert back_up(project).path != back_up(project).path
    assert len(project.backups()) == 2


def test_restoring_never_replaces_a_file(project: Project) -> None:
    found = back_up(project)
    with pytest.raises(InputError, match="there already"):
        backups.restore(found.path, project.path)
    assert tables(project)["article"]


def test_a_damaged_backup_is_not_restored(project: Project, tmp_path: Path) -> None:
    found = back_up(project)
    raw = bytearray(found.path.read_bytes())
    raw[4096:] = bytes(len(raw) - 4096)
    found.path.write_bytes(raw)
    with pytest.raises(ProjectFileError, match=str(found.path)):
        backups.restore(found.path, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
    with pytest.raises(ProjectFileError, match="could not be copied"):
        backups.restore(found.path.with_name("none.db"), tmp_path / "new.db")


def test_files_that_are_no_backups_are_left_alone(project: Project) -> None:
    made = back_up(project)
    odd = made.path.with_name("2026-99-99T99-99-99Z merge.db")
    odd.write_bytes(made.path.read_bytes())
    assert [one.path for one in project.backups()] == [made.path]
    back_up(project, "daily")
    assert odd.exists() and len(project.backups()) == 2


def test_backups_of_all_projects_are_listed(project: Project, tmp_path: Path) -> None:
    mine = back_up(project)
    with new_project(tmp_path / "other") as other:
        theirs = back_up(other)
    assert {one.path for one in backups.listed()} == {mine.path, theirs.path}
    assert backups.listed(project.id) == [mine]
    assert backups.project_of(project.path) == project.id
    assert backups.project_of(tmp_path / "none.db") is None


def test_a_backup_that_cannot_be_made_says_so(project: Project) -> None:
    config.data_folder().parent.mkdir(parents=True, exist_ok=True)
    config.data_folder().write_text("in the way")
    with pytest.raises(ProjectFileError, match="could not be backed up"):
        back_up(project)


# Once a day


def age(path: Path, days: float) -> None:
    """Makes a project's last change look as old as that, which no header allows and no backup minds."""
    with closing(sqlite3.connect(path)) as raw, raw:
        (trigger,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'change_no_update'").fetchone()
        raw.execute("DROP TRIGGER change_no_update")
        raw.execute("UPDATE change SET wall = wall - ?", (int(days * 86_400_000),))
        raw.execute(trigger)


def test_the_first_change_of_a_day_is_preceded_by_a_backup(project: Project, tmp_path: Path) -> None:
    on(project, "pumps failed", "sea")
    assert project.backups() == []
    project.close()
    age(project.path, 1)
    with Project.open(project.path, analyst=ANNA) as later:
        assert later.backups() == []
        on(later, "Crews came late", "late")
        on(later, "heard an alarm", "alarm")
        (found,) = later.backups()
    assert found.reason == "daily"
    backups.restore(found.path, tmp_path / "before.db")
    with Project.open(tmp_path / "before.db") as before:
        assert [tag.name for tag in before.tags()] == ["sea"]


def test_work_goes_on_when_the_daily_backup_fails(project: Project) -> None:
    project.close()
    age(project.path, 1)
    config.data_folder().parent.mkdir(parents=True, exist_ok=True)
    config.data_folder().write_text("in the way")
    with Project.open(project.path, analyst=ANNA) as later:
        on(later, "Crews came late", "late")
        assert [tag.name for tag in later.tags()] == ["late"]
        assert "could not be backed up" in later._store.warnings[-1]


# Before a migration


def test_a_migration_is_preceded_by_a_backup_in_the_old_format(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes((Path(__file__).parents[2] / "data" / "format_1.db").read_bytes())
    with Project.open(old, analyst=ANNA) as opened:
        (found,) = opened.backups()
        assert found.reason == "migration"
        assert tables(opened)["article"]
    with closing(sqlite3.connect(found.path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    backups.restore(found.path, tmp_path / "again.db")
    with Project.open(tmp_path / "again.db", analyst=ANNA) as again:
        assert again._store.conn.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert len(again.backups()) == 2


def test_nothing_is_migrated_without_a_backup(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    raw = (Path(__file__).parents[2] / "data" / "format_1.db").read_bytes()
    old.write_bytes(raw)
    config.data_folder().parent.mkdir(parents=True, exist_ok=True)
    config.data_folder().write_text("in the way")
    with pytest.raises(ProjectFileError, match="could not be backed up"):
        Project.open(old, analyst=ANNA)
    assert old.read_bytes() == raw
