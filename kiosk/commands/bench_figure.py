"""One measured thing and its budget."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024


@dataclass(frozen=True)
class Figure:
    """One measured thing and its budget; `holds` is None where there is none."""

    what: str
    value: float
    unit: str
    budget: float | None

    @property
    def holds(self) -> bool | None:
        """Whether it is within its budget."""
        return None if self.budget is None else self.value <= self.budget
