"""JSON Lines: a file with one article a line, as an object whose `text` is the article.

Besides `text` a line may give `title`, `publisher`, `author`, `published`, `url` and `language`; other
names are left alone. What a line gives is taken as known, not as proposed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from workbench.errors import InputError
from workbench.sources.dates import PartialDate, parse_date
from workbench.sources.decoding import check_characters, check_text, decode, kept_name, mark_of
from workbench.sources.draft import Draft, Failure


def read_lines(path: Path) -> Iterator[Draft | Failure]:
    """Read a file line by line; each article and each bad line is named like "a.jsonl:17".

    Blank lines are passed over but counted. Raises OSError when the file cannot be read.
    """
    name = kept_name(path)
    number = 0
    try:
        for number, line in enumerate(_raw_lines(path), start=1):
            if line.strip():
                yield _read_outcome(line, f"{name}:{number}", path)
    except UnicodeDecodeError as error:
        encoding = error.encoding.upper()
        yield Failure(name, f"It is {encoding} text with damaged bytes somewhere after line {number}.")


def _raw_lines(path: Path) -> Iterator[bytes]:
    """Give the lines without byte order mark, those of UTF-16 and UTF-32 files as UTF-8."""
    with path.open("rb") as file:
        length, encoding = mark_of(file.read(4))
        file.seek(length)
        if encoding is None or encoding == "utf_8":
            yield from file
            return
        for line in TextIOWrapper(file, encoding, newline="\n"):
            yield line.encode()


def _read_outcome(line: bytes, place: str, path: Path) -> Draft | Failure:
    try:
        return _read_line(line, place, path)
    except InputError as error:
        return Failure(place, str(error))


def _read_line(line: bytes, place: str, path: Path) -> Draft:
    """Make a draft of a line; InputError says what is wrong with it."""
    decoded, encoding = decode(line)
    given = _parse(decoded)
    text = given.get("text")
    if not isinstance(text, str):
        raise InputError("Its “text” is not a string." if "text" in given else "It has no “text”.")
    check_text(text)
    date = _date(given)
    return Draft(
        file=place,
        path=path,
        text=text,
        published=date.iso if date else None,
        qualifier=date.qualifier if date else "",
        basis="stated" if date else "unknown",
        encoding=encoding,
        title=_word(given, "title"),
        publisher=_word(given, "publisher"),
        author=_word(given, "author"),
        url=_word(given, "url"),
        language=_word(given, "language"),
    )


def _parse(line: str) -> dict[str, object]:
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"It is not JSON: {error.msg.lower()} at character {error.pos + 1}.") from None
    except (ValueError, RecursionError):
        raise InputError("It is not JSON that can be read: a number or its nesting is too large.") from None
    if not isinstance(given, dict):
        raise InputError("It is not a JSON object.")
    return given


def _word(given: dict[str, object], name: str) -> str | None:
    """Take a line's field as one line of text; blank is the same as absent."""
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"Its “{name}” is not a string.")
    try:
        check_characters(value)
    except InputError as error:
        raise InputError(f"Its “{name}” is refused: {str(error)[0].lower()}{str(error)[1:]}") from None
    return " ".join(value.split()) or None


def _date(given: dict[str, object]) -> PartialDate | None:
    value = given.get("published")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    written = _word({"published": value}, "published")
    return parse_date(written) if written else None
