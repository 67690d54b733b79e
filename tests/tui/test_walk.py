"""A short walk at random; `make walk` goes far."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.walker import walk


async def test_nothing_breaks_and_no_word_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where the walk may write, and from where the test comes back
    walked = await walk(tmp_path, seed=6, steps=100)
    assert len(walked.trail) == walked.trail.maxlen
