"""What reading a file gives: drafts of articles, and failures with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.model import Basis


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a file holds it, before it enters a project.

    Attributes:
        file: the name to keep: the file's name without folders, or "a.jsonl:17" for its line 17.
        path: where it was read.
        text: the text exactly as stored, line ends included; only a byte order mark is left out.
        published: ISO date as precise as it is known: "2023", "2023-09" or "2023-09-18".
        qualifier: "", "after", "before" or "about", said before the date.
        basis: whether the date is stated, inferred or unknown.
        proposed: names in `model.PROPOSABLE` whose values were found by the program.
        encoding: the encoding that was detected, as Python names it, or None for UTF-8.
    """

    file: str
    path: Path
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    qualifier: str = ""
    basis: Basis = "unknown"
    url: str | None = None
    language: str | None = None
    comment: str | None = None
    proposed: frozenset[str] = frozenset()
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a line of one, that could not be read; `reason` is one sentence."""

    file: str
    reason: str
