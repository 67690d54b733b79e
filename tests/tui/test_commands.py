"""The registry of commands: its table is sound, and feeds bindings and help rows."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.tui import commands
from workbench.tui.commands import ANYWHERE
from workbench.tui.contexts import CONTEXTS, PREFIXES, ROWS
from workbench.tui.keymap import COMMANDS, WRITING

RESERVED = {"ctrl+i", "ctrl+m", "ctrl+h", *(f"alt+{one}" for one in string.ascii_letters + string.digits)}
DIALOGS = {"picker", "palette", "help", "menu", "prompt", "write", "form"}
"""Contexts without a palette."""
AWKWARD = set('[]{}\\|@~"^`')


def test_ids_are_unique_and_found() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert all(commands.find(command.id) is command for command in COMMANDS)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_key_means_two_things_in_a_context(context: str) -> None:
    keys = [key for command in commands.commands(context) for key in command.keys]
    assert len(keys) == len(set(keys))
    prefixes = {key.split(" ")[0] for key in keys if " " in key}
    assert not prefixes & set(keys)


def test_no_reserved_chord_is_bound() -> None:
    keys = {key for command in COMMANDS for key in command.keys}
    assert not keys & RESERVED
    assert not keys & AWKWARD


def test_every_command_can_be_reached_and_read() -> None:
    for command in COMMANDS:
        assert command.keys or command.contexts - DIALOGS, command.id
        assert command.help and command.title and command.contexts <= set(CONTEXTS), command.id
        assert not command.row or command.row in ROWS, command.id
        assert all(" " not in key or key.split(" ")[0] in PREFIXES for key in command.keys), command.id


def test_every_context_has_a_command() -> None:
    assert all(commands.commands(context) for context in CONTEXTS)


def test_bindings_carry_ids_and_prefixes() -> None:
    made = commands.bindings("library", ANYWHERE)
    assert [binding.id for binding in made["enter"]] == ["library.open"]
    assert [binding.id for binding in made["slash"]] == ["library.filter", "app.search"]
    assert made["g"][0].action == "prefix('g')"
    assert made["question_mark"][0].id == made["f1"][0].id == "app.help"


def test_commands_of_one_row_share_a_line() -> None:
    rows = commands.rows(commands.commands("reading"))
    shown = {row.shown: row for row in rows}
    assert shown["1-9"].help == "pinned tag"
    assert len(shown["1-9"].commands) == 9
    assert shown["J K"].help == "paragraph"


def test_changed_keys_are_shown() -> None:
    commands.use_keys({"passage.tag": ("?", "f5"), "move.next_paragraph": ("M",), "go.tags": ()})
    rows = commands.rows(commands.commands("reading"))
    assert next(row.shown for row in rows if row.commands[0].id == "passage.tag") == "?  F5"
    assert next(row.shown for row in rows if row.help == "paragraph") == "M  K"
    told = commands.hint("{passage.tag} tags, {go.library} or {go.tags}; {no such} stays")
    assert told == "? tags, g l or : tags; {no such} stays"
    commands.use_keys({})
    assert commands.key("passage.tag") == "t"


def test_matching_forgives_typos_and_prefers_beginnings_of_words() -> None:
    lines = ["undo", "export", "pick or create a tag", "commands"]
    assert commands.matching("comands", lines) == [3]
    assert commands.matching("tag", lines)[0] == 2
    assert commands.matching("", lines) == [0, 1, 2, 3]
    assert commands.matching("zzzz", lines) == []


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_matching_takes_any_text(query: str) -> None:
    lines = [command.help for command in COMMANDS]
    found = commands.matching(query, lines)
    assert len(set(found)) == len(found)
    assert set(found) <= set(range(len(lines)))


def test_what_needs_a_writable_project_is_in_the_table() -> None:
    assert {command.id for command in COMMANDS} >= WRITING
