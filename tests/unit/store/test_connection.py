"""Opening project files: what is refused and why, how the connection is set up, what lies beside the file."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, new_project
from workbench import Project
from workbench.errors import ProjectFileError
from workbench.store import connection
from workbench.store.header import APPLICATION_ID, FORMAT, MAGIC
from workbench.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project file at rest."""
    new_project(tmp_path / "here").close()
    return tmp_path / "here" / "p.db"


def refusal(path: Path) -> str:
    with pytest.raises(ProjectFileError) as caught:
        Project.open(path, analyst=ANNA)
    return str(caught.value)


def edit(path: Path, sql: str) -> None:
    conn = sqlite3.connect(path)
    conn.executescript(sql)
    conn.close()


def test_what_is_no_project_is_refused_in_words(tmp_path: Path) -> None:
    made: dict[str, tuple[Callable[[Path], object], str]] = {
        "missing": (lambda path: None, "there is no file"),
        "folder": (lambda path: path.mkdir(), "is a folder"),
        "empty": (lambda path: path.touch(), "is empty"),
        "text": (lambda path: path.write_text("SQLite format 4"), "is not a workbench project"),
        "cut": (lambda path: path.write_bytes(MAGIC), "is not a workbench project"),
        "foreign": (lambda path: edit(path, "CREATE TABLE t (a)"), "of another program"),
    }
    for name, (make, words) in made.items():
        make(tmp_path / name)
        assert words in refusal(tmp_path / name)


def test_of_two_programs_that_make_one_file_at_once_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "p.db"
    opened = connection._open
    refused: list[str] = []

    def meanwhile(path: Path, mode: str) -> sqlite3.Connection:
        """Another program comes between a first look at the place and the first write."""
        monkeypatch.setattr(connection, "_open", opened)
        try:
            Store.create(path, BEN, "Ben's").close()
        except ProjectFileError as error:
            refused.append(str(error))
        return opened(path, mode)

    monkeypatch.setattr(connection, "_open", meanwhile)
    with Project.open(place, create=True, analyst=ANNA) as project:
        project.create_tag("x")
    assert refused == [f"{place} is there already"]
    with Project.open(place, analyst=ANNA) as project:
        assert project.title == "p" and len(project.tags()) == 1


def test_a_file_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, mode: str) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(connection, "_open", fails)
    with pytest.raises(ProjectFileError, match="disk error"):
        Project.open(tmp_path / "p.db", create=True, analyst=ANNA)
    with pytest.raises(ProjectFileError, match="cannot be the name of a file"):
        Project.open(tmp_path / "p\0.db", create=True, analyst=ANNA)
    assert not list(tmp_path.iterdir())


def test_a_newer_format_is_refused_and_named(path: Path) -> None:
    edit(path, f"PRAGMA user_version = {FORMAT + 1}")
    assert f"newer workbench (format {FORMAT + 1}" in refusal(path)


def test_a_file_without_a_format_is_refused(path: Path) -> None:
    edit(path, "PRAGMA user_version = 0")
    assert "does not say which format" in refusal(path)


def test_a_format_too_new_to_write_is_opened_for_reading(path: Path) -> None:
    edit(path, f"UPDATE meta SET value = '{FORMAT + 1}' WHERE key = 'least_write'")
    with Project.open(path, analyst=ANNA) as project:
        assert project.read_only and len(project.articles()) == 2
        with pytest.raises(ProjectFileError, match="read-only"):
            project.set_title("x")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE extra (a)",
        "CREATE VIEW extra AS SELECT 1",
        "CREATE TRIGGER extra AFTER INSERT ON meta BEGIN SELECT 1; END",
        "CREATE INDEX extra ON meta (value)",
        "DROP VIEW annotation; CREATE VIEW annotation AS SELECT 1 AS extra",
        "DROP TRIGGER change_no_delete",
    ],
)
def test_a_schema_that_is_not_ours_is_refused_before_it_is_used(path: Path, sql: str) -> None:
    edit(path, sql)
    before = path.read_bytes()
    assert "was not opened" in refusal(path)
    assert path.read_bytes() == before


def test_statistics_of_sqlite_are_allowed(path: Path) -> None:
    edit(path, "ANALYZE")
    Project.open(path, analyst=ANNA).close()


