"""The ways one searches text without the workbench, asked the same queries on the same passages.

Each is used as somebody would who wants the passage and not a pattern:

- ``fzf --filter "two words"``: all words, each fuzzy, best match first;
- ``rg -iF two | rg -iF words``: all words in any order, first come first;
- SQLite ``text LIKE '%two%' AND text LIKE '%words%'``: the same;
- SQLite FTS5, ordered by bm25: all words, the last as a prefix (AND), or any of them (OR);
- ``rapidfuzz.process.extract(query, passages, scorer=WRatio)``, case and signs taken off beforehand.

The first two read a file of a passage a line at every query. What is not installed is left out.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from rapidfuzz import fuzz, process, utils

MOST = 10

Ask = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to search.

    Attributes:
        ask: the first passages for a query, at most `MOST`.
        build: seconds to make its index ready, None where it has none.
        size: bytes of its index on disk, None where it has none.
    """

    name: str
    ask: Ask
    build: float | None = None
    size: int | None = None


def peers(passages: Sequence[str], folder: Path) -> Iterator[Peer]:
    """Those installed, one after the other; each is done with when the next is asked for."""
    lines = folder / "passages.txt"
    flat = [" ".join(passage.split()) for passage in passages]
    lines.write_text("\n".join(flat) + "\n", encoding="utf-8")
    if shutil.which("fzf"):
        yield Peer("fzf --filter", lambda query: _fzf(query, lines))
    if shutil.which("rg"):
        yield Peer("rg word | rg word", lambda query: _ripgrep(query, lines))
    with closing(sqlite3.connect(folder / "like.db")) as conn:
        _fill(conn, "CREATE TABLE passage (text TEXT)", flat)
        yield Peer("SQLite LIKE", lambda query: _like(query, conn))
    yield from _full_text(flat, folder / "fts5.db")
    plain = list(map(utils.default_process, flat))
    yield Peer("rapidfuzz WRatio", lambda query: _similar(query, plain, flat))


def _fzf(query: str, lines: Path) -> list[str]:
    options = os.environ | {"FZF_DEFAULT_OPTS": ""}
    with lines.open("rb") as file:
        command = ["fzf", "--filter", query]
        found = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, env=options)
    return _first(found)


def _ripgrep(query: str, lines: Path) -> list[str]:
    first, *others = query.split()
    command = ["rg", "--no-config", "--ignore-case", "--fixed-strings", "--"]
    running = [subprocess.Popen([*command, first, str(lines)], stdout=subprocess.PIPE)]
    for word in others:
        before = running[-1].stdout
        running.append(subprocess.Popen([*command, word], stdin=before, stdout=subprocess.PIPE))
        if before:
            before.close()
    found = _first(running[-1])
    for one in running:
        one.terminate()
        one.wait()
    return found


def _first(running: subprocess.Popen[bytes]) -> list[str]:
    """The first lines a program writes; the rest is not waited for."""
    with running:
        found = [line.decode() for line in islice(running.stdout or (), MOST)]
        running.terminate()
    return found


def _like(query: str, conn: sqlite3.Connection) -> list[str]:
    words = query.split()
    condition = " AND ".join(["text LIKE ?"] * len(words))
    sql = f"SELECT text FROM passage WHERE {condition} LIMIT {MOST}"
    return [text for (text,) in conn.execute(sql, [f"%{word}%" for word in words])]


def _full_text(passages: Sequence[str], path: Path) -> Iterator[Peer]:
    with closing(sqlite3.connect(path)) as conn:
        began = perf_counter()
        try:
            table = "CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
            _fill(conn, table, passages)
        except sqlite3.OperationalError:
            return  # this SQLite was built without it
        took, size = perf_counter() - began, path.stat().st_size
        yield Peer("FTS5 bm25, AND", lambda query: _matching(query, " AND ", conn), took, size)
        yield Peer("FTS5 bm25, OR", lambda query: _matching(query, " OR ", conn), took, size)


def _matching(query: str, joint: str, conn: sqlite3.Connection) -> list[str]:
    match = joint.join(f'"{word}"' for word in query.split()) + "*"
    sql = f"SELECT text FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT {MOST}"
    return [text for (text,) in conn.execute(sql, [match])]


def _similar(query: str, plain: Sequence[str], passages: Sequence[str]) -> list[str]:
    found = process.extract(query, plain, scorer=fuzz.WRatio, limit=MOST)
    return [passages[number] for _, _, number in found]


def _fill(conn: sqlite3.Connection, table: str, passages: Sequence[str]) -> None:
    conn.execute(table)
    conn.executemany("INSERT INTO passage VALUES (?)", zip(passages))
    conn.commit()
