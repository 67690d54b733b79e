"""Plain words as Markdown that gives the same words back.

The words of a source must read the same whatever reads the export: pandoc (gfm, commonmark, commonmark_x,
markdown, markdown-smart), markdown-it, GitHub, Obsidian. Three means are used, the least visible that works:

- a backslash before punctuation that some dialect would act on, and only where it would;
- a numeric character reference for white space that parsers fold or strip, and for characters that
  pandoc's commonmark readers would compose (they normalise their input to NFC);
- a code span for vertical tabs at a line's edge, for which references are invalid.

What each reader does was found by asking it; ``tests/unit/export/test_escape.py`` asks again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LINE_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")

# Words that pandoc's "smart" Markdown glues to the next with a no-break space, without their last full stop;
# "pandoc --print-default-data-file abbreviations" lists them.
_LISTED = """
aet aetat al Apr Aug bk Bros c Capt cf ch chap chs Co col Corp cp d Dec Dr e.g ed eds esp f fasc Feb ff fig fl
fol fols Fr Gen Gov Hon i.e ill Inc incl Jan Jr Jul Jun Ltd M.A M.D Mar Mr Mrs Ms n n.b nn No Nov Oct p Ph.D
pp Pres Prof pt q.v Rep Rev s.v s.vv saec sec Sen Sep Sept Sgt Sr St univ viz vol vs
"""
_ABBREVIATIONS = frozenset(_LISTED.split())
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))

_MARKUP = re.compile(
    r"""
      [\\`*_{}\[\]<>\#$~^|@="']                     # markup somewhere in a line, in one dialect or another
    | &(?=[\#\w])                                   # character references
    | %(?=%|[0-9A-Fa-f]{2}) | (?<=%)%               # Obsidian comments; codes that link makers decode
    | :(?=[\w+-]+:|//|:)                            # :emoji:, fenced divs, bare links
    | -(?=-) | (?<=-)- | \.(?=\.) | (?<=\.)\.       # smart dashes and ellipses
    | (?<=www)\.                                    # bare links
    | ^[-+](?=\s|$) | ^:                            # bullets, rules under a line, definitions
    | ^\(?(?:\d+|[^\W\d_]|[IVXLCDMivxlcdm]+)[.)]    # numbered lists
    """,
    re.VERBOSE,
)
_STOP = re.compile(r"\.(?=\s)")
_SPACE = re.compile(r"\t|(?:^|(?<=\ ))\ |^[^\S ]+|[^\S ]+$")


def lines_of(words: str) -> list[str]:
    """The lines of `words` that hold more than spaces, without the spaces at their ends."""
    return [line.rstrip(" ") for line in _LINE_BREAK.split(words) if line.strip(" ")]


def escape(line: str) -> str:
    """One line of plain text as Markdown, safe at the start of a block and inside one.

    Args:
        line: text without line breaks.
    """
    line = _MARKUP.sub(_escaped, line)
    line = _STOP.sub(_unglued, line)
    line = _SPACE.sub(_references, line)
    return line if unicodedata.is_normalized("NFC", line) else _keep_decomposed(line)


def escape_cell(line: str) -> str:
    """One line of plain text for a table cell, where even an escaped ``|`` may part cells."""
    return escape(line).replace(r"\|", "&#124;")


def quotation(words: str, continued: Container[int] = ()) -> list[str]:
    """The lines of a block quotation that holds `words` and nothing else.

    Every line of the source is a paragraph of its own.

    Args:
        words: the source's words, with its line breaks.
        continued: offsets in `words` of lines that go on the hard-wrapped paragraph before them.
    """
    lines = [">"]
    start = 0
    for stop in [*_LINE_BREAK.finditer(words), None]:
        line = words[start : stop.start() if stop else None].rstrip(" ")
        if line:
            parted = len(lines) > 1 and start not in continued
            lines += [">", f"> {escape(line)}"] if parted else [f"> {escape(line)}"]
        start = stop.end() if stop else start
    return lines[1:] or lines


def on_one_line(words: str) -> str:
    """Words for a heading or a list item, escaped, every run of white space as one space."""
    return escape(" ".join(words.split()))


def code(name: str) -> str:
    """A name as a code span, or as escaped text where a span (also one in a table) could not hold it."""
    name = _LINE_BREAK.sub(" ", name)
    return escape_cell(name) if re.search(r"[`|\\]|^\s|\s$|\s\s|^$", name) else f"`{name}`"


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return f"{found[:-1]}\\{found[-1]}"


def _unglued(match: re.Match[str]) -> str:
    stop = match.start()
    near = match.string[max(0, stop - _LONGEST_ABBREVIATION - 1) : stop]
    word = re.split(r"[^A-Za-z0-9.]", near)[-1].lstrip(".")
    return r"\." if word in _ABBREVIATIONS else "."


def _references(match: re.Match[str]) -> str:
    return re.sub(r"\v+|[^\v\x1c-\x1f\x85]", _reference, match[0])


def _reference(match: re.Match[str]) -> str:
    space = match[0]
    return f"`{space}`" if space[0] == "\v" else f"&#{ord(space)};"


def _keep_decomposed(line: str) -> str:
    kept: list[str] = []
    previous = ""
    for char in line:
        stays = not unicodedata.combining(char) and unicodedata.is_normalized("NFC", previous + char)
        kept.append(char if stays else f"&#{ord(char)};")
        previous = char if stays else ""
    return "".join(kept)
