"""How many keys the main jobs cost. Each is replayed, and must do what it says with no key more."""

from __future__ import annotations

from pathlib import Path

from screenshots.scenes import BLOG, FT, make_project
from tests.tui.reading_room import Room, reading_room
from tests.tui.support import places
from workbench.model import Passage
from workbench.tui.widgets.note_source import SourcePane


async def test_no_job_costs_a_key_more_than_it_did(tmp_path: Path) -> None:
    async with reading_room(tmp_path, project=make_project(tmp_path / "hanoi.db")) as room:
        await two_articles_side_by_side(room)
        await tag_passages(room)
        await find_a_half_remembered_quote(room)
        await cite_and_see_the_source(room)
        await comment_and_take_it_back(room)


async def cost(room: Room, most: int, *keys: str) -> None:
    """Presses keys, of which there may be no more than `most`."""
    assert len(keys) <= most, keys
    await room.press(*keys)


def here(room: Room) -> list[Passage]:
    """The passages that cover exactly what is selected."""
    target = room.screen.target()
    assert target
    return [passage for passage in room.project.passages(article=target.article.id) if target.holds(passage)]


def tags_here(room: Room) -> list[str]:
    """The names of their tags."""
    return [tag.name for passage in here(room) for tag in passage.tags]


async def two_articles_side_by_side(room: Room) -> None:
    await cost(room, 4, "space", "j", "space", "enter")
    assert len(room.open) == 2
    assert [pane.display for pane in room.screen.grid.panes] == [True, True]


async def tag_passages(room: Room) -> None:
    room.app.open_articles([room.id(BLOG), room.id(FT)])
    await room.settle()
    await cost(room, 3, "f", "d", "1")
    pinned = next(tag.name for tag in room.project.tags() if tag.id == room.app.desk.pins[1])
    assert tags_here(room) == [pinned]
    await cost(room, 13, "f", "s", "t", *"hesitates", "enter")
    assert tags_here(room) == ["hesitates"]
    await cost(room, 2, "j", ".")
    assert "hesitates" in tags_here(room)
    await cost(room, 2, "f", "s")
    await cost(room, 2, "T")
    assert places(room.app)[-1] == "passages"
    await room.press("escape")


async def find_a_half_remembered_quote(room: Room) -> None:
    await cost(room, 11, "/", *"jakesulli", "enter")
    assert "Sullivan" in room.selected


async def cite_and_see_the_source(room: Room) -> None:
    words = room.selected
    await cost(room, 1, "a")
    (note,) = [note for note in room.project.notes() if words in [quote.quote for quote in note.citations]]
    await room.press("g", "n", "enter")
    await room.press(*["down"] * (len(note.citations) - 1))
    await cost(room, 1, "enter")
    source = room.app.screen.query_one(SourcePane)
    start, end = source.reader.selection
    assert source.display and source.reader.document.text[start:end] == words
    await room.press("g", "r")


async def comment_and_take_it_back(room: Room) -> None:
    await cost(room, 2 + len("Who?"), "c", *"Who?", "escape")
    assert [comment.body for passage in here(room) for comment in passage.comments] == ["Who?"]
    await cost(room, 1, "u")
    assert [comment for passage in here(room) for comment in passage.comments] == []
