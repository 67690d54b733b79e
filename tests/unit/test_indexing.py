"""Building the index in the background and keeping it on disk: the project decides, the cache only helps."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import config, indexing, searching
from workbench.errors import WorkbenchError
from workbench.model import Analyst
from workbench.project import Project
from workbench.search import storage
from workbench.store import findable

ANNA = Analyst("A" * 26, "Anna")
TEXTS = {f"{n}.txt": f"Pump number{n} failed. The crew of port{n} came late.\n" for n in range(60)}
QUERIES = ("pump number7", "crew port59 late", "pmp faild", "number1")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose texts are enough to be left to the workers."""
    monkeypatch.setattr(searching, "LITTLE", 100)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Project.open(tmp_path / "p.db", create=True, analyst=ANNA) as project:
        project.import_paths([tmp_path / name for name in TEXTS])
    return tmp_path / "p.db"


@pytest.fixture
def built(path: Path) -> Path:
    """The same with its index on disk."""
    with Project.open(path, analyst=ANNA) as project:
        project.prepare_search()
    assert [file.suffix for file in config.search_folder().iterdir()] == [".index"]
    return path


@pytest.fixture
def no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be left to the workers any more."""

    def start(*_: object) -> None:
        raise AssertionError("it was built again")

    monkeypatch.setattr(indexing.Builder, "start", start)


@pytest.fixture
def no_workers_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the workers cannot do is not done in their stead."""

    def run(*_: object) -> None:
        raise AssertionError("a worker failed")

    monkeypatch.setattr(indexing, "run", run)


def shown(project: Project) -> list[list[tuple[str, int | None, float]]]:
    return [[(h.thing, h.start, h.score) for h in project.search(query).hits] for query in QUERIES]


def cut_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, int | None, float]]]:
    with monkeypatch.context() as patch, Project.open(path, analyst=ANNA) as project:
        patch.setattr(searching, "LITTLE", 10**9)
        patch.setattr(storage, "read", lambda *_: None)
        return shown(project)


