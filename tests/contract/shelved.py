"""Medicines and measurements of Karin, read in from a record system."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from samverka.config.registry import REGISTRY
from samverka.resources.operations import run_import
from tests.contract.conftest import Story
from tests.factories.cast import KARINS_NUMBER, Cast

_SUBJECT: dict[str, object] = {"subject": {"reference": "Patient/k"}}


def _weight(day: str, value: float) -> dict[str, object]:
    made: dict[str, object] = {
        "resourceType": "Observation",
        "id": f"w{day}",
        "status": "final",
        "code": {"text": "Vikt"},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value, "unit": "kg"},
    }
    return made | _SUBJECT


def _medicine(name: str, dosage: str, status: str = "active") -> dict[str, object]:
    made: dict[str, object] = {
        "resourceType": "MedicationStatement",
        "id": name.split(" ")[0],
        "status": status,
        "medicationCodeableConcept": {"text": name},
        "dosage": [{"text": dosage}],
        "effectiveDateTime": "2026-11-02",
    }
    return made | _SUBJECT


def fill_shelf(story: Story, medicines: int = 2) -> None:
    """Four weighings, and medicines in use with one that is not."""
    shelve(story.cast, medicines)


def shelve(cast: Cast, medicines: int = 2) -> None:
    """The same for a Karin of any story."""
    number = {"system": KARINS_NUMBER.system, "value": KARINS_NUMBER.value}
    found: list[dict[str, object]] = [
        {
            "resourceType": "Patient",
            "id": "k",
            "identifier": [number],
            "name": [{"family": "Åström", "given": ["Karin"]}],
        },
        _weight("2026-10-01", 62.5),
        _weight("2026-10-15", 61.8),
        _weight("2026-11-01", 60.9),
        _weight("2026-11-18", 60.5),
        _medicine("Gammal medicin", "1 tablett", "stopped"),
        *(_medicine(f"Medicin{n} 5 mg", "1 tablett på morgonen") for n in range(1, medicines + 1)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "karin.ndjson"
        path.write_text("\n".join(json.dumps(one) for one in found))
        run_import(cast.administrator, paths=[path], source="journal", registry=REGISTRY)
