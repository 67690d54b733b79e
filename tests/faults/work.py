"""Work that gives the same project each time, so that a file can be held against what it should be.

A scene is a file to begin with and a list of actions. What the project looks like after each of them is known
beforehand; a file that met a fault must look as it did after the last action acknowledged, or after the one
that was under way, and like nothing else.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from tests.bench.made_up import shuffled_articles
from tests.data import sample
from workbench import Project
from workbench.model import Analyst
from workbench.resources import resource
from workbench.store import backups
from workbench.store.checking import CheckReport, check

ANNA, BEN = Analyst("A" * 26, "Anna"), Analyst("B" * 25 + "A", "Ben")
FILE = "p.db"

Action = Callable[[Project, Path], object]
"""Takes the project and the folder where it lies."""
Shape = tuple[object, ...]
"""All that a project says, without ids and times that differ from run to run."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A project file and what is done to it, one action after the other.

    Attributes:
        start: the file to begin with; each run works on a copy.
        shapes: what the project is before the first action and after each.
        growth, taken: bytes by which the actions let the file grow, and all that lies around it.
    """

    name: str
    start: Path
    actions: Sequence[Action]
    shapes: Sequence[Shape] = field(repr=False)
    growth: int = 0
    taken: int = 0

    def begin(self, folder: Path) -> Path:
        """Lays the file into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(self.start, folder / FILE))


def rehearsed(name: str, start: Path, actions: Sequence[Action], folder: Path) -> Scene:
    """A scene, played once in an empty folder to see what it amounts to."""
    scene = Scene(name, start, actions, ())
    path = scene.begin(folder)
    with home(folder), Project.open(path, analyst=ANNA) as project:
        shapes = [shape(project)]
        for action in actions:
            action(project, folder)
            shapes.append(shape(project))
    begin = start.stat().st_size
    around = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    return Scene(name, start, actions, shapes, path.stat().st_size - begin, around - begin)


@contextmanager
def home(folder: Path) -> Iterator[None]:
    """Has backups made in that folder for a while."""
    with patch.dict(os.environ, {"XDG_DATA_HOME": str(folder / "home")}):
        yield


def shape(project: Project) -> Shape:
    """What a project says: its texts, what stands on them, the notes, how many changes of which sort."""
    articles = {one.id: one for one in project.articles()}
    with project._store.reading() as conn:
        log = conn.execute("SELECT kind, fields, count(*) FROM change GROUP BY 1, 2 ORDER BY 1, 2").fetchall()
        sizes = [conn.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("text", "payload")]
    return (
        tuple(sorted((one.file, one.title or "", project.text(one.id)) for one in articles.values())),
        tuple(
            (
                articles[one.article].file,
                one.start,
                one.end,
                one.quote,
                tuple(sorted(tag.name for tag in one.tags)),
                tuple(sorted(comment.body for comment in one.comments)),
                len(one.notes),
            )
            for one in project.passages()
        ),
        tuple(
            sorted(
                (one.title, one.body, tuple(cited.quote for cited in one.citations))
                for one in project.notes()
            )
        ),
        tuple(tag.name for tag in project.tags()),
        tuple(log),
        tuple(sizes),
    )


# Single actions


def edit(seed: str) -> Action:
    """One thing an analyst does, chosen by chance."""

    def act(project: Project, folder: Path) -> None:
        rng = random.Random(seed)
        deeds = (_annotate, _annotate, _note, _comment, _delete, _rename, _undo, _undo)
        rng.choice(deeds)(project, rng, seed)

    return act


def _annotate(project: Project, rng: random.Random, mark: str) -> None:
    article = rng.choice(sorted(project.articles(), key=lambda one: one.id))
    start = rng.randrange(article.chars - 80)
    tags = [f"mark/{mark}", rng.choice(("risk", "sea", "power/grid"))]
    project.annotate_range(article.id, start, start + rng.randint(5, 80), tags=tags, comment=f"said {mark}")


