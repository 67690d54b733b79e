"""Runs every fault test at length and prints what was found: `make faults`.

Usage: python -m tests.faults [KIND …] [--seed SEED]

Exits with 1 when anything was lost, half done, not to be opened, or shown wrong in silence.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import damage, full, kills, pairs, power

KINDS = {
    "kills": (kills.report, 60),  # for each of six sorts of work
    "full": (full.report, 20),  # for each sort of work and way of running out of room
    "power": (power.report, 1_200),
    "damage": (damage.report, 504),
    "pairs": (pairs.report, 50),
}
"""Each kind with how often it is done."""


def main() -> int:
    """Run and print; 1 when something went wrong."""
    parser = argparse.ArgumentParser(description="What becomes of a project file when everything fails.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"some of {', '.join(KINDS)}; all without")
    parser.add_argument("--seed", default=secrets.token_hex(3), help="of an earlier run, to have it again")
    options = parser.parse_args()
    if unknown := set(options.kinds) - set(KINDS):
        parser.error(f"there is no kind {min(unknown)}")
    print(f"Seed {options.seed}", flush=True)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / "home" / name.lower())
        for kind, (report, number) in KINDS.items():
            if not options.kinds or kind in options.kinds:
                began = time.monotonic()
                told = report(number, options.seed, Path(folder) / kind)
                failed |= not told.well
                print(f"\n{told}, {time.monotonic() - began:.0f} s", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
