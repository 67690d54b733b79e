"""An id that names nothing is refused, whatever is asked of it, and leaves no trace in the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.project_tools import new_project
from workbench import Project
from workbench.errors import InputError, NotFoundError

NOBODY = "Z" * 26

ACTS: dict[str, Callable[[Project], object]] = {
    "annotate": lambda project: project.annotate_range(NOBODY, 0, 3, tags=["x"]),
    "edit article": lambda project: project.edit_article(NOBODY, {"title": "x"}),
    "delete article": lambda project: project.delete_article(NOBODY),
    "remove tag": lambda project: project.remove_tag(NOBODY, NOBODY),
    "edit comment": lambda project: project.edit_comment(NOBODY, "x"),
    "delete comment": lambda project: project.delete_comment(NOBODY),
    "move passage": lambda project: project.move_passage(NOBODY, 0, 3),
    "delete passage": lambda project: project.delete_passage(NOBODY),
    "rename tag": lambda project: project.rename_tag(NOBODY, "x"),
    "merge tags": lambda project: project.merge_tags(NOBODY, "Y" * 26),
    "change tag": lambda project: project.change_tag(NOBODY, color=3),
    "delete tag": lambda project: project.delete_tag(NOBODY),
    "edit note": lambda project: project.edit_note(NOBODY, title="x", body="x"),
    "delete note": lambda project: project.delete_note(NOBODY),
    "uncite": lambda project: project.uncite(NOBODY, NOBODY),
    "cite": lambda project: project.cite(NOBODY, project.articles()[0].id, 0, 3),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_unknown_id_is_refused(tmp_path: Path, act: Callable[[Project], object]) -> None:
    with new_project(tmp_path) as project:
        before = project.database.execute("SELECT count(*) FROM change").fetchone()
        with pytest.raises(NotFoundError):
            act(project)
        assert project.database.execute("SELECT count(*) FROM change").fetchone() == before


@pytest.mark.parametrize("place", [(3, 3), (5, 2), (-1, 4), (0, 10_000), (0, 2**70), (2**70, 2**71)])
def test_a_range_outside_the_text_is_refused(tmp_path: Path, place: tuple[int, int]) -> None:
    with new_project(tmp_path) as project, pytest.raises(InputError):
        project.annotate_range(project.articles()[0].id, *place, tags=["x"])
