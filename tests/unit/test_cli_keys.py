"""`workbench keys`: the list of commands, a keymap file to begin with, and its check."""

from __future__ import annotations

from tests.unit.conftest import Run
from workbench import config
from workbench.tui.keymap import COMMANDS


def test_all_commands_are_listed_with_their_keys(run: Run) -> None:
    outcome = run("keys")
    rows = [line.split("\t") for line in outcome.out.splitlines()]
    assert outcome.code == 0 and [row[0] for row in rows] == [command.id for command in COMMANDS]
    assert ["list.down", "down, j", "row down", "Move"] in rows
    listed = run("keys", "--json").json
    assert isinstance(listed, list) and len(listed) == len(COMMANDS)
    assert {"id": "library.mark", "keys": ["space"], "default": ["space"], "help": "mark several",
            "where": ["Library"]} in listed  # fmt: skip


def test_a_file_is_written_once_checked_and_its_keys_are_listed(run: Run) -> None:
    path = config.keymap_path()
    assert run("keys", "--check").out.startswith(f"There is no keymap file: {path}")
    assert run("keys", "--write").out == f"Wrote {path}\n"
    again = run("keys", "--write")
    assert again.code == 1 and "is there already" in again.err
    assert run("keys", "--check").out == f"{path}: 0 problems, 0 commands changed.\n"
    path.write_text('"library.mark" = "u"\n"library.open" = "\x1b"\n', encoding="utf-8")
    outcome = run("keys", "--check")
    assert outcome.code == 1 and "\x1b" not in outcome.out
    assert outcome.out.splitlines()[0] == "keymap.toml, line 1: “u” is not “undo” (app.undo) in: Library"
    assert outcome.out.splitlines()[-1] == f"{path}: 1 problem, 1 command changed."
    assert "library.mark\tu\tmark several\tLibrary\n" in run("keys").out
    assert run("keys", "--check", "--write").code == 2
