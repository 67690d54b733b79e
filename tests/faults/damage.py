"""Bytes and pages of a project file are changed, and then everything in it is read.

Nothing may end in a traceback. Where something else is shown than was written, the program must have said so
at opening, when the thing was read, or when `workbench check` is asked. The text of an article and the body
of a note are held against their hashes whenever they are read, so a wrong one is never shown at all. The
words of passages, comments, tags and titles are not: of those, `check` tells what differs from the log.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.figures import Report
from tests.faults.work import ANNA, base
from workbench import Project
from workbench.errors import WorkbenchError
from workbench.model import Note, Passage
from workbench.store.checking import check

Way = Callable[[bytearray, random.Random], None]
PAGE = 4096
QUERIES = ("patrol", "power outage", "ministry said")


def _bits(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _letter(data: bytearray, rng: random.Random) -> None:
    """Another letter in the place of one, which SQLite itself cannot notice."""
    letters = [at for at in (rng.randrange(len(data)) for _ in range(200)) if 97 <= data[at] <= 122]
    for at in letters[:1]:
        data[at] = 97 + (data[at] - 97 + rng.randint(1, 25)) % 26


def _run(data: bytearray, rng: random.Random) -> None:
    at, length = rng.randrange(len(data)), rng.randint(1, 200)
    data[at : at + length] = rng.randbytes(min(length, len(data) - at))


def _page(data: bytearray, rng: random.Random) -> int:
    return rng.randrange(len(data) // PAGE) * PAGE


def _zeros(data: bytearray, rng: random.Random) -> None:
    at = _page(data, rng)
    data[at : at + PAGE] = bytes(PAGE)


def _noise(data: bytearray, rng: random.Random) -> None:
    at = _page(data, rng)
    data[at : at + PAGE] = rng.randbytes(PAGE)


def _double(data: bytearray, rng: random.Random) -> None:
    at, other = _page(data, rng), _page(data, rng)
    data[at : at + PAGE] = data[other : other + PAGE]


def _short(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _gap(data: bytearray, rng: random.Random) -> None:
    at = _page(data, rng)
    del data[at : at + PAGE]


WAYS: dict[str, Way] = {
    "bits flipped": _bits,
    "a letter changed": _letter,
    "a run of bytes changed": _run,
    "a page of zeros": _zeros,
    "a page of noise": _noise,
    "a page over another": _double,
    "the end cut off": _short,
    "a page taken out": _gap,
}


@dataclass(slots=True)
class Shown:
    """What a project shows, by kind of thing and id; and what it said in place of some of it."""

    things: dict[str, dict[str, object]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def ask(self, kind: str, question: Callable[..., Mapping[str, object]], *arguments: object) -> None:
        """Adds the answer to what is known of a kind, or keeps the sentence given in its place."""
        try:
            self.things.setdefault(kind, {}).update(question(*arguments))
        except WorkbenchError as error:
            self.said.append(str(error))


def read_everything(project: Project) -> Shown:
    """Asks a project for all it holds, by every door there is."""
    shown = Shown()
    shown.ask("articles", lambda: {one.id: (one.title, one.file) for one in project.articles()})
    for article in list(shown.things["articles"]):
        shown.ask("texts", lambda name: {name: project.text(name)}, article)
    shown.ask("quotes", lambda: {one.id: one.quote for one in project.passages()})
    shown.ask("places", lambda: {one.id: (one.start, one.end) for one in project.passages()})
    shown.ask("tags and comments", lambda: {one.id: _on(one) for one in project.passages()})
    shown.ask("tags", lambda: {one.id: (one.name, one.color) for one in project.tags()})
    shown.ask("notes", lambda: {one.id: one.body for one in project.notes()})
    shown.ask("quotations", lambda: {one.id: _cited(one) for one in project.notes()})
    shown.ask("people", lambda: {one.id: one.name for one in project.analysts()})
    for query in QUERIES:
        shown.ask("hits", lambda wanted: {wanted: _hits(project, wanted)}, query)
    shown.ask("history", lambda: {str(one.name): one.words for one in project.history()})
    shown.ask("bin", lambda: {one.thing: one.label for one in project.bin()})
    shown.ask("disputes", lambda: {str(one): one for one in (*project.conflicts(), *project.contested())})
    shown.ask("export", lambda: {"body": project.export_markdown().partition("\n---\n")[2]})
    shown.ask("an edit", lambda: {"result": _edit(project)})
    return shown


def _on(passage: Passage) -> object:
    return [tag.name for tag in passage.tags], [comment.body for comment in passage.comments]


def _cited(note: Note) -> object:
    return note.title, [citation.quote for citation in note.citations]


def _hits(project: Project, query: str) -> object:
    return [(hit.kind, hit.thing, hit.start, hit.text) for hit in project.search(query).hits]


def _edit(project: Project) -> bool:
    """Writes in the file too, which must do no harm to a program either."""
    article = project.articles()[0]
    project.annotate_range(article.id, 10, 20, tags=["after the damage"], comment="said later")
    return project.undo() is not None


OUTCOMES = ("refused", "said", "right", "by check", "silent", "traceback")
"""What a damage ended in.

