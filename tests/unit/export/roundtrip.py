"""Reads an exported document back, with pandoc and with markdown-it, and hands out the quoted words."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any

import pypandoc
from markdown_it import MarkdownIt

PANDOC = ("gfm", "commonmark", "commonmark_x", "markdown", "markdown-smart")
MARKDOWN_IT = ("commonmark", "gfm-like")
READERS = (*(f"pandoc {name}" for name in PANDOC), *(f"markdown-it {name}" for name in MARKDOWN_IT))
_MARKS = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
_HANDLE = re.compile(r"Q[A-Z2-7]{5,}")


def kept(words: str) -> list[str]:
    """Words as they are compared: lines, without empty ones and without the spaces at their ends."""
    lines = [line.rstrip(" ") for line in words.splitlines()]
    return [line for line in lines if line]


def quotations(document: str, reader: str) -> dict[str, str]:
    """Handle to the text of the block quotations under the heading of that handle.

    What is not plain text, such as emphasis, shows in angle brackets, so that it never compares equal.
    """
    program, dialect = reader.split()
    parts = _by_pandoc(document, dialect) if program == "pandoc" else _by_markdown_it(document, dialect)
    found: dict[str, str] = {}
    handle = ""
    for kind, text in parts:
        if kind == "heading":
            handle = text if _HANDLE.fullmatch(text) else ""
        elif handle:
            found[handle] = found.get(handle, "") + text
    return found


def pandoc(document: str, dialect: str) -> list[dict[str, Any]]:
    """The blocks of pandoc's syntax tree."""
    command = [pypandoc.get_pandoc_path(), "--from", dialect, "--to", "json"]
    done = subprocess.run(command, input=document.encode(), capture_output=True, check=True, timeout=60)
    blocks: list[dict[str, Any]] = json.loads(done.stdout)["blocks"]
    return blocks


def text_of(node: Any) -> str:
    """The words of a part of pandoc's syntax tree, a line for each paragraph."""
    if isinstance(node, list):
        return "".join(map(text_of, node))
    kind, content = node["t"], node.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space":
            return " "
        case "SoftBreak" | "LineBreak":
            return "\n"
        case "Code":
            return str(content[1])
        case "Para" | "Plain":
            return text_of(content) + "\n"
        case "Link" | "Cite":
            return text_of(content[1])
        case "Quoted":
            opening, closing = _MARKS[content[0]["t"]]
            return opening + text_of(content[1]) + closing
    return f"<{kind} {content}>"


def _by_pandoc(document: str, dialect: str) -> list[tuple[str, str]]:
    parts = []
    for block in pandoc(document, dialect):
        if block["t"] == "Header":
            parts.append(("heading", text_of(block["c"][2])))
        elif block["t"] == "BlockQuote":
            parts.append(("quotation", text_of(block["c"])))
    return parts


def _by_markdown_it(document: str, preset: str) -> list[tuple[str, str]]:
    parts = []
    depth = 0
    before = ""
    for token in MarkdownIt(preset).parse(document):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and before == "heading_open":
            parts.append(("heading", token.content))
        elif token.type == "inline" and depth:
            parts.append(("quotation", _inline_text(token.children or []) + "\n"))
        elif (
            depth and token.type.endswith("_open") and token.type not in ("blockquote_open", "paragraph_open")
        ):
            parts.append(("quotation", f"<{token.type}>"))
        before = token.type
    return parts


def _inline_text(tokens: Sequence[Any]) -> str:
    text = ""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif token.type not in ("link_open", "link_close"):
            text += f"<{token.type}>"
    return text
