"""A command: something the user can do, with its keys and the contexts it works in.

The idea of commands as small documented records comes from braindrop and posting.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.tui.keys import show_key

ANYWHERE = "anywhere"
"""The context of commands that every screen but a box over one has."""
BOXES = "boxes"
"""The context of commands that every box over a screen has."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    Attributes:
        id: "passage.tag"; a user's keymap names commands by it.
        keys: names of keys and sequences, see `workbench.tui.keys`. Empty: palette only.
        title: one or two words for the footer ("tag").
        help: what it does, for help and palette ("pick or create a tag").
        group: heading in the help ("Move", "Tag", …).
        contexts: the screen contexts that have it, or ANYWHERE.
        action: the method `action_<action>` of the screen or app, with literal arguments: "pinned(3)".
        footer: rank in the footer, 1 first; 0 is not shown there.
        row: key into contexts.ROWS of the line that stands for several commands in help and footer.
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
        return "  ".join(show_key(name) for name in self.keys[:2])
