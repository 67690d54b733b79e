"""What Project promises through its public methods, on a small project of two texts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, TEXTS, damaged, new_project, rebuilt, tables
from workbench import Project
from workbench.errors import AmbiguousError, InputError, NotFoundError, ProjectFileError
from workbench.model import Passage, Tag
from workbench.store.drafts import DraftText


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path) as made:
        yield made
        assert tables(made) == rebuilt(made)
        assert damaged(made) == []


def on(project: Project, words: str, *tags: str, comment: str | None = None) -> str:
    """Annotates the first place where the words stand; returns the passage's id."""
    for article in project.articles():
        start = project.text(article.id).find(words)
        if start >= 0:
            return project.annotate_range(article.id, start, start + len(words), tags=tags, comment=comment)
    raise AssertionError(words)


def names(found: list[Tag] | Passage) -> list[str]:
    return [tag.name for tag in (found.tags if isinstance(found, Passage) else found)]


def place(project: Project, file: str) -> str:
    return project.article(file).id


class TestTitle:
    def test_a_new_project_is_called_like_its_file_until_titled(self, project: Project) -> None:
        assert project.title == "p"
        project.set_title("  Night \n at the pumps ")
        assert project.title == "Night at the pumps"
        assert project.undo() is not None and project.title == "p"

    def test_an_empty_title_is_refused(self, project: Project) -> None:
        with pytest.raises(InputError, match="needs a title"):
            project.set_title(" ")


