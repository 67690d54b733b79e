"""From bytes to text, exactly: which encoding a file is in, and what cannot be text at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from workbench.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)

# What articles were saved in before UTF-8, commonest first: detection is confined to these, and where
# two explain the bytes equally well the earlier one wins. Unconfined, charset-normalizer prefers
# cp1250 or a Macintosh code page for short texts that any of them explains.
_LEGACY = (
    "cp1252", "cp1251", "cp1250", "gb18030", "big5", "cp932", "euc_jp", "cp949", "koi8_r",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1258",
)  # fmt: skip

# The share of unlikely neighbours a text may have. The library's own 0.2 refuses short French texts.
_DISORDER = 0.35


def mark_of(start: bytes) -> tuple[int, str | None]:
    """Read a byte order mark: its length in bytes and the encoding it names, or (0, None)."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return len(mark), encoding
    return 0, None


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode a file's bytes; line ends and control characters stay, a byte order mark goes.

    Returns:
        The text, and the name of its encoding where that is not UTF-8.

    Raises:
        InputError: no text is in it, or bytes that no known encoding explains.
    """
    length, encoding = mark_of(data)
    try:
        text = data[length:].decode(encoding or "utf_8")
    except UnicodeDecodeError as error:
        if encoding or _is_damaged_utf8(data):
            name = (encoding or "utf_8").replace("_", "-", 1).upper().replace("_", " ")
            place = length + error.start
            raise InputError(
                f"It is {name} text with a damaged byte, 0x{data[place]:02X} at byte {place}."
            ) from None
        text, encoding = _detect(data)
    check_text(text)
    return text, None if encoding == "utf_8" else encoding


def check_text(text: str) -> None:
    """Refuse what a project cannot hold as an article's text.

    Raises:
        InputError: it is blank, holds NUL, or half of a surrogate pair.
    """
    if not text.strip():
        raise InputError("It is empty." if not text else "It holds nothing but white space.")
    check_characters(text)


def check_characters(text: str) -> None:
    """Refuse characters that no project can hold: NUL, and half of a surrogate pair (InputError)."""
    if "\0" in text:
        raise InputError("It holds NUL characters, which no text has.")
    try:
        text.encode("utf_8")
    except UnicodeEncodeError as error:
        half = ord(text[error.start])
        raise InputError(f"It holds \\u{half:04x}, half of a character without its other half.") from None


def kept_name(path: Path) -> str:
    """The file's name without folders; bytes in it that are not UTF-8 become replacement characters."""
    return path.name.encode("utf_8", "surrogateescape").decode("utf_8", "replace")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether a good part of what is not ASCII is sound UTF-8: another encoding would only garble it.

    In text of older encodings sequences that happen to be UTF-8 are rare.
    """
    sound = data.decode("utf_8", "ignore")
    damaged = len(data.decode("utf_8", "replace")) - len(sound)
    characters = sum(not char.isascii() for char in sound)
    return 0 < damaged <= 2 * characters


def _detect(data: bytes) -> tuple[str, str]:
    """Find the likeliest older encoding; charset-normalizer weighs disorder and letter frequencies.

    A few words can be explained by several, so a paragraph is told more surely than a line.
    """
    if b"\0" in data:
        raise InputError("It holds NUL bytes, so it is not text.")
    # Imported here: it takes 20 ms, and hardly a file needs it.
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=list(_LEGACY), threshold=_DISORDER, enable_fallback=False)
    ranked = [
        (match.chaos, -match.coherence, _LEGACY.index(encoding), encoding)
        for match in matches
        for encoding in match.could_be_from_charset
        if encoding in _LEGACY
    ]
    if not ranked:
        raise InputError("It is neither UTF-8 nor any other encoding known here.")
    encoding = min(ranked)[-1]
    return data.decode(encoding), encoding
