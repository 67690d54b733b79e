"""The power goes while an analyst works.

The record of what SQLite wrote, synced and deleted is cut at random places; of what was not synced by then,
random sectors are lost, and deletions and new files of the last moments may not have happened. The file that
is left must open and hold every action that had been acknowledged, and no half of one.

The same is done with less careful settings, to show that the cuts are real: with `synchronous = FULL` (which
does not sync the folder after the journal was deleted) acknowledged work must be lost now and then, with OFF
often. The project's own setting is EXTRA.

What is played is SQLite as apsw brings it along, not the copy within Python: the same code, often newer.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from tests.faults.disk import Connection, Disk, Event, Recorder, files_in
from tests.faults.figures import Report
from tests.faults.work import ANNA, FILE, WRONG, Findings, Scene, base, editing, home, importing, merging
from workbench import Project
from workbench.store import guards
from workbench.store.store import Store

SETTINGS = {"EXTRA": 3, "FULL": 2, "OFF": 0}
"""Levels of `PRAGMA synchronous`, with their numbers."""
OWN = "EXTRA"
"""What the workbench sets."""


@dataclass(slots=True)
class Figures:
    """What a number of cuts showed.

    Attributes:
        in_a_write: cuts that left a journal beside the file.
    """

    cuts: int = 0
    in_a_write: int = 0
    findings: Findings = field(default_factory=Findings)


def record(scene: Scene, folder: Path, level: str) -> tuple[dict[str, bytes], list[Event]]:
    """Plays a scene; returns the files there were before, and all that was done to them."""
    path = scene.begin(folder)
    before = files_in(folder)
    vfs = Recorder(f"recorder {folder}", folder)
    conn = Connection(path, vfs)
    guards.guard(cast(sqlite3.Connection, conn))
    set_to = conn.execute("PRAGMA synchronous").fetchall()
    assert set_to == [(SETTINGS[OWN],)], "the workbench does not sync as carefully as it should"
    conn.execute(f"PRAGMA synchronous = {level}")
    with home(folder), Project(Store(path, cast(sqlite3.Connection, conn), ANNA, False)) as project:
        for action in scene.actions:
            action(project, folder)
            vfs.events.append(Event("done"))
    vfs.unregister()
    return before, [one for one in vfs.events if one.what == "done" or one.name.startswith(FILE)]


def cut(scene: Scene, folder: Path, number: int, seed: str, level: str = OWN) -> Figures:
    """Records a scene and cuts the record at so many places."""
    rng = random.Random(f"{seed}.{scene.name}.{level}")
    before, events = record(scene, folder / "record", level)
    disk, done, figures = Disk(before), 0, Figures()
    places = sorted(rng.randrange(len(events) + 1) for _ in range(number))
    for at, event in enumerate([*events, None]):
        for _ in range(places.count(at)):
            place = folder / "cut"
            place.mkdir()
            for name, data in disk.cut(rng).items():
                (place / name).write_bytes(data)
                figures.in_a_write += name != FILE and bool(data)
            with home(place):
                figures.findings.look(scene, place / FILE, done)
            figures.cuts += 1
            shutil.rmtree(place)
        if event is not None:
            disk.take(event)
            done += event.what == "done"
    return figures


def report(number: int, seed: str, folder: Path) -> Report:
    """So many cuts with the project's own setting, and a quarter as many with each of the others.

    All is well when nothing is wrong with the own setting, and something is with each of the others.
    """
    start = base(folder)
    played = [
        editing(start, folder / "edit", seed, 40),
        importing(start, folder / "import", seed),
        merging(start, folder / "merge", seed),
    ]
    told = Report(
        "Power cut, by PRAGMA synchronous", ("cuts", "in a write", "acknowledged", *WRONG), summed=False
    )
    for level in SETTINGS:
        own, wrong = level == OWN, 0
        for scene in played:
            share = number // len(played) // (1 if own else 4)
            one = cut(scene, folder / level / scene.name, share, seed, level)
            found = one.findings
            row = (one.cuts, one.in_a_write, found.acknowledged, *found.wrong)
            told.add(f"{level}: {scene.name}", row, remarks=found.remarks if own else ())
            wrong += sum(found.wrong)
        told.well = told.well and bool(wrong) != own
    return told
