"""What a Markdown file says of itself: the simple lines of its front matter, and its first heading.

Only `key: value` lines are read, so lists and nested values are left alone. Lines come with their white
space collapsed; the article's text stays as it is.
"""

from __future__ import annotations

import re

_FENCE = "---"
_LONGEST_FRONT = 60
_LINE = re.compile(r"([A-Za-z][\w -]*?)\s*:\s+(\S.*)")
_HEADING = re.compile(r"#\s+(.*?)(?:\s+#+)?\s*")
_MARKED = re.compile(r"(?:#{1,6}\s+)?([*_]{0,3})(\S.*?)\1(?:\s+#+)?")
_CODE = ("```", "~~~")


def split_front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Split lines into front matter, keys in lower case, and the lines after it."""
    if not lines or lines[0] != _FENCE:
        return {}, lines
    for number, line in enumerate(lines[1:_LONGEST_FRONT], start=1):
        if line in (_FENCE, "..."):
            return _fields(lines[1:number]), lines[number + 1 :]
    return {}, lines


def first_heading(lines: list[str]) -> str | None:
    """Find the first heading of level one (``# …`` or a line underlined with ``=``) outside code."""
    code = False
    for number, line in enumerate(lines):
        if line.startswith(_CODE):
            code = not code
        elif not code and (match := _HEADING.fullmatch(line)) and match[1]:
            return match[1]
        elif not code and number and lines[number - 1] and re.fullmatch("={3,}", line):
            return lines[number - 1]
    return None


def bare(line: str) -> str:
    """Take the marks of a heading, or of emphasis over the whole line, off a line."""
    match = _MARKED.fullmatch(line)
    return match[2] if match else line


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        if match := _LINE.fullmatch(line):
            value = match[2]
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1].strip()
            if value and value[0] not in "[{|>&*!":
                fields.setdefault(match[1].lower(), value)
    return fields
