"""The places that `g` leads to: a maker for each screen, whose module is imported on first use."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

SCREENS = {
    "library": ("library", "LibraryScreen"),
    "reading": ("reading", "ReadingScreen"),
    "search": ("search", "SearchScreen"),
    "saved": ("saved_searches", "SavedSearchesScreen"),
    "notes": ("notes", "NotesScreen"),
    "tags": ("tags", "TagsScreen"),
    "matrix": ("matrix", "MatrixScreen"),
    "history": ("history", "HistoryScreen"),
    "conflicts": ("conflicts", "ConflictsScreen"),
    "projects": ("projects", "ProjectsScreen"),
}
"""Module (below `screens`) and class of each place."""

Maker = Callable[[], Screen[Any]]


def makers() -> dict[str, Maker]:
    """What makes the screen of each place."""
    return {place: _maker(*named) for place, named in SCREENS.items()}


def _maker(module: str, name: str) -> Maker:
    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"workbench.tui.screens.{module}"), name)()
        return made

    return make
