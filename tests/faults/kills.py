"""The program is killed (SIGKILL) in the middle of its work, at any system call or any moment.

What it had acknowledged must be there; what was under way must be there whole or not at all; copies must be
whole or absent, and backups must open.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.children import Say, can_trace, run
from tests.faults.figures import Report
from tests.faults.work import ANNA, WRONG, Findings, Scene, home, scenes
from workbench import Project
from workbench.store import placing
from workbench.store.header import FORMAT, check_header

OPENED = "opened"


@dataclass(slots=True)
class Figures:
    """What a number of kills showed.

    Attributes:
        kills: children that died before they had done everything.
        in_a_write: kills that left a journal for the next opening to roll back.
        unfinished: kills that left an unfinished copy or backup behind.
    """

    kills: int = 0
    in_a_write: int = 0
    unfinished: int = 0
    findings: Findings = field(default_factory=Findings)


def play(scene: Scene, path: Path) -> Callable[[Say], None]:
    """The work of a child: opens the file and does one action after the other, with a line after each."""

    def work(say: Say) -> None:
        with Project.open(path, analyst=ANNA) as project:
            say(OPENED)
            for action in scene.actions:
                action(project, path.parent)
                say("done")

    return work


def kill(scene: Scene, folder: Path, number: int, seed: str) -> Figures:
    """Kills children so many times, half of them at a system call, the others after a time."""
    rng = random.Random(f"{seed}.{scene.name}")
    with home(folder):
        whole = run(play(scene, scene.begin(folder / "whole")))
        stops = run(play(scene, scene.begin(folder / "traced")), stops=0).stops if can_trace() else 0
    figures = Figures()
    for index in range(number):
        place = folder / str(index)
        path = scene.begin(place)
        with home(place):
            if stops and index % 2 == 0:
                ended = run(play(scene, path), stops=rng.randint(1, stops))
            else:
                ended = run(play(scene, path), seconds=rng.uniform(0, whole.seconds))
            figures.kills += ended.killed
            _look(scene, path, ended.lines, figures)
        shutil.rmtree(place)
    return figures


def _look(scene: Scene, path: Path, said: list[str], figures: Figures) -> None:
    """Looks at everything that a killed child left."""
    journal = path.with_name(f"{path.name}-journal")
    figures.in_a_write += journal.exists() and journal.stat().st_size > 0
    figures.unfinished += any(path.parent.rglob(f"{placing.UNFINISHED}*"))
    done = said.count("done")
    if OPENED in said and check_header(path) != FORMAT:
        figures.findings.lost += 1
        figures.findings.remarks.append(f"{scene.name}: the file was opened, and its migration is gone")
    figures.findings.look(scene, path, done)
    if scene.name == "copy":
        _look_at_copies(scene, path, done, figures.findings)
    _look_at_backups(scene, path, done, figures.findings)


def _look_at_copies(scene: Scene, path: Path, done: int, findings: Findings) -> None:
    """Every copy is whole or absent; the next one that is sent clears away what was left unfinished."""
    for number in range(3):
        copy = path.with_name(f"copy{number}.db")
        if not copy.exists():
            findings.lost += number < done
        elif number:
            findings.look(scene, copy, 0)
        else:  # with comments, or without them once another was sent over it
            findings.check(scene, copy)
    with Project.open(path, analyst=ANNA) as project:
        project.send_copy(path.with_name("next.db"))
    if any(path.parent.glob(f"{placing.UNFINISHED}*")):
        findings.half += 1
        findings.remarks.append("copy: an unfinished file was left for good")


def _look_at_backups(scene: Scene, path: Path, done: int, findings: Findings) -> None:
    """Every backup that is listed is whole, and one was made for every action that makes one."""
    with Project.open(path, analyst=ANNA) as project:
        listed = project.backups()
    for backup in listed:
        findings.check(scene, backup.path)
    if scene.name in ("merge", "backup"):
        findings.lost += max(0, done - len(listed))


def report(number: int, seed: str, folder: Path) -> Report:
    """Kills children so many times in scenes of every kind."""
    told = Report("SIGKILL", ("kills", "in a write", "unfinished", "acknowledged", *WRONG))
    for scene in scenes(folder / "scenes", seed):
        one = kill(scene, folder / scene.name, number, seed)
        found = one.findings
        counted = (one.kills, one.in_a_write, one.unfinished, found.acknowledged)
        told.add(scene.name, (*counted, *found.wrong), well=found.well, remarks=found.remarks)
    if not can_trace():
        told.remarks.append("No child could be stopped at its system calls here: all kills were at a moment.")
    return told
