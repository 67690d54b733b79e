"""How many colours the terminal shows, and which colour of its palette comes nearest to one that is meant.

Textual asks Rich, which goes by COLORTERM and TERM; TEXTUAL_COLOR_SYSTEM ("truecolor", "256", "standard")
overrules it, and NO_COLOR leaves shades of grey. A terminal of 256 colours has sixteen that its owner chose,
a cube of 6 x 6 x 6, and 24 greys; only cube and greys look the same everywhere.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from itertools import product
from typing import Any

from textual import constants
from textual.app import App
from textual.color import Color

_STEPS = (0, 95, 135, 175, 215, 255)
_CUBE = [Color(red, green, blue) for red, green, blue in product(_STEPS, repeat=3)]
_GREYS = [Color(level, level, level) for level in range(8, 248, 10)]


class ColorMode(Enum):
    """What colours are to be had."""

    FULL = "16 million colours"
    MANY = "256 colours"
    FEW = "16 colours"
    NONE = "no colours"

    @property
    def tints(self) -> bool:
        """Whether text can have a colour of its own behind it and be read still."""
        return self in (ColorMode.FULL, ColorMode.MANY)

    @property
    def hues(self) -> bool:
        """Whether there are enough tints to tell tags apart by them."""
        return self is ColorMode.FULL


def color_mode(app: App[Any]) -> ColorMode:
    """The colours that `app` can show. An app without a terminal, as in tests, draws in full colour unless
    TEXTUAL_COLOR_SYSTEM says otherwise."""
    if app.no_color:
        return ColorMode.NONE
    if app.native_ansi_color:
        return ColorMode.FEW
    forced = constants.COLOR_SYSTEM not in (None, "auto")
    system = app.console.color_system if forced or not app.is_headless else "truecolor"
    return {"truecolor": ColorMode.FULL, "256": ColorMode.MANY}.get(system or "", ColorMode.FEW)


@lru_cache(maxsize=1024)
def nearest(color: Color, mode: ColorMode) -> Color:
    """The opaque `color` as a terminal of 256 colours shows it best; in other modes the color itself.

    Distances weigh red, green and blue as the eye does, roughly ("redmean",
    https://www.compuphase.com/cmetric.htm).
    """
    if mode is not ColorMode.MANY:
        return color
    return min((*_GREYS, *_CUBE), key=lambda other: _distance(color, other))


def _distance(a: Color, b: Color) -> float:
    red = (a.r + b.r) / 2
    return (
        (2 + red / 256) * (a.r - b.r) ** 2 + 4 * (a.g - b.g) ** 2 + (2 + (255 - red) / 256) * (a.b - b.b) ** 2
    )
