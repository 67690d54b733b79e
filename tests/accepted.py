"""Keeps the texts of the present schema in `db/accepted/`, so that files made with them open ever after.

Usage: python -m tests.accepted

To be run after a change of `db/derived.sql`; `tests/unit/store/test_schema.py` fails until it was. The truth
of a format that was released never changes: a migration that alters it needs a new format number.
"""

from __future__ import annotations

import json
from pathlib import Path

from workbench.resources import resource
from workbench.store.header import FORMAT
from workbench.store.schema import Schema, derived_version, present_schema


def main() -> None:
    """Adds the present derived texts to those of the format, beside its truth."""
    truth, derived = present_schema()
    path = resource("db") / "accepted" / f"{FORMAT}.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"derived": {}}
    if "truth" in known and known["truth"] != _rows(truth):
        raise SystemExit(f"the tables of the truth are not those of format {FORMAT}: it needs a new number")
    known["truth"] = _rows(truth)
    known["derived"][derived_version()] = _rows(derived)
    _write(path, known)


def _rows(schema: Schema) -> list[list[str | None]]:
    return [list(row) for row in sorted(schema, key=lambda row: row[:2])]


def _write(path: Path, known: dict[str, object]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(known['derived'])} accepted")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