def _note(project: Project, rng: random.Random, mark: str) -> None:
    cited = rng.sample([one.id for one in project.passages()], 2)
    said = f"{mark}: " + "what is said of it. " * rng.randint(0, 40)
    project.create_note(f"note {mark}", said + " ".join(f"{{{{Q{one}}}}}" for one in cited))


def _comment(project: Project, rng: random.Random, mark: str) -> None:
    bodies = {comment.body: comment.id for one in project.passages() for comment in one.comments}
    project.edit_comment(
        bodies[rng.choice(sorted(bodies))], f"changed {mark} " + "word " * rng.randint(1, 400)
    )


def _delete(project: Project, rng: random.Random, mark: str) -> None:
    project.delete_passage(rng.choice(project.passages()).id)


def _rename(project: Project, rng: random.Random, mark: str) -> None:
    project.rename_tag(rng.choice(project.tags()).id, f"renamed {mark}")


def _undo(project: Project, rng: random.Random, mark: str) -> None:
    if rng.random() < 0.7:
        project.undo()
    else:
        project.redo()


def long_note(project: Project, folder: Path) -> object:
    """A note of six pages."""
    return project.create_note("long note", "Nothing is said in many words. " * 800)


def edits(seed: str, number: int) -> list[Action]:
    """So many edits in a row."""
    return [edit(f"{seed}.{index}") for index in range(number)]


def import_files(paths: Sequence[Path]) -> Action:
    """One import of several files."""
    return lambda project, folder: project.import_paths(paths)


def merge(other: Path) -> Action:
    """A merge of another copy."""
    return lambda project, folder: project.merge(other)


def send(number: int) -> Action:
    """A copy sent to a place of its own; those after the third replace the first, with comments withheld."""
    if number < 3:
        return lambda project, folder: project.send_copy(folder / f"copy{number}.db")
    return lambda project, folder: project.send_copy(folder / "copy0.db", withhold=["comments"], force=True)


def back_up(project: Project, folder: Path) -> object:
    """A backup, as it is made before a day's first change."""
    return backups.make(project._store.conn, project.path, project.id, "daily")


# Scenes


