"""Rescuing damaged projects: what verifies is saved, the rest is named, the damaged file stays as it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.data import sample
from tests.unit.store.damage_tools import PAGE, content, edit, flipped, small_pages, truncated, zeroed
from tests.unit.store.project_tools import ANNA
from workbench import Project
from workbench.errors import InputError, ProjectFileError
from workbench.store import connection
from workbench.store.drafts import DraftText
from workbench.store.header import FORMAT
from workbench.store.pages import records
from workbench.store.repair import RepairReport, repair

CHANGES = 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample on small pages."""
    return small_pages(tmp_path / "p.db")


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """Where repaired files go."""
    return tmp_path / "new.db"


def pages_of(path: Path, table: str) -> list[int]:
    """The offsets of the pages with the rows of a table."""
    conn = sqlite3.connect(path)
    (root,) = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    conn.close()
    data, waiting, leaves = path.read_bytes(), [root], []
    while waiting:
        at = (waiting.pop() - 1) * PAGE
        count = int.from_bytes(data[at + 3 : at + 5])
        if data[at] == 0x05:
            cells = [
                int.from_bytes(data[place : place + 2]) for place in range(at + 12, at + 12 + 2 * count, 2)
            ]
            waiting += [int.from_bytes(data[at + cell : at + cell + 4]) for cell in cells]
            waiting.append(int.from_bytes(data[at + 8 : at + 12]))
        else:
            leaves.append(at)
    return leaves


def destroy(path: Path, places: Iterable[int], size: int = PAGE) -> None:
    """Fills pages with zeros."""
    data = bytearray(path.read_bytes())
    for at in places:
        data[at : at + size] = bytes(size)
    path.write_bytes(data)


@pytest.mark.parametrize("stored", sample.STORED, ids=lambda path: path.stem)
def test_a_sound_file_gives_the_same_project(stored: Path, dest: Path) -> None:
    before = stored.read_bytes()
    report = repair(stored, dest)
    assert report.lost == [] and report.checked.well
    assert content(dest) == content(stored) and stored.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER spy AFTER INSERT ON note BEGIN DELETE FROM note; END",
        "CREATE VIEW spy AS SELECT * FROM change",
        "ALTER TABLE change ADD COLUMN spy TEXT",
        "DROP TABLE note; DROP INDEX change_of_step",
        "ALTER TABLE payload RENAME TO spy; CREATE VIEW payload AS SELECT 1",
    ],
)
def test_it_is_the_way_out_of_an_odd_schema(path: Path, dest: Path, sql: str) -> None:
    before = content(path)
    edit(path, sql)
    report = repair(path, dest)
    assert report.changes == CHANGES and report.lost == [] and content(dest) == before
    with Project.open(dest, analyst=ANNA) as project:
        assert project.title == "Pumps" and len(project.passages()) == 2


def test_drafts_are_saved(path: Path, dest: Path) -> None:
    draft = DraftText("note", "N" * 26, "Left", "half a thought é")
    with Project.open(path, analyst=ANNA) as project:
        project.save_draft(draft)
        destroy(path, pages_of(path, "text")[:1])
    assert repair(path, dest).drafts == 1
    with Project.open(dest, analyst=ANNA) as project:
        assert project.note("Left").body == "half a thought é"


def test_a_lost_page_costs_only_what_stood_on_it(path: Path, dest: Path) -> None:
    places = pages_of(path, "change")
    destroy(path, places[3:4])
    report = repair(path, dest)
    assert CHANGES - 8 < report.changes < CHANGES and report.checked.well
    assert [problem.what for problem in report.lost] == ["cannot be found"]
    assert set(content(dest)["change"]) < set(content(sample.PATH)["change"])


def test_inner_pages_are_not_needed(path: Path, dest: Path) -> None:
    leaves = set(pages_of(path, "change"))
    data = path.read_bytes()
    inner = [at for at in range(PAGE, len(data), PAGE) if data[at] in (0x05, 0x02) and at not in leaves]
    destroy(path, inner)
    report = repair(path, dest)
    assert report.changes == CHANGES and report.checked.well and content(dest) == content(sample.PATH)


def test_the_first_pages_are_not_needed(path: Path, dest: Path) -> None:
    destroy(path, [0])
    assert repair(path, dest).changes == CHANGES
    assert content(dest) == content(sample.PATH)


