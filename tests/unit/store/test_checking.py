"""Checking a project file: what is a fault and what is none, on files with real faults."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data import sample
from tests.unit.store.damage_tools import content, edit, flipped, small_pages, truncated, zeroed
from tests.unit.store.project_tools import ANNA, BEN, new_project, on
from workbench import Project
from workbench.errors import ProjectFileError
from workbench.store import connection
from workbench.store.checking import CheckReport, check
from workbench.store.header import FORMAT

WITHOUT_EMPTY_TEXT = """
DROP TRIGGER text_no_delete;
DELETE FROM text WHERE body = '';
CREATE TRIGGER text_no_delete BEFORE DELETE ON text
BEGIN SELECT RAISE(ABORT, 'texts never change'); END;
"""
KILLED = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.executescript("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE;")
for number in range(2000):
    conn.execute("INSERT INTO text VALUES (randomblob(16), 'half')")
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the sample of the present format."""
    return sample.present(tmp_path / "p.db")


def said(path: Path) -> str:
    """What a check finds, as one text; it finds something."""
    report = check(path)
    assert not report.well
    return "\n".join(map(str, report.problems))


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Changes bytes wherever they stand in the file."""
    data = path.read_bytes()
    assert old in data and len(old) == len(new)
    path.write_bytes(data.replace(old, new))


@pytest.mark.parametrize("stored", sample.STORED, ids=lambda path: path.stem)
def test_a_file_of_any_format_is_well_and_stays_as_it_is(stored: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(stored, tmp_path / "p.db"))
    report = check(path)
    assert report.problems == [] and report.well
    assert report.counts == {
        **{"changes": sample.CHANGES[stored.stem], "texts": 4, "drafts": 0},
        **{"articles": 2, "passages": 2, "notes": 1},
        **{"conflicts": 0, "contested": 0, "withheld_payloads": 0, "withheld_texts": 0},
    }
    assert path.read_bytes() == stored.read_bytes() and [one.name for one in tmp_path.iterdir()] == ["p.db"]


def test_conflicts_and_contested_deletions_are_no_fault(tmp_path: Path) -> None:
    with new_project(tmp_path) as mine:
        passage = on(mine, "pumps failed", "risk")
        note = mine.create_note("Plan", "first")
        theirs = Path(shutil.copy(tmp_path / "p.db", tmp_path / "theirs.db"))
        with Project.open(theirs, analyst=BEN) as other:
            other.edit_note(note, title="Plan", body="theirs")
            on(other, "pumps failed", comment="Still needed")
        mine.edit_note(note, title="Plan", body="mine")
        mine.delete_passage(passage)
        mine.merge(theirs)
    report = check(tmp_path / "p.db")
    assert report.well and report.counts["conflicts"] == report.counts["contested"] == 1


def test_what_was_withheld_is_counted_and_no_fault(path: Path, tmp_path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.send_copy(tmp_path / "sent.db", withhold=("comments",))
    edit(tmp_path / "sent.db", WITHOUT_EMPTY_TEXT)
    report = check(tmp_path / "sent.db")
    assert report.problems == []
    assert report.counts["withheld_payloads"] > 0 and report.counts["withheld_texts"] == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"Nobody heard", b"Nobody hears", "text 1 is not what its hash says"),
        (b'["At night?"', b'["At dawn??"', "has a content that is not what its hash says"),
        (b"alive,passage", b"alive,passagf", "is not what its hash says"),
        (b"[true", b"[tr\xffe", "article, 2023-11-14 22:13 UTC) holds a broken character"),
    ],
)
def test_a_change_or_text_that_was_tampered_with_is_named(
    path: Path, old: bytes, new: bytes, words: str
) -> None:
    replace(path, old, new)
    assert words in said(path)


def test_a_damaged_content_says_what_it_was_about(path: Path) -> None:
    replace(path, b'["At night?"', b'["At dawn??"')
    assert "(body of a comment, 2023-11-14 22:13 UTC) has a content" in said(path)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE passage SET quote = 'x' WHERE start > 0", "the table passage differs in"),
        ("DELETE FROM note", "the table note differs in 1 row"),
        ("INSERT INTO payload VALUES (999, x'00', '[]')", "the content 999 belongs to no change"),
        ("UPDATE meta SET value = 'x' WHERE key = 'project_id'", "which project it is"),
        (f"UPDATE meta SET value = '{'Q' * 26}' WHERE key = 'project_id'", "its log knows nothing of"),
        ("UPDATE meta SET value = 'x' WHERE key = 'least_write'", "which format its writers"),
        ("UPDATE meta SET value = 'x' WHERE key = 'derived'", "tables by a text"),
        ("DELETE FROM _sqlite_migrations", "migrations"),
        ("CREATE VIEW spy AS SELECT 1", "no workbench put there (spy)"),
        ("DROP INDEX change_of_step", "lacks parts of a project (change_of_step)"),
        ("DROP TABLE payload", "lacks parts of a project (payload"),
    ],
)
def test_what_does_not_belong_or_fit_is_named(path: Path, sql: str, words: str) -> None:
    edit(path, sql)
    assert words in said(path)


def test_behind_an_odd_schema_the_truth_is_checked_all_the_same(path: Path) -> None:
    edit(path, "CREATE TRIGGER spy AFTER INSERT ON note BEGIN DELETE FROM note; END")
    report = check(path)
    assert [problem.where for problem in report.problems] == ["the file"]
    assert report.counts["changes"] == 40 and report.counts["notes"] == 1
    replace(path, b"Nobody heard", b"Nobody hears")
    assert {problem.where[:6] for problem in check(path).problems} == {"the fi", "change", "text 1"}


def test_what_is_no_project_or_too_new_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all" * 20)
    with pytest.raises(ProjectFileError, match="not a workbench project"):
        check(tmp_path / "text")
    edit(path, f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(ProjectFileError, match="newer"):
        check(path)


def test_an_interrupted_write_is_rolled_back_first(path: Path) -> None:
    before = content(path)
    subprocess.run([sys.executable, "-c", KILLED, path], check=False, timeout=60)
    journal = path.with_name("p.db-journal")
    assert journal.stat().st_size > 0
    assert check(path).well and not journal.exists()
    assert content(path) == before


def test_an_interrupted_write_in_a_read_only_place_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("p.db-journal").write_bytes(b"left")
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    with pytest.raises(ProjectFileError, match="middle of a write"):
        check(path)


def test_no_damage_brings_a_check_down_or_escapes_it(tmp_path: Path) -> None:
    path = small_pages(tmp_path / "p.db")
    before, data = content(path), path.read_bytes()
    found = [_checked(path, bad) for bad in list(zeroed(data))[::2]]
    found += [_checked(path, bad) for bad in truncated(data, 12)]
    assert not any(report and report.well and content(path) != before for report in found)
    assert sum(report is None or not report.well for report in found) > 0.9 * len(found)
    for bad in flipped(data, 613, 5):
        report = _checked(path, bad)
        if report and report.well:  # a byte of no consequence
            assert content(path) == before


def _checked(path: Path, data: bytes) -> CheckReport | None:
    """The report on a file with this content; None where it is refused in words."""
    path.write_bytes(data)
    try:
        return check(path)
    except ProjectFileError:
        return None
