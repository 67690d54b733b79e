"""Files and folders into drafts: which files are read, and how each format is.

A format is a function from a path to drafts and failures, listed in `READERS` by its ending.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.errors import InputError
from workbench.model import PROPOSABLE
from workbench.sources.decoding import decode, kept_name
from workbench.sources.draft import Draft, Failure
from workbench.sources.jsonl import read_lines
from workbench.sources.propose import propose

Outcome = Draft | Failure


@dataclass(frozen=True, slots=True)
class Survey:
    """Which files are to be read, in order, and how many others in the folders were passed over."""

    files: list[Path]
    skipped: int


def collect(paths: Iterable[Path]) -> list[Path]:
    """List the files to read: those named, and those of a known format in the folders named.

    Folders are walked in the order of names, hidden entries and other formats left out. What is named
    but cannot be read stays in the list, so that `read` says why.
    """
    return survey(paths).files


def survey(paths: Iterable[Path]) -> Survey:
    """Do as `collect`, and count the files in folders that were passed over."""
    files: list[Path] = []
    skipped = 0
    for path in paths:
        if not os.path.isdir(path):  # unlike Path.is_dir it never raises
            files.append(path)
            continue
        found, passed = _walk(path)
        # An empty find is kept by the folder's name: `read` then says that nothing is in it.
        files += found or [path]
        skipped += passed
    return Survey(files, skipped)


def read(path: Path) -> Iterator[Outcome]:
    """Read a file's articles one by one, with what the program proposes about them.

    Never raises for what a file is or holds: that comes as a `Failure` with its reason. JSON Lines are
    read a line at a time, so their size does not matter.
    """
    try:
        if os.path.isdir(path):
            yield Failure(_folder_name(path), f"It holds no {_endings()} file that can be read.")
            return
        reader = READERS.get(path.suffix.lower())
        if not path.exists():
            yield Failure(kept_name(path), "There is no such file.")
        elif reader is None:
            yield Failure(kept_name(path), f"Its format is not known: only {_endings()} files are read.")
        elif not path.is_file():
            yield Failure(kept_name(path), "It is a device or a pipe, not a file.")
        else:
            yield from map(_with_proposal, reader(path))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        yield Failure(kept_name(path), f"It cannot be read: {reason}.")


def _walk(folder: Path) -> tuple[list[Path], int]:
    """List a folder's readable files depth first in name order, and count the others.

    Unreadable folders are listed like files. A folder is entered once, however many links lead to it.
    """
    files: list[Path] = []
    skipped = 0
    entered: set[str] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path):
            real = os.path.realpath(path)
            if real in entered:
                continue
            entered.add(real)
            try:
                names = sorted(os.listdir(path), reverse=True)
            except OSError:
                files.append(path)
                continue
            waiting += [path / name for name in names if not name.startswith(".")]
            skipped += sum(name.startswith(".") for name in names)
        elif path.suffix.lower() in READERS and (os.path.isfile(path) or os.path.islink(path)):
            files.append(path)
        else:
            skipped += 1
    return files, skipped


def _read_text(path: Path) -> Iterator[Outcome]:
    """Read a file that is one article: plain text, or Markdown kept as it is written."""
    name = kept_name(path)
    try:
        text, encoding = decode(path.read_bytes())
    except InputError as error:
        yield Failure(name, str(error))
    else:
        yield Draft(file=name, path=path, text=text, encoding=encoding)


READERS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".jsonl": read_lines,
}
"""Reader of each file ending."""


def _with_proposal(outcome: Outcome) -> Outcome:
    """Fill the fields that the file left open with what its text says, marked proposed."""
    if isinstance(outcome, Failure):
        return outcome
    found = propose(outcome.text, outcome.file)
    proposed = frozenset(
        name for name in PROPOSABLE if getattr(outcome, name) is None and getattr(found, name) is not None
    )
    fields = {name: getattr(found, name) for name in proposed}
    if "published" in proposed:
        fields |= {"qualifier": found.qualifier, "basis": found.basis}
    return replace(outcome, proposed=proposed, **fields)


def _endings() -> str:
    *first, last = READERS
    return f"{', '.join(first)} or {last}"


def _folder_name(path: Path) -> str:
    return kept_name(path) or str(path)
