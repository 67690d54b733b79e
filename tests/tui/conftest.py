"""Keeps the tests of the screens out of the user's own folders, with a name chosen already."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import config


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State, configuration and data folders of this test alone."""
    for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    config.keep_name()
    return tmp_path
