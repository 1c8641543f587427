"""Whose a resource is: the keys of the patients it is about, and the types that are about nobody.

Closed by default: only a type in `ABOUT_NOBODY` may be shown without a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from samverka.resources.rules.keys import (
    UNKNOWN,
    Scope,
    base_of,
    identifier_key,
    key_of,
    kind_of,
    target_of,
)
from samverka.resources.rules.receiving import Content, objects
from samverka.resources.rules.references import Ref

_NOBODY = (
    "ActivityDefinition CapabilityStatement ChargeItemDefinition CodeSystem CompartmentDefinition "
    "ConceptMap DeviceDefinition Endpoint EventDefinition Evidence EvidenceVariable "
    "ExampleScenario GraphDefinition HealthcareService ImplementationGuide InsurancePlan Library "
    "Location Measure Medication MedicationKnowledge MessageDefinition NamingSystem "
    "ObservationDefinition OperationDefinition Organization OrganizationAffiliation PlanDefinition "
    "Practitioner PractitionerRole Questionnaire ResearchDefinition ResearchElementDefinition "
    "ResearchStudy SearchParameter SpecimenDefinition StructureDefinition StructureMap Substance "
    "SubstanceSpecification TerminologyCapabilities TestScript ValueSet MedicinalProduct "
    "MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication "
    "MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured "
    "MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect"
)
ABOUT_NOBODY = frozenset(_NOBODY.split())
"""Definitions, organisation and staff: outside R4's Patient compartment, no patient in them."""

ABOUT = ("subject", "patient", "for", "beneficiary", "candidate", "individual", "securityContext")
"""Elements that name the one whom the resource is about, in the types that have them."""

ABOUT_IN_PARTS = {
    "Appointment": ("participant", "actor"),
    "AppointmentResponse": ("actor",),
    "AuditEvent": ("entity", "what"),
    "Group": ("member", "entity"),
    "Person": ("link", "target"),
    "Schedule": ("actor",),
}


Subject = tuple[str, ...]
"""One whom a resource is about: keys that all mean the same person (several numbers of one)."""


def subjects(
    value: dict[str, Any], kind: str, references: Iterable[Ref], scope: Scope
) -> tuple[Subject, ...]:
    """Those whom the resource is about: patients, or things that belong to a patient.

    If the usual elements name no patient, everything that it points at and that can belong to a
    patient counts: better two too many, who keep it hidden, than one who is not asked.
    """
    if kind == "Patient" or kind in ABOUT_NOBODY:
        return ()
    if kind == "Bundle":
        return _unique(_in_bundle(value, scope))
    found = [keys for one in _told(value, kind) if (keys := _keys(one, value, scope))]
    if not found:
        found = [(ref.key,) for ref in references if ref.key and _may_belong(ref.key)]
    return _unique(found)


def _may_belong(key: str) -> bool:
    return kind_of(key) not in ABOUT_NOBODY | {"Group", "Device", "RelatedPerson"}


def named_by_number(found: tuple[Subject, ...]) -> bool:
    """Whether somebody is named by an identifier only."""
    return any("?identifier=" in key for keys in found for key in keys)


def _unique(found: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple(dict.fromkeys(found))


def _in_bundle(bundle: dict[str, Any], scope: Scope) -> Iterator[Subject]:
    """A kept Bundle is about everybody in it."""
    for entry in objects(bundle.get("entry", [])):
        resource, full_url = entry.get("resource"), entry.get("fullUrl", "")
        if not isinstance(resource, dict) or not isinstance(full_url, str):
            continue
        inner = replace(scope, entry_base=base_of(full_url))
        if resource.get("resourceType") == "Patient":
            yield (key_of("Patient", str(resource.get("id", "")), full_url, scope.base, b""),)
        yield from subjects(resource, str(resource.get("resourceType")), (), inner)


def about(value: Content) -> Iterator[Content]:
    """The references in the elements that name the one, or the thing, that it is about."""
    for name in ABOUT:
        if name in value:
            yield from objects(value[name])


def _told(value: dict[str, Any], kind: str) -> Iterator[Content]:
    yield from about(value)
    names = ABOUT_IN_PARTS.get(kind)
    if names:
        yield from _at(value, names)


def _at(value: object, names: tuple[str, ...]) -> Iterator[Content]:
    for one in objects(value):
        if not names:
            yield one
        elif names[0] in one:
            yield from _at(one[names[0]], names[1:])


def _keys(reference: Content, value: dict[str, Any], scope: Scope) -> Subject:
    literal, logical = reference.get("reference"), reference.get("identifier")
    if isinstance(literal, str) and literal.startswith("#"):
        return _contained_patient(value, literal[1:])
    if isinstance(literal, str):
        key = target_of(literal, scope)
        return (key,) if key and kind_of(key) in ("Patient", "") else ()
    if isinstance(logical, dict) and reference.get("type", "Patient") == "Patient":
        return _numbers([logical])
    return ()


def _contained_patient(value: dict[str, Any], local_id: str) -> Subject:
    """The patient lies inside: only its identity numbers can tell who it is."""
    for one in objects(value.get("contained", [])):
        if one.get("id") == local_id and one.get("resourceType") == "Patient":
            return _numbers(one.get("identifier", [])) or (UNKNOWN,)
    return ()


def _numbers(identifiers: object) -> Subject:
    return tuple(
        identifier_key("Patient", one["system"], one["value"])
        for one in objects(identifiers)
        if isinstance(one.get("system"), str) and isinstance(one.get("value"), str)
    )


def is_subject(kind: str, names: tuple[str, ...]) -> bool:
    """Whether what stands under these names says whom a resource of the type is about."""
    return names in [(one,) for one in ABOUT] or names == ABOUT_IN_PARTS.get(kind)
