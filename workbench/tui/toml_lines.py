"""TOML read statement by statement, so that each value has its line and one mistake spoils one line only.

The standard library's reader tells no lines and gives up at the first mistake. Here it reads a statement at a
time; where a whole file is good TOML, the values are the ones it would read from the whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

LONGEST = 40
"""Most lines of one statement: a list may be written over several."""
_GOES_ON = re.compile("\\[|\"\"\"|'''")


class Entry(NamedTuple):
    """A value with its line, counted from 1. Tables are part of the name: "passage.tag"."""

    line: int
    name: str
    value: object


class Fault(NamedTuple):
    """A line, counted from 1, that is no TOML, and why."""

    line: int
    reason: str


def read_lines(text: str) -> tuple[list[Entry], list[Fault]]:
    """All values of a TOML text in order, and what could not be read. Never raises."""
    lines = text.replace("\r\n", "\n").split("\n")
    entries: dict[str, Entry] = {}
    faults = []
    table, at = "", 0
    while at < len(lines):
        number, count = at + 1, 1
        is_header = lines[at].lstrip().startswith("[")
        table = "" if is_header else table
        try:
            count, found = _statement(lines, at)
            if is_header:
                table, found = _path(found), {}
            for name, value in _flat(found, table):
                if name in entries:
                    raise ValueError(f"“{name}” has its keys in line {entries[name].line} already")
                entries[name] = Entry(number, name, value)
        except (ValueError, RecursionError) as error:
            faults.append(Fault(number, _reason(error)))
        at += count
    return list(entries.values()), faults


def _statement(lines: list[str], at: int) -> tuple[int, dict[str, Any]]:
    """How many lines the statement at a line has, and what it says. Raises ValueError as for one line."""
    try:
        return 1, tomllib.loads(lines[at])
    except ValueError:
        if not _GOES_ON.search(lines[at]):
            raise
        for count in range(2, min(LONGEST, len(lines) - at) + 1):
            try:
                return count, tomllib.loads("\n".join(lines[at : at + count]))
            except ValueError:
                continue
        raise


def _path(header: dict[str, Any]) -> str:
    names = []
    inner: object = header
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        names.append(name)
    if isinstance(inner, list):
        raise ValueError("a list of tables means nothing here")
    return ".".join(names)


def _flat(table: dict[str, Any], path: str) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        full = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _flat(value, full)
        else:
            yield full, value


def _reason(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        said = str(error).partition(" (at ")[0]
        return f'this is no TOML ({said}); a line is written as "passage.tag" = "t"'
    return str(error) if isinstance(error, ValueError) else "this is no TOML (nested too deep)"
