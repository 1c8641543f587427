"""Who sends a Bundle decides what it is, and an app's scopes are held against each entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from samverka.discharge.models import Case
from samverka.people.reads import PersonDetail
from tests.config.bundles.conftest import (
    answers,
    condition,
    kept,
    refusals,
    send,
    statuses,
    weight,
)
from tests.connections.letting import bearer, make_client, make_token
from tests.discharge.feeding import bundle as news
from tests.discharge.feeding import known_by_hsa_id, patient, stay
from tests.factories.cast import NOW, Cast, make_person
from tests.factories.fhir import JSON, FhirClient, told
from tests.resources.bundles.asking import Doc, bundle, entry

ALL = "user/*.cruds"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def app(cast: Cast, karin: PersonDetail, scopes: str) -> dict[str, str]:
    client = make_client(cast.units["health_centre"].id, scopes=scopes)
    return bearer(make_token(client, cast.region_nurse, scopes, person_id=karin.id, at=NOW))


def ask(headers: dict[str, str], *entries: Doc, kind: str = "transaction") -> Any:
    text = bundle(*entries, kind=kind)
    return Client().post("/fhir/R4", text, content_type=JSON, headers=headers)


@pytest.mark.parametrize("scopes", [ALL, "patient/*.cruds", "user/Condition.c user/Observation.cr"])
def test_what_an_app_has_been_let_do_goes_in(cast: Cast, karin: PersonDetail, scopes: str) -> None:
    made = ask(
        app(cast, karin, scopes),
        entry("POST", "Condition", condition(karin)),
        entry("POST", "Observation", weight(karin)),
    )
    assert statuses(made) == ["201", "201"]


@pytest.mark.parametrize(
    "scopes", ["user/Condition.cruds", "user/*.rs", "patient/*.rs user/Condition.c"]
)
def test_one_entry_that_it_has_not_been_let_do_stops_it_all(
    cast: Cast, karin: PersonDetail, scopes: str
) -> None:
    two = [
        entry("POST", "Condition", condition(karin)),
        entry("POST", "Observation", weight(karin)),
    ]
    made = ask(app(cast, karin, scopes), *two)
    assert made.status_code == 403
    assert told(made)[1][0].startswith("Bundle.entry[")
    assert kept() == 0
    in_batch = ask(app(cast, karin, scopes), *two, kind="batch")
    assert statuses(in_batch)[1] == "403"


def test_another_person_than_the_app_was_opened_for(cast: Cast, karin: PersonDetail) -> None:
    other = make_person(cast.region_nurse)
    headers = app(cast, karin, "patient/*.cruds")
    made = ask(
        headers,
        entry("POST", "Condition", condition(karin)),
        entry("POST", "Condition", condition(other)),
    )
    assert made.status_code in (403, 404)
    assert kept() == 0
    reading = ask(
        headers,
        entry("GET", f"Patient/{karin.id}"),
        entry("GET", f"Patient/{other.id}"),
        kind="batch",
    )
    assert statuses(reading) == ["200", "404"] or statuses(reading) == ["200", "403"]


def test_reads_and_changes_need_their_own_letters(
    cast: Cast, karin: PersonDetail, nurse: FhirClient
) -> None:
    place = answers(send(nurse, entry("POST", "Observation", weight(karin))))[0]["response"][
        "location"
    ]
    place = place.partition("/_history")[0]
    one = weight(karin, id=place.split("/")[1], note=[{"text": "x"}])
    three = [entry("GET", place), entry("PUT", place, one), entry("DELETE", place)]
    for scopes, expected in (
        ("user/Observation.r", ["200", "403", "403"]),
        ("user/Observation.u", ["403", "200", "403"]),
        ("user/Observation.rd", ["410", "403", "204"]),
    ):
        assert statuses(ask(app(cast, karin, scopes), *three, kind="batch")) == expected, scopes


# ── news of a record system ──


def test_one_who_only_lets_in_imports_tells_news(cast: Cast, karin: PersonDetail) -> None:
    known_by_hsa_id(cast)
    hospital = FhirClient(cast.administrator)
    text = json.dumps(news(patient(), stay(), kind="transaction"))
    assert hospital.client.post("/fhir/R4", text, content_type=JSON).status_code == 200
    assert Case.objects.count() == 1
    again = hospital.client.post("/fhir/R4/$take-in", text, content_type=JSON)
    assert json.loads(again.content)["type"] == "transaction-response"
    assert Case.objects.count() == 1


def test_one_who_may_not_import_tells_no_news(nurse: FhirClient, karin: PersonDetail) -> None:
    before = refusals()
    text = json.dumps(news(patient(), stay()))
    assert nurse.client.post("/fhir/R4/$take-in", text, content_type=JSON).status_code == 403
    assert refusals() == before + 1
    assert nurse.client.get("/fhir/R4/$take-in").status_code == 405
    assert nurse.client.get("/fhir/R4").status_code == 405
