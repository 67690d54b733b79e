"""Sizes of files as people read them."""

from __future__ import annotations


def size(number: int) -> str:
    """A number of bytes in kilobytes or megabytes of a thousand: "136 KB", "2.4 MB"."""
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{max(number // 1000, 1):,} KB"
