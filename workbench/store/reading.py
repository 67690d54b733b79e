"""Queries: from the derived tables to the records of `workbench.model`."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import Any

from workbench.errors import AmbiguousError, NotFoundError
from workbench.model import PROPOSABLE, Analyst, Article, Comment, Passage, Tag
from workbench.store.articles import BASES, GRADES, QUALIFIERS
from workbench.store.ids import HANDLE_LETTERS, handles
from workbench.store.plausible import is_date, moment, place
from workbench.store.tags import SLOTS

Tagging = tuple[str, str, int]
"""A tag on a passage: tag id, analyst id, when."""
Mention = tuple[str, int]
"""A passage in a note: note id, when."""

ARTICLES = """
WITH shown AS (
    SELECT article, count(*) AS n FROM shown_passage WHERE {article} GROUP BY article
), tagged AS (
    SELECT article, count(DISTINCT tag) AS n FROM applied_tag WHERE {article} GROUP BY article
), noted AS (
    SELECT article, count(DISTINCT note) AS n FROM live_citation WHERE {article} GROUP BY article
)
SELECT a.id, a.title, a.publisher, a.author, a.published, a.qualifier, a.basis, a.url, a.language,
       a.comment, a.grade, a.proposed,
       (SELECT file FROM appearance WHERE article = a.id AND deleted = 0 ORDER BY lamport, id LIMIT 1),
       a.text_hash, a.opening, a.words, a.chars,
       coalesce(shown.n, 0), coalesce(tagged.n, 0), coalesce(noted.n, 0), a.created
FROM article AS a
LEFT JOIN shown ON shown.article = a.id
LEFT JOIN tagged ON tagged.article = a.id
LEFT JOIN noted ON noted.article = a.id
WHERE a.deleted = 0 AND {id}
"""
"""With conditions on the column `article` and on `a.id` to be filled in."""


def articles(conn: sqlite3.Connection, only: Collection[str] | None = None) -> list[Article]:
    """The project's articles by their file name, or `only` those with certain ids."""
    of_article, parameters = _among("article", only)
    query = ARTICLES.format(article=of_article, id=_among("a.id", only)[0])
    found = [_article(row) for row in conn.execute(query, parameters)]
    return sorted(found, key=lambda article: (article.file, article.id))


def _among(column: str, ids: Collection[str] | None) -> tuple[str, Sequence[str]]:
    """The condition that a column holds one of some ids (None: anything), and its parameters.

    The parameters are numbered, so that several such conditions share them.
    """
    if ids is None:
        return "1", ()
    return f"{column} IN ({', '.join(f'?{number}' for number in range(1, len(ids) + 1))})", tuple(ids)


def _article(row: Sequence[Any]) -> Article:
    identifier, title, publisher, author, published, qualifier, basis, *rest = row
    url, language, comment, grade, proposed, file, *plain, imported = rest
    values = [
        identifier,
        title,
        publisher,
        author,
        published if published and is_date(published) else None,
        qualifier if qualifier in QUALIFIERS else "",
        basis if basis in BASES else "unknown",
        url,
        language,
        comment,
        grade if grade in GRADES else None,
        frozenset(PROPOSABLE).intersection(proposed.split(",")),
        file or "",
        *plain,
        moment(imported),
    ]
    return Article(*values)


class ArticleNames:
    """Articles by what they go by: id, title or file name."""

    def __init__(self, known: Iterable[Article]) -> None:
        self._by_id: dict[str, Article] = {}
        self._by_name: dict[str, list[Article]] = {}
        for one in known:
            self._by_id[one.id] = one
            for name in {one.title, one.file} - {None}:
                self._by_name.setdefault(str(name), []).append(one)

    def find(self, name: str) -> Article:
        """The article of an id, title or file name.

        Raises:
            NotFoundError: there is none.
            AmbiguousError: several go by that title or file name.
        """
        if name in self._by_id:
            return self._by_id[name]
        wanted = self._by_name.get(name, [])
        if len(wanted) > 1:
            raise AmbiguousError(
                f"“{name}” fits several articles", [f"{one.id}  {one.file}  {one.label}" for one in wanted]
            )
        if not wanted:
            raise NotFoundError(f"there is no article “{name}”")
        return wanted[0]


def analysts(conn: sqlite3.Connection) -> dict[str, Analyst]:
    """Everybody who wrote in the project, by id."""
    rows = conn.execute("SELECT id, coalesce(name, '') FROM analyst")
    return {identifier: Analyst(identifier, name or "(name withheld)") for identifier, name in rows}


def tags(conn: sqlite3.Connection) -> list[Tag]:
    """The project's tags by name, without those deleted or merged into others."""
    rows = conn.execute(
        "SELECT id, path, color, description, parent, coalesce(n, 0) FROM tag LEFT JOIN ("
        "SELECT t.tag AS tag, count(DISTINCT t.passage) AS n FROM applied_tag AS t"
        " JOIN article AS a ON a.id = t.article WHERE a.deleted = 0 GROUP BY t.tag"
        ") AS counted ON counted.tag = id WHERE hidden = 0 AND resolved = id"
    ).fetchall()
    rows.sort(key=lambda row: (row[1].casefold(), row[0]))
    codes = tag_codes(row[1] for row in rows)
    return [
        Tag(identifier, path, color % SLOTS, description, parent, codes[path], count)
        for identifier, path, color, description, parent, count in rows
    ]


