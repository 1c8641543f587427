"""What kinds of number name a person, a staff member or an organisation, and who issues them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping


class IdentityKind(StrEnum):
    """Kind of number. The values are short and stable: they are stored."""

    PERSONNUMMER = "personnummer"  # folkbokföringslagen (1991:481) 18 §
    SAMORDNINGSNUMMER = "samordningsnummer"  # lagen (2022:1697) om samordningsnummer 2 kap. 8 §
    NATIONAL_RESERVE = "nrid"  # nationell reservidentitet, Inera
    LOCAL_RESERVE = "local-reserve"  # a region's own reserve number; its domain says whose
    LMA = "lma"  # asylum seeker's card, Migrationsverket
    HSA_ID = "hsa-id"  # staff and units in the national catalogue HSA
    ORGANISATION_NUMBER = "orgnr"  # legal persons


class ReserveDomain(StrEnum):
    """Issuer of a local reserve number, by OID. Domain and number together identify."""

    STOCKHOLM = "1.2.752.97.3.1.3"
    VASTRA_GOTALAND = "1.2.752.113.11.0.2.1.1.1"
    VARMLAND = "1.2.752.74.9.2"
    INERA = "1.2.752.129.2.1.3.2"


class Sex(StrEnum):
    """Legal sex as a number tells it (codes of FHIR AdministrativeGender)."""

    FEMALE = "female"
    MALE = "male"


PERSON_KINDS = frozenset(
    {
        IdentityKind.PERSONNUMMER,
        IdentityKind.SAMORDNINGSNUMMER,
        IdentityKind.NATIONAL_RESERVE,
        IdentityKind.LOCAL_RESERVE,
        IdentityKind.LMA,
    }
)
"""Kinds that name a patient. Their numbers are masked wherever the reader has not asked for
them."""


@dataclass(frozen=True, slots=True)
class IssuingSystem:
    """The names one kind of number has in messages.

    Attributes:
        system: FHIR `Identifier.system` that we send (HL7 Sweden base profiles 1.1.0).
        oid: OID in RIV-TA contracts; empty where none is known.
        also: other systems that we accept.
    """

    system: str
    oid: str = ""
    also: tuple[str, ...] = ()


_BASE = "http://electronichealth.se/identifier/"

SYSTEMS: Mapping[IdentityKind, IssuingSystem] = MappingProxyType(
    {
        IdentityKind.PERSONNUMMER: IssuingSystem(_BASE + "personnummer", "1.2.752.129.2.1.3.1"),
        IdentityKind.SAMORDNINGSNUMMER: IssuingSystem(
            _BASE + "samordningsnummer", "1.2.752.129.2.1.3.3"
        ),
        IdentityKind.NATIONAL_RESERVE: IssuingSystem(
            _BASE + "nationelltReservnummer", "1.2.752.74.9.1"
        ),
        IdentityKind.LMA: IssuingSystem(_BASE + "LMA-nummer"),
        # The base profiles use one OID for HSA-id, RIV-TA and Inera's profiles another.
        IdentityKind.HSA_ID: IssuingSystem("urn:oid:1.2.752.29.4.19", "1.2.752.129.2.1.4.1"),
        IdentityKind.ORGANISATION_NUMBER: IssuingSystem("urn:oid:2.5.4.97", "2.5.4.97"),
    }
)
"""All kinds but local reserve numbers, whose system is `urn:oid:` and their domain."""


def kind_of_system(system: str) -> tuple[IdentityKind, str] | None:
    """Find the kind and the domain that a FHIR system or an OID stands for; None if unknown."""
    for kind, names in SYSTEMS.items():
        if system in {names.system, names.oid, f"urn:oid:{names.oid}", *names.also} - {""}:
            return kind, ""
    oid = system.removeprefix("urn:oid:")
    if oid in set(ReserveDomain):
        return IdentityKind.LOCAL_RESERVE, oid
    return None


def kind_label(kind: IdentityKind) -> Text:
    """Name a kind of number in the user's words."""
    return _LABELS[kind]


_LABELS: Mapping[IdentityKind, Text] = MappingProxyType(
    {
        IdentityKind.PERSONNUMMER: _("personnummer"),
        IdentityKind.SAMORDNINGSNUMMER: _("samordningsnummer"),
        IdentityKind.NATIONAL_RESERVE: _("nationellt reservnummer"),
        IdentityKind.LOCAL_RESERVE: _("lokalt reservnummer"),
        IdentityKind.LMA: _("LMA-nummer"),
        IdentityKind.HSA_ID: _("HSA-id"),
        IdentityKind.ORGANISATION_NUMBER: _("organisationsnummer"),
    }
)
