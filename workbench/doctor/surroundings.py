"""What the terminal runs in, as far as the environment and tmux tell."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

_ASKED = ("set-clipboard", "escape-time", "allow-passthrough", "client_termname", "client_termfeatures")
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around the program.

    Attributes:
        environ: the environment.
        size: columns and rows of the terminal, or None without one.
        encoding: in which texts go out ("utf-8").
        tmux: tmux's settings by name, empty outside tmux or where it does not answer.
    """

    environ: Mapping[str, str]
    size: tuple[int, int] | None = None
    encoding: str = "utf-8"
    tmux: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_tmux(self) -> bool:
        """Whether tmux is around."""
        return "TMUX" in self.environ

    @property
    def in_screen(self) -> bool:
        """Whether GNU screen is around, and no tmux within."""
        return "STY" in self.environ and not self.in_tmux

    @property
    def is_remote(self) -> bool:
        """Whether it came over ssh."""
        return "SSH_CONNECTION" in self.environ or "SSH_TTY" in self.environ


def look_around() -> Surroundings:
    """What is around this process."""
    return Surroundings(os.environ, _size(), locale.getpreferredencoding(False), tmux_settings(os.environ))


def tmux_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """What tmux is set to, asked from tmux itself."""
    program = shutil.which("tmux") if "TMUX" in environ else None
    if program is None:
        return {}
    form = "\n".join(f"#{{{name}}}" for name in _ASKED)
    try:
        done = subprocess.run(
            [program, "display-message", "-p", form], capture_output=True, text=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = done.stdout.split("\n")
    return dict(zip(_ASKED, lines, strict=False)) if done.returncode == 0 else {}


def _size() -> tuple[int, int] | None:
    for descriptor in (1, 0, 2):
        try:
            columns, rows = os.get_terminal_size(descriptor)
        except OSError:
            continue
        return columns, rows
    return None
