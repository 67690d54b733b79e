"""From bytes to text: exactness, the encodings that are told apart, and what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources.decoding import decode

FRENCH = (
    "Le président est arrivé à Hanoï mardi pour une visite d’État, la première depuis six ans. Les deux "
    "pays ont signé des accords de coopération – « déjà anciens », a déclaré le ministre."
)
POLISH = "Obie strony ogłosiły wspólne oświadczenie, w którym wyraziły zaniepokojenie sytuacją na morzu."
RUSSIAN = "Президент посетил Ханой в декабре и подписал соглашение."
CHINESE = "习近平主席访问河内并与越南领导人举行会谈。两国签署协议。"
JAPANESE = "習近平国家主席はハノイを訪問し、首脳会談を行った。"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip))
def test_utf8_comes_back_exactly(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, None)
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, None)


def test_line_ends_and_control_characters_stay() -> None:
    text = "one\r\ntwo\rthree\n\x1b[31mred\x07\x0b\x0c\x7f"
    assert decode(text.encode()) == (text, None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf_16_le"),
        (codecs.BOM_UTF16_BE, "utf_16_be"),
        (codecs.BOM_UTF32_LE, "utf_32_le"),
        (codecs.BOM_UTF32_BE, "utf_32_be"),
    ],
)
def test_marked_encodings_are_read_and_told(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Hà Nội\r\n😀".encode(encoding)) == ("Hà Nội\r\n😀", encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        ("Xi’s visit", "cp1252"),
        ("Le président a visité Hanoï; été, élève, à côté de l’hôtel.", "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (CHINESE, "gb18030"),
        (JAPANESE, "cp932"),
    ],
)
def test_older_encodings_are_detected_and_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b" \r\n\t", "white space"),
        ("\u00a0\u3000".encode(), "white space"),
        (b"half\0 a text", "NUL"),
        ("no mark".encode("utf_16_le"), "NUL"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", "NUL"),
        (bytes(range(128, 256)) * 3, "neither UTF-8 nor"),
        ("Việt Nam, Hà Nội".encode() + b"\xff", "0xFF at byte 21"),
        ("Việt Nam, Hà Nội".encode()[:-2], "0xE1 at byte 17"),
        (codecs.BOM_UTF8 + b"caf\xe9", "0xE9 at byte 6"),
        (codecs.BOM_UTF16_LE + b"odd", "UTF-16 LE"),
        (codecs.BOM_UTF16_LE + b"a\0\0\xd8b\0", "UTF-16 LE"),
    ],
)
def test_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except InputError:
        return
    assert text.strip()
    assert "\0" not in text
    assert encoding is not None or text.encode() == data.removeprefix(codecs.BOM_UTF8)
