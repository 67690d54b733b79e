"""The commands for the project file itself as scripts use them."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.unit.conftest import Run
from tests.unit.store.project_tools import on
from workbench import Project, cli_project
from workbench.resources import resource
from workbench.store import backups


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the five sample articles, with a tag, a comment and a note."""
    path = tmp_path / "p.db"
    with Project.open(path, create=True) as made:
        made.import_paths([resource("seeds")])
        on(made, "China", "asia", comment="a heron was seen")
        made.create_note("Ideas", "An osprey.")
        made.rename_analyst("Anna")
        made.set_title("Study")
    return path


def backed_up(path: Path) -> None:
    """Makes a backup of a project."""
    with Project.open(path) as opened:
        store = opened._store
        backups.make(store.conn, store.path, store.project_id, "merge")


# copy


def test_copy_says_what_it_holds_its_size_and_hash(run: Run, project: Path, tmp_path: Path) -> None:
    dest = tmp_path / "out.db"
    outcome = run("copy", project, dest)
    raw = dest.read_bytes()
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        f"Wrote {dest}: 5 articles, 1 passage, 1 tag, 1 note, 1 comment.",
        "By Anna.",
        f"{len(raw):,} bytes, SHA-256 {hashlib.sha256(raw).hexdigest()}",
    ]


def test_copy_leaves_out_what_it_is_told_to(run: Run, project: Path, tmp_path: Path) -> None:
    dest = tmp_path / "out.db"
    without = ("--without", "comments", "--without", "notes", "--without", "names")
    outcome = run("copy", project, dest, *without)
    assert "Left out: comments (2 changes)." in outcome.out and "By " not in outcome.out
    assert not [word for word in (b"heron", b"osprey", b"Anna") if word in dest.read_bytes()]
    said = run("copy", project, dest, *without, "--force", "--json").json
    assert (said["articles"], said["notes"], said["comments"]) == (5, 0, 0)
    assert said["withheld"] == {"comments": 2, "notes": 3, "names": 2} and said["analysts"] == []
    assert said["sha256"] == hashlib.sha256(dest.read_bytes()).hexdigest()


def test_copy_leaves_out_earlier_versions(run: Run, project: Path, tmp_path: Path) -> None:
    with Project.open(project) as opened:
        (passage,) = opened.passages()
        opened.edit_comment(passage.comments[0].id, "an eagle")
    dest = tmp_path / "out.db"
    outcome = run("copy", project, dest, "--without", "superseded")
    assert "Left out: superseded (" in outcome.out and "But " not in outcome.out
    assert b"an eagle" in dest.read_bytes() and b"a heron" not in dest.read_bytes()


