"""Counts for the matrix of articles and tags, from the derived tables."""

from __future__ import annotations

import sqlite3

from workbench.matrix import TagMatrix, with_those_above
from workbench.store import reading

APPLIED = """
SELECT t.article, t.passage, t.tag FROM applied_tag AS t
JOIN article AS a ON a.id = t.article WHERE a.deleted = 0
"""


def tag_matrix(conn: sqlite3.Connection) -> TagMatrix:
    """All articles by file name and all tags by name, with how many passages they have in common."""
    tags = reading.tags(conn)
    above = with_those_above(tags)
    carried: dict[tuple[str, str], set[str]] = {}
    for article, passage, tag in conn.execute(APPLIED):
        carried.setdefault((article, passage), set()).update(above.get(tag, ()))
    counts: dict[str, dict[str, int]] = {}
    of_article: dict[str, int] = {}
    for (article, _), counting in carried.items():
        of_article[article] = of_article.get(article, 0) + 1
        row = counts.setdefault(article, {})
        for tag in counting:
            row[tag] = row.get(tag, 0) + 1
    return TagMatrix(tuple(reading.articles(conn)), tuple(tags), counts, of_article)