def tags_by_article(conn: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many passages of each article carry each tag: article id -> tag id -> passages."""
    found: dict[str, dict[str, int]] = {}
    for article, tag, count in conn.execute(
        "SELECT article, tag, count(DISTINCT passage) FROM applied_tag GROUP BY article, tag"
    ):
        found.setdefault(article, {})[tag] = count
    return found


def tag_codes(paths: Iterable[str]) -> dict[str, str]:
    """Two letters for each tag name, distinct while letters last: initials, then other letters."""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        leaf = "".join(char if char.isalnum() else " " for char in path.rsplit("/", 1)[-1]).lower()
        parts = leaf.split() or ["?"]
        letters = "".join(parts)
        choices = [parts[0][0] + parts[1][0]] if len(parts) > 1 else []
        choices += [letters[0] + other for other in letters[1:]] or [letters[0] * 2]
        code = next((choice for choice in choices if choice not in taken), choices[0])
        taken.add(code)
        codes[path] = code
    return codes


def passages(
    conn: sqlite3.Connection,
    *,
    articles: Collection[str] | None = None,
    only: Container[str] | None = None,
    known_tags: Iterable[Tag] | None = None,
) -> list[Passage]:
    """Shown passages by article and place: all, those of some articles, or `only` certain ids.

    Args:
        known_tags: the project's tags, to spare reading them, which counts all passages that carry one.
    """
    condition, parameters = _among("article", articles)
    condition = f"WHERE {condition}"
    rows = conn.execute(
        f'SELECT p.id, article, start, "end", quote, p.created, p.text_hash = a.text_hash, a.chars'
        f" FROM shown_passage AS p JOIN article AS a ON a.id = article {condition}"
        ' ORDER BY article, start, "end"',
        parameters,
    ).fetchall()
    people = analysts(conn)
    applied = _taggings(conn, condition, parameters)
    said = _comments(conn, condition, parameters, people)
    cited = _notes(conn, condition, parameters)
    known = {tag.id: tag for tag in (tags(conn) if known_tags is None else known_tags)}
    short = passage_handles(conn, None if articles is None else {row[0] for row in rows})
    return [
        _passage(
            row,
            short[row[0]],
            applied.get(row[0], ()),
            said.get(row[0], ()),
            cited.get(row[0], ()),
            known,
            people,
        )
        for row in rows
        if only is None or row[0] in only
    ]


def _passage(
    row: Sequence[Any],
    handle: str,
    applied: Sequence[Tagging],
    said: Sequence[Comment],
    cited: Sequence[Mention],
    known: Mapping[str, Tag],
    people: Mapping[str, Analyst],
) -> Passage:
    identifier, article, start, end, quote, created, is_current, chars = row
    writers = dict.fromkeys([*(who for _, who, _ in applied), *(comment.analyst.id for comment in said)])
    times = [when for _, _, when in applied] + [one.created for one in said] + [when for _, when in cited]
    return Passage(
        identifier,
        handle,
        article,
        *place(start, end, chars if is_current else 0),
        quote,
        tuple(known[tag] for tag in dict.fromkeys(tag for tag, _, _ in applied) if tag in known),
        tuple(said),
        tuple(people[who] for who in writers if who in people),
        tuple(dict.fromkeys(note for note, _ in cited)),
        moment(min(times, default=created)),
    )


def passage_handles(conn: sqlite3.Connection, only: Collection[str] | None = None) -> dict[str, str]:
    """The handle of every passage ever made, so that none is ever given another; or of some of them.

    What some are called depends on those that begin alike, so these are in the answer too.
    """
    if only is None:
        return handles(row[0] for row in conn.execute("SELECT id FROM passage ORDER BY id"))
    alike = "SELECT id FROM passage WHERE id >= ? AND id < ? || '~' ORDER BY id"
    starts = sorted({identifier[:HANDLE_LETTERS] for identifier in only})
    return handles(row[0] for start in starts for row in conn.execute(alike, (start, start)))


def _taggings(
    conn: sqlite3.Connection, condition: str, parameters: Sequence[str]
) -> Mapping[str, list[Tagging]]:
    found: dict[str, list[Tagging]] = {}
    for passage, tag, analyst, created in conn.execute(
        f"SELECT passage, tag, analyst, created FROM applied_tag {condition} ORDER BY lamport, id", parameters
    ):
        found.setdefault(passage, []).append((tag, analyst, created))
    return found


def _comments(
    conn: sqlite3.Connection, condition: str, parameters: Sequence[str], people: Mapping[str, Analyst]
) -> Mapping[str, list[Comment]]:
    found: dict[str, list[Comment]] = {}
    for identifier, passage, body, analyst, created, changed in conn.execute(
        f"SELECT id, passage, body, analyst, created, changed FROM live_comment {condition}"
        " ORDER BY lamport, id",
        parameters,
    ):
        author = people.get(analyst, Analyst(analyst, "(unknown)"))
        found.setdefault(passage, []).append(
            Comment(identifier, passage, body, author, moment(created), moment(changed))
        )
    return found


def _notes(
    conn: sqlite3.Connection, condition: str, parameters: Sequence[str]
) -> Mapping[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for passage, note, created in conn.execute(
        f"SELECT passage, note, created FROM live_citation {condition} ORDER BY lamport, id", parameters
    ):
        found.setdefault(passage, []).append((note, created))
    return found
