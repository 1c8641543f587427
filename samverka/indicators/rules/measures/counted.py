"""What an engine gives back: whole numbers in cells, nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

PACK: Final = 1_000_000_000
"""Two whole numbers in one value: visits x PACK + the sum of squares of visits per carer."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell of one measure. Everything that is shown is reckoned from these by adding them up.

    Attributes:
        period: first day of the month (or of the year) that it belongs to; for a point date, that day.
        municipality: code of where the person lived (consumption); only the county's two digits where the
            municipality is not known, or where it is about those who were met there (production).
            So `municipality[:2]` is always the county.
        unit: HSA-id, where the measure has units; else "".
        sex: "female", "male" or "" for not known.
        band: lowest age of the band of five years, 95 for all above; -1 for not known.
        group: "" for everyone. Cells of a target group stand beside those, not instead of them: a person
            may be in several groups, so only cells with "" are added up to the whole.
        value: for measures of days or visits: this cell counts those who had just this value, so medians
            and means are exact; else 0. For the index of continuity: visits x PACK + sum of squares.
        numerator, denominator: how many. For a rate the denominator is inhabitants (a cell of its own,
            added to the events' cell of the same place in the table): people on 31 December, or months
            that people lived there, as the measure says.
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
