"""What `workbench` and `python -m workbench` run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench import start


def main() -> None:
    """Opens a project at once where that is all that is asked, else hands over to the command line."""
    _open_closed_streams()
    given = sys.argv[1:]
    if not given and "_WORKBENCH_COMPLETE" not in os.environ:
        sys.exit(start.guarded(start.open_project))
    if len(given) == 1 and _is_project(given[0]):
        sys.exit(start.guarded(lambda: start.open_project(Path(given[0]))))
    from workbench import cli

    cli.main()


def _open_closed_streams() -> None:
    """Puts nothing in the place of streams that a caller closed; Python leaves None there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _is_project(argument: str) -> bool:
    """Whether it is a file and can be no command: those have no suffix."""
    return not argument.startswith("-") and bool(Path(argument).suffix) and os.path.isfile(argument)


if __name__ == "__main__":
    main()
