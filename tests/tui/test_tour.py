"""The tour's steps: when each counts as done, what it says, and that it goes on where it was left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from screenshots.scenes import play, settle
from tests.tui.support import StrictApp, screen_text
from workbench import config
from workbench.project import Project
from workbench.start import ensure_sample
from workbench.tui import commands
from workbench.tui.tour import BRIEF_WAY, STEPS, WAY, Moment, Tour
from workbench.tui.widgets.bars import hinted
from workbench.tui.widgets.tour_strip import TourStrip

DONE = (
    Moment("reading", panes=1),
    Moment("reading", panes=2),
    Moment("reading", panes=2, command="move.jump", moved=True),
    Moment("reading", panes=2, command="passage.tag", changed=True),
    Moment("reading", panes=2, command="passage.pinned3", changed=True),
    Moment("reading", panes=2, hits=True),
    Moment("reading", panes=2, command="passage.note", changed=True),
    Moment("reading", panes=2, command="app.help"),
)
NOT_DONE = (
    Moment("library", panes=1),
    Moment("reading", panes=1),
    Moment("reading", panes=2, command="move.jump"),
    Moment("reading", panes=2, command="app.undo", changed=True),
    Moment("reading", panes=2, command="passage.repeat", moved=True),
    Moment("search", panes=2),
    Moment("reading", panes=2, command="passage.note"),
    Moment("reading", panes=2, command="app.palette"),
)


def begun(step: int = 0) -> Tour:
    tour = Tour()
    tour.come_to("hanoi", is_sample=True)
    for _ in range(step):
        tour.go_on()
    return tour


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_a_step_is_done_when_what_it_asks_for_happened(step: int) -> None:
    tour = begun(step)
    assert not tour.see(NOT_DONE[step]) and tour.see(DONE[step])


def test_what_was_done_ahead_of_its_time_is_not_asked_for() -> None:
    tour = begun(1)
    assert not tour.see(Moment("reading", panes=1, command="passage.tag", changed=True))
    for step in (1, 2):
        assert tour.see(DONE[step])
        tour.go_on()
    assert tour.at == 4


def test_the_sample_begins_it_once_and_a_restart_goes_on() -> None:
    assert begun().at == 0
    begun(3)
    again = Tour()
    again.come_to("hanoi", is_sample=True)
    assert again.at == 3
    again.end()
    again.come_to("hanoi", is_sample=True)
    assert again.at is None and not again.see(DONE[0])


def test_the_last_step_ends_it_for_good() -> None:
    assert begun(len(STEPS)).at is None
    again = Tour()
    again.come_to("hanoi", is_sample=True)
    assert again.at is None


def test_it_waits_in_its_own_project() -> None:
    tour = begun(2)
    tour.come_to("other", is_sample=False)
    assert tour.at is None and tour.says("library", is_sample=False) == ""
    tour.come_to("hanoi", is_sample=True)
    assert tour.at == 2


def test_another_project_begins_it_when_asked_only() -> None:
    tour = Tour()
    tour.come_to("other", is_sample=False)
    assert tour.at is None
    tour.start()
    assert tour.at == 0 and "imports" in tour.says("library", is_sample=False)
    assert "imports" not in tour.says("library", is_sample=True)


@pytest.mark.parametrize(
    "kept", ["[]", '{"project": "hanoi", "step": 99}', '{"project": "hanoi", "step": "x"}']
)
def test_what_was_kept_may_be_broken(kept: str) -> None:
    path = config.state_folder() / "tour.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept)
    Tour().come_to("hanoi", is_sample=True)


def test_away_from_where_a_step_is_done_the_way_there_is_named() -> None:
    tour = begun(3)
    assert tour.says("library", is_sample=True) == WAY
    assert tour.says("library", is_sample=True, brief=True) == BRIEF_WAY
    assert tour.says("reading", is_sample=True) == STEPS[3].says


def test_all_that_is_said_fits_its_row_and_names_commands_that_exist() -> None:
    long = [WAY, *(step.says for step in STEPS), *(step.elsewhere for step in STEPS)]
    assert max(cell_len(hinted(words).plain) for words in long) <= 62
    brief = [BRIEF_WAY, *(step.brief for step in STEPS)]
    assert max(cell_len(hinted(words).plain) for words in brief) <= 33


def test_it_names_the_keys_that_the_user_has() -> None:
    assert hinted(STEPS[3].says).plain == "t tags the sentence: type a name, then Enter"
    commands.use_keys({"passage.tag": ("z",)})
    try:
        assert hinted(STEPS[3].says).plain.startswith("z tags")
    finally:
        commands.use_keys({})


# With the program


@asynccontextmanager
async def started(
    project: Path | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[StrictApp, Pilot[None]]]:
    """The app on the sample project, or on another file."""
    app = StrictApp(project or ensure_sample())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def strip_of(app: StrictApp) -> str:
    """What the second line of the screen says."""
    return screen_text(app).split("\n")[1].strip()


async def test_a_newcomer_takes_it(own_folders: Path) -> None:
    (own_folders / "config" / "workbench" / "analyst.json").unlink()
    async with started() as (app, pilot):
        assert strip_of(app).startswith("You write as") and "1/8" not in screen_text(app)
        steps = (
            ("1/8  Enter reads the article", ("j",)),
            ("2/8  g l to the library, ↓ to another", ("enter",)),
            ("3/8  ↓ ↑ go by sentence", ("g", "l", "j", "o")),
            ("4/8  t tags the sentence", ("f", "s")),
            ("5/8  ↓ goes on, . puts the same tag", ("t", "x", "enter")),
            ("6/8  / searches, typos and all: jake sulivan", ("j", ".")),
            ("7/8  a puts the sentence into a note", ("/", *"patrl", "enter")),
            ("8/8  ? shows all keys", ("a",)),
        )
        for says, keys in steps:
            await play(pilot, keys)
            assert says in strip_of(app) and strip_of(app).endswith("skip  end"), strip_of(app)
            assert "You write as" not in screen_text(app)
        await play(pilot, ("?", "escape"))
        assert app.status == ("Finished the tour", ": start the tour")
        assert "8/8" not in screen_text(app)
    async with started() as (app, _):
        assert "Tour" not in screen_text(app)


async def test_it_is_skipped_ended_and_begun_again(tmp_path: Path) -> None:
    async with started(size=(120, 36)) as (app, pilot):
        assert strip_of(app).startswith("Tour 1/8") and ": tour" in strip_of(app)
        strip = app.screen.query_one(TourStrip)
        await pilot.click(TourStrip, offset=(strip.outer_size.width - 8, 0))
        await settle(pilot)
        assert strip_of(app).startswith("Tour 2/8")
        await play(pilot, ("j", ":", *"tour next", "enter"))
        assert strip_of(app).startswith("Tour 3/8  g r leads back to the reading room")
    async with started(size=(40, 12)) as (app, pilot):
        assert strip_of(app) == "3/8  g r: back to the texts  skip  end"
        await play(pilot, ("enter",))
        assert strip_of(app) == "3/8  f and a label: jump there"
    async with started(size=(120, 36)) as (app, pilot):
        await pilot.click(TourStrip, offset=(20, 0))
        assert strip_of(app).startswith("Tour 3/8")
        await pilot.click(TourStrip, offset=(app.screen.query_one(TourStrip).outer_size.width - 3, 0))
        await settle(pilot)
        assert "3/8" not in screen_text(app) and app.status[0] == "Ended the tour"
        assert app.screen.disabled_reason("tour.next") == "No tour is under way"
    Project.open(tmp_path / "own.db", create=True).close()
    async with started(tmp_path / "own.db") as (app, pilot):
        assert "1/8" not in screen_text(app)
        await play(pilot, (":", *"start the tour", "enter"))
        assert strip_of(app).startswith("Tour 1/8  g l leads to the library, i imports, Enter reads")
