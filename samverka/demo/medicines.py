"""Lists of medicines as a source system would send them: FHIR R4 MedicationStatements, one a line (NDJSON).

Substances have the WHO's ATC codes. The lists are invented; strengths and how things are taken are
ordinary ones, as in the public product texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from samverka.demo.script import Medicine, Medicines
from samverka.kernel.identity import IdentityNumber

_ATC = "http://www.whocc.no/atc"


def statements(told: Medicines, number: IdentityNumber, key: str, today: date) -> Iterator[str]:
    """The list as lines of NDJSON. `key`: whose it is, for the resources' ids."""
    for line in told.lines:
        yield json.dumps(_statement(line, number, key, today), ensure_ascii=False)


def _statement(line: Medicine, number: IdentityNumber, key: str, today: date) -> dict[str, object]:
    return {
        "resourceType": "MedicationStatement",
        "id": f"{key}-{line.atc.lower()}",
        "status": "completed" if line.stopped else "active",
        "medicationCodeableConcept": {
            "coding": [{"system": _ATC, "code": line.atc}],
            "text": line.name,
        },
        "subject": {"identifier": {"system": number.system, "value": number.value}},
        "effectiveDateTime": line.since.on(today).isoformat(),
        "dosage": [{"text": line.dosage}],
    }
