"""The matrix of articles and tags as CSV for spreadsheets, as a Markdown table, and as JSON.

CSV has a row an article and a column a tag, without a row of totals, so that nothing has to be taken out
before it is summed; the column "passages" counts each tagged passage once, which the cells do not tell.
Spreadsheets run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and a title may come from
anywhere: such a cell gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json

from workbench.export.citations import date
from workbench.export.escape import escape, escape_cell
from workbench.matrix import TagMatrix
from workbench.model import Article

FACTS = ("article", "file", "publisher", "published", "passages")
"""The columns of the CSV before those of tags."""
COUNTING = (
    "Each cell counts the passages of an article that carry the tag or one below it;"
    " a total counts every passage once."
)
NONE = "·"
"""Stands for 0 in the Markdown table."""
_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(matrix: TagMatrix) -> str:
    """A header, then a row an article; lines end with a line feed, cells are quoted where they must be."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*FACTS, *(safe_cell(tag.name) for tag in matrix.tags)])
    for one in matrix.articles:
        facts = (one.label, one.file, one.publisher or "", one.published or "")
        counts = (matrix.count(one.id, tag.id) for tag in matrix.tags)
        writer.writerow([*map(safe_cell, facts), matrix.of_article.get(one.id, 0), *counts])
    return written.getvalue()


def safe_cell(text: str) -> str:
    """A text on one line which no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULAS) else line


def to_markdown(matrix: TagMatrix, title: str) -> str:
    """A heading, what is counted, and a table with a row of totals under it and a column of them.

    Args:
        title: the project's.
    """
    heads = ["Article", "Source", "Date", *(_cell(tag.name) for tag in matrix.tags), "All"]
    marks = ["---"] * 3 + ["---:"] * (len(matrix.tags) + 1)
    rows = [
        [
            _cell(one.label),
            _cell(one.publisher or one.author or ""),
            date(one),
            *(_number(matrix.count(one.id, tag.id)) for tag in matrix.tags),
            str(matrix.of_article.get(one.id, 0)),
        ]
        for one in matrix.articles
    ]
    totals = matrix.of_tags()
    last = ["All", "", "", *(str(totals[tag.id]) for tag in matrix.tags), str(matrix.passages)]
    table = [heads, marks, *rows, last]
    lines = [f"# {escape(' '.join(title.split()))}: articles and tags", "", COUNTING, ""]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in table)]) + "\n"


def to_json(matrix: TagMatrix) -> str:
    """One line: "articles" and "tags", each with its total, and "counts", a list an article."""
    totals = matrix.of_tags()
    said = {
        "articles": [
            {**_facts(one), "passages": matrix.of_article.get(one.id, 0)} for one in matrix.articles
        ],
        "tags": [{"id": tag.id, "name": tag.name, "passages": totals[tag.id]} for tag in matrix.tags],
        "counts": [[matrix.count(one.id, tag.id) for tag in matrix.tags] for one in matrix.articles],
        "passages": matrix.passages,
    }
    return json.dumps(said) + "\n"


def _facts(article: Article) -> dict[str, str | None]:
    return {name: getattr(article, name) for name in ("id", "title", "file", "publisher", "published")}


def _cell(text: str) -> str:
    return escape_cell(" ".join(text.split()))


def _number(count: int) -> str:
    return str(count) if count else NONE
