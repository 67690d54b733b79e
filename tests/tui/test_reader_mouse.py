"""The mouse in a reader: clicks, drags, the wheel, stripes, labels, the minimap, the right button."""

from __future__ import annotations

from textual.events import MouseMove, MouseScrollDown

from tests.tui.reader_app import (
    CAUSE,
    HEDGED,
    TEXT,
    lines,
    mark,
    place,
    reading,
    said,
    selected,
)
from tests.tui.support import drag
from workbench.tui.widgets.reader import Reader


async def test_clicks_select_sentence_word_sentence_and_paragraph() -> None:
    async with reading() as (reader, pilot):
        at = place(reader, "number 3")
        await pilot.click(Reader, offset=at)
        assert selected(reader) == "Here is number 3 once more, a little longer."
        await pilot.double_click(Reader, offset=at)
        assert selected(reader) == "number"
        await pilot.triple_click(Reader, offset=at)
        assert selected(reader) == "Here is number 3 once more, a little longer."
        await pilot.click(Reader, offset=at, times=4)
        assert selected(reader) == TEXT.splitlines()[3]
        assert [type(message) for message in said(reader)].count(Reader.SelectionMade) >= 3


async def test_shift_click_extends_from_the_selection() -> None:
    async with reading() as (reader, pilot):
        await pilot.click(Reader, offset=place(reader, "number 3"), shift=True)
        assert selected(reader).startswith("Sentence 0") and selected(reader).endswith("longer.")
        assert selected(reader).count("\n") == 3


async def test_dragging_selects_whole_words_either_way() -> None:
    async with reading() as (reader, pilot):
        (x1, y1), (x2, y2) = place(reader, "ence 2 opens"), place(reader, "umber 3")
        for start, end in (((x1, y1), (x2, y2)), ((x2, y2), (x1, y1))):
            await drag(pilot, reader, start, end)
            assert selected(reader).startswith("Sentence 2 opens")
            assert selected(reader).endswith("Here is number")
            made = said(reader)[-1]
            assert isinstance(made, Reader.Dragged) and made.place == end


async def test_a_drag_past_an_edge_scrolls_and_ends_when_the_button_was_let_go_elsewhere() -> None:
    async with reading(size=(60, 10)) as (reader, pilot):
        reader.styles.height = 5
        await pilot.pause()
        await pilot.mouse_down(reader, offset=(8, 1))
        for _ in range(3):
            await pilot._post_mouse_events([MouseMove], reader, (8, 8), button=1)
        assert reader.visible_range()[0] > 0
        assert selected(reader).startswith("more, a little") and "Sentence 2" in selected(reader)
        await pilot.hover(reader, offset=(30, 2))
        kept = selected(reader)
        assert reader.app.mouse_captured is None
        await pilot.hover(reader, offset=(8, 4))
        assert selected(reader) == kept


async def test_the_wheel_scrolls_and_leaves_the_selection() -> None:
    async with reading() as (reader, pilot):
        before = selected(reader), reader.visible_range()
        reader.post_message(MouseScrollDown(reader, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert selected(reader) == before[0]
        assert reader.visible_range()[0] > before[1][0]


async def test_stripe_and_label_select_their_passage() -> None:
    async with reading() as (reader, pilot):
        reader.set_marks([mark(TEXT, "Sentence 2 opens a paragraph. Here", CAUSE, passage="Q2")])
        await pilot.pause()
        y = place(reader, "Sentence 2")[1]
        for x in (0, place(reader, "cause")[0]):
            reader.to_start()
            await pilot.click(Reader, offset=(x, y))
            assert selected(reader) == "Sentence 2 opens a paragraph. Here"
            made = said(reader)[-1]
            assert isinstance(made, Reader.SelectionMade) and made.passage == "Q2"


async def test_the_minimap_shows_marks_and_takes_one_there() -> None:
    async with reading() as (reader, pilot):
        reader.set_marks([mark(TEXT, "Sentence 59", HEDGED)])
        await pilot.pause()
        column = [line[-1] for line in lines(reader)]
        assert column[0] == "┃" and "▐" in column[-2:] and "│" in column
        await pilot.click(Reader, offset=(reader.size.width - 1, reader.size.height - 1))
        assert "Sentence 59" in "\n".join(lines(reader))
        assert selected(reader).startswith("Sentence 0")


async def test_the_right_button_selects_and_asks_for_a_menu() -> None:
    async with reading() as (reader, pilot):
        at = place(reader, "number 3")
        await pilot.mouse_down(Reader, offset=at, button=3)
        await pilot.pause()
        asked = said(reader)[-1]
        assert isinstance(asked, Reader.MenuRequested)
        assert (asked.place.x, asked.place.y) == at
        assert selected(reader).startswith("Here is number 3")


async def test_clicking_wide_and_combined_characters_finds_them() -> None:
    text = "漢字 e\u0301e\u0301 👩‍🚀👩‍🚀 end"
    async with reading(text) as (reader, pilot):
        await pilot.double_click(Reader, offset=(4 + 5, 0))
        assert selected(reader) == "e\u0301e\u0301"
        await pilot.double_click(Reader, offset=(4 + 13, 0))
        assert selected(reader) == "end"
