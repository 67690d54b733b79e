"""Long work says how far it is, and leaves no trace where it is stopped on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.store.project_tools import BEN, new_project, on, tables
from workbench import Project
from workbench.importing import ImportResult
from workbench.progress import Progress, telling


class Stopped(Exception):
    """What the listener of a test raises."""


Work = Callable[[Project, Path, Progress], object]
WORKS: dict[str, Work] = {
    "import": lambda project, folder, hear: project.import_paths([folder / "more"], hear),
    "merge": lambda project, folder, hear: project.merge(folder / "ben.db", hear),
    "preview": lambda project, folder, hear: project.preview_merge(folder / "ben.db", hear),
    "copy": lambda project, folder, hear: project.send_copy(folder / "sent.db", progress=hear),
    "export": lambda project, folder, hear: project.export_markdown(progress=hear),
    "undo": lambda project, folder, hear: project.undo(hear),
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with a step to undo, beside Ben's copy of it and two articles to import."""
    with new_project(tmp_path) as project:
        shutil.copy(project.path, tmp_path / "ben.db")
        with Project.open(tmp_path / "ben.db", analyst=BEN) as theirs:
            on(theirs, "Nobody heard", "alarm")
        on(project, "pumps failed", "risk")
        (tmp_path / "more").mkdir()
        for number in range(2):
            (tmp_path / "more" / f"{number}.txt").write_text(f"Article {number} is new.", encoding="utf-8")
        yield project


@pytest.mark.parametrize("name", WORKS)
def test_it_tells_that_it_begins_and_that_all_is_done(project: Project, tmp_path: Path, name: str) -> None:
    told: list[tuple[int, int]] = []
    WORKS[name](project, tmp_path, lambda done, total: told.append((done, total)))
    assert told[0][0] == 0 and told[-1][0] == told[-1][1] > 0 and told == sorted(told)


@pytest.mark.parametrize("at", ["begin", "end"])
@pytest.mark.parametrize("name", WORKS)
def test_stopped_it_leaves_no_trace(project: Project, tmp_path: Path, name: str, at: str) -> None:
    def stop(done: int, total: int) -> None:
        if at == "begin" or done == total:
            raise Stopped

    before = tables(project)
    with pytest.raises(Stopped):
        WORKS[name](project, tmp_path, stop)
    assert tables(project) == before and not (tmp_path / "sent.db").exists()
    assert not project.backups()


def test_a_file_alone_is_counted_by_its_articles(project: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    lines = "\n".join(
        f'{{"title": "T{number}", "text": "Article {number} of many."}}' for number in range(120)
    )
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    done: ImportResult = project.import_paths(
        [tmp_path / "many.jsonl"], lambda done, total: told.append((done, total))
    )
    assert len(done.added) == 120 and told == [(0, 0), (50, 0), (100, 0)]


def test_things_come_one_after_the_other_whether_anybody_hears_or_not() -> None:
    told: list[int] = []
    assert [*telling("abcde", 5, lambda done, total: told.append(done), every=2)] == list("abcde")
    assert told == [0, 2, 4, 5] and [*telling("abc", 3, None)] == list("abc")
