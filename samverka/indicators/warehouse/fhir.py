"""FHIR R4 → facts: codes, days and numbers out of resources; never words. Pure.

The same rules read what lies on the shelf and what a county hands over as NDJSON. What a resource does
not say stays empty; one that says too little to be a fact gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from samverka.kernel.calendar import SWEDEN

Content = Mapping[str, Any]

LOINC: Final = "http://loinc.org"
ATC: Final = "http://www.whocc.no/atc"
ICD: Final = ("http://hl7.org/fhir/sid/icd-10", "urn:oid:1.2.752.116.1.1.1")
"""ICD-10 in FHIR, and ICD-10-SE by its OID (the end of it may name an edition)."""

IN_PATIENT: Final = frozenset({"IMP", "ACUTE", "NONAC", "OBSENC"})
_WAYS: Final = MappingProxyType({"HH": "home", "VR": "video", "AMB": "clinic", "EMER": "clinic"})
_DONE: Final = frozenset({"finished", "in-progress", "onleave", "arrived", "triaged"})
_GIVEN: Final = frozenset({"active", "completed", "on-hold", "stopped", "intended"})
_SCORES: Final = frozenset({"total", "score", "sum", "summa", "totalscore"})
_NEVER: Final = frozenset({"entered-in-error", "cancelled", "unknown"})

AREAS: Final = MappingProxyType(
    {
        "73830-2": "fall",  # LOINC: fall risk assessment
        "55758-7": "mood",  # LOINC: PHQ-2, total score
        "44261-6": "mood",  # LOINC: PHQ-9, total score
        "70274-6": "mood",  # LOINC: GAD-7, total score
        "downton": "fall",
        "dfri": "fall",
        "mna": "nutrition",
        "mna-sf": "nutrition",
        "norton": "skin",
        "rbt": "skin",
        "braden": "skin",
        "roag": "mouth",
        "phq-9": "mood",
        "gds": "mood",
        "madrs": "mood",
        "adl": "function",
    }
)
"""Instrument, by LOINC code or its own name → what it is about; others are "other"."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one resource says. `part`: which of several rows; `subject`, `unit`: references as they stand."""

    fact: str
    row: dict[str, object]
    part: str = ""
    subject: str = ""
    unit: str = ""
    key_columns: dict[str, str] = field(default_factory=dict)


def taken(content: Content) -> Iterator[Taken]:
    """The facts in a resource; none where it says too little, or never happened."""
    if content.get("status") in _NEVER:
        return
    match content.get("resourceType"):
        case "Encounter":
            yield from _encounter(content)
        case "Observation":
            yield from _observation(content)
        case "QuestionnaireResponse":
            yield from _answers(content)
        case "MedicationStatement" | "MedicationRequest":
            yield from _drug(content)
        case _:
            return


def subject_of(content: Content) -> str:
    """Whom it is about, as the resource refers to it."""
    for name in ("subject", "patient"):
        part = content.get(name)
        if isinstance(part, Mapping):
            return str(part.get("reference") or "")
    return ""


# ── by type ──


def _encounter(content: Content) -> Iterator[Taken]:
    period = _part(content, "period")
    first, last = day_of(period.get("start")), day_of(period.get("end"))
    if first is None or content.get("status") not in _DONE:
        return
    code = str(_part(content, "class").get("code") or "")
    own: dict[str, object] = {"diagnosis": _diagnosis(content)}
    whose, unit = subject_of(content), _reference(content, "serviceProvider")
    name = str(content.get("id") or "")
    if code in IN_PATIENT:
        own |= {"admitted_on": first, "discharged_on": last}
        yield Taken("stay", own, subject=whose, unit=unit, key_columns={"stay_key": name})
    else:
        level = "emergency" if code == "EMER" else None
        own |= {"happened_on": first, "way": _WAYS.get(code), "level": level}
        yield Taken("contact", own, subject=whose, unit=unit, key_columns={"contact_key": name})


