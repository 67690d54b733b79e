"""The registry of commands: one definition of a key feeds bindings, footer, help and palette.

The table itself is `workbench.tui.keymap`. A command is bound on every screen whose context it names (see
`workbench.tui.screens.base`); its action is the method `action_<name>` of that screen or of the app. The idea
of commands as small documented records comes from braindrop and posting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from textual.binding import Binding

ANYWHERE = "anywhere"
"""The context of commands that every screen but a dialog has."""

_SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "f1": "F1",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    Attributes:
        id: "passage.tag"; a user's keymap names commands by it.
        keys: Textual key names or single characters; "g l" is `g`, then `l`. Empty: palette only.
        title: one or two words for the footer ("tag").
        help: what it does, for help and palette ("pick or create a tag").
        group: heading in the help ("Move", "Tag", …).
        contexts: the screen contexts that have it, or ANYWHERE.
        action: the method `action_<action>` of the screen or app, with literal arguments: "pinned(3)".
        footer: rank in the footer, 1 first; 0 is not shown there.
        row: key into keymap.ROWS of the line that stands for several commands in help and footer.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    contexts: frozenset[str]
    action: str
    footer: int = 0
    row: str = ""

    @property
    def shown(self) -> str:
        """The first two keys as people read them: "t", "↓ j", "g l", "^p"."""
        return "  ".join(show_key(key) for key in self.keys[:2])


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A line of the help or the footer: the keys as shown, what they do, and the commands behind it."""

    shown: str
    title: str
    help: str
    group: str
    commands: tuple[Command, ...]


def show_key(key: str) -> str:
    """A key as people read it: "ctrl+p" is "^p", "pagedown" is "PgDn", "g l" stays "g l"."""
    if " " in key:
        return " ".join(show_key(part) for part in key.split(" "))
    if key.startswith("ctrl+"):
        return f"^{key[5:]}"
    if key.startswith("shift+"):
        return f"Shift+{show_key(key[6:])}"
    return _SHOWN.get(key, key)


@cache
def find(command_id: str) -> Command:
    """The command of that id. Raises KeyError for an unknown one."""
    return _by_id()[command_id]


def commands(*contexts: str) -> tuple[Command, ...]:
    """All commands that have one of the contexts, in the order of the table; without arguments, all."""
    from workbench.tui.keymap import COMMANDS

    if not contexts:
        return COMMANDS
    return tuple(command for command in COMMANDS if not command.contexts.isdisjoint(contexts))


@cache
def bindings(*contexts: str) -> tuple[Binding, ...]:
    """Textual bindings for the commands of the contexts, earlier contexts before later ones on the same key.

    Each carries its command's id, so that `App.set_keymap` can give it other keys, and calls the action
    `run(id)`. Keys that begin a sequence are bound to `prefix(key)`.
    """
    found: dict[str, Command] = {}
    for context in contexts:
        found.update((command.id, command) for command in commands(context) if command.id not in found)
    made = [
        Binding(",".join(command.keys), f"run({command.id!r})", command.title, show=False, id=command.id)
        for command in found.values()
        if command.keys
    ]
    prefixes = dict.fromkeys(key.split(" ")[0] for item in found.values() for key in item.keys if " " in key)
    return (*made, *(Binding(key, f"prefix({key!r})", show=False) for key in prefixes))


def rows(given: Iterable[Command], keymap: Mapping[str, str], *, short: bool = False) -> list[HelpRow]:
    """Lines for help and footer: commands that share a row become one line.

    Args:
        given: commands in table order, perhaps with fewer keys than the table gives them.
        keymap: the user's changed keys by command id, keys joined by commas.
        short: one key a command, for the footer.
    """
    from workbench.tui.contexts import ROWS

    gathered: dict[object, list[Command]] = {}
    for command in given:
        gathered.setdefault((command.row, command.group) if command.row else command.id, []).append(command)
    made = []
    for several in gathered.values():
        first = several[0]
        keys = [keys_shown(command, keymap).split("  ")[: 1 if short else 2] for command in several]
        shown = "  ".join(key for some in keys for key in some)
        if len(several) == 1:
            made.append(HelpRow(shown, first.title, first.help, first.group, (first,)))
            continue
        row = ROWS[first.row]
        as_in_table = all(one.id not in keymap and one.keys == find(one.id).keys for one in several)
        shown = row.shown if as_in_table else shown
        made.append(HelpRow(shown, row.title, row.help, first.group, tuple(several)))
    return made


def keys_shown(command: Command, keymap: Mapping[str, str]) -> str:
    """The command's keys as people read them, taken from the user's keymap where that changes them."""
    if command.id not in keymap:
        return command.shown
    return "  ".join(show_key(_character(key.strip())) for key in keymap[command.id].split(",")[:2])


def matching(query: str, lines: Sequence[str]) -> list[int]:
    """Positions of the lines that fit what was typed, best first, typos forgiven; all for a blank query.

    rapidfuzz compares the query with the best-fitting stretch of each line; a line in which a word begins
    with it stands before all others. Fewer than three letters must begin a word.
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
        if score >= 72:
            scored.append((-score, position))
    return [position for _, position in sorted(scored)]


def _character(key: str) -> str:
    """Textual's long name of a punctuation key ("question_mark") as the character it stands for."""
    from textual.keys import key_to_character

    character = key_to_character(key)
    return character if character and character.isprintable() and character != " " else key


@cache
def _by_id() -> dict[str, Command]:
    return {command.id: command for command in commands()}
