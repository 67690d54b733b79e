"""A project for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.project_tools import damaged, new_project, rebuilt, tables
from workbench import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of two texts; in the end its tables are what its log says."""
    with new_project(tmp_path) as made:
        yield made
        assert tables(made) == rebuilt(made)
        assert damaged(made) == []
