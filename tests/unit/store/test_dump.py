"""The log as lines and back: the same changes, the same tables, and no line taken on trust."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data import sample
from tests.unit.store.damage_tools import content, edit
from tests.unit.store.project_tools import ANNA, BEN, tables
from workbench import Project
from workbench.errors import InputError, ProjectFileError
from workbench.store.checking import check
from workbench.store.dump import dump, rebuild

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
ACTIONS = st.sampled_from(["import", "tag", "comment", "note", "delete", "undo", "title"])


def lines(path: Path) -> list[bytes]:
    """The dump of a project."""
    return [f"{line}\n".encode("ascii") for line in dump(path)]


def same_tables(first: Path, second: Path) -> bool:
    with Project.open(first, analyst=BEN) as one, Project.open(second, analyst=BEN) as other:
        return tables(one) == tables(other)


@pytest.mark.parametrize("stored", sample.STORED, ids=lambda path: path.stem)
def test_a_dump_makes_the_same_project_again(stored: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(stored, tmp_path / "p.db"))
    assert rebuild(lines(path), tmp_path / "new.db") == sample.CHANGES[stored.stem]
    assert check(tmp_path / "new.db").well
    assert content(tmp_path / "new.db") == content(path) and same_tables(path, tmp_path / "new.db")
    assert lines(tmp_path / "new.db") == lines(path)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(ACTIONS, WORDS), max_size=12))
def test_any_project_comes_back(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.open(folder / "p.db", create=True, analyst=ANNA) as project:
            for step in steps:
                _act(project, folder, *step)
        rebuild(lines(folder / "p.db"), folder / "new.db")
        assert lines(folder / "new.db") == lines(folder / "p.db")
        assert content(folder / "new.db") == content(folder / "p.db")
        assert same_tables(folder / "p.db", folder / "new.db")


def _act(project: Project, folder: Path, action: str, words: str) -> None:
    """One thing somebody does; what the workbench refuses is left."""
    articles, passages = project.articles(), project.passages()
    try:
        if action == "import":
            (folder / "a.txt").write_bytes(f"Some words {words}".encode())
            project.import_paths([folder / "a.txt"])
        elif action == "note":
            project.create_note(words, words)
        elif action == "title":
            project.set_title(words)
        elif action == "undo":
            project.undo()
        elif action == "delete" and passages:
            project.delete_passage(passages[0].id)
        elif articles and action in ("tag", "comment"):
            tags, comment = ([words], None) if action == "tag" else ([], words)
            project.annotate_range(articles[0].id, 0, 4, tags=tags, comment=comment)
    except InputError:
        pass


def test_what_is_withheld_is_marked_and_stays_withheld(tmp_path: Path) -> None:
    path = Path(shutil.copy(sample.PATH, tmp_path / "p.db"))
    with Project.open(path, analyst=ANNA) as project:
        project.send_copy(tmp_path / "sent.db", withhold=("comments",))
    held = [json.loads(line) for line in lines(tmp_path / "sent.db")]
    assert any(line["payload"] is None for line in held if line["type"] == "change")
    rebuild(lines(tmp_path / "sent.db"), tmp_path / "new.db")
    assert check(tmp_path / "new.db").well
    assert content(tmp_path / "new.db") == content(tmp_path / "sent.db")


def test_lines_are_ascii_and_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.db", create=True, analyst=ANNA) as project:
        project.create_note("\x1b]52;c;x\x07", "\u202e\x9b2J\x7f")
    for line in dump(tmp_path / "p.db"):
        assert line.isascii() and line.isprintable()


@pytest.mark.parametrize(
    ("number", "old", "new", "words"),
    [
        (1, '"dump":1', '"dump":2', "line 1 begins a dump of a kind"),
        (1, "project", "projekt", "line 1 does not begin"),
        (1, '"least_write":2', '"least_write":"2"', "line 1 does not say which format"),
        (2, "pumps", "pvmps", "line 2 holds a text that is not what its hash says"),
        (2, '"body"', '"bodi"', "line 2 lacks something"),
        (2, "{", "", "line 2 is not JSON"),
        (6, '"change"', '"chance"', "line 6 is neither"),
        (9, '"lamport":', '"lamport":1', "line 9 holds a change that is not what its hash says"),
        (9, '"payload":{', '"payload":{"salt":"x","was":', "line 9 "),
        (9, "[true", "[null", "line 9 holds a change that has a content"),
        (9, '"fields":', '"fields":5,"was":', "line 9 lacks something"),
        (45, '{"type"', '[{"type"', "line 45 is not JSON"),
        (46, "45", "44", "line 46 says that 44 lines"),
    ],
)
def test_a_bad_line_refuses_the_whole_dump(
    tmp_path: Path, number: int, old: str, new: str, words: str
) -> None:
    given = [line.decode() for line in lines(sample.PATH)]
    assert old in given[number - 1]
    given[number - 1] = given[number - 1].replace(old, new, 1)
    _refused(tmp_path, [line.encode() for line in given], words)


def test_lines_that_are_missing_or_too_many_refuse_the_dump(tmp_path: Path) -> None:
    given = lines(sample.PATH)
    _refused(tmp_path, [], "line 1 is missing")
    _refused(tmp_path, given[:-1], "line 46 is missing")
    _refused(tmp_path, given[:8] + given[9:], "line 45 says that 45 lines")
    _refused(tmp_path, [*given[:8], given[7], *given[8:]], "line 9 says what an earlier line says")
    _refused(tmp_path, [*given, given[3]], "line 47 comes after the end")
    _refused(tmp_path, [given[0], b"\xff\n"], "line 2 is not JSON")
    _refused(tmp_path, [b"[" * 100_000], "line 1 is not JSON")


def _refused(folder: Path, given: list[bytes], words: str) -> None:
    """The dump is refused with these words and leaves nothing behind."""
    with pytest.raises(InputError) as caught:
        rebuild(given, folder / "new.db")
    assert words in str(caught.value) and str(caught.value).endswith("nothing was written")
    assert list(folder.iterdir()) == []


def test_a_rebuild_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "new.db").write_text("mine")
    with pytest.raises(InputError, match="there already"):
        rebuild(lines(sample.PATH), tmp_path / "new.db")
    assert (tmp_path / "new.db").read_text() == "mine"


def test_a_damaged_log_is_not_dumped_to_its_end(tmp_path: Path) -> None:
    path = Path(shutil.copy(sample.PATH, tmp_path / "p.db"))
    path.write_bytes(path.read_bytes().replace(b'["At night?"', b'["At dawn??"'))
    with pytest.raises(ProjectFileError, match=r"change [0-9]+ has a content"):
        lines(path)
    edit(path, "CREATE VIEW spy AS SELECT 1")
    with pytest.raises(ProjectFileError, match="no workbench put there"):
        lines(path)