class TestTags:
    def test_a_tag_is_one_whatever_its_case_width_and_spaces(self, project: Project) -> None:
        first = project.create_tag("Night  Shift")
        assert project.create_tag("night shift") == first == project.create_tag("\uff2eIGHT SHIFT")
        assert names(project.tags()) == ["Night Shift"]

    def test_accents_tell_tags_apart(self, project: Project) -> None:
        assert len({project.create_tag(name) for name in ("má", "mà", "mả", "ma")}) == 4

    @pytest.mark.parametrize("name", ["", " ", "a,b", "a\nb", "a//b", "/a", "a/", "a\x07b", "a\ud800"])
    def test_names_that_cannot_be_a_tags_are_refused(self, project: Project, name: str) -> None:
        with pytest.raises(InputError):
            project.create_tag(name)
        assert project.tags() == []

    def test_a_path_makes_the_levels_above_it(self, project: Project) -> None:
        leaf = project.create_tag("region / Asia/Hanoi")
        assert names(project.tags()) == ["region", "region/Asia", "region/Asia/Hanoi"]
        assert project.tag("REGION/asia/hanoi").id == leaf

    def test_renaming_takes_what_is_below_along(self, project: Project) -> None:
        passage = on(project, "pumps", "region/asia")
        project.rename_tag(project.tag("region").id, "place")
        assert names(project.passage(passage)) == ["place/asia"]
        assert names(project.tags()) == ["place", "place/asia"]

    def test_renaming_to_a_path_nests_and_to_a_bare_name_takes_out(self, project: Project) -> None:
        tag = project.create_tag("asia")
        project.rename_tag(tag, "region/asia")
        assert names(project.tags()) == ["region", "region/asia"]
        project.rename_tag(tag, "Asia")
        assert names(project.tags()) == ["Asia", "region"]

    def test_a_taken_name_is_refused_but_another_case_of_its_own_is_not(self, project: Project) -> None:
        tag, _ = project.create_tag("risk"), project.create_tag("night")
        with pytest.raises(InputError, match="merge"):
            project.rename_tag(tag, "NIGHT")
        project.rename_tag(tag, "RISK")
        assert names(project.tags()) == ["night", "RISK"]

    def test_the_name_a_tag_gave_up_makes_another_tag(self, project: Project) -> None:
        old = project.create_tag("risk")
        project.rename_tag(old, "danger")
        new = project.create_tag("risk")
        assert new != old and names(project.tags()) == ["danger", "risk"]

    def test_a_tag_cannot_stand_below_itself(self, project: Project) -> None:
        project.create_tag("a/b/c")
        for name in ("a/x", "a/b/a", "A/b/c/d"):
            with pytest.raises(InputError, match="below itself"):
                project.rename_tag(project.tag("a").id, name)
        assert names(project.tags()) == ["a", "a/b", "a/b/c"]

    def test_merging_moves_passages_and_what_is_below(self, project: Project) -> None:
        one, both = on(project, "failed", "danger/fire"), on(project, "alarm", "danger", "risk")
        project.merge_tags(project.tag("danger").id, project.tag("risk").id)
        assert names(project.tags()) == ["risk", "risk/fire"]
        assert names(project.passage(one)) == ["risk/fire"] and names(project.passage(both)) == ["risk"]
        assert project.tag("risk").passages == 1
        assert project.undo() is not None
        assert names(project.tags()) == ["danger", "danger/fire", "risk"]

    def test_merging_a_tag_into_itself_or_what_is_below_it_is_refused(self, project: Project) -> None:
        project.create_tag("a/b")
        above, below = project.tag("a").id, project.tag("a/b").id
        with pytest.raises(InputError, match="itself"):
            project.merge_tags(above, above)
        with pytest.raises(InputError, match="below"):
            project.merge_tags(above, below)
        project.merge_tags(below, above)
        assert names(project.tags()) == ["a"]

    def test_colour_and_description(self, project: Project) -> None:
        tag = project.create_tag("risk")
        project.change_tag(tag, color=13, description=" what may go wrong ")
        assert (project.tag("risk").color, project.tag("risk").description) == (13, "what may go wrong")
        with pytest.raises(InputError, match="0 to 13"):
            project.change_tag(tag, color=14)
        project.change_tag(tag, description="")
        assert project.tag("risk").description == ""

    def test_the_first_tags_look_different(self, project: Project) -> None:
        for number in range(14):
            project.create_tag(f"tag {number}")
        assert sorted(tag.color for tag in project.tags()) == list(range(14))

    def test_a_deleted_tag_leaves_its_passages_and_comes_back(self, project: Project) -> None:
        passage = on(project, "alarm", "risk/fire", "night")
        project.delete_tag(project.tag("risk").id)
        assert names(project.tags()) == ["night"] and names(project.passage(passage)) == ["night"]
        assert project.undo() is not None
        assert sorted(names(project.passage(passage))) == ["night", "risk/fire"]

    def test_a_tag_is_taken_off_alone(self, project: Project) -> None:
        passage = on(project, "alarm", "a", "b")
        project.remove_tag(passage, project.tag("a").id)
        assert names(project.passage(passage)) == ["b"]
        with pytest.raises(NotFoundError, match="does not carry"):
            project.remove_tag(passage, project.tag("a").id)


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


