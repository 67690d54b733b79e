"""There is no room left: for a file (RLIMIT_FSIZE), or on the whole disk (a small tmpfs).

The user must get a sentence; the file must be as it was after the last action that was done, for the program
that met the fault and for any other; and once there is room again the same program must be able to go on.
"""

from __future__ import annotations

import ctypes
import random
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.children import Say, run
from tests.faults.figures import Report
from tests.faults.work import ANNA, WRONG, Findings, Scene, home, scenes, shape
from workbench import Project
from workbench.errors import WorkbenchError
from workbench.store import placing

NEW_USER, NEW_MOUNTS = 0x10000000, 0x20000
"""Flags of Linux's unshare(2)."""
REMOUNT, ALL_PRIVATE = 32, 16384 | 1 << 18
"""Flags of Linux's mount(2)."""
PLENTY = 64 * 2**20
PAGE = 4096

Room = Callable[[int], None]
"""Sets how many bytes there is room for."""


@dataclass(slots=True)
class Figures:
    """What a number of runs showed.

    Attributes:
        refused: runs in which an action was refused; sentences: how often each, folders aside.
    """

    runs: int = 0
    refused: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)


def play(scene: Scene, folder: Path, size: int, room: Room) -> Callable[[Say], None]:
    """The work of a child: acts until there is no room, looks at what there is, goes on with room enough."""

    def work(say: Say) -> None:
        room(PLENTY)
        path = scene.begin(folder)
        findings = Findings()
        room(size)
        project, done = None, 0
        try:
            project = Project.open(path, analyst=ANNA)
            for action in scene.actions:
                action(project, folder)
                done += 1
        except WorkbenchError as error:
            say(f"refused {str(error).replace(str(folder), '')}")
        if any(folder.rglob(f"{placing.UNFINISHED}*")):
            findings.half += 1
            findings.remarks.append(f"{scene.name}: an unfinished file was left")
        if project is not None:
            findings.hold(scene, shape(project), done)
        if scene.name != "migration" or project is not None:  # else there is no room to open it by anybody
            findings.look(scene, path, done, under_way=False)
        room(PLENTY)
        project = project or Project.open(path, analyst=ANNA)
        for action in scene.actions[done:]:
            action(project, folder)
        project.close()
        findings.look(scene, path, len(scene.actions), under_way=False)
        for number in ("lost", "half", "unopenable", "faulty"):
            say(f"{number} {getattr(findings, number)}")
        for remark in findings.remarks:
            say(f"remark {remark}")

    return work


def limit_files(size: int) -> None:
    """Room for a file of so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


class SmallDisk:
    """A tmpfs that only the process sees that mounts it, and that is gone with it.

    Raises:
        OSError: it may not be mounted here.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._mounted = False

    def __call__(self, size: int) -> None:
        if not self._mounted:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._libc.unshare(NEW_MOUNTS) and self._libc.unshare(NEW_USER | NEW_MOUNTS):
                raise OSError(ctypes.get_errno(), "a name space of its own is not allowed")
            self._libc.mount(None, b"/", None, ALL_PRIVATE, None)
        options = f"size={size}".encode()
        flags = REMOUNT if self._mounted else 0
        if self._libc.mount(b"tmpfs", str(self.folder).encode(), b"tmpfs", flags, options):
            raise OSError(ctypes.get_errno(), "a tmpfs may not be mounted")
        self._mounted = True


def can_mount(folder: Path) -> bool:
    """Whether a small disk can be had here."""

    def work(say: Say) -> None:
        try:
            SmallDisk(folder)(PAGE)
        except (OSError, AttributeError):
            return
        say("mounted")

    return run(work).lines == ["mounted"]


def fill(scene: Scene, folder: Path, number: int, seed: str, *, disk: bool) -> Figures:
    """So many runs with room for less than the actions need, each with another limit."""
    rng = random.Random(f"{seed}.{scene.name}.{disk}")
    figures = Figures()
    begin = scene.start.stat().st_size
    for index in range(number):
        place = folder / str(index)
        if disk:
            room: Room = SmallDisk(place)
            size = begin + rng.randrange(scene.taken * 3 // 4) // PAGE * PAGE + 4 * PAGE  # these for folders
        elif scene.growth > 0:
            # Less than the file has already would keep SQLite from giving back what a write had changed.
            room, size = limit_files, begin + rng.randrange(scene.growth)
        else:
            room, size = limit_files, rng.randrange(begin)
        with home(place):
            ended = run(play(scene, place, size, room))
        figures.runs += 1
        _count(ended.lines, figures)
        shutil.rmtree(place)
    return figures


def _count(lines: list[str], figures: Figures) -> None:
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "refused":
            figures.refused += 1
            figures.sentences[rest] += 1
        elif word == "remark":
            figures.findings.remarks.append(rest)
        else:
            setattr(figures.findings, word, getattr(figures.findings, word) + int(rest))


def report(number: int, seed: str, folder: Path) -> Report:
    """So many runs a scene and way of running out of room."""
    told = Report("Disk full", ("runs", "refused", *WRONG))
    kinds = {"RLIMIT_FSIZE": False, "small disk": True}
    if not can_mount(folder / "disk"):
        del kinds["small disk"]
        told.remarks.append("No tmpfs may be mounted here: only RLIMIT_FSIZE was tried.")
    for scene in scenes(folder / "scenes", seed):
        for name, disk in kinds.items():
            one = fill(scene, folder / scene.name / name, number, seed, disk=disk)
            found = one.findings
            row = (one.runs, one.refused, *found.wrong)
            told.add(f"{scene.name}, {name}", row, well=found.well, remarks=found.remarks)
    return told
