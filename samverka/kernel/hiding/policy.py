"""Which counts are small. Pure.

Practice, not law: Kolada hides by 5 or 6, hides too when 1–4 do *not* reach (N02398), and asks for more
behind a survey; no national rule was found, so each measure may set its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 5
"""Fewer persons than this are hidden where a measure says nothing else."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A measure's rule.

    Attributes:
        smallest: counts from 1 to one less are small.
        least_whole: a share of fewer than this is not shown at all; 0: no such rule.
        hides_zero: that it is nobody tells too much as well ("none of those in home X is vaccinated").
    """

    smallest: int = SMALLEST
    least_whole: int = 0
    hides_zero: bool = False

    def is_small(self, count: int) -> bool:
        """Whether someone could be known by it."""
        return count < self.smallest and (count > 0 or self.hides_zero)
