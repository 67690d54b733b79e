"""Work on the project, off the screen's thread: one thread, first in first out.

SQLite sees a single thread, and two quick key presses keep their order. A job's result comes back on the
screen's thread. Each waits in a Textual worker of the app, so that `app.workers.wait_for_complete()` waits
for all of them and closing a screen cannot drop a write.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")

PATIENCE = 0.3
"""Seconds after which a job that still runs is shown as busy."""
BEAT = 0.1
"""Seconds between two looks at a busy job."""


class JobCancelled(Exception):
    """Raised in the work, out of `Jobs.progress`, when the user cancels it."""


@dataclass(eq=False)
class Job(Generic[T]):
    """A piece of work under way.

    Attributes:
        owner, group: of the jobs that share both only the newest counts; an empty group shares with nobody.
        label: what it does, while it is shown as busy ("Importing").
        cancellable: escape may stop it; only work that calls `Jobs.progress` notices.
        progress: (done, total) as last reported, total 0 while unknown; see `workbench.progress`.
        stale: a newer job of its group makes its result worthless.
    """

    work: Callable[[], T]
    owner: object = None
    group: str = ""
    label: str = ""
    cancellable: bool = False
    progress: tuple[int, int] = (0, 0)
    stale: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def can_stop(self) -> bool:
        """Whether escape stops it: not once all is counted, because then it is written."""
        done, total = self.progress
        return self.cancellable and not 0 < total <= done


class Jobs:
    """The project's thread and its queue. `busy` is told of a slow job, and of None when it is over.

    Nothing runs before `release()`: the first paint comes first.
    """

    def __init__(self, busy: Callable[[Job[Any] | None], None]) -> None:
        self._busy = busy
        self._gate = threading.Event()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="project")
        self._executor.submit(self._gate.wait)
        self._newest: dict[tuple[object, str], tuple[Job[Any], Future[Any]]] = {}
        self.current: Job[Any] | None = None

    def release(self) -> None:
        """Lets the queue run."""
        self._gate.set()

    def close(self) -> None:
        """Runs what is queued to its end, but stops what can be stopped, and ends the thread."""
        self.cancel()
        self._gate.set()
        self._executor.shutdown(wait=True)

    def submit(self, job: Job[T]) -> Future[T]:
        """Queues a job at once; older ones of its group become stale, and those not begun never begin."""
        future = self._executor.submit(self._run, job)
        if job.group:
            older = self._newest.get((job.owner, job.group))
            if older:
                older[0].stale = True
                older[1].cancel()
            self._newest[job.owner, job.group] = (job, future)
        return future

    async def result(self, job: Job[T], future: Future[T]) -> T:
        """Waits for a submitted job, showing it as busy when it takes long.

        Raises:
            JobCancelled: the user stopped it, or a newer job of its group took its place.
        """
        waiting = asyncio.wrap_future(future)
        finished, _ = await asyncio.wait([waiting], timeout=PATIENCE)
        shown = False
        while not finished:
            if self.current is job:
                shown = True
                self._busy(job)
            finished, _ = await asyncio.wait([waiting], timeout=BEAT)
        if shown:
            self._busy(None)
        newest = self._newest.get((job.owner, job.group))  # none if a newer one was seen to end before
        if newest and newest[0] is job:
            del self._newest[job.owner, job.group]
        if waiting.cancelled() or job.stale:
            raise JobCancelled
        return waiting.result()

    def progress(self, done: int, total: int) -> None:
        """Called by work, in its thread, to say how far it is. Raises JobCancelled if told to stop."""
        job = self.current
        if job is None:
            return
        job.progress = (done, total)
        if job.cancelled.is_set():
            raise JobCancelled

    def cancel(self) -> bool:
        """Asks the running job to stop. Returns whether it can be stopped."""
        job = self.current
        if job is None or not job.can_stop:
            return False
        job.cancelled.set()
        return True

    def _run(self, job: Job[T]) -> T:
        self.current = job
        try:
            return job.work()
        finally:
            self.current = None
