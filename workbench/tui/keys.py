"""Names of keys: as people write them in a file, as they are shown, as Textual calls them, and what is wrong
with some.

A key is named by its character ("t", "T", "?") or by a name ("enter", "ctrl+p", "shift+tab"); two of them
with a space between are a sequence ("g l" is `g`, then `l`).
"""

from __future__ import annotations

import string
import unicodedata
from functools import cache

from textual import events
from textual.binding import Binding

from workbench.errors import InputError

AWKWARD = frozenset('[]{}\\|@~"^`')
"""Characters that many keyboards make with AltGr or with a dead key."""

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
    "insert": "Ins",
    "delete": "Del",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_ALSO = {shown.casefold(): name for name, shown in _SHOWN.items()} | {"return": "enter", "comma": ","}
"""Other names people give to keys, the ones that help and footer show among them."""

_DISGUISED = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+h": "Backspace", "ctrl+[": "Esc"}
_KEPT = {"ctrl+c": "ctrl+c copies", "ctrl+q": "ctrl+q quits"}

NAMED = frozenset(
    {
        *_SHOWN,
        "shift+tab",
        *(f"{held}+{key}" for held in ("ctrl", "shift", "ctrl+shift") for key in _MOVING),
        *(f"ctrl+{letter}" for letter in string.ascii_lowercase),
    }
    - _DISGUISED.keys()
    - _KEPT.keys()
)
"""The keys that have a name and that terminals tell apart."""


def show_key(key: str) -> str:
    """A key as people read it: "ctrl+p" is "^p", "pagedown" is "PgDn", "g l" stays "g l"."""
    if " " in key:
        return " ".join(show_key(part) for part in key.split(" "))
    if key.startswith("ctrl+"):
        return f"^{show_key(key[5:])}"
    if key.startswith("shift+"):
        return f"Shift+{show_key(key[6:])}"
    return _SHOWN.get(key, key)


def pressed(event: events.Key) -> str:
    """The name of a key that was pressed."""
    if event.character and event.is_printable and event.character != " ":
        return event.character
    return event.key


@cache
def bound(key: str) -> str:
    """What Textual calls a key or sequence: "question_mark" for "?"."""
    if key == ",":  # Textual reads it as what stands between two keys
        return "comma"
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key if len(key) == 1 else key


def is_written(key: str) -> bool:
    """Whether a text field would take this key, or the first of this sequence, as text."""
    first = key.split(" ")[0]
    return len(first) == 1 or first == "space"


def is_awkward(key: str) -> bool:
    """Whether some keyboards have no plain key for it."""
    return not AWKWARD.isdisjoint(key.split(" "))


def parse_key(written: str) -> str:
    """The name of a key or sequence as somebody wrote it: "Esc", "^p", "question_mark", "g  l".

    Raises:
        InputError: it is no key, or one that does not reach the program as itself; the sentence says why.
    """
    parts = unicodedata.normalize("NFC", written).split() or ["space"] * bool(written)
    if not parts:
        raise InputError("an empty name is no key")
    if len(parts) > 2:
        raise InputError(f"“{written}” is more than two keys, and a sequence is two")
    keys = [_one_key(part) for part in parts]
    if len(keys) == 2 and "escape" in keys:
        raise InputError(f"“{written}” cannot be a sequence: Esc ends sequences")
    return " ".join(keys)


def _one_key(part: str) -> str:
    if len(part) == 1 and part.isprintable():
        return _ALSO.get(part, part)
    folded = part.casefold()
    folded = f"ctrl+{folded[1:]}" if folded.startswith("^") else folded
    *held, name = folded.split("+")
    name = _ALSO.get(name, name)
    key = "+".join([*sorted(held), name])
    if key in NAMED or (len(key) == 1 and key.isprintable()):
        return key
    if key in (signs := _signs()):
        return signs[key]
    raise InputError(_refusal(part, key, held, name))


@cache
def _signs() -> dict[str, str]:
    """Signs by Textual's names of them."""
    return {bound(sign): sign for sign in string.punctuation}


def _refusal(part: str, key: str, held: list[str], name: str) -> str:
    """Why that is no key to be used here."""
    if "alt" in held:
        return f"“{part}” cannot be told from Esc followed by {name}"
    if key in _DISGUISED:
        return f"“{part}” is {_DISGUISED[key]} for a terminal"
    if key in _KEPT:
        return f"“{part}” cannot be given away: {_KEPT[key]}"
    if held == ["shift"] and len(name) == 1:
        return f"“{part}” is written as the character it makes, “{name.upper()}”"
    if "," in part:
        return f'“{part}” is no key; several are a list: ["t", "ctrl+k"]'
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(key, sorted(NAMED), scorer=fuzz.ratio, score_cutoff=70)
    return f"“{part}” is no key{f'; did you mean “{nearest[0]}”?' if nearest else ''}"
