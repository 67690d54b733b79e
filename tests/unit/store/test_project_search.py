"""The search of an open project keeps up with every change of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.project_tools import ANNA, on, place
from workbench import Project

QUERIES = ("pumps", "night", "operator", "source:", "#one pumps", "#two pumps", "@gazette pumps", "later")


def commented(project: Project) -> str:
    return project.passage(on(project, "pumps", "one", comment="The pumps, said twice.")).id


def import_another(project: Project) -> None:
    file = project.path.with_name("three.txt")
    file.write_text("Later the pumps ran.", encoding="utf-8")
    project.import_paths([file])


CHANGES: dict[str, Callable[[Project], object]] = {
    "import": import_another,
    "details": lambda project: project.edit_article(
        place(project, "one.txt"), {"publisher": "Gazette", "title": "Night of the pumps"}
    ),
    "article deleted": lambda project: project.delete_article(place(project, "one.txt")),
    "passage moved": lambda project: project.move_passage(commented(project), 0, 27),
    "passage deleted": lambda project: project.delete_passage(commented(project)),
    "tag added": lambda project: on(project, "pumps", "two"),
    "tag removed": lambda project: project.remove_tag(commented(project), project.tag("one").id),
    "tag renamed": lambda project: project.rename_tag(project.tag("one").id, "two"),
    "tag merged": lambda project: project.merge_tags(project.tag("one").id, project.create_tag("two")),
    "tag deleted": lambda project: project.delete_tag(project.tag("one").id),
    "comment edited": lambda project: project.edit_comment(
        project.passage(commented(project)).comments[0].id, "Found out later."
    ),
    "note written": lambda project: project.create_note("Pumps", "They ran later."),
    "cited": lambda project: project.cite(None, place(project, "two.txt"), 0, 18, title="Source: two"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_found_after_a_change_is_what_is_found_anew(
    project: Project, change: Callable[[Project], object]
) -> None:
    commented(project)
    for step in (lambda: found(project), lambda: change(project), project.undo, project.redo):
        step()
        assert found(project) == found_anew(project.path)


def found(project: Project) -> list[object]:
    return [sorted(project.search(query).hits, key=repr) for query in QUERIES]


def found_anew(path: Path) -> list[object]:
    with Project.open(path, analyst=ANNA) as opened:
        return found(opened)
