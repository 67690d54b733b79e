"""Pictures of the main screens: a change of one must be meant, looked at and accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from screenshots.scenes import SCENES, make_project, play, steady
from workbench.tui.app import WorkbenchApp


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
@pytest.mark.parametrize("scene", SCENES)
def test_screen(snap_compare: Callable[..., bool], tmp_path: Path, scene: str, size: tuple[int, int]) -> None:
    async def lead_there(pilot: Pilot[None]) -> None:
        await play(pilot, SCENES[scene])

    with steady():
        project = make_project(tmp_path / "hanoi.db")
        assert snap_compare(WorkbenchApp(project), run_before=lead_there, terminal_size=size)
        project.close()
