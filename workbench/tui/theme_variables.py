"""The colours of a theme as this terminal can show them, so that all text can be read.

Textual makes some hundred variables of a theme; here those that the workbench writes with are moved towards
white or black until they contrast with whatever they may stand on, and some of its own are added:
"row-cursor", behind the row of a list that the cursor is on, "tag-0" to "tag-6", and "on-tag-0" to
"on-tag-6" for words on these.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual.color import Color
from textual.theme import Theme

from workbench.tui.color_modes import ColorMode, nearest
from workbench.tui.contrast import SIGN, TEXT, legible
from workbench.tui.theme import HUES, tag_color, tag_variables

GROUNDS = ("background", "surface", "panel", "panel-lighten-1", "row-cursor")
"""What text stands on in lists, bars, boxes and forms."""
TEXTS = ("foreground", "text-muted", "primary", "warning", "error", "success", "footer-key-foreground")
"""What text is written with."""
LINES = ("border", "border-blurred")
_ROW = 0.14
"""Share of the primary colour behind the row that the cursor is on."""
_MUTED = 0.4
"""Share of the background in muted text, where a theme does not give it as a colour."""

_FEW_DARK = {
    **dict.fromkeys(("background", "surface", "panel", "panel-lighten-1"), "#000000"),
    **dict.fromkeys(("primary", "border", "footer-key-foreground"), "#55FFFF"),
    **dict.fromkeys(("text-muted", "border-blurred"), "#AAAAAA"),
    **{"foreground": "#FFFFFF", "warning": "#FFFF55", "error": "#FF55FF", "success": "#55FF55"},
    "row-cursor": "#0000AA",
    **dict.fromkeys((f"on-tag-{slot}" for slot in range(HUES)), "#000000"),
    **tag_variables(("#AA5500", "#55FFFF", "#55FF55", "#FFFF55", "#5555FF", "#FF5555", "#FF55FF")),
}
_FEW_LIGHT = {
    **dict.fromkeys(("background", "surface", "panel", "panel-lighten-1"), "#FFFFFF"),
    **dict.fromkeys(("primary", "border", "footer-key-foreground", "success"), "#0000AA"),
    **dict.fromkeys(("text-muted", "border-blurred"), "#555555"),
    **{"foreground": "#000000", "warning": "#AA5500", "error": "#AA0000"},
    "row-cursor": "#FFFF55",
    **dict.fromkeys((f"on-tag-{slot}" for slot in range(HUES)), "#FFFFFF"),
    **tag_variables(("#FF5555", "#5555FF", "#00AA00", "#AA5500", "#0000AA", "#AA0000", "#AA00AA")),
}
"""For terminals of sixteen colours, which differ in them: these are the usual ones, by their names. With so
few the themes look like one of two."""


def fitted(theme: Theme, given: Mapping[str, str], mode: ColorMode) -> dict[str, str]:
    """The variables that a theme is shown with.

    Args:
        given: the variables that Textual makes of the theme.
    """
    few = _FEW_DARK if theme.dark else _FEW_LIGHT
    if theme.ansi:
        own = {name: color for name, color in few.items() if name not in given}
        return {**given, **own, "row-cursor": "ansi_blue" if theme.dark else "ansi_bright_yellow"}
    if mode is ColorMode.FEW:
        return {**given, **few}
    shown = partial(nearest, mode=mode)
    background = Color.parse(given["background"])
    grounds = {name: shown(background + Color.parse(given[name])) for name in GROUNDS[:-1]}
    rows = [
        shown(grounds[name].blend(Color.parse(given["primary"]), _ROW)) for name in ("background", "surface")
    ]
    found = {**grounds, "row-cursor": rows[1]}
    behind = (*grounds.values(), *rows)
    for name in TEXTS:
        found[name] = legible(_ink(name, given, background), behind, TEXT, shown)
    for slot in range(HUES):
        meant = given.get(f"tag-{slot}")
        color = Color.parse(meant) if meant else tag_color(slot, theme.dark)
        found[f"tag-{slot}"] = hue = legible(color, behind, SIGN, shown)
        found[f"on-tag-{slot}"] = legible(background, [hue], TEXT, shown)
    for name in LINES:
        found[name] = shown(background + Color.parse(given[name]))
    return {**given, **{name: color.hex for name, color in found.items()}}


def _ink(name: str, given: Mapping[str, str], background: Color) -> Color:
    """The colour a theme means for a kind of text; muted text is often given as a share of another."""
    text = given.get(name, given["foreground"])
    if text.startswith("auto"):
        return Color.parse(given["foreground"]).blend(background, _MUTED)
    return background + Color.parse(text)
