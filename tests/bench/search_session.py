"""One session with a project in a process of its own, so that its memory is its own.

Opens a project and its search index, types, asks, and writes what that took and gave as one JSON object.

Usage: python -m tests.bench.search_session PROJECT.db < '{"keys": […], "queries": […], "limit": 10}'
"""

from __future__ import annotations

import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

from workbench import Project, config

_SHOWN = 40  # hits the search screen asks for at every key press


def main() -> None:
    """Read what to do from standard input, do it, and write what came of it."""
    asked = json.load(sys.stdin)
    import_module("workbench.searching")  # else the first search loads it: no matter of size
    began = perf_counter()
    with Project.open(sys.argv[1]) as project:
        project.prepare_search()
        ready = perf_counter() - began
        keys = [_milliseconds(project, typed) for typed in asked["keys"]]
        answers = [
            [(hit.text, hit.score) for hit in project.search(query, limit=asked["limit"]).hits]
            for query in asked["queries"]
        ]
        index = config.search_folder() / f"{project.id}.index"
        done = {
            "ready": ready,
            "keys": [wall for wall, _ in keys],
            "processor": [worked for _, worked in keys],
            "answers": answers,
            "index": index.stat().st_size if index.exists() else None,
            "resident": _resident(),
            "peak": _peak(resource.RUSAGE_SELF),
            "workers_peak": _peak(resource.RUSAGE_CHILDREN),
        }
    print(json.dumps(done))


def _milliseconds(project: Project, typed: str) -> tuple[float, float]:
    """What one search takes by the clock on the wall, and of the processor."""
    began, worked = perf_counter(), process_time()
    project.search(typed, limit=_SHOWN)
    return (perf_counter() - began) * 1000, (process_time() - worked) * 1000


def _resident() -> int | None:
    """Bytes of this process in memory now, or None where the system has no such file."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _peak(whose: int) -> int:
    """The most bytes of this process, or of the largest of its children, that ever were in memory."""
    return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
