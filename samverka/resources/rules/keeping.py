"""What a client may have kept on the shelf: whose it is, and who may see what is about no known person.

Closed by default: a resource is about one person whom the house knows, or its type stands here with the reason why
it need not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from samverka.resources.rules import persons
from samverka.resources.rules.keys import Scope, kind_of
from samverka.resources.rules.persons import ABOUT_NOBODY, Subject
from samverka.resources.rules.receiving import objects


class Whose(StrEnum):
    """Who may see a resource of a type."""

    ALL = "all"  # definitions and directory: all staff
    PROVIDER = (
        "provider"  # one person's if it names one; else within the care provider that wrote it
    )
    PERSON = "person"  # one known person's, or it is not kept


_SEVERAL = "is about several, or about a group"
_PLACE = "belongs to a unit: its times, things and equipment"
_MONEY = "is between organisations; R4 does not ask for a patient"
_SAID = "may be said or asked without a patient"
_ABOUT_OTHERS = "tells of other resources, some of them about nobody"
_LOOSE = "has no subject of its own in R4"

WITHIN: Final[Mapping[str, str]] = {
    "AuditEvent": _ABOUT_OTHERS,
    "Basic": "may stand for anything",
    "Binary": _LOOSE,
    "BiologicallyDerivedProduct": _LOOSE,
    "Bundle": _SEVERAL,
    "CatalogEntry": _LOOSE,
    "Communication": _SAID,
    "CommunicationRequest": _SAID,
    "Contract": _MONEY,
    "DetectedIssue": _ABOUT_OTHERS,
    "Device": _PLACE,
    "DeviceMetric": _PLACE,
    "DocumentManifest": _SEVERAL,
    "EffectEvidenceSynthesis": _LOOSE,
    "EnrollmentRequest": _MONEY,
    "EnrollmentResponse": _MONEY,
    "Group": _SEVERAL,
    "Invoice": _MONEY,
    "Linkage": _SEVERAL,
    "List": _SEVERAL,
    "MeasureReport": _SEVERAL,
    "MessageHeader": _ABOUT_OTHERS,
    "MolecularSequence": _LOOSE,
    "OperationOutcome": _LOOSE,
    "Parameters": _LOOSE,
    "PaymentNotice": _MONEY,
    "PaymentReconciliation": _MONEY,
    "Person": "may be staff, a relative or a patient",
    "Provenance": _ABOUT_OTHERS,
    "RiskEvidenceSynthesis": _LOOSE,
    "Schedule": _PLACE,
    "Slot": _PLACE,
    "Subscription": _LOOSE,
    "SubstanceNucleicAcid": _LOOSE,
    "SubstancePolymer": _LOOSE,
    "SubstanceProtein": _LOOSE,
    "SubstanceReferenceInformation": _LOOSE,
    "SubstanceSourceMaterial": _LOOSE,
    "SupplyDelivery": _PLACE,
    "SupplyRequest": _PLACE,
    "Task": _SAID,
    "TestReport": _LOOSE,
    "VerificationResult": _ABOUT_OTHERS,
}
"""Types that may be about no known person → why. Then only staff of the care provider that wrote it see it."""

SEVERAL: Final = frozenset(kind for kind, reason in WITHIN.items() if reason == _SEVERAL)
"""Types that may name many persons: the writer must have to do with every one of them that is known."""


def whose(kind: str) -> Whose:
    """Who may see a resource of the type."""
    if kind in ABOUT_NOBODY:
        return Whose.ALL
    return Whose.PROVIDER if kind in WITHIN else Whose.PERSON


def named(value: dict[str, Any], kind: str, base: str = "") -> tuple[Subject, ...]:
    """Those whom it says that it is about, without what it merely points at. `base`: our own address."""
    return persons.subjects(value, kind, (), Scope(base))


def place_of_subject(value: Mapping[str, Any], kind: str) -> str:
    """Where it says, or should say, whom it is about."""
    parts = persons.ABOUT_IN_PARTS.get(kind, ("subject",))
    name = next((one for one in persons.ABOUT if one in value), parts[0])
    return f"{kind}.{name}"


def is_about_another_thing(value: Mapping[str, Any]) -> bool:
    """Whether its subject is no person: a place, a device, a group."""
    return any(_kind_named(one, value) not in ("Patient", "") for one in persons.about(value))


def _kind_named(reference: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    literal = str(reference.get("reference", ""))
    if not literal.startswith("#"):
        return kind_of(literal)
    within = (one for one in objects(value.get("contained")) if one.get("id") == literal[1:])
    return str(next(within, {}).get("resourceType", ""))
