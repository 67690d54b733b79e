"""The README's table of keys is the registry's."""

from __future__ import annotations

from screenshots.keys import key_table, written_table


def test_the_readme_names_the_keys_that_work() -> None:
    assert written_table() == key_table(), "run `make screenshots`"
