"""Saved searches: kept under names, replaced, renamed, deleted, merged, sent and told of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data import sample
from tests.unit.store.project_tools import ANNA, BEN, new_project, rebuilt, tables
from workbench import Project
from workbench.errors import AmbiguousError, InputError, NotFoundError, ProjectFileError
from workbench.store import checking, connection
from workbench.store.dump import dump, rebuild
from workbench.store.repair import repair

NOBODY = "C" * 25 + "A"


def held(project: Project) -> list[tuple[str, str, str]]:
    """Name, query and analyst of each, in the order they are listed."""
    return [(one.name, one.query, one.analyst.name) for one in project.saved_searches()]


class TestWork:
    def test_they_are_listed_by_name_whatever_its_case(self, project: Project) -> None:
        for name in ("valves", "Pumps", "Ärger", "alarm"):
            project.save_search(name, f"{name} >2023-09")
        assert [name for name, _, _ in held(project)] == ["alarm", "Pumps", "valves", "Ärger"]
        (first, *_) = project.saved_searches()
        assert first == project.saved_search("ALARM ") == project.saved_search(first.id)
        assert first.analyst == ANNA and first.created > 0

    def test_a_name_saved_again_takes_the_new_query_in_one_step(self, project: Project) -> None:
        first = project.save_search("valves", "valv")
        assert project.save_search(" VALVES ", "valve\n >2023") == first
        assert held(project) == [("valves", "valve >2023", "Anna")]
        undone = project.undo()
        assert undone is not None and undone.label == "Changed the query of the search “valves”"
        assert held(project) == [("valves", "valv", "Anna")]

    def test_every_deed_is_undone_and_redone(self, project: Project) -> None:
        search = project.save_search("valves", "valve")
        states = [[], held(project)]
        project.rename_search(search, "Valves")
        states.append(held(project))
        project.change_search(search, '"check valve"')
        states.append(held(project))
        project.delete_search(search)
        assert held(project) == []
        for state in reversed(states):
            assert project.undo() is not None and held(project) == state
        for state in [*states[1:], []]:
            assert project.redo() is not None and held(project) == state

    def test_what_changes_nothing_leaves_no_step(self, project: Project) -> None:
        search = project.save_search("valves", "valve")
        steps = len(project.history())
        project.save_search("valves", " valve ")
        project.rename_search(search, "valves")
        project.change_search(search, "valve")
        assert len(project.history()) == steps

    def test_it_is_told_in_the_history_and_found_in_the_bin(self, project: Project) -> None:
        search = project.save_search("valves", "valve")
        project.rename_search(search, "taps")
        project.change_search(search, "tap")
        project.delete_search(search)
        (binned,) = project.bin()
        assert (binned.kind, binned.thing, binned.label) == ("search", search, "taps")
        project.restore("search", search)
        assert held(project) == [("taps", "tap", "Anna")] and project.bin() == []
        assert [step.words for step in project.history(thing=("search", search))] == [
            "Restored the search “taps”",
            "Deleted the search “taps”",
            "Changed the query of the search “taps”",
            "Renamed the search “valves” to “taps”",
            "Saved the search “taps”",
        ]
        told = [project.step_details(step.name) for step in project.history(thing=("search", search))]
        assert [(one.about, one.field, one.before, one.after) for one in told[2] + told[4]] == [
            ("search taps", "query", "valve", "tap"),
            ("search taps", "", "", "there"),
            ("search taps", "query", "", "valve"),
        ]

    def test_a_deleted_name_is_free_again(self, project: Project) -> None:
        first = project.save_search("valves", "valve")
        project.delete_search(first)
        assert project.save_search("valves", "tap") != first
        project.restore("search", first)
        assert held(project) == [("valves", "valve", "Anna"), ("valves", "tap", "Anna")]


class TestWhatIsRefused:
    @pytest.mark.parametrize("name", ["", " \n\t", "a\x1bb", "a\0", "\x9b", "half \ud800"])
    def test_names(self, project: Project, name: str) -> None:
        search = project.save_search("valves", "valve")
        with pytest.raises(InputError, match="saved search"):
            project.save_search(name, "x")
        with pytest.raises(InputError, match="saved search"):
            project.rename_search(search, name)
        assert held(project) == [("valves", "valve", "Anna")]

    @pytest.mark.parametrize("query", ["", " \n\t", "half \ud800"])
    def test_queries(self, project: Project, query: str) -> None:
        search = project.save_search("valves", "valve")
        with pytest.raises(InputError):
            project.save_search("x", query)
        with pytest.raises(InputError):
            project.change_search(search, query)
        assert held(project) == [("valves", "valve", "Anna")]

    def test_a_name_that_another_has(self, project: Project) -> None:
        project.save_search("taps", "tap")
        with pytest.raises(InputError, match="you have a search “TAPS” already"):
            project.rename_search(project.save_search("valves", "valve"), "TAPS")

    def test_what_is_not_there(self, project: Project) -> None:
        gone = project.save_search("valves", "valve")
        project.delete_search(gone)
        for search in (gone, NOBODY, ""):
            with pytest.raises(NotFoundError, match="that search is not in the project"):
                project.rename_search(search, "x")
            with pytest.raises(NotFoundError):
                project.change_search(search, "x")
            with pytest.raises(NotFoundError):
                project.delete_search(search)
        with pytest.raises(NotFoundError, match="no saved search “valves”"):
            project.saved_search("valves")

    @pytest.mark.parametrize(
        "text", ["x" * 10_000, "安全 阀", "\u202eevil", "{{Q}} '; DROP", "🦊" * 500, "a/b, c"]
    )
    def test_odd_words_are_kept_as_they_are(self, project: Project, text: str) -> None:
        project.save_search(text, text)
        assert held(project) == [(text, text, "Anna")]
        assert project.saved_search(text).query == text


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Project, Project, str]]:
    """Two copies, Anna's and Ben's, of a project with one saved search of Anna's, whose id comes along."""
    with new_project(tmp_path) as anna:
        search = anna.save_search("valves", "valve")
        copy = shutil.copy(anna.path, tmp_path / "ben.db")
        with Project.open(copy, analyst=BEN) as ben:
            yield anna, ben, search