def answers(project: Project) -> Iterator[tuple[int, int, int]]:
    """What is found, what can be, and what there is, until all can be."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        answer = project.search("pump", limit=100, partial=True)
        yield len(answer.hits), answer.indexed, answer.to_index
        if answer.indexed == answer.to_index:
            return
    raise AssertionError("the index was never finished")


def test_workers_build_what_would_be_cut_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    told: list[tuple[int, int]] = []
    with Project.open(path, analyst=ANNA) as project:
        project.prepare_search(lambda done, total: told.append((done, total)))
        assert shown(project) == cut_at_once(path, monkeypatch)
    assert told == sorted(told)
    assert told[-1] == (60, 60)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [file.suffix for file in config.search_folder().iterdir()] == [".index"]


def test_while_it_is_built_what_is_there_answers(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        seen = list(answers(project))
        assert all(hits <= indexed <= total == 60 for hits, indexed, total in seen)
        assert [one[1] for one in seen] == sorted(one[1] for one in seen)
        assert seen[0][1] == 0
        assert seen[-1] == (60, 60, 60)


def test_the_next_session_opens_what_was_built(
    built: Path, monkeypatch: pytest.MonkeyPatch, no_workers: None
) -> None:
    with Project.open(built, analyst=ANNA) as project:
        assert project.search("pump", partial=True).indexed == 60
        assert shown(project) == cut_at_once(built, monkeypatch)


def test_what_changed_meanwhile_is_seen_at_once(built: Path, no_workers: None) -> None:
    with Project.open(built, analyst=ANNA) as project:
        gone = project.article("7.txt").id
        project.delete_article(gone)
        (built.parent / "new.txt").write_text("A peculiar walrus.", encoding="utf-8")
        project.import_paths([built.parent / "new.txt"])
    with Project.open(built, analyst=ANNA) as project:
        assert gone not in {hit.thing for hit in project.search("pump number7").hits}
        assert project.search("walrus").hits[0].file == "new.txt"
        project.undo()
        project.undo()
        assert project.search("number7").hits[0].thing == gone
        assert project.search("walrus").hits == ()


def test_changes_while_it_is_built_are_seen(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        assert project.search("pump", partial=True).indexed == 0
        gone = project.article("7.txt").id
        project.delete_article(gone)
        (path.parent / "new.txt").write_text("A peculiar walrus.", encoding="utf-8")
        project.import_paths([path.parent / "new.txt"])
        assert project.search("walrus", partial=True).hits[0].file == "new.txt"
        assert list(answers(project))[-1] == (59, 60, 60)
        assert project.search("walrus").hits[0].file == "new.txt"


@pytest.mark.parametrize("spoil", ["missing", "damaged", "foreign", "empty", "a folder"])
def test_an_index_that_cannot_be_trusted_is_built_again(
    built: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    (index,) = config.search_folder().iterdir()
    whole = index.read_bytes()
    index.unlink()
    if spoil == "damaged":
        index.write_bytes(whole[:-9] + b"x" + whole[-8:])
    elif spoil == "foreign":
        index.write_bytes(whole.replace(index.stem.encode(), b"Z" * len(index.stem)))
    elif spoil == "empty":
        index.touch()
    elif spoil == "a folder":
        index.mkdir()
    with Project.open(built, analyst=ANNA) as project:
        assert shown(project) == cut_at_once(built, monkeypatch)
    if spoil != "a folder":
        assert index.read_bytes()[:20] == whole[:20]


@pytest.mark.parametrize("worker", ["/nowhere/python", shutil.which("false"), shutil.which("true")])
def test_without_workers_a_thread_builds_it(path: Path, monkeypatch: pytest.MonkeyPatch, worker: str) -> None:
    monkeypatch.setattr(sys, "executable", worker)
    with Project.open(path, analyst=ANNA) as project:
        assert shown(project) == cut_at_once(path, monkeypatch)


def test_with_no_room_on_any_disk_it_is_built_here_little_by_little(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with Project.open(path, analyst=ANNA) as project:
        seen = [one[1] for one in answers(project)]
        assert seen == sorted(seen)
        assert len(set(seen)) > 5
        assert shown(project) == cut_at_once(path, monkeypatch)


def test_workers_import_nothing_from_where_the_program_was_started(
    path: Path, monkeypatch: pytest.MonkeyPatch, no_workers_here: None
) -> None:
    for name in ("json", "numpy", "workbench"):
        (path.parent / f"{name}.py").write_text("raise SystemExit('taken from the wrong folder')")
    monkeypatch.chdir(path.parent)
    with Project.open(path, analyst=ANNA) as project:
        project.prepare_search()
    assert [file.suffix for file in config.search_folder().iterdir()] == [".index"]


def test_without_a_place_for_it_the_index_stays_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.search_folder().parent.mkdir(parents=True)
    config.search_folder().write_text("in the way")
    with Project.open(path, analyst=ANNA) as project:
        assert shown(project) == cut_at_once(path, monkeypatch)


def test_leaving_while_it_is_built_leaves_nothing(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.search("pump", partial=True)
    assert list(config.search_folder().iterdir()) == []


def test_two_programs_may_build_it_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Project.open(path, analyst=ANNA) as one, Project.open(path, analyst=ANNA) as other:
        one.search("pump", partial=True)
        other.search("pump", partial=True)
        assert shown(one) == shown(other) == cut_at_once(path, monkeypatch)


def test_what_a_killed_program_left_is_removed_after_a_day(path: Path) -> None:
    folder = config.search_folder()
    left, fresh = folder / "building-left", folder / "building-fresh"
    for made in (left, fresh):
        made.mkdir(parents=True)
    os.utime(left, (0, 0))
    with Project.open(path, analyst=ANNA) as project:
        project.prepare_search()
    assert (left.exists(), fresh.exists()) == (False, True)


def test_copies_of_a_project_share_an_index_and_find_their_own(built: Path) -> None:
    copy = built.with_name("copy.db")
    shutil.copy(built, copy)
    with Project.open(copy, analyst=ANNA) as project:
        project.delete_article(project.article("3.txt").id)
        for n in range(5):
            (built.parent / f"x{n}.txt").write_text(
                f"A walrus{n} {'sat on the ice. ' * 20}", encoding="utf-8"
            )
        project.import_paths([built.parent / f"x{n}.txt" for n in range(5)])
        assert project.search("walrus3").hits[0].file == "x3.txt"
    with Project.open(built, analyst=ANNA) as project:
        assert project.search("walrus3").hits == ()
        assert project.search("number3").hits[0].file == "3.txt"


def test_a_text_that_cannot_be_read_is_left_out_and_ends_the_building(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        lost = project.article("7.txt")
    path.write_bytes(path.read_bytes().replace(b"Pump number7 failed", b"Pump numberX failed"))
    with Project.open(path, analyst=ANNA) as project:
        assert list(answers(project))[-1][0] == 59
        assert lost.id not in {hit.thing for hit in project.search("pump crew", limit=200).hits}
        assert project.search("pump", partial=True).indexed == 60


def test_a_long_text_without_a_word_ends_the_building(path: Path) -> None:
    (path.parent / "stars.txt").write_text("* * *\n" * 1_000)
    with Project.open(path, analyst=ANNA) as project:
        project.import_paths([path.parent / "stars.txt"])
        assert list(answers(project))[-1] == (60, 61, 61)


def test_what_another_program_writes_is_found_at_the_next_search(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as mine, Project.open(path, analyst=ANNA) as theirs:
        assert mine.search("pump number7").hits
        theirs.delete_article(theirs.article("7.txt").id)
        (path.parent / "new.txt").write_text("A peculiar walrus.")
        theirs.import_paths([path.parent / "new.txt"])
        theirs.annotate_range(theirs.article("new.txt").id, 2, 10, tags=["odd"])
        mine.annotate_range(mine.article("9.txt").id, 0, 4, tags=["pump"])
        assert {hit.file for hit in mine.search("#odd walrus peculiar").hits} == {"new.txt"}
        assert "7.txt" not in {hit.file for hit in mine.search("pump number7", limit=100).hits}


def test_a_reading_that_failed_is_made_up_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    with Project.open(path, analyst=ANNA) as project:
        with monkeypatch.context() as patch:
            patch.setattr(findable, "articles", locked)
            with pytest.raises(WorkbenchError):
                project.search("pump")
        assert project.search("pump").hits


def test_who_goes_by_another_name_is_found_by_it(path: Path) -> None:
    with Project.open(path, analyst=ANNA) as project:
        project.annotate_range(project.article("9.txt").id, 0, 4, tags=["pump"])
        assert project.search("by:anna").hits
        project.rename_analyst("Zoe")
        project.create_note("Anything")
        assert project.search("in:quotes by:zoe").hits
        assert not project.search("in:quotes by:anna").hits


def test_a_text_that_was_damaged_after_it_was_cut_is_not_shown_as_an_empty_hit(
    built: Path, no_workers: None
) -> None:
    with Project.open(built, analyst=ANNA) as project:
        lost = project.article("7.txt").id
        assert lost in {hit.thing for hit in project.search("pump number7").hits}
    built.write_bytes(built.read_bytes().replace(b"Pump number7 failed", b"Pump numberX failed"))
    with Project.open(built, analyst=ANNA) as project:
        hits = project.search("pump number7 failed", limit=200).hits
        assert len(hits) == 59
        assert lost not in {hit.thing for hit in hits}
