"""Files of earlier versions: what `db/accepted/` knows, and what opening them does."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.data import sample
from tests.unit.store.project_tools import ANNA, BEN, rebuilt, tables
from workbench import Project
from workbench.errors import ProjectFileError
from workbench.store import connection, schema
from workbench.store.header import FORMAT, check_header
from workbench.store.schema import Accepted

EARLIER = """
DROP VIEW annotation;
DROP VIEW article_overview;
CREATE VIEW short_overview AS SELECT title FROM article;
ALTER TABLE conflict RENAME TO quarrel;
UPDATE meta SET value = 'EARLIER' WHERE key = 'derived';
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the sample of the present format."""
    return shutil.copy(sample.PATH, tmp_path / "sample.db")


@pytest.fixture(params=sample.STORED, ids=lambda path: path.stem)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the sample of each format."""
    return Path(shutil.copy(request.param, tmp_path / "sample.db"))


def test_the_present_schema_is_accepted() -> None:
    truth, derived = schema.present_schema()
    known = schema.accepted(FORMAT)
    assert known.truth == truth and known.derived.get(schema.derived_version()) == derived, (
        "db/ has changed: run python -m tests.accepted"
    )


def test_every_format_has_its_stored_file() -> None:
    assert [path.stem for path in sample.STORED] == [f"format_{n}" for n in range(1, FORMAT + 1)]


def test_a_file_of_any_format_opens_with_all_it_held(stored: Path) -> None:
    with Project.open(stored, analyst=BEN) as project:
        assert project.title == "Pumps" and not project.read_only
        assert [article.label for article in project.articles()] == [
            "Night at the pumps",
            "[An alarm was heard, says the operator. The …]",
        ]
        held = [(one.quote, [tag.name for tag in one.tags]) for one in project.passages()]
        assert sorted(held) == [("An alarm was heard", []), ("pumps failed", ["cause/power", "risk"])]
        (comment,) = [comment for one in project.passages() for comment in one.comments]
        assert (comment.body, comment.analyst.name) == ("At night?", "Anna")
        (note,) = project.notes()
        assert note.title == "Alarm" and [one.quote for one in note.citations] == ["An alarm was heard"]
        assert tables(project) == rebuilt(project)
    assert check_header(stored) == FORMAT


def test_a_file_of_an_earlier_format_in_a_read_only_place_is_read_and_stays_as_it_is(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored.read_bytes()
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    with Project.open(stored, analyst=ANNA) as project:
        assert project.read_only and len(project.passages()) == 2
    assert stored.read_bytes() == before


def test_a_draft_of_an_earlier_format_becomes_a_change(tmp_path: Path) -> None:
    path = Path(shutil.copy(sample.STORED[0], tmp_path / "sample.db"))
    _edit(path, f"INSERT INTO draft VALUES ('{ANNA.id}', 'note', '{'N' * 26}', 'Left', 'half', 1)")
    with Project.open(path, analyst=ANNA) as project:
        assert project.note("Left").body == "half"


def test_a_migration_that_was_cut_short_is_done_from_the_beginning(tmp_path: Path) -> None:
    path = Path(shutil.copy(sample.STORED[0], tmp_path / "sample.db"))
    journal = path.with_name("sample.db-journal")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    conn.execute(f"PRAGMA user_version = {FORMAT}")
    begun = journal.read_bytes()
    conn.execute("COMMIT")
    conn.close()
    journal.write_bytes(begun)  # the file says that it was migrated, the journal that it was not
    with Project.open(path, analyst=ANNA) as project:
        assert len(project.articles()) == 2
    assert not journal.exists()
    assert check_header(path) == FORMAT


def test_work_goes_on_in_a_file_of_any_format(stored: Path) -> None:
    with Project.open(stored, analyst=ANNA) as project:
        undone = project.undo()
        assert undone is not None and undone.label.startswith("Put “An alarm was heard”")
        project.create_tag("later")
        assert {tag.name for tag in project.tags()} >= {"later", "risk"}


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    made = sample.make(tmp_path / "made.db")
    assert sample.content(made) == sample.content(sample.PATH)


def test_derived_tables_of_an_earlier_text_are_dropped_and_made_anew(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(earlier, analyst=ANNA) as project:
        assert len(project.passages()) == 2 and not project.read_only
        assert project._store.conn.execute("SELECT count(*) FROM annotation").fetchone() == (2,)
    connection.connect(earlier)[0].close()
    monkeypatch.undo()
    Project.open(earlier, analyst=ANNA).close()


def test_an_earlier_text_in_a_read_only_place_is_read_from_memory(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = earlier.read_bytes()
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    with Project.open(earlier, analyst=ANNA) as project:
        assert project.read_only and len(project.passages()) == 2
        with pytest.raises(ProjectFileError, match="read-only"):
            project.set_title("x")
    assert earlier.read_bytes() == before


def test_an_earlier_text_that_nobody_accepted_is_refused(path: Path) -> None:
    _edit(path, EARLIER)
    with pytest.raises(ProjectFileError, match="no workbench put there"):
        Project.open(path, analyst=ANNA)


def test_a_file_that_says_it_is_newer_than_its_tables_is_made_anew(earlier: Path) -> None:
    _edit(earlier, f"UPDATE meta SET value = '{schema.derived_version()}' WHERE key = 'derived'")
    with Project.open(earlier, analyst=ANNA) as project:
        assert len(project.passages()) == 2


@pytest.fixture
def earlier(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with other derived tables, and a workbench that knows them."""
    _edit(path, EARLIER)
    conn = sqlite3.connect(path)
    truth, derived = schema.present_schema()
    old = schema.schema_of(conn) - truth
    conn.close()
    known = Accepted(truth, {"EARLIER": old, schema.derived_version(): derived})
    for module in (schema, connection):
        monkeypatch.setattr(module, "accepted", lambda version: known)
    return path


def _edit(path: Path, sql: str) -> None:
    conn = sqlite3.connect(path)
    conn.executescript(sql)
    conn.close()
