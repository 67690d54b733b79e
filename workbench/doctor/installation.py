"""Findings about the program: versions, folders, the keymap file, the log of faults."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib import metadata
from pathlib import Path

from workbench import __version__, config
from workbench.doctor.findings import Finding
from workbench.text.sizes import size
from workbench.tui.fault_log import log_path


def about_installation() -> list[Finding]:
    """Versions first, then what lies in the user's folders."""
    return [*_versions(), *_folders(), _keymap(), _faults()]


def _versions() -> list[Finding]:
    serve = _version("textual-serve")
    lacking = "" if serve else "to work in a browser: pip install textual-serve"
    return [
        Finding("program.workbench", "Workbench", __version__),
        Finding("program.python", "Python", f"{platform.python_version()}, {platform.platform(terse=True)}"),
        Finding("program.sqlite", "SQLite", sqlite3.sqlite_version),
        Finding("program.textual", "Textual", _version("textual") or "not installed"),
        Finding("program.serve", "textual-serve", serve or "not installed", lacking),
    ]


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _folders() -> list[Finding]:
    kinds = (
        ("config", "Name and keys", config.keymap_path().parent),
        ("state", "Panes, places, log", config.state_folder()),
        ("data", "Sample, backups", config.data_folder()),
        ("cache", "Search indexes", config.search_folder()),
    )
    return [_folder(f"folder.{kind}", what, path) for kind, what, path in kinds]


def _folder(name: str, what: str, path: Path) -> Finding:
    there = next(one for one in (path, *path.parents) if one.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding(name, what, str(path))
    return Finding(name, what, f"{path}, which cannot be written", f"make {there} a folder you may write to")


def _keymap() -> Finding:
    path, name, what = config.keymap_path(), "file.keymap", "Your keys"
    if not path.exists():
        return Finding(name, what, f"none; {path} would change them")
    from workbench.tui.keymap import COMMANDS
    from workbench.tui.user_keys import load_keys

    found = load_keys(path, COMMANDS)
    return Finding(name, what, f"{path}, {len(found.keys)} changed", found.summary())


def _faults() -> Finding:
    path = log_path()
    if not path.is_file():
        return Finding("file.faults", "Log of faults", "none")
    found = f"{path}, {size(path.stat().st_size)}"
    return Finding("file.faults", "Log of faults", found, "send it along when you report one")
