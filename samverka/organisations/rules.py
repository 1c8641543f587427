"""Kinds of organisations and units. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from samverka.kernel.actor import Branch, Side
from samverka.kernel.problems import Invalid
from samverka.kernel.text import Text
from samverka.kernel.text import text as _

COUNTY_DIGITS = 2
"""A municipality's code begins with its county's (SCB)."""


class OrganisationKind(StrEnum):
    """Huvudman or private company."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    PRIVATE = "private"
    OTHER = "other"


SIDE_OF: dict[OrganisationKind, Side] = {
    OrganisationKind.REGION: Side.REGION,
    OrganisationKind.MUNICIPALITY: Side.MUNICIPALITY,
    OrganisationKind.PRIVATE: Side.PRIVATE,
    OrganisationKind.OTHER: Side.PRIVATE,
}


class UnitKind(StrEnum):
    """Kinds of care units (vårdenhet)."""

    WARD = "ward"
    CLINIC = "clinic"
    HEALTH_CENTRE = "health-centre"
    HOME_HEALTH_CARE = "home-health-care"
    HOME_CARE = "home-care"
    NEEDS_ASSESSMENT = "needs-assessment"
    REHAB = "rehab"
    MOBILE_TEAM = "mobile-team"
    SOCIAL_PSYCHIATRY = "social-psychiatry"
    SCHOOL_HEALTH = "school-health"
    CARE_HOME = "care-home"
    ADDICTION_CARE = "addiction-care"
    FAMILY_SERVICES = "family-services"
    DISABILITY_SERVICES = "disability-services"
    DENTAL = "dental"
    ADMINISTRATION = "administration"
    OTHER = "other"


UNIT_WORDS: dict[UnitKind, Text] = {
    UnitKind.WARD: _("Vårdavdelning"),
    UnitKind.CLINIC: _("Mottagning"),
    UnitKind.HEALTH_CENTRE: _("Hälsocentral"),
    UnitKind.HOME_HEALTH_CARE: _("Kommunal hemsjukvård"),
    UnitKind.HOME_CARE: _("Hemtjänst"),
    UnitKind.NEEDS_ASSESSMENT: _("Biståndshandläggning"),
    UnitKind.REHAB: _("Rehabilitering"),
    UnitKind.MOBILE_TEAM: _("Mobilt team"),
    UnitKind.SOCIAL_PSYCHIATRY: _("Socialpsykiatri"),
    UnitKind.SCHOOL_HEALTH: _("Elevhälsa"),
    UnitKind.CARE_HOME: _("Särskilt boende"),
    UnitKind.ADDICTION_CARE: _("Beroendevård"),
    UnitKind.FAMILY_SERVICES: _("Individ- och familjeomsorg"),
    UnitKind.DISABILITY_SERVICES: _("Stöd enligt LSS"),
    UnitKind.DENTAL: _("Tandvård"),
    UnitKind.ADMINISTRATION: _("Administration"),
    UnitKind.OTHER: _("Annan enhet"),
}

BRANCH_WORDS: dict[Branch, Text] = {
    Branch.HEALTH: _("Hälso- och sjukvård"),
    Branch.SCHOOL_HEALTH: _("Elevhälsans medicinska del"),
    Branch.SOCIAL: _("Omsorg"),
    Branch.IFO: _("Individ- och familjeomsorg"),
}


def check_successor(unit: UUID, chain: Iterable[UUID]) -> None:
    """Raises Invalid where those who take over lead back to the unit that closes."""
    if unit in chain:
        raise Invalid(
            _("Enheten kan inte ersättas av sig själv, varken nu eller längre fram."),
            where="successor",
        )
