"""Themes: text stays readable on every tint, and the fourteen tag colours can be told apart."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from workbench.tui.theme import DARK, LIGHT, SLOTS, STRONG_TINT, TINT, is_dashed, tag_color, tint


def contrast(a: Color, b: Color) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21."""

    def luminance(color: Color) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("slot", range(SLOTS))
def test_text_is_readable_on_every_tint(theme: Theme, slot: int) -> None:
    background = Color.parse(theme.background or "")
    foreground = Color.parse(theme.foreground or "")
    assert contrast(foreground, tint(slot, theme.dark, background, TINT)) >= 4.5
    selected = Color.parse("white" if theme.dark else "black").with_alpha(0.95)
    strong = tint(slot, theme.dark, background, STRONG_TINT)
    assert contrast(strong + selected, strong) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_muted_text_and_plain_text_are_readable(theme: Theme) -> None:
    background = Color.parse(theme.background or "")
    assert contrast(Color.parse(theme.foreground or ""), background) >= 7
    assert contrast(Color.parse(theme.variables["text-muted"]), background) >= 4.5


@pytest.mark.parametrize("dark", [True, False])
def test_slots_differ_by_hue_or_by_dashes(dark: bool) -> None:
    assert len({(tag_color(slot, dark), is_dashed(slot)) for slot in range(SLOTS)}) == SLOTS
