"""The styles of a reader: what a tag, the selection, a hit make of the words, however many colours there are.

With tints a tag is the colour behind its words, and an underline, single or double, says that two or more
tags meet. Where there are no tints (16 colours, or none) a single underline stands for one tag, a double one
for more, and the selection is reversed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.style import Style
from textual.color import Color

from workbench.tui.color_modes import ColorMode, nearest
from workbench.tui.contrast import legible
from workbench.tui.theme import HUES, STRONG_TINT, TINT
from workbench.tui.widgets.reader_marks import UNTAGGED, Shade

_BLURRED_TINT = 0.34
_NEUTRAL = 0.16
"""Share of the text's colour in a tint that shows no hue."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a stretch of text is drawn by.

    Attributes:
        hit: found by a search.
        selected: part of the selection, in a pane that has the keys (focused) or in another.
        aside: outside the paragraph that alone is read.
    """

    shade: Shade
    hit: bool = False
    selected: bool = False
    focused: bool = False
    aside: bool = False


@dataclass(slots=True)
class Inks:
    """The styles of a reader under the current theme.

    Attributes:
        tags: the colours of palette slots 0 to 6.
        base: plain text; cursor, hit, marker, muted: as the style sheet gives them.
    """

    background: Color
    foreground: Color
    mode: ColorMode
    tags: tuple[Color, ...]
    base: Style
    cursor: Style
    hit: Style
    marker: Style
    muted: Style
    _texts: dict[Look, Style] = field(default_factory=dict)
    _hues: dict[int, Style] = field(default_factory=dict)

    @property
    def marker_end(self) -> Style:
        """The second letter of a jump label, apart from its first and from the label after it."""
        return self.base + Style(color=self.marker.bgcolor, bold=True)

    def text(self, look: Look) -> Style:
        """The style of a stretch of text."""
        style = self._texts.get(look)
        if style is None:
            style = self._texts[look] = self._mix(look)
        return style

    def hue(self, slot: int | None) -> Style:
        """The style of a stripe or code of a palette slot; muted for none."""
        if slot is None or slot == UNTAGGED:
            return self.muted
        style = self._hues.get(slot)
        if style is None:
            color = self.tags[slot % HUES].rich_color
            style = self._hues[slot] = self.base + Style(color=color, bold=True)
        return style

    def ground(self, look: Look) -> Color | None:
        """The colour behind a stretch of text, None for the usual one. Text on it can be read."""
        if not self.mode.tints:
            return None
        if look.shade.slot is None or look.aside:
            return self._selection(look)
        share = TINT
        if look.selected:
            share = STRONG_TINT if look.focused else _BLURRED_TINT
        if look.shade.slot == UNTAGGED or not self.mode.hues:
            return self._shown(self.background.blend(self.foreground, _NEUTRAL * share / TINT))
        return self._shown(self.background.blend(self.tags[look.shade.slot % HUES], share))

    def _selection(self, look: Look) -> Color | None:
        if not look.selected:
            return None
        if look.focused and self.cursor.bgcolor:
            return self._shown(Color.from_rich_color(self.cursor.bgcolor))
        return self._shown(self.background.blend(self.foreground, _NEUTRAL))

    def _shown(self, color: Color) -> Color:
        return nearest(color, self.mode)

    def _mix(self, look: Look) -> Style:
        style = self.muted if look.aside else self.base
        ground = self.ground(look)
        if ground:
            text = Color.from_rich_color(style.color) if style.color else self.foreground
            style += Style.from_color(legible(text, [ground]).rich_color, ground.rich_color)
        if look.selected:
            style += Style(bold=True if look.focused or not ground else None)
            style += Style(reverse=True if look.focused and not ground else None)
        if look.aside:
            return style
        if look.hit:
            style += self.hit
        lines = look.shade.tags if self.mode.tints else look.shade.tags + 1
        return style + Style(underline=lines == 2, underline2=lines > 2)
