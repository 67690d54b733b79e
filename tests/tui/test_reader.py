"""The reader on a screen: what is drawn and how it is moved, in any size and for any text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from rich.cells import cell_len

from tests.tui.reader_app import (
    CAUSE,
    CLAIM,
    HEDGED,
    TEXT,
    ReaderApp,
    lines,
    mark,
    place,
    reading,
    said,
    segments,
    selected,
    style_of,
)
from tests.tui.support import resize
from workbench.model import Span
from workbench.tui.theme import STRONG_TINT, TINT, tag_color
from workbench.tui.widgets import reader_document
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.reader_document import ReaderDocument
from workbench.tui.widgets.reader_marks import Mark


async def test_tag_code_stripe_and_tint_stand_where_they_belong() -> None:
    text = "A plain start. The tagged words are here. An end."
    async with reading(text) as (reader, pilot):
        reader.set_marks([mark(text, "The tagged words are here.", CLAIM)])
        reader.to_end()
        await pilot.pause()
        assert lines(reader)[0].startswith("■   A plain start. The tagged")
        assert "official-c…" in lines(reader)[0]
        background = reader.background_colors[1]
        assert style_of(reader, "The tagged").bgcolor == background.blend(tag_color(6, True), TINT).rich_color
        reader.move_sentence(-1)
        assert (
            style_of(reader, "The tagged").bgcolor
            == background.blend(tag_color(6, True), STRONG_TINT).rich_color
        )
        assert style_of(reader, "The tagged").bold


async def test_two_tags_underline_and_three_underline_twice() -> None:
    text = "One alone. Two at once. Three at once."
    async with reading(text) as (reader, _):
        reader.set_marks(
            [
                mark(text, "One alone.", CAUSE),
                mark(text, "Two at once.", CAUSE, HEDGED),
                mark(text, "Three at once.", CAUSE, HEDGED, CLAIM),
            ]
        )
        drawn = [style_of(reader, words) for words in ("One alone.", "Two at once.", "Three at once.")]
        assert [bool(style.underline) for style in drawn] == [False, True, False]
        assert [bool(style.underline2) for style in drawn] == [False, False, True]


async def test_hits_look_like_no_tag_and_go_away() -> None:
    async with reading("Find the needle in here. More text.") as (reader, _):
        reader.set_hits([(9, 15)])
        hit = style_of(reader, "needle")
        assert hit.bgcolor == reader.get_component_rich_style("reader--hit").bgcolor
        reader.set_hits([])
        assert "needle in here" in "".join(segment.text for segment in segments(reader))
        assert style_of(reader, "needle").bgcolor != hit.bgcolor


async def test_labels_cover_the_first_cells_of_sentences_on_screen() -> None:
    async with reading("First here. Second there. 漢字 third. É.") as (reader, _):
        before = lines(reader)
        assert reader.visible_sentences() == [0, 1, 2, 3]
        starts = [reader.document.sentence(index)[0] for index in range(4)]
        reader.show_labels_at(dict(zip(starts, ("a", "sd", "f", "gh"), strict=True)))
        assert "airst here. sdcond there. f 字 third. gh" in lines(reader)[0]
        reader.hide_labels()
        assert lines(reader) == before
        words = reader.visible_words()
        reader.show_labels_at({words[1][0]: "x"})
        assert "First xere." in lines(reader)[0]


async def test_labels_longer_than_their_words_move_nothing() -> None:
    async with reading("I am 漢字か a\u0301 5-x y. 한국 👩‍🚀 end", (60, 3)) as (reader, _):
        before = lines(reader)[0]
        for letters in ("q", "qz"):
            reader.show_labels_at({start: letters for start, _ in reader.visible_words()})
            labelled = lines(reader)[0]
            assert cell_len(labelled) == cell_len(before)
            assert cell_len(labelled.split("👩‍🚀")[0]) == cell_len(before.split("👩‍🚀")[0])
        assert labelled.count("qz") == len(reader.visible_words()) == 11


async def test_the_screen_shows_only_sentences_in_view() -> None:
    async with reading(size=(60, 8)) as (reader, _):
        reader.page(3)
        first, last = reader.visible_sentences()[0], reader.visible_sentences()[-1]
        assert 0 < first <= reader.sentence_index <= last < reader.sentence_count - 1


async def test_moving_tells_where_the_cursor_is_and_when_there_is_no_more() -> None:
    async with reading("One. Two. Three.") as (reader, pilot):
        reader.move_sentence(1)
        reader.move_sentence(5)
        reader.move_sentence(1)
        await pilot.pause()
        moved, end, over = said(reader)
        assert isinstance(moved, Reader.CursorMoved)
        assert (moved.selection, moved.sentence_index, moved.sentence_count) == ((5, 9), 1, 3)
        assert moved.control is reader
        assert isinstance(end, Reader.CursorMoved) and end.sentence_index == 2
        assert isinstance(over, Reader.ReachedEnd) and over.direction == 1


@pytest.mark.parametrize(
    "walk",
    [
        lambda reader: reader.move_sentence(1),
        lambda reader: reader.move_word(7),
        lambda reader: reader.move_paragraph(1),
        lambda reader: reader.page(1),
        lambda reader: reader.half_page(1),
        lambda reader: reader.extend_sentence(1),
    ],
)
async def test_the_cursor_stays_in_view_to_the_end_and_back(walk: Callable[[Reader], None]) -> None:
    async with reading(size=(50, 9)) as (reader, _):
        for _step in range(150):
            walk(reader)
            start, end = reader.visible_range()
            assert start <= reader.cursor[0] < end
        reader.to_start()
        assert reader.visible_range()[0] == 0
        reader.to_end()
        assert reader.visible_range()[1] == len(TEXT)


async def test_pages_reach_both_ends() -> None:
    async with reading(size=(50, 9)) as (reader, _):
        for _step in range(60):
            reader.page(1)
        assert reader.sentence_index == reader.sentence_count - 1
        for _step in range(120):
            reader.half_page(-1)
        assert reader.sentence_index == 0


async def test_a_sentence_longer_than_the_screen_is_paged_through() -> None:
    text = "word " * 300 + "end. Next one."
    async with reading(text, size=(40, 6)) as (reader, _):
        seen = set()
        for _step in range(40):
            seen.add(reader.visible_range())
            reader.page(1)
        assert selected(reader) == "Next one."
        rows = sorted(seen)
        assert all(later[0] <= earlier[1] for earlier, later in pairwise(rows))


async def test_going_somewhere_selects_it_in_view_and_restoring_comes_back() -> None:
    async with reading() as (reader, _):
        reader.move_sentence(2)
        reader.extend_word(2)
        before, chosen, position = lines(reader), selected(reader), reader.position
        start = TEXT.index("Sentence 41")
        reader.goto(start, start + 11)
        assert selected(reader) == "Sentence 41"
        assert 3 < place(reader, "Sentence 41")[1] < 20
        reader.restore(position)
        assert selected(reader) == chosen
        assert lines(reader) == before


async def test_a_new_width_keeps_what_is_read_at_its_place() -> None:
    async with reading(size=(80, 20)) as (reader, pilot):
        reader.move_sentence(61)
        words = selected(reader)[:16]
        await pilot.pause()
        row = place(reader, words)[1]
        for width in (50, 31, 120, 44, 80):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert reader.selection[0] in range(*reader.visible_range())
        assert place(reader, words)[1] == row


async def test_a_new_width_follows_a_cursor_that_moved_without_scrolling() -> None:
    async with reading(size=(80, 12)) as (reader, pilot):
        await pilot.resize_terminal(78, 12)
        await pilot.pause()
        reader.move_sentence(6)
        assert reader.visible_range()[0] == 0
        await pilot.resize_terminal(25, 12)
        await pilot.pause()
        assert reader.selection[0] in range(*reader.visible_range())


async def test_a_new_width_keeps_the_first_words_where_the_cursor_is_out_of_view() -> None:
    async with reading(size=(80, 20)) as (reader, pilot):
        reader.scroll_to(y=60, animate=False)
        await pilot.pause()
        top = reader.visible_range()[0]
        await pilot.resize_terminal(45, 12)
        await pilot.pause()
        assert reader.visible_range()[0] <= top < reader.visible_range()[1]
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert reader.visible_range()[0] == top


async def test_the_measure_holds_rows_between_45_and_80_cells() -> None:
    text = "word " * 500
    async with reading(text, size=(150, 12)) as (reader, _):

        def widest() -> int:
            return max(len(line[4:84].rstrip(" │┃")) for line in lines(reader))

        assert 61 < widest() <= 66
        reader.measure += 100
        assert reader.measure == 80 and 75 < widest() <= 80
        reader.measure = 1
        assert reader.measure == 45 and 40 < widest() <= 45


@pytest.mark.parametrize("size", [(20, 3), (21, 4), (33, 3), (40, 12), (80, 24), (200, 50)])
async def test_any_size_draws_rows_of_exactly_its_width(size: Span) -> None:
    text = "Tab\there. 漢字漢字漢字 and 👩‍🚀 e\u0301 flag 🇻🇳. " * 30
    async with reading(text, size=size) as (reader, _):
        reader.set_marks([mark(text, "漢字漢字", HEDGED), mark(text, "e\u0301 flag", CAUSE, CLAIM)])
        for _step in range(4):
            for y in range(size[1]):
                strip = reader.render_line(y)
                assert strip.cell_length == sum(segment.cell_length for segment in strip) == size[0]
            reader.page(1)


@pytest.mark.parametrize("text", ["", "\n\n  \n", "x", "[bold]not markup[/bold] [@click=quit]no[/]"])
async def test_odd_texts_are_drawn_as_they_are(text: str) -> None:
    async with reading(text, size=(60, 5)) as (reader, pilot):
        moves = reader.move_sentence, reader.move_word, reader.move_paragraph, reader.page, reader.extend_word
        for act in moves:
            act(1)
            act(-1)
        await pilot.click(Reader, offset=(6, 1))
        await pilot.triple_click(Reader, offset=(6, 4))
        reader.select_quoted()
        reader.goto(0, 99)
        assert text.strip() in lines(reader)[0]


async def test_control_characters_cannot_act() -> None:
    text = "a\x1b[31mred\x07 b\u202ecba\x9b2J c\u2028d"
    async with reading(text) as (reader, _):
        drawn = "".join(segment.text for segment in segments(reader))
        assert drawn.isprintable()
        assert "␛[31mred␇" in drawn


async def test_a_paragraph_of_five_megabytes_opens_and_moves() -> None:
    text = "abcd efg. " * 500_000
    async with reading(text) as (reader, _):
        reader.move_sentence(3)
        reader.move_word(2)
        reader.to_end()
        reader.page(-1)
        assert reader.sentence_index > reader.sentence_count - 300


async def test_a_long_text_is_wrapped_aside_and_read_when_its_rows_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader_document, "_QUICK", 1000)
    async with reading("漢字かな。" * 1000, size=(60, 10)) as (reader, pilot):
        await reader.app.workers.wait_for_complete()
        await pilot.pause()
        assert "漢字かな" in lines(reader)[0]
        reader.move_sentence(400)
        before = selected(reader), reader.selection
        for width in (40, 90):
            await resize(pilot, width, 10)
            assert (selected(reader), reader.selection) == before
            first, end = reader.visible_range()
            assert first <= reader.selection[0] < end
            assert {sum(one.cell_length for one in reader.render_line(y)) for y in range(10)} == {width}


async def test_the_other_pane_shows_its_selection_quietly() -> None:
    async with reading() as (reader, pilot):
        strong = style_of(reader, "Sentence 0")
        reader.app.set_focus(None)
        await pilot.pause()
        quiet = style_of(reader, "Sentence 0")
        assert strong.bold and not quiet.bold
        assert quiet.bgcolor not in (strong.bgcolor, style_of(reader, "Sentence 1").bgcolor)


async def test_without_colour_stripes_codes_and_selection_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading() as (reader, _):
        reader.set_marks([mark(TEXT, "Sentence 1 opens", CAUSE)])
        assert style_of(reader, "Sentence 0").reverse
        assert style_of(reader, "Sentence 1 opens").bgcolor == style_of(reader, "Sentence 2").bgcolor
        line = next(line for line in lines(reader) if "Sentence 1 " in line)
        assert line.startswith("■") and "cause" in line


async def test_another_theme_recolours_what_was_drawn() -> None:
    async with reading() as (reader, pilot):
        reader.set_marks([mark(TEXT, "Sentence 1 opens", CAUSE)])
        dark = style_of(reader, "Sentence 1 opens")
        reader.app.theme = "workbench-light"
        await pilot.pause()
        light = style_of(reader, "Sentence 1 opens")
        paper = reader.background_colors[1].blend(tag_color(0, False), TINT)
        assert light.bgcolor == paper.rich_color != dark.bgcolor


async def test_a_reader_may_be_loaded_before_it_is_on_screen() -> None:
    app = ReaderApp()
    app.reader.load(ReaderDocument("One. Two."))
    app.reader.set_marks([Mark("p", 0, 4, (CAUSE._replace(slot=9),))])
    app.reader.measure = 50
    app.reader.move_sentence(1)
    async with app.run_test(size=(40, 6)):
        assert lines(app.reader)[0].startswith("□   One. Two.")
        assert selected(app.reader) == "Two."
