"""Published figures of Region Jämtland Härjedalen and the country, that the history is calibrated to.

Source: Kolada (RKA), March 2026, as published in Region Halland's open report of the 21 regions.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure.

    Attributes:
        county, nation, lowest, highest: of the region, the country, and the regions' own spread.
        margin: so far from the county's figure may the history be, by chance and by the year.
    """

    year: int
    county: float
    nation: float
    lowest: float
    highest: float
    margin: float


PUBLISHED: Final = MappingProxyType(
    {
        "N79179": Published(2025, 83.7, 88.5, 66.4, 96.1, 1.0),
        "N79173": Published(2025, 72.6, 86.0, 43.7, 95.9, 1.0),
        "U79092": Published(2025, 17, 17, 14, 22, 2.0),
        "U79133": Published(2024, 457, 562, 407, 761, 25),
        "U20462": Published(2024, 3294, 3434, 2459, 5238, 120),
        "N79175": Published(2024, 13.7, 14.0, 11.7, 17.6, 1.0),
        "N79176": Published(2025, 2.9, 4.7, 1.5, 11.1, 1.0),
        "U79135": Published(2024, 46, 104, 36, 182, 4),
        "U79029": Published(2024, 534, 600, 420, 779, 20),
    }
)
"""By Kolada's id. N79176 needs the number of beds, which is no fact of the warehouse: it is for the nation's table."""
