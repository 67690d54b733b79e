"""Versions of one text beside the text they all started from, line by line, and the union of them all.

Each version is compared with the base (see `text.matching`); lines that several versions leave alone tie the
versions together. The union is that of a three-way merge: what only one version changed is taken over, and
where several changed the same lines all of them are put in, each under a line that says whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workbench.text.matching import matches

MARK = "≠≠≠"
"""Begins the lines that keep versions apart in a union."""

Sign = Literal[" ", "+", "-", "~"]
"""A line as in the base, added, taken out, changed."""


class Line(NamedTuple):
    """A version's line at one place; a line taken out shows what the base has."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the base, or None between two of them, and what each version has there (None: nothing)."""

    base: str | None
    lines: tuple[Line | None, ...]

    @property
    def changed(self) -> bool:
        """Whether any version differs from the base here."""
        return any(line is not None and line.sign != " " for line in self.lines)


def aligned(base: str, versions: Sequence[str]) -> list[Row]:
    """The base and its versions as rows of lines that stand for each other."""
    old = base.split("\n")
    columns = [_against(old, version.split("\n")) for version in versions]
    rows: list[Row] = []
    for at in range(len(old) + 1):
        added = [column.added[at] for column in columns]
        for number in range(max(map(len, added), default=0)):
            rows.append(
                Row(None, tuple(Line("+", some[number]) if number < len(some) else None for some in added))
            )
        if at < len(old):
            rows.append(Row(old[at], tuple(column.kept[at] for column in columns)))
    return rows


def union(base: str, versions: Sequence[tuple[str, str]]) -> str:
    """One text out of several: changes that do not meet, and all versions of those that do.

    Args:
        versions: (whose it is, text).
    """
    old = base.split("\n")
    news = [text.split("\n") for _, text in versions]
    found: list[str] = []
    start, starts = 0, [0] * len(news)
    for end, ends in _shared(old, news):
        chunks = [new[a:b] for new, a, b in zip(news, starts, ends, strict=True)]
        found += _joined(old[start:end], [who for who, _ in versions], chunks)
        found += old[end : end + 1]
        start, starts = end + 1, [one + 1 for one in ends]
    return "\n".join(found)


def common(versions: Sequence[str]) -> str:
    """The lines that all versions have, in order: a base for those that started from none."""
    shared = versions[0].split("\n")
    for version in versions[1:]:
        shared = [shared[at] for at, _ in matches(shared, version.split("\n"))]
    return "\n".join(shared)


def is_settled(text: str) -> bool:
    """Whether no line of a union keeps versions apart any more."""
    return not any(line.startswith(MARK) for line in text.split("\n"))


class _Column(NamedTuple):
    """A version seen from the base: `added[i]` stands before the base's line i, `kept[i]` in its place."""

    added: list[list[str]]
    kept: list[Line]


def _against(old: Sequence[str], new: Sequence[str]) -> _Column:
    added: list[list[str]] = [[] for _ in range(len(old) + 1)]
    kept = [Line(" ", line) for line in old]
    a = c = 0
    for b, d in [*matches(old, new), (len(old), len(new))]:
        both = min(b - a, d - c)
        for step in range(both):
            kept[a + step] = Line("~", new[c + step])
        for at in range(a + both, b):
            kept[at] = Line("-", old[at])
        added[b] += new[c + both : d]
        a, c = b + 1, d + 1
    return _Column(added, kept)


def _shared(old: Sequence[str], news: Sequence[Sequence[str]]) -> list[tuple[int, list[int]]]:
    """Lines of the base that every version kept, with their places there; at last the end of all."""
    places = [dict(matches(old, new)) for new in news]
    common = [at for at in range(len(old)) if all(at in place for place in places)]
    return [*((at, [place[at] for place in places]) for at in common), (len(old), [len(new) for new in news])]


def _joined(old: list[str], names: Sequence[str], chunks: Sequence[list[str]]) -> list[str]:
    """What stands between two shared lines: the one change made there, or all of them, marked."""
    changes: dict[tuple[str, ...], list[str]] = {}
    for name, chunk in zip(names, chunks, strict=True):
        if chunk != old:
            changes.setdefault(tuple(chunk), []).append(name)
    if len(changes) < 2:
        return list(next(iter(changes), tuple(old)))
    found = []
    for lines, who in changes.items():
        found += [f"{MARK} {', '.join(who)}:", *lines]
    return [*found, MARK]
