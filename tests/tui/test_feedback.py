"""What the program does meanwhile and what it says of it: jobs, status row, toasts, faults."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Static

from screenshots.scenes import settle
from tests.tui.shell import First, Second, first, status
from tests.tui.support import StrictApp, screen_text
from workbench import config
from workbench.errors import InputError
from workbench.project import Project
from workbench.tui.app import WorkbenchApp
from workbench.tui.jobs import Job, JobCancelled, Jobs
from workbench.tui.messages import ProjectChanged
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.screens.notes import NotesScreen
from workbench.tui.screens.saved_searches import SavedSearchesScreen
from workbench.tui.screens.tags import TagsScreen


@pytest.mark.parametrize("made", [NotesScreen, TagsScreen, SavedSearchesScreen])
async def test_a_list_is_not_called_empty_before_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: type[WorkbenchScreen]
) -> None:
    with Project.open(tmp_path / "empty.db", create=True) as project:
        app = StrictApp(project)
        async with app.run_test() as pilot:
            with monkeypatch.context() as patched:
                patched.setattr(made, "job", lambda *_, **__: None)
                await app.push_screen(screen := made())
                await pilot.pause()
                assert "Reading…" in screen_text(app) and "yet" not in screen_text(app)
            screen.post_message(ProjectChanged())
            await settle(pilot)
            assert "yet" in screen_text(app) and "Reading…" not in screen_text(app)


async def test_jobs_run_in_order_in_one_thread(app: StrictApp) -> None:
    async with app.run_test():
        order: list[tuple[int, str]] = []

        def note(number: int) -> None:
            order.append((number, threading.current_thread().name))

        for number in range(20):
            first(app).job(partial(note, number))
        await app.workers.wait_for_complete()
        assert [number for number, _ in order] == list(range(20))
        assert len({name for _, name in order}) == 1 and order[0][1] != threading.current_thread().name


async def test_only_the_newest_read_of_a_group_counts(app: StrictApp) -> None:
    async with app.run_test():
        got: list[int] = []
        begun, go_on = threading.Event(), threading.Event()

        def slow() -> int:
            begun.set()
            go_on.wait()
            return 0

        first(app).job(slow, got.append, group="search")
        begun.wait()
        for number in range(1, 4):
            first(app).job(partial(int, number), got.append, group="search")
        go_on.set()
        await app.workers.wait_for_complete()
        assert got == [3]


async def test_an_older_read_that_is_asked_for_last_is_stale() -> None:
    jobs = Jobs(lambda _: None)
    jobs.release()
    older, newer = (Job(partial(int, number), None, "read") for number in (1, 2))
    begun = [(job, jobs.submit(job)) for job in (older, newer)]
    assert await jobs.result(*begun[1]) == 2
    with pytest.raises(JobCancelled):
        await jobs.result(*begun[0])
    jobs.close()


async def test_a_closed_screen_gets_no_result_but_its_write_happens(app: StrictApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("g", "t")
        second = app.screen
        assert isinstance(second, Second)
        written: list[str] = []
        delivered: list[None] = []
        go_on = threading.Event()
        second.job(go_on.wait)
        second.job(lambda: written.append("kept"), delivered.append)
        await pilot.press("q")
        await pilot.pause()
        go_on.set()
        await app.workers.wait_for_complete()
        assert written == ["kept"] and delivered == []


async def test_writes_are_done_before_the_program_ends(app: StrictApp) -> None:
    written: list[int] = []
    async with app.run_test() as pilot:
        go_on = threading.Event()
        first(app).job(go_on.wait)
        for number in range(5):
            first(app).job(partial(written.append, number))
        app.exit()
        go_on.set()
        await pilot.pause()
    assert written == list(range(5))


async def test_a_refusal_is_said_in_its_own_words(app: StrictApp) -> None:
    def refuse() -> None:
        raise InputError("“[x]” is not a date")

    async with app.run_test():
        first(app).job(refuse)
        await app.workers.wait_for_complete()
        assert status(app) == "“[x]” is not a date"
        told: list[Exception] = []
        first(app).job(refuse, failed=told.append)
        await app.workers.wait_for_complete()
        assert isinstance(told[0], InputError)


async def test_an_unexpected_error_is_logged_and_the_program_goes_on(project: Project) -> None:
    app = WorkbenchApp(project)
    app.places |= {"library": First}
    async with app.run_test(size=(200, 24)):
        first(app).job(lambda: 1 // 0)
        await app.workers.wait_for_complete()
        assert status(app).startswith("Something went wrong: integer division or modulo by zero")
        assert app.is_running
    assert "ZeroDivisionError" in (config.state_folder() / "errors.log").read_text()


async def test_a_toast_takes_the_place_of_the_one_before_and_covers_facts_alone(app: StrictApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        for words in ("One thing", "Another thing " * 9):
            app.toast(f"Did [b]{words}", "{app.undo} undo")
            await pilot.pause()
            await pilot.pause()
        first, *others = screen_text(app).split("\n")
        assert first.endswith("… · u undo") and "▌ Did [b]Another thing" in first and "One thing" not in first
        assert not any("u undo" in line for line in others[:-2]) and "Another thing" in others[-2]


async def test_a_slow_job_shows_how_far_it_is_and_escape_stops_it(app: StrictApp) -> None:
    async with app.run_test(size=(100, 24)) as pilot:
        screen = first(app)
        go_on = threading.Event()

        def work() -> None:
            screen.progress(1200, 2000)
            go_on.wait()
            screen.progress(1201, 2000)

        screen.job(work, label="Importing", cancellable=True)
        while "Importing" not in status(app):
            await pilot.pause(0.05)
        assert "1,200 of 2,000" in status(app) and "Esc stops" in status(app)
        await pilot.press("escape")
        go_on.set()
        await app.workers.wait_for_complete()
        assert status(app) == "Stopped importing: nothing was changed"


async def test_undo_and_redo_say_what_they_did(app: StrictApp, project: Project) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("u")
        await app.workers.wait_for_complete()
        assert status(app) == "Nothing to undo"
        first(app).job(lambda: project.create_note("Pumps"))
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert status(app).startswith("Undid: ") and status(app).endswith("U redo")
        assert project.notes() == [] and first(app).log_of == ["changed"]
        await pilot.press("ctrl+y")
        await app.workers.wait_for_complete()
        assert [note.title for note in project.notes()] == ["Pumps"]


async def test_nobody_gets_a_result_while_the_screens_are_taken_apart(app: StrictApp) -> None:
    """As where a search is answered while the program ends: its list is gone, its screen is not yet."""
    leaving = threading.Event()
    delivered: list[object] = []

    class Leaving(Static):
        async def on_unmount(self) -> None:
            leaving.set()
            await asyncio.sleep(0.05)

    async with app.run_test() as pilot:
        screen = first(app)
        await screen.mount(Leaving())
        screen.job(leaving.wait, delivered.append)
        await pilot.pause()
    assert leaving.is_set() and delivered == []
