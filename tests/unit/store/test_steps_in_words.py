"""The history: who did what when, in words, by page, person, article and thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, BEN, new_project, on, place
from workbench import Project
from workbench.store.undo import StepName


def words(project: Project, **wanted: object) -> list[str]:
    return [step.words for step in project.history(**wanted)]  # type: ignore[arg-type]


def test_every_deed_has_its_words(project: Project) -> None:
    one = place(project, "one.txt")
    alarm = on(project, "alarm", "risk")
    on(project, "night", comment="dark")
    comment = project.passages(article=one)[0].comments[0].id
    project.edit_comment(comment, "darker")
    project.delete_comment(comment)
    project.create_tag("pump")
    pump = project.tag("pump").id
    project.rename_tag(pump, "pumps")
    project.change_tag(pump, description="machines")
    project.merge_tags(pump, project.tag("risk").id)
    note = project.create_note("Log", "words")
    project.rename_note(note, "Diary")
    project.edit_note(note, title="Diary", body="more words")
    project.cite(note, one, 0, 9)
    project.delete_note(note)
    project.edit_article(one, {"title": "Night"})
    project.edit_article(one, {"author": "A. Smith", "grade": "B"})
    project.remove_tag(alarm, project.tag("risk").id)
    project.delete_article(one)
    project.set_title("Pumps")
    assert words(project)[::-1] == [
        "Made the project “p”",
        "Imported 2 articles",
        "Tagged “alarm” with risk",
        "Commented on “night”",
        "Edited a comment on “night”",
        "Deleted a comment on “night”",
        "Created the tag pumps",
        "Renamed the tag pump to pumps",
        "Described the tag pumps",
        "Merged the tag pumps into risk",
        "Wrote the note “Diary”",
        "Renamed the note “Log” to “Diary”",
        "Edited the note “Diary”",
        "Put “The pumps” into the note “Diary”",
        "Deleted the note “Diary”",
        "Edited the title of “Night”",
        "Edited the details of “Night”",
        "Removed risk from “alarm”",
        "Deleted “Night”",
        "Titled the project “Pumps”",
    ]


def test_several_passages_tagged_at_once(project: Project) -> None:
    one, two = place(project, "one.txt"), place(project, "two.txt")
    project.annotate_ranges([(one, 0, 9), (two, 0, 8), (two, 9, 18)], ["supply"])
    project.annotate_ranges([(one, 10, 16), (two, 20, 24)], ["supply", "cost"])
    project.annotate_lines(
        f'{{"article": "{article}", "start": 30, "end": 35, "tags": ["{tag}"]}}'
        for article, tag in [(one, "supply"), (two, "cost")]
    )
    assert words(project)[:3] == [
        "Applied 2 tags",
        "Tagged 2 passages with cost, supply",
        "Tagged 3 passages with supply",
    ]
    project.undo()
    project.undo()
    undone = project.undo()
    assert undone is not None and undone.label == "Tagged 3 passages with supply"
    assert words(project)[0] == "Took back: Tagged 3 passages with supply"


def test_what_was_taken_back_done_again_and_restored(project: Project) -> None:
    note = project.create_note("Log")
    project.delete_note(note)
    project.undo()
    project.redo()
    project.restore("note", note)
    found = project.history()[:5]
    assert [step.words for step in found] == [
        "Restored the note “Log”",
        "Did again: Deleted the note “Log”",
        "Took back: Deleted the note “Log”",
        "Deleted the note “Log”",
        "Wrote the note “Log”",
    ]
    assert [step.reverts for step in found] == [None, found[2].name, found[3].name, None, None]
    assert [step.reverted for step in found] == [False, False, True, True, False]
    assert [step.stands for step in found] == [True, False, False, False, True]


def test_a_step_done_again_stands_and_one_written_over_does_not(project: Project) -> None:
    project.set_title("First")
    project.set_title("Second")
    project.undo()
    project.redo()
    again, back, second, first = project.history()[:4]
    assert [step.stands for step in (again, second)] == [True, True]
    assert [step.stands for step in (back, first)] == [False, False]


def test_steps_by_person_article_and_thing(tmp_path: Path) -> None:
    with new_project(tmp_path) as anna:
        alarm = on(anna, "alarm", "risk")
        on(anna, "operator", "risk", "who")
        note = anna.cite(None, place(anna, "one.txt"), 0, 9, title="Log")
    with Project.open(tmp_path / "p.db", analyst=BEN) as ben:
        on(ben, "alarm", comment="I agree")
        assert words(ben, analyst=BEN.id) == ["Commented on “alarm”"]
        assert len(words(ben, analyst=ANNA.id)) == 5
        one = ben.passage(alarm).article
        assert words(ben, article=one) == [
            "Commented on “alarm”",
            "Put “The pumps” into the note “Log”",
            "Tagged “alarm” with risk",
            "Imported 2 articles",
        ]
        assert words(ben, article=one, analyst=BEN.id) == ["Commented on “alarm”"]
        assert words(ben, thing=("passage", alarm)) == ["Commented on “alarm”", "Tagged “alarm” with risk"]
        assert words(ben, thing=("note", note)) == ["Put “The pumps” into the note “Log”"]
        assert words(ben, thing=("tag", ben.tag("who").id)) == ["Tagged “operator” with risk, who"]
        step = ben.history(limit=1)[0]
        assert (step.analyst, step.article, step.kind, step.changes) == (BEN, one, "comment", 1)


def test_pages_join_without_gap_or_overlap(project: Project) -> None:
    for number in range(7):
        project.set_title(f"Title {number}")
    whole = [step.name for step in project.history()]
    pages: list[StepName] = []
    while page := project.history(before=pages[-1] if pages else None, limit=2):
        assert len(page) <= 2
        pages += [step.name for step in page]
    assert pages == whole and whole == sorted(whole, reverse=True)
    one = place(project, "one.txt")
    assert project.history(article=one, before=whole[-2]) == []


def test_a_new_name_is_told_with_the_step_it_came_with(project: Project) -> None:
    project.rename_analyst("Anna Weiss")
    project.create_tag("risk")
    found = project.history()
    assert found[0].words == "Created the tag risk, as Anna Weiss from here on"
    assert {step.analyst.name for step in found} == {"Anna Weiss"}


def test_settled_versions_are_told(tmp_path: Path) -> None:
    with new_project(tmp_path) as anna:
        note = anna.create_note("Log")
    (tmp_path / "b.db").write_bytes((tmp_path / "p.db").read_bytes())
    with Project.open(tmp_path / "b.db", analyst=BEN) as ben:
        ben.edit_note(note, title="Log", body="Ben's")
    with Project.open(tmp_path / "p.db", analyst=ANNA) as anna:
        anna.edit_note(note, title="Log", body="Anna's")
        anna.merge(tmp_path / "b.db")
        anna.resolve("note", note, "body", "Both", seen=anna.conflicts()[0].seen)
        assert words(anna)[0] == "Settled 2 versions of the note “Log”"
        assert {step.analyst.name for step in anna.history()[:3]} == {"Anna", "Ben"}


def test_withheld_and_unknown_steps_are_told_decently(tmp_path: Path) -> None:
    with new_project(tmp_path) as project:
        on(project, "alarm", "risk", comment="psst")
        project.create_note("Secret")
        project.delete_note(project.note("Secret").id)
        project.undo()
        project.rename_search(project.save_search("Secret", "psst"), "More secret")
        conn = project._store.conn
        conn.execute("DROP TRIGGER payload_no_delete")
        conn.execute("DELETE FROM payload")
        conn.execute(
            "INSERT INTO change SELECT 10000, randomblob(16), 'claim', thing, 'alive', analyst, 900,"
            " 4102444800000, x'', x'' FROM change WHERE kind = 'note' LIMIT 1"
        )
        from workbench.store import derive

        with project._store.writing():
            derive.rebuild(conn)
        found = project.history()
        assert found[0].words == "Changed something this version does not know"
        assert any("(withheld)" in step.words for step in found)
        assert {step.analyst.name for step in found} == {"(name withheld)"}
        assert all(project.step_details(step.name) is not None for step in found)
        assert any(field.after == "(withheld)" for field in project.step_details(found[-2].name))


def test_a_forged_circle_of_taken_back_steps_ends(project: Project) -> None:
    project.set_title("One")
    project.undo()
    with project._store.step() as step:
        step.set("step", step.analyst, reverts={"lamport": step.lamport, "wall": step.wall}, redo=False)
    with project._store.step() as step:
        step.set("step", step.analyst, reverts={"lamport": "x"}, redo=False)
        step.set("step", "B" * 25 + "A", sets_back=[1], redo=None)
    assert len(project.history()) == 6 and project.undo() is not None


def test_details_tell_old_and_new(project: Project) -> None:
    one = place(project, "one.txt")
    project.edit_article(one, {"title": "Night", "author": "A. Smith"})
    project.edit_article(one, {"title": "Day"})
    (field,) = project.step_details(project.history(limit=1)[0].name)
    assert (field.about, field.field, field.before, field.after) == ("article Day", "title", "Night", "Day")
    on(project, "alarm", "risk")
    told = project.step_details(project.history(limit=1)[0].name)
    assert [(one.about, one.field, one.before, one.after) for one in told] == [
        ("passage alarm", "", "", "there"),
        ("passage alarm", "article", "", "Day"),
        ("tag risk", "", "", "there"),
        ("tag risk on alarm", "", "", "there"),
    ]
    note = project.create_note("Log", "First words")
    project.edit_note(note, title="Log", body="Second words")
    (field,) = project.step_details(project.history(limit=1)[0].name)
    assert (field.field, field.before, field.after) == ("text", "First words", "Second words")
    project.delete_note(note)
    (field,) = project.step_details(project.history(limit=1)[0].name)
    assert (field.field, field.before, field.after) == ("", "there", "deleted")


@pytest.mark.parametrize("kind", ["article", "tag", "note"])
def test_the_history_of_nothing_is_empty(project: Project, kind: str) -> None:
    assert project.history(thing=(kind, "C" * 25 + "A")) == []


def test_history_is_told_by_time_page_by_page(tmp_path: Path) -> None:
    with new_project(tmp_path) as anna:
        (tmp_path / "b.db").write_bytes((tmp_path / "p.db").read_bytes())
        with Project.open(tmp_path / "b.db", analyst=BEN) as ben:
            for number in range(4):
                anna.create_tag(f"anna {number}")
                if number % 2:
                    ben.create_tag(f"ben {number}")
        anna.merge(tmp_path / "b.db")
        whole = anna.history()
        assert [step.when for step in whole] == sorted((step.when for step in whole), reverse=True)
        paged, before = [], None
        while page := anna.history(before=before, limit=2):
            paged, before = [*paged, *page], page[-1].name
        assert paged == whole and len(whole) == 8
