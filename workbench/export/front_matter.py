"""YAML front matter: values quoted so that every YAML reader takes them for the strings they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

Value = str | int | Sequence[str]

_PLAIN = re.compile(r"[A-Za-z][\w-]*(?:/[\w-]+)*", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NOT_STRINGS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def front_matter(values: Mapping[str, Value]) -> list[str]:
    """The lines of a front matter block, fences included, keys in the given order.

    A string of the form ``2026-11-21T17:10:00Z`` stays a YAML time; every other string stays a string.
    """
    return ["---", *(f"{key}: {_yaml(value)}" for key, value in values.items()), "---"]


def iso_time(milliseconds: int) -> str:
    """UTC milliseconds since 1970 as ``2026-11-21T17:10:00Z``."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _yaml(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if _TIME.fullmatch(value) else _string(value)
    return f"[{', '.join(map(_string, value))}]"


def _string(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_STRINGS:
        return text
    # A JSON string is a YAML string, but for characters that YAML counts as unprintable.
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
