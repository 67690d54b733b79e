"""A block on disk, with its words: one file that is read whole or not at all.

Layout: MAGIC, then a line of JSON (version, name, checksum, and each column's type and length), then the
columns one after the other, little-endian. The file is derived from the project and may vanish at any time.
It is written under another name and moved into place, so whoever reads sees an old one or a new one; two
programs may do so at once. What is missing, cut short, damaged, of another version or of another project is
None to whoever asks, and is made again.
"""

from __future__ import annotations

import json
import os
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from workbench.search.block import Block, runs, starts
from workbench.search.document import GONE, Document
from workbench.search.vocabulary import Ints, Lengths, Masks, Vocabulary, shapes_of

MAGIC = b"workbench search index\n"
CUT = 2
"""Counts up whenever sentences or words are cut differently, or the layout changes."""
_LONGEST_HEAD = 10_000  # bytes
_KEY = 16  # bytes
_COLUMNS = {
    "keys": "|u1", "terms": "|u1", "order": "<i4", "lengths": "|u1", "masks": "<u8",
    "row_document": "<i4", "row_start": "<i4", "row_end": "<i4", "row_words": "<i4", "words": "<i4",
    "word_rows": "<i4", "postings": "<i4",
}  # fmt: skip

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A block as it was read, its words numbered in an order of its own."""

    keys: tuple[bytes, ...]
    terms: list[str]
    order: Ints
    shapes: tuple[Lengths, Masks]
    columns: Mapping[str, Column]

    def block(self, vocabulary: Vocabulary, documents: Mapping[bytes, Document]) -> Block:
        """The block, in the numbers of `vocabulary`; what `documents` does not know is GONE."""
        is_first = not vocabulary.terms
        numbers = vocabulary.adopt(self.terms, self.order, self.shapes)
        words, postings, sizes = (self.columns[name] for name in ("words", "postings", "word_rows"))
        posted = numbers
        if not is_first:
            words = numbers[words]
            turned = np.argsort(numbers)
            begin = np.cumsum(sizes, dtype=np.int64) - sizes
            posted, sizes, begin = numbers[turned], sizes[turned], begin[turned]
            postings = postings[runs(begin, sizes)]
        return Block(
            tuple(documents.get(key, GONE) for key in self.keys),
            self.keys,
            self.columns["row_document"],
            self.columns["row_start"],
            self.columns["row_end"],
            words,
            starts(self.columns["row_words"]),
            posted,
            starts(sizes),
            postings,
        )


def write(path: Path, name: str, block: Block, terms: list[str]) -> None:
    """Writes a block and those of the `terms` that occur in it.

    Args:
        name: what the file belongs to; reading it asks for the same.

    Raises:
        OSError: it cannot be written there.
    """
    held = [terms[n] for n in block.posted.tolist()]
    numbers = np.zeros(len(terms), np.int32)
    numbers[block.posted] = np.arange(len(held))
    lengths, masks = shapes_of(held)
    columns: dict[str, Column] = {
        "keys": np.frombuffer(b"".join(block.keys), np.uint8),
        "terms": np.frombuffer("\n".join(held).encode("utf-8", "surrogatepass"), np.uint8),
        "order": np.array(sorted(range(len(held)), key=held.__getitem__), np.int32),
        "lengths": lengths, "masks": masks,
        "row_document": block.row_document, "row_start": block.row_start, "row_end": block.row_end,
        "row_words": np.diff(block.word_start), "words": numbers[block.words],
        "word_rows": np.diff(block.posting_start), "postings": block.postings,
    }  # fmt: skip
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            _write_columns(
                file, name, {c: columns[c].astype(kind, copy=False) for c, kind in _COLUMNS.items()}
            )
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write_columns(file: BinaryIO, name: str, columns: Mapping[str, Column]) -> None:
    checksum = 0
    for column in columns.values():
        checksum = zlib.crc32(column.data, checksum)
    lengths = {name: len(column) for name, column in columns.items()}
    head = {"version": _version(), "name": name, "checksum": checksum, "lengths": lengths}
    file.write(MAGIC + json.dumps(head).encode() + b"\n")
    for column in columns.values():
        file.write(column.data)


def read(path: Path, name: str) -> Stored | None:
    """What was written for `name`, or None where it is not there, not whole, or not ours."""
    try:
        with path.open("rb") as file:
            columns = _read_columns(file, name, path.stat().st_size)
        return None if columns is None else _stored(columns)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, MemoryError, RecursionError):
        return None


def _read_columns(file: BinaryIO, name: str, size: int) -> dict[str, Column] | None:
    if file.read(len(MAGIC)) != MAGIC:
        return None
    head = json.loads(file.readline(_LONGEST_HEAD))
    if head["version"] != _version() or head["name"] != name:
        return None
    lengths = {column: int(head["lengths"][column]) for column in _COLUMNS}
    told = sum(lengths[column] * np.dtype(kind).itemsize for column, kind in _COLUMNS.items())
    if min(lengths.values()) < 0 or file.tell() + told != size:
        return None
    columns: dict[str, Column] = {}
    checksum = 0
    for column, kind in _COLUMNS.items():
        columns[column] = np.empty(lengths[column], kind)
        file.readinto(columns[column].data)  # type: ignore[attr-defined]
        checksum = zlib.crc32(columns[column].data, checksum)
    return columns if checksum == head["checksum"] else None


def _stored(columns: dict[str, Column]) -> Stored | None:
    blob = columns.pop("keys").tobytes()
    keys = tuple(blob[at : at + _KEY] for at in range(0, len(blob), _KEY))
    terms = columns.pop("terms").tobytes().decode("utf-8", "surrogatepass").split("\n")
    if terms == [""]:
        terms = []
    stored = Stored(
        keys, terms, columns.pop("order"), (columns.pop("lengths"), columns.pop("masks")), columns
    )
    return stored if _fits(stored) else None


def _fits(stored: Stored) -> bool:
    """Whether all numbers point at something: a file with a right checksum may still be a stranger's."""
    columns = stored.columns
    rows = len(columns["row_document"])
    words = len(stored.terms)
    return (
        all(len(columns[name]) == rows for name in ("row_start", "row_end", "row_words"))
        and all(len(column) == words for column in (stored.order, *stored.shapes, columns["word_rows"]))
        and len(columns["words"]) == int(columns["row_words"].sum(dtype=np.int64))
        and len(columns["postings"]) == int(columns["word_rows"].sum(dtype=np.int64))
        and _within(columns["row_words"], 1, len(columns["words"]) + 1)
        and _within(columns["word_rows"], 1, rows + 1)
        and _within(columns["row_document"], 0, len(stored.keys))
        and _within(columns["postings"], 0, rows)
        and _within(columns["words"], 0, words)
        and _within(stored.order, 0, words)
    )


def _within(column: Column, least: int, end: int) -> bool:
    return len(column) == 0 or (int(column.min()) >= least and int(column.max()) < end)


def _version() -> str:
    return f"{CUT} unicode {unicodedata.unidata_version}"
