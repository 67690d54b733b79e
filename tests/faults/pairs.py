"""Two programs write into one file at once: tags, comments, notes, undo.

Everything that either had acknowledged must be there, whole; each undo must have taken back its own writer's
last step; Lamport times must follow the order of writing; and neither may meet an error for the other's sake.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing.synchronize import Barrier
from pathlib import Path

from tests.faults.children import Say, start
from tests.faults.figures import Report
from tests.faults.work import ANNA, BEN, FILE, base, home
from workbench import Project
from workbench.errors import WorkbenchError
from workbench.model import Analyst
from workbench.store.checking import check

WRITERS = (ANNA, BEN)
WRONG = ("refused", "lost", "half done", "taken back", "disorder", "faulty")
LONGEST_PAUSE = 0.02
"""Seconds between two actions of one writer; without any, one would be done before the other has its turn."""


@dataclass(slots=True)
class Figures:
    """What a number of rounds showed.

    Attributes:
        turns: how often the one wrote after the other.
        refused: errors that a writer met.
        lost, half, back: marks that are missing, there in part, or there although they were taken back.
        disorder: places where Lamport times do not follow the order of writing, or two writers share one.
        faulty: files that the check finds fault with.
    """

    rounds: int = 0
    acknowledged: int = 0
    turns: int = 0
    refused: int = 0
    lost: int = 0
    half: int = 0
    back: int = 0
    disorder: int = 0
    faulty: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing went wrong, and the two really took turns."""
        return not any(self.wrong) and self.turns > self.rounds

    @property
    def wrong(self) -> tuple[int, ...]:
        """The figures that must be 0, in the order of WRONG."""
        return self.refused, self.lost, self.half, self.back, self.disorder, self.faulty


def writer(path: Path, who: Analyst, number: int, seed: str, both_there: Barrier) -> Callable[[Say], None]:
    """The work of a child: so many actions, each told with its mark once it is done."""

    def work(say: Say) -> None:
        rng = random.Random(f"{seed}.{who.name}")
        with Project.open(path, analyst=who) as project:
            articles = sorted(project.articles(), key=lambda one: one.id)
            both_there.wait()
            for index in range(number):
                time.sleep(rng.uniform(0, LONGEST_PAUSE))
                mark = f"{who.name}.{index}"
                kind = rng.choice(("passage", "passage", "note", "undo"))
                try:
                    if kind == "passage":
                        article = rng.choice(articles)
                        start_at = rng.randrange(article.chars - 50)
                        place = (article.id, start_at, start_at + rng.randint(1, 50))
                        project.annotate_range(*place, tags=["both", f"mark/{mark}"], comment=f"said {mark}")
                    elif kind == "note":
                        project.create_note(f"note {mark}", f"body of {mark}")
                    else:
                        project.undo()
                except WorkbenchError as error:
                    say(f"refused {error}")
                else:
                    say(f"{kind} {mark}")

    return work


def due(lines: list[str]) -> tuple[set[str], set[str]]:
    """The marks that stand after what a writer said it did, and those it took back."""
    stack: list[str] = []
    gone: set[str] = set()
    for line in lines:
        kind, _, _ = line.partition(" ")
        if kind == "undo" and stack:
            gone.add(stack.pop())
        elif kind in ("passage", "note"):
            stack.append(line)
    return set(stack), gone


def pair(start_file: Path, folder: Path, number: int, seed: str, figures: Figures) -> None:
    """One round: both write so many times, then the file is looked at."""
    folder.mkdir(parents=True)
    path = folder / FILE
    path.write_bytes(start_file.read_bytes())
    with home(folder):
        both_there = multiprocessing.get_context("fork").Barrier(len(WRITERS), timeout=60)
        children = [start(writer(path, who, number, seed, both_there)) for who in WRITERS]
        said = [child.end().lines for child in children]
        with Project.open(path, analyst=ANNA) as project:
            there = _marks(project)
            with project._store.reading() as conn:
                order = conn.execute("SELECT lamport, analyst FROM change ORDER BY seq").fetchall()
    figures.rounds += 1
    for lines in said:
        refused = [line for line in lines if line.startswith("refused")]
        figures.refused += len(refused)
        figures.remarks += refused
        figures.acknowledged += len(lines) - len(refused)
        standing, gone = due(lines)
        figures.lost += sum(there.get(one, 0) == 0 for one in standing)
        figures.half += sum(there.get(one, 0) == 1 for one in standing | gone)
        figures.back += sum(there.get(one, 0) == 2 for one in gone)
    figures.turns += sum(one[1] != other[1] for one, other in pairwise(order))
    figures.disorder += sum(one[0] > other[0] for one, other in pairwise(order))
    figures.disorder += len(set(order)) - len({lamport for lamport, _ in order})
    problems = check(path).problems
    figures.faulty += bool(problems)
    figures.remarks += map(str, problems)


def _marks(project: Project) -> dict[str, int]:
    """Each mark that is there, with how many of its two parts are."""
    found: dict[str, int] = {}
    for passage in project.passages():
        parts = [tag.name.removeprefix("mark/") for tag in passage.tags if tag.name.startswith("mark/")]
        parts += [comment.body.removeprefix("said ") for comment in passage.comments]
        for mark in parts:
            found[f"passage {mark}"] = found.get(f"passage {mark}", 0) + 1
    for note in project.notes():
        mark = note.title.removeprefix("note ")
        found[f"note {mark}"] = 1 + (note.body == f"body of {mark}")
    return found


def report(number: int, seed: str, folder: Path) -> Report:
    """So many rounds."""
    start_file, figures = base(folder), Figures()
    for index in range(number):
        pair(start_file, folder / str(index), 20, f"{seed}.{index}", figures)
    counted = (figures.rounds, figures.acknowledged, figures.turns)
    told = Report("Two at once", ("rounds", "acknowledged", "turns", *WRONG))
    told.add("two writers", (*counted, *figures.wrong), well=figures.well, remarks=figures.remarks)
    return told
