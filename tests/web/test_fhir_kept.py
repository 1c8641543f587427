"""What no room owns, over HTTP: create, read, update, delete, versions, and who may what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverka.audit.models import Event
from samverka.people.reads import PersonDetail
from samverka.resources.models import Reference, Resource, Version
from tests.factories.cast import KARINS_NUMBER, Cast, make_person, person_login, relate
from tests.factories.fhir import JSON, FhirClient, issues, told

PNR = "http://electronichealth.se/identifier/personnummer"


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def observation(person: PersonDetail, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Vikt"},
        "subject": {"reference": f"Patient/{person.id}"},
        **more,
    }


def text_of(person: PersonDetail, value: str = "72.50", local_id: str = "") -> str:
    """With digits, escapes and blanks that a JSON library would lose."""
    own = f'"id": "{local_id}",\n' if local_id else ""
    return (
        f'{{"resourceType" : "Observation", {own} "status":"final", "code":{{"text":"V\\u00e5g"}},\n'
        f'\t"subject": {{"reference":"Patient/{person.id}"}}, "valueQuantity":{{"value":{value}}}}}'
    )


def send(client: FhirClient, method: str, place: str, text: str, **headers: str) -> Any:
    send_ = getattr(client.client, method)
    return send_(f"/fhir/R4/{place}", text, content_type=JSON, headers=headers)


def made(client: FhirClient, resource: dict[str, Any]) -> str:
    """Where the new one is."""
    answer = client.post(resource)
    assert answer.status_code == 201, answer.content
    return f"{resource['resourceType']}/{json.loads(answer.content)['id']}"


# ── one resource through its life ──


def test_it_is_kept_to_the_letter(cast: Cast, nurse: FhirClient, karin: PersonDetail) -> None:
    answer = send(nurse, "post", "Observation", text_of(karin))
    assert answer.status_code == 201, answer.content
    key = json.loads(answer.content)["id"]
    assert answer["Location"] == f"http://testserver/fhir/R4/Observation/{key}/_history/1"
    assert answer["ETag"] == 'W/"1"'
    read = nurse.get(f"Observation/{key}")
    assert read.content == answer.content
    assert b'"value":72.50}' in read.content
    assert b"V\\u00e5g" in read.content
    assert json.loads(read.content)["meta"]["versionId"] == "1"
    row = Resource.objects.get(local_id=key)
    assert (row.source, row.person_id, row.unit_id) == ("fhir", karin.id, cast.region_nurse.unit_id)
    line = Event.objects.filter(object_ids=[str(row.id)], action="shelf.keep").get()
    assert line.person_id == str(karin.id)


def test_an_update_makes_a_version_and_the_same_again_none(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    key = json.loads(send(nurse, "post", "Observation", text_of(karin)).content)["id"]
    place = f"Observation/{key}"
    same = send(nurse, "put", place, text_of(karin, "72.50", key))
    assert (same.status_code, same["ETag"]) == (200, 'W/"1"')
    back = nurse.put(json.loads(nurse.get(place).content), 'W/"1"')
    assert back["ETag"] == 'W/"2"', "72.5 is not 72.50"
    changed = send(nurse, "put", place, text_of(karin, "73.00", key))
    assert (changed.status_code, changed["ETag"]) == (200, 'W/"3"')
    old = nurse.get(f"{place}/_history/1")
    assert (old.status_code, old["ETag"]) == (200, 'W/"1"')
    assert b"72.50" in old.content
    assert nurse.get(f"{place}/_history/4").status_code == 404
    assert nurse.get(f"{place}/_history/x").status_code == 404


def test_the_client_may_choose_the_id(nurse: FhirClient, karin: PersonDetail) -> None:
    answer = send(nurse, "put", "Observation/my.own-1", text_of(karin, local_id="my.own-1"))
    assert answer.status_code == 201, answer.content
    assert answer["Location"].endswith("/Observation/my.own-1/_history/1")
    assert nurse.get("Observation/my.own-1").status_code == 200
    other = send(nurse, "put", "Observation/another", text_of(karin, local_id="my.own-1"))
    assert told(other) == (400, ["Observation.id"])


def test_what_is_deleted_is_gone_and_its_versions_are_not(
    nurse: FhirClient, karin: PersonDetail
) -> None:
    place = made(nurse, observation(karin))
    answer = nurse.client.delete(f"/fhir/R4/{place}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert told(nurse.get(place))[0] == 410
    assert nurse.client.delete(f"/fhir/R4/{place}").status_code == 204
    assert nurse.get(f"{place}/_history/1").status_code == 200
    assert nurse.get(f"{place}/_history/2").status_code == 410
    row = Resource.objects.get(local_id=place.split("/")[1])
    assert not Reference.objects.filter(resource=row).exists()
    assert Version.objects.filter(resource=row).count() == 2
    again = observation(karin, id=place.split("/")[1])
    answer = nurse.put(again)
    assert (answer.status_code, answer["ETag"]) == (201, 'W/"3"')
    assert nurse.get(place).status_code == 200
    assert nurse.client.delete("/fhir/R4/Observation/never-was").status_code == 404


# ── two at the same time ──


def test_the_wrong_version_is_told_both(nurse: FhirClient, karin: PersonDetail) -> None:
    key = json.loads(send(nurse, "post", "Observation", text_of(karin)).content)["id"]
    place = f"Observation/{key}"
    assert send(nurse, "put", place, text_of(karin, "73.0", key)).status_code == 200
    late = send(nurse, "put", place, text_of(karin, "74.0", key), **{"if-match": 'W/"1"'})
    assert (late.status_code, late["ETag"]) == (412, 'W/"2"')
    said = " ".join(one["diagnostics"] for one in issues(late))
    assert "73.0" in said
    assert "74.0" in said
    answer = nurse.client.delete(f"/fhir/R4/{place}", headers={"if-match": 'W/"1"'})
    assert answer.status_code == 412
    assert nurse.get(place)["ETag"] == 'W/"2"'


@pytest.mark.parametrize("kind", ["Task", "Goal", "CarePlan", "CareTeam"])
def test_what_several_share_says_its_version(
    nurse: FhirClient, karin: PersonDetail, kind: str
) -> None:
    about = {"for" if kind == "Task" else "subject": {"reference": f"Patient/{karin.id}"}}
    more: dict[str, dict[str, Any]] = {
        "Task": {"status": "draft", "intent": "order"},
        "Goal": {"lifecycleStatus": "active", "description": {"text": "x"}},
        "CarePlan": {"status": "draft", "intent": "plan"},
        "CareTeam": {"status": "active"},
    }
    place = made(nurse, {"resourceType": kind, **about, **more[kind]})
    resource, tag = nurse.read(place)
    resource["language"] = "sv"
    assert told(nurse.put(resource)) == (428, ["If-Match"])
    assert nurse.client.delete(f"/fhir/R4/{place}").status_code == 428
    assert nurse.put(resource, tag).status_code == 200
    assert nurse.put(resource, tag).status_code == 412


# ── whose it is ──


def test_only_those_who_have_to_do_with_the_person(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    place = made(nurse, observation(karin))
    stranger = FhirClient(cast.stranger)
    assert stranger.post(observation(karin)).status_code == 404
    assert stranger.get(place).status_code == 404
    assert stranger.get(f"{place}/_history/1").status_code == 404
    assert stranger.get(f"{place}/_history").status_code == 404
    assert stranger.put(observation(karin, id=place.split("/")[1])).status_code == 404
    assert stranger.client.delete(f"/fhir/R4/{place}").status_code == 404
    patient = FhirClient(person_login(karin))
    assert patient.get(place).status_code == 200
    assert patient.put(observation(karin, id=place.split("/")[1])).status_code == 403
    relate(cast.municipal_nurse, karin)
    planner = FhirClient(cast.municipal_nurse)
    assert planner.get(place).status_code == 404  # another care provider's, without consent
    assert planner.put(observation(karin, id=place.split("/")[1])).status_code == 404


def test_it_is_about_somebody_who_is_known(nurse: FhirClient, karin: PersonDetail) -> None:
    nobody = observation(karin)
    del nobody["subject"]
    assert told(nurse.post(nobody)) == (422, ["Observation.subject"])
    unknown = {"reference": "Patient/17"}
    assert told(nurse.post(observation(karin, subject=unknown))) == (422, ["Observation.subject"])
    number = {"identifier": {"system": PNR, "value": karin.identities[0].number.value}}
    assert nurse.post(observation(karin, subject=number)).status_code == 201
    other = {"identifier": {"system": PNR, "value": "191212121212"}}
    assert nurse.post(observation(karin, subject=other)).status_code == 404
    place = {"reference": "Location/1"}  # about no person: within the care provider
    assert nurse.post(observation(karin, subject=place)).status_code == 201


def test_it_stays_about_the_one_that_it_was_about(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    place = made(nurse, observation(karin))
    other = make_person(cast.region_nurse, identity=None)
    answer = nurse.put(observation(other, id=place.split("/")[1]))
    assert told(answer) == (422, ["Observation.subject"])


def test_what_is_about_nobody(cast: Cast, nurse: FhirClient, karin: PersonDetail) -> None:
    directory = made(nurse, {"resourceType": "Organization", "name": "Apoteket"})
    group = made(nurse, {"resourceType": "Group", "type": "person", "actual": True})
    stranger, planner = FhirClient(cast.stranger), FhirClient(cast.municipal_nurse)
    assert planner.get(directory).status_code == 200
    assert stranger.get(group).status_code == 200  # the same care provider
    assert planner.get(group).status_code == 404
    assert FhirClient(person_login(karin)).get(directory).status_code == 404
    resource, _tag = planner.read(directory)
    assert planner.put({**resource, "name": "Nytt"}).status_code == 403
    assert planner.client.delete(f"/fhir/R4/{group}").status_code == 404


def test_a_group_has_members_whom_the_writer_has_to_do_with(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    other = make_person(cast.municipal_nurse, identity=None)

    def group(*who: PersonDetail) -> dict[str, Any]:
        members = [{"entity": {"reference": f"Patient/{one.id}"}} for one in who]
        return {"resourceType": "Group", "type": "person", "actual": True, "member": members}

    mine = make_person(cast.region_nurse, identity=None)
    assert nurse.post(group(karin, mine)).status_code == 201
    assert nurse.post(group(karin, other)).status_code == 404


def test_a_patient_is_registered_by_number(nurse: FhirClient, cast: Cast) -> None:
    new = {
        "resourceType": "Patient",
        "identifier": [{"system": PNR, "value": KARINS_NUMBER.value}],
        "name": [{"family": "Åström", "given": ["Karin"]}],
        "gender": "female",
    }
    place = made(nurse, new)
    resource, _tag = nurse.read(place)
    assert resource["name"][0]["family"] == "Åström"
    assert nurse.get(f"{place}/_history").status_code == 200
    assert told(nurse.post({**new, "identifier": []}))[0] == 400
    del new["identifier"]
    assert told(nurse.post(new)) == (422, ["Patient.identifier"])
    assert nurse.client.delete(f"/fhir/R4/{place}").status_code == 422
    assert told(nurse.put({**resource, "id": "17"}))[0] == 422
