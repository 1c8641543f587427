"""A kept resource in a few words: what, when, how much. For lists; the whole stands in its text. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from samverka.kernel.text import Text
from samverka.kernel.text import text as _
from samverka.resources.rules.receiving import Content, objects

KIND_WORDS: dict[str, Text] = {
    "AllergyIntolerance": _("Överkänslighet"),
    "Appointment": _("Bokad tid"),
    "AuditEvent": _("Loggrad"),
    "Binary": _("Fil"),
    "Bundle": _("Dokument"),
    "CarePlan": _("Plan"),
    "CareTeam": _("Vårdteam"),
    "Claim": _("Ersättningskrav"),
    "ClinicalImpression": _("Bedömning"),
    "Communication": _("Meddelande"),
    "Composition": _("Dokument"),
    "Condition": _("Diagnos eller problem"),
    "Consent": _("Samtycke"),
    "Device": _("Hjälpmedel eller utrustning"),
    "DeviceRequest": _("Beställning av hjälpmedel"),
    "DeviceUseStatement": _("Använt hjälpmedel"),
    "DiagnosticReport": _("Svar på undersökning"),
    "DocumentReference": _("Dokument"),
    "Encounter": _("Besök eller vårdtillfälle"),
    "EpisodeOfCare": _("Vårdperiod"),
    "ExplanationOfBenefit": _("Ersättningsbesked"),
    "FamilyMemberHistory": _("Sjukdom i släkten"),
    "Flag": _("Varning"),
    "Goal": _("Mål"),
    "ImagingStudy": _("Bildundersökning"),
    "Immunization": _("Vaccination"),
    "List": _("Lista"),
    "Media": _("Bild eller ljud"),
    "MedicationAdministration": _("Givet läkemedel"),
    "MedicationDispense": _("Uthämtat läkemedel"),
    "MedicationRequest": _("Ordinerat läkemedel"),
    "MedicationStatement": _("Läkemedel som används"),
    "NutritionOrder": _("Kostordination"),
    "Observation": _("Mätning eller iakttagelse"),
    "Patient": _("Personuppgifter"),
    "Procedure": _("Åtgärd"),
    "Provenance": _("Uppgift om ursprung"),
    "QuestionnaireResponse": _("Ifyllt formulär"),
    "RelatedPerson": _("Närstående"),
    "RiskAssessment": _("Riskbedömning"),
    "ServiceRequest": _("Remiss eller beställning"),
    "Specimen": _("Prov"),
    "Task": _("Uppgift"),
    "VisionPrescription": _("Glasögonrecept"),
}
"""Names of the types that a person's record holds; the others are shown by FHIR's name."""


def kind_words(kind: str) -> str:
    """The type in the reader's words."""
    return KIND_WORDS.get(kind, kind)


_NAMED_BY = (
    "code", "medicationCodeableConcept", "medicationReference", "vaccineCode", "title", "type",
    "name", "description", "serviceType", "category", "class", "scope", "relationship",
)  # fmt: skip
"""Elements that say what a resource is about, the telling ones first."""


def title_of(content: Content) -> str:
    """What it is about; "" if it does not say."""
    return next(
        filter(None, (_words(content.get(name)) for name in _NAMED_BY)), _words(_text_of(content))
    )


def _text_of(content: Content) -> object:
    return content.get("questionnaire") or content.get("status")


