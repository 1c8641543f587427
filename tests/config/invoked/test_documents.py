"""The contract and the summary as documents: right R4, the page's own words, and never that there is nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
import time_machine

from samverka.config.invoked.calling import call
from samverka.kernel.actor import Actor
from samverka.kernel.problems import NotFound, Problem
from samverka.people import fhir as people
from samverka.people import reads as people_reads
from samverka.resources.rules.validation import validate
from samverka.web.exchange import Call
from tests.config.invoked.test_calling import ACTOR, Empty, ask
from tests.contract.conftest import Story, tell
from tests.factories.cast import NOW, Cast

ID = "0b0f3f3a-7a3e-4a3a-9a5e-0d9f1c2b3a4d"
PATIENT = {
    "resourceType": "Patient",
    "id": ID,
    "name": [{"family": "Åström", "given": ["Karin"]}],
    "birthDate": "1941-03-02",
}
ABOUT = {"subject": {"reference": f"Patient/{ID}"}}
PENICILLIN: dict[str, Any] = {
    "resourceType": "AllergyIntolerance",
    "id": "pc",
    "patient": {"reference": f"Patient/{ID}"},
    "code": {"text": "Penicillin <b>&"},
    "clinicalStatus": {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                "code": "active",
            }
        ]
    },
}


def condition(key: str, status: str, text: str, **more: Any) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    coding = {"system": system, "code": status}
    made = {"resourceType": "Condition", "id": key, "code": {"text": text}, **ABOUT, **more}
    return {**made, "clinicalStatus": {"coding": [coding]}}


def statement(key: str, status: str, name: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "id": key,
        "status": status,
        "medicationCodeableConcept": {"text": name},
        "dosage": [{"text": "1 tablett"}],
        **ABOUT,
    }


def sections(document: Any) -> dict[str, Any]:
    found = document["entry"][0]["resource"]["section"]
    return {one["code"]["coding"][0]["code"]: one for one in found}


def kinds(document: Any) -> list[str]:
    return [one["resource"]["resourceType"] for one in document["entry"]]


# ── $summary ──


def test_a_summary_sorts_what_there_is() -> None:
    document = ask(
        f"Patient/{ID}/$summary",
        PATIENT,
        PENICILLIN,
        statement("a", "active", "Alvedon"),
        statement("b", "stopped", "Waran"),
        statement("c", "entered-in-error", "Fel"),
        condition("h", "active", "Hjärtsvikt"),
        condition("l", "resolved", "Lunginflammation"),
    )
    found = sections(document)
    assert list(found) == ["10160-0", "48765-2", "11450-4", "11348-0"]
    assert [one["reference"] for one in found["10160-0"]["entry"]] == ["MedicationStatement/a"]
    assert "Alvedon · 1 tablett" in found["10160-0"]["text"]["div"]
    assert [one["reference"] for one in found["11450-4"]["entry"]] == ["Condition/h"]
    assert [one["reference"] for one in found["11348-0"]["entry"]] == ["Condition/l"]
    text = json.dumps(document)
    assert "Fel" not in text
    assert "Waran" not in text


def test_of_what_is_not_seen_it_is_said_that_there_is_no_information() -> None:
    document = ask(f"Patient/{ID}/$summary", PATIENT)
    found = sections(document)
    assert list(found) == ["10160-0", "48765-2", "11450-4"]
    for one in found.values():
        assert one["emptyReason"]["coding"][0]["code"] == "unavailable"
        assert "entry" not in one
        assert "Uppgifter kan finnas på andra ställen" in one["text"]["div"]
    assert kinds(document)[:2] == ["Composition", "Patient"]
    assert document["type"] == "document"


def test_every_reference_of_the_composition_is_carried() -> None:
    document = ask(f"Patient/{ID}/$summary", PATIENT, PENICILLIN, condition("h", "active", "Gikt"))
    carried = {one["fullUrl"].removeprefix("/R4/") for one in document["entry"]}
    composition = document["entry"][0]["resource"]
    named = {one["reference"] for part in composition["section"] for one in part.get("entry", [])}
    assert named
    assert {
        *named,
        composition["subject"]["reference"],
        composition["author"][0]["reference"],
    } <= carried
    assert len(carried) == len(document["entry"])


def test_words_of_others_are_never_markup() -> None:
    evil = {**PENICILLIN, "code": {"text": "<script>alert(1)</script>\u202e"}}
    div = sections(ask(f"Patient/{ID}/$summary", PATIENT, evil))["48765-2"]["text"]["div"]
    assert "<script" not in div
    assert "\u202e" not in div
    assert "&lt;script&gt;" in div


def test_whose_it_is_stands_in_every_entry() -> None:
    foreign = {**condition("h", "active", "Gikt"), "subject": {"reference": f"Patient/{ID}"}}
    foreign["subject"] = {"reference": f"Patient/{ID}", "display": "someone"}
    house = Empty(PATIENT, foreign)
    house.about = lambda *_given: [{**foreign, "subject": {"reference": "Patient/17"}}]  # type: ignore[method-assign]
    answer = call(ACTOR, house, Call("GET", "Patient", ID, "$summary", base="/R4"))
    found: Any = json.loads(answer.body())
    told = next(
        one["resource"] for one in found["entry"] if one["resource"]["resourceType"] == "Condition"
    )
    assert told["subject"] == {"reference": f"Patient/{ID}"}


@pytest.mark.parametrize("key", ["x", "1", "0b0f3f3a-7a3e-4a3a-9a5e-0d9f1c2b3a4e"])
def test_nobody_has_no_summary(key: str) -> None:
    with pytest.raises(NotFound):
        ask(f"Patient/{key}/$summary", PATIENT)


# ── $patientkontrakt ──


@pytest.fixture
def story(laid_county: Cast) -> Story:
    return tell(laid_county)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class Rooms(Empty):
    """The rooms' own reads, without the HTTP side."""

    def read(self, actor: Actor, kind: str, key: str) -> Any:
        assert kind == "Patient"
        return people.patient(people_reads.person(actor, person_id=UUID(key)))


