"""A terminal workbench for reading, tagging, searching and citing articles in one SQLite file.

``from workbench import Project`` is the door for scripts and notebooks. The name is resolved on
first use, so that ``import workbench`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.project import Project

__all__ = ["Project", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Project":
        from workbench.project import Project

        return Project
    raise AttributeError(f"module 'workbench' has no attribute {name!r}")