class TestNotes:
    def test_handles_in_a_body_become_ids_and_numbers(self, project: Project) -> None:
        first, second = on(project, "alarm", "a"), on(project, "pumps", "a")
        handle = {one: project.passage(one).handle for one in (first, second)}
        body = (
            f"{{{{{handle[second]}}}}} and {{{{ {handle[first].lower()} }}}} and {{{{{handle[second]}}}}}\n"
        )
        note = project.note(project.create_note("What failed", body))
        assert note.body == f"{{{{Q{second}}}}} and {{{{Q{first}}}}} and {{{{Q{second}}}}}\n"
        assert [(one.passage, one.number) for one in note.citations] == [(second, 1), (first, 2)]
        assert project.editable_body(note).count(handle[second]) == 2
        assert project.passage(first).notes == (note.id,)
        assert project.note(note.handle) == project.note("What failed") == note

    def test_handles_of_nothing_stay_as_typed(self, project: Project) -> None:
        note = project.note(project.create_note("n", "{{QAAAAA}} {{Q1}} {{x}}"))
        assert note.body == "{{QAAAAA}} {{Q1}} {{x}}" and note.citations == ()

    def test_citing_from_a_text_makes_the_note_and_the_passage(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        project.cite(note, place(project, "two.txt"), 3, 8)
        cited = project.note(note).citations
        assert [(one.number, one.quote, one.source, one.lost) for one in cited] == [
            (1, "pumps", project.article("one.txt").label, False),
            (2, "alarm", project.article("two.txt").label, False),
        ]
        assert [one.notes for one in project.passages()] == [(note,), (note,)]
        assert project.undo() is not None and len(project.note(note).citations) == 1
        assert project.undo() is not None and project.notes() == []

    def test_a_quotation_taken_out_of_the_body_is_kept_until_uncited(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        project.edit_note(note, title="New", body="nothing")
        (kept,) = project.note(note).citations
        assert (kept.number, kept.quote) == (None, "pumps")
        project.uncite(note, kept.passage)
        assert project.note(note).citations == ()
        assert project.undo() is not None and project.note(note).citations == (kept,)

    def test_a_lost_passage_leaves_its_words_in_the_note(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        project.delete_passage(project.note(note).citations[0].passage)
        (cited,) = project.note(note).citations
        assert cited.lost and (cited.quote, cited.start, cited.end) == ("pumps", 4, 9)
        assert project.undo() is not None and not project.note(note).citations[0].lost

    def test_a_moved_passage_is_cited_as_it_stands(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        project.move_passage(project.note(note).citations[0].passage, 4, 16)
        assert project.note(note).citations[0].quote == "pumps failed"

    def test_a_note_needs_a_title_and_several_may_share_one(self, project: Project) -> None:
        with pytest.raises(InputError, match="title"):
            project.create_note(" ")
        for _ in range(2):
            project.create_note("Same")
        with pytest.raises(AmbiguousError) as caught:
            project.note("Same")
        assert len(caught.value.candidates) == 2

    def test_deleting_a_note_hides_passages_that_only_it_cited(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 4, 9, title="New")
        project.delete_note(note)
        assert project.notes() == [] and project.passages() == []
        assert project.undo() is not None
        assert len(project.notes()) == 1 and len(project.passages()) == 1


class TestDrafts:
    def test_a_draft_is_outside_the_log_until_finished(self, project: Project) -> None:
        note = project.create_note("n", "old")
        draft = DraftText("note", note, "n", "new words")
        project.save_draft(draft)
        assert project.note(note).body == "old"
        assert project.finish_draft(draft)
        assert project.note(note).body == "new words"
        assert not project.finish_draft(draft)

    def test_what_a_crash_left_is_taken_in_at_the_next_opening(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            note = project.create_note("n", "old")
            where = json.dumps([place(project, "one.txt"), 4, 9])
            project.save_draft(DraftText("note", note, "renamed", "typed last"))
            project.save_draft(DraftText("comment", "C" * 25 + "A", where, "half a com"))
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            assert ben.note(note).body == "old"
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            assert (anna.note(note).title, anna.note(note).body) == ("renamed", "typed last")
            assert [one.body for one in anna.passages()[0].comments] == ["half a com"]
            assert anna.undo() is not None and anna.passages() == []
        with Project.open(tmp_path / "p.db", analyst=ANNA) as again:
            assert again.passages() == []

    def test_a_dropped_draft_is_forgotten(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            note = project.create_note("n", "old")
            project.save_draft(DraftText("note", note, "n", "typed"))
            project.drop_draft(note)
        with Project.open(tmp_path / "p.db", analyst=ANNA) as again:
            assert again.note(note).body == "old"

    def test_a_draft_on_an_article_deleted_since_does_not_bar_the_project(self, tmp_path: Path) -> None:
        with new_project(tmp_path) as project:
            where = json.dumps([place(project, "one.txt"), 4, 9])
            project.save_draft(DraftText("comment", "C" * 25 + "A", where, "words"))
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            ben.delete_article(place(ben, "one.txt"))
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            assert [one.file for one in anna.articles()] == ["two.txt"]
        with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
            assert ben.undo() is not None
        with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
            assert [one.body for one in anna.passages()[0].comments] == ["words"]


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
