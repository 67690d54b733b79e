"""The log of unexpected errors in the user's state folder."""

from __future__ import annotations

import traceback
from pathlib import Path

from workbench import config


def log_path() -> Path:
    """Where the log is, or will be."""
    return config.state_folder() / "errors.log"


def keep_fault(error: Exception) -> Path | None:
    """Writes an error to the log and says where that is, or None where it cannot be written."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return path
