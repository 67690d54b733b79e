"""How benchmarks print: what was measured beside what DESIGN, section 9, asks for."""

from __future__ import annotations

HEAD = f"{'':44}{'measured':>14}   budget"


def line(name: str, measured: str, budget: str = "") -> str:
    """One line of a table whose head is HEAD."""
    return f"{name:44}{measured:>14}   {budget}".rstrip()
