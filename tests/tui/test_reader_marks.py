"""What marks turn into: tints, stripes in lanes, labels, the minimap."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.wrapping import wrap
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_margin import LANES, Margin, label, shortened
from workbench.tui.widgets.reader_marks import UNTAGGED, Hits, Mark, MarkTag, Shade, Shading, drawn

HEDGED = MarkTag("1", "hedged", "he", 3)
CAUSE = MarkTag("2", "cause", "ca", 0)
CLAIM = MarkTag("3", "official-claim", "oc", 6)
DASHED = MarkTag("4", "dashed", "da", 8)
OFFSETS = st.integers(0, 20)
TEXT = "\n".join(["word " * 9 + "word"] * 6)  # six paragraphs of fifty characters, five rows each at width 10


def margin(*marks: Mark, width: int = 10) -> Margin:
    document = ReaderDocument(TEXT)
    return Margin(drawn(marks, document), document.layout(width))


def written(marks: list[Mark], width: int) -> str:
    return "".join(text for text, _ in label(marks, width))


def stripes(of: Margin, row: int) -> str:
    found = [of.stripe(row, lane) for lane in range(LANES)]
    return "".join(stripe.glyph(row) if stripe else " " for stripe in found)


def shades(text: str, *marks: Mark) -> list[tuple[int, Shade]]:
    return Shading(drawn(marks, ReaderDocument(text))).between(0, len(text))


def test_the_shortest_mark_gives_the_tint_and_tags_are_counted() -> None:
    found = shades("a" * 30, Mark("p", 0, 20, (CAUSE,)), Mark("q", 5, 10, (HEDGED, CLAIM)))
    assert found == [
        (0, Shade(0, 1)),
        (5, Shade(3, 3)),
        (10, Shade(0, 1)),
        (20, Shade(None, 0)),
    ]


def test_one_tag_on_two_overlapping_passages_counts_once() -> None:
    found = shades("a" * 30, Mark("p", 0, 20, (CAUSE,)), Mark("q", 10, 30, (CAUSE,)))
    assert [shade.tags for _, shade in found] == [1, 1, 1]


def test_a_passage_without_tags_is_shaded_all_the_same() -> None:
    assert shades("a" * 9, Mark("p", 3, 6, comments=1))[1] == (3, Shade(UNTAGGED, 0))


def test_marks_outside_the_text_or_only_on_blanks_are_not_drawn() -> None:
    document = ReaderDocument("ab  cd")
    assert drawn([Mark("p", 2, 4), Mark("q", 9, 12), Mark("r", 5, 3)], document) == []
    assert [span for span, _ in drawn([Mark("p", 1, 99), Mark("q", 2, 6)], document)] == [(1, 6), (4, 6)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(OFFSETS, OFFSETS, st.sampled_from([CAUSE, HEDGED, CLAIM])), max_size=8))
def test_shading_says_of_each_offset_what_looking_at_every_mark_says(
    ranges: list[tuple[int, int, MarkTag]],
) -> None:
    marks = [Mark(f"p{i}", min(a, b), max(a, b), (tag,)) for i, (a, b, tag) in enumerate(ranges)]
    found = dict(shades("a" * 21, *marks))
    shade = found[0]
    for offset in range(21):
        shade = found.get(offset, shade)
        here = [mark for mark in marks if mark.start <= offset < mark.end]
        assert shade.tags == len({mark.tags[0].id for mark in here})
        shortest = min((mark.end - mark.start for mark in here), default=None)
        assert shade.slot in {m.tags[0].slot for m in here if m.end - m.start == shortest} or not here
        assert (shade.slot is None) == (not here)


def test_a_stripe_has_a_start_a_middle_and_an_end() -> None:
    of = margin(Mark("p", 0, 30, (CAUSE,)), Mark("q", 40, 45, (CAUSE,)))
    assert [stripes(of, row) for row in range(5)] == ["╻  ", "┃  ", "╹  ", "   ", "■  "]


def test_slots_past_the_seventh_are_dashed() -> None:
    of = margin(Mark("p", 0, 30, (DASHED,)), Mark("q", 40, 45, (DASHED,)))
    assert [stripes(of, row) for row in range(5)] == ["┇  ", "┇  ", "┇  ", "   ", "□  "]


def test_overlaps_stand_beside_each_other_and_a_fourth_has_no_stripe() -> None:
    of = margin(Mark("p", 0, 30, (CAUSE, HEDGED, CLAIM, DASHED)))
    assert stripes(of, 1) == "┃┃┃"


def test_a_newcomer_takes_the_last_row_of_a_stripe_where_lanes_are_short() -> None:
    of = margin(Mark("p", 0, 25, (CLAIM,)), Mark("q", 26, 49, (CAUSE, HEDGED, DASHED)))
    assert stripes(of, 1) == "╹  "
    stripe = of.stripe(2, 0)
    assert stripe is not None and stripe.mark.passage == "q"


def test_the_label_is_as_full_as_there_is_room() -> None:
    one, three = [Mark("p", 0, 9, (CLAIM,))], [Mark("p", 0, 9, (HEDGED, CAUSE, CLAIM))]
    assert written(one, 24) == "official-claim"
    assert written(one, 12) == "official-c…"
    assert written(one, 6) == "oc"
    assert written(three, 28) == "hedged cause official-claim"
    assert written(three, 12) == "he ca oc"
    assert written(three, 6) == "he+2"


def test_the_label_tells_of_comments_and_citations() -> None:
    assert written([Mark("p", 0, 9, (CAUSE,), comments=2)], 6) == "ca ✎"
    assert written([Mark("p", 0, 9, (HEDGED, CAUSE, CLAIM), comments=1, cited=True)], 6) == "he+2✎❞"
    assert written([Mark("p", 0, 9, cited=True)], 6) == "❞"
    assert written([Mark("p", 0, 9)], 6) == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([HEDGED, CAUSE, CLAIM, DASHED])), st.integers(1, 30), st.booleans())
def test_a_label_never_takes_more_room_than_it_has(tags: list[MarkTag], width: int, signs: bool) -> None:
    assert len(written([Mark("p", 0, 9, tuple(tags), int(signs), signs)], width)) <= width


def test_wide_characters_are_cut_by_cells() -> None:
    assert shortened("越南越南越南", 6) == "越南…"
    assert shortened("越南", 4) == "越南"


def test_the_minimap_shows_one_or_several_tags_for_each_part() -> None:
    of = margin(Mark("p", 0, 49, (CAUSE,)), Mark("q", len(TEXT) - 9, len(TEXT), (CAUSE, HEDGED)))
    cells = of.minimap(7)
    assert cells[0] == (0,)
    assert cells[2:5] == [(), (), ()]
    assert cells[-1] == (0, 3)
    rows = wrap(TEXT, 10).rows
    assert of.minimap(rows + 9)[:6] == [(0,)] * 5 + [()]


def test_hits_merge_and_are_cut_to_the_stretch_asked_for() -> None:
    hits = Hits([(8, 12), (2, 5), (4, 6), (3, 3)], ReaderDocument("a" * 20))
    assert hits.spans == [(2, 6), (8, 12)]
    assert hits.between(5, 9) == [(5, 6), (8, 9)]
    assert hits.between(6, 8) == []


def test_of_five_tags_the_label_writes_as_many_codes_as_fit_and_counts_the_others() -> None:
    five = [Mark("p", 0, 9, (HEDGED, CLAIM, CAUSE, DASHED, MarkTag("5", "fifth", "fi", 9)), comments=1)]
    shown = [written(five, width) for width in (16, 13, 10, 6, 5)]
    assert shown == ["he oc ca da fi ✎", "he oc ca +2 ✎", "he oc +3 ✎", "he+4 ✎", "he+4✎"]
