"""Offers a clean copy of a file that was not opened because it holds things no workbench put there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import OddSchemaError
from workbench.text.inert import inert

if TYPE_CHECKING:
    from workbench.store.repair import RepairReport
    from workbench.tui.app import WorkbenchApp
    from workbench.tui.screens.command_screen import CommandScreen


def could_not_open(app: WorkbenchApp, error: Exception) -> None:
    """Says why a file was not opened, and offers a way on where there is one."""
    from workbench.tui.screens.command_screen import CommandScreen

    app.toast(str(error), error=True)
    if isinstance(error, OddSchemaError) and isinstance(app.screen, CommandScreen):
        offer_clean_copy(app, app.screen, error)


def offer_clean_copy(app: WorkbenchApp, screen: CommandScreen[Any], error: OddSchemaError) -> None:
    """Asks whether to make one beside the file, and opens it then; the file itself stays as it is."""
    from workbench.tui.screens.export import free_path
    from workbench.tui.screens.prompt import choose

    copy = free_path(error.path.parent, f"{error.path.stem}-clean", ".db")

    def chosen(index: int) -> None:
        if index == 0:
            app.job(
                lambda: _make(error.path, copy),
                lambda report: _made(app, copy, report),
                label=f"Copying {error.path.name}",
            )

    choose(
        screen,
        f"{error.path.name} was not opened: it {error.oddity}",
        [f"Make a clean copy of its articles and notes: {copy.name}", "Leave it alone"],
        chosen,
    )


def _make(path: Path, copy: Path) -> RepairReport:
    from workbench.store.repair import repair

    return repair(path, copy)


def _made(app: WorkbenchApp, copy: Path, report: RepairReport) -> None:
    lost = f"; {len(report.lost):,} of its rows did not verify and stayed out" if report.lost else ""
    app.open_project(copy)
    app.toast(f"Made {inert(copy.name)} of {report.changes:,} changes{lost}")