def merged(one: Project, other: Project) -> None:
    """Merges both ways; both then hold the same."""
    one.merge(other.path)
    other.merge(one.path)
    assert tables(one) == tables(other) == rebuilt(one)


class TestMerging:
    def test_two_analysts_with_one_name_keep_both(self, apart: tuple[Project, Project, str]) -> None:
        anna, ben, _ = apart
        mine = anna.save_search("pumps", "pump")
        ben.save_search("Pumps", "pumps -tested")
        ben.save_search("valves", "tap")
        report = anna.preview_merge(ben.path)
        assert [(one.name, one.new["search"]) for one in report.by_analyst] == [("Ben", 2)]
        merged(anna, ben)
        assert held(anna) == [
            ("pumps", "pump", "Anna"),
            ("Pumps", "pumps -tested", "Ben"),
            ("valves", "valve", "Anna"),
            ("valves", "tap", "Ben"),
        ]
        with pytest.raises(AmbiguousError, match="several saved searches") as found:
            anna.saved_search("pumps")
        assert [line.split("  ")[1] for line in found.value.candidates] == [
            "Anna: pump",
            "Ben: pumps -tested",
        ]
        assert anna.save_search("PUMPS", "pumped") == mine == anna.saved_search(mine).id
        assert ("Pumps", "pumps -tested", "Ben") in held(anna)

    def test_names_given_apart_stand_side_by_side(self, apart: tuple[Project, Project, str]) -> None:
        anna, ben, search = apart
        anna.rename_search(search, "taps")
        ben.rename_search(search, "check valves")
        ben.change_search(search, '"check valve"')
        merged(anna, ben)
        (conflict,) = anna.conflicts()
        assert (conflict.kind, conflict.field, conflict.base) == ("search", "name", "valves")
        assert {one.text for one in conflict.versions} == {"taps", "check valves"}
        assert search in anna.disputed()
        anna.resolve("search", search, "name", "taps", seen=conflict.seen)
        merged(anna, ben)
        assert held(ben) == [("taps", '"check valve"', "Anna")] and ben.conflicts() == []
        assert anna.history()[0].words == "Settled 2 versions of the search “taps”"

    def test_a_deletion_and_an_edit_leave_it_contested(self, apart: tuple[Project, Project, str]) -> None:
        anna, ben, search = apart
        anna.delete_search(search)
        ben.change_search(search, "tap")
        merged(anna, ben)
        assert held(anna) == [("valves", "tap", "Anna")]
        assert [one.thing for one in anna.contested()] == [search]
        anna.decide("search", search, keep=False)
        merged(anna, ben)
        assert held(ben) == [] and ben.contested() == []


