"""A finding: what was looked at, what was found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        id: "terminal.colours"; what scripts go by.
        what: what was looked at ("Colours").
        found: what was found.
        advice: what to set, or empty where all is well.
    """

    id: str
    what: str
    found: str
    advice: str = ""
