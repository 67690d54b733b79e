"""The backups of a project: which there are, and one of them restored to a new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from workbench.errors import ProjectFileError
from workbench.text.inert import inert
from workbench.text.sizes import size
from workbench.tui.screens.command_screen import CommandScreen
from workbench.tui.screens.export import folder_beside, free_path
from workbench.tui.screens.paths import ask_paths
from workbench.tui.screens.projects import check_new, short_path, with_ending
from workbench.tui.screens.prompt import choose
from workbench.tui.widgets.bars import MUTED

if TYPE_CHECKING:
    from workbench.store.backups import Backup

WHY = {"daily": "before the day's work", "merge": "before a merge", "migration": "before a change of format"}


def show_backups(screen: CommandScreen[Any]) -> None:
    """Lists the open project's backups, or those of all projects where none is open."""
    screen.job(lambda: _found(screen), lambda found: _offer(screen, *found), group="backups")


def _found(screen: CommandScreen[Any]) -> tuple[list[Backup], Path, str]:
    """The backups, the folder to restore to, and what the project's file is called there, "" where that is
    not known. For the project's thread.
    """
    from workbench.store import backups

    try:
        project = screen.project
    except ProjectFileError:
        return backups.listed(), Path.home(), ""
    return project.backups(), folder_beside(project), project.path.stem


def _offer(screen: CommandScreen[Any], found: list[Backup], folder: Path, stem: str) -> None:
    if not found:
        screen.show_status("No backups yet: one is made daily before the first change, and before a merge")
        return
    several = len({backup.project_id for backup in found}) > 1
    rows = [_row(backup, several) for backup in found]
    choose(screen, "Restore a backup", rows, lambda at: _ask_place(screen, found[at], folder, stem))


def _row(backup: Backup, with_title: bool) -> Content:
    parts = [WHY[backup.reason], size(backup.bytes), *([backup.title or "Untitled"] if with_title else [])]
    return Content.assemble(_when(backup), "  ", (inert(" · ".join(parts)), MUTED))


def _when(backup: Backup) -> str:
    return f"{backup.when.astimezone():%Y-%m-%d %H:%M}"


def _ask_place(screen: CommandScreen[Any], backup: Backup, folder: Path, stem: str) -> None:
    path = free_path(folder, f"{stem or backup.title} {backup.when.astimezone():%Y-%m-%d}", ".db")
    ask_paths(
        screen,
        f"Restore the backup of {_when(backup)}",
        lambda paths: _restore(screen, backup, with_ending(paths[0])),
        check=check_new,
        hint="The new file to make; nothing is replaced · {paths.complete} completes",
        initial=short_path(path),
        several=False,
    )


def _restore(screen: CommandScreen[Any], backup: Backup, path: Path) -> None:
    from workbench.store import backups

    def restored(_: None) -> None:
        screen.toast(f"Restored the backup of {_when(backup)} to {path}")
        rows = [f"Open {inert(path.name)}", "Stay here"]

        def chosen(at: int) -> None:
            if at == 0:
                screen.workbench.open_project(path)

        choose(screen, "The backup is restored", rows, chosen)

    screen.job(lambda: backups.restore(backup.path, path), restored, label="Restoring")
