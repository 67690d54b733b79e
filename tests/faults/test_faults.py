"""A short form of the fault tests; `make faults` runs them at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import damage, full, kills, pairs, power, work
from tests.faults.children import run
from workbench import Project

BUILDERS = {
    "edit": lambda start, folder, seed: work.editing(start, folder, seed),
    "import": lambda start, folder, seed: work.importing(start, folder, seed),
    "merge": lambda start, folder, seed: work.merging(start, folder, seed),
    "migration": lambda start, folder, seed: work.migrating(start, folder),
    "copy": lambda start, folder, seed: work.copying(start, folder),
    "backup": lambda start, folder, seed: work.backing_up(start, folder),
}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to begin with."""
    return work.base(tmp_path_factory.mktemp("start"))


@pytest.fixture
def seed() -> str:
    """The same each time, so that a failure comes again; `make faults` draws others, and prints them."""
    return "short"


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_kill_loses_nothing_and_leaves_nothing_half_done(
    kind: str, start: Path, tmp_path: Path, seed: str
) -> None:
    scene = BUILDERS[kind](start, tmp_path / "scene", seed)
    figures = kills.kill(scene, tmp_path / "kills", 4, seed)
    assert figures.findings.well, figures.findings.remarks


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("disk", [False, True], ids=["file-limit", "small-disk"])
def test_without_room_there_is_a_sentence_and_no_harm(
    kind: str, disk: bool, start: Path, tmp_path: Path, seed: str
) -> None:
    if disk and not full.can_mount(tmp_path / "disk"):
        pytest.skip("no tmpfs may be mounted here")
    scene = BUILDERS[kind](start, tmp_path / "scene", seed)
    figures = full.fill(scene, tmp_path / "full", 2, seed, disk=disk)
    assert figures.findings.well, figures.findings.remarks
    assert figures.refused, "there was room for everything"
    for sentence in figures.sentences:
        assert "the disk is full" in sentence or "(disk error)" in sentence


def test_a_power_cut_loses_nothing_that_was_acknowledged(start: Path, tmp_path: Path, seed: str) -> None:
    scene = work.editing(start, tmp_path / "scene", seed)
    figures = power.cut(scene, tmp_path / "power", 60, seed)
    assert figures.in_a_write
    assert figures.findings.well, figures.findings.remarks


def test_the_power_cuts_are_real(start: Path, tmp_path: Path) -> None:
    """With a careless setting the same cuts lose something; `make faults` shows how much, also with FULL."""
    scene = work.editing(start, tmp_path / "scene", "real")
    figures = power.cut(scene, tmp_path / "power", 40, "real", "OFF")
    assert figures.findings.lost + figures.findings.unopenable > 0


def test_damage_is_never_shown_in_silence(start: Path, tmp_path: Path, seed: str) -> None:
    figures = damage.damage(start, tmp_path / "damage", 64, seed)
    assert figures.well, (figures.wrong, figures.remarks)
    assert figures.total("said") + figures.total("by check") > 0


def test_two_writers_at_once_lose_nothing(start: Path, tmp_path: Path, seed: str) -> None:
    figures = pairs.Figures()
    for index in range(6):
        pairs.pair(start, tmp_path / str(index), 12, f"{seed}.{index}", figures)
    assert figures.well, figures.remarks


def test_a_loss_would_be_noticed(start: Path, tmp_path: Path) -> None:
    """The tests above can fail: a file that lacks an acknowledged action, or half of one, is told."""
    scene = work.editing(start, tmp_path / "scene", "noticed")
    path = scene.begin(tmp_path / "late")
    findings = work.Findings()
    findings.look(scene, path, 0)
    assert findings.well
    findings.look(scene, path, 2)
    assert findings.lost == 1
    with Project.open(path, analyst=work.ANNA) as project:
        project.create_tag("of no action")
    findings.look(scene, path, 0)
    assert findings.half == 1
    path.write_bytes(path.read_bytes()[:5000])
    findings.look(scene, path, 0)
    assert findings.unopenable == 1


def test_a_child_that_fails_is_no_success() -> None:
    def work_badly(say: object) -> None:
        raise ValueError("gone wrong")

    with pytest.raises(AssertionError, match="gone wrong"):
        run(work_badly)
