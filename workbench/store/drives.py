"""Whether a file lies on a network drive, where locks between machines cannot be relied on."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""What Linux tells of mounted drives; elsewhere there is no such file, and nothing is known."""

NETWORK = frozenset(
    (
        *("9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs"),
        *("gpfs", "lustre", "ncpfs", "nfs", "nfs4", "orangefs", "smb3", "smbfs"),
        *("fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.glusterfs"),
    )
)
"""File-system types (third column of the table of mounts) whose files other machines can write."""

_ESCAPE = re.compile(r"\\([0-7]{3})")


def network_drive(path: Path) -> str | None:
    """The type of the network drive that a file lies on; None where it lies on another or nobody knows."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        place = path.resolve()
    except OSError:
        return None
    found = ("", "")
    for line in table.splitlines():
        _, where, kind, *_ = [*line.split(" "), "", "", ""]
        mount = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), where)
        # Of several at one place the last lies on top.
        if mount and place.is_relative_to(mount) and len(mount) >= len(found[0]):
            found = (mount, kind)
    return found[1] if found[1] in NETWORK else None
