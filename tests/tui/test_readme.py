"""The README's table of keys is the registry's, and has every key of it."""

from __future__ import annotations

from screenshots.keys import key_rows, key_table, written_table
from workbench.tui.keymap import COMMANDS


def test_the_readme_names_the_keys_that_work() -> None:
    assert written_table() == key_table(), "run `make screenshots`"


def test_every_command_with_a_key_is_in_the_table() -> None:
    named = {command.id for _, several in key_rows() for command in several}
    assert named == {command.id for command in COMMANDS if command.keys}
