"""Keeps the tests of the screens out of the user's own folders, with a name chosen; two copies to merge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import _wait

from tests.tui.copies import Copies, make_copies
from tests.tui.shell import First, Second
from tests.tui.support import LOOKS_OFTEN, StrictApp
from workbench import config
from workbench.project import Project
from workbench.resources import resource
from workbench.tui import commands


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilot's pace."""
    for name, seconds in LOOKS_OFTEN.items():
        monkeypatch.setattr(_wait, name, seconds)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State, configuration and data folders of this test alone, and the keys of the table."""
    home = tmp_path_factory.mktemp("own")
    for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    config.keep_name()
    commands.use_keys({})
    return home


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project, open, whose name looks like markup."""
    with Project.open(tmp_path / "north[port].db", create=True) as opened:
        yield opened


@pytest.fixture
def app(project: Project) -> StrictApp:
    """The shell over two screens with nothing in them."""
    made = StrictApp(project)
    made.places |= {"library": First, "tags": Second}
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project of the five sample articles."""
    path = tmp_path / "study.db"
    with Project.open(path, create=True) as project:
        project.import_paths([resource("seeds")])
    return path


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    """Anna's copy of a project, open, and Ben's."""
    made = make_copies(tmp_path)
    yield made
    made.mine.close()
