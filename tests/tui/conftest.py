"""Keeps the tests of the screens out of the user's own folders, with a name chosen already."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import config


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State, configuration and data folders of this test alone."""
    home = tmp_path_factory.mktemp("own")
    for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    config.keep_name()
    return home
