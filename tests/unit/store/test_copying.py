"""Copies that are sent: whole, checked, and without a trace of what was left out."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, damaged, new_project, on, place, rebuilt, tables
from workbench import Project
from workbench.errors import InputError, ProjectFileError
from workbench.model import Analyst
from workbench.store import checking, placing
from workbench.store.copying import OPTIONS, Withheld
from workbench.store.drafts import DraftText
from workbench.store.sessions import Session

SECRETS = {
    "comments": ("heron", "kestrel"),
    "notes": ("osprey", "plover"),
    "names": ("Anna Quail",),
    "superseded": ("gannet", "curlew"),
    "deleted": ("wagtail", "siskin", "bittern", "avocet"),
}
"""Words that only what an option withholds holds."""
DRAFT = "dunlin"


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Project]:
    """A project with something for each option to leave out."""
    project = new_project(tmp_path, Analyst(ANNA.id, "Anna Quail"))
    on(project, "pumps failed", "sea", comment="a heron was seen")
    project.edit_article(place(project, "one.txt"), {"publisher": "gannet press"})
    project.edit_article(place(project, "one.txt"), {"publisher": "The Hill", "comment": "by a kestrel"})
    cited = on(project, "heard an alarm", "alarm")
    note = project.create_note("The plover", f"The curlew said {{{{Q{cited}}}}}")
    project.edit_note(note, title="The plover", body=f"The osprey said {{{{Q{cited}}}}}")
    (tmp_path / "three.txt").write_text("A siskin sang. It sang all day.\n", encoding="utf-8")
    project.import_paths([tmp_path / "three.txt"])
    on(project, "sang all day", "avocet", comment="like a bittern")
    project.delete_article(place(project, "three.txt"))
    project.delete_tag(project.tag("avocet").id)
    project.delete_tag(project.create_tag("wagtail"))
    project.save_draft(DraftText("note", note, "The plover", f"The {DRAFT} said"))
    with project:
        yield project


def copied(
    project: Project, name: str, without: Collection[Withheld] = (), analyst: Analyst = BEN
) -> Project:
    """Sends a copy and opens it."""
    report = project.send_copy(project.path.with_name(name), withhold=without)
    return Project.open(report.path, analyst=analyst)


def held(path: Path) -> set[str]:
    """Which of the secret words stand in the bytes of a file, if only five letters of one."""
    raw = path.read_bytes()
    words = {DRAFT, *(word for words in SECRETS.values() for word in words)}
    return {word for word in words if any(word[at : at + 5].encode() in raw for at in range(len(word) - 4))}


def test_a_copy_holds_everything_but_drafts(full: Project, tmp_path: Path) -> None:
    report = full.send_copy(tmp_path / "copy.db")
    assert held(report.path) == {word for words in SECRETS.values() for word in words}
    assert (report.articles, report.passages, report.tags, report.notes, report.comments) == (2, 2, 2, 1, 1)
    assert report.analysts == ("Anna Quail",)
    assert (report.drafts, report.withheld, report.remarks) == (1, {}, ())
    assert report.bytes == report.path.stat().st_size
    assert report.sha256 == hashlib.sha256(report.path.read_bytes()).hexdigest()
    with Project.open(report.path, analyst=BEN) as copy:
        assert tables(copy) == tables(full)
        assert copy.id == full.id


@pytest.mark.parametrize("option", OPTIONS)
def test_no_trace_is_left_of_what_is_withheld(full: Project, tmp_path: Path, option: Withheld) -> None:
    report = full.send_copy(tmp_path / "copy.db", withhold=[option])
    everything = {word for words in SECRETS.values() for word in words}
    assert held(report.path) == everything - {*SECRETS[option], *_shared(option)}
    assert report.withheld[option] > 0
    assert not list(tmp_path.glob(".*"))


def _shared(option: str) -> set[str]:
    """What goes with two options: the earlier body of a note, a deleted comment."""
    return {"notes": {"curlew"}, "comments": {"bittern"}}.get(option, set())


def test_a_copy_verifies_and_folds_whatever_is_withheld(full: Project) -> None:
    choices = [chosen for size in range(6) for chosen in combinations(OPTIONS, size)]
    for chosen in choices:
        with copied(full, f"copy{'-'.join(chosen)}.db", chosen) as copy:
            assert tables(copy) == rebuilt(copy)
            assert checking.check(copy.path).well
            assert [one.label for one in copy.articles()] == [one.label for one in full.articles()]
            assert copy.search("operator").hits
            assert copy.analysts()[0].name == ("(name withheld)" if "names" in chosen else "Anna Quail")


def test_leaving_superseded_versions_out_shows_the_same(full: Project) -> None:
    with copied(full, "copy.db", ["superseded"]) as copy:
        assert tables(copy) == tables(full)


def test_withheld_things_are_not_deleted_ones(full: Project) -> None:
    with copied(full, "copy.db", OPTIONS) as copy:
        assert tables(copy)["deletion"] == []
        assert copy.notes() == []
        assert [passage.comments for passage in copy.passages()] == [(), ()]


def test_what_has_to_stay_is_named(tmp_path: Path) -> None:
    with new_project(tmp_path) as project:
        passage = on(project, "pumps failed", comment="first words")
        project.edit_comment(project.passage(passage).comments[0].id, "second words")
        cited = on(project, "heard an alarm", "alarm")
        project.create_note("Quoting", f"{{{{Q{cited}}}}}")
        project.delete_passage(cited)
        report = project.send_copy(tmp_path / "copy.db", withhold=OPTIONS[3:])
    assert report.remarks == ("1 deleted passage stays quoted in notes",)
    assert b"first words" not in report.path.read_bytes()
    assert b"heard an alarm" in report.path.read_bytes()


def test_a_copy_worked_on_elsewhere_comes_back_and_nothing_is_lost(full: Project) -> None:
    before = tables(full)
    with copied(full, "copy.db", OPTIONS) as copy:
        copy.edit_article(place(copy, "two.txt"), {"publisher": "Ben's"})
        on(copy, "pumps failed", "by Ben", comment="Ben was here")
        copy.create_note("Ben's note", "said Ben")
        sent = copy.path
    full.merge(sent)
    assert {name for name, rows in before.items() if not set(rows) <= set(tables(full)[name])} == {"article"}
    assert full.article("two.txt").publisher == "Ben's"
    assert {note.title for note in full.notes()} == {"The plover", "Ben's note"}
    assert held(full.path) >= {word for words in SECRETS.values() for word in words}
    assert damaged(full) == []
    with Project.open(sent, analyst=BEN) as copy:
        copy.merge(full.path)
        assert tables(copy) == tables(full)
        assert held(sent) == held(full.path) - {DRAFT}


def test_statistics_and_foreign_entries_do_not_travel(full: Project, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full.path)) as other, other:
        other.execute("ANALYZE")
        other.execute("INSERT INTO meta VALUES ('secret', 'sanderling')")
    report = full.send_copy(tmp_path / "copy.db")
    assert b"sanderling" not in report.path.read_bytes()
    assert b"sqlite_stat" not in report.path.read_bytes()


# Where a copy may go


def test_a_copy_replaces_a_file_only_when_told_to(full: Project, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(InputError, match="there already"):
        full.send_copy(there)
    assert there.read_text() == "mine"
    full.send_copy(there, force=True)
    Project.open(there).close()


@pytest.mark.parametrize("name", ["p.db", "link.db", "hard.db"])
def test_a_copy_never_replaces_the_project_itself(full: Project, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.db").symlink_to(full.path)
    os.link(full.path, tmp_path / "hard.db")
    with pytest.raises(InputError, match="project itself"):
        full.send_copy(tmp_path / name, force=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "is a folder"),
        ("x" * 300, "cannot be written"),
        ("a\0b.db", "no file can have that name"),
        ("nowhere/copy.db", "no folder"),
        ("p.db-journal", "SQLite uses"),
        ("hot.db", "hot.db-journal belongs"),
    ],
)
def test_places_for_no_copy_are_refused(full: Project, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "hot.db-journal").write_bytes(b"x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=words):
        full.send_copy(tmp_path / name, force=True)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    if not has_links:
        monkeypatch.setattr(os, "link", no_link)
    made, dest = tmp_path / "made", tmp_path / "dest"
    made.write_text("new")
    dest.write_text("old")
    with pytest.raises(InputError, match="there already"):
        placing.place(made, dest)
    assert dest.read_text() == "old"
    dest.unlink()
    placing.place(made, dest)
    assert dest.read_text() == "new"


def test_a_damaged_project_is_not_sent(full: Project, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full.path)) as other, other:
        (trigger,) = other.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'payload_no_update'"
        ).fetchone()
        other.execute("DROP TRIGGER payload_no_update")
        other.execute("UPDATE payload SET body = replace(body, 'heron', 'eagle')")
        other.execute(trigger)
    with pytest.raises(ProjectFileError, match="damaged: a change has a content"):
        full.send_copy(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_program_left_is_cleared_away_and_what_a_running_one_makes_is_not(
    full: Project, tmp_path: Path
) -> None:
    script = (
        "import os, sys; from pathlib import Path; from workbench.store import placing\n"
        "with placing.unfinished(Path(sys.argv[1])) as made: made.write_text('half'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path], check=False)
    assert len(list(tmp_path.glob(f"{placing.UNFINISHED}*"))) == 1
    session = Session()
    running = tmp_path / (placing.UNFINISHED + session.name.replace("/", "~"))
    running.write_text("half")
    full.send_copy(tmp_path / "copy.db")
    assert list(tmp_path.glob(f"{placing.UNFINISHED}*")) == [running]
    session.end()


def test_a_full_disk_leaves_nothing_behind(full: Project, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = sorted(tmp_path.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    try:
        with pytest.raises(ProjectFileError, match="nothing was changed"):
            full.send_copy(tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sorted(tmp_path.iterdir()) == before
