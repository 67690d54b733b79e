"""Puts an export on disk: whole or not at all, and never over a file unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from workbench.errors import InputError, WorkbenchError


def write_file(path: Path, text: str, *, force: bool = False) -> None:
    """Writes UTF-8 to a new file beside its place, makes it durable and moves it there.

    Args:
        force: replace a file that is there.

    Raises:
        InputError: something is there already, or it is a folder.
        WorkbenchError: the place cannot be written, or is full; what was there is untouched.
    """
    if os.path.isdir(path):
        raise InputError(f"{path} is a folder; name a file")
    if os.path.exists(path) and not os.path.isfile(path):
        raise InputError(f"{path} is a device or a pipe, not a file; nothing was written")
    if os.path.exists(path) and not force:
        raise InputError(f"{path} is there already; nothing was written")
    try:
        descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except ValueError:
        raise InputError(f"{path} cannot be written: no file can have that name") from None
    except OSError as error:
        raise WorkbenchError(f"{path} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise WorkbenchError(f"{path} cannot be written: {error.strerror}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
