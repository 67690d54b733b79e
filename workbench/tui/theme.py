"""The two colour themes and the palette of tag colours.

Every colour but those of tags is a theme variable, so that any other Textual theme works too. Tag hues
are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), told apart by colour-blind readers, without
their grey; on paper darker cousins of the same hues. There are fourteen slots: 7-13 repeat the hues of
0-6 and are told from them by dashed stripes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual.app import App
from textual.color import Color
from textual.theme import Theme

SLOTS = 14
HUES = 7
TINT = 0.26
"""Share of the tag's colour in the background of tagged text."""
STRONG_TINT = 0.42
"""The same under the selection."""

_ON_DARK = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
_ON_PAPER = ("#A86200", "#1B7DB8", "#00745A", "#7D6E00", "#005B8E", "#B04A00", "#A14C82")
_NAMES = ("orange", "sky blue", "green", "yellow", "blue", "vermilion", "pink")

DARK = Theme(
    name="workbench-dark",
    primary="#7CC4FF",
    secondary="#56B4E9",
    accent="#7CC4FF",
    warning="#FFD75F",
    error="#FF8272",
    success="#3CCB9B",
    foreground="#D8DAE0",
    background="#14161B",
    surface="#1B1E25",
    panel="#20242C",
    dark=True,
    variables={
        "text-muted": "#7D828F",
        "border": "#7CC4FF",
        "border-blurred": "#3A3F4B",
        "footer-key-foreground": "#7CC4FF",
        "footer-description-foreground": "#7D828F",
        "footer-background": "#20242C",
    },
)

LIGHT = Theme(
    name="workbench-light",
    primary="#0B5CAD",
    secondary="#1B7DB8",
    accent="#0B5CAD",
    warning="#8A5A00",
    error="#B3261E",
    success="#00745A",
    foreground="#1D2025",
    background="#FBFAF6",
    surface="#F2F0EA",
    panel="#E8E6DF",
    dark=False,
    variables={
        "text-muted": "#686C75",
        "border": "#0B5CAD",
        "border-blurred": "#C9C6BC",
        "footer-key-foreground": "#0B5CAD",
        "footer-description-foreground": "#5C6069",
        "footer-background": "#E8E6DF",
    },
)


def register(app: App[Any]) -> None:
    """Make both themes known to `app` and choose the dark one."""
    app.register_theme(DARK)
    app.register_theme(LIGHT)
    app.theme = DARK.name


def tag_color(slot: int, dark: bool) -> Color:
    """The full colour of a palette slot (0-13; others wrap around), on a dark or a light background."""
    return Color.parse((_ON_DARK if dark else _ON_PAPER)[slot % HUES])


def is_dashed(slot: int) -> bool:
    """Whether a slot repeats an earlier hue, so that its stripes are drawn dashed."""
    return slot % SLOTS >= HUES


def slot_name(slot: int) -> str:
    """What people call a slot: "orange", or "orange, dashed" for the second of that hue."""
    return _NAMES[slot % HUES] + (", dashed" if is_dashed(slot) else "")


@lru_cache(maxsize=256)
def tint(slot: int, dark: bool, background: Color, share: float = TINT) -> Color:
    """The colour behind tagged text: `share` (0-1) of the slot's colour over `background`."""
    return background.blend(tag_color(slot, dark), share)
