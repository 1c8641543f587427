"""A transaction through the API: all or nothing, under the names that hold here, and the trail of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.audit.models import Event
from samverka.people.reads import PersonDetail
from samverka.resources.rules.bundles import MAX_ENTRIES
from samverka.resources.rules.validation import validate
from tests.config.bundles.conftest import (
    PNR,
    answers,
    condition,
    kept,
    places,
    refusals,
    send,
    statuses,
    weight,
)
from tests.factories.cast import KARINS_NUMBER, Cast
from tests.factories.fhir import JSON, FhirClient, issues, told
from tests.resources.bundles.asking import Doc, bundle, entry

URN = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
OTHER = "urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059"


def test_what_names_each_other_comes_in_together(nurse: FhirClient, karin: PersonDetail) -> None:
    made = send(
        nurse,
        entry("POST", "Observation", weight(karin, focus=[{"reference": URN}]), OTHER),
        entry(
            "POST",
            "Condition",
            condition(karin, evidence=[{"detail": [{"reference": OTHER}]}]),
            URN,
        ),
    )
    assert statuses(made) == ["201", "201"]
    assert validate(made.content) == []
    first, second = places(made)
    assert nurse.read(first)[0]["focus"] == [{"reference": second}]
    assert nurse.read(second)[0]["evidence"] == [{"detail": [{"reference": first}]}]
    response = answers(made)[0]["response"]
    assert response["etag"] == 'W/"1"'
    assert response["location"] == f"{first}/_history/1"
    assert response["lastModified"] == nurse.read(first)[0]["meta"]["lastUpdated"]


def test_no_other_letter_changes(nurse: FhirClient, karin: PersonDetail) -> None:
    one = weight(karin, focus=[{"reference": URN}])
    text = json.dumps(one)[:-1] + ',  "valueQuantity" : {"value":72.50, "unit":"\\u006bg"}}'
    whole = bundle(entry("POST", "Condition", condition(karin), URN)).decode()[:-2]
    whole += ', {"resource": ' + text + ', "request": {"method": "POST", "url": "Observation"}}]}'
    made = nurse.client.post("/fhir/R4", whole, content_type=JSON)
    disease, measured = places(made)
    found = nurse.get(measured).content.decode()
    assert ',  "valueQuantity" : {"value":72.50, "unit":"\\u006bg"}}' in found
    assert f'"focus": [{{"reference": "{disease}"}}]' in found


def test_all_or_nothing(nurse: FhirClient, karin: PersonDetail) -> None:
    bad = weight(karin) | {"status": "nonsense"}
    made = send(
        nurse, entry("POST", "Condition", condition(karin)), entry("POST", "Observation", bad)
    )
    assert told(made) == (400, ["Bundle.entry[1].resource.status"])
    assert kept() == 0


def test_one_who_may_not_rolls_it_all_back_and_it_is_in_the_trail(
    nurse: FhirClient, stranger: FhirClient, karin: PersonDetail
) -> None:
    before = refusals()
    organisation = {"resourceType": "Medication", "code": {"text": "Alvedon"}}
    made = send(
        stranger,
        entry("POST", "Medication", organisation),
        entry("POST", "Condition", condition(karin)),
    )
    assert made.status_code in (403, 404), made.content
    assert told(made)[1] == ["Bundle.entry[1].resource.subject"] or told(made)[1] == [
        "Bundle.entry[1]"
    ]
    assert kept() == 0
    assert refusals() == before + 1
    assert not Event.objects.filter(action="shelf.keep", outcome=0).exists()


def test_the_order_is_the_standards_and_the_answer_in_the_order_sent(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    old = places(send(nurse, entry("POST", "Condition", condition(karin)),
                      entry("POST", "Observation", weight(karin))))  # fmt: skip
    changed = weight(karin, id=old[1].split("/")[1], note=[{"text": "Med skor"}])
    made = send(
        nurse,
        entry("GET", old[1]),
        entry("PUT", old[1], changed),
        entry("POST", "Condition", condition(karin)),
        entry("DELETE", old[0]),
        entry("GET", f"Condition/{uuid4()}"),
    )
    assert made.status_code == 404
    assert told(made)[1][0].startswith("Bundle.entry[4]")
    made = send(
        nurse,
        entry("GET", old[1]),
        entry("PUT", old[1], changed),
        entry("POST", "Condition", condition(karin)),
        entry("DELETE", old[0]),
    )
    assert statuses(made) == ["200", "200", "201", "204"]
    assert answers(made)[0]["resource"]["note"] == [{"text": "Med skor"}]
    assert nurse.get(old[0]).status_code == 410


def test_conditions_of_the_standard(nurse: FhirClient, karin: PersonDetail) -> None:
    number = {"system": "http://a.example", "value": "7"}
    one = condition(karin, identifier=[number])
    search = "identifier=http://a.example|7"
    made = send(nurse, entry("POST", "Condition", one, URN, ifNoneExist=search))
    assert statuses(made) == ["201"]
    [place] = places(made)
    again = send(
        nurse,
        entry("POST", "Condition", one, URN, ifNoneExist=search),
        entry("POST", "Observation", weight(karin, focus=[{"reference": URN}])),
        entry("POST", "Observation", weight(karin, focus=[{"reference": f"Condition?{search}"}])),
        entry("PUT", f"Condition?{search.replace('7', '8')}",
              condition(karin, identifier=[number | {"value": "8"}])),
    )  # fmt: skip
    assert statuses(again) == ["200", "201", "201", "201"]
    for at in (1, 2):
        assert nurse.read(places(again)[at])[0]["focus"] == [{"reference": place}]
    changed = condition(karin, identifier=[number], note=[{"text": "x"}])
    made = send(nurse, entry("PUT", f"Condition?{search}", changed),
                entry("DELETE", "Condition?identifier=http://a.example|8"),
                entry("DELETE", "Condition?identifier=http://a.example|9"))  # fmt: skip
    assert statuses(made) == ["200", "204", "204"]
    assert places(made)[0] == place
    none = weight(karin, focus=[{"reference": "Condition?identifier=http://a.example|none"}])
    made = send(nurse, entry("POST", "Observation", none))
    assert told(made)[0] == 412
    same = send(nurse, entry("PUT", f"Condition?{search}", changed), entry("DELETE", place))
    assert told(same) == (400, ["Bundle.entry[1].request.url"])


def test_a_version_that_was_overtaken_stops_it_all(nurse: FhirClient, karin: PersonDetail) -> None:
    [place] = places(send(nurse, entry("POST", "Observation", weight(karin))))
    one = weight(karin, id=place.split("/")[1], note=[{"text": "x"}])
    new = entry("POST", "Condition", condition(karin))
    made = send(nurse, new, entry("PUT", place, one, ifMatch='W/"9"'))
    assert made.status_code == 412
    made = send(nurse, new, entry("PUT", place, one, ifMatch="nonsense"))
    assert told(made) == (400, ["Bundle.entry[1].request.ifMatch"])
    assert kept() == 1
    assert statuses(send(nurse, new, entry("PUT", place, one, ifMatch='W/"1"'))) == ["201", "200"]


def test_a_plan_and_what_leans_on_it(nurse: FhirClient, karin: PersonDetail) -> None:
    """The room gives the plan its id, so the plan comes first, and the rest names it by that."""
    patient = {"reference": f"Patient/{karin.id}"}
    category = [{"coding": [{"system": "http://snomed.info/sct", "code": "734163000"}]}]
    plan = {"resourceType": "CarePlan", "status": "draft", "intent": "plan", "subject": patient,
            "category": category}  # fmt: skip
    made = send(
        nurse,
        entry("POST", "Observation", weight(karin, basedOn=[{"reference": URN}]), OTHER),
        entry("POST", "CarePlan", plan, URN),
    )
    if made.status_code != 200:
        pytest.fail(made.content.decode())
    assert places(made)[1].startswith("CarePlan/")
    assert nurse.read(places(made)[0])[0]["basedOn"] == [{"reference": places(made)[1]}]


def test_as_much_comes_back_as_is_preferred(nurse: FhirClient, karin: PersonDetail) -> None:
    one = entry("POST", "Condition", condition(karin))
    whole = answers(send(nurse, one, prefer="return=representation"))[0]
    assert whole["resource"]["meta"]["versionId"] == "1"
    assert whole["fullUrl"].endswith(f"/fhir/R4/Condition/{whole['resource']['id']}")
    assert "resource" not in answers(send(nurse, one))[0]
    said = answers(send(nurse, one, prefer="return=OperationOutcome"))[0]
    assert said["response"]["outcome"]["resourceType"] == "OperationOutcome"


def test_about_a_person_by_number(nurse: FhirClient, karin: PersonDetail) -> None:
    who = {"type": "Patient", "identifier": {"system": PNR, "value": KARINS_NUMBER.value}}
    made = send(nurse, entry("POST", "Condition", condition(karin) | {"subject": who}))
    assert statuses(made) == ["201"]
    assert nurse.read(places(made)[0])[0]["subject"] == who


def test_it_costs_the_same_in_questions_for_few_and_for_many(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    def asked(number: int) -> int:
        many = [
            entry("POST", "Observation", weight(karin, note=[{"text": str(uuid4())}]))
            for _ in range(number)
        ]
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert statuses(send(nurse, *many)) == ["201"] * number
        return len(caught)

    asked(1)
    assert asked(20) <= asked(2) + 2


HOSTILE: list[tuple[str, list[Doc]]] = [
    ("too many", [entry("GET", "metadata")] * (MAX_ENTRIES + 1)),
    ("a bundle in a bundle", [entry("POST", "", {"resourceType": "Bundle", "type": "batch"})]),
    (
        "an operation that is not there",
        [entry("POST", "$nonsense", {"resourceType": "Parameters"})],
    ),
    ("an address outside", [entry("GET", "../../admin")]),
    ("a page", [entry("GET", "$x/../../personer")]),
]


@pytest.mark.parametrize(("name", "entries"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_what_is_hostile_is_refused_in_words(
    nurse: FhirClient, name: str, entries: list[Doc]
) -> None:
    made = send(nurse, *entries)
    assert 400 <= made.status_code < 500, made.content
    assert issues(made)[0]["diagnostics"]


def test_five_megabytes_in_one_entry(nurse: FhirClient, karin: PersonDetail) -> None:
    large = weight(karin, note=[{"text": "x" * 900_000} for _ in range(6)])
    assert statuses(send(nurse, entry("POST", "Observation", large))) == ["201"]
    too_large = weight(karin, note=[{"text": "x" * 5_000_000}])
    assert told(send(nurse, entry("POST", "Observation", too_large)))[0] == 400


def test_a_circle_of_what_is_kept_is_no_matter(nurse: FhirClient, karin: PersonDetail) -> None:
    names = [f"urn:uuid:{uuid4()}" for _ in range(3)]
    many: list[Any] = [
        entry(
            "POST", "Observation", weight(karin, focus=[{"reference": names[(at + 1) % 3]}]), name
        )
        for at, name in enumerate(names)
    ]
    made = send(nurse, *many)
    assert [nurse.read(one)[0]["focus"][0]["reference"] for one in places(made)] == [
        places(made)[1], places(made)[2], places(made)[0]
    ]  # fmt: skip


def test_only_reading_writes_nothing(nurse: FhirClient, cast: Cast, karin: PersonDetail) -> None:
    made = send(nurse, entry("GET", f"Patient/{karin.id}"), entry("HEAD", f"Patient/{karin.id}"))
    assert statuses(made) == ["200", "200"]
    assert answers(made)[0]["resource"]["id"] == str(karin.id)
    assert "resource" not in answers(made)[1]
    assert kept() == 0
