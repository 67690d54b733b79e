"""How ids are written and changes are named, beside the plain way that db/README.md describes."""

from __future__ import annotations

import base64
import hashlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.store.changes import named
from workbench.store.ids import to_bytes, to_text

IDS = st.binary(min_size=16, max_size=16)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(IDS)
def test_an_id_is_base32_and_comes_back(raw: bytes) -> None:
    assert to_text(raw) == base64.b32encode(raw).decode().rstrip("=")
    assert to_bytes(to_text(raw)) == raw


@settings(max_examples=50)
@given(WORDS, st.lists(WORDS).map(tuple), st.lists(IDS.map(to_text)), IDS, st.integers(0, 2**40))
def test_a_change_is_named_by_its_header_whatever_its_kind(
    kind: str, fields: tuple[str, ...], seen: list[str], thing: bytes, time: int
) -> None:
    one = to_text(thing)
    header = ["change/1", kind, one, fields, one, time, time, seen, one]
    plain = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    assert named(kind, one, fields, one, time, time, seen, thing) == (
        hashlib.blake2b(plain.encode(), digest_size=16).digest()
    )
