"""Names for things: ids from content where two analysts must arrive at the same one, random elsewhere.

An id is 128 bits, written as 26 upper-case base32 letters (RFC 4648 without padding); in the log's
columns it is the 16 bytes themselves.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable

from workbench.errors import InputError
from workbench.text.inert import inert

ID_BYTES = 16
ID_LETTERS = 26
HANDLE_LETTERS = 5
MOST_LEVELS = 64
"""How deep tags can stand below each other; of what a file nests deeper the lowest levels are shown."""


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LETTERS = frozenset(ALPHABET)
_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]
_LOW = (1 << 70) - 1
_AS_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """JSON as it is hashed: no spaces, keys sorted, UTF-8."""
    return _ENCODER.encode(value).encode()


def is_id(value: object) -> bool:
    """Whether a value is an id as the file writes them."""
    return isinstance(value, str) and len(value) == ID_LETTERS and set(value) <= _LETTERS


def to_text(raw: bytes) -> str:
    """16 bytes as 26 base32 letters: thrice as quick as the base64 module, which bulk work feels."""
    number, pairs = int.from_bytes(raw) << 2, _PAIRS
    high, low = number >> 70, number & _LOW
    return (
        f"{pairs[high >> 50]}{pairs[high >> 40 & 1023]}{pairs[high >> 30 & 1023]}{pairs[high >> 20 & 1023]}"
        f"{pairs[high >> 10 & 1023]}{pairs[high & 1023]}{pairs[low >> 60]}{pairs[low >> 50 & 1023]}"
        f"{pairs[low >> 40 & 1023]}{pairs[low >> 30 & 1023]}{pairs[low >> 20 & 1023]}"
        f"{pairs[low >> 10 & 1023]}{pairs[low & 1023]}"
    )


def to_bytes(identifier: str) -> bytes:
    """26 base32 letters as 16 bytes."""
    return (int(identifier.translate(_AS_DIGITS), 32) >> 2).to_bytes(ID_BYTES)


def hash_bytes(data: bytes) -> bytes:
    """BLAKE2b-128."""
    return hashlib.blake2b(data, digest_size=ID_BYTES).digest()


def digest(*parts: object) -> str:
    """The id that everybody gets from the same parts (text and numbers)."""
    return to_text(hash_bytes(canonical(parts)))


def text_hash(text: str) -> str:
    """The id of a text by its content.

    Raises:
        InputError: the text holds a lone surrogate, which UTF-8 cannot carry.
    """
    try:
        return to_text(hash_bytes(text.encode()))
    except UnicodeEncodeError as error:
        raise InputError(f"the text holds a broken character at {error.start} (a lone surrogate)") from None


def random_id() -> str:
    """An id for things whose content does not name them: notes, comments, analysts."""
    return to_text(secrets.token_bytes(ID_BYTES))


def split_tag_path(name: str) -> tuple[str, ...]:
    """The levels of a tag's name, white space collapsed: " Region / ASEAN" gives ("Region", "ASEAN").

    Raises:
        InputError: a level is empty, there are too many, or the name holds a comma or a character that does
            not print.
    """
    for sign, word in ((",", "comma"), ("\n", "line break"), ("\r", "line break")):
        if sign in name.strip():
            raise InputError(f"a tag's name cannot hold a {word}")
    levels = tuple(" ".join(level.split()) for level in name.split("/"))
    if len(levels) > MOST_LEVELS:
        raise InputError(f"a tag can stand at most {MOST_LEVELS} levels deep")
    if not all(levels):
        raise InputError("a tag needs a name" if not name.strip() else f"“{name}” has an empty level")
    if any(unicodedata.category(char) in ("Cc", "Cs") for level in levels for char in level):
        raise InputError("a tag's name cannot hold control characters")
    return levels


def tag_key(levels: Iterable[str]) -> str:
    """What makes two tag names one: NFKC, casefolded, accents kept."""
    return "/".join(unicodedata.normalize("NFKC", level).casefold() for level in levels)


def handles(identifiers: Iterable[str], letter: str = "Q") -> dict[str, str]:
    """The short form of each id: a letter and its first five letters, more where two begin alike."""
    alike: dict[str, list[str]] = {}
    for identifier in identifiers:
        alike.setdefault(identifier[:HANDLE_LETTERS], []).append(identifier)
    result = {}
    for start, group in alike.items():
        length = HANDLE_LETTERS
        while len({identifier[:length] for identifier in group}) < len(set(group)):
            length += 1
        for identifier in group:
            # A stranger's derived tables may hold ids that are none; handles are drawn wherever they go.
            result[identifier] = letter + inert(start if length == HANDLE_LETTERS else identifier[:length])
    return result
