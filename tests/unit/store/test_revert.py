"""Taking back any one step, of anybody, and the bin."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store.project_tools import ANNA, BEN, new_project, on, place, rebuilt, tables
from workbench import Project
from workbench.errors import InputError, NotFoundError
from workbench.store.undo import StepName


def step(project: Project, words: str) -> StepName:
    """The latest step that is told with these words."""
    return next(one.name for one in project.history() if one.words.startswith(words))


def seen(project: Project) -> list[object]:
    """What an analyst sees, without times (a thing brought back is younger than it was)."""
    return [
        [
            (
                p.id,
                p.quote,
                sorted(t.name for t in p.tags),
                sorted(c.body for c in p.comments),
                sorted(p.notes),
            )
            for p in project.passages()
        ],
        [(t.name, t.color, t.description, t.passages) for t in project.tags()],
        sorted((n.title, n.body, [(c.quote, c.lost) for c in n.citations]) for n in project.notes()),
        [(a.title, a.grade, a.file) for a in project.articles()],
        sorted((one.kind, one.label) for one in project.bin()),
    ]


class TestRevert:
    def test_an_older_step_of_ones_own(self, project: Project) -> None:
        on(project, "alarm", "risk")
        on(project, "pumps", "device")
        done = project.revert(step(project, "Tagged “alarm”"))
        assert done.label == "Tagged “alarm” with risk" and done.skipped == ()
        assert [passage.quote for passage in project.passages()] == ["pumps"]
        assert project.history()[0].words == "Took back: Tagged “alarm” with risk"
        back = project.undo()
        assert back is not None and back.label == "Took back: Tagged “alarm” with risk"
        assert len(project.passages()) == 2
        back = project.undo()
        assert back is not None and back.label == "Tagged “pumps” with device"

    def test_a_step_of_somebody_else(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            on(anna, "alarm", "risk")
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            ben.revert(step(ben, "Tagged"))
            assert ben.passages() == [] and ben.tags() == []
            latest = ben.history()[0]
            assert latest.words == "Took back Anna’s: Tagged “alarm” with risk" and latest.analyst == BEN
            assert ben.undo() is not None and len(ben.passages()) == 1
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            assert anna.undo() is not None and anna.passages() == []

    def test_what_was_built_on_stays_and_is_named(self, project: Project) -> None:
        alarm = on(project, "alarm", "risk", "danger")
        on(project, "alarm", comment="Who heard it?")
        project.rename_tag(project.tag("danger").id, "hazard")
        done = project.revert(step(project, "Tagged"))
        assert sorted(done.skipped) == ["Created the tag hazard", "Marked “alarm”"]
        left = project.passage(alarm)
        assert left.tags == () and [one.body for one in left.comments] == ["Who heard it?"]
        assert [tag.name for tag in project.tags()] == ["hazard"]

    def test_a_comment_edited_since_keeps_its_passage(self, project: Project) -> None:
        alarm = on(project, "alarm", comment="Who?")
        project.edit_comment(project.passage(alarm).comments[0].id, "Who heard it?")
        with pytest.raises(InputError, match="nothing of that step"):
            project.revert(step(project, "Commented"))
        assert project.passage(alarm).comments[0].body == "Who heard it?"
        assert len(project.history()) == 4

    def test_a_note_written_on_since_keeps_its_quotations(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 0, 9, title="Log")
        body = project.editable_body(project.note(note))
        project.edit_note(note, title="Log", body=body + "\nMore.")
        with pytest.raises(InputError):
            project.revert(step(project, "Put"))
        assert not project.note(note).citations[0].lost

    def test_an_import_goes_but_for_what_was_worked_on(self, project: Project, tmp_path: Path) -> None:
        on(project, "operator", "who")
        done = project.revert(step(project, "Imported 2 articles"))
        assert [article.file for article in project.articles()] == ["two.txt"]
        assert all(words.startswith("Imported “An alarm was heard") for words in done.skipped)
        assert project.undo() is not None
        assert [article.file for article in project.articles()] == ["one.txt", "two.txt"]

    def test_a_revert_is_reverted(self, project: Project) -> None:
        project.delete_article(place(project, "one.txt"))
        project.revert(step(project, "Deleted"))
        assert len(project.articles()) == 2
        project.revert(step(project, "Took back: Deleted"))
        assert len(project.articles()) == 1
        assert project.history()[0].words.startswith("Did again: Deleted")
        project.undo()
        assert len(project.articles()) == 2

    def test_an_undo_of_others_is_a_step_like_any(self, project: Project) -> None:
        project.set_title("One")
        project.undo()
        project.revert(step(project, "Took back"))
        assert project.title == "One" and project.redo() is None
        project.undo()
        assert project.title == "p"

    def test_twice_is_refused(self, project: Project) -> None:
        on(project, "alarm", "risk")
        name = step(project, "Tagged")
        project.revert(name)
        with pytest.raises(InputError, match="nothing of that step"):
            project.revert(name)

    def test_what_is_no_step_is_refused(self, project: Project) -> None:
        with pytest.raises(NotFoundError):
            project.revert(step(project, "Made the project"))
        with pytest.raises(NotFoundError):
            project.revert(StepName(77, 1, ANNA.id))

    def test_an_old_edit_is_not_taken_back_over_a_newer_one(self, project: Project) -> None:
        one = place(project, "one.txt")
        project.edit_article(one, {"title": "First", "author": "A. Smith"})
        project.edit_article(one, {"title": "Second"})
        done = project.revert(step(project, "Edited the details"))
        article = project.article(one)
        assert (article.title, article.author) == ("Second", None)
        assert done.skipped == ("Edited the details of “Second”",)

    def test_a_deletion_done_by_hand_again_is_not_taken_back_with_the_first(self, project: Project) -> None:
        one = place(project, "one.txt")
        project.delete_article(one)
        first = step(project, "Deleted")
        project.restore("article", one)
        project.delete_article(one)
        with pytest.raises(InputError):
            project.revert(first)
        assert len(project.articles()) == 1

    def test_withheld_values_are_left_alone(self, project: Project) -> None:
        one = place(project, "one.txt")
        project.edit_article(one, {"title": "First"})
        project.edit_article(one, {"title": "Second"})
        conn = project._store.conn
        conn.execute("DROP TRIGGER payload_no_delete")
        conn.execute("DELETE FROM payload WHERE body LIKE '%First%'")
        with pytest.raises(InputError):
            project.revert(project.history()[0].name)
        assert project.article(one).title == "Second"


DEEDS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 40), st.integers(1, 12)), min_size=2, max_size=10
)


def do(project: Project, what: int, where: int, size: int) -> None:
    """Something an analyst might do, told by three numbers."""
    articles, found = project.articles(), project.passages()
    notes, tags = project.notes(), project.tags()
    if what < 3 and articles:
        article = articles[where % len(articles)].id
        said = f"said {size}" if what == 2 else None
        project.annotate_range(article, where, where + size, tags=[f"t{size % 3}"], comment=said)
    elif what == 3 and articles:
        note = notes[size % len(notes)].id if notes and size % 2 else None
        project.cite(note, articles[0].id, where, where + size, title=f"n{size}")
    elif what == 4 and found:
        project.move_passage(found[where % len(found)].id, where, where + size)
    elif what == 5 and found:
        project.delete_passage(found[where % len(found)].id)
    elif what == 6 and tags:
        (project.delete_tag if size % 2 else lambda tag: project.change_tag(tag, description=f"d{where}"))(
            tags[where % len(tags)].id
        )
    elif what == 7 and articles:
        one = articles[where % len(articles)].id
        if size % 3:
            project.edit_article(one, {"title": f"T{where}", "grade": "AB"[size % 2]})
        else:
            project.delete_article(one)
    elif what == 8 and len(tags) > 1:
        project.merge_tags(tags[where % len(tags)].id, tags[(where + 1) % len(tags)].id)
    elif what == 9:
        project.undo()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS, picks=st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_reverting_and_undoing_that_changes_nothing(
    deeds: list[tuple[int, int, int]], picks: list[int]
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        with new_project(folder) as project:
            for deed in deeds:
                do(project, *deed)
            for pick in picks:
                history = project.history()
                before = seen(project)
                try:
                    project.revert(history[pick % len(history)].name)
                except (InputError, NotFoundError):
                    assert seen(project) == before
                    continue
                assert tables(project) == rebuilt(project)
                undone = project.undo()
                assert undone is not None and undone.skipped == ()
                assert seen(project) == before
                project.redo()
    finally:
        shutil.rmtree(folder)


class TestBin:
    def test_what_was_deleted_is_listed_latest_first(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            alarm = on(anna, "alarm", "risk", comment="psst")
            note = anna.create_note("Log")
            anna.delete_passage(alarm)
            anna.delete_tag(anna.tag("risk").id)
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            ben.delete_note(note)
            ben.delete_article(place(ben, "two.txt"))
            found = ben.bin()
            assert [(one.kind, one.label, one.analyst.name) for one in found] == [
                ("article", "An alarm was heard, says the operator. The", "Ben"),
                ("note", "Log", "Ben"),
                ("tag", "risk", "Anna"),
                ("passage", "alarm", "Anna"),
            ]
            assert found[0].step == ben.history()[0].name and found[0].when == ben.history()[0].when

    def test_a_thing_comes_back_with_what_hung_on_it(self, project: Project) -> None:
        alarm = on(project, "alarm", "risk", comment="psst")
        before = project.passages()
        project.delete_passage(alarm)
        project.restore("passage", alarm)
        assert project.passages() == before and project.bin() == []
        assert project.history()[0].words == "Restored the passage “alarm”"
        assert project.undo() is not None and project.passages() == []

    def test_a_thing_comes_back_with_what_it_lay_in(self, project: Project) -> None:
        alarm = on(project, "alarm", "risk", comment="psst")
        comment = project.passage(alarm).comments[0].id
        project.delete_comment(comment)
        project.delete_article(project.passage(alarm).article)
        project.restore("comment", comment)
        assert project.passage(alarm).comments[0].body == "psst"
        project.undo()
        assert len(project.bin()) == 2 and len(project.articles()) == 1

    def test_a_note_undone_comes_back_with_its_quotations(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 0, 9, title="Log")
        project.undo()
        project.set_title("No redo now")
        assert [(one.kind, one.label) for one in project.bin()] == [("note", "Log")]
        project.restore("note", note)
        assert [(one.quote, one.lost) for one in project.note(note).citations] == [("The pumps", False)]

    def test_bare_passages_and_contested_things_are_not_in_it(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            note = anna.create_note("Log")
            on(anna, "alarm", "risk")
            anna.undo()
        shutil.copy(tmp_path / "p.db", tmp_path / "b.db")
        with Project.open(tmp_path / "b.db", analyst=BEN) as ben:
            ben.edit_note(note, title="Log", body="Ben wrote")
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            anna.delete_note(note)
            anna.merge(tmp_path / "b.db")
            assert [one.kind for one in anna.bin()] == ["tag"]
            with pytest.raises(NotFoundError):
                anna.restore("note", note)

    def test_what_is_not_in_it_is_refused(self, project: Project) -> None:
        for kind, thing in (("article", place(project, "one.txt")), ("note", "C" * 25 + "A"), ("x", "y")):
            with pytest.raises(NotFoundError, match="not in the bin"):
                project.restore(kind, thing)

    def test_search_finds_what_came_back(self, project: Project) -> None:
        note = project.create_note("Log", "The janitor called")
        project.delete_note(note)
        assert project.search("janitor").hits == ()
        project.restore("note", note)
        assert project.search("janitor").hits


def test_an_undo_of_one_copy_leaves_what_was_done_in_another_on_the_stack(tmp_path: Path) -> None:
    with new_project(tmp_path) as project:
        shutil.copy(project.path, tmp_path / "other.db")
        project.create_tag("one")
        project.undo()
        with Project.open(tmp_path / "other.db", analyst=ANNA) as other:
            other.create_tag("two")
        project.merge(tmp_path / "other.db")
        assert project.undo() and not project.tags()
        assert project.redo() and [tag.name for tag in project.tags()] == ["two"]
