"""Reads rows out of a SQLite file page by page, without its trees: for files whose trees are broken.

Only for rescue: what is found here is verified by hashes afterwards, so a page read wrongly does no harm.
Bytes are read as SQLite's description of its file format says, https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
"""Page sizes there are, in bytes."""

TABLE_LEAF, INDEX_LEAF, INDEX_INNER = 0x0D, 0x0A, 0x02
FILE_HEADER = 100
LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its serial type, from 0 (null) to 9 (the number 1)."""
FLOAT = 7

Value = int | str | bytes | None


class Record(NamedTuple):
    """A row as it stands on a page; `rowid` is None in tables without one."""

    rowid: int | None
    values: tuple[Value, ...]


def page_size(path: Path) -> int:
    """The size of a file's pages in bytes, as its header tells."""
    with path.open("rb") as file:
        told = int.from_bytes(file.read(18)[16:18])
    return 65536 if told == 1 else told


def records(path: Path, size: int) -> Iterator[Record]:
    """Every row that can be read off a page, in the order of the pages; what cannot be read is passed over.

    Args:
        size: of a page, in bytes.
    """
    with path.open("rb") as file:
        reader = _Reader(file, size)
        for number in range(1, reader.count + 1):
            yield from reader.rows(number)


class _Reader:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size = file, size
        self.bytes = file.seek(0, 2)
        self.count = -(-self.bytes // size)
        # Each page carries on one row at most; chains made to run in circles must end.
        self.left = 4 * self.count

    def page(self, number: int) -> bytes:
        """The bytes of a page, numbered from 1; fewer or none where the file ends before."""
        self.file.seek((number - 1) * self.size)
        return self.file.read(self.size)

    def rows(self, number: int) -> Iterator[Record]:
        """Every row that can be read off a page with its overflow pages; none off a page without rows."""
        page = self.page(number)
        head = FILE_HEADER if number == 1 else 0
        kind = page[head] if len(page) > head else 0
        if kind not in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
            return
        first = head + (12 if kind == INDEX_INNER else 8)
        count = min(int.from_bytes(page[head + 3 : head + 5]), self.size // 2)
        for place in range(first, first + 2 * count, 2):
            try:
                yield self._row(page, int.from_bytes(page[place : place + 2]), kind)
            except (IndexError, ValueError):
                continue

    def _row(self, page: bytes, at: int, kind: int) -> Record:
        at += 4 if kind == INDEX_INNER else 0
        length, at = _varint(page, at)
        rowid = None
        if kind == TABLE_LEAF:
            rowid, at = _varint(page, at)
        return Record(rowid, _values(self._content(page, at, length, kind)))

    def _content(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """The bytes of a row, its overflow pages included."""
        if length > self.bytes:
            raise ValueError("longer than the file")
        most = self.size - 35 if kind == TABLE_LEAF else (self.size - 12) * 64 // 255 - 23
        here = length
        if length > most:
            least = (self.size - 12) * 32 // 255 - 23
            here = least + (length - least) % (self.size - 4)
            here = least if here > most else here
        pieces, missing = [page[at : at + here]], length - here
        following = page[at + here : at + here + 4]
        while missing > 0 and self.left > 0:
            self.left -= 1
            page = self.page(max(1, int.from_bytes(following)))
            following, piece = page[:4], page[4 : 4 + missing]
            pieces.append(piece)
            missing -= len(piece)
            if not piece:
                break
        return b"".join(pieces)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(at, at + 8):
        number = number << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return number, place + 1
    return number << 8 | data[at + 8], at + 9


def _values(content: bytes) -> tuple[Value, ...]:
    end, at = _varint(content, 0)
    place, values = end, []
    while at < end:
        kind, at = _varint(content, at)
        length = (kind - 12) // 2 if kind >= 12 else LENGTHS[kind]
        if place + length > len(content) or kind == FLOAT:
            raise ValueError("no value of a project")
        values.append(_value(kind, content[place : place + length]))
        place += length
    return tuple(values)


def _value(kind: int, raw: bytes) -> Value:
    if kind >= 12:
        return raw.decode(errors="surrogateescape") if kind % 2 else raw
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(raw, signed=True) if kind else None
