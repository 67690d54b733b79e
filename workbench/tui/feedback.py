"""What the program says and does meanwhile: jobs in the project thread, status row, toasts, faults."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import Worker

from workbench.errors import WorkbenchError
from workbench.text.inert import inert
from workbench.tui.coloring import Colored
from workbench.tui.commands import hint
from workbench.tui.fault_log import keep_fault
from workbench.tui.jobs import Job, JobCancelled, Jobs
from workbench.tui.screens.base import WorkbenchScreen
from workbench.tui.widgets.bars import StatusRow

T = TypeVar("T")

LEAST_TOAST_HEIGHT = 20
"""Rows of the terminal below which the status row alone speaks."""
SHARE, FRAME = 0.7, 3
"""How much of the top bar a toast may cover (as in app.tcss), and the cells around its words."""
LONGEST_ERROR = 200
"""Code points of an error's toast, which has several rows; the status row cuts what it has no room for."""


class Feedback(Colored):
    """An app that does jobs and says what became of them.

    Attributes:
        jobs: the project's thread.
        status: the last action and the way back from it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self._show_busy)
        self.status = ("", "")
        self._delivering: set[Worker[None]] = set()
        self._beat = 0

    async def at_rest(self, patience: float) -> None:
        """Waits until no job is under way, `patience` seconds at most."""
        under_way = [job for job in self._delivering if not job.is_finished]
        if under_way:
            await asyncio.wait([asyncio.ensure_future(job.wait()) for job in under_way], timeout=patience)

    def job(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        group: str = "",
        label: str = "",
        cancellable: bool = False,
        owner: Screen[Any] | None = None,
    ) -> Worker[None]:
        """As `CommandScreen.job`, for work that belongs to no screen. Returns what waits for the result."""
        label = label or ("Reading" if group else "Working")
        job = Job(work, owner, group, label, cancellable)
        future = self.jobs.submit(job)

        async def deliver() -> None:
            try:
                result = await self.jobs.result(job, future)
                if done and self._is_there(owner):
                    done(result)
            except JobCancelled:
                if job.cancelled.is_set():
                    self.show_status(f"Stopped {label[:1].lower()}{label[1:]}: nothing was changed")
            except Exception as error:
                self._job_failed(error, failed if self._is_there(owner) else None)

        worker: Worker[None] = self.run_worker(deliver)
        self._delivering = {one for one in self._delivering if not one.is_finished} | {worker}
        return worker

    def _is_there(self, owner: Screen[Any] | None) -> bool:
        """Whether a result still has somebody to go to: screens are taken apart while the program ends."""
        return self.is_running and (owner is None or owner in self.screen_stack)

    def _job_failed(self, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        expected = isinstance(error, WorkbenchError)
        if not expected:
            self.report_fault(error)
        if failed:
            failed(error)
        elif expected:
            self.toast(str(error), error=True)

    def report_fault(self, error: Exception) -> None:
        """Writes an unexpected error to the log in the user's state folder, and says so in one sentence."""
        where = f"; details are in {kept}" if (kept := keep_fault(error)) else ""
        self.toast(f"Something went wrong: {error or type(error).__name__}{where}", error=True)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that show through the one on top.

        Textual counts the next screen among them though the one on top is opaque, so that whatever changed
        there, its status row for one, drew the whole terminal anew: 14 KB instead of 0.4 at a key press.
        """
        return [] if self.screen.styles.background.a == 1 else super()._background_screens

    def show_status(self, text: str, way_back: str = "") -> None:
        """Shows the last action, and the way back from it (a `hint`), in the status row of every screen."""
        self.status = (text, hint(way_back))
        for screen in self.screen_stack:
            if isinstance(screen, WorkbenchScreen):
                screen.show_last_status()

    def toast(self, text: str, way_back: str = "", *, error: bool = False) -> None:
        """Says something in the status row and, where there is room for it, in a toast.

        A toast takes the place of the one before.

        Args:
            way_back: a `hint` of what takes it back.
        """
        self.clear_notifications()
        for screen in self.screen_stack:  # else the row of the one before stays taken
            screen.query("ToastHolder").remove()
        self.show_status(_sentence(text) if error else text, way_back)
        if self.size.height >= LEAST_TOAST_HEIGHT:
            said, back = inert(self.status[0]), f" · {self.status[1]}" if way_back else ""
            room = (LONGEST_ERROR if error else int(self.size.width * SHARE) - FRAME) - len(back)
            said = said if len(said) <= room else f"{said[: room - 1]}…"
            self.notify(said + back, severity="error" if error else "information", markup=False)

    def _show_busy(self, job: Job[Any] | None) -> None:
        self._beat += 1
        for screen in self.screen_stack:
            for row in screen.query(StatusRow):
                if job:
                    row.show_busy(job.label, self._beat, *job.progress, job.can_stop)
                else:
                    row.show_status(*self.status)


def _sentence(text: str) -> str:
    """What an error says with a capital, unless it begins with a name or a path."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].isalpha() else text