def contract(actor: Actor, person_id: UUID) -> Any:
    made = Call(
        "GET", "Patient", str(person_id), "$patientkontrakt", base="https://s.example/fhir/R4"
    )
    answer = call(actor, Rooms(), made)
    assert validate(answer.body()) == []
    return json.loads(answer.body())


@pytest.mark.django_db
def test_the_contract_says_what_the_page_says(story: Story) -> None:
    document = contract(story.karin_herself, story.karin.id)
    found = sections(document)
    assert next(iter(found)) == "next"
    assert "Gå ut till hönsen själv" in found["goals"]["text"]["div"]
    assert "Går igenom alla tabletter" in found["doing"]["text"]["div"]
    assert "112" in found["if-worse"]["text"]["div"]
    assert {one["reference"].split("/")[0] for one in found["contacts"]["entry"]} == {"CareTeam"}
    assert {"CarePlan", "Goal", "CareTeam", "Appointment"} <= set(kinds(document))
    composition = document["entry"][0]["resource"]
    assert composition["subject"]["reference"] == f"Patient/{story.karin.id}"
    assert "custodian" not in composition
    assert not any("emptyReason" in one for one in found.values())


@pytest.mark.django_db
def test_staff_and_one_who_acts_for_the_person_have_it(story: Story) -> None:
    for_eva = contract(story.eva, story.karin.id)
    assert "goals" in sections(for_eva)
    nurse = story.cast.region_nurse
    for_nurse = contract(nurse, story.karin.id)
    custodian = for_nurse["entry"][0]["resource"]["custodian"]["reference"]
    assert custodian == f"Organization/{nurse.provider_id}"


@pytest.mark.django_db
def test_a_stranger_has_neither(story: Story) -> None:
    strangers: Sequence[Actor] = (story.cast.stranger,)
    for actor in strangers:
        for code in ("patientkontrakt", "summary"):
            with pytest.raises(Problem) as refused:
                call(actor, Rooms(), Call("GET", "Patient", str(story.karin.id), f"${code}"))
            assert refused.value.status == 404
