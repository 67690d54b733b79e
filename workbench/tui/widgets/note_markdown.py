"""A note's Markdown as lines to draw: light styling, list markers and quotations, nothing hidden but marks.

A note is read as it was typed, so a line stays a line and an empty line an empty line. A citation alone on
its line is a quotation of its own; elsewhere it is a mark in the sentence; in code it stays as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from workbench.store.notes import MARKER

HEADING = "bold $primary"
CODE = "$secondary"
MUTED = "$text-muted"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line in one style. In a citation `text` is the passage's id or handle without its Q."""

    text: str
    style: str = ""
    citation: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line before wrapping.

    Attributes:
        first, rest: what stands before its first row and before those it wraps into.
        quotation: it holds one citation and nothing else.
    """

    first: str
    rest: str
    runs: tuple[Run, ...]
    quotation: bool = False


EMPTY = Line("", "", ())


def lines_of(body: str) -> list[Line]:
    """The lines of a note's body. Works on any text; what is no Markdown is plain words."""
    return _Walk().lines(body)


class _Walk:
    """Goes through a parsed body once, knowing in which lists and quotations it is."""

    def __init__(self) -> None:
        self._prefixes: list[tuple[str, str]] = []
        self._counters: list[int | None] = []
        self._made: list[Line] = []
        self._ended = 0

    def lines(self, body: str) -> list[Line]:
        tokens = _parser().parse(body)
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                start = int(token.attrGet("start") or 1)
                self._counters.append(start if token.type == "ordered_list_open" else None)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._counters.pop()
            elif token.type == "list_item_open":
                self._begin(token)
                self._ended = max(self._ended, (token.map or [0])[0] + 1)
                marker = self._marker(token)
                self._prefixes.append((marker, " " * len(marker)))
            elif token.type == "blockquote_open":
                self._begin(token)
                self._prefixes.append(("│ ", "│ "))
            elif token.type in ("list_item_close", "blockquote_close"):
                self._leave()
            elif token.type == "inline" and before is not None:
                self._inline(token, before)
            elif token.type in ("fence", "code_block", "html_block"):
                self._as_written(token)
            elif token.type == "hr":
                self._block(token)
                self._add((Run("─" * 20, MUTED),))
        return self._made

    def _marker(self, token: Token) -> str:
        number = self._counters[-1]
        if number is None:
            return "- "
        self._counters[-1] = number + 1
        return f"{number}{token.markup} "

    def _leave(self) -> None:
        """Out of a list item or quotation; a marker with nothing behind it is drawn, too."""
        first, rest = self._prefixes[-1]
        if first != rest:
            self._add(())
        self._prefixes.pop()

    def _inline(self, token: Token, opening: Token) -> None:
        self._block(token)
        heading = opening.type == "heading_open"
        base = HEADING if heading else ""
        lead = (Run(f"{'#' * int(opening.tag[1])} ", base),) if heading else ()
        for runs in _split(token.children or [], base):
            self._add((*lead, *runs), quotation=not lead and _alone(runs))
            lead = ()

    def _as_written(self, token: Token) -> None:
        self._block(token)
        style = CODE if token.type != "html_block" else MUTED
        for line in token.content.rstrip("\n").split("\n"):
            bare = line.lstrip(" ")
            self._add((Run(bare, style),), indent=" " * (len(line) - len(bare) + 2))

    def _begin(self, token: Token) -> None:
        """An empty line where the source has some before this block."""
        start = token.map[0] if token.map else 0
        if start > self._ended:
            self._made.append(Line("".join(rest for _, rest in self._prefixes).rstrip(), "", ()))
            self._ended = start

    def _block(self, token: Token) -> None:
        self._begin(token)
        self._ended = token.map[1] if token.map else self._ended

    def _add(self, runs: tuple[Run, ...], quotation: bool = False, indent: str = "") -> None:
        first = "".join(first for first, _ in self._prefixes) + indent
        rest = "".join(rest for _, rest in self._prefixes) + indent
        self._made.append(Line(first, rest, runs, quotation))
        self._prefixes = [(rest, rest) for _, rest in self._prefixes]


def _split(tokens: Sequence[Token], base: str) -> Iterator[tuple[Run, ...]]:
    """The runs of each line of a paragraph."""
    runs: list[Run] = []
    styles = [base]
    targets: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield tuple(runs)
            runs = []
        elif token.nesting == 1:
            styles.append(f"{styles[-1]} {_OPENED.get(token.type, '')}".strip())
            targets.append(str(token.attrGet("href") or ""))
        elif token.nesting == -1:
            styles.pop()
            target = targets.pop()
            if target and not (runs and target.removeprefix("mailto:") == runs[-1].text):
                runs.append(Run(f" <{target}>", MUTED))
        elif token.type == "citation":
            runs.append(Run(token.content, citation=True))
        elif token.type == "image":
            runs.append(Run(f"[{token.content or 'image'}]({token.attrGet('src')})", MUTED))
        elif token.content:
            runs.append(Run(token.content, _WRITTEN.get(token.type, styles[-1])))
    yield tuple(runs)


_OPENED = {"strong_open": "bold", "em_open": "italic", "link_open": "underline"}
_WRITTEN = {"code_inline": CODE, "html_inline": MUTED}


def _alone(runs: Sequence[Run]) -> bool:
    words = [run for run in runs if run.citation or run.text.strip()]
    return len(words) == 1 and words[0].citation


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable("reference")
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``{{Q…}}``."""
    match = MARKER.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1].upper()
    state.pos = match.end()
    return True