def test_a_truncated_or_overwritten_file_is_damaged_not_a_crash(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096])
    assert refusal(path)
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert refusal(path)


def test_the_header_says_what_the_file_is(path: Path) -> None:
    head = path.read_bytes()[:100]
    assert head[68:72] == b"WBNK" == APPLICATION_ID.to_bytes(4) and head[60:64] == FORMAT.to_bytes(4)


def test_the_pragmas_are_in_force(path: Path) -> None:
    conn, read_only, _, warnings = connection.connect(path)
    assert not read_only and not warnings
    wanted = {
        "synchronous": 3,
        "journal_mode": "delete",
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "foreign_keys": 1,
    }
    found = {name: conn.execute(f"PRAGMA {name}").fetchone() for name in wanted}
    conn.close()
    found = {name: row[0] if row else 0 for name, row in found.items()}
    assert found == wanted


def test_the_truth_only_grows(path: Path) -> None:
    conn = connection.connect(path).conn
    for table in ("change", "payload", "text"):
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute(f"DELETE FROM {table}")
        column = {"change": "lamport", "payload": "body", "text": "body"}[table]
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute(f"UPDATE {table} SET {column} = {column}")
    conn.close()


def test_one_file_is_left_at_rest(path: Path) -> None:
    others = set(path.parent.iterdir())
    with Project.open(path, analyst=ANNA) as project:
        article = project.articles()[0].id
        project.annotate_range(article, 0, 5, tags=["risk"])
        assert set(path.parent.iterdir()) == others
        with pytest.raises(ZeroDivisionError), project._store.step() as step:
            step.set("project", project._store.project_thing, title=str(1 / 0))
    assert set(path.parent.iterdir()) == others


def test_a_locked_file_gives_a_sentence_and_keeps_what_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 20)
    other = sqlite3.connect(path, isolation_level=None)
    with Project.open(path, analyst=ANNA) as project:
        article = project.articles()[0].id
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectFileError, match="being written by another program"):
            project.annotate_range(article, 0, 5, tags=["risk"])
        other.execute("ROLLBACK")
        project.annotate_range(article, 0, 5, tags=["risk"])
        assert len(project.passages()) == 1
    other.close()


def _copy_amid_a_write(path: Path, place: Path) -> None:
    """Copies file and journal as a power cut would leave them, in the midst of a transaction."""
    writer = connection.connect(path).conn
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(200):
        writer.execute("INSERT INTO text VALUES (?, ?)", (number.to_bytes(16), "word " * 400))
    place.mkdir()
    for name in (path.name, path.name + "-journal"):
        shutil.copy(path.with_name(name), place / name)
    writer.execute("ROLLBACK")
    writer.close()


def test_a_hot_journal_is_rolled_back(path: Path, tmp_path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.annotate_range(project.articles()[0].id, 0, 5, tags=["kept"])
    _copy_amid_a_write(path, tmp_path / "cut")
    cut = tmp_path / "cut" / path.name
    assert cut.read_bytes() != path.read_bytes()
    with Project.open(cut, analyst=BEN) as project:
        assert [tag.name for tag in project.tags()] == ["kept"]
        assert project._store.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert project._store.conn.execute("SELECT count(*) FROM text").fetchone() == (2,)
    assert list(cut.parent.iterdir()) == [cut]


def test_a_hot_journal_in_a_read_only_place_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _copy_amid_a_write(path, tmp_path / "cut")
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    assert "in the middle of a write" in refusal(tmp_path / "cut" / path.name)


def test_a_new_project_is_never_made_over_something(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="there already"):
        connection.create(path)
    assert path.read_bytes() == before
    with pytest.raises(ProjectFileError, match="no folder"):
        Project.open(tmp_path / "nowhere" / "p.db", create=True, analyst=ANNA)


def test_derived_tables_of_another_version_are_rebuilt(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.annotate_range(project.articles()[0].id, 0, 5, tags=["risk"])
        shown = project.passages()
    edit(
        path,
        "DELETE FROM passage; UPDATE tag SET name = 'x'; UPDATE meta SET value = '' WHERE key = 'derived'",
    )
    with Project.open(path, analyst=BEN) as project:
        assert project.passages() == shown
