"""Choosing colours: each theme is shown as the cursor comes to it, and only enter keeps it."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from screenshots.scenes import play, settle
from tests.tui.support import StrictApp, screen_text
from workbench import config
from workbench.project import Project
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.theme import CONTRAST, DARK, LIGHT


async def run(pilot: Pilot[None], command: str) -> None:
    """Runs a command as the palette does."""
    assert isinstance(pilot.app.screen, CommandScreen)
    await pilot.app.screen.run_command(command)
    await settle(pilot)


async def test_who_types_theme_finds_it(tmp_path: Path) -> None:
    with Project.open(tmp_path / "empty.db", create=True) as project:
        app = StrictApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await play(pilot, (":", *"choose theme", "enter"))
            assert "workbench-contrast" in screen_text(app)


async def test_a_theme_is_shown_at_once_and_kept_with_enter_alone(tmp_path: Path) -> None:
    project = Project.open(tmp_path / "empty.db", create=True)
    app = StrictApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await run(pilot, "app.themes")
        assert "workbench-contrast" in screen_text(app) and "the terminal's own" in screen_text(app)
        await play(pilot, ("j",))
        assert app.theme == LIGHT.name
        await play(pilot, ("escape",))
        assert app.theme == DARK.name
        await run(pilot, "app.themes")
        await play(pilot, ("k", "enter"))
        assert app.theme == CONTRAST.name
    project.close()
    assert config.read_json(config.state_folder() / "screen.json")["theme"] == CONTRAST.name
    again = StrictApp(tmp_path / "empty.db")
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert again.theme == CONTRAST.name
        await run(pilot, "app.theme")
        assert again.theme == LIGHT.name
