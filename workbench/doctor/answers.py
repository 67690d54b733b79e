"""Asks a terminal what it can do, and reads what it answers.

All questions go out at once, the last of them one that every terminal answers (DA1, since the VT100), so that
nothing is waited for longer than need be. They are xterm's (its "Control Sequences",
https://invisible-island.net/xterm/ctlseqs/ctlseqs.html) and that of the kitty keyboard protocol
(https://sw.kovidgoyal.net/kitty/keyboard-protocol/). What is in the clipboard is not asked for.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.text.inert import inert

PATIENCE = 0.3
"""Seconds that a terminal has for all its answers."""
SAMPLES = {
    "Chinese": "中",
    "emoji": "😀",
    "skin tone": "👍🏽",
    "family": "👩\u200d👩\u200d👧",
    "flag": "🇻🇳",
    "emoji sign": "❤\ufe0f",
    "accents": "e\u0302\u0301",
}
"""What terminals draw in different widths."""
MOUSE, PASTE, SYNCHRONIZED = 1006, 2004, 2026
"""Private modes: mouse reports that know all columns, bracketed paste, drawing in one go."""
MODES = (MOUSE, PASTE, SYNCHRONIZED)

_TRIPLE = "1;2;3"
_ASIDE, _BACK = "\x1b[?1049h\x1b[H", "\r\x1b[K\x1b[?1049l"
_NAME = re.compile(r"\x1bP>\|(.*?)\x1b\\", re.DOTALL)
_MODE = re.compile(r"\x1b\[\?(\d+);(\d)\$y")
_KITTY = re.compile(r"\x1b\[\?\d+u")
_STYLE = re.compile(r"\x1bP([01])\$r(.*?)\x1b\\", re.DOTALL)
_CLIPBOARD = re.compile(r"\x1bP([01])\+r", re.DOTALL)
_PLACE = re.compile(r"\x1b\[\d+;(\d+)R")
_KIND = re.compile(r"\x1b\[\?([\d;]*)c")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal said of itself; None or left out where it said nothing.

    Attributes:
        name: its name and version.
        kind: the numbers of its device attributes (DA1).
        modes: what it says of each of MODES: 0 unknown to it, 1 and 3 set, 2 reset, 4 never set.
        kitty_keys: whether it knows the kitty keyboard protocol.
        full_color: whether a colour of 24 bits came back as it was set.
        clipboard: whether it says that programs may write to its clipboard.
        widths: cells that each of SAMPLES took, by name.
    """

    name: str | None
    kind: tuple[int, ...]
    modes: Mapping[int, int]
    kitty_keys: bool
    full_color: bool | None
    clipboard: bool | None
    widths: Mapping[str, int]


def can_be_asked() -> bool:
    """Whether there is a terminal on both ends, and this process may use it now."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return False
    return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def ask(terminal: int, patience: float = PATIENCE) -> Answers | None:
    """Asks the terminal behind a descriptor, and leaves it as it was; None if it does not answer.

    What was typed meanwhile is lost, so that late answers are, too.
    """
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        _write(terminal, questions())
        return read(_heard(terminal, time.monotonic() + patience))
    finally:
        _write(terminal, _BACK)
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def questions() -> str:
    """What is sent: to another screen, where nothing that a terminal does not understand is seen."""
    return "".join(
        (
            _ASIDE,
            "\x1b[>0q",
            *(f"\x1b[?{mode}$p" for mode in MODES),
            "\x1b[?u",
            f"\x1b[48;2;{_TRIPLE}m\x1bP$qm\x1b\\\x1b[m",
            "\x1bP+q4d73\x1b\\",  # the capability "Ms"
            *(f"\r{inert(sample)}\x1b[6n" for sample in SAMPLES.values()),
            "\x1b[c",
        )
    )


def read(heard: str) -> Answers | None:
    """The answers in what a terminal sent; None without the last of them."""
    kind = _KIND.search(heard)
    if kind is None:
        return None
    numbers = tuple(int(one) for one in kind[1].split(";") if one)
    name, style, clipboard = _NAME.search(heard), _STYLE.search(heard), _CLIPBOARD.search(heard)
    columns = [int(one) - 1 for one in _PLACE.findall(heard)]
    return Answers(
        name=name[1] if name else None,
        kind=numbers,
        modes={int(mode): int(value) for mode, value in _MODE.findall(heard)},
        kitty_keys=_KITTY.search(heard) is not None,
        full_color=_is_triple(style[2]) if style and style[1] == "1" else None,
        clipboard=True if 52 in numbers else clipboard[1] == "1" if clipboard else None,
        widths=dict(zip(SAMPLES, columns, strict=False)) if len(columns) == len(SAMPLES) else {},
    )


def _is_triple(style: str) -> bool:
    return re.search(r"48[:;]2[:;][\d:;]*1[:;]2[:;]3(?!\d)", style) is not None


def _heard(terminal: int, deadline: float) -> str:
    """What comes until the last answer or the deadline."""
    heard = b""
    while _KIND.search(heard.decode("utf-8", "replace")) is None:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            break
        came = os.read(terminal, 4096)
        if not came:
            break
        heard += came
    return heard.decode("utf-8", "replace")


def _write(terminal: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(terminal, data) :]
