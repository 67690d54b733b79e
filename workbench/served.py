"""What `workbench serve` runs for every page that is opened: a workbench that a browser draws."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.start import fail, guarded
from workbench.tui.app import WorkbenchApp

SECONDS = 2


class ServedApp(WorkbenchApp):
    """Ends, all saved, when nobody is left who passes on what it draws."""

    def on_ready(self) -> None:
        """Looks from time to time whether the server is there; it may have been killed."""
        server = os.getppid()
        self.set_interval(SECONDS, lambda: None if os.getppid() == server else self.exit())


def main() -> None:
    """Runs it on the file given as the only argument."""
    sys.exit(guarded(_run))


def _run() -> int:
    app = ServedApp(Path(sys.argv[1]))
    app.run()
    return fail(app.failure) if app.failure else app.return_code or 0


if __name__ == "__main__":
    main()
