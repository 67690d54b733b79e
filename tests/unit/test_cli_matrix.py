"""`workbench matrix`: articles × tags as CSV, Markdown and JSON."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.unit.conftest import Run
from workbench import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles, three tags of which one is above another, an unused tag and an untagged article."""
    path = tmp_path / "p.db"
    for name, text in {"a.txt": "One two three.", "b.txt": "Four five six.", "c.txt": "Seven."}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Project.open(path, create=True) as opened:
        opened.import_paths([tmp_path / f"{name}.txt" for name in "abc"])
        ids = {one.file: one.id for one in opened.articles()}
        opened.annotate_range(ids["a.txt"], 0, 3, tags=["sea/patrol"])
        opened.annotate_range(ids["a.txt"], 4, 7, tags=["sea", "trade"])
        opened.annotate_range(ids["b.txt"], 0, 4, tags=["trade"])
        opened.create_tag("later")
        opened.edit_article(ids["a.txt"], {"title": "=1+1", "published": "2023-09"})
        opened.edit_article(ids["b.txt"], {"title": "a|b", "published": "2024", "publisher": "Zeit"})
    return path


def test_csv_has_a_row_an_article_and_a_column_a_tag(run: Run, project: Path) -> None:
    outcome = run("matrix", project)
    assert outcome.code == 0 and not outcome.err
    assert list(csv.reader(io.StringIO(outcome.out))) == [
        ["article", "file", "publisher", "published", "passages", "sea", "sea/patrol", "trade"],
        ["a|b", "b.txt", "Zeit", "2024", "1", "0", "0", "1"],
        ["'=1+1", "a.txt", "", "2023-09", "2", "2", "1", "1"],
    ]


def test_json_has_totals_and_markdown_escapes(run: Run, project: Path) -> None:
    said: Any = run("matrix", project, "--format", "json", "--sort", "count", "--sort-tags", "count").json
    assert [one["title"] for one in said["articles"]] == ["=1+1", "a|b"]
    assert [(one["name"], one["passages"]) for one in said["tags"]] == [
        ("sea", 2),
        ("trade", 2),
        ("sea/patrol", 1),
    ]
    assert said["counts"] == [[2, 1, 1], [0, 1, 0]] and said["passages"] == 3
    shown = run("matrix", project, "--format", "md", "--all").out
    assert "| a&#124;b | Zeit | 2024 | · | · | · | 1 | 1 |" in shown
    assert "| Article | Source | Date | later | sea | sea/patrol | trade | All |" in shown
    assert shown.endswith("| All |  |  | 0 | 2 | 1 | 2 | 3 |\n")


def test_a_file_is_written_once_and_never_over_the_project(run: Run, project: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.csv"
    outcome = run("matrix", project, "--output", target)
    assert (outcome.code, outcome.out) == (0, "") and "Wrote" in outcome.err
    assert target.read_text(encoding="utf-8") == run("matrix", project).out
    assert "already" in run("matrix", project, "--output", target).err
    assert run("matrix", project, "--output", target, "--force").code == 0
    assert "is the project itself" in run("matrix", project, "--output", project, "--force").err
    assert run("matrix", project, "--format", "xls").code == 2
    assert run("matrix", tmp_path / "none.db").code == 1
