"""A note's Markdown as lines, and laid out: what is kept, what becomes a quotation, any text at any width."""

from __future__ import annotations

from unicodedata import category

from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.text.graphemes import cells
from workbench.tui.note_page import Quote, renumbered
from workbench.tui.widgets.note_layout import LEAST, NoteLayout, pointed_at
from workbench.tui.widgets.note_markdown import lines_of

ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
QUOTE = Quote(ID, "QABCDE", 1, "quoted words\n\nin two paragraphs", "article", 0, 12, "Wire", "¶1", 3, False)
PIECES = st.sampled_from(
    ["{{QABCDE}}", "{{QZZZZZ}}", "# ", "- ", "1. ", "> ", "```\n", "\n", "\n\n", "**", "*", "`", "[a](b)",
     "<b>", "words ", "[x]: y\n", "    ", "***\n", "字字", "e\u0301", "\x1b[31m", "\u202e", "\t", "|a|b|\n"]
)  # fmt: skip


def shown(body: str) -> list[str]:
    """The lines as text, citations as <name>."""
    return [
        line.first + "".join(f"<{run.text}>" if run.citation else run.text for run in line.runs)
        for line in lines_of(body)
    ]


def test_lines_stay_lines_and_marks_become_styles() -> None:
    body = "# A **b**\n\nOne\ntwo *three*\n\n\n- \n- x\n  1. y\n\n> said\n\n---\n"
    assert shown(body) == [
        "# A b", "", "One", "two three", "", "- ", "- x", "  1. y", "", "│ said", "", "─" * 20,
    ]  # fmt: skip


def test_nothing_is_hidden() -> None:
    body = "[a]: http://x.y\n\n[t](http://u.v) <https://w.z>\n\n<div>h</div>\n\n| a |\n|---|\n\n![alt](p.png)"
    assert shown(body) == [
        "[a]: http://x.y", "", "t <http://u.v> https://w.z", "", "  <div>h</div>", "", "| a |", "|---|", "",
        "[alt](p.png)",
    ]  # fmt: skip


def test_only_a_citation_alone_on_its_line_is_a_quotation() -> None:
    lines = lines_of(
        "Some {{QABCDE}}\n{{ qabcde }}\n\n- {{QABCDE}}\n\n`{{QABCDE}}`\n\n    {{QABCDE}}\n\n{{Q12}}"
    )
    assert [line.quotation for line in lines if line.runs] == [False, True, True, False, False, False]
    assert [run.text for line in lines for run in line.runs if run.citation] == ["ABCDE"] * 3


@example("{{QABCDE}}" * 3 + "x" * 37 + "{{QABCDE}}", 40)
@example("words " + "字" * 3 + "{{QZZZZZ}}{{QZZZZZ}}", 9)
@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.integers(1, 60))
def test_any_text_is_laid_out_at_any_width(body: str, width: int) -> None:
    layout = NoteLayout(lines_of(body), {"ABCDE": QUOTE, ID: QUOTE}, width)
    for row in layout.rows:
        assert not any(category(char) in ("Cc", "Cf", "Zl", "Zp") for char in row.plain)
        assert row.cell_length <= max(width, LEAST + 2) or row.plain[0] in "│ -▌0123456789"
    for stop in layout.stops:
        row = layout.rows[stop.last - 1]
        assert cells(row.plain[: stop.offset]) == stop.left
        assert len(pointed_at(row, stop).plain) == len(row.plain)


def test_quotes_are_numbered_as_the_text_cites_them() -> None:
    other = Quote("B" * 26, "QBBBBB", None, "b", "article", 0, 1, "Wire", "", None, False)
    numbered = renumbered([QUOTE, other], f"{{{{QBBBBB}}}} {{{{QZZZZZ}}}} {{{{Q{ID}}}}} {{{{QABCDE}}}}")
    assert [(quote.handle, quote.number) for quote in numbered] == [("QBBBBB", 1), ("QABCDE", 2)]
    assert [quote.number for quote in renumbered([QUOTE, other], "none")] == [None, None]
