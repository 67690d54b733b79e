"""Notes, what they cite, and drafts, through Project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, new_project, on, place
from workbench import Project
from workbench.errors import AmbiguousError, InputError
from workbench.store.drafts import DraftText


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

    def test_citing_several_ranges_is_one_step(self, project: Project) -> None:
        ranges = [(place(project, "two.txt"), 3, 8), (place(project, "one.txt"), 4, 9)]
        note = project.cite_ranges(None, ranges, title="New")
        project.cite_ranges(note, [(place(project, "one.txt"), 0, 3)])
        assert [one.quote for one in project.note(note).citations] == ["alarm", "pumps", "The"]
        assert project.undo() is not None and len(project.note(note).citations) == 2
        assert project.undo() is not None and project.notes() == project.passages() == []

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

    def test_another_title_leaves_the_body_and_its_citations(self, project: Project) -> None:
        note = project.cite(None, place(project, "one.txt"), 0, 9, title="Pumps")
        before = project.note(note)
        project.rename_note(note, "What failed")
        after = project.note("What failed")
        assert (after.id, after.body, after.citations) == (note, before.body, before.citations)
        with pytest.raises(InputError):
            project.rename_note(note, " ")

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
