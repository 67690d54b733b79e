"""What belongs to the person: a broken or old state never bars the way in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench import config
from workbench.store.ids import is_id


def test_recent_projects_come_back_latest_first_while_they_are_there(tmp_path: Path) -> None:
    for name in ("a.db", "b.db", "a.db"):
        (tmp_path / name).touch()
        config.remember_project(tmp_path / name)
    assert config.recent_projects() == [tmp_path / "a.db", tmp_path / "b.db"]
    (tmp_path / "a.db").unlink()
    assert config.recent_projects() == [tmp_path / "b.db"]


@pytest.mark.parametrize("listed", [None, 7, {"a": 1}, [7, "a\0b", "x" * 5000]])
def test_a_broken_list_of_recent_projects_is_an_empty_one(listed: object) -> None:
    config.write_json(config.state_folder() / "recent.json", {"projects": listed})
    assert config.recent_projects() == []
    (config.state_folder() / "recent.json").write_text(json.dumps([listed]))
    assert config.recent_projects() == []


@pytest.mark.parametrize("deep", [1, 100_000])
@pytest.mark.parametrize("piece", ["[", '{"a":', '{"theme": "\\ud800"}', "\0", "[]", ""])
def test_a_broken_file_is_an_empty_one(tmp_path: Path, piece: str, deep: int) -> None:
    text = piece * deep
    (tmp_path / "screen.json").write_text(text)
    assert config.read_json(tmp_path / "screen.json") == {}


def test_where_the_configuration_cannot_be_written_one_stays_the_same_analyst(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    assert config.identity() == config.identity()


def test_an_identity_that_is_none_is_made_anew(own_folders: Path) -> None:
    path = own_folders / "config" / "workbench" / "analyst.json"
    config.write_json(path, {"id": "x", "name": "Eve"})
    assert is_id(config.identity().id)