refused: the file was not opened. said: a sentence stood in place of something. right: everything was shown as
it was written. by check: something was not, and `check` says so. silent: it was not, and nobody says so.
"""
TEXTS = ("texts", "notes", "quotes")
"""What was written or quoted: shown wrong is counted for each, however it ended."""


@dataclass(slots=True)
class Figures:
    """How damages ended, by the way they were made, and what was shown wrong."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def total(self, outcome: str) -> int:
        """How many damages ended so."""
        return sum(counter[outcome] for counter in self.outcomes.values())

    @property
    def well(self) -> bool:
        """Whether nothing ended in a traceback or in silence, and no wrong text or body was shown."""
        bad = self.total("silent") + self.total("traceback")
        return not (bad or self.wrong["texts"] or self.wrong["notes"])


def damage(start: Path, folder: Path, number: int, seed: str) -> Figures:
    """Damages a file so many times, each time from new."""
    rng = random.Random(seed)
    whole = start.read_bytes()
    folder.mkdir(parents=True)
    path = folder / "damaged.db"
    path.write_bytes(whole)
    with Project.open(path, analyst=ANNA) as project:
        due = read_everything(project)
    assert not due.said
    figures = Figures(outcomes={name: Counter() for name in WAYS})
    for index in range(number):
        name = list(WAYS)[index % len(WAYS)]
        data = bytearray(whole)
        WAYS[name](data, rng)
        path.write_bytes(data)
        try:
            outcome = _outcome(path, due, figures)
        except Exception:
            outcome = "traceback"
            figures.remarks.append(f"{index}, {name}: {traceback.format_exc()}")
        figures.outcomes[name][outcome] += 1
        if outcome == "silent":
            figures.remarks.append(f"{index}, {name}: something else is shown than was written")
    return figures


def _outcome(path: Path, due: Shown, figures: Figures) -> str:
    faulty = _is_faulty(path)
    try:
        project = Project.open(path, analyst=ANNA)
    except WorkbenchError:
        return "refused"
    with project:
        shown = read_everything(project)
    for kind in TEXTS:
        figures.wrong[kind] += not set(shown.things.get(kind, {}).values()) <= set(due.things[kind].values())
    if shown.said:
        return "said"
    if shown.things == due.things:
        return "right"
    return "by check" if faulty else "silent"


def _is_faulty(path: Path) -> bool:
    try:
        return not check(path).well
    except WorkbenchError:
        return True


def report(number: int, seed: str, folder: Path) -> Report:
    """Damages a file so many times."""
    figures = damage(base(folder), folder / "damage", number, seed)
    told = Report("Damage", ("files", *OUTCOMES), well=figures.well, remarks=figures.remarks)
    for name, counter in figures.outcomes.items():
        told.add(name, (counter.total(), *(counter[outcome] for outcome in OUTCOMES)))
    shown = ", ".join(f"{figures.wrong[kind]} {kind}" for kind in TEXTS)
    told.remarks.append(f"Files of which something wrong was shown before anything was said: {shown}.")
    return told