def _observation(content: Content) -> Iterator[Taken]:
    when = content.get("effectiveDateTime") or _part(content, "effectivePeriod").get("start")
    day = day_of(when)
    if day is None:
        return
    survey = "survey" in _categories(content)
    outside = _outside(content)
    for number, part in enumerate([content, *_list(content, "component")]):
        code = code_of(_part(part, "code"), LOINC)
        quantity = _part(part, "valueQuantity")
        value = _number(quantity.get("value"))
        value = _number(part.get("valueInteger")) if value is None else value
        if not code or value is None:
            continue
        name, whose = str(number) if number else "", subject_of(content)
        if survey:
            yield Taken("assessment", _scored(code, day, value, outside), name, whose)
        else:
            yield Taken(
                "measurement",
                {
                    "code": code,
                    "measured_on": day,
                    "value": value,
                    "value_unit": quantity.get("code") or quantity.get("unit"),
                    "at_home": _by_the_person(content),
                    "outside": outside,
                },
                name,
                whose,
            )


def _answers(content: Content) -> Iterator[Taken]:
    day = day_of(content.get("authored"))
    name = str(content.get("questionnaire") or "").partition("|")[0].rstrip("/").rpartition("/")[2]
    if day and name and content.get("status") in ("completed", "amended"):
        score = next(_totals(_list(content, "item")), None)
        yield Taken("assessment", _scored(name, day, score, None), subject=subject_of(content))


def _drug(content: Content) -> Iterator[Taken]:
    code = code_of(_part(content, "medicationCodeableConcept"), ATC)
    period = _part(content, "effectivePeriod") or _part(
        _part(content, "dispenseRequest"), "validityPeriod"
    )
    since = day_of(
        period.get("start") or content.get("effectiveDateTime") or content.get("authoredOn")
    )
    if code is None or since is None or content.get("status") not in _GIVEN:
        return
    if content.get("intent", "order") != "order":  # a proposal or a plan is no drug yet
        return
    doses = _list(content, "dosage") or _list(content, "dosageInstruction")
    row: dict[str, object] = {
        "atc": code,
        "since": since,
        "until": day_of(period.get("end")),
        "as_needed": any(one.get("asNeededBoolean") for one in doses) if doses else None,
    }
    yield Taken("drug", row, subject=subject_of(content))


def _scored(name: str, day: date, score: float | None, at_risk: bool | None) -> dict[str, object]:
    return {
        "instrument": name,
        "area": AREAS.get(name.lower(), "other"),
        "assessed_on": day,
        "score": None if score is None else round(score),
        "at_risk": at_risk,
    }


# ── out of a resource ──


def day_of(text: object) -> date | None:
    """The Swedish day of a FHIR date or moment; None for a month, a year, or what is neither."""
    if not isinstance(text, str) or len(text) < 10:
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(SWEDEN) if moment.tzinfo else moment).date()


def code_of(concept: Content, system: str) -> str | None:
    """The code of one system in a CodeableConcept."""
    for one in _list(concept, "coding"):
        if str(one.get("system") or "").startswith(system) and one.get("code"):
            return str(one["code"])
    return None


def _diagnosis(content: Content) -> str | None:
    for concept in _list(content, "reasonCode"):
        for system in ICD:
            if code := code_of(concept, system):
                return code.replace(".", "").upper()
    return None


def _categories(content: Content) -> set[str]:
    return {
        str(coding.get("code"))
        for concept in _list(content, "category")
        for coding in _list(concept, "coding")
    }


def _outside(content: Content) -> bool | None:
    """By the interpretation: N is within, the rest of those below are outside."""
    codes = {
        str(coding.get("code"))
        for concept in _list(content, "interpretation")
        for coding in _list(concept, "coding")
    }
    if codes & {"H", "L", "HH", "LL", "A", "AA", "HU", "LU"}:
        return True
    return False if "N" in codes else None


def _by_the_person(content: Content) -> bool | None:
    """The person measured it, as far as the resource says who did."""
    performers = [str(one.get("reference") or "") for one in _list(content, "performer")]
    return any("Patient/" in one for one in performers) if performers else None


def _totals(items: list[Content]) -> Iterator[float]:
    for item in items:
        if str(item.get("linkId") or "").lower() in _SCORES:
            for answer in _list(item, "answer"):
                value = _number(answer.get("valueInteger", answer.get("valueDecimal")))
                if value is not None:
                    yield value
        yield from _totals(_list(item, "item"))


def _number(value: object) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


def _part(content: Content, name: str) -> Content:
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def _list(content: Content, name: str) -> list[Content]:
    found = content.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _reference(content: Content, name: str) -> str:
    part = _part(content, name)
    identifier = _part(part, "identifier")
    return str(identifier.get("value") or part.get("reference") or "")
