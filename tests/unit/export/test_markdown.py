"""The exported document: what stands in it, in which order, and that its links and blocks hold."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from export_records import ANNA, BO, a_bundle, a_citation, a_note, a_passage, a_tag, an_article, seeds
from roundtrip import PANDOC, READERS, kept, pandoc, quotations, text_of

from workbench.export.bundle import Bundle
from workbench.export.markdown import to_markdown

FIRST, SECOND = "001_7f647e3ecafc4dc6.txt", "004_54583def0f2fc11c.txt"


@pytest.fixture
def bundle() -> Bundle:
    """Two sample articles, three passages given out of order, two analysts, one note that cites all."""
    texts = seeds()
    deals, omission = a_tag("deals", 1), a_tag("csp|holders", 2, "who was at the top | tier")
    pamir = an_article(
        texts[FIRST],
        0,
        title="China and *Vietnam*",
        publisher="Pamir (company blog)",
        published="2023-12-13",
        qualifier="after",
        basis="inferred",
        grade="C",
        proposed=frozenset({"publisher"}),
        comment="A vendor.\n# No heading",
        file=FIRST,
    )
    rewrite = an_article(texts[SECOND], 1, title=None, published="2023-12", basis="stated", file=SECOND)
    patrols = a_passage(pamir, texts[FIRST], 2634, 2777, 2, [deals])
    said = [(ANNA, "Leaves out India.\n- and Korea\n\n> Really"), (BO, "I differ")]
    ranks = a_passage(pamir, texts[FIRST], 948, 1020, 1, [deals, omission], said)
    asean = a_passage(rewrite, texts[SECOND], 769, 865, 3)
    body = f"Two texts{{{{Q{ranks.id}}}}} and{{{{Q{asean.id}}}}}.\n\n{{{{{patrols.handle}}}}}"
    cited = [a_citation(passage) for passage in (ranks, patrols, asean)]
    return a_bundle(
        [],
        title='Hanoi: "between" *two*',
        articles=[pamir, rewrite],
        texts={pamir.id: texts[FIRST], rewrite.id: texts[SECOND]},
        passages=[asean, patrols, ranks],
        tags=[omission, deals],
        notes=[a_note("What it means", body, 0, cited)],
        analysts=[ANNA, BO],
    )


def test_front_matter_says_where_it_came_from(bundle: Bundle) -> None:
    known = replace(bundle, database_sha256="ab" * 32)
    assert to_markdown(known).split("\n# ")[0].splitlines() == [
        "---",
        'title: "Hanoi: \\"between\\" *two*"',
        "project: usvn-2023",
        "schema: workbench-export/1",
        "exported: 2026-11-21T12:00:00Z",
        'analyst: "Anna Lytic"',
        f"database_sha256: {'ab' * 32}",
        "sources: 2",
        "passages: 3",
        "notes: 1",
        'tags: ["csp|holders", deals]',
        "---",
    ]
    unknown = to_markdown(replace(bundle, analyst=None))
    assert "\nanalyst:" not in unknown
    assert "\ndatabase_sha256:" not in unknown


def test_sections_stand_in_reading_order(bundle: Bundle) -> None:
    headings = [line for line in to_markdown(bundle).splitlines() if line.startswith("#")]
    assert headings == [
        '# Hanoi: \\"between\\" \\*two\\*',
        "## Note 1: What it means",
        "## Sources and passages",
        "### S1: China and \\*Vietnam\\*",
        "#### QBAAAA",
        "#### QCAAAA",
        "### S2: \\[Xi Jinping strengthens China-Vietnam relations following US push. …\\]",
        "#### QDAAAA",
        "## Tags",
        "## Grades",
        "## References",
    ]


def test_a_source_lists_what_is_known_of_it(bundle: Bundle) -> None:
    document = to_markdown(bundle)
    digest = hashlib.sha256(seeds()[FIRST].encode()).hexdigest()
    assert (
        "- **Publisher:** Pamir (company blog) (proposed)\n"
        "- **Author:** —\n"
        "- **Date:** after 13 Dec 2023 (inferred)\n"
        "- **Grade:** C\n"
        f"- **File:** `{FIRST}`, 7560 characters\n"
        f"- **SHA-256:** `{digest}`\n"
        "\n"
        "A vendor.\\\n\\# No heading\n"
    ) in document
    assert "- **Date:** Dec 2023\n" in document


def test_a_passage_has_its_words_place_tags_grade_and_signed_comments(bundle: Bundle) -> None:
    assert (
        "#### QBAAAA\n\n"
        "> ranks the US as equivalent to China, Russia, and in recent months, Japan\n\n"
        "S1, ¶6, chars 948–1020. Tags: `deals` csp&#124;holders. Grade: C.\n\n"
        "Leaves out India.\\\n\\- and Korea\n\n\\> Really — Anna Lytic\n\n"
        "I differ — Bo \\*Bold\\*\n"
    ) in to_markdown(bundle)


def test_one_analyst_alone_signs_nothing(bundle: Bundle) -> None:
    passages = [replace(passage, comments=passage.comments[:1]) for passage in bundle.passages]
    document = to_markdown(replace(bundle, passages=passages, analysts=[ANNA]))
    assert "\\> Really\n" in document
    assert "*Created 2026-11-21 12:00, changed 2026-11-21 12:01.*" in document


def test_a_list_of_three_lines_is_three_paragraphs(bundle: Bundle) -> None:
    assert (
        "> \\- Perform joint patrols in the Gulf of Tonkin.\n>\n"
        "> \\- Start joint search and rescue operations at sea.\n>\n"
        "> \\- Establish hotlines for fishing emergencies.\n\n"
        "S1, ¶14, chars 2634–2777."
    ) in to_markdown(bundle)


def test_citations_become_footnotes_or_blocks(bundle: Bundle) -> None:
    document = to_markdown(bundle)
    assert "Two texts[^qbaaaa] and[^qdaaaa].\n\n> \\- Perform" in document
    assert "> \\- Establish hotlines for fishing emergencies.\n\n[QCAAAA](#qcaaaa), S1, ¶14.\n" in document
    assert document.partition("## References\n\n")[2] == (
        "[^qbaaaa]: S1, *China and \\*Vietnam\\**, Pamir (company blog), after 13 Dec 2023, ¶6, "
        "chars 948–1020, grade C. See [QBAAAA](#qbaaaa).\n"
        "[^qdaaaa]: S2, *\\[Xi Jinping strengthens China-Vietnam relations following US push. …\\]*, "
        "Dec 2023, ¶5, chars 769–865. See [QDAAAA](#qdaaaa).\n"
    )


def test_tags_list_their_passages_in_text_order(bundle: Bundle) -> None:
    table = to_markdown(bundle).partition("## Tags\n\n")[2].partition("\n\n")[0]
    assert table.splitlines()[2:] == [
        "| csp&#124;holders | [QBAAAA](#qbaaaa) | who was at the top &#124; tier |",
        "| `deals` | [QBAAAA](#qbaaaa), [QCAAAA](#qcaaaa) |  |",
    ]


def test_the_key_to_grades_appears_only_with_a_grade(bundle: Bundle) -> None:
    ungraded = replace(bundle, articles=[replace(article, grade=None) for article in bundle.articles])
    assert "| F | cannot be judged |" in to_markdown(bundle)
    assert "rade" not in to_markdown(ungraded)


def test_an_empty_project_is_a_short_document() -> None:
    document = to_markdown(a_bundle([]))
    assert document.count("\n#") == 1
    assert document.endswith("quotation blocks.\n")


@pytest.mark.parametrize("reader", READERS)
def test_quotation_blocks_hold_only_the_words_of_the_source(bundle: Bundle, reader: str) -> None:
    found = quotations(to_markdown(bundle), reader)
    assert {handle: kept(words) for handle, words in found.items()} == {
        passage.handle: kept(passage.quote) for passage in bundle.passages
    }


@pytest.mark.parametrize("dialect", PANDOC)
def test_links_lead_to_headings(bundle: Bundle, dialect: str) -> None:
    blocks = pandoc(to_markdown(bundle), dialect)
    anchors = {
        text_of(b["c"][2]).lower() if dialect == "commonmark" else b["c"][1][0] for b in _headings(blocks)
    }
    links = {target.removeprefix("#") for target in _targets(blocks)}
    assert {"qbaaaa", "qcaaaa", "grades"} <= links <= anchors


def _headings(blocks: list[dict[str, object]]) -> list[dict[str, list[list[str]]]]:
    return [block for block in blocks if block["t"] == "Header"]  # type: ignore[misc]


def _targets(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["c"][2][0]] if node.get("t") == "Link" else []
        return own + _targets(node.get("c"))
    return [target for part in node for target in _targets(part)] if isinstance(node, list) else []
