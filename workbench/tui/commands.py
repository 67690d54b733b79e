"""The registry of commands: one definition of a key feeds bindings, footer, help, palette and hints.

The table itself is `workbench.tui.keymap`; `use_keys` puts a user's own keys over it. A command is bound on
every screen whose context it names (see `workbench.tui.screens.command_screen`); its action is the method
`action_<name>` of that screen or of the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from textual.binding import Binding

from workbench.tui.command import Command
from workbench.tui.contexts import ROWS
from workbench.tui.keymap import COMMANDS
from workbench.tui.keys import bound, show_key

_HINTED = re.compile(r"\{([a-z_0-9.]+)\}")


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A line of the help or the footer: the keys as shown, what they do, and the commands behind it."""

    shown: str
    title: str
    help: str
    group: str
    commands: tuple[Command, ...]


def use_keys(changed: Mapping[str, tuple[str, ...]]) -> None:
    """Gives commands other keys than the table does, by command id, in place of any given before.

    Screens that are open take them up with `CommandScreen.take_up_keys`.
    """
    _changed.clear()
    _changed.update(changed)
    for known in (_by_id, _in_contexts, bindings):
        known.cache_clear()


def find(command_id: str) -> Command:
    """The command of that id. Raises KeyError for an unknown one."""
    return _by_id()[command_id]


def key(command_id: str) -> str:
    """The key of a command as hints name it: "t", "g l"; ": tags" where it has none but the palette."""
    command = find(command_id)
    return show_key(command.keys[0]) if command.keys else f": {command.title}"


def hint(words: str) -> str:
    """A hint with the keys in place of the commands it names: "{go.library} shows the library"."""
    return _HINTED.sub(lambda match: key(match[1]), words)


def commands(*contexts: str) -> tuple[Command, ...]:
    """All commands that have one of the contexts, in the order of the table; without arguments, all."""
    return _in_contexts(*contexts)


def commands_as_written() -> tuple[Command, ...]:
    """The table, without the user's keys."""
    return tuple(_table().values())


@cache
def bindings(*contexts: str) -> Mapping[str, list[Binding]]:
    """Textual bindings by key for the commands of the contexts, earlier contexts first on the same key.

    Each carries its command's id and calls the action `run(id)`. Keys that begin a sequence are bound to
    `prefix(key)`.
    """
    found: dict[str, Command] = {}
    for context in contexts:
        found.update((command.id, command) for command in commands(context) if command.id not in found)
    made: dict[str, list[Binding]] = {}
    for command in found.values():
        for name in map(bound, command.keys):
            action = f"run({command.id!r})"
            made.setdefault(name, []).append(Binding(name, action, command.title, show=False, id=command.id))
    sequences = [one for command in found.values() for one in command.keys if " " in one]
    for prefix in dict.fromkeys(one.split(" ")[0] for one in sequences):
        made.setdefault(bound(prefix), []).append(Binding(bound(prefix), f"prefix({prefix!r})", show=False))
    return made


def rows(given: Iterable[Command], *, most: int = 2) -> list[HelpRow]:
    """Lines for help and footer: commands that share a row become one line.

    Args:
        given: commands in table order, perhaps with fewer keys than they have.
        most: keys that are shown of a command.
    """
    gathered: dict[object, list[Command]] = {}
    for command in given:
        gathered.setdefault((command.row, command.group) if command.row else command.id, []).append(command)
    made = []
    for several in gathered.values():
        first = several[0]
        keys = [show_key(one) for command in several for one in command.keys[:most]]
        shown = "  ".join(keys)
        if len(several) == 1:
            made.append(HelpRow(shown, first.title, first.help, first.group, (first,)))
            continue
        row = ROWS[first.row]
        as_in_table = all(one.keys == _table()[one.id].keys for one in several)
        shown = row.shown if as_in_table else shown
        made.append(HelpRow(shown, row.title, row.help, first.group, tuple(several)))
    return made


def matching(query: str, lines: Sequence[str]) -> list[int]:
    """Positions of the lines that fit what was typed, best first, typos forgiven; all for a blank query.

    rapidfuzz compares the query with the best-fitting stretch of each line; a line in which a word begins
    with it stands before all others. Fewer than three letters must begin a word, three must be in one as
    they are.
    """
    wanted = query.strip().casefold()
    if not wanted:
        return list(range(len(lines)))
    from rapidfuzz import fuzz

    scored = []
    for position, line in enumerate(lines):
        folded = line.casefold()
        words = f" {folded}"
        score = 200.0 if f" {wanted}" in words else 0.0
        if not score and len(wanted) > 2:
            score = fuzz.partial_ratio(wanted, folded)
        if score >= (72 if len(wanted) > 3 else 100):
            scored.append((-score, position))
    return [position for _, position in sorted(scored)]


_changed: dict[str, tuple[str, ...]] = {}
"""The user's keys by command id. The registry is one for the whole process, as the table is."""


@cache
def _table() -> dict[str, Command]:
    return {command.id: command for command in COMMANDS}


@cache
def _by_id() -> dict[str, Command]:
    table = _table()
    return table | {name: replace(table[name], keys=keys) for name, keys in _changed.items()}


@cache
def _in_contexts(*contexts: str) -> tuple[Command, ...]:
    every = tuple(_by_id().values())
    return tuple(one for one in every if not one.contexts.isdisjoint(contexts)) if contexts else every