def base(folder: Path) -> Path:
    """A project of the five sample articles with 40 annotations and 60 edits of any sort."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "base.db"
    with home(folder), Project.open(path, create=True, analyst=ANNA) as project:
        project.import_paths(sorted(resource("seeds").glob("*.txt")))
        for number in range(40):
            _annotate(project, random.Random(number), f"base.{number}")
        for action in edits("base", 60):
            action(project, folder)
    return path


def editing(start: Path, folder: Path, seed: str, number: int = 12) -> Scene:
    """Tags, comments, notes, renaming, deleting, undo; at last a note that needs new pages for sure."""
    return rehearsed("edit", start, [*edits(seed, number), long_note], folder)


def importing(start: Path, folder: Path, seed: str) -> Scene:
    """Four imports of three files each."""
    source = folder / "source"
    source.mkdir(parents=True)
    paths = []
    for number, text in enumerate(shuffled_articles(12, 3_000, seed=random.Random(seed).randrange(10**6))):
        paths.append(source / f"{number:02}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    actions = [import_files(paths[at : at + 3]) for at in range(0, len(paths), 3)]
    return rehearsed("import", start, actions, folder / "play")


def merging(start: Path, folder: Path, seed: str) -> Scene:
    """Merges of three copies on which somebody else has worked."""
    others = []
    for number in range(3):
        place = folder / f"other{number}"
        place.mkdir(parents=True)
        others.append(Path(shutil.copy(start, place / FILE)))
        with home(place), Project.open(others[-1], analyst=BEN) as project:
            for action in edits(f"{seed}.{number}", 10):
                action(project, place)
    return rehearsed("merge", start, [merge(other) for other in others], folder / "play")


def migrating(start: Path, folder: Path) -> Scene:
    """The opening of a file of format 1 that holds the whole log of the base project."""
    folder.mkdir(parents=True)
    old = Path(shutil.copy(sample.STORED[0], folder / "old.db"))
    conn = sqlite3.connect(old, isolation_level=None)
    conn.execute("ATTACH ? AS base", (str(start),))
    conn.execute("BEGIN")
    conn.execute("INSERT OR IGNORE INTO main.text SELECT * FROM base.text")
    (last,) = conn.execute("SELECT max(seq) FROM main.change").fetchone()
    columns = "id, kind, thing, fields, analyst, lamport, wall, supersedes, payload_hash"
    conn.execute(
        f"INSERT INTO main.change SELECT seq + ?, {columns} FROM base.change WHERE kind != 'project'", (last,)
    )
    conn.execute(
        "INSERT INTO main.payload SELECT change + ?, salt, body FROM base.payload"
        " WHERE change + ? IN (SELECT seq FROM main.change)",
        (last, last),
    )
    conn.execute("COMMIT")
    conn.close()
    return rehearsed("migration", old, [], folder / "play")


def copying(start: Path, folder: Path) -> Scene:
    """Three copies sent, and two over the first."""
    return rehearsed("copy", start, [send(number) for number in range(5)], folder)


def backing_up(start: Path, folder: Path) -> Scene:
    """Four backups."""
    return rehearsed("backup", start, [back_up] * 4, folder)


def scenes(folder: Path, seed: str) -> list[Scene]:
    """One of each kind."""
    start = base(folder)
    return [
        editing(start, folder / "edit", seed),
        importing(start, folder / "import", seed),
        merging(start, folder / "merge", seed),
        migrating(start, folder / "migration"),
        copying(start, folder / "copy"),
        backing_up(start, folder / "backup"),
    ]


# Looking at what a fault left


WRONG = ("lost", "half done", "unopenable", "faulty")
"""What `Findings.wrong` counts."""


@dataclass(slots=True)
class Findings:
    """What files looked like after faults.

    Attributes:
        acknowledged: actions that were reported as done.
        lost: files that lack one of those; half: files that are like after none of the actions.
        unopenable: files that could not be opened; faulty: files that the check finds fault with.
    """

    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    unopenable: int = 0
    faulty: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing went wrong."""
        return not any(self.wrong)

    @property
    def wrong(self) -> tuple[int, int, int, int]:
        """The figures that must be 0: lost, half done, not to be opened, faulty."""
        return self.lost, self.half, self.unopenable, self.faulty

    def look(self, scene: Scene, path: Path, done: int, *, under_way: bool = True) -> None:
        """Opens a file after a fault and holds it against what it should be.

        Args:
            done: actions acknowledged.
            under_way: whether one more may have been done.
        """
        self.acknowledged += done
        try:
            with Project.open(path, analyst=ANNA) as project:
                found = shape(project)
            report = check(path)
        except Exception as error:
            self.unopenable += 1
            self.remarks.append(f"{scene.name}: {type(error).__name__}: {error}")
            return
        self.hold(scene, found, done, under_way=under_way)
        self._weigh(scene, report)

    def check(self, scene: Scene, path: Path) -> None:
        """Has a copy or backup checked whole."""
        try:
            self._weigh(scene, check(path))
        except Exception as error:
            self.unopenable += 1
            self.remarks.append(f"{scene.name}: {path.name}: {type(error).__name__}: {error}")

    def _weigh(self, scene: Scene, report: CheckReport) -> None:
        if not report.well:
            self.faulty += 1
            self.remarks.append(f"{scene.name}: {report.problems[0]}")

    def hold(self, scene: Scene, found: Shape, done: int, *, under_way: bool = False) -> None:
        """Holds what a project says against what it should say after so many actions."""
        if found in scene.shapes[done : done + 1 + under_way]:
            return
        if found in scene.shapes[:done]:
            self.lost += 1
            self.remarks.append(f"{scene.name}: {done} acknowledged, {scene.shapes.index(found)} there")
        else:
            self.half += 1
            self.remarks.append(f"{scene.name}: after {done} actions the file is like after none of them")