class TestFiles:
    @pytest.mark.parametrize("option", ["notes", "superseded", "deleted"])
    def test_nothing_of_what_is_withheld_is_in_a_copy(self, tmp_path: Path, option: str) -> None:
        with new_project(tmp_path) as project:
            search = project.save_search("heron nests", "kestrel")
            project.rename_search(search, "osprey nests")
            project.delete_search(project.save_search("plover", "gannet"))
            report = project.send_copy(tmp_path / "sent.db", withhold=[option])
            raw = report.path.read_bytes()
            words = {"heron", "kestrel", "osprey", "plover", "gannet"}
            absent = {"superseded": {"heron"}, "deleted": {"plover", "gannet"}}.get(option, words)
            assert {word for word in words if word.encode() not in raw} == absent
            assert report.searches == (option != "notes")
            with Project.open(report.path, analyst=BEN) as copy:
                assert tables(copy) == rebuilt(copy) and checking.check(copy.path).well
                assert len(held(copy)) == report.searches
                before = tables(project)
                copy.merge(project.path)
                assert tables(copy) == before

    def test_a_name_asked_for_is_told_to_stay(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            project.save_search("mine", "By:Anna pumps")
            project.save_search("all", "pumps")
            kept = project.preview_copy(["names"])
            assert kept.remarks == ("1 name stays in saved searches, after by:",)
            assert project.preview_copy(["names", "notes"]).remarks == project.preview_copy().remarks == ()

    def test_checked_repaired_dumped_and_made_anew_they_are_the_same(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            project.save_search("valves", "valve")
            project.delete_search(project.save_search("taps", "tap"))
            wanted = tables(project)
        assert checking.check(tmp_path / "p.db").well
        repair(tmp_path / "p.db", tmp_path / "repaired.db")
        rebuild((line.encode() for line in dump(tmp_path / "p.db")), tmp_path / "rebuilt.db")
        for made in ("repaired.db", "rebuilt.db"):
            with Project.open(tmp_path / made, analyst=BEN) as project:
                assert tables(project) == wanted

    def test_a_row_that_the_log_does_not_tell_of_is_a_fault(self, project: Project) -> None:
        project.save_search("valves", "valve")
        with project._store.writing():
            project._store.conn.execute("UPDATE search SET query = 'other'")
        (problem,) = checking.check(project.path).problems
        assert problem.where == "the table search"
        rebuilt(project)

    @pytest.mark.parametrize("stored", sample.STORED, ids=lambda path: path.stem)
    def test_files_made_before_there_were_any_take_them(self, stored: Path, tmp_path: Path) -> None:
        path = shutil.copy(stored, tmp_path / "old.db")
        with Project.open(path, analyst=ANNA) as project:
            assert held(project) == []
            project.save_search("valves", "valve")
        assert checking.check(Path(path)).well
        with Project.open(path, analyst=BEN) as project:
            assert held(project) == [("valves", "valve", "Anna")]

    def test_a_file_made_before_in_a_read_only_place_has_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = Path(shutil.copy(sample.PATH, tmp_path / "old.db"))
        before = path.read_bytes()
        monkeypatch.setattr(connection.os, "access", lambda place, mode: False)
        with Project.open(path, analyst=ANNA) as project:
            assert held(project) == []
            with pytest.raises(ProjectFileError, match="read-only"):
                project.save_search("valves", "valve")
        assert path.read_bytes() == before

    def test_values_of_a_stranger_are_shown_as_what_comes_nearest(self, project: Project) -> None:
        with project._store.step() as step:
            step.create("search", NOBODY, name=7, query=["x"])
        assert held(project) == [("", "", "Anna")]
        project.change_search(NOBODY, "valve")
        project.rename_search(NOBODY, "valves")
        assert held(project) == [("valves", "valve", "Anna")]
