"""Compare on a tag: articles beside each other, with what each says to each tag."""

from __future__ import annotations

from pathlib import Path

from tests.tui.reading_room import Room, make_project, reading_room
from tests.tui.support import places, resize, screen_text, unhandled
from workbench.project import Project
from workbench.tui.screens.compare import CompareScreen


def tagged_project(folder: Path) -> Project:
    """Three articles: two speak of the alarm, the third twice; one passage has a tag below another."""
    project = make_project(folder)
    one, two, three = (project.article(file).id for file in ("a.txt", "b.txt", "c.txt"))
    project.annotate_range(one, 0, 17, tags=["cause"], comment="[bold]Which pumps?")
    project.annotate_range(two, 0, 25, tags=["alarm"])
    project.annotate_range(two, 26, 49, tags=["alarm/denied"])
    project.annotate_range(three, 0, 31, tags=["alarm"])
    return project


def shown(room: Room) -> CompareScreen:
    assert isinstance(room.app.screen, CompareScreen)
    return room.app.screen


def cursor(room: Room) -> tuple[str, str]:
    """The tag and the file of the cell under the cursor."""
    tag, article = shown(room).tag_here(), shown(room).article_here()
    assert tag and article
    return tag.name, article.file


def test_every_key_has_an_action() -> None:
    assert unhandled(CompareScreen) == []


async def test_a_tag_is_compared_and_its_passage_opened_beside(tmp_path: Path) -> None:
    with tagged_project(tmp_path) as project:
        async with reading_room(tmp_path, "b.txt", project=project) as room:
            await room.press("C")
            assert cursor(room) == ("alarm", "b.txt")
            text = screen_text(room.app)
            assert "● " in text and "no passage yet" in text
            assert "1/2 An alarm sounded" in text, "the parent shows what is below it, too"
            assert "3 in 2 articles" in text and "1–3" not in text
            for size in ((200, 50), (40, 12), (120, 36)):
                await resize(room.pilot, *size)
                text = screen_text(room.app)
                assert "▌" in text and "● [An alarm" in text and "1/2 An alarm" in text
            await room.press("space")
            assert "2/2 The operator" in screen_text(room.app)
            await room.press("l")
            assert cursor(room) == ("alarm", "c.txt")
            await room.press("k", "j", "j", "n")
            assert cursor(room) == ("cause", "a.txt"), "n goes on to the next cell with a passage"
            assert "[bold]Which pumps?" in screen_text(room.app)
            await room.press("N", "l", "enter")
            assert cursor(room) == ("alarm/denied", "c.txt")
            assert room.app.status[0].startswith("No passage of this article")
            await room.press("N", "N", "enter")
            assert places(room.app)[-1] == "reading"
            assert room.open == ["b.txt", "c.txt"] and room.selected.startswith("Third paragraph 0")
            assert [hit.article for hit in room.app.hits] == [room.id(f"{name}.txt") for name in "bbc"]


async def test_pivoting_sorting_and_what_is_done_to_a_passage(tmp_path: Path) -> None:
    with tagged_project(tmp_path) as project:
        async with reading_room(tmp_path, "b.txt", "c.txt", size=(80, 24), project=project) as room:
            await room.press("C", "p")
            text = screen_text(room.app)
            assert "Compare ▸ alarm" in text and "The operator" in text and "The pumps" not in text
            assert cursor(room) == ("alarm", "b.txt")
            await room.press("j", "d")
            assert [tags for _, tags in room.tagged("b.txt")] == [["alarm"]]
            await room.press("u")
            assert cursor(room) == ("alarm", "b.txt") and "The operator" in screen_text(room.app)
            await room.press("p", "G")
            assert cursor(room) == ("cause", "b.txt")
            await room.press("s", "7")
            assert room.app.status[0] == "Sorted tags: most used first"
            assert cursor(room)[0] == "alarm"
            await room.press(">", "T")
            assert places(room.app)[-1] == "passages"
            await room.press("escape", "escape")
            assert places(room.app)[-1] == "reading"


async def test_nothing_tagged_names_the_key_that_fills_it(tmp_path: Path) -> None:
    async with reading_room(tmp_path, "a.txt", size=(80, 24)) as room:
        await room.press("C")
        assert "Nothing is tagged yet" in screen_text(room.app)
        await room.press("j", "n", "enter", "p", "space", "s", "1", "T", "G")
        assert "Nothing is tagged yet" in screen_text(room.app)
