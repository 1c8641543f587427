"""The trail read by FHIR: the person's own log, the log reviewer's, and nobody else's."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from samverka.access import reads as access
from samverka.audit.models import Event
from samverka.people import reads as people
from samverka.people.reads import PersonDetail
from samverka.resources.rules.profiles import breaks, claimed
from samverka.resources.rules.validation import validate
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, person_login
from tests.factories.fhir import FhirClient, told


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    made = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    people.person(cast.region_nurse, person_id=made.id)
    return made


def found(client: FhirClient, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"AuditEvent?{query}")
    assert answer.status_code == 200, answer.content
    return [one["resource"] for one in json.loads(answer.content).get("entry", [])]


def test_the_person_reads_the_own_log_with_the_words_of_the_page(
    cast: Cast, karin: PersonDetail
) -> None:
    actor = person_login(karin)
    events = found(FhirClient(actor), f"patient.identifier={KARINS_NUMBER.system}|{KARINS_NUMBER.value}&date=ge2026-01-01")  # fmt: skip
    page = access.own_log(actor, person_id=karin.id)
    shown = {(one["agent"][0]["name"], one["recorded"]) for one in events}
    assert ("Lena Berg", NOW.isoformat(timespec="milliseconds")) in shown
    mine = {one.request_id + one.action for one in page.lines if one.actor_id != str(actor.id)}
    assert len(mine) <= len(events)
    words = {one["subtype"][1].get("display") for one in events}
    assert "såg vem du är" in words
    for one in events:
        assert validate(json.dumps(one)) == []
        assert [breaks(one, url) for url in claimed(one)] in ([], [[]])
        assert one["purposeOfEvent"][0]["coding"][0]["code"]


def test_nobody_reads_anothers_log(cast: Cast, karin: PersonDetail) -> None:
    other = FhirClient(person_login(make_person(cast.region_nurse)))
    assert told(other.get(f"AuditEvent?patient={karin.id}"))[0] in (403, 404)
    number = f"{KARINS_NUMBER.system}|{KARINS_NUMBER.value}"
    assert told(other.get(f"AuditEvent?patient.identifier={number}"))[0] in (403, 404)
    assert all(str(karin.id) not in json.dumps(one) for one in found(other))
    nurse = FhirClient(cast.region_nurse)
    assert told(nurse.get("AuditEvent"))[0] == 403
    key = found(FhirClient(person_login(karin)))[0]["id"]
    assert told(nurse.get(f"AuditEvent/{key}"))[0] == 403
    assert told(other.get(f"AuditEvent/{key}"))[0] == 404


def test_the_log_reviewer_reads_the_own_care_providers(cast: Cast, karin: PersonDetail) -> None:
    reviewer = FhirClient(cast.log_reviewer)
    events = found(reviewer, f"patient={karin.id}")
    assert events
    assert {one["agent"][1]["who"]["reference"] for one in events} == {
        f"Organization/{cast.region_nurse.provider_id}"
    }
    by_number = found(reviewer, f"patient.identifier={KARINS_NUMBER.system}|{KARINS_NUMBER.value}")
    assert {one["id"] for one in events} <= {one["id"] for one in by_number}
    lines = Event.objects.filter(action="log.review", person_id=str(karin.id))
    assert lines.exists()
    municipal = cast.municipal_nurse.provider_id
    assert all(str(municipal) not in json.dumps(one["agent"]) for one in found(reviewer))


def test_each_parameter_narrows(cast: Cast, karin: PersonDetail) -> None:
    client = FhirClient(person_login(karin))
    nurse = cast.region_nurse
    assert found(client, f"agent={nurse.id}")
    assert not found(client, f"agent={cast.ward_nurse.id}")
    assert {one["action"] for one in found(client, "action=R")} == {"R"}
    assert {one["action"] for one in found(client, "action=C")} == {"C"}
    assert found(client, f"entity=Patient/{karin.id}")
    assert not found(client, "outcome=8")
    assert not found(client, "date=lt2020-01-01")
    assert not found(client, "type=http://dicom.nema.org/resources/ontology/DCM|110114")
    assert found(client, "type=rest")
    one = found(client)[0]
    assert [found_["id"] for found_ in found(client, f"_id={one['id']}")] == [one["id"]]
    read, _tag = client.read(f"AuditEvent/{one['id']}")
    for server_own in ("versionId", "lastUpdated"):
        read["meta"].pop(server_own, None)
    assert read == one
    assert told(client.get("AuditEvent?nonsense=1"))[0] == 400


def test_pages_follow_each_other_while_lines_are_written(cast: Cast, karin: PersonDetail) -> None:
    client = FhirClient(person_login(karin))
    for _again in range(3):
        people.person(cast.region_nurse, person_id=karin.id)
    whole = [one["id"] for one in found(client)]
    answer = json.loads(client.get("AuditEvent?_count=2").content)
    seen: list[str] = []
    while True:
        seen += [one["resource"]["id"] for one in answer.get("entry", [])]
        more = [one["url"] for one in answer["link"] if one["relation"] == "next"]
        if not more:
            break
        place = urlsplit(more[0])
        answer = json.loads(client.get(f"AuditEvent?{place.query}").content)
    assert len(seen) == len(set(seen))
    assert set(whole) <= set(seen)


def test_nobody_writes_in_the_log(cast: Cast, karin: PersonDetail) -> None:
    client = FhirClient(cast.log_reviewer)
    made = found(client, f"patient={karin.id}")[0]
    count = Event.objects.filter(action=made["subtype"][1]["code"].removeprefix("x")).count()
    status, _places = told(client.put({**made, "outcome": "8"}, 'W/"1"'))
    assert status in (405, 422)
    status, _places = told(client.post({key: made[key] for key in made if key != "id"}))
    assert status in (403, 405)
    assert Event.objects.filter(action=made["subtype"][1]["code"]).count() == count


def test_a_refusal_tells_nothing_of_what_was_refused(cast: Cast, karin: PersonDetail) -> None:
    FhirClient(cast.stranger).get(f"Patient/{karin.id}")
    events = found(FhirClient(person_login(karin)), "outcome=4")
    assert events
    for one in events:
        assert "outcomeDesc" not in one
        assert {entity.get("role", {}).get("code") for entity in one["entity"]} <= {"1", None}
