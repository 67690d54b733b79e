"""Themes: all text can be read under each of them and on each kind of terminal, and tags told apart."""

from __future__ import annotations

from itertools import product

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from workbench.tui.color_modes import ColorMode, nearest
from workbench.tui.coloring import Colored
from workbench.tui.contrast import SIGN, TEXT, contrast, legible
from workbench.tui.theme import CONTRAST, DARK, HUES, LIGHT, OWN, SLOTS, is_dashed, tag_color
from workbench.tui.theme_variables import GROUNDS, TEXTS, fitted
from workbench.tui.widgets.reader_inks import Inks, Look
from workbench.tui.widgets.reader_marks import CLEAR, UNTAGGED, Shade

THEMES = [*OWN, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
MODES = [ColorMode.FULL, ColorMode.MANY, ColorMode.FEW]
WHITE = Color(255, 255, 255)


def colors(theme: Theme, mode: ColorMode) -> dict[str, Color]:
    """The theme's variables that are written with or stood on, as colours."""
    made = fitted(theme, {**theme.to_color_system().generate(), **theme.variables}, mode)
    tags = [f"{kind}tag-{slot}" for kind in ("", "on-") for slot in range(HUES)]
    return {name: Color.parse(made[name]) for name in (*GROUNDS, *TEXTS, *tags)}


def inks(theme: Theme, mode: ColorMode) -> Inks:
    """The inks of a reader under a theme, made as the style sheet makes them."""
    have = colors(theme, mode)
    background, muted, primary = have["background"], have["text-muted"], have["primary"]
    return Inks(
        background=background,
        foreground=have["foreground"],
        mode=mode,
        tags=tuple(have[f"tag-{slot}"] for slot in range(HUES)),
        base=Style.from_color(have["foreground"].rich_color, background.rich_color),
        cursor=Style(bgcolor=background.blend(primary, 0.42).rich_color, bold=True),
        hit=Style.from_color(background.rich_color, have["warning"].rich_color),
        marker=Style.from_color(background.rich_color, primary.rich_color),
        muted=Style.from_color(muted.rich_color, background.rich_color),
    )


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(WHITE, Color(0, 0, 0)) == pytest.approx(21)
    assert contrast(WHITE, Color.parse("#767676")) == pytest.approx(4.54, abs=0.01)
    grey = Color(128, 128, 128)
    assert contrast(legible(grey, [Color(110, 110, 110)]), Color(110, 110, 110)) >= TEXT
    assert legible(WHITE, [Color(0, 0, 0)]) == WHITE


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read_on_all_it_stands_on(theme: Theme, mode: ColorMode) -> None:
    have = colors(theme, mode)
    least = 7 if theme is CONTRAST and mode is ColorMode.FULL else TEXT
    for text, ground in product(TEXTS, GROUNDS):
        assert contrast(have[text], have[ground]) >= least, (text, ground)
    for slot in range(HUES):
        hue = have[f"tag-{slot}"]
        assert contrast(hue, have["background"]) >= SIGN, slot
        assert contrast(have[f"on-tag-{slot}"], hue) >= (TEXT if mode is not ColorMode.FEW else SIGN), slot
        if mode is not ColorMode.FEW:  # a terminal of 16 colours has none that suit a blue row
            assert all(contrast(hue, have[ground]) >= SIGN for ground in GROUNDS), slot
    assert contrast(have["background"], have["warning"]) >= TEXT, "words that were found"
    assert contrast(have["background"], have["primary"]) >= TEXT, "labels to jump to"


@pytest.mark.parametrize("mode", list(ColorMode))
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_tint(theme: Theme, mode: ColorMode) -> None:
    made = inks(theme, mode)
    shades = [CLEAR, *(Shade(slot, 1) for slot in (UNTAGGED, *range(SLOTS)))]
    for shade, hit, selected, focused, aside in product(shades, *[(False, True)] * 4):
        style = made.text(Look(shade, hit, selected, focused, aside))
        assert style.color and style.bgcolor
        ground, text = Color.from_rich_color(style.bgcolor), Color.from_rich_color(style.color)
        assert contrast(text, ground) >= TEXT, (shade, hit, selected, focused, aside)


def test_a_rich_terminal_tells_tags_by_their_tint_and_a_poor_one_by_lines() -> None:
    tagged, selected = Look(Shade(0, 1)), Look(CLEAR, selected=True, focused=True)
    full, many, few = (inks(DARK, mode) for mode in MODES)
    assert full.text(tagged).bgcolor != full.text(Look(Shade(1, 1))).bgcolor
    assert many.text(tagged).bgcolor == many.text(Look(Shade(1, 1))).bgcolor != many.base.bgcolor
    assert few.text(tagged).bgcolor == few.base.bgcolor
    assert [bool(one.text(tagged).underline) for one in (full, many, few)] == [False, False, True]
    assert [bool(one.text(selected).reverse) for one in (full, many, few)] == [False, False, True]
    assert few.text(Look(Shade(0, 2))).underline2
    assert few.text(Look(CLEAR, aside=True)).color != few.base.color


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_256_colours_are_those_of_the_palette(theme: Theme) -> None:
    for name, color in colors(theme, ColorMode.MANY).items():
        assert nearest(color, ColorMode.MANY) == color, name
    assert nearest(Color(250, 4, 10), ColorMode.MANY) == Color(255, 0, 0)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_own_themes_look_as_they_were_drawn(theme: Theme) -> None:
    have = colors(theme, ColorMode.FULL)
    assert have["foreground"] == Color.parse(theme.foreground or "")
    assert have["primary"] == Color.parse(theme.primary)


@pytest.mark.parametrize("dark", [True, False])
def test_slots_differ_by_hue_or_by_dashes(dark: bool) -> None:
    assert len({(tag_color(slot, dark), is_dashed(slot)) for slot in range(SLOTS)}) == SLOTS


@pytest.mark.parametrize(
    ("system", "background"), [("auto", "#14161B"), ("256", "#1C1C1C"), ("standard", "#000000")]
)
async def test_the_style_sheets_get_the_colours_that_there_are(
    monkeypatch: pytest.MonkeyPatch, system: str, background: str
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    app = Colored()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen.styles.background == Color.parse(background)
        assert app.theme_variables["background"] == background
