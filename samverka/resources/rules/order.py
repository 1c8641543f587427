"""In which order resources are handed to the rooms: those that others point at come first."""

from __future__ import annotations

ORDER: tuple[str, ...] = (
    "Organization",
    "Location",
    "HealthcareService",
    "Practitioner",
    "PractitionerRole",
    "Patient",
    "Person",
    "RelatedPerson",
    "EpisodeOfCare",
    "Encounter",
    "Appointment",
    "ServiceRequest",
    "Condition",
    "CareTeam",
    "Goal",
    "CarePlan",
    "Consent",
    "Task",
    "Medication",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "DocumentReference",
    "Questionnaire",
    "QuestionnaireResponse",
)
"""Kinds with a place of their own; all others come after, by name."""

_PLACE = {kind: place for place, kind in enumerate(ORDER)}


def place_of(kind: str) -> tuple[int, str]:
    """Sort key of a resource type."""
    return _PLACE.get(kind, len(ORDER)), kind
