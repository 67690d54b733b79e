"""`workbench` and `workbench FILE.db` open a project at once; everything else is the command line's."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import Project


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the program in a folder, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "workbench", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("arguments", [(), ("made.db",), ("missing.db",)])
def test_without_a_terminal_nothing_opens_and_one_sentence_says_so(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    Project.open(tmp_path / "made.db", create=True).close()
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith("workbench: the workbench needs a terminal")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "missing.db").exists()


@pytest.mark.parametrize(
    ("redirected", "environment", "said"),
    [
        (True, {"TERM": "xterm"}, b"the workbench needs a terminal"),
        (False, {"TERM": "dumb"}, b"a terminal with TERM=dumb shows no screens"),
        (False, {"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "pink"}, b"it can be standard, 256, truecolor"),
    ],
)
def test_on_a_terminal_that_cannot_be_drawn_on_one_sentence_says_so(
    tmp_path: Path, redirected: bool, environment: dict[str, str], said: bytes
) -> None:
    Project.open(tmp_path / "made.db", create=True).close()
    master, slave = pty.openpty()
    errors = tmp_path / "errors.txt"
    with errors.open("wb") as file:
        ended = subprocess.run(
            [sys.executable, "-m", "workbench", str(tmp_path / "made.db")],
            env={**os.environ, **environment},
            stdin=slave,
            stdout=slave,
            stderr=file if redirected else slave,
            timeout=60,
        )
    written = errors.read_bytes() if redirected else os.read(master, 10_000)
    os.close(slave)
    os.close(master)
    assert ended.returncode == 1
    assert said in written and written.count(b"\n") == 1


def test_a_file_does_not_hide_the_command_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "articles").write_text("no project")
    done = run("articles", folder=tmp_path)
    assert done.returncode == 2 and "Missing argument" in done.stderr


def test_completion_is_answered_although_nothing_is_asked(tmp_path: Path) -> None:
    done = run(folder=tmp_path, _WORKBENCH_COMPLETE="bash_source")
    assert done.returncode == 0 and "_WORKBENCH_COMPLETE=bash_complete" in done.stdout


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_an_option_alone_is_the_command_line_s(tmp_path: Path, option: str) -> None:
    done = run(option, folder=tmp_path)
    assert done.returncode == 0 and "workbench" in done.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_streams_that_a_caller_closed_end_in_no_traceback(tmp_path: Path, closed: str) -> None:
    project = tmp_path / "p.db"
    Project.open(project, create=True).close()
    command = f'"{sys.executable}" -m workbench search "{project}" - {closed}'
    ran = subprocess.run(["sh", "-c", command], input="pumps\n", capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
