"""Whom a region's guarantee holds for: those whom it offers care to by HSL 8 kap. 1–2 §§ (HSL 9:1).

That is those who live in the region, those with protected registration who stay there, and those who
have the right to care benefits here by Union law. One from another region may choose care here (PL 9:1), but
it is the home region that answers for the guarantee. Who is registered nowhere that we know of, the county
decides about (low certainty: the sections say nothing of a register that is silent).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

COUNTY_DIGITS = 2
"""A municipality's code begins with its county's (SCB)."""


class Residence(StrEnum):
    """What is known of where the person lives, seen from the region that answers for the unit."""

    OURS = "ours"
    OTHER = "other"
    UNKNOWN = "unknown"


RESIDENCE_WORDS: dict[Residence, Text] = {
    Residence.OURS: _("Bor i länet"),
    Residence.OTHER: _("Bor i ett annat län"),
    Residence.UNKNOWN: _("Folkbokföring saknas"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the region's guarantee holds for the person, and why."""

    residence: Residence
    holds: bool
    because: Text


def judge_scope(
    *, county_code: str, municipality_code: str, region_code: str, unknown_counts: bool
) -> Scope:
    """Judge by the register.

    Args:
        county_code, municipality_code: where the person is registered; empty: not known.
        region_code: the county of the region that gives the care.
        unknown_counts: the county's own choice for those who are not known to live anywhere.
    """
    lives = county_code or municipality_code[:COUNTY_DIGITS]
    if not (lives and region_code):
        return Scope(Residence.UNKNOWN, unknown_counts, _UNKNOWN[unknown_counts])
    if lives == region_code:
        return Scope(Residence.OURS, True, _OURS)
    return Scope(Residence.OTHER, False, NOT_OURS)


_OURS = _("Personen bor i länet (hälso- och sjukvårdslagen 8 kap. 1 §).")
NOT_OURS = _(
    "Personen bor i ett annat län. Där är det hemregionen som svarar för vårdgarantin "
    "(hälso- och sjukvårdslagen 8 kap. 1–2 §§ och 9 kap. 1 §)."
)
_UNKNOWN = {
    True: _("Vi vet inte var personen bor. Länet har bestämt att väntan räknas ändå."),
    False: _("Vi vet inte var personen bor. Länet har bestämt att väntan inte räknas då."),
}
