"""What a hospital's own system sends, and those who send it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from samverka.config.feed import feed
from samverka.discharge.models import Case
from samverka.kernel.actor import Actor
from samverka.organisations import operations as organisations
from samverka.web.exchange import Fed, FedEntry
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, system

PNR = "http://electronichealth.se/identifier/personnummer"
HSA = "urn:oid:1.2.752.29.4.19"
PLANNED_END = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate"
INFORMS = "https://samverka.example/fhir/StructureDefinition/encounter-informs"

HSA_IDS = {
    "ward": "SE2321000172-1001",
    "surgery": "SE2321000172-1002",
    "health_centre": "SE2321000172-1003",
    "assessment": "SE2120002825-2001",
}

ADMITTED = NOW - timedelta(hours=6)


def known_by_hsa_id(cast: Cast) -> None:
    """The units get the names that the national catalogue has for them."""
    for key, hsa_id in HSA_IDS.items():
        unit = cast.units[key]
        organisations.register_unit(
            system(), provider_id=unit.provider_id, name=unit.name, kind=unit.kind, hsa_id=hsa_id,
            municipality_code=unit.municipality_code, town=unit.town, phone=unit.phone,
            phone_hours=unit.phone_hours,
        )  # fmt: skip


def patient(number: str = "", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": "karin",
        "identifier": [{"system": PNR, "value": number or KARINS_NUMBER.value}],
        "name": [{"family": "Åström", "given": ["Karin"]}],
        "birthDate": "1942-03-11",
        **more,
    }


def place(key: str) -> dict[str, Any]:
    """A reference to a unit by its HSA-id."""
    return {"identifier": {"system": HSA, "value": HSA_IDS.get(key, key)}, "display": key}


def stay(
    status: str = "in-progress",
    *,
    at: str = "ward",
    start: datetime | None = ADMITTED,
    end: datetime | None = None,
    estimated: str = "",
    updated: datetime | None = None,
    informs: tuple[str, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """An Encounter of one who is admitted."""
    found: dict[str, Any] = {
        "resourceType": "Encounter",
        "id": "vt-1",
        "status": status,
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": "Patient/karin"},
        "serviceProvider": place(at),
    }
    period = {
        name: one.isoformat() for name, one in (("start", start), ("end", end)) if one is not None
    }
    extensions: list[dict[str, Any]] = (
        [{"url": PLANNED_END, "valueDateTime": estimated}] if estimated else []
    )
    extensions += [{"url": INFORMS, "valueReference": place(one)} for one in informs]
    if period:
        found["period"] = period
    if extensions:
        found["extension"] = extensions
    if updated:
        found["meta"] = {"lastUpdated": updated.isoformat()}
    return found | more


PHYSICIAN = [
    {
        "type": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                        "code": "ATND",
                    }
                ]
            }
        ],
        "individual": {"display": "Per Överläkare"},
    }
]


def bundle(*resources: dict[str, Any], kind: str = "batch") -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [
            {
                "resource": one,
                "request": {"method": "PUT", "url": f"{one['resourceType']}/{one.get('id', '')}"},
            }
            for one in resources
        ],
    }


class System:
    """The hospital's own system: an administrator's log-in at a unit of the region."""

    def __init__(self, cast: Cast) -> None:
        self.actor: Actor = cast.administrator

    def at(self, moment: datetime) -> System:
        self.actor = replace(self.actor, at=moment)
        return self

    def sends(self, *resources: dict[str, Any], kind: str = "batch") -> Fed:
        self.actor = replace(self.actor, at=self.actor.at + timedelta(seconds=1))
        return feed(self.actor, json.dumps(bundle(*resources, kind=kind)).encode())

    def tells(self, *resources: dict[str, Any]) -> FedEntry:
        """Send, and what became of the last one."""
        return self.sends(*resources).entries[-1]


def case_now() -> Any:
    """The only case that there is, as its row says; None for none."""
    return Case.objects.first()
