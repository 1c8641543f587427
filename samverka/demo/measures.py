"""Measurements as a source system would send them: FHIR R4 Observations, one a line (NDJSON).

Codes are LOINC, units UCUM. Values keep the digits they are told with: 71.0 is not 71.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from samverka.demo.script import Measure, Series
from samverka.kernel.identity import IdentityNumber

_LOINC = "http://loinc.org"
_UCUM = "http://unitsofmeasure.org"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


@dataclass(frozen=True, slots=True)
class _Code:
    """What is measured: LOINC code, words, unit as people write it, and its UCUM code."""

    code: str
    words: str
    unit: str
    ucum: str


CODES: dict[Measure, _Code] = {
    Measure.OXYGEN: _Code("59408-5", "Syremättnad med fingermätare", "%", "%"),
    Measure.HEART_RATE: _Code("8867-4", "Puls", "slag/min", "/min"),
    Measure.WEIGHT: _Code("29463-7", "Vikt", "kg", "kg"),
    Measure.GLUCOSE: _Code("15074-8", "Blodsocker", "mmol/l", "mmol/L"),
    Measure.HBA1C: _Code("59261-8", "Långtidsblodsocker, HbA1c", "mmol/mol", "mmol/mol"),
    Measure.NT_PROBNP: _Code("33762-6", "NT-proBNP", "ng/l", "ng/L"),
    Measure.EGFR: _Code("62238-1", "Njurfunktion, eGFR", "ml/min/1,73 m²", "mL/min/{1.73_m2}"),
    Measure.FEV1: _Code("20150-9", "Utandning på en sekund, FEV1", "l", "L"),
}
_PRESSURE = _Code("85354-9", "Blodtryck", "mmHg", "mm[Hg]")
_SYSTOLIC = _Code("8480-6", "Övre blodtryck", "mmHg", "mm[Hg]")
_DIASTOLIC = _Code("8462-4", "Undre blodtryck", "mmHg", "mm[Hg]")


def observations(series: Series, number: IdentityNumber, key: str, today: date) -> Iterator[str]:
    """The series as lines of NDJSON. `key`: whose it is, for the resources' ids."""
    for moment, value in series.values:
        taken = moment.at(today).astimezone(UTC)
        yield json.dumps(_observation(series, number, key, taken, value), ensure_ascii=False)


def _observation(
    series: Series, number: IdentityNumber, key: str, taken: datetime, value: str
) -> dict[str, object]:
    home = series.at_home
    return {
        "resourceType": "Observation",
        "id": f"{key}-{series.measure.value}-{taken:%Y%m%d%H%M}",
        "status": "final",
        "category": [
            {"coding": [{"system": _CATEGORY, "code": "vital-signs" if home else "laboratory"}]}
        ],
        "subject": {"identifier": {"system": number.system, "value": number.value}},
        "effectiveDateTime": taken.isoformat(timespec="seconds"),
        **_what(series.measure, value),
        **({"note": [{"text": "Mätt hemma av personen själv."}]} if home else {}),
    }


def _what(measure: Measure, value: str) -> dict[str, object]:
    if measure is not Measure.BLOOD_PRESSURE:
        return {"code": _coded(CODES[measure]), "valueQuantity": _quantity(CODES[measure], value)}
    parts = zip((_SYSTOLIC, _DIASTOLIC), value.split("/"), strict=True)
    return {
        "code": _coded(_PRESSURE),
        "component": [
            {"code": _coded(code), "valueQuantity": _quantity(code, part)} for code, part in parts
        ],
    }


def _number(text: str) -> int | float:
    """A number that JSON writes with the digits it was told with."""
    found: int | float = float(text) if "." in text else int(text)
    if str(found) != text:
        raise ValueError(f"{text} would be written as {found}")
    return found


def _coded(code: _Code) -> dict[str, object]:
    return {"coding": [{"system": _LOINC, "code": code.code}], "text": code.words}


def _quantity(code: _Code, value: str) -> dict[str, object]:
    return {"value": _number(value), "unit": code.unit, "system": _UCUM, "code": code.ucum}
