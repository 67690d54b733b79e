"""Takes files into a project: articles in any format `sources` reads, and annotations from JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbench.errors import AmbiguousError, InputError, WorkbenchError
from workbench.progress import EVERY, Progress, telling
from workbench.sources.draft import Draft, Failure
from workbench.sources.readers import collect, read
from workbench.store import annotating, articles, reading
from workbench.store.step import Step
from workbench.store.store import Store

BATCH = 200
"""Articles held in memory before they are written."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An article as an import met it."""

    id: str
    title: str | None
    file: str


@dataclass(slots=True)
class ImportResult:
    """What an import did.

    Attributes:
        notes: things worth saying of files that went in, such as the encoding that was detected.
    """

    added: list[Imported] = field(default_factory=list)
    already_here: list[Imported] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The result as the command line prints it."""
        return {
            "added": [asdict(one) for one in self.added],
            "already_here": [asdict(one) for one in self.already_here],
            "failed": [asdict(one) for one in self.failed],
        }


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """How many lines said something new, and how many were in the project already."""

    added: int
    already_here: int


def import_paths(store: Store, paths: Iterable[Path], progress: Progress | None = None) -> ImportResult:
    """Reads files and folders in, in one step: a file that cannot be read is named, the rest goes in.

    Args:
        progress: told how many files are done; of one alone, how many articles, as nobody knows of how many.

    Raises:
        ProjectFileError: the project cannot be written; nothing went in.
    """
    result = ImportResult()
    files = collect(paths)
    alone = len(files) == 1
    with store.step() as step:
        for path in telling(files, len(files), None if alone else progress, every=1):
            for done, outcome in enumerate(read(path)):
                if progress and alone and done % EVERY == 0:
                    progress(done, 0)
                if isinstance(outcome, Failure):
                    result.failed.append(outcome)
                else:
                    _take(step, outcome, result)
    return result


def import_drafts(store: Store, drafts: Iterable[Draft]) -> ImportResult:
    """Takes drafts in, in one step."""
    result = ImportResult()
    with store.step() as step:
        for draft in drafts:
            _take(step, draft, result)
    return result


def _take(step: Step, draft: Draft, result: ImportResult) -> None:
    known = {name: getattr(draft, name) for name in articles.EDITABLE if hasattr(draft, name)}
    try:
        article, is_new = articles.add(step, draft.text, draft.file, known, draft.proposed)
    except InputError as error:
        result.failed.append(Failure(draft.file, f"{error}."))
        return
    (result.added if is_new else result.already_here).append(Imported(article, draft.title, draft.file))
    if draft.encoding:
        result.notes.append(f"{draft.file} was read as {draft.encoding}")
    if (len(result.added) + len(result.already_here)) % BATCH == 0:
        step.flush()


def annotate_lines(store: Store, lines: Iterable[str]) -> AnnotateResult:
    """Takes annotations in, all of them or none.

    A line is a JSON object: `article` (id, title or file name), `start`, `end` (code points), and where
    wanted `exact` (must then agree with the text), `tags` (a list of names), `comment`.

    Raises:
        InputError: a line is refused; it is named.
    """
    with store.step() as step:
        known = reading.ArticleNames(reading.articles(store.conn))
        outcomes = [
            _annotate_line(step, known, number, line)
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
    return AnnotateResult(sum(outcomes), len(outcomes) - sum(outcomes))


def _annotate_line(step: Step, known: reading.ArticleNames, number: int, line: str) -> bool:
    try:
        wanted = _checked(line)
        article = known.find(wanted["article"])
        start, end = wanted["start"], wanted["end"]
        exact, text = wanted.get("exact"), step.body(article.text_hash)
        if end > len(text):
            raise InputError(f"the range {start}–{end} reaches outside the text, which ends at {len(text)}")
        if exact is not None and text[start:end] != exact:
            raise InputError(f"the words at {start}–{end} are not those of “exact”")
        tags, comment = wanted.get("tags", []), wanted.get("comment")
        return annotating.annotate(step, article.id, start, end, tags, comment)[1]
    except AmbiguousError as error:
        raise InputError(f"line {number}: {error}: {'; '.join(error.candidates)}") from None
    except WorkbenchError as error:
        raise InputError(f"line {number}: {error}") from None


def _checked(line: str) -> dict[str, Any]:
    """A line's object with its types right.

    Raises:
        InputError: it is no JSON object, lacks a field, or has one of a wrong type.
    """
    try:
        wanted = json.loads(line)
    except ValueError:
        raise InputError("it is not JSON") from None
    except RecursionError:
        raise InputError("its JSON is nested too deeply") from None
    if not isinstance(wanted, dict):
        raise InputError("it is not a JSON object")
    for name, kind, word in (
        ("article", str, "a text"),
        ("start", int, "a number"),
        ("end", int, "a number"),
    ):
        if not isinstance(wanted.get(name), kind) or isinstance(wanted.get(name), bool):
            raise InputError(f"its “{name}” must be {word}")
    if wanted["start"] < 0 or wanted["end"] <= wanted["start"]:
        raise InputError(f"the range {wanted['start']}–{wanted['end']} is empty or backwards")
    tags = wanted.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise InputError("its “tags” must be a list of names")
    for name in ("exact", "comment"):
        if not isinstance(wanted.get(name), str | None):
            raise InputError(f"its “{name}” must be a text")
        if any("\ud800" <= char <= "\udfff" for char in wanted.get(name) or ""):
            raise InputError(f"its “{name}” holds a broken character (a lone surrogate)")
    if not tags and not wanted.get("comment"):
        raise InputError("it has neither tags nor a comment")
    return wanted
