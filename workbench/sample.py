"""The sample project: five articles about one event, for the first minutes with the program."""

from __future__ import annotations

from pathlib import Path

from workbench import config
from workbench.errors import WorkbenchError
from workbench.importing import import_drafts
from workbench.resources import resource
from workbench.sources.seeds import sample_drafts
from workbench.store.store import Store

TITLE = "Hanoi between Washington and Beijing, late 2023"


def create_sample(path: Path) -> None:
    """Makes the sample project; what fails leaves no file behind.

    It is filled in the name of "Sample", so that the user's own undo does not empty it.

    Raises:
        WorkbenchError: it cannot be made there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbenchError(f"the folder {path.parent} cannot be made: {error.strerror}") from None
    drafts = sample_drafts(resource("seeds"))
    store = Store.create(path, config.sample_analyst(), TITLE)
    try:
        import_drafts(store, drafts)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    store.close()
