"""Draws `screenshots/*.svg` from the scenes that the snapshot tests use too, and the README's key table."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SIZES = {"": (120, 36), "-80": (80, 24)}


async def draw(name: str, keys: tuple[str, ...], size: tuple[int, int], target: Path) -> None:
    """Plays one scene on a project of its own and writes the picture."""
    from screenshots.scenes import make_project, play, steady
    from workbench import config
    from workbench.tui.app import WorkbenchApp

    with tempfile.TemporaryDirectory() as folder, steady():
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = folder
        config.keep_name()  # else a line asks for it
        project = make_project(Path(folder) / "hanoi.db")
        app = WorkbenchApp(project)
        async with app.run_test(size=size) as pilot:
            await play(pilot, keys)
            target.write_text(app.export_screenshot(title=name), encoding="utf-8")
        project.close()


def main() -> None:
    """Draws every scene in every size, and writes the table."""
    from screenshots.keys import write_table
    from screenshots.scenes import SCENES

    write_table()
    for name, keys in SCENES.items():
        for suffix, size in SIZES.items():
            target = FOLDER / f"{name}{suffix}.svg"
            asyncio.run(draw(name.capitalize(), keys, size, target))
            print(f"drew {target.name}")


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent))
    main()
