"""What is said, agreed and asked about plans, and calls, written by FHIR clients."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import PlanRequest
from samverka.careplans.reads import PlanDetail
from samverka.people.reads import PersonDetail
from tests.factories.cast import Cast, person_login
from tests.factories.fhir import FhirClient, told


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def place(plan: PlanDetail) -> str:
    return f"CarePlan/{plan.id}"


def again(cast: Cast, plan: PlanDetail) -> PlanDetail:
    """The plan as it is by the clock of the pages."""
    return reads.plan(replace(cast.region_nurse, at=datetime.now(UTC)), plan_id=plan.id)


# ── words ──


def words(plan: PlanDetail, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Communication",
        "status": "completed",
        "basedOn": [{"reference": place(plan)}],
        "payload": [{"contentString": "Jag vill börja i maj."}],
        **more,
    }


def test_the_person_says_something_and_staff_write_down_what_was_said(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, active: PlanDetail
) -> None:
    answer = FhirClient(person_login(karin)).post(words(active, category=[{"text": "Fråga"}]))
    assert answer.status_code == 201, answer.content
    said = {
        "medium": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode",
                        "code": "PHONE",
                    }
                ]
            }
        ],
        "about": [{"reference": f"Goal/{active.goals[0].id}"}],
        "sender": {"display": karin.name},
    }
    answer = nurse.post(words(active, payload=[{"contentString": "Vill vänta."}], **said))
    assert answer.status_code == 201, answer.content
    own, told_ = again(cast, active).comments
    assert (own.words, own.by_person, own.kind.value) == ("Jag vill börja i maj.", True, "question")
    assert (told_.by, told_.way.value, told_.goal_id) == (karin.name, "phone", active.goals[0].id)


def test_words_about_nothing_or_with_more_are_told(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    assert nurse.post(words(active, basedOn=[{"display": "planen"}])).status_code == 201  # kept
    assert told(nurse.post(words(active, priority="urgent"))) == (422, ["Communication.priority"])
    two = [{"contentString": "Ett"}, {"contentString": "Två"}]
    assert told(nurse.post(words(active, payload=two))) == (
        422,
        ["Communication.payload[1].contentString"],
    )
    assert not again(cast, active).comments


def test_a_stranger_says_nothing(cast: Cast, active: PlanDetail) -> None:
    assert FhirClient(cast.stranger).post(words(active)).status_code == 404


# ── consent ──


def consent(cast: Cast, plan: PlanDetail, **more: Any) -> dict[str, Any]:
    unit = cast.units["assessment"].id
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": {
            "coding": [
                {
                    "system": "http://terminology.hl7.org/CodeSystem/consentscope",
                    "code": "patient-privacy",
                }
            ]
        },
        "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
        "patient": {"reference": f"Patient/{plan.person_id}"},
        "performer": [{"display": "Karin Åström"}],
        "policyRule": {"text": "10 kap. 1 § offentlighets- och sekretesslagen (2009:400)"},
        "provision": {
            "type": "permit",
            "actor": [
                {
                    "role": {
                        "coding": [
                            {
                                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                                "code": "IRCP",
                            }
                        ]
                    },
                    "reference": {"reference": f"Organization/{unit}"},
                }
            ],
            "data": [{"meaning": "instance", "reference": {"reference": place(plan)}}],
        },
        **more,
    }


def test_consent_is_noted_and_taken_back(
    cast: Cast, nurse: FhirClient, written: PlanDetail
) -> None:
    assessor = FhirClient(cast.needs_assessor)
    assert assessor.get(place(written)).status_code in (403, 404)
    answer = nurse.post(consent(cast, written))
    assert answer.status_code == 201, answer.content
    assert again(cast, written).consent
    assert assessor.get(place(written)).status_code == 200
    made = json.loads(answer.content)
    assert nurse.change(f"Consent/{made['id']}", status="inactive").status_code == 200
    assert not again(cast, written).consent
    assert nurse.read(f"Consent/{made['id']}")[0]["status"] == "inactive"


def test_the_person_answers_the_question(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, written: PlanDetail
) -> None:
    asked = {key: value for key, value in consent(cast, written).items() if key != "performer"}
    answer = nurse.post({**asked, "status": "proposed"})
    assert answer.status_code == 201, answer.content
    key = json.loads(answer.content)["id"]
    patient = FhirClient(person_login(karin))
    assert patient.change(f"Consent/{key}", status="active").status_code == 200
    assert again(cast, written).consent
    assert told(patient.change(f"Consent/{key}", status="rejected")) == (422, ["Consent.status"])


def test_staff_say_who_has_answered(cast: Cast, nurse: FhirClient, written: PlanDetail) -> None:
    nobody = {key: value for key, value in consent(cast, written).items() if key != "performer"}
    assert told(nurse.post(nobody)) == (422, ["Consent.performer"])
    unnamed = consent(cast, written)
    unnamed["provision"]["actor"][0]["reference"] = {"display": "Någon"}
    assert told(nurse.post(unnamed)) == (422, ["Consent.provision.actor"])
    more = consent(cast, written, language="sv")
    assert told(nurse.post(more)) == (422, ["Consent.language"])
    assert not again(cast, written).consent, "the consent was kept though it was refused"


# ── a request for a plan ──


def request(karin: PersonDetail, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "proposal",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "734163000"}]},
        "subject": {"reference": f"Patient/{karin.id}"},
        "reasonCode": [{"text": "Flera ringer mig om samma sak."}],
        **more,
    }


def test_a_plan_is_asked_for_and_begun(cast: Cast, nurse: FhirClient, karin: PersonDetail) -> None:
    answer = nurse.post(request(karin))
    assert answer.status_code == 201, answer.content
    key = json.loads(answer.content)["id"]
    answer = nurse.change(f"ServiceRequest/{key}", status="completed")
    assert answer.status_code == 200, answer.content
    begun = json.loads(answer.content)["supportingInfo"][0]["reference"]
    assert nurse.read(begun)[0]["status"] == "draft"


def test_a_request_is_taken_back(cast: Cast, nurse: FhirClient, karin: PersonDetail) -> None:
    key = json.loads(nurse.post(request(karin)).content)["id"]
    assert nurse.change(f"ServiceRequest/{key}", status="revoked").status_code == 200
    assert told(nurse.change(f"ServiceRequest/{key}", status="active")) == (
        422,
        ["ServiceRequest.status"],
    )


def test_another_order_is_not_a_request_for_a_plan(nurse: FhirClient, karin: PersonDetail) -> None:
    answer = nurse.post(request(karin, code={"text": "Röntgen"}))
    assert answer.status_code == 201, answer.content
    assert not PlanRequest.objects.exists()


# ── calls ──


@pytest.fixture
def call(cast: Cast, shared: PlanDetail) -> Any:
    start = datetime.now(UTC) + timedelta(days=7)
    facts = ops.MeetingFacts(starts_at=start, ends_at=start + timedelta(hours=1), place="Krokom")
    invited = ops.Invited(units=(cast.units["assessment"].id,), person=True)
    return ops.call_meeting(cast.region_nurse, plan_id=shared.id, facts=facts, invited=invited)


def test_a_unit_answers_its_call_by_task(cast: Cast, call: Any) -> None:
    mine = next(one for one in call.calls if one.unit_id == cast.units["assessment"].id)
    client = FhirClient(cast.needs_assessor)
    answer = client.change(f"Task/{mine.id}", status="rejected", statusReason={"text": "Semester"})
    assert answer.status_code == 200, answer.content
    seen = reads.meeting(cast.region_nurse, meeting_id=call.id).calls
    answered = next(one for one in seen if one.id == mine.id)
    assert (answered.status.value, answered.reason) == ("declined", "Semester")
    assert told(client.change(f"Task/{mine.id}", status="draft")) == (422, ["Task.status"])


def test_the_person_answers_as_participant(cast: Cast, karin: PersonDetail, call: Any) -> None:
    patient = FhirClient(person_login(karin))
    resource, tag = patient.read(f"Appointment/{call.id}")
    own = next(
        one
        for one in resource["participant"]
        if one["actor"].get("reference") == f"Patient/{karin.id}"
    )
    own["status"] = "accepted"
    answer = patient.put(resource, tag)
    assert answer.status_code == 200, answer.content
    seen = reads.meeting(cast.region_nurse, meeting_id=call.id).calls
    assert [one.status.value for one in seen if one.invitee.value == "person"] == ["accepted"]


def test_a_meeting_is_not_cancelled_by_answering(
    cast: Cast, karin: PersonDetail, call: Any
) -> None:
    patient = FhirClient(person_login(karin))
    assert told(patient.change(f"Appointment/{call.id}", comment="Hej")) == (
        422,
        ["Appointment.comment"],
    )
    resource, tag = patient.read(f"Appointment/{call.id}")
    for one in resource["participant"]:
        if one["actor"].get("reference") == f"Patient/{karin.id}":
            one["status"] = "accepted"
    answer = patient.put({**resource, "status": "cancelled"}, tag)
    assert told(answer) == (422, ["Appointment.status"])
    seen = reads.meeting(cast.region_nurse, meeting_id=call.id)
    assert seen.status.value == "planned"
    assert {one.status.value for one in seen.calls} == {"sent"}
