"""The sample articles, with what is known of them from the catalog beside them."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.errors import InputError
from workbench.sources.decoding import decode
from workbench.sources.draft import Draft

CATALOG = "catalog.json"


def sample_drafts(folder: Path) -> list[Draft]:
    """Make drafts of the articles that a folder's catalog lists, in its order; nothing is proposed.

    Raises:
        InputError: the catalog or an article is missing or cannot be read.
    """
    try:
        entries = json.loads((folder / CATALOG).read_bytes())
        return [_draft(folder, entry) for entry in entries]
    except OSError as error:
        raise InputError(f"The sample articles cannot be read: {error}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"The catalog of the sample articles is damaged: {error}.") from error


def _draft(folder: Path, entry: dict[str, str | None]) -> Draft:
    known = dict(entry)
    path = folder / str(known.pop("file"))
    text, encoding = decode(path.read_bytes())
    return Draft(file=path.name, path=path, text=text, encoding=encoding, **known)  # type: ignore[arg-type]
