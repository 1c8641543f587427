"""Who does what at each unit when someone goes home from hospital: the cast of the process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from samverka.demo.actors import County, LogIn
from samverka.demo.staff import staff

DOCTOR = "läkare"
_CAN = frozenset({"care", "social"})
"""Roles that may send and receipt."""

WARDS = ("ortopedi", "medicin", "geriatrik", "stroke")


@dataclass(frozen=True)
class Parties:
    """The county's staff by unit."""

    county: County

    @cached_property
    def _working(self) -> dict[UUID, LogIn]:
        """One at each unit who sends and receipts: a nurse or an officer where there is one."""
        found: dict[UUID, LogIn] = {}
        members = sorted(staff().values(), key=lambda one: one.profession == DOCTOR)
        for member in members:
            for given in member.assignments:
                if _CAN & set(given.roles):
                    log_in = self.county.elsewhere[member.key, given.unit]
                    found.setdefault(self.county.units[given.unit].id, log_in)
        return found

    def at_unit(self, unit_id: UUID) -> LogIn | None:
        """Who acts for a unit; None where nobody in the demo works."""
        return self._working.get(unit_id)

    def at_ward(self, ward: str) -> LogIn:
        """The nurse of a ward, by its key."""
        return self._working[self.county.units[ward].id]

    @staticmethod
    def doctor_at(ward: str) -> str:
        """The physician who judges on a ward."""
        return next(
            f"{one.given} {one.family}, {DOCTOR}"
            for one in staff().values()
            if one.profession == DOCTOR and any(given.unit == ward for given in one.assignments)
        )