def test_copy_replaces_nothing_unasked(run: Run, project: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    outcome = run("copy", project, there)
    assert outcome.code == 1 and "is there already" in outcome.err and there.read_text() == "mine"
    assert run("copy", project, there, "--force").code == 0
    outcome = run("copy", project, project, "--force")
    assert outcome.code == 1 and "is the project itself" in outcome.err
    assert run("copy", project, tmp_path / "new.db", "--without", "everything").code == 2


# restore


def test_restore_lists_and_restores_to_a_new_file(run: Run, project: Path, tmp_path: Path) -> None:
    assert run("restore", project).out == "There are no backups.\n"
    backed_up(project)
    outcome = run("restore", project)
    head, line = outcome.out.splitlines()
    assert head.startswith("Study  (project ") and line.split()[0] == "1" and " merge " in line
    (listed,) = run("restore", "--json").json
    assert (listed["title"], listed["reason"]) == ("Study", "merge")
    new = tmp_path / "new.db"
    outcome = run("restore", project, "--backup", "1", "--to", new)
    assert outcome.code == 0 and outcome.out == f"Restored {listed['name'][:-3]} to {new}.\n"
    with Project.open(new) as opened:
        assert opened.title == "Study" and len(opened.articles()) == 5
    outcome = run("restore", "--project", listed["project"], "--backup", listed["name"], "--to", new)
    assert outcome.code == 1 and "is there already" in outcome.err


def test_restore_works_without_the_project(run: Run, project: Path, tmp_path: Path) -> None:
    backed_up(project)
    (listed,) = run("restore", "--json").json
    project.unlink()
    found = ("--project", listed["project"], "--backup", "1")
    assert run("restore", *found, "--to", project).code == 0
    with Project.open(project) as opened:
        assert opened.title == "Study"


def test_restore_takes_no_backup_of_another_project(run: Run, project: Path, tmp_path: Path) -> None:
    backed_up(project)
    project.write_bytes(b"x" * 5000)
    new = tmp_path / "new.db"
    outcome = run("restore", project)
    assert outcome.code == 1 and " merge " in outcome.out and "the backups of all projects" in outcome.err
    outcome = run("restore", project, "--backup", "1", "--to", new)
    assert outcome.code == 1 and "does not tell which project it is" in outcome.err and not new.exists()


def test_restore_knows_a_damaged_project(run: Run, project: Path, tmp_path: Path) -> None:
    backed_up(project)
    data = project.read_bytes()
    project.write_bytes(data[:-8192] + bytes(8192))
    assert run("articles", project).code == 1
    assert run("restore", project).code == 0
    assert run("restore", project, "--backup", "1", "--to", tmp_path / "new.db").code == 0


def test_restore_refuses_what_it_cannot_do(run: Run, project: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    assert run("restore", project, "--backup", "1").code == 2
    assert run("restore", project, "--project", "X").code == 2
    outcome = run("restore", project, "--backup", "7", "--to", new)
    assert outcome.code == 1 and "no backup “7”; `workbench restore` lists them" in outcome.err
    assert not new.exists()


# check, log, rebuild


def test_check_says_that_all_is_well(run: Run, project: Path) -> None:
    outcome = run("check", project)
    assert outcome.code == 0 and outcome.out.endswith("All is well.\n") and "5 articles" in outcome.out
    assert run("check", project, "--json").json["well"] is True


def test_check_tells_a_terminal_what_it_is_at(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("check", project).err == ""
    monkeypatch.setattr(cli_project, "PATIENCE", -1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run("check", project).err.splitlines()[:2] == ["Checking pages …", "Checking changes …"]


def test_check_names_every_problem_and_repairs_into_a_new_file(
    run: Run, project: Path, tmp_path: Path
) -> None:
    project.write_bytes(project.read_bytes().replace(b"An osprey.", b"An eagle!!"))
    outcome = run("check", project)
    assert outcome.code == 1 and outcome.err == ""
    assert "is not what its hash says.\n" in outcome.out and "1 problem found." in outcome.out
    outcome = run("check", project, "--repair-to", tmp_path / "new.db")
    assert outcome.code == 1 and "Not saved:\ntext " in outcome.out and "all is well in it" in outcome.out
    assert run("check", tmp_path / "new.db").code == 0
    found = run("check", project, "--json", "--repair-to", tmp_path / "again.db").json
    assert not found["well"] and found["repair"]["checked"]["well"] and len(found["repair"]["lost"]) == 1
    outcome = run("check", project, "--repair-to", tmp_path / "new.db")
    assert outcome.code == 1 and "there already" in outcome.err


def test_check_repairs_what_cannot_even_be_opened(run: Run, project: Path, tmp_path: Path) -> None:
    data = project.read_bytes()
    project.write_bytes(bytes(100) + data[100:])
    outcome = run("check", project)
    assert outcome.code == 1 and "not a workbench project" in outcome.err
    outcome = run("check", project, "--repair-to", tmp_path / "new.db")
    assert outcome.code == 1 and "not a workbench project.\n1 problem found." in outcome.out
    assert run("articles", tmp_path / "new.db").out.count("\n") == 5


def test_check_lists_no_more_than_a_few_hundred_problems(run: Run, project: Path) -> None:
    conn = sqlite3.connect(project)
    conn.executemany(
        "INSERT INTO text VALUES (?, 'x')", [(bytes([one // 256, one % 256]),) for one in range(500)]
    )
    conn.commit()
    conn.close()
    lines = run("check", project).out.splitlines()
    assert len(lines) < 210 and "And 300 more." in lines and lines[-1] == "500 problems found."


def test_names_in_a_damaged_file_cannot_act_on_the_terminal(run: Run, project: Path) -> None:
    conn = sqlite3.connect(project)
    conn.execute('CREATE VIEW "\x1b]52;c;x\x07" AS SELECT 1')
    conn.close()
    outcome = run("check", project)
    assert outcome.code == 1 and "no workbench put there" in outcome.out and "\x1b" not in outcome.out


def test_log_tells_who_did_what_newest_first(run: Run, project: Path) -> None:
    lines = run("log", project).out.splitlines()
    assert "  Anna  Titled the project “Study”" in lines[0]
    assert any("Imported 5 articles" in line for line in lines[-3:])


def test_rebuild_makes_the_project_of_its_log(run: Run, project: Path, tmp_path: Path) -> None:
    dump = run("log", project, "--format", "jsonl").out
    (tmp_path / "dump.jsonl").write_text(dump)
    assert "Made " in run("rebuild", tmp_path / "dump.jsonl", tmp_path / "one.db").out
    assert run("rebuild", "-", tmp_path / "two.db", stdin=dump).code == 0
    for made in ("one.db", "two.db"):
        assert run("check", tmp_path / made).code == 0
        assert run("log", tmp_path / made, "--format", "jsonl").out == dump


def test_rebuild_refuses_a_bad_line_and_leaves_nothing(run: Run, project: Path, tmp_path: Path) -> None:
    dump = run("log", project, "--format", "jsonl").out
    outcome = run("rebuild", "-", tmp_path / "one.db", stdin=dump.replace("An osprey", "An eagle"))
    assert outcome.code == 1 and "holds a text that is not what its hash says" in outcome.err
    outcome = run("rebuild", tmp_path / "none.jsonl", tmp_path / "one.db")
    assert outcome.code == 1 and f"there is no file {tmp_path / 'none.jsonl'}." in outcome.err
    outcome = run("rebuild", tmp_path, tmp_path / "one.db")
    assert outcome.code == 1 and f"{tmp_path} is a folder." in outcome.err
    assert not (tmp_path / "one.db").exists()


def test_merge_counts_what_it_fills_in(run: Run, project: Path, tmp_path: Path) -> None:
    for what, words in (("notes", "3 contents that were"), ("names", "2 contents that were")):
        part = tmp_path / f"{what}.db"
        assert run("copy", project, part, "--without", what).code == 0
        assert f"Filled in {words} withheld here." in run("merge", part, project).out


def test_devices_and_pipes_are_neither_read_nor_replaced(run: Run, project: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for command in (
        ("check", pipe),
        ("articles", pipe),
        ("merge", project, pipe),
        ("copy", project, pipe, "--force"),
        ("export", project, "--output", pipe, "--force"),
    ):
        outcome = run(*command)
        assert outcome.code == 1 and "is a device or a pipe" in outcome.err
    assert pipe.is_fifo()
