"""Numbers with the word for what they count."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """A number with its word: "1 article", "2,000 articles" or "3 searches"."""
    ending = "" if number == 1 else "es" if word.endswith("ch") else "s"
    return f"{number:,} {word}{ending}"
