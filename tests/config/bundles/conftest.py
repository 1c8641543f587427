"""A nurse with a FHIR client, a person whom she knows, and what becomes of Bundles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.audit.models import Event
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from samverka.resources.rules.keys import CLIENTS
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.factories.fhir import JSON, FhirClient
from tests.resources.bundles.asking import Doc, bundle

PNR = "http://electronichealth.se/identifier/personnummer"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def nurse(cast: Cast, karin: PersonDetail) -> FhirClient:
    return FhirClient(cast.region_nurse)


@pytest.fixture
def stranger(cast: Cast) -> FhirClient:
    return FhirClient(cast.stranger)


def send(client: FhirClient, *entries: Doc, kind: str = "transaction", **headers: str) -> Any:
    """POST a Bundle to the base."""
    return client.client.post(
        "/fhir/R4", bundle(*entries, kind=kind), content_type=JSON, headers=headers
    )


def answers(response: Any) -> list[Doc]:
    """The entries of the answer; it must have gone well."""
    assert response.status_code == 200, response.content
    made: dict[str, Any] = json.loads(response.content)
    assert made["type"] in ("transaction-response", "batch-response")
    found: list[Doc] = made.get("entry", [])
    return found


def statuses(response: Any) -> list[str]:
    """The status of each entry."""
    return [one["response"]["status"][:3] for one in answers(response)]


def places(response: Any) -> list[str]:
    """Type/id of each entry."""
    return [
        one["response"].get("location", "").partition("/_history")[0] for one in answers(response)
    ]


def condition(person: PersonDetail, **more: Any) -> Doc:
    """A diagnosis of the person."""
    subject = {"reference": f"Patient/{person.id}"}
    return {"resourceType": "Condition", "subject": subject, "code": {"text": "Hjärtsvikt"}} | more


def weight(person: PersonDetail, **more: Any) -> Doc:
    """A measured weight of the person."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Vikt"},
        "subject": {"reference": f"Patient/{person.id}"},
    } | more


def kept() -> int:
    """How many resources clients have had kept."""
    return int(Resource.objects.filter(source=CLIENTS).count())


def refusals() -> int:
    """Lines of refusals in the trail."""
    return int(Event.objects.filter(outcome__gt=0).count())
