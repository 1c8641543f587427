"""Clients in Python that others have written do their work against our server over HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fhirclient.client import FHIRClient
from fhirclient.models.bundle import Bundle
from fhirclient.models.observation import Observation
from fhirclient.models.patient import Patient
from fhirpy import SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from tests.clients.stage import Stage


def weight(patient: str, kilos: float, **more: Any) -> dict[str, Any]:
    return {
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Vikt"},
        "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {
            "value": kilos,
            "unit": "kg",
            "system": "http://unitsofmeasure.org",
            "code": "kg",
        },
    } | more


def whole(patient: str, kilos: float) -> dict[str, Any]:
    return {"resourceType": "Observation", **weight(patient, kilos)}


def test_fhirpy_reads_searches_writes_and_counts(stage: Stage) -> None:
    client = SyncFHIRClient(stage.base, authorization=f"Bearer {stage.token}")
    read = client.reference("Patient", stage.patient).to_resource()
    assert read.id == stage.patient

    made = client.resource("Observation", **weight(stage.patient, 72.5))
    made.create()
    assert made.id
    found = client.resources("Observation").search(patient=stage.patient, code="29463-7")
    assert [one.id for one in found.fetch()] == [made.id]
    assert found.count() == 1  # asks with _count=0 and leans on total

    made["status"] = "amended"
    made.update()
    assert made.meta.versionId != "1"
    again = client.reference("Observation", made.id).to_resource()
    assert again["status"] == "amended"

    made.delete()
    with pytest.raises((ResourceNotFound, OperationOutcome)):
        client.reference("Observation", made.id).to_resource()


def test_fhirpy_sends_a_transaction(stage: Stage) -> None:
    client = SyncFHIRClient(stage.base, authorization=f"Bearer {stage.token}")
    entries = [
        {
            "resource": whole(stage.patient, kilos),
            "request": {"method": "POST", "url": "Observation"},
        }
        for kilos in (70, 71, 72)
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    done = client.execute("", method="post", data=bundle)
    assert [one["response"]["status"][:3] for one in done["entry"]] == ["201"] * 3
    assert client.resources("Observation").search(patient=stage.patient).count() == 3


def launched(stage: Stage) -> FHIRClient:
    """fhirclient after a standalone launch: it reads `metadata`, sends the user to say yes, and takes its code."""
    smart = FHIRClient(
        settings={
            "app_id": stage.app,
            "api_base": stage.base,
            "redirect_uri": stage.redirect,
            "scope": "launch/patient openid fhirUser user/*.cruds",
        }
    )
    came_back = stage.say_yes(smart.authorize_url)
    assert parse_qs(urlsplit(came_back).query).keys() >= {"code", "state"}
    smart.handle_callback(came_back)
    assert smart.ready
    return smart


def test_fhirclient_is_launched_and_works(stage: Stage) -> None:
    smart = launched(stage)
    assert smart.patient_id == stage.patient
    assert Patient.read(stage.patient, smart.server).id == stage.patient

    answer = Observation(weight(stage.patient, 72.5)).create(smart.server)
    assert answer["resourceType"] == "Observation"
    found = Observation.where({"patient": stage.patient, "code": "29463-7"}).perform_resources_iter(
        smart.server
    )
    found = list(found)
    assert [one.id for one in found] == [answer["id"]]
    one = found[0]
    assert Decimal(str(one.valueQuantity.value)) == Decimal("72.5")
    one.status = "amended"
    assert one.update(smart.server)["status"] == "amended"

    entries = [
        {"resource": whole(stage.patient, 71), "request": {"method": "POST", "url": "Observation"}}
    ]
    bundle = Bundle({"resourceType": "Bundle", "type": "transaction", "entry": entries})
    done = smart.server.post_json("", bundle.as_json()).json()
    assert done["entry"][0]["response"]["status"].startswith("201")
    one.delete(smart.server)
