"""Words of a file that the command line prints on a terminal only draw."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.data.nasty import hostile_project, live
from tests.unit.conftest import Run


@pytest.mark.parametrize("on_terminal", [True, False])
def test_no_command_lets_words_of_a_file_act(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, on_terminal: bool
) -> None:
    path = hostile_project(tmp_path)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: on_terminal)
    for command in (("articles",), ("search", "pumps"), ("search", "said"), ("log",), ("export",)):
        outcome = run(command[0], path, *command[1:])
        assert outcome.code == 0 and "[red" in outcome.out.replace("\\", ""), command
        # What is piped from an export is a file, which keeps the source's words letter for letter.
        if on_terminal or command != ("export",):
            assert not live(outcome.out), (command, live(outcome.out))


def test_a_refusal_draws_the_name_of_the_file(tmp_path: Path, run: Run) -> None:
    outcome = run("articles", tmp_path / "no\x1b]52;c;x\x07\u202e.db")
    assert outcome.code == 1 and not live(outcome.err) and "there is no file" in outcome.err
