"""Drawing a text so that nothing in it can act on the terminal or break the count of cells.

Each character that could is shown as another one, code point for code point, so offsets stay what they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

_REPLACEMENT = "\ufffd"
_UNSEEN = "␦"

_SPACES = (0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029)
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_WITHOUT_WIDTH = (
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0xFEFF, 0x3164, 0xFFA0),
    *range(0x2060, 0x2066),
    *range(0x206A, 0x2070),
    *range(0xFFF9, 0xFFFC),
)

_TABLE: dict[int, str] = {
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    0xAD: "-",
    **dict.fromkeys((*_BIDI, *_WITHOUT_WIDTH), _UNSEEN),
    **dict.fromkeys(_SPACES, " "),
}

_STRAY = r"""
        (?: \U0001F3F4[\U000E0020-\U000E007F]++
          | \p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*+
            (?:\u200D\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*+)++
        )(*SKIP)(*FAIL)
      | \u200D | (?<![\p{L}\p{M}])\u200C | [\U000E0000-\U000E007F]
"""
"""Joiners and tag characters where they are no part of an emoji; a non-joiner that follows no letter."""
_MAY_STRAY = re.compile(r"[\u200C\u200D\U000E0000-\U000E007F]")


def inert(text: str) -> str:
    """The text as it may be drawn, as many code points long as `text`.

    Line ends, U+2028/9 and tabs become a space (whoever wants rows splits before drawing), other C0
    controls and DEL their pictures (U+2400 …), C1 controls and lone surrogates U+FFFD, a soft hyphen "-".
    Bidirectional controls, characters without width, and joiners or tags outside an emoji become "␦".
    Combining marks, variation selectors, non-joiners after a letter, and what makes up an emoji stay.
    """
    if text.isprintable() and text.isascii():
        return text
    drawn = text.translate(_TABLE)
    if _MAY_STRAY.search(drawn):
        return str(_stray().sub(_UNSEEN, drawn))
    return drawn


@cache
def _stray() -> regex.Pattern[str]:
    import regex  # most texts need none of it, and the first paint would wait for it

    return regex.compile(_STRAY, regex.VERBOSE)
