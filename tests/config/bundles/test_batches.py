"""A batch through the API: each by itself, as the same request alone would be."""

from __future__ import annotations

from uuid import uuid4

from samverka.people.reads import PersonDetail
from samverka.resources.rules.validation import validate
from tests.config.bundles.conftest import (
    answers,
    condition,
    kept,
    places,
    refusals,
    send,
    statuses,
    weight,
)
from tests.factories.fhir import FhirClient
from tests.resources.bundles.asking import entry


def test_one_that_is_refused_does_not_stop_the_others(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    bad = weight(karin) | {"status": "nonsense"}
    made = send(
        nurse,
        entry("POST", "Observation", bad),
        entry("POST", "Condition", condition(karin)),
        entry("GET", f"Condition/{uuid4()}"),
        entry("SPAM", "Condition"),
        {"request": {"method": "GET", "url": f"Patient/{karin.id}"}},
        kind="batch",
    )
    assert statuses(made) == ["400", "201", "404", "400", "200"]
    assert validate(made.content) == []
    outcome = answers(made)[0]["response"]["outcome"]
    assert outcome["issue"][0]["expression"] == ["Bundle.entry[0].resource.status"]
    assert answers(made)[4]["resource"]["id"] == str(karin.id)
    assert kept() == 1


def test_each_refusal_is_in_the_trail(
    stranger: FhirClient, nurse: FhirClient, karin: PersonDetail
) -> None:
    stranger.post(condition(karin))
    stranger.get(f"Patient/{karin.id}")
    alone = refusals()
    two = [entry("POST", "Condition", condition(karin)), entry("GET", f"Patient/{karin.id}")]
    made = send(stranger, *two, kind="batch")
    assert all(one in ("403", "404") for one in statuses(made))
    assert refusals() == 2 * alone


def test_searches_versions_and_conditions(nurse: FhirClient, karin: PersonDetail) -> None:
    [place] = places(send(nurse, entry("POST", "Observation", weight(karin)), kind="batch"))
    made = send(
        nurse,
        entry("GET", f"{place}/_history/1"),
        entry("GET", place, ifNoneMatch='W/"1"'),
        entry("GET", f"{place}/_history"),
        entry("GET", "metadata"),
        entry("GET", "Nonsense?name=x"),
        kind="batch",
    )
    assert statuses(made) == ["200", "304", "200", "200", "400"]
    assert "resource" not in answers(made)[1]


def test_an_empty_batch(nurse: FhirClient) -> None:
    assert answers(send(nurse, kind="batch")) == []
