"""Files of projects with real damage: small pages, so that there are many to hit, and changed bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.data import sample

PAGE = 512
LOG = {
    "text": "SELECT hash, body FROM text ORDER BY hash",
    "change": "SELECT id, fields, body FROM change LEFT JOIN payload ON change = seq ORDER BY id",
    "meta": "SELECT value FROM meta WHERE key = 'project_id'",
}


def small_pages(path: Path) -> Path:
    """The sample project on pages of 512 bytes."""
    sample.present(path)
    edit(path, f"PRAGMA page_size = {PAGE}; VACUUM")
    return path


def edit(path: Path, sql: str) -> None:
    """Changes a file as any program could."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.executescript(sql)
    conn.close()


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the truth of a file says, whatever its rows are numbered."""
    conn = sqlite3.connect(path)
    try:
        return {name: conn.execute(sql).fetchall() for name, sql in LOG.items()}
    finally:
        conn.close()


def zeroed(data: bytes) -> Iterator[bytes]:
    """The file with each page in turn full of zeros."""
    for at in range(0, len(data), PAGE):
        yield data[:at] + bytes(PAGE) + data[at + PAGE :]


def flipped(data: bytes, step: int, bit: int) -> Iterator[bytes]:
    """The file with one bit in every `step` bytes the other way round."""
    for at in range(step // 2, len(data), step):
        yield data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def truncated(data: bytes, pieces: int) -> Iterator[bytes]:
    """The file cut off at so many places, not all at the end of a page."""
    for piece in range(1, pieces):
        yield data[: len(data) * piece // pieces]