@pytest.mark.parametrize("place", [*range(2, 100, 9), 60])
def test_a_damaged_header_costs_nothing(path: Path, dest: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x55
    path.write_bytes(data)
    assert repair(path, dest).changes == CHANGES


def test_what_is_lost_is_told_in_words(path: Path, dest: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(
        data.replace(b'"At night?"', b'"At dawn??"').replace(b"Nobody heard an", b"Nobody hears an")
    )
    report = repair(path, dest)
    told = "\n".join(map(str, report.lost))
    assert "(body of a comment, 2023-11-14 22:13 UTC) has no content that can be read" in told
    assert "text ZLTG" not in told and "is not what its hash says" in told
    assert report.checked.well and report.changes < CHANGES


def test_without_its_id_it_becomes_a_project_of_its_own(path: Path, dest: Path) -> None:
    edit(path, "DELETE FROM meta WHERE key = 'project_id'; VACUUM")
    report = repair(path, dest)
    assert "the id of the project is lost" in "\n".join(map(str, report.lost))
    assert report.checked.well and content(dest)["meta"] != content(sample.PATH)["meta"]
    with Project.open(dest, analyst=ANNA) as project:
        assert project.title == "Pumps"


def test_what_was_withheld_stays_so(path: Path, dest: Path, tmp_path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.send_copy(tmp_path / "sent.db", withhold=("comments",))
    edit(tmp_path / "sent.db", "CREATE VIEW spy AS SELECT 1")
    report = repair(tmp_path / "sent.db", dest)
    assert report.lost == [] and report.checked.well
    assert content(dest) == content(tmp_path / "sent.db")


def test_nothing_is_written_over_a_file_or_out_of_nothing(path: Path, dest: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the project itself"):
        repair(path, path)
    dest.write_text("mine")
    with pytest.raises(InputError, match="there already"):
        repair(path, dest)
    assert dest.read_text() == "mine"
    other = tmp_path / "other.db"
    edit(other, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    for source, words in ((other, "nothing of a project"), (tmp_path / "none.db", "no file")):
        with pytest.raises(ProjectFileError, match=words):
            repair(source, tmp_path / "x.db")
    edit(path, f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(ProjectFileError, match="newer"):
        repair(path, tmp_path / "x.db")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["new.db", "other.db", "p.db"]


def test_a_file_in_use_or_in_the_middle_of_a_write_is_left_alone(
    path: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 50)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ProjectFileError, match="another program"):
        repair(path, dest)
    conn.close()
    path.with_name("p.db-journal").write_bytes(b"left")
    monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
    with pytest.raises(ProjectFileError, match="middle of a write"):
        repair(path, dest)
    assert not dest.exists()


def test_whatever_is_damaged_the_rest_is_saved(path: Path, tmp_path: Path) -> None:
    data, known = path.read_bytes(), set(content(path)["change"])
    for bad in list(zeroed(data))[::3]:
        report = _repaired(path, tmp_path / "new.db", bad, known)
        assert report is not None and report.checked.well and report.changes > CHANGES - 12
        assert report.lost or report.changes == CHANGES
    for bad in flipped(data, 1_571, 2):
        assert _repaired(path, tmp_path / "new.db", bad, known) is not None
    for bad in truncated(data, 10):
        _repaired(path, tmp_path / "new.db", bad, known)


def _repaired(path: Path, dest: Path, data: bytes, known: set[tuple[object, ...]]) -> RepairReport | None:
    """The report on a file with this content, of which nothing untrue is saved; None where nothing can be."""
    path.write_bytes(data)
    dest.unlink(missing_ok=True)
    try:
        report = repair(path, dest)
    except ProjectFileError:
        return None
    saved = content(dest)["change"]
    untrue = set(saved) - known
    # A project whose id is lost gets a new one, and its title with it.
    assert all(fields == "title" for _, fields, _ in untrue) and len(untrue) <= 1
    return report


def test_rows_read_off_pages_are_those_of_the_tables(tmp_path: Path) -> None:
    path = Path(shutil.copy(sample.PATH, tmp_path / "p.db"))
    long = "é" * 20_000
    edit(path, f"INSERT INTO text VALUES (x'{'00' * 16}', '{long}'), (x'{'11' * 16}', 'short')")
    for size in (512, 4096, 65536):
        edit(path, f"PRAGMA page_size = {size}; VACUUM")
        found = [values for _, values in records(path, size)]
        conn = sqlite3.connect(path)
        for sql in (
            "SELECT * FROM text",
            "SELECT NULL, id, kind, thing, fields, analyst, lamport, wall, supersedes, payload_hash"
            " FROM change",
            "SELECT NULL, salt, body FROM payload",
            "SELECT * FROM meta",
        ):
            assert all(row in found for row in conn.execute(sql))
        conn.close()
