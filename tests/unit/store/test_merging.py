"""Merging two copies: what comes over, what stands side by side, what stays out."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.data import sample
from tests.unit.store.project_tools import ANNA, BEN, names, new_project, on, rebuilt, tables
from workbench import Project
from workbench.errors import ProjectFileError
from workbench.model import Analyst
from workbench.store import changes, verify
from workbench.store.drafts import DraftText
from workbench.store.ids import random_id, to_bytes

CEM = Analyst("C" * 25 + "A", "Cem")


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Project, Project]:
    """Anna's project and Ben's copy of it."""
    with new_project(tmp_path) as made:
        made.create_note("Shared", "Both know this.\n\nAnd that.\n")
        on(made, "pumps failed", "risk", comment="At night?")
    path = Path(shutil.copy(tmp_path / "p.db", tmp_path / "ben.db"))
    return Project.open(tmp_path / "p.db", analyst=ANNA), Project.open(path, analyst=BEN)


def test_work_of_both_stands_side_by_side_with_its_authors(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    on(anna, "Crews came late", "Delay")
    on(ben, "Crews came late", "delay", "crew", comment="How late?")
    report = anna.merge(ben.path)
    assert report.same_project and not report.disputes and not report.refused and report.backup
    (contribution,) = report.by_analyst
    assert contribution.name == "Ben"
    assert {kind: n for kind, n in contribution.new.items() if n} == {"tag": 1, "tagging": 2, "comment": 1}
    (passage,) = [one for one in anna.passages() if one.quote == "Crews came late"]
    assert names(passage) in (["Delay", "crew"], ["delay", "crew"])
    assert {one.name for one in passage.analysts} == {"Anna", "Ben"}
    assert tables(anna) == rebuilt(anna)


def test_what_is_known_already_changes_nothing_and_makes_no_backup(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    ben.create_tag("new")
    assert anna.merge(ben.path).backup
    before = anna.path.read_bytes()
    report = anna.merge(ben.path)
    assert not report.is_news and report.backup is None and anna.path.read_bytes() == before
    assert len(anna.backups()) == 1


def test_a_preview_tells_and_changes_nothing(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    note = ben.notes()[0].id
    ben.edit_note(note, title="Shared", body="Ben's")
    anna.edit_note(note, title="Shared", body="Anna's")
    before = anna.path.read_bytes()
    report = anna.preview_merge(ben.path)
    assert [(one.kind, one.field, one.label) for one in report.disputes] == [("note", "body", "Shared")]
    assert report.backup is None and anna.path.read_bytes() == before and not anna.conflicts()
    merged = anna.merge(ben.path)
    assert merged.disputes == report.disputes and merged.by_analyst == report.by_analyst


def test_two_edits_of_a_note_stand_both_until_somebody_decides(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    note = anna.notes()[0].id
    ben.edit_note(note, title="Shared", body="Both know this.\n\nBen was here.\n")
    anna.edit_note(note, title="Shared", body="Anna was here.\n\nAnd that.\n")
    anna.merge(ben.path)
    (conflict,) = anna.conflicts()
    assert conflict.base == "Both know this.\n\nAnd that.\n" and note in anna.disputed()
    said = {version.analyst.name: version.text for version in conflict.versions}
    assert said["Anna"].startswith("Anna was") and "Ben was here." in said["Ben"]
    assert conflict.versions[-1].shown and conflict.versions[-1].text == anna.notes()[0].body
    anna.resolve("note", note, "body", "Anna and Ben were here.\n", seen=conflict.seen)
    assert not anna.conflicts() and anna.notes()[0].body == "Anna and Ben were here.\n"
    ben.merge(anna.path)
    assert not ben.conflicts() and tables(ben) == tables(anna)
    anna.undo()
    (again,) = anna.conflicts()
    assert {version.analyst.name: version.text for version in again.versions} == said
    assert again.base == conflict.base
    anna.redo()
    assert not anna.conflicts() and anna.notes()[0].body == "Anna and Ben were here.\n"
    assert tables(anna) == rebuilt(anna)


def test_the_base_is_what_both_came_from_however_often_each_edited(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    note = anna.notes()[0].id
    for text in ("first", "second", "third"):
        anna.edit_note(note, title="Shared", body=text)
    ben.edit_note(note, title="Shared", body="Ben's")
    anna.merge(ben.path)
    assert [one.base for one in anna.conflicts()] == ["Both know this.\n\nAnd that.\n"]


def test_ordinary_work_decides_nothing(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    note, article = anna.notes()[0].id, anna.articles()[0].id
    for project, word in ((anna, "Anna"), (ben, "Ben")):
        project.edit_note(note, title="Shared", body=f"{word}'s hour of work")
        project.edit_article(article, {"comment": f"{word}'s view"})
    anna.merge(ben.path)
    anna.cite(note, article, 0, 5)
    anna.edit_note(note, title="Shared", body="typed since")
    seen = anna.sight(note)
    anna.finish_draft(DraftText("note", note, "Shared", "typed in the editor", seen))
    anna.edit_article(article, {"comment": "a third view"})
    fields = {one.field: {version.text for version in one.versions} for one in anna.conflicts()}
    assert fields.keys() == {"body", "comment"}
    assert all(any("'s " in text for text in texts) and len(texts) == 2 for texts in fields.values())
    assert "typed in the editor" in fields["body"] and "a third view" in fields["comment"]
    ben.merge(anna.path)
    assert tables(ben) == tables(anna) == rebuilt(anna)


def test_a_version_that_came_in_since_is_not_decided(copies: tuple[Project, Project], tmp_path: Path) -> None:
    anna, ben = copies
    third = Project.open(shutil.copy(ben.path, tmp_path / "cem.db"), analyst=CEM)
    note = anna.notes()[0].id
    for project, word in ((anna, "Anna"), (ben, "Ben"), (third, "Cem")):
        project.edit_note(note, title="Shared", body=f"{word}'s")
    anna.merge(ben.path)
    (conflict,) = anna.conflicts()
    anna.merge(third.path)
    anna.resolve("note", note, "body", "Anna's and Ben's", seen=conflict.seen)
    (left,) = anna.conflicts()
    assert {version.text for version in left.versions} == {"Anna's and Ben's", "Cem's"}


def test_work_on_what_is_contested_decides_nothing(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    note = anna.notes()[0].id
    anna.delete_note(note)
    ben.edit_note(note, title="Shared", body="still needed")
    anna.merge(ben.path)
    anna.edit_note(note, title="Shared", body="indeed")
    assert [(one.kind, one.thing) for one in anna.contested()] == [("note", note)]
    anna.decide("note", note, keep=True)
    assert not anna.contested() and anna.notes()[0].body == "indeed"
    assert tables(anna) == rebuilt(anna)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("kind", ["note", "article", "passage"])
def test_an_undone_decision_on_a_deletion_is_open_again(
    copies: tuple[Project, Project], kind: str, keep: bool
) -> None:
    anna, ben = copies
    note, passage = anna.notes()[0].id, anna.passages()[0]
    thing = {"note": note, "article": passage.article, "passage": passage.id}[kind]
    getattr(anna, f"delete_{kind}")(thing)
    ben.edit_note(note, title="Shared", body="still needed")
    ben.annotate_range(passage.article, passage.start, passage.end, tags=["kept"], comment="mine")
    anna.merge(ben.path)
    before = [(one.kind, one.thing) for one in anna.contested()]
    assert before == [(kind, thing)]
    anna.decide(kind, thing, keep=keep)
    assert not anna.contested()
    for _ in range(2):
        anna.undo()
        assert [(one.kind, one.thing) for one in anna.contested()] == before
        anna.redo()
        assert not anna.contested()
    anna.undo()
    ben.merge(anna.path)
    assert tables(ben) == tables(anna) == rebuilt(anna)


def test_an_undone_decision_is_open_again(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    article = anna.articles()[0].id
    anna.edit_article(article, {"title": "Anna's title"})
    ben.edit_article(article, {"title": "Ben's title"})
    anna.merge(ben.path)
    anna.resolve("article", article, "title", "Neither", seen=anna.conflicts()[0].seen)
    anna.undo()
    (conflict,) = anna.conflicts()
    assert {version.value for version in conflict.versions} == {"Anna's title", "Ben's title"}
    ben.merge(anna.path)
    assert tables(ben) == tables(anna) and len(ben.conflicts()) == 1


def test_equal_edits_and_what_the_program_proposed_are_no_conflict(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    article = anna.articles()[0].id
    for project in copies:
        project.edit_article(article, {"publisher": "Harbour Post"})
    anna.merge(ben.path)
    assert not anna.conflicts()


def test_the_same_text_imported_twice_keeps_what_an_analyst_set(tmp_path: Path) -> None:
    text = "Pumps fail at night\n\nBy Anna Smith\n\n12 September 2023\n\nThe pumps failed.\n"
    projects = []
    for number, who in enumerate((ANNA, BEN)):
        source = tmp_path / f"{number}" / f"pumps{number}.txt"
        source.parent.mkdir()
        source.write_text(text, encoding="utf-8")
        project = Project.open(source.parent / "p.db", create=True, analyst=who)
        project.import_paths([source])
        projects.append(project)
    anna, ben = projects
    anna.edit_article(anna.articles()[0].id, {"title": "The night the pumps failed"})
    report = ben.merge(anna.path)
    assert not report.same_project and not ben.conflicts()
    (article,) = ben.articles()
    assert article.title == "The night the pumps failed" and "title" not in article.proposed
    anna.merge(ben.path)
    assert [one.title for one in anna.articles()] == [article.title]
    assert anna.title == ben.title == "p"


def test_a_deletion_that_had_not_seen_the_work_of_another_is_contested(
    copies: tuple[Project, Project],
) -> None:
    anna, ben = copies
    article = anna.article("one.txt").id
    anna.delete_article(article)
    on(ben, "Nobody heard", "silence")
    report = anna.merge(ben.path)
    assert [(one.kind, one.field) for one in report.disputes] == [("article", None)]
    assert article in {one.id for one in anna.articles()}
    (claim,) = anna.contested()
    assert (claim.kind, claim.thing) == ("article", article) and claim.deleted[0][0].name == "Anna"
    anna.decide("article", article, keep=False)
    assert article not in {one.id for one in anna.articles()} and not anna.contested()
    ben.merge(anna.path)
    assert article not in {one.id for one in ben.articles()}
    assert tables(ben) == rebuilt(ben) == tables(anna)


def test_a_contested_thing_may_stay(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    passage = anna.passages()[0]
    anna.delete_passage(passage.id)
    ben.annotate_range(passage.article, passage.start, passage.end, tags=["kept"])
    anna.merge(ben.path)
    anna.decide("passage", passage.id, keep=True)
    assert not anna.contested() and names(anna.passages()[0]) == ["risk", "kept"]
    ben.merge(anna.path)
    assert not ben.contested() and tables(ben) == tables(anna)


def test_a_deletion_the_other_had_seen_stays_a_deletion(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    anna.delete_article(anna.article("one.txt").id)
    ben.merge(anna.path)
    on(ben, "An alarm was heard", "alarm")
    anna.merge(ben.path)
    assert not anna.contested() and [one.file for one in anna.articles()] == ["two.txt"]


def test_tags_that_came_to_go_by_one_name_are_shown_as_one(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    on(anna, "Crews came late", "delay")
    anna.rename_tag(anna.tag("delay").id, "lateness")
    on(ben, "Nobody heard", "Lateness")
    anna.merge(ben.path)
    assert [tag.name for tag in anna.tags() if tag.name.casefold() == "lateness"] in (
        ["lateness"],
        ["Lateness"],
    )
    assert len(anna.passages(tag=anna.tag("lateness").id)) == 2
    assert tables(anna) == rebuilt(anna)


def test_a_damaged_change_stays_out_with_its_whole_step(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    on(ben, "Crews came late", "delay", comment="How late?")
    on(ben, "Nobody heard", "silence")
    _spoil(ben, "comment")
    report = anna.merge(ben.path)
    assert any(one.why == "has a content that is not what its hash says" for one in report.refused)
    assert any("same step" in one.why for one in report.refused)
    assert {tag.name for tag in anna.tags()} == {"risk", "silence"}
    assert tables(anna) == rebuilt(anna)


def test_impossible_lamport_times_are_refused(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    forged = changes.make(
        "tag",
        random_id(),
        {"alive": True, "name": "late"},
        analyst=BEN.id,
        lamport=2**40,
        wall=0,
        supersedes=(),
    )
    with ben._store.writing():
        changes.append(ben._store.conn, [forged])
    report = anna.merge(ben.path)
    assert [one.why for one in report.refused] == [f"has an impossible Lamport time ({2**40})"]
    anna.create_tag("still writable")


def test_kinds_and_fields_of_a_later_version_are_kept_and_passed_on(
    copies: tuple[Project, Project], tmp_path: Path
) -> None:
    anna, ben = copies
    claim = random_id()
    later = [
        changes.make(kind, thing, setting, analyst=BEN.id, lamport=90, wall=5, supersedes=())
        for kind, thing, setting in (
            ("claim", claim, {"alive": True, "words": "It was the pumps"}),
            ("note", anna.notes()[0].id, {"mood": "grim"}),
        )
    ]
    with ben._store.writing():
        changes.append(ben._store.conn, later)
    anna.merge(ben.path)
    third = Project.open(tmp_path / "third.db", create=True, analyst=ANNA)
    third.merge(anna.path)
    kept = {row.id: row for row in verify.stored(third._store.conn)}
    assert all(one.name in kept and kept[one.name].body == one.body for one in later)
    assert tables(third) == rebuilt(third)


def test_one_id_used_by_two_kinds_does_no_harm(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    passage = anna.passages()[0].id
    forged = changes.make(
        "tag", passage, {"alive": True, "name": "x"}, analyst=BEN.id, lamport=1, wall=0, supersedes=()
    )
    with ben._store.writing():
        changes.append(ben._store.conn, [forged])
    anna.merge(ben.path)
    assert anna.passages()[0].id == passage and "x" in {tag.name for tag in anna.tags()}
    assert tables(anna) == rebuilt(anna)


def test_withheld_contents_are_filled_in_by_a_merge(copies: tuple[Project, Project], tmp_path: Path) -> None:
    anna, _ = copies
    anna.send_copy(tmp_path / "sent.db", withhold=["comments", "notes"])
    with Project.open(tmp_path / "sent.db", analyst=BEN) as sent:
        assert not sent.notes() and not sent.passages()[0].comments and not sent.contested()
        on(sent, "Nobody heard", "silence")
        report = sent.merge(anna.path)
        assert report.filled and sent.notes()[0].body.startswith("Both know")
        assert sent.passages()[-1].comments or sent.passages()[0].comments
        assert tables(sent) == rebuilt(sent)
        anna.merge(sent.path)
        assert tables(anna) == tables(sent)


def test_undo_leaves_alone_what_a_copy_does_not_hold(copies: tuple[Project, Project], tmp_path: Path) -> None:
    anna, _ = copies
    anna.edit_note(anna.notes()[0].id, title="Shared", body="Second version")
    anna.send_copy(tmp_path / "sent.db", withhold=["superseded"])
    with Project.open(tmp_path / "sent.db", analyst=ANNA) as sent:
        undone = sent.undo()
        assert undone and undone.skipped and sent.notes()[0].body == "Second version"


def test_a_file_of_an_earlier_format_is_merged_and_stays_as_it_is(
    copies: tuple[Project, Project], tmp_path: Path
) -> None:
    anna, _ = copies
    old = Path(shutil.copy(sample.STORED[0], tmp_path / "old.db"))
    before = old.read_bytes()
    report = anna.merge(old)
    assert not report.same_project and {tag.name for tag in anna.tags()} >= {"cause/power", "risk"}
    assert old.read_bytes() == before and tables(anna) == rebuilt(anna)


def test_what_is_no_project_or_the_project_itself_is_refused(
    copies: tuple[Project, Project], tmp_path: Path
) -> None:
    anna, _ = copies
    with pytest.raises(ProjectFileError, match="itself"):
        anna.merge(anna.path)
    with pytest.raises(ProjectFileError, match="no file"):
        anna.merge(tmp_path / "nothing.db")
    (tmp_path / "text.db").write_text("words", encoding="utf-8")
    with pytest.raises(ProjectFileError, match="not a workbench project"):
        anna.merge(tmp_path / "text.db")


def test_a_text_that_is_not_what_its_hash_says_stays_out(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    with ben._store.writing():
        ben._store.conn.execute("INSERT INTO text VALUES (?, 'forged')", (to_bytes(random_id()),))
    report = anna.merge(ben.path)
    assert [one.what[:6] for one in report.refused] == ["a text"] and not report.is_news


def test_an_edit_begun_before_another_window_wrote_stands_beside_its_version(tmp_path: Path) -> None:
    with new_project(tmp_path) as one, Project.open(tmp_path / "p.db", analyst=BEN) as other:
        note = one.create_note("Shared", "start")
        seen = one.sight(note)
        other.edit_note(note, title="Shared", body="from the other window")
        assert one.finish_draft(DraftText("note", note, "Shared", "from this one", seen))
        (conflict,) = one.conflicts()
        assert {version.text for version in conflict.versions} == {"from this one", "from the other window"}
        assert conflict.base == "start"


def test_a_form_filled_in_while_another_window_wrote_replaces_nothing(tmp_path: Path) -> None:
    with new_project(tmp_path) as one, Project.open(tmp_path / "p.db", analyst=BEN) as other:
        article = one.articles()[0].id
        one.edit_article(article, {"comment": "first", "author": "A. Smith"})
        seen = one.sight(article)
        other.edit_article(article, {"comment": "from the other window", "author": "B. Jones"})
        one.edit_article(article, {"comment": "from the form"}, seen=seen)
        (conflict,) = one.conflicts()
        assert {version.text for version in conflict.versions} == {"from the form", "from the other window"}
        assert one.article(article).author == "B. Jones"


def test_an_editor_that_was_left_as_it_was_takes_nothing_back(tmp_path: Path) -> None:
    with new_project(tmp_path) as one, Project.open(tmp_path / "p.db", analyst=BEN) as other:
        note = one.create_note("Shared", "start")
        seen = one.sight(note)
        other.edit_note(note, title="Renamed", body="newer")
        assert not one.finish_draft(DraftText("note", note, "Shared", "start", seen))
        assert [(one.title, one.body) for one in one.notes()] == [("Renamed", "newer")]


def test_news_from_another_program_is_told_once_and_one_s_own_never(tmp_path: Path) -> None:
    with new_project(tmp_path) as one, Project.open(tmp_path / "p.db", analyst=BEN) as other:
        one.create_tag("mine")
        assert one.look_for_news() is None
        on(other, "Nobody heard", "silence")
        one.create_tag("mine too")
        news = one.look_for_news()
        assert news and news.steps == 1 and [who.name for who in news.analysts] == ["Ben"]
        assert "silence" in news.words and one.look_for_news() is None
        assert [tag.name for tag in one.passages()[0].tags] == ["silence"]
        assert one.search("Nobody heard", scope=frozenset({"quote"})).hits


def _spoil(project: Project, kind: str) -> None:
    """Changes the payload of the last change of a kind behind the triggers' back."""
    path = project.path
    conn = sqlite3.connect(path, isolation_level=None)
    (sql,) = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'payload_no_update'").fetchone()
    conn.execute("DROP TRIGGER payload_no_update")
    conn.execute(
        "UPDATE payload SET body = replace(body, 'late', 'LATE') WHERE change ="
        " (SELECT max(seq) FROM change WHERE kind = ?)",
        (kind,),
    )
    conn.execute(sql)
    conn.close()


def test_a_text_that_a_copy_lacks_comes_with_an_edit_of_its_article(copies: tuple[Project, Project]) -> None:
    anna, ben = copies
    article = anna.article("one.txt").id
    ben.edit_article(article, {"title": "One"})
    anna.close()
    conn = sqlite3.connect(anna.path, isolation_level=None)
    (trigger,) = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'text_no_delete'").fetchone()
    conn.execute("DROP TRIGGER text_no_delete")
    conn.execute("DELETE FROM text WHERE body LIKE 'The pumps failed%'")
    conn.execute(trigger)
    conn.execute("UPDATE article SET opening = '', words = 0, chars = 0 WHERE id = ?", (article,))
    conn.close()
    with Project.open(anna.path, analyst=ANNA) as again:
        assert again.text(article) == ""
        again.merge(ben.path)
        assert again.text(article).startswith("The pumps failed")
        assert tables(again) == rebuilt(again)
