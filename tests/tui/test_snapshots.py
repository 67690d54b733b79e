"""Pictures of the main screens: a change of one must be meant, looked at and accepted.

Each scene is played once and drawn in all sizes and themes; `make test ARGS="-k snapshots --snapshot-update"`
accepts what it draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from screenshots.scenes import SCENES, make_project, play, settle, steady
from workbench.project import Project
from workbench.tui.app import WorkbenchApp

DARK, LIGHT = "workbench-dark", "workbench-light"
LOOKS = [((120, 36), DARK), ((80, 24), DARK), ((120, 36), LIGHT), ((80, 24), LIGHT)]
EXTREMES = [((40, 12), DARK), ((200, 50), DARK)]
OVERLAPS = {0: (), 1: ("one",), 2: ("one", "two"), 3: ("one", "two", "three"), 5: tuple("abcde")}
"""How many tags lie on a sentence -> their names."""
EMPTY = {
    "library": ("g", "l"),
    "reading": ("g", "r"),
    "tags": ("g", "t"),
    "notes": ("g", "n"),
    "search": ("/", *"/nothing"),
}
"""Screens of a project in which there is nothing yet."""


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compares SVGs with the ones that were accepted."""
    return snapshot.use_extension(SVGImageExtension)


async def draw(
    app: WorkbenchApp, pilot: Pilot[None], looks: Sequence[tuple[tuple[int, int], str]]
) -> dict[str, str]:
    """The screen as SVG in each of these sizes and themes, by a name for it."""
    found = {}
    for (width, height), theme in looks:
        app.theme = theme
        await pilot.resize_terminal(width, height)
        await settle(pilot)
        found[f"{width}x{height}-{theme.removeprefix('workbench-')}"] = app.export_screenshot()
    return found


async def draw_scene(project: Project, keys: tuple[str, ...]) -> dict[str, str]:
    """A scene in all its looks."""
    app = WorkbenchApp(project)
    async with app.run_test(size=LOOKS[0][0]) as pilot:
        await play(pilot, keys)
        return await draw(app, pilot, [*LOOKS, *EXTREMES])


def compare(picture: SnapshotAssertion, drawn: dict[str, str]) -> None:
    """Compares them all and names those that differ."""
    different = [name for name, svg in drawn.items() if svg != picture(name=name)]
    assert not different


@pytest.mark.parametrize("scene", SCENES)
async def test_screen(picture: SnapshotAssertion, tmp_path: Path, scene: str) -> None:
    with steady():
        project = make_project(tmp_path / "hanoi.db")
        compare(picture, await draw_scene(project, SCENES[scene]))
        project.close()


@pytest.mark.parametrize("mode", ["no-color", "256"])
async def test_few_colours(
    picture: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    if mode == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setattr("textual.constants.COLOR_SYSTEM", mode)
    with steady():
        project = make_project(tmp_path / "hanoi.db")
        app = WorkbenchApp(project)
        async with app.run_test(size=(120, 36)) as pilot:
            await play(pilot, SCENES["reading"])
            compare(picture, {f"reading-{mode}": app.export_screenshot()})
        project.close()


async def test_overlaps(picture: SnapshotAssertion, tmp_path: Path) -> None:
    (tmp_path / "five.txt").write_text(
        "\n\n".join(f"On this sentence lie tags, {count} in number." for count in OVERLAPS), encoding="utf-8"
    )
    with steady(), Project.open(tmp_path / "five.db", create=True) as project:
        project.import_paths([tmp_path / "five.txt"])
        (article,) = project.articles()
        text = project.text(article.id)
        for count, tags in OVERLAPS.items():
            start = text.index(f"On this sentence lie tags, {count}")
            for end, tag in enumerate(tags, start + 16):
                project.annotate_range(article.id, start, end, tags=[tag])
        app = WorkbenchApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await play(pilot, ("enter", "G"))
            compare(picture, await draw(app, pilot, LOOKS))


async def test_nothing_there_yet(picture: SnapshotAssertion, tmp_path: Path) -> None:
    drawn = {}
    with steady(), Project.open(tmp_path / "empty.db", create=True) as project:
        app = WorkbenchApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            for name, keys in EMPTY.items():
                await play(pilot, keys)
                drawn[f"empty-{name}"] = app.export_screenshot()
            app.toast("There is no file missing.db", error=True)
            await settle(pilot)
            drawn["error"] = app.export_screenshot()
    compare(picture, drawn)
