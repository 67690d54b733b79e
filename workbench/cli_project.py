"""The commands for the project file itself: merging, copies, backups, checks, the log."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
"""What `cli` adds to its own."""
