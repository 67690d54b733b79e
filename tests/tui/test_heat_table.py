"""The heat grid: numbers can be read on every tint, and a higher count is never fainter."""

from __future__ import annotations

import pytest
from textual.color import Color

from workbench.tui.color_modes import ColorMode
from workbench.tui.contrast import TEXT, contrast
from workbench.tui.theme import CONTRAST, DARK, HUES, LIGHT, tag_color
from workbench.tui.widgets.heat_table import STRONGEST, WEAKEST, heat, share


@pytest.mark.parametrize("mode", [ColorMode.FULL, ColorMode.MANY])
@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_numbers_contrast_with_every_tint(theme: object, mode: ColorMode) -> None:
    ink, paper = Color.parse(theme.foreground), Color.parse(theme.background)  # type: ignore[attr-defined]
    for slot in range(HUES):
        hue = tag_color(slot, theme.dark)  # type: ignore[attr-defined]
        for step in range(11):
            text, ground = heat(hue, ink, paper, step / 10, mode)
            assert contrast(text, ground) >= TEXT, (slot, step)


def test_the_share_grows_with_the_count() -> None:
    shares = [share(count, 500) for count in range(1, 501)]
    assert shares == sorted(shares)
    assert (shares[0], round(shares[-1], 6)) == (WEAKEST, STRONGEST)
    assert share(1, 1) == WEAKEST
