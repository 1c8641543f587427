"""What has left the house before: a table is judged together with all of these. Pure.

One log for each thing counted (the stays, the persons with a plan …): shares of different things
cannot be subtracted from one another. A cell that has been shown cannot be called back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samverka.indicators.rules.hiding.cells import Cell
from samverka.indicators.rules.hiding.groups import Group


@dataclass(frozen=True, slots=True)
class Release:
    """One table that left: where to, on which day, and what it said."""

    name: str
    on: date
    cells: Mapping[Group, Cell]


@dataclass(frozen=True, slots=True)
class ReleaseLog:
    """Every table that has left, in order."""

    releases: tuple[Release, ...] = ()

    def with_release(self, release: Release) -> ReleaseLog:
        """The log with one more."""
        return ReleaseLog((*self.releases, release))

    def shown(self) -> dict[Group, int]:
        """Every count that has been told, the first time it was."""
        found: dict[Group, int] = {}
        for release in self.releases:
            for one, cell in release.cells.items():
                if cell.count is not None:
                    found.setdefault(one, cell.count)
        return found

    def groups(self) -> tuple[Group, ...]:
        """Every group that a table had a cell for, shown or hidden, each once."""
        return tuple(dict.fromkeys(one for release in self.releases for one in release.cells))
