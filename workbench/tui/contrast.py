"""Whether text can be read on its background, and which colour makes it so.

Contrast is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio): 1 for no difference, 21 for
black on white; text needs 4.5, signs and lines that are not read need 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from textual.color import Color

TEXT = 4.5
SIGN = 3.0

_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)
_STEPS = 20


@lru_cache(maxsize=4096)
def luminance(color: Color) -> float:
    """Relative luminance of an opaque colour, 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Color, b: Color) -> float:
    """The contrast ratio of two opaque colours, 1 to 21."""
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(
    color: Color,
    grounds: Iterable[Color],
    least: float = TEXT,
    shown: Callable[[Color], Color] = lambda color: color,
) -> Color:
    """`color`, or the nearest to it on the way to white or black that contrasts with all of `grounds`.

    Args:
        least: the contrast to reach, at most 4.58 where the grounds are many: white or black reaches that on
            any one of them.
        shown: what a terminal makes of a colour.
    """
    behind = tuple(grounds)
    ends = sorted((_WHITE, _BLACK), key=lambda end: -min(contrast(end, ground) for ground in behind))
    for step in range(_STEPS):
        candidate = shown(color.blend(ends[0], step / _STEPS))
        if all(contrast(candidate, ground) >= least for ground in behind):
            return candidate
    return ends[0]
