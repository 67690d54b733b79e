"""Searches on the command line: how answers are told, and saved ones: saved, listed, asked, refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.conftest import Run
from tests.unit.store.project_tools import ANNA, BEN, new_project
from workbench import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two texts in which Anna and Ben saved searches, two of them under one name."""
    with new_project(tmp_path, ANNA) as anna:
        anna.save_search("pumps", "pump failed")
        anna.save_search("alarm", "alarm heard")
    with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
        ben.save_search("Pumps", "pumps tested")
    return tmp_path / "p.db"


def test_corrections_are_told_before_the_hits(run: Run, project: Path) -> None:
    lines = run("search", project, "alrm heardd").out.splitlines()
    assert lines[0] == "Read as: alrm→alarm, heardd→heard" and len(lines) > 2
    assert "Read as" not in run("search", project, "alarm heard").out
    emptied = run("search", project, "alrm in:notes").out
    assert emptied == "Read as: alrm→alarm\nNothing found for “alrm in:notes”: in:notes leaves nothing.\n"


def test_json_tells_corrections_and_how_many_hits_there_are(run: Run, project: Path) -> None:
    told = run("search", project, "alrm", "--limit", "1", "--json").json
    everything = run("search", project, "alrm", "--json").json
    assert set(told) == {"query", "ms", "fuzzy", "total", "hits", "emptied"}
    assert told["fuzzy"] == [["alrm", "alarm"]] and len(told["hits"]) == 1
    assert told["total"] == everything["total"] == len(everything["hits"]) > 1
    assert run("search", project, "alarm", "--json").json["fuzzy"] == []


def test_they_are_listed(run: Run, project: Path) -> None:
    assert run("searches", project).out.splitlines() == [
        "alarm\talarm heard\tAnna",
        "pumps\tpump failed\tAnna",
        "Pumps\tpumps tested\tBen",
    ]
    listed = run("searches", project, "--json").json
    assert [(one["name"], one["query"], one["analyst"]) for one in listed][1:] == [
        ("pumps", "pump failed", "Anna"),
        ("Pumps", "pumps tested", "Ben"),
    ]
    assert set(listed[0]) == {"id", "name", "query", "analyst", "created"}


def test_one_is_asked_by_name_or_id(run: Run, project: Path) -> None:
    (alarm, *_) = run("searches", project, "--json").json
    for name in ("ALARM", alarm["id"]):
        asked = run("search", project, "--saved", name, "--json").json
        assert asked["query"] == "alarm heard"
        assert asked["hits"] == run("search", project, "alarm heard", "--json").json["hits"] != []


def test_a_name_of_several_or_none_is_refused(run: Run, project: Path) -> None:
    several = run("search", project, "--saved", "pumps")
    assert several.code == 1 and several.out == ""
    assert "several saved searches are called “pumps”" in several.err
    assert [line[-len(part) :] for line, part in zip(several.err.splitlines()[1:], _WHO, strict=True)] == _WHO
    none = run("search", project, "--saved", "\x1b[31mvalves")
    assert none.code == 1 and "there is no saved search" in none.err and "\x1b" not in none.err


_WHO = ["Anna: pump failed", "Ben: pumps tested"]


def test_a_query_is_saved_and_answered_at_once(run: Run, project: Path) -> None:
    done = run("search", project, "--save", "crews", "--json", "--", "crews -heard")
    assert (done.code, done.err) == (0, "Saved the search “crews”.\n") and done.json[
        "query"
    ] == "crews -heard"
    assert run("search", project, "crews late", "--save", "CREWS").code == 0
    listed = run("searches", project, "--json").json
    assert [one["query"] for one in listed if one["name"] == "crews"] == ["crews late"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "either a QUERY or --saved"),
        (("x", "--saved", "alarm"), 2, "either a QUERY or --saved"),
        (("--saved", "alarm", "--save", "x"), 2, "--save goes with one QUERY"),
        (("-", "--save", "x"), 2, "--save goes with one QUERY"),
        (("x", "--save", " "), 1, "needs a name"),
        ((" ", "--save", "x"), 1, "needs a query"),
        (("x", "--save", "\x1b[31m"), 1, "control characters"),
    ],
)
def test_what_cannot_be_is_said(
    run: Run, project: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    before = project.read_bytes()
    done = run("search", project, *arguments)
    assert done.code == code and words in done.err and done.out == "" and "\x1b" not in done.err
    assert project.read_bytes() == before


def test_a_copy_tells_of_them(run: Run, project: Path, tmp_path: Path) -> None:
    told = run("copy", project, tmp_path / "all.db").out
    assert "3 saved searches.\n" in told
    assert "search" not in run("copy", project, tmp_path / "part.db", "--without", "notes").out
    assert run("searches", tmp_path / "part.db", "--json").json == []


def test_a_merge_tells_of_them(run: Run, project: Path, tmp_path: Path) -> None:
    copy = shutil.copy(project, tmp_path / "ben.db")
    with Project.open(copy, analyst=BEN) as ben:
        for name in ("one", "two"):
            ben.save_search(name, name)
    assert "Ben: 2 searches." in run("merge", project, copy).out
