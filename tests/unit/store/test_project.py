"""What Project promises of title, passages, comments, articles, undo, read-only files and analysts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, TEXTS, names, new_project, on, place
from workbench import Project
from workbench.errors import InputError, NotFoundError, ProjectFileError
from workbench.store.drafts import DraftText


def _place_of(project: Project) -> tuple[int, int]:
    (passage,) = project.passages()
    return passage.start, passage.end


class TestTitle:
    def test_a_new_project_is_called_like_its_file_until_titled(self, project: Project) -> None:
        assert project.title == "p"
        project.set_title("  Night \n at the pumps ")
        assert project.title == "Night at the pumps"
        assert project.undo() is not None and project.title == "p"

    def test_an_empty_title_is_refused(self, project: Project) -> None:
        with pytest.raises(InputError, match="needs a title"):
            project.set_title(" ")


class TestPassages:
    def test_handles_are_q_and_the_start_of_the_id(self, project: Project) -> None:
        passage = project.passage(on(project, "alarm", "risk"))
        assert passage.handle == "Q" + passage.id[:5]
        for name in (passage.handle, passage.handle.lower(), passage.id, "Q" + passage.id):
            assert project.passage(name) == passage

    @pytest.mark.parametrize("name", ["", "Q", "QZZZZZ", "%", "Q?????"])
    def test_what_names_no_passage_is_not_found(self, project: Project, name: str) -> None:
        on(project, "alarm", "risk")
        with pytest.raises(NotFoundError):
            project.passage(name)

    def test_the_range_and_words_are_kept_as_given(self, project: Project) -> None:
        article = place(project, "one.txt")
        passage = project.passage(project.annotate_range(article, 4, 9, tags=["risk"]))
        assert (passage.article, passage.start, passage.end, passage.quote) == (article, 4, 9, "pumps")

    @pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
    def test_a_range_that_is_empty_or_outside_is_refused(
        self, project: Project, span: tuple[int, int]
    ) -> None:
        with pytest.raises(InputError):
            project.annotate_range(place(project, "one.txt"), *span, tags=["risk"])
        assert project.passages() == [] and project.tags() == []

    def test_the_same_range_again_is_the_same_passage(self, project: Project) -> None:
        assert on(project, "alarm", "a") == on(project, "alarm", "b")
        assert len(project.passages()) == 1

    def test_passages_moved_onto_each_other_show_as_one_and_part_again(self, project: Project) -> None:
        one, two = on(project, "pumps", "a", comment="mine"), on(project, "night", "b")
        start = project.passage(one).start
        project.move_passage(two, start, start + 5)
        (both,) = project.passages()
        assert sorted(names(both)) == ["a", "b"] and both.quote == "pumps"
        assert project.passage(one) == project.passage(two) == both
        assert project.tag("b").passages == 1
        assert project.undo() is not None
        assert [names(found) for found in project.passages()] == [["a"], ["b"]]

    def test_the_place_a_passage_left_makes_another_passage(self, project: Project) -> None:
        moved = on(project, "night", "a")
        project.move_passage(moved, 0, 3)
        fresh = on(project, "night", "b")
        assert fresh != moved and len(project.passages()) == 2

    def test_a_passage_without_anything_on_it_is_not_shown(self, project: Project) -> None:
        passage = on(project, "alarm", "risk")
        project.remove_tag(passage, project.tag("risk").id)
        assert project.passages() == [] and project.article("one.txt").passages == 0

    def test_passages_of_a_tag_include_those_of_tags_below(self, project: Project) -> None:
        below, other = on(project, "alarm", "risk/fire"), on(project, "pumps", "night")
        found = [one.id for one in project.passages(tag=project.tag("risk").id)]
        assert found == [below] and other not in found

    def test_some_articles_and_their_passages_are_read_as_among_all(self, project: Project) -> None:
        on(project, "pumps", "a"), on(project, "alarm", "b")
        first, second = project.articles()
        assert project.articles([second.id]) == [second] and project.articles([]) == []
        assert project.passages_in([first.id, second.id]) == project.passages()
        for one in (first, second):
            assert project.passages_in([one.id], project.tags()) == project.passages(article=one.id)

    def test_several_ranges_are_one_step(self, project: Project) -> None:
        article = place(project, "one.txt")
        project.annotate_ranges([(article, 0, 3), (article, 4, 9)], ["a"])
        assert len(project.passages()) == 2
        assert project.undo() is not None
        assert project.passages() == []


class TestComments:
    def test_many_to_a_passage_each_with_its_author(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            passage = on(anna, "alarm", comment="first")
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            on(ben, "alarm", comment="second")
            found = ben.passage(passage).comments
        assert [(one.body, one.analyst.name) for one in found] == [("first", "Anna"), ("second", "Ben")]

    def test_editing_emptying_and_undoing(self, project: Project) -> None:
        passage = on(project, "alarm", comment="one")
        (comment,) = project.passage(passage).comments
        project.edit_comment(comment.id, "two")
        assert [one.body for one in project.passage(passage).comments] == ["two"]
        project.edit_comment(comment.id, " ")
        assert project.passages() == []
        assert project.undo() is not None
        assert [one.body for one in project.passage(passage).comments] == ["two"]
        project.delete_comment(comment.id)
        assert project.passages() == []

    def test_an_empty_comment_is_refused(self, project: Project) -> None:
        with pytest.raises(InputError, match="empty"):
            on(project, "alarm", comment=" \n")
        assert project.passages() == []


class TestUndo:
    def test_undo_and_redo_reach_across_reopening(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            passage = on(project, "alarm", "risk")
        with Project.open(tmp_path / "p.db", analyst=ANNA) as project:
            done = project.undo()
            assert done is not None and done.label == "Tagged “alarm” with risk" and not done.skipped
            assert project.passages() == [] and project.tags() == []
        with Project.open(tmp_path / "p.db", analyst=ANNA) as project:
            assert project.redo() is not None and project.redo() is None
            assert names(project.passage(passage)) == ["risk"]

    def test_a_new_action_ends_redo(self, project: Project) -> None:
        on(project, "alarm", "a")
        project.undo()
        on(project, "pumps", "b")
        assert project.redo() is None

    def test_undo_of_bringing_back_deletes_again_with_what_hung_on_it(self, project: Project) -> None:
        on(project, "alarm", "risk")
        project.cite(None, project.passages()[0].article, *_place_of(project), title="Alarm")
        project.delete_passage(project.passages()[0].id)
        project.delete_tag(project.tag("risk").id)
        on(project, "alarm", "risk")
        undone = project.undo()
        assert undone is not None and undone.skipped == ()
        assert project.passages() == [] and project.tags() == []
        assert project.undo() and project.undo() and project.undo() and project.undo()
        assert project.passages() == [] and project.tags() == []
        for _ in range(2):
            assert project.redo()
        assert names(project.passages()[0]) == ["risk"] and project.passages()[0].notes

    def test_undo_reaches_only_ones_own_steps(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            on(anna, "alarm", "a")
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            assert ben.undo() is None
            on(ben, "pumps", "b")
            assert ben.undo() is not None and ben.undo() is None
            assert names(ben.tags()) == ["a"]

    def test_what_others_built_on_stays_and_is_named(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            passage = on(anna, "alarm", "risk")
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            on(ben, "alarm", comment="I agree")
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            done = anna.undo()
            assert done is not None and done.skipped == ("Marked “alarm”",)
            left = anna.passage(passage)
            assert names(left) == [] and [one.analyst.name for one in left.comments] == ["Ben"]

    def test_actions_that_change_nothing_leave_no_step(self, project: Project) -> None:
        on(project, "alarm", "risk")
        on(project, "alarm", "risk")
        project.edit_article(place(project, "one.txt"), {"title": None})
        assert project.undo() is not None and project.passages() == []


class TestArticles:
    def test_deleting_hides_what_hangs_on_it_and_undo_brings_it_back(self, project: Project) -> None:
        passage = on(project, "night", "risk", comment="dark")
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        before = project.passages(), project.tags(), project.notes(), project.articles()
        project.delete_article(place(project, "one.txt"))
        assert project.passages() == [] and project.tag("risk").passages == 0
        assert project.note(note).citations[0].lost
        with pytest.raises(NotFoundError):
            project.passage(passage)
        assert project.undo() is not None
        assert (project.passages(), project.tags(), project.notes(), project.articles()) == before

    def test_a_deleted_article_comes_back_when_imported_again(self, project: Project, tmp_path: Path) -> None:
        passage = on(project, "night", "risk")
        project.delete_article(place(project, "one.txt"))
        result = project.import_paths([tmp_path / "one.txt"])
        assert [one.file for one in result.added] == ["one.txt"]
        assert names(project.passage(passage)) == ["risk"]

    def test_a_known_text_under_another_name_is_no_second_article(
        self, project: Project, tmp_path: Path
    ) -> None:
        (tmp_path / "copy.txt").write_text(TEXTS["one.txt"], encoding="utf-8")
        result = project.import_paths([tmp_path / "copy.txt"])
        assert not result.added and [one.file for one in result.already_here] == ["copy.txt"]
        assert [one.file for one in project.articles()] == ["one.txt", "two.txt"]

    def test_what_is_edited_is_confirmed(self, project: Project, tmp_path: Path) -> None:
        (tmp_path / "head.txt").write_text("Pumps fail again\n\nThe pumps failed at dusk. It rained.\n")
        project.import_paths([tmp_path / "head.txt"])
        article = project.article("head.txt")
        assert "title" in article.proposed
        project.edit_article(article.id, {"title": article.title, "grade": "B"})
        edited = project.article("head.txt")
        assert (edited.title, edited.grade, "title" in edited.proposed) == (article.title, "B", False)

    @pytest.mark.parametrize("values", [{"colour": "x"}, {"basis": "guessed"}, {"grade": "G"}])
    def test_unknown_fields_and_values_are_refused(self, project: Project, values: dict[str, str]) -> None:
        with pytest.raises(InputError):
            project.edit_article(place(project, "one.txt"), values)

    def test_nul_is_refused_and_the_rest_goes_in(self, project: Project, tmp_path: Path) -> None:
        (tmp_path / "nul.txt").write_bytes(b"a\0b")
        (tmp_path / "fine.txt").write_text("Fine words here.\n")
        result = project.import_paths([tmp_path / "nul.txt", tmp_path / "fine.txt"])
        assert [one.file for one in result.failed] == ["nul.txt"]
        assert [one.file for one in result.added] == ["fine.txt"]

    def test_lone_surrogates_are_refused_wherever_text_comes_in(
        self, project: Project, tmp_path: Path
    ) -> None:
        (tmp_path / "bad.jsonl").write_text('{"text": "a \\ud800 b"}\n')
        assert len(project.import_paths([tmp_path / "bad.jsonl"]).failed) == 1
        for act in (
            lambda: on(project, "alarm", comment="a \ud800"),
            lambda: project.create_note("n", "\udfff"),
            lambda: project.create_note("\udfff"),
            lambda: project.set_title("\ud800"),
            lambda: project.edit_article(place(project, "one.txt"), {"title": "\ud800"}),
            lambda: project.save_draft(DraftText("note", "N" * 25 + "A", "n", "\ud800")),
        ):
            with pytest.raises(InputError, match="surrogate"):
                act()
        assert project.passages() == [] and project.notes() == [] and project.title == "p"


class TestReadOnly:
    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
    def test_a_read_only_file_opens_and_refuses_to_change(self, tmp_path: Path) -> None:
        new_project(tmp_path).close()
        (tmp_path / "p.db").chmod(0o400)
        self._reads_but_does_not_write(tmp_path / "p.db")

    def test_where_writing_is_not_allowed_everything_can_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        new_project(tmp_path).close()
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
        self._reads_but_does_not_write(tmp_path / "p.db")

    def _reads_but_does_not_write(self, path: Path) -> None:
        before = path.read_bytes()
        with Project.open(path, analyst=BEN) as project:
            assert project.read_only and len(project.articles()) == 2
            assert project.search("alarm").hits
            with pytest.raises(ProjectFileError, match="read-only"):
                on(project, "alarm", "risk")
            with pytest.raises(ProjectFileError, match="read-only"):
                project.undo()
        assert path.read_bytes() == before


class TestAnalysts:
    def test_the_file_knows_who_wrote_in_it(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as anna:
            passage = on(anna, "alarm", "risk")
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            assert [one.name for one in ben.analysts()] == ["Anna"]
            on(ben, "alarm", "risk")
            assert [one.name for one in ben.passage(passage).analysts] == ["Anna", "Ben"]
            ben.remove_tag(passage, ben.tag("risk").id)
            assert ben.passages() == []

    def test_another_name_goes_with_the_next_change(self, project: Project) -> None:
        project.rename_analyst("Anna K.")
        on(project, "alarm", "risk")
        assert [one.name for one in project.analysts()] == ["Anna K."]
