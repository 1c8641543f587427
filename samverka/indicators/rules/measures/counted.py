"""What an engine gives back: whole numbers in cells, nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell of one measure. Everything that is shown is reckoned from these by adding them up.

    Attributes:
        period: first day of the month (or of the year) that it belongs to; for a point date, that day.
        municipality: code; where the person lived (consumption), or the unit's (production); "" not known.
        unit: HSA-id, where the measure has units; else "".
        sex: "female", "male" or "" for not known.
        band: lowest age of the band, in full years; -1 for not known.
        group: target group, where the measure is split by it; else "".
        value: for measures of days or visits: this cell counts those who had just this value, so medians
            and means are exact; else 0.
        numerator, denominator: how many. For a rate the denominator is inhabitants (a cell of its own,
            added to the events' cell of the same place in the table).
    """

    period: date
    municipality: str
    unit: str
    sex: str
    band: int
    group: str
    value: int
    numerator: int
    denominator: int
