"""The matrix as CSV and Markdown: whatever titles and tags are called, the table says what it held."""

from __future__ import annotations

import csv
import io

import pytest
from export_records import a_tag, an_article
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from workbench.export.matrix import FACTS, safe_cell, to_csv, to_markdown
from workbench.matrix import TagMatrix

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@|\\`*_[]<>&\"';,#\t\n\r"),
    max_size=20,
)
NAMES = st.text(st.sampled_from("ab|=*_é/`\\ -"), min_size=1, max_size=8)


@st.composite
def matrices(draw: st.DrawFn) -> TagMatrix:
    titles = draw(st.lists(WORDS.filter(lambda one: bool(one.split())), max_size=3))
    articles = [an_article("One two.", at, title=title) for at, title in enumerate(titles)]
    names = draw(st.lists(NAMES.filter(lambda one: bool(one.split())), max_size=3, unique=True))
    tags = [a_tag(name, at) for at, name in enumerate(names)]
    counts = {
        article.id: {tag.id: draw(st.integers(1, 2000)) for tag in tags if draw(st.booleans())}
        for article in articles
    }
    return TagMatrix(articles, tags, counts, {one: sum(row.values()) for one, row in counts.items()})


def line(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=30)
@given(matrices())
def test_csv_reads_back_and_holds_no_formula(matrix: TagMatrix) -> None:
    head, *rows = csv.reader(io.StringIO(to_csv(matrix)))
    assert tuple(head[: len(FACTS)]) == FACTS
    assert [one.removeprefix("'") for one in head[len(FACTS) :]] == [
        line(tag.name).removeprefix("'") for tag in matrix.tags
    ]
    for article, row in zip(matrix.articles, rows, strict=True):
        assert row[0].removeprefix("'") == line(article.label).removeprefix("'")
        assert list(map(int, row[len(FACTS) :])) == [matrix.count(article.id, tag.id) for tag in matrix.tags]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in (head, *rows) for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", " =1", "\t=1", "\uff1d1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text.strip()}"


def test_other_texts_stay_as_they_are() -> None:
    assert safe_cell("1 = 1, “quoted” and\nbroken") == "1 = 1, “quoted” and broken"


@settings(max_examples=30)
@given(matrices())
def test_the_markdown_table_reads_back(matrix: TagMatrix) -> None:
    head, *rows, totals = table(to_markdown(matrix, "A | *project*"))
    assert head == ["Article", "Source", "Date", *(line(tag.name) for tag in matrix.tags), "All"]
    for article, row in zip(matrix.articles, rows, strict=True):
        counts = [matrix.count(article.id, tag.id) for tag in matrix.tags]
        assert row[0] == line(article.label)
        assert [int(cell.replace("·", "0")) for cell in row[3:-1]] == counts
    assert totals[0] == "All" and totals[-1] == str(matrix.passages)


def table(markdown: str) -> list[list[str]]:
    """The cells of the only table, as CommonMark with tables reads them."""
    tokens = MarkdownIt().enable("table").parse(markdown)
    rows: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(words(tokens[at + 1]))
    return rows


def words(cell: Token) -> str:
    return "".join(one.content for one in cell.children or ())
