"""How the fault tests tell what they found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NAME, COLUMN = 34, 14


@dataclass(slots=True)
class Report:
    """A table of figures.

    Attributes:
        columns: what the figures of each row are.
        rows: the figures by name.
        remarks: what went wrong, in sentences; what else there is to say.
        well: whether nothing went wrong that must not.
        summed: whether the sums of all rows say anything.
    """

    title: str
    columns: Sequence[str]
    rows: dict[str, Sequence[int]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    well: bool = True
    summed: bool = True

    def add(
        self, name: str, figures: Sequence[int], *, well: bool = True, remarks: Sequence[str] = ()
    ) -> None:
        """Adds a row, and whether it is as it must be."""
        self.rows[name] = figures
        self.well = self.well and well
        self.remarks += remarks

    def __str__(self) -> str:
        rows = dict(self.rows)
        if len(rows) > 1 and self.summed:
            rows["together"] = [sum(column) for column in zip(*rows.values(), strict=True)]
        lines = [f"{self.title:{NAME}}" + "".join(f"{column:>{COLUMN}}" for column in self.columns)]
        for name, figures in rows.items():
            lines.append(f"{name:{NAME}}" + "".join(f"{one:>{COLUMN},}" for one in figures))
        return "\n".join([*lines, *self.remarks, "all well" if self.well else "NOT WELL"])
