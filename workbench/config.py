"""What belongs to the person, not to the project: who they are, where their files lie, recent projects.

The first paint asks where things lie, never who somebody is: what that takes is imported where it is asked.
"""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import PlatformDirs

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.model import Analyst

RECENT = 12


def _dirs() -> PlatformDirs:
    return PlatformDirs("workbench", appauthor=False)


def data_folder() -> Path:
    """Where the sample project and the backups lie."""
    return Path(_dirs().user_data_dir)


def state_folder() -> Path:
    """Where layout, places in texts, pinned tags and the error log lie."""
    return Path(_dirs().user_state_dir)


def keymap_path() -> Path:
    """Where the user's own keys are written, if they have any."""
    return Path(_dirs().user_config_dir) / "keymap.toml"


def search_folder() -> Path:
    """Where the search indexes lie, one a project; all of it can be made again."""
    return Path(_dirs().user_cache_dir) / "search"


def sample_path() -> Path:
    """Where the sample project lies, or will."""
    return data_folder() / "sample.db"


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; an empty one where the file is missing or broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(found, ensure_ascii=False).encode()  # half a character, as "\ud800", could not be kept
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Writes a JSON object so that a crash leaves the old file or the new one.

    Raises:
        WorkbenchError: the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        beside.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise WorkbenchError(f"{path} cannot be written: {error.strerror}") from None


def identity() -> Analyst:
    """The analyst on this machine, with a random id; made on first use, named after the login.

    Where the configuration folder cannot be written, the id is made from login and machine instead, so that
    nobody is kept from reading, and the same person stays the same.
    """
    from workbench.model import Analyst
    from workbench.store.ids import digest, is_id, random_id

    known = read_json(_analyst_path())
    if is_id(known.get("id")) and isinstance(known.get("name"), str):
        return Analyst(known["id"], known["name"])
    made = Analyst(random_id(), _login())
    try:
        write_json(_analyst_path(), {"id": made.id, "name": made.name})
    except WorkbenchError:
        import socket

        return Analyst(digest("analyst", made.name, socket.gethostname()), made.name)
    return made


def rename_analyst(name: str) -> Analyst:
    """Sets the analyst's name, which counts as chosen from then on; the id stays.

    Raises:
        WorkbenchError: the configuration folder cannot be written.
    """
    from workbench.model import Analyst

    analyst = Analyst(identity().id, " ".join(name.split()) or _login())
    write_json(_analyst_path(), {"id": analyst.id, "name": analyst.name, "asked": True})
    return analyst


def keep_name() -> Analyst:
    """Lets the name that was made up count as chosen. Raises WorkbenchError as `rename_analyst` does."""
    return rename_analyst(identity().name)


def unchosen_name(analyst: str) -> str | None:
    """The name of the analyst with that id, while it is the one made up here and nobody has chosen it."""
    known = read_json(_analyst_path())
    name = known.get("name")
    made_up = known.get("id") == analyst and not known.get("asked")
    return name if made_up and isinstance(name, str) else None


def _analyst_path() -> Path:
    return Path(_dirs().user_config_dir) / "analyst.json"


def sample_analyst() -> Analyst:
    """In whose name the sample project is filled, so that nobody's undo empties it."""
    from workbench.model import Analyst
    from workbench.store.ids import digest

    return Analyst(digest("analyst", "sample"), "Sample")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def recent_projects() -> list[Path]:
    """Projects opened before that are still there, latest first."""
    listed = read_json(state_folder() / "recent.json").get("projects")
    paths = listed if isinstance(listed, list) else []
    return [Path(path) for path in paths if isinstance(path, str) and os.path.isfile(path)]


def remember_project(path: Path) -> None:
    """Puts a project first among the recent ones; a place that cannot be written is no matter here."""
    full = path.resolve()
    others = [str(other) for other in recent_projects() if other != full]
    try:
        write_json(state_folder() / "recent.json", {"projects": [str(full), *others][:RECENT]})
    except WorkbenchError:
        return
