"""The projects opened before, and the ways to others: a file by its path, a new one, the sample."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench import config
from workbench.errors import InputError
from workbench.text.inert import inert
from workbench.text.sizes import size
from workbench.tui.commands import key
from workbench.tui.library_contents import read_contents
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.export import folder_beside
from workbench.tui.screens.paths import ask_paths
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bars import MUTED, UNDO, quoted, spread
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane

ENDING = ".db"


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A project file as the list shows it; `bytes` is None where there is no file yet (the sample)."""

    path: Path
    bytes: int | None
    changed: datetime | None
    open: bool


class ProjectsScreen(WorkbenchScreen):
    """The list of project files, the open one with its title and what is in it."""

    context = "projects"

    def __init__(self) -> None:
        super().__init__()
        self._title, self._totals = "", ""

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield Pane(LineList(self._row, key=lambda file: file.path, row_height=2), heading="Projects")

    def on_mount(self) -> None:
        """Lists the files."""
        self._read()

    def on_project_changed(self, message: ProjectChanged) -> None:
        """Reads title and counts again."""
        self._read()

    def _read(self) -> None:
        def work() -> tuple[str, str, Path]:
            project = self.project
            return project.title, read_contents(project).totals(), project.path

        def show(found: tuple[str, str, Path]) -> None:
            self._title, self._totals, path = found
            self._list_files(known_projects(path))

        self.job(work, show, failed=lambda error: self._list_files(known_projects(None)), group="projects")

    def _list_files(self, files: Sequence[ProjectFile]) -> None:
        self.query_one(LineList).set_rows(files)
        self.query_one(LineList).refresh_rows()
        self.query_one(Pane).set_heading("Projects", "last opened first")

    def _row(self, file: ProjectFile, width: int) -> Content:
        sample = file.path == config.sample_path().resolve()
        name = self._title if file.open else "Sample: five articles" if sample else file.path.stem
        sign = Content.styled("● " if file.open else "  ", "$primary")
        first = spread(sign + Content.styled(inert(name), "bold"), _facts(file), width)
        where = inert(short_path(file.path)) + (f" · {self._totals}" if file.open else "")
        return Content("\n").join([first, Content.styled(f"  {where}", MUTED)])

    # Keys

    @on(LineList.Selected)
    def action_open(self) -> None:
        """Opens the project under the cursor; the sample is made where it is missing."""
        file = self.query_one(LineList).current
        if file is None:
            return
        if file.open:
            self.workbench.goto("library")
        elif file.bytes is None:
            self.job(lambda: make_sample(file.path), self.workbench.open_project, label="Making the sample")
        else:
            self.workbench.open_project(file.path)

    def action_new(self) -> None:
        """Asks where and how it is called, and makes it."""

        def name(paths: list[Path]) -> None:
            path = with_ending(paths[0])
            ask(
                self,
                "Title of the new project",
                lambda title: self.workbench.open_project(path, create=True, title=title),
                initial=path.stem,
                validate=check_title,
                hint=f"{inert(short_path(path))} will be made",
            )

        folder = short_path(folder_beside(self.project)) if self._title else "~"
        ask_paths(
            self,
            "New project",
            name,
            check=check_new,
            hint=f"The file to make, ending in {ENDING} · {{paths.complete}} completes · ~ is your home",
            initial=f"{folder}/",
            several=False,
        )

    def action_open_other(self) -> None:
        """Asks for the path of a project file and opens it."""
        ask_paths(
            self,
            "Open a project",
            lambda paths: self.workbench.open_project(paths[0]),
            check=check_file,
            hint="The path of a project file · {paths.complete} completes · ~ is your home",
            endings=(ENDING,),
            several=False,
        )

    def action_rename(self) -> None:
        """Asks for another title of the open project."""

        def rename(title: str) -> None:
            self.job(lambda: self.project.set_title(title), lambda _: done(title))

        def done(title: str) -> None:
            self.toast(f"Titled the project {quoted(title)}", UNDO)
            self.workbench.post_project_changed()

        ask(self, "Title of this project", rename, initial=self._title, validate=check_title)

    def disabled_reason(self, command_id: str) -> str | None:
        """Only an open project can be titled."""
        if command_id == "projects.rename" and not self._title:
            return "No project is open"
        return super().disabled_reason(command_id)


def known_projects(current: Path | None) -> list[ProjectFile]:
    """The open project, then the recent ones, then the sample where it is not among them."""
    paths = [current.resolve()] if current else []
    paths += [
        path for path in (*config.recent_projects(), config.sample_path().resolve()) if path not in paths
    ]
    return [_looked_at(path, path == paths[0] and current is not None) for path in dict.fromkeys(paths)]


def make_sample(path: Path) -> Path:
    """Makes the sample project and returns where it is."""
    from workbench.sample import create_sample

    create_sample(path)
    return path


def check_file(paths: Sequence[Path]) -> None:
    """Refuses what is not a file that is there.

    Raises:
        InputError: it says why.
    """
    if os.path.isdir(paths[0]):
        raise InputError(f"{paths[0]} is a folder; a project is a file")
    if not os.path.isfile(paths[0]):
        raise InputError(f"there is no file {paths[0]}")


def with_ending(path: Path) -> Path:
    """The path with the ending of project files where it has none."""
    return path if path.suffix else path.with_name(path.name + ENDING)


def check_new(paths: Sequence[Path]) -> None:
    """Refuses a place where no project can be made.

    Raises:
        InputError: it says why.
    """
    try:
        if paths[0].is_dir():
            raise InputError("type a name for the file after the folder")
        path = with_ending(paths[0])
        if path.exists():
            raise InputError(f"{path} is there already; {key('projects.other')} opens it")
        if not path.parent.is_dir():
            raise InputError(f"there is no folder {path.parent}")
    except (OSError, ValueError):
        raise InputError("that is not a path") from None


def check_title(title: str) -> None:
    """Refuses an empty title.

    Raises:
        InputError: there is nothing in it.
    """
    if not title.strip():
        raise InputError("a project needs a title")


def short_path(path: Path) -> str:
    """A path with ~ for the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}".removesuffix("/.") if path.is_relative_to(home) else str(path)


def _looked_at(path: Path, is_open: bool) -> ProjectFile:
    try:
        found = path.stat()
    except OSError:
        return ProjectFile(path, None, None, is_open)
    return ProjectFile(path, found.st_size, datetime.fromtimestamp(found.st_mtime), is_open)


def _facts(file: ProjectFile) -> Content:
    if file.bytes is None or file.changed is None:
        return Content.styled("not made yet", MUTED)
    return Content.styled(f"{size(file.bytes)} · {file.changed:%Y-%m-%d %H:%M}", MUTED)
