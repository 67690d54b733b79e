"""The commands of the list of tags. Data only; see `workbench.tui.keymap`."""

from __future__ import annotations

from workbench.tui.command import Command
from workbench.tui.contexts import within as _in

# A table is read more easily with a command a line, so the formatter leaves it alone.
# fmt: off
TAGS = (
    Command("tags.open", ("enter",), "passages", "passages of this tag", "Tags", _in("tags"), "open", 1),
    Command("tags.new", ("n",), "new", "make a tag", "Tags", _in("tags"), "new", 2),
    Command("tags.rename", ("r",), "rename", "rename, nest with /", "Tags", _in("tags"), "rename", 3),
    Command("tags.merge", ("m",), "merge", "merge into another tag", "Tags", _in("tags"), "merge", 4),
    Command("tags.colour", ("c",), "colour", "choose a colour", "Tags", _in("tags"), "colour", 5),
    Command("tags.describe", ("e",), "describe", "write what it means", "Tags", _in("tags"), "describe", 6),
    Command("tags.delete", ("D",), "delete", "delete the tag", "Tags", _in("tags"), "delete", 7),
    *(
        Command(f"tags.pin{n}", (str(n),), f"pin to {n}", f"pin the tag to {n}, or unpin it", "Tags",
                _in("tags"), f"pin({n})", 8, row="pin")
        for n in range(1, 10)
    ),
)
