"""The command line as scripts use it: words, JSON, exit codes, one sentence for every error."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.conftest import Run
from workbench.resources import resource
from workbench.search.query import OPERATORS

BLOG = "001_7f647e3ecafc4dc6.txt"


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    """A project of the five sample articles."""
    path = tmp_path / "p.db"
    assert run("import", path, resource("seeds")).code == 0
    return path


def test_import_says_what_went_in_and_what_was_here(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("One short text about pumps.\n")
    (tmp_path / "bad.txt").write_bytes(b"a\0b")
    outcome = run(
        "import", project, tmp_path / "new.txt", resource("seeds") / BLOG, tmp_path / "bad.txt", "--json"
    )
    said = outcome.json
    assert outcome.code == 1
    assert [one["file"] for one in said["added"]] == ["new.txt"]
    assert [one["file"] for one in said["already_here"]] == [BLOG]
    assert [one["file"] for one in said["failed"]] == ["bad.txt"] and "NUL" in said["failed"][0]["reason"]


def test_a_duplicate_is_no_failure(run: Run, project: Path) -> None:
    outcome = run("import", project, resource("seeds"), "--json")
    assert outcome.code == 0 and len(outcome.json["already_here"]) == 5 and outcome.json["added"] == []


def test_an_import_of_nothing_leaves_no_project(run: Run, tmp_path: Path) -> None:
    outcome = run("import", tmp_path / "new.db", tmp_path / "missing.txt")
    assert outcome.code == 1 and "missing.txt" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_articles_lists_what_scripts_need(run: Run, project: Path) -> None:
    listed = run("articles", project, "--json").json
    assert [one["file"][:3] for one in listed] == ["000", "001", "002", "003", "004"]
    assert set(listed[0]) == {"id", "title", "file", "publisher", "author", "published", "words", "passages"}
    assert listed[0]["title"] is None and listed[3]["title"] is None
    assert listed[2]["author"] == "Jonathan Stromseth" and listed[2]["published"] == "2023-09-18"
    assert listed[1]["words"] == 1104 and listed[1]["passages"] == 0


def test_piped_output_has_no_colours(run: Run, project: Path) -> None:
    for arguments in (("articles", project), ("search", project, "patrols"), ("export", project)):
        assert "\x1b" not in run(*arguments).out


def test_search_answers_each_line_of_standard_input(run: Run, project: Path) -> None:
    outcome = run("search", project, "-", "--json", "--limit", "3", stdin="jake sulivan\n\nHuawei\n")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [answer["query"] for answer in answers] == ["jake sulivan", "", "Huawei"]
    first = answers[0]["hits"][0]
    text = (resource("seeds") / first["file"]).read_text(encoding="utf-8")
    assert text[first["start"] : first["end"]] == first["text"] and not first["weak"]
    assert "Sullivan" in [text[start:end] for start, end in first["matches"]]
    assert answers[1]["hits"] == [] and not [hit for hit in answers[2]["hits"] if not hit["weak"]]


def test_operators_restrict_a_search(run: Run, project: Path) -> None:
    without = run("search", project, "--json", "--limit", "10000", "--", "-vietnam").json
    assert without["hits"] and without["emptied"] == []
    assert not [hit for hit in without["hits"] if "vietnam " in hit["text"].casefold()]
    titles = run("search", project, "--json", "in:titles").json["hits"]
    assert titles and {hit["kind"] for hit in titles} == {"title"}


def test_a_filter_that_leaves_nothing_is_named(run: Run, project: Path) -> None:
    assert run("search", project, "--json", "asia @nikei").json["emptied"] == ["@nikei"]
    assert (
        run("search", project, "asia @nikei").out
        == "Nothing found for “asia @nikei”: @nikei leaves nothing.\n"
    )
    several = run("search", project, "@nikei in:titles #\x1b[31mx").out
    assert several.endswith(": @nikei, #␛[31mx leave nothing.\n") and "\x1b" not in several


def test_the_help_of_search_teaches_the_operators(run: Run) -> None:
    said = run("search", "--help").out
    assert [one.written for one in OPERATORS if f"\n  {one.written}  " not in said] == []


@pytest.mark.parametrize("query", ["[", "**", '"', "%", "\\", "🦊", "--", "-x", "a" * 10_000, "\x1b[31m"])
def test_any_string_is_a_query(run: Run, project: Path, query: str) -> None:
    outcome = run("search", project, "--", query)
    assert outcome.code == 0 and "\x1b" not in outcome.out


def test_annotations_go_in_once_and_show(run: Run, project: Path, tmp_path: Path) -> None:
    lines = [
        {
            "article": BLOG,
            "start": 948,
            "end": 1020,
            "tags": ["csp", "region/asean"],
            "comment": "Check this.",
        },
        {
            "article": BLOG,
            "start": 2634,
            "end": 2680,
            "exact": "- Perform joint patrols in the Gulf of Tonkin.",
            "tags": ["sea"],
        },
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n")
    assert run("annotate", project, file, "--json").json == {"added": 2, "already_here": 0}
    assert run("annotate", project, file, "--json").json == {"added": 0, "already_here": 2}
    assert run("articles", project, "--json").json[1]["passages"] == 2
    row = sqlite3.connect(project).execute("SELECT quote, tags, comment FROM annotation").fetchone()
    assert row[0] == "ranks the US as equivalent to China, Russia, and in recent months, Japan"
    assert sorted(row[1].split(",")) == ["csp", "region/asean"] and row[2] == "Check this."


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "JSON"),
        ("[]", "object"),
        ('{"article": "nope", "start": 0, "end": 1, "tags": ["x"]}', "nope"),
        (f'{{"article": "{BLOG}", "start": 5, "end": 5, "tags": ["x"]}}', "5–5"),
        (f'{{"article": "{BLOG}", "start": 0, "end": 99999, "tags": ["x"]}}', "99999"),
        (f'{{"article": "{BLOG}", "start": 0, "end": 5, "exact": "zzz", "tags": ["x"]}}', "exact"),
        (f'{{"article": "{BLOG}", "start": 0, "end": 5, "tags": ["a,b"]}}', "comma"),
        (f'{{"article": "{BLOG}", "start": 0, "end": 5, "tags": "x"}}', "tags"),
        (f'{{"article": "{BLOG}", "start": true, "end": 5, "tags": ["x"]}}', "start"),
        (f'{{"article": "{BLOG}", "start": 0, "end": 5, "tags": ["\\ud800"]}}', ""),
        (f'{{"article": "{BLOG}", "start": 0, "end": 5, "comment": "\\ud800"}}', "surrogate"),
        (f'{{"article": "{BLOG}", "start": {10**20}, "end": {10**20 + 1}, "tags": ["x"]}}', "outside"),
        pytest.param("[" * 100_000, "nested", id="nested"),
    ],
)
def test_one_bad_line_refuses_the_whole_file(
    run: Run, project: Path, tmp_path: Path, line: str, word: str
) -> None:
    good = json.dumps({"article": BLOG, "start": 0, "end": 9, "tags": ["good"]})
    file = tmp_path / "a.jsonl"
    file.write_text(f"{good}\n{line}\n")
    outcome = run("annotate", project, file)
    assert outcome.code == 1 and "line 2" in outcome.err and word in outcome.err
    assert run("articles", project, "--json").json[1]["passages"] == 0


def test_a_file_name_cannot_act_on_the_terminal(run: Run, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd\x1b[31m.txt"
    file.write_bytes("Élan vital, déjà vu, café crème, naïveté, façade.".encode("cp1252"))
    outcome = run("import", project, file)
    assert "odd␛[31m.txt was read as" in outcome.out and "\x1b" not in outcome.out


def test_export_writes_beside_nothing_and_never_over_a_file(run: Run, project: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    assert run("export", project, "--format", "md", "--output", target).code == 0
    first = target.read_text(encoding="utf-8")
    assert "schema: workbench-export/1" in first
    target.write_text("mine")
    outcome = run("export", project, "--output", target)
    assert outcome.code == 1 and target.read_text() == "mine"
    assert run("export", project, "--output", target, "--force").code == 0
    assert run("export", project, "--output", project, "--force").code == 1


@pytest.mark.parametrize("option", ["--tag", "--article", "--note"])
def test_export_of_what_is_not_there_fails(run: Run, project: Path, option: str) -> None:
    outcome = run("export", project, option, "nowhere")
    assert outcome.code == 1 and "nowhere" in outcome.err and outcome.out == ""


def test_an_article_that_fits_several_is_refused_with_the_candidates(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text(f"Text {name} about pumps.")
    run("import", tmp_path / "p.db", tmp_path / "a", tmp_path / "b")
    outcome = run("export", tmp_path / "p.db", "--article", "same.txt")
    assert outcome.code == 1 and outcome.err.count("same.txt") == 3


def test_misuse_exits_with_two(run: Run, project: Path) -> None:
    for arguments in (
        ("search", project),
        ("export", project, "--note", "a", "--tag", "b"),
        ("import", project),
        ("search", project, "x", "--limit", "none"),
        ("export", project, "--format", "pdf"),
    ):
        outcome = run(*arguments)
        assert outcome.code == 2 and len(outcome.err.splitlines()) == 1


def test_files_that_are_no_projects_are_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("not a database" * 20)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)")
    for name in ("missing.db", "empty.db", "text.db", "other.db", "."):
        outcome = run("articles", tmp_path / name)
        assert outcome.code == 1 and len(outcome.err.splitlines()) == 1


def test_a_newer_format_and_a_foreign_trigger_are_refused(run: Run, project: Path) -> None:
    conn = sqlite3.connect(project)
    conn.execute("CREATE TRIGGER t AFTER INSERT ON draft BEGIN DELETE FROM draft; END")
    outcome = run("articles", project)
    assert outcome.code == 1 and "no workbench put there (t)" in outcome.err
    conn.execute("DROP TRIGGER t")
    conn.execute("PRAGMA user_version = 99")
    outcome = run("articles", project)
    assert outcome.code == 1 and "99" in outcome.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_place_is_named(run: Run, project: Path) -> None:
    project.chmod(0o400)
    project.parent.chmod(0o500)
    try:
        assert run("articles", project).code == 0
        outcome = run("import", project, resource("seeds"))
        assert outcome.code == 1 and "read-only" in outcome.err
    finally:
        project.parent.chmod(0o700)


def test_without_a_terminal_the_screen_says_so(run: Run, project: Path) -> None:
    for arguments in ((), (project,)):
        outcome = run(*arguments)
        assert outcome.code == 1 and "terminal" in outcome.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script(run: Run, shell: str) -> None:
    assert "_WORKBENCH_COMPLETE" in run("completion", shell).out


def test_nothing_lies_beside_the_file(project: Path) -> None:
    assert [path.name for path in project.parent.iterdir()] == ["p.db"]


def test_the_core_knows_no_screen() -> None:
    code = (
        "import sys, workbench.project, workbench.importing, workbench.searching, workbench.export.markdown;"
        "sys.exit(any(name.split('.')[0] == 'textual' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
