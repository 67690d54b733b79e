"""Errors a user can cause. Each carries one plain sentence; faces print it and never a traceback."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WorkbenchError(Exception):
    """Something a user can cause or mend. ``str(error)`` is one sentence for that user."""


class ProjectFileError(WorkbenchError):
    """The project file is missing, foreign, damaged, too new, locked or cannot be written."""


class OddSchemaError(ProjectFileError):
    """The file holds or lacks tables, views, indexes or triggers; a clean copy of its log can be made.

    Attributes:
        path: the file; oddity: what is odd, in words that follow “it …”.
    """

    def __init__(self, path: Path, oddity: str) -> None:
        mending = f"`workbench check {path} --repair-to NEW.db` makes a clean copy"
        super().__init__(f"{path} {oddity}; it was not opened; {mending}")
        self.path = path
        self.oddity = oddity


class InputError(WorkbenchError):
    """What the user gave is refused: a bad date, an empty name, an offset outside the text."""


class NotFoundError(WorkbenchError):
    """No article, passage, tag or note goes by the given name."""


class AmbiguousError(WorkbenchError):
    """A name fits several things.

    Attributes:
        candidates: one line for each thing it could be.
    """

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)
