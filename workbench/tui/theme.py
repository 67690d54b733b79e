"""The three colour themes and the palette of tag colours.

Every colour is a theme variable, so that any other Textual theme works too; `theme_variables` fits them to
the terminal. Tag hues are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), told apart by
colour-blind readers, without their grey; on paper darker cousins of the same hues. There are fourteen
slots: 7-13 repeat the hues of 0-6 and are told from them by dashed stripes.
"""

from __future__ import annotations

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


def tag_variables(hues: tuple[str, ...]) -> dict[str, str]:
    """The theme variables "tag-0" to "tag-6" for seven hues."""
    return {f"tag-{slot}": hue for slot, hue in enumerate(hues)}


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
        "panel-lighten-1": "#262A34",
        "border": "#7CC4FF",
        "border-blurred": "#3A3F4B",
        "footer-key-foreground": "#7CC4FF",
        **tag_variables(_ON_DARK),
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
        **tag_variables(_ON_PAPER),
    },
)

CONTRAST = Theme(
    name="workbench-contrast",
    primary="#8FD3FF",
    secondary="#8FD3FF",
    accent="#8FD3FF",
    warning="#FFE066",
    error="#FFA198",
    success="#6FE7BE",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#0B0D12",
    dark=True,
    variables={
        "text-muted": "#C4C8D2",
        "panel-lighten-1": "#161A22",
        "border": "#FFFFFF",
        "border-blurred": "#8A909C",
        "footer-key-foreground": "#8FD3FF",
        **tag_variables(("#FFB01F", "#6CC5F9", "#2BC795", "#FFF04D", "#5AA9F5", "#FF8A3D", "#F09BCB")),
    },
)

OWN = (DARK, LIGHT, CONTRAST)
"""The workbench's own themes, the usual one first."""


def register(app: App[Any]) -> None:
    """Make the own themes known to `app` and choose the dark one."""
    for theme in OWN:
        app.register_theme(theme)
    app.theme = DARK.name


def tag_ink(slot: int) -> str:
    """The colour of a palette slot (0-13; others wrap around) as a style of `Content`: a theme variable."""
    return f"$tag-{slot % HUES}"


def tag_chip(slot: int) -> str:
    """The style of words on the colour of a palette slot."""
    return f"bold $on-tag-{slot % HUES} on $tag-{slot % HUES}"


def tag_color(slot: int, dark: bool) -> Color:
    """The full colour of a palette slot (0-13; others wrap around), on a dark or a light background."""
    return Color.parse((_ON_DARK if dark else _ON_PAPER)[slot % HUES])


def tag_colors(app: App[Any]) -> tuple[Color, ...]:
    """The colours of slots 0 to 6 under the theme of `app`, fitted to its background and terminal."""
    dark, known = app.current_theme.dark, app.theme_variables
    found = (known.get(f"tag-{slot}") for slot in range(HUES))
    return tuple(Color.parse(hue) if hue else tag_color(slot, dark) for slot, hue in enumerate(found))


def is_dashed(slot: int) -> bool:
    """Whether a slot repeats an earlier hue, so that its stripes are drawn dashed."""
    return slot % SLOTS >= HUES


def slot_name(slot: int) -> str:
    """What people call a slot: "orange", or "orange, dashed" for the second of that hue."""
    return _NAMES[slot % HUES] + (", dashed" if is_dashed(slot) else "")
