"""A file's first bytes, looked at before SQLite does and before the first paint: it imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import ProjectFileError

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100

APPLICATION_ID = 0x57424E4B
"""The letters WBNK, at byte 68 of every project file."""

FORMAT = 2
"""What `user_version` says: the least version of the format that a reader must know. One a migration."""


def check_header(path: Path) -> int:
    """The format version that a file's first bytes tell, looked at before SQLite does.

    Raises:
        ProjectFileError: missing, a folder, unreadable, not a project, or too new.
    """
    if path.is_dir():
        raise ProjectFileError(f"{path} is a folder, not a project file")
    if path.is_fifo() or path.is_socket() or path.is_char_device():
        raise ProjectFileError(f"{path} is a device or a pipe, not a project file")
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except FileNotFoundError:
        raise ProjectFileError(f"there is no file {path}") from None
    except ValueError:  # a NUL in it, which Path.is_dir takes for a place that is not there
        raise ProjectFileError(f"{path} cannot be the name of a file") from None
    except OSError as error:
        raise ProjectFileError(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise ProjectFileError(f"{path} is empty, not a project file")
    if not head.startswith(MAGIC) or len(head) < HEADER_BYTES:
        raise ProjectFileError(f"{path} is not a workbench project")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise ProjectFileError(f"{path} is a SQLite database of another program, not a workbench project")
    version = int.from_bytes(head[60:64])
    if version < 1:
        raise ProjectFileError(f"{path} does not say which format it is in; it was not opened")
    if version > FORMAT:
        raise ProjectFileError(
            f"{path} was written by a newer workbench (format {version}; this one reads up to {FORMAT})"
        )
    return version
