"""What the margins show: which tags are drawn under each choice, in a room and without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.reading_room import reading_room
from tests.tui.support import plain, screen_text
from workbench.model import Analyst, Comment, Passage, Tag
from workbench.tui.desk import Desk
from workbench.tui.margin_views import DAY, Margins, MarginView, Tagging

NOW = 10 * DAY
ME, BEN = Analyst("me", "Anna"), Analyst("ben", "Ben")
CAUSE, HEDGED = (
    Tag(name, name, slot, "", None, name[:2], 1) for slot, name in enumerate(("cause", "hedged"))
)


def passage(name: str, *tags: Tag, comments: tuple[Comment, ...] = ()) -> Passage:
    return Passage(name, f"Q{name}", "a", 0, 9, "words", tags, comments, (ME,), ("note",), 0)


def said(by: Analyst, at: int) -> Comment:
    return Comment("c", "p", "why", by, at, at)


PASSAGES = [
    passage("old", CAUSE, comments=(said(BEN, 0),)),
    passage("both", CAUSE, HEDGED),
    passage("new", HEDGED, comments=(said(ME, NOW),)),
    passage("just-made", CAUSE),
]
TAGGINGS = {
    ("old", "cause"): [Tagging("ben", 0), Tagging("me", DAY)],
    ("both", "cause"): [Tagging("ben", NOW - 1)],
    ("both", "hedged"): [Tagging("me", 0)],
    ("new", "hedged"): [Tagging("ben", NOW)],
}


@pytest.mark.parametrize(
    ("choice", "drawn"),
    [
        (Margins(), {"old": "cause", "both": "cause hedged", "new": "hedged", "just-made": "cause"}),
        (Margins("tag", "hedged"), {"both": "hedged", "new": "hedged"}),
        (Margins("recent"), {"both": "cause", "new": "hedged", "just-made": "cause"}),
        (Margins("mine"), {"old": "cause", "both": "hedged", "new": "", "just-made": "cause"}),
        (Margins("off"), {}),
    ],
)
def test_each_choice_draws_its_tags(choice: Margins, drawn: dict[str, str]) -> None:
    view = MarginView(choice, "hedged", TAGGINGS, "me", NOW)
    assert {one.id: " ".join(tag.name for tag in one.tags) for one in view.of(PASSAGES)} == drawn


def test_comments_are_drawn_with_what_they_belong_to() -> None:
    shown = {
        show: MarginView(Margins(show), "", TAGGINGS, "me", NOW).of(PASSAGES) for show in ("recent", "mine")
    }
    assert [len(one.comments) for one in shown["recent"]] == [0, 1, 0]
    assert [len(one.comments) for one in shown["mine"]] == [0, 0, 1, 0]
    alone = MarginView(Margins("tag", "cause")).of(PASSAGES)
    assert [len(one.comments) for one in alone] == [1, 0, 0], "a tag shown alone keeps its passage's comments"


def test_choices_follow_each_other_and_leave_out_a_tag_where_there_is_none() -> None:
    seen = [Margins()]
    while len(seen) < 6:
        seen.append(seen[-1].following("t"))
    assert seen == [Margins(), ("tag", "t"), ("recent", ""), ("mine", ""), ("off", ""), Margins()]
    assert Margins().following(None) == ("recent", "")
    for odd in (None, ["tag"], ["nothing", ""], [1, 2], "all"):
        assert Margins.from_kept(odd) == Margins()


async def test_b_cycles_the_margins_and_changes_no_passage(tmp_path: Path) -> None:
    def codes() -> list[str]:
        return re.findall(r"\b(?:ca|he)\b", plain(reader))

    async with reading_room(tmp_path, "a.txt", "b.txt") as room:
        room.project.annotate_range(room.id("a.txt"), 0, 17, tags=["cause"])
        room.project.annotate_range(room.id("a.txt"), 18, 54, tags=["hedged"])
        room.app.post_project_changed()
        await room.settle()
        tagged, reader = room.tagged(), room.screen.grid.panes[0].reader
        await room.press("b", "b")
        assert codes() == ["ca"]
        assert "only cause · 2q" in screen_text(room.app)
        assert "The margins show the tag “cause” alone" in screen_text(room.app)
        await room.press("b", "b", "b", "b")
        assert "mine · 2q" in screen_text(room.app) and codes() == ["ca", "he"]
        await room.press("b", "b")
        assert codes() == [] and "margins off · 2q" in screen_text(room.app)
        assert "■ cause" in screen_text(room.app), "the line below names all that is under the cursor"
        assert room.tagged() == tagged
        room.app.desk.save()
        assert Desk.of_project(room.project.id).margins == ("off", "")
        await room.press("b", "b")
        assert codes() == ["ca", "he"] and "margins off" not in screen_text(room.app)


async def test_b_f_lets_all_but_one_paragraph_step_back(tmp_path: Path) -> None:
    def aside(words: str) -> bool:
        segments = [
            one for y in range(reader.size.height) for one in reader.render_line(y) if words in one.text
        ]
        assert segments and segments[0].style
        return segments[0].style.color == reader.get_component_rich_style("reader--muted").color

    async with reading_room(tmp_path, "a.txt") as room:
        reader = room.screen.grid.panes[0].reader
        assert not aside("The end.")
        await room.press("b", "f")
        assert aside("The end.") and not aside("drivers saw")
        await room.press("J")
        assert aside("drivers saw") and not aside("The end.")
        await room.press("b", "f")
        assert not aside("drivers saw")
        room.app.set_keys({"view.paragraph": ("b p",)})
        await room.press("b", "p")
        assert room.app.status[1] == "b p takes it back"
