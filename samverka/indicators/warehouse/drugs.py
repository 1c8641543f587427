"""One drug once: the same drug can stand both in the drug list and as the order that it began with. Pure.

A MedicationStatement says what the person takes, from when and until when. A MedicationRequest says that
somebody ordered it; it seldom says when the person stopped. Where both tell of the same substance over
the same time they tell of one drug, and the drug list is the one that knows how it went.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast


@dataclass(frozen=True, slots=True)
class Drug:
    """What a row tells of a drug. `until`: the last day that it is taken; None: still."""

    atc: str
    since: date
    until: date | None

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Drug:
        """Out of a row of the fact."""
        until = cast("date | None", row["until"])
        return cls(str(row["atc"]), cast("date", row["since"]), until)


def is_told_twice(order: Drug, listed: Iterable[Drug]) -> bool:
    """Whether the drug list has what was ordered: the same ATC code, on at least one day that both hold."""
    return any(one.atc == order.atc and _meet(one, order) for one in listed)


def _meet(one: Drug, other: Drug) -> bool:
    begins, ends = max(one.since, other.since), (one.until, other.until)
    return all(end is None or begins <= end for end in ends)
