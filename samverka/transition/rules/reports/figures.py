"""Figures beside the questions: what another room knows, frozen with the report. Pure.

The room of indicators is a stranger. Whoever sets the house up names a function that fits `FiguresFor`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it may be shown.

    Attributes:
        period: its first day, as ISO date.
        value, low, high: numbers as text; empty where disclosure control hides them.
        version: of the measure; `snapshot`: of the facts. With both it can be reckoned anew.
        address: where its definition and its curve stand; empty if there is no page.
    """

    measure: str
    name: str
    unit: str
    period: str
    value: str
    low: str
    high: str
    version: int
    snapshot: str
    address: str = ""

    @property
    def words(self) -> str:
        """The value as one writes it, with its unit."""
        return f"{self.value} {self.unit}".replace(".", ",").strip()

    @property
    def interval(self) -> str:
        """How far chance alone could have taken it; empty where nobody knows."""
        return f"{self.low}–{self.high}".replace(".", ",") if self.low and self.high else ""


class FiguresFor(Protocol):
    """Answers with the latest figures of one county or municipality, by the codes of their measures."""

    def __call__(
        self, codes: frozenset[str], *, county: str, municipality: str
    ) -> Mapping[str, Told]:
        """Measures without a figure are left out."""
        ...


def told_data(told: Told) -> dict[str, Any]:
    """As it is frozen."""
    return {name: getattr(told, name) for name in Told.__slots__}


def told_of(data: Mapping[str, Any]) -> Told:
    """Frozen → the figure."""
    return Told(**data)


def moved(before: Told | None, now: Told | None) -> bool:
    """Whether a figure has moved by more than chance: neither interval holds the other's value.

    Without intervals any difference counts.
    """
    if before is None or now is None or not before.value or not now.value:
        return False
    return not (_holds(before, now.value) or _holds(now, before.value))


def _holds(told: Told, value: str) -> bool:
    if not told.low or not told.high:
        return Decimal(told.value) == Decimal(value)
    return Decimal(told.low) <= Decimal(value) <= Decimal(told.high)
