"""The scenes of the README's pictures and of the snapshot tests: one project, and the keys to each screen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest import mock

from textual.pilot import Pilot
from textual.widgets import Input

from workbench.importing import import_drafts
from workbench.model import Analyst, Answer, SimilarAnswer
from workbench.project import Project
from workbench.resources import resource
from workbench.sample import TITLE
from workbench.sources.seeds import sample_drafts
from workbench.store.store import Store

BLOG, NIKKEI, FT = "001_7f647e3ecafc4dc6.txt", "002_a30051e82dc3743c.txt", "004_54583def0f2fc11c.txt"
ANALYST = Analyst("A" * 26, "N. Analyst")
FIRST_MOMENT = 1_795_280_000_000
LONGEST_SETTLING = 100
"""Turns after which a screen that never comes to rest is taken as it is."""

ANNOTATIONS: tuple[tuple[str, int, int, tuple[str, ...], str | None], ...] = (
    (BLOG, 948, 1020, ("csp-holders",), "Leaves out India and South Korea."),
    (BLOG, 1195, 1280, ("xi-visit",), None),
    (BLOG, 1744, 1976, ("trade", "figure"), None),
    (BLOG, 2264, 2494, ("deals",), None),
    (BLOG, 2636, 2680, ("south-china-sea", "deals"), None),
    (FT, 68, 213, ("xi-visit",), "Tuesday = 12 December 2023."),
    (FT, 455, 538, ("xi-visit",), None),
    (FT, 769, 865, ("trade",), None),
    (FT, 1818, 2044, ("csp-holders", "corrupt-text"), "The list is right; name and office are wrong."),
    (FT, 1856, 1905, ("deals",), None),
    (NIKKEI, 918, 986, ("csp-holders",), None),
)

NOTE = """# Who held the top tier?

The blog names only three earlier holders {{{blog}}} and leaves out India and South Korea.

{{{rewrite}}}

## Ask

- Who wrote “Vice President Bidena”?
- Does Hanoi confirm the list {{{nikkei}}}?
"""

SCENES: dict[str, tuple[str, ...]] = {
    "library": ("j",),
    "reading": ("enter", "escape", "j", "o", "j"),
    "picker": ("enter", "escape", "j", "o", "j", "t", *"tra"),
    "search": ("/", *"/jake sulivan patrol"),
    "similar": ("/", *"/inauguration", "tab", "m"),
    "note": ("g", "n", "enter"),
    "compare": ("enter", "escape", "j", "o", "C"),
    "matrix": ("g", "m"),
    "help": ("enter", "escape", "j", "o", "?"),
}
"""Each screen with the keys that lead to it from the library."""


def make_project(path: Path) -> Project:
    """The sample articles with an hour of an analyst's work on them; the same bytes of text every time."""
    store = Store.create(path, ANALYST, TITLE)
    import_drafts(store, sample_drafts(resource("seeds")))
    project = Project(store)
    handles = {}
    for file, start, end, tags, comment in ANNOTATIONS:
        article = project.article(file)
        passage = project.annotate_range(article.id, start, end, tags=tags, comment=comment)
        handles[file, start] = "{" + project.passage(passage).handle + "}"
    project.create_note(
        "The top tier",
        NOTE.replace("{{{blog}}}", f"{{{handles[BLOG, 948]}}}")
        .replace("{{{rewrite}}}", f"{{{handles[FT, 1818]}}}")
        .replace("{{{nikkei}}}", f"{{{handles[NIKKEI, 918]}}}"),
    )
    return project


@contextmanager
def steady() -> Iterator[None]:
    """Holds still what differs from run to run: the clock, and how long a search took."""
    moments = count(FIRST_MOMENT, 1000)
    search, similar = Project.search, Project.similar

    def timed(self: Project, *args: object, **options: object) -> Answer:
        return dataclasses.replace(search(self, *args, **options), ms=3.0)  # type: ignore[arg-type]

    def timed_similar(self: Project, *args: object, **options: object) -> SimilarAnswer:
        return dataclasses.replace(similar(self, *args, **options), ms=3.0)  # type: ignore[arg-type]

    with (
        mock.patch("workbench.store.step.now", lambda: next(moments)),
        mock.patch.object(Project, "search", timed),
        mock.patch.object(Project, "similar", timed_similar),
        mock.patch.object(Input, "cursor_blink", False),
    ):
        yield


async def play(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    """Presses keys one by one, each after what the last one started has come to rest."""
    await settle(pilot)
    for key in keys:
        await pilot.press({" ": "space", "/": "slash"}.get(key, key))
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Waits until no work is under way, and until what it changed is laid out and drawn."""
    for _ in range(LONGEST_SETTLING):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen = pilot.app.screen
        waiting = screen._layout_required or screen._dirty_widgets or screen._callbacks
        waiting = waiting or pilot.app._resize_timer
        if not waiting and not any(not worker.is_finished for worker in pilot.app.workers):
            return
