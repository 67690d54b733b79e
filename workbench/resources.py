"""Finds the data folders `db/` and `seeds/`, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path


def resource(folder: str) -> Path:
    """The folder `db` or `seeds`.

    Raises:
        FileNotFoundError: neither the package nor the checkout around it holds the folder.
    """
    package = Path(__file__).resolve().parent
    for place in (package / "data" / folder, package.parent / folder):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation lacks its folder {folder!r}")