def _words(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    for one in objects(value):
        for name in ("text", "display"):
            if isinstance(one.get(name), str) and one[name].strip():
                return str(one[name]).strip()
        for coding in objects(one.get("coding")):
            if coding.get("display") or coding.get("code"):
                return str(coding.get("display") or coding.get("code"))
    return ""


_TIMED_BY = (
    "effectiveDateTime", "effectivePeriod", "effectiveInstant", "performedDateTime",
    "performedPeriod", "occurrenceDateTime", "occurrencePeriod", "onsetDateTime", "period", "start",
    "startDate", "authoredOn", "authored", "recordedDate", "recorded", "whenHandedOver", "date",
    "started", "issued", "dateTime", "sent", "created", "dateAsserted",
)  # fmt: skip


def when_of(content: Content) -> str:
    """When it was, as FHIR writes it ("2026-05" is a whole month); "" if it does not say."""
    for name in _TIMED_BY:
        value = content.get(name)
        if isinstance(value, Mapping):
            value = value.get("start") or value.get("end")
        if isinstance(value, str) and value[:4].isdigit():
            return value
    return ""


def value_of(content: Content) -> str:
    """The measured or noted value, with all its digits and its unit; "" if there is none."""
    parts = [(_words(part.get("code")), _value(part)) for part in objects(content.get("component"))]
    shown = [_value(content), *(f"{name} {value}".strip() for name, value in parts if value)]
    return ", ".join(filter(None, shown)) or _words(content.get("dataAbsentReason"))


def _value(content: Content) -> str:
    for name, value in content.items():
        if name.startswith("value") and name[5:6].isupper():
            return _shown(name[5:], value)
    return ""


def _shown(kind: str, value: Any) -> str:
    match kind:
        case "Quantity":
            return _quantity(value)
        case "Range":
            return "–".join(
                filter(None, [_quantity(value.get("low")), _quantity(value.get("high"))])
            )
        case "Ratio":
            sides = [_quantity(value.get("numerator")), _quantity(value.get("denominator"))]
            return " / ".join(filter(None, sides))
        case "Boolean":
            return _("Ja") if value else _("Nej")
        case "Period":
            return " – ".join(str(value[end]) for end in ("start", "end") if value.get(end))
        case "SampledData":
            return _("mätkurva")
        case _:
            return number(value) if isinstance(value, Decimal | int) else _words(value)


def _quantity(value: object) -> str:
    if not isinstance(value, Mapping) or "value" not in value:
        return ""
    unit = value.get("unit") or value.get("code") or ""
    return f"{value.get('comparator', '')}{number(value['value'])} {unit}".strip()


def number(value: Decimal | int) -> str:
    """A number as Swedes write it, with the digits it was sent with: 72,50."""
    digits = format(value, "f") if isinstance(value, Decimal) else str(value)
    return digits.replace(".", ",").replace("-", "−")


# ── measured numbers and medicines ──


def number_of(content: Content) -> tuple[Decimal, str] | None:
    """The measured number and its unit, for a curve; of several (blood pressure) the first."""
    for one in (content, *objects(content.get("component"))):
        quantity = one.get("valueQuantity")
        if isinstance(quantity, Mapping) and isinstance(quantity.get("value"), Decimal | int):
            return Decimal(quantity["value"]), str(quantity.get("unit") or "")
    return None


MEDICINES = ("MedicationStatement", "MedicationRequest")
"""Types that say what the person takes, or has been ordered to take."""

_TAKEN = frozenset({"active", "intended", "unknown"})
"""Statuses of a medicine that is in use, or about to be; the others are history or mistakes."""


def is_taken(content: Content) -> bool:
    """Whether a medicine is in use, as far as the source says."""
    return str(content.get("status", "unknown")) in _TAKEN


def medicine_of(content: Content) -> str:
    """The name of the medicine; one that is sent along inside is looked up there. "" if it is not named."""
    named = _words(content.get("medicationCodeableConcept"))
    reference = content.get("medicationReference")
    if named or not isinstance(reference, Mapping):
        return named
    inside = str(reference.get("reference", "")).removeprefix("#")
    for one in objects(content.get("contained")):
        if inside and one.get("id") == inside:
            return _words(one.get("code"))
    return str(reference.get("display", "")).strip()


def dosage_of(content: Content) -> str:
    """How the medicine is taken, in the words of the one who ordered it; "" if it is only in codes."""
    for name in ("dosage", "dosageInstruction"):
        for one in objects(content.get(name)):
            for words in (one.get("patientInstruction"), one.get("text")):
                if isinstance(words, str) and words.strip():
                    return words.strip()
    return ""
