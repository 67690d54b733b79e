"""Notes stay Markdown in an export, and neither reach into each other nor out of their section."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_records import a_bundle, a_citation, a_note, a_passage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roundtrip import READERS, kept, quotations

from workbench.export.bundle import Bundle
from workbench.export.markdown import to_markdown
from workbench.model import Citation

TEXT = "First words.\n\nSecond *words*."
WORDS = (0, 0, 12)
STARS = (0, 14, 29)


def exported(*bodies: str, citations: tuple[Citation, ...] = ()) -> list[str]:
    """The bodies as they stand in the document. ``{A}`` and ``{B}`` stand for citations of two passages."""
    return sections(to_markdown(bundle_of(*bodies, citations=citations)))


def bundle_of(*bodies: str, citations: tuple[Citation, ...] = ()) -> Bundle:
    bundle = a_bundle([TEXT], [WORDS, STARS])
    first, second = (f"{{{{Q{passage.id}}}}}" for passage in bundle.passages)
    filled = [body.replace("{A}", first).replace("{B}", second) for body in bodies]
    return replace(bundle, notes=[a_note(f"T{n}", body, n, citations) for n, body in enumerate(filled)])


def sections(document: str) -> list[str]:
    notes = document.split("\n## Sources and passages")[0].split("\n## Note ")[1:]
    return [note.split("*.*")[0].split(".*\n", 1)[1].strip("\n") for note in notes]


def references(*bodies: str) -> str:
    return to_markdown(bundle_of(*bodies)).partition("## References\n\n")[2]


A, B = "[^qaaaaa]", "[^qbaaaa]"
FIRST = "> First words.\n\n[QAAAAA](#qaaaaa), S1, ¶1."


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("Said{A}, and{A}{B}.", f"Said{A}, and{A}{B}."),
        ("*Said{A}* **so{B}**", f"*Said{A}* **so{B}**"),
        ("[sic]{A} wow!{A} [{A}]", f"[sic] {A} wow! {A} [ {A}]"),
        ("x{A}(see) {A}[see] {A}{.x}", f"x{A} (see) {A} [see] {A} {{.x}}"),
        ("{A}: he said", f"{A}\\: he said"),
        ("# On {A}", f"### On {A}"),
        ("- item{A}\n  1. deep{B}", f"- item{A}\n  1. deep{B}"),
    ],
)
def test_a_citation_in_a_sentence_is_a_footnote(body: str, becomes: str) -> None:
    assert exported(body) == [becomes]


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("{A}", FIRST),
        ("Before\n\n{A}\n\nAfter", f"Before\n\n{FIRST}\n\nAfter"),
        ("As he says:\n{A}\nand so on", f"As he says:\n\n{FIRST}\n\nand so on"),
        ("{A}\n# Next", f"{FIRST}\n\n### Next"),
        ("- {A}\n- b", "- > First words.\n\n  [QAAAAA](#qaaaaa), S1, ¶1.\n\n- b"),
        ("> {A}", "> > First words.\n>\n> [QAAAAA](#qaaaaa), S1, ¶1."),
        ("{B}", "> Second \\*words\\*.\n\n[QBAAAA](#qbaaaa), S1, ¶2."),
    ],
)
def test_a_citation_alone_on_a_line_is_a_quotation_block(body: str, becomes: str) -> None:
    assert exported(body) == [becomes]


def test_a_short_handle_cites_too() -> None:
    assert exported("So{{QAAAAA}}.") == [f"So{A}."]


@pytest.mark.parametrize(
    "body", ["a `{A}` b", "```\n{A}\n```", "    {A}", "[x](http://a/{A})", r"\{{QAAAAA}}"]
)
def test_code_and_addresses_stay_literal(body: str) -> None:
    assert exported(f"x\n\n{body}")[0].count("{{QAAAAA") == 1
    assert references(body) == ""


def test_an_unknown_citation_stays_text() -> None:
    assert exported("See {{QZZZZZ}} there.\n\n{{QZZZZZ}}") == ["See {{QZZZZZ}} there.\n\n{{QZZZZZ}}"]


def test_a_lost_citation_keeps_its_words() -> None:
    bundle = a_bundle([TEXT])
    gone = a_citation(a_passage(bundle.articles[0], "Lost *words* here", 0, 17, 99), "Old [paper]", lost=True)
    body = f"Said{{{{Q{gone.passage}}}}}.\n\n{{{{{gone.handle}}}}}"
    document = to_markdown(replace(bundle, notes=[a_note("T", body, 0, [gone])]))
    place = "*Old \\[paper\\]*, ¶1, chars 0–17 (source no longer in the project)."
    assert sections(document) == [f"Said[^qddaaa].\n\n> Lost \\*words\\* here\n\nQDDAAA, {place}"]
    assert document.endswith(f"[^qddaaa]: “Lost \\*words\\* here”, {place}\n")


def test_a_citation_in_a_footnote_is_a_link_for_footnotes_do_not_nest() -> None:
    assert exported("x[^1]\n\n[^1]: See{A}.\n\n    {B}") == [
        "x[^note1-1]\n\n[^note1-1]: See[QAAAAA](#qaaaaa).\n\n    [QBAAAA](#qbaaaa)"
    ]


def test_a_footnote_never_leads_to_itself() -> None:
    assert exported("x[^1]\n\n[^1]: y[^1]") == ["x[^note1-1]\n\n[^note1-1]: y\\[^1]"]


def test_citations_in_table_cells() -> None:
    table = "| a | b |\n|---|---|\n| z{A} | {A} |\n| {A} | x \\| y{B} |"
    assert exported(table) == [f"| a | b |\n|---|---|\n| z{A} | {A} |\n| {A} | x \\| y{B} |"]


def test_footnotes_are_listed_once_in_order_of_mention() -> None:
    lines = references("x{B} y{A} z{B}", "x{A}").splitlines()
    assert [line.split(":")[0] for line in lines] == [B, A]


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("# One\n\n## Two\n\n##### Five", "### One\n\n#### Two\n\n###### Five"),
        ("text\n# One", "text\n\n### One"),
        ("One\n===\n\nTwo\n---", "### One\n\n\n#### Two"),
        ("One\nmore\n====\ntext", "### One more\n\n\ntext"),
        ("> # One\n> text", "> ### One\n> text"),
        ("```\n# no heading\n```", "```\n# no heading\n```"),
        ("a\n\n---\n\nb: c", "a\n\n***\n\nb: c"),
    ],
)
def test_headings_go_below_the_heading_of_the_note(body: str, becomes: str) -> None:
    assert exported(body) == [becomes]


def test_footnote_labels_of_two_notes_stay_apart() -> None:
    body = "a[^1] `[^1]` [^2]\n\n[^1]: x"
    assert exported(body, body) == [f"a[^note{n}-1] `[^1]` \\[^2]\n\n[^note{n}-1]: x" for n in (1, 2)]


def test_link_labels_of_two_notes_stay_apart() -> None:
    body = "[a][ref] [Ref][] [ref] ![i][ref] [b](c) [ref2]\n\n[ref]: http://x 'T'\n[ref]: http://y"
    assert exported(body, "[ref]") == [
        "[a][note1-REF] [Ref][note1-REF] [ref][note1-REF] ![i][note1-REF] [b](c) [ref2]\n\n"
        "[note1-REF]: http://x 'T'\n[note1-REF]: http://y",
        "[ref]",
    ]


def test_a_citation_inside_the_text_of_a_link() -> None:
    assert exported("[so{A} he says][r] on\n\n[r]: http://x") == [
        f"[so{A} he says][note1-R] on\n\n[note1-R]: http://x"
    ]


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("```py\ncode", "```py\ncode\n```"),
        ("~~~~\ncode\n~~~", "~~~~\ncode\n~~~\n~~~~"),
        ("> ```\n> code", "> ```\n> code\n> ```"),
        ("- ```\n  code", "- ```\n  code\n  ```"),
        ("```\ncode\n```", "```\ncode\n```"),
        ("```", "```\n```"),
        ("<!-- open\n\ntext", "<!-- open\n\ntext\n-->"),
        ("<PRE>\ntext", "<PRE>\ntext\n</pre>"),
        ("<!-- shut -->", "<!-- shut -->"),
        ("<preview>", "<preview>"),
    ],
)
def test_what_was_left_open_is_closed(body: str, becomes: str) -> None:
    assert exported(body) == [becomes]


def test_line_breaks_of_any_kind_and_an_empty_body() -> None:
    assert exported("# a\r\n\r\nb{A}\r\rc", "", " \n ") == [f"### a\n\nb{A}\n\nc", "", ""]


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "{A}",
                "{B}",
                "[^1]",
                "\n[^1]: note\n",
                "\n[r]: http://x\n",
                "[r]",
                "[x][r]",
                "![y][r]",
                "`",
                "``",
            ),
            *("\n```\n", "\n~~~\n", "\n# head\n", "\n---\n", "\n===\n", "\n- ", "\n  - ", "\n> ", "\n1. "),
            *(
                "\n    ",
                "\t",
                "<!--",
                "-->",
                "\n<div>\n",
                "\n<pre>\n",
                "| a | b |\n|--|--|\n| ",
                " | ",
                "\\",
                "|",
            ),
            *(
                "*",
                "**",
                "_",
                "[",
                "]",
                "(",
                ")",
                "!",
                "^",
                ":",
                "word",
                " ",
                "\n",
                "\n\n",
                "{{QZZZZZ}}",
                "$",
                "é",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MARKDOWN, min_size=1, max_size=3))
def test_no_note_reaches_into_the_sources(bodies: list[str]) -> None:
    bundle = bundle_of(*bodies)
    document = to_markdown(bundle)
    for reader in ("markdown-it commonmark", "markdown-it gfm-like"):
        found = quotations(document, reader)
        assert [kept(found[p.handle])[-1:] for p in bundle.passages] == [
            kept(p.quote)[-1:] for p in bundle.passages
        ]


@pytest.mark.parametrize("reader", READERS)
def test_open_notes_leave_the_sources_whole(reader: str) -> None:
    bodies = [
        "```\ncode",
        "- a\n\n  ```\n  b",
        "> quote\n> ~~~",
        "a[^1]\n\n[^1]: b",
        "---\nx: y\n---",
        "<!-- open",
    ]
    bundle = bundle_of(*bodies)
    found = quotations(to_markdown(bundle), reader)
    assert {handle: kept(words) for handle, words in found.items()} == {
        passage.handle: kept(passage.quote) for passage in bundle.passages
    }
