"""Opens a project in the terminal, and ends what goes wrong in any command in one sentence.

`workbench` and `workbench FILE.db` come straight here: the first paint does not wait for the command line.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from workbench.errors import AmbiguousError, ProjectFileError, WorkbenchError

_BARE = ("dumb", "unknown")
"""Rich, and with it Textual, draws nothing on these."""


def guarded(run: Callable[[], int]) -> int:
    """The exit code of `run`; whatever a user can cause ends in one sentence on standard error and code 1."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return run()
    except KeyboardInterrupt:
        return fail("Interrupted; what was not finished left no trace.")
    except AmbiguousError as error:
        return fail("\n  ".join([f"{_sentence(error)[:-1]}:", *error.candidates]))
    except WorkbenchError as error:
        return fail(_sentence(error))
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it: nothing is flushed at exit
        return 1
    except FileNotFoundError as error:
        return fail(f"there is no file {error.filename}.")
    except IsADirectoryError as error:
        return fail(f"{error.filename} is a folder.")
    except OSError as error:
        return fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}.")


def fail(sentence: str) -> int:
    """Says on standard error what is wrong, control characters made harmless. Returns exit code 1."""
    from workbench.text.inert import inert

    lines = (inert(line) for line in sentence.split("\n"))
    print("workbench: " + "\n".join(lines), file=sys.stderr)
    return 1


def _sentence(error: WorkbenchError) -> str:
    text = str(error)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def require_terminal() -> None:
    """Raises WorkbenchError where there is no terminal to draw on; Textual draws on standard error."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise WorkbenchError(
            "the workbench needs a terminal; `workbench --help` lists what works without one"
        )
    if (kind := os.environ.get("TERM", "")).lower() in _BARE:
        raise WorkbenchError(f"a terminal with TERM={kind} shows no screens; export TERM=xterm-256color")


def open_project(file: Path | None = None) -> int:
    """Runs the workbench on a project file: without one on the last project, or the sample.

    Returns code 0, or 128 and the number of the signal that ended it.

    Raises:
        WorkbenchError: no terminal, the file is no project, or the sample cannot be made.
    """
    require_terminal()
    gc.disable()  # what is made before the first paint stays: no search for garbage until `on_ready`
    from workbench import config
    from workbench.store.header import check_header

    file = file or next(iter(config.recent_projects()), None) or ensure_sample()
    check_header(file)
    from workbench.tui.app import WorkbenchApp

    for name in ("COLUMNS", "LINES"):  # where they are exported, Textual would not follow the terminal's size
        os.environ.pop(name, None)
    app = WorkbenchApp(file)
    app.run()
    if app.failure:
        raise ProjectFileError(app.failure)
    return app.return_code or 0


def ensure_sample() -> Path:
    """The sample project's file, made on the first call.

    Raises:
        WorkbenchError: it cannot be made there.
    """
    from workbench import config

    path = config.sample_path()
    if not path.exists():
        from workbench.sample import create_sample

        create_sample(path)
    return path
