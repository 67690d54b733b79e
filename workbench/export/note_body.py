"""A note's Markdown, made fit to stand among other notes in one document.

Notes are Markdown and stay so. What changes, line by line, is what would reach beyond the note or mean
something else there: citations become quotation blocks or footnotes, headings go below the note's own,
labels of footnotes and links get the note's number, and what was left open is closed. markdown-it finds
the places, so nothing inside code or HTML is touched.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from workbench.export.citations import Reference, References
from workbench.model import Note

_HEADINGS_DOWN = 2
_CITATION = re.compile(r"\{\{(Q[A-Z2-7]{5,26})\}\}")
_FOOTNOTE = re.compile(r"\[\^([^\s\]]+)\]")
_DEFINITION = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_HTML_ENDS = tuple(
    (re.compile(start, re.IGNORECASE), end)
    for start, end in (
        ("<!--", "-->"),
        (r"<\?", "?>"),
        (r"<!\[CDATA\[", "]]>"),
        ("<!", ">"),
        *((rf"<{tag}(?=[\s>])", f"</{tag}>") for tag in ("script", "style", "pre", "textarea")),
    )
)


def rewrite(note: Note, number: int, references: References) -> list[str]:
    """The lines of the note's body as they stand in the document, without blank ones around them.

    Args:
        note: the note; citations of which nothing is known stay as they are written.
        number: the note's number in the document, from 1, which keeps its labels apart from others'.
        references: finds what is cited, and takes the footnotes that are needed.
    """
    body = _Body(note, number, references)
    body.rewrite()
    return "\n".join(body.lines).strip("\n").split("\n") if note.body.strip() else []


class _Body:
    """The lines of a body; each edit replaces a line by one or more, so that line numbers stay valid."""

    def __init__(self, note: Note, number: int, references: References) -> None:
        self.note = note
        self.number = number
        self.references = references
        self.lines = re.split(r"\r\n|\r|\n", note.body)
        self.footnotes: set[str] = set()
        self.link_labels: set[str] = set()
        self.in_footnote = False
        self.columns: dict[int, int] = {}

    def rewrite(self) -> None:
        env: dict[str, Any] = {}
        tokens = _parser().parse(self.note.body, env)
        self.footnotes = {t.meta["label"] for t in tokens if t.type == "footnote_reference_open"}
        definitions = [{"label": label} | found for label, found in env.get("references", {}).items()]
        for definition in [*definitions, *env.get("duplicate_refs", [])]:
            self._rename_link_definition(definition["label"], definition["map"][0])
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type == "inline" and before is not None:
                self._inline(token, before)
            elif token.type.startswith("footnote_reference"):
                self._footnote_definition(token)
            elif token.type == "fence":
                self._close_fence(token)
            elif token.type == "html_block":
                self._close_html(token)
            elif token.type == "hr" and token.level == 0:
                # A line of hyphens opens a YAML block in pandoc.
                self.lines[_first(token)] = "***"

    def _rename_link_definition(self, label: str, line: int) -> None:
        renamed, count = _DEFINITION.subn(lambda _: f"[{self._own(label)}]:", self.lines[line], count=1)
        if count:
            self.lines[line] = renamed
            self.link_labels.add(label)

    def _footnote_definition(self, token: Token) -> None:
        self.in_footnote = token.nesting == 1
        if self.in_footnote:
            label = token.meta["label"]
            line = _first(token)
            self.lines[line] = self.lines[line].replace(f"[^{label}]:", f"[^{self._own(label)}]:", 1)

    def _own(self, label: str) -> str:
        return f"note{self.number}-{label}"

    def _inline(self, token: Token, opening: Token) -> None:
        """Edits the lines of one paragraph, heading or table cell."""
        old = token.content.split("\n")
        quotable = opening.type == "paragraph_open" and not self.in_footnote
        quoted = {n: cited for n, line in enumerate(old) if quotable and (cited := self._alone(line))}
        new = self._edited(token, quoted).split("\n")
        first = _first(token)
        for number, (was, becomes) in enumerate(zip(old, new, strict=True)):
            if opening.type in ("th_open", "td_open"):
                # The parser has taken the backslash off an escaped "|".
                was, becomes = was.replace("|", r"\|"), becomes.replace("|", r"\|")
            if number in quoted:
                self._quote(first + number, was, quoted[number])
            else:
                self._replace(first + number, was, becomes)
        if opening.type == "heading_open":
            self._lower_heading(opening, new)

    def _replace(self, line: int, was: str, becomes: str) -> None:
        """Replaces the next content of a line: several cells of a table share one."""
        source = self.lines[line]
        at = source.find(was, self.columns.get(line, 0))
        if at >= 0:
            self.lines[line] = source[:at] + becomes + source[at + len(was) :]
            self.columns[line] = at + len(becomes)

    def _edited(self, token: Token, quoted: Container[int]) -> str:
        """The content with its marks replaced, but for those on the lines `quoted`."""
        content = token.content
        parts: list[str] = []
        done = 0
        # A link's label comes after the marks in its text, but its token before theirs.
        marks = [child for child in token.children or [] if "place" in child.meta]
        for mark in sorted(marks, key=lambda mark: mark.meta["place"]):
            start, end = mark.meta["place"]
            if content.count("\n", 0, start) not in quoted:
                parts += [content[done:start], self._mark(mark, content, start, end)]
                done = end
        return "".join([*parts, content[done:]])

    def _mark(self, mark: Token, content: str, start: int, end: int) -> str:
        written = content[start:end]
        if mark.type == "citation":
            reference = self.references.find(self.note, mark.content)
            return written if reference is None else self._cite(reference, content, start, end)
        label = mark.meta["label"]
        if mark.type == "footnote_mark":
            # Undefined here, it must not find a definition elsewhere in the document; and footnotes that
            # lead to each other keep pandoc busy for ever.
            leads_on = label in self.footnotes and not self.in_footnote
            return f"[^{self._own(label)}]" if leads_on else f"\\{written}"
        return f"[{self._own(label)}]" if label in self.link_labels else written

    def _cite(self, reference: Reference, content: str, start: int, end: int) -> str:
        if self.in_footnote:
            return reference.inline
        before, after = content[:start][-1:], content[end:]
        space_before = " " if before in ("[", "]", "!", "^") else ""
        mark = space_before + self.references.footnote(reference)
        if after.startswith(":"):
            return f"{mark}\\"
        return f"{mark} " if after[:1] in ("(", "[", "{") and not _CITATION.match(after) else mark

    def _alone(self, line: str) -> Reference | None:
        """What is cited by a line that holds a citation and nothing else."""
        alone = _CITATION.fullmatch(line.strip())
        return self.references.find(self.note, alone[1]) if alone else None

    def _quote(self, line: int, was: str, reference: Reference) -> None:
        """Puts a quotation block in place of a line, with blank lines between it and its neighbours."""
        prefix = self.lines[line][: self.lines[line].rfind(was)]
        further = _continuation(prefix)
        block = [*reference.quote, "", reference.caption]
        lines = [prefix + block[0], *((further + text).rstrip() for text in block[1:])]
        if line and self.lines[line - 1].strip() and prefix == further:
            lines.insert(0, further.rstrip())
        if "".join(self.lines[line + 1 : line + 2]).strip():
            lines.append(further.rstrip())
        self.lines[line] = "\n".join(lines)

    def _lower_heading(self, opening: Token, content: Sequence[str]) -> None:
        first = _first(opening)
        level = len(opening.markup) if opening.markup[0] == "#" else int(opening.tag[1])
        hashes = "#" * min(level + _HEADINGS_DOWN, 6)
        if opening.markup[0] == "#":
            self.lines[first] = self.lines[first].replace(opening.markup, hashes, 1)
        else:
            last = (opening.map or [first, first])[1]
            prefix = self.lines[first][: self.lines[first].rfind(content[0])]
            self.lines[first] = f"{prefix}{hashes} {' '.join(line.strip() for line in content)}"
            for line in range(first + 1, last):
                self.lines[line] = _continuation(prefix).rstrip()
        if opening.level == 0 and first and self.lines[first - 1].rpartition("\n")[2].strip():
            # Unlike others, pandoc wants a blank line before a heading.
            self.lines[first] = f"\n{self.lines[first]}"

    def _close_fence(self, token: Token) -> None:
        first, end = token.map or [0, 0]
        close = re.compile(rf"[\s>]*{re.escape(token.markup[0])}{{{len(token.markup)},}}\s*")
        if end - 1 > first and close.fullmatch(self.lines[end - 1]):
            return
        opening = self.lines[first]
        prefix = _continuation(opening[: opening.find(token.markup)])
        self.lines[end - 1] += f"\n{prefix}{token.markup}"

    def _close_html(self, token: Token) -> None:
        html = token.content.lstrip()
        end = next((end for start, end in _HTML_ENDS if start.match(html)), "")
        if end not in html.lower():
            self.lines[(token.map or [0, 1])[1] - 1] += f"\n{end}"


def _continuation(prefix: str) -> str:
    """What stands before further lines of a block whose first line has `prefix`: list markers are blanks."""
    return re.sub(r"[^>\s]", " ", prefix)


def _first(token: Token) -> int:
    return token.map[0] if token.map else 0


def _parser() -> MarkdownIt:
    """A parser whose inline tokens of interest hold their place in the block's content."""
    parser = MarkdownIt("commonmark", {"store_labels": True}).enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.before("link", "mark", _mark)
    parser.inline.ruler.at("link", _placed_link)
    parser.inline.ruler.at("image", _placed_image)
    return parser


def _mark(state: StateInline, silent: bool) -> bool:
    """Inline rule: a citation, or the mark of a footnote, defined or not."""
    for kind, pattern in (("citation", _CITATION), ("footnote_mark", _FOOTNOTE)):
        match = pattern.match(state.src, state.pos, state.posMax)
        if match:
            if not silent:
                token = state.push(kind, "", 0)
                token.content = match[1]
                token.meta = {"place": match.span(), "label": match[1]}
            state.pos = match.end()
            return True
    return False


def _placed_link(state: StateInline, silent: bool) -> bool:
    label_end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    known = len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        _place_label(state, next(t for t in state.tokens[known:] if t.type == "link_open"), label_end + 1)
    return True


def _placed_image(state: StateInline, silent: bool) -> bool:
    label_end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False)
    if not image(state, silent):
        return False
    if not silent:
        _place_label(state, state.tokens[-1], label_end + 1)
    return True


def _place_label(state: StateInline, token: Token, start: int) -> None:
    """Notes where a reference link's label stands: after its text, perhaps empty."""
    if "label" in token.meta:
        token.meta["place"] = (start, state.pos)
