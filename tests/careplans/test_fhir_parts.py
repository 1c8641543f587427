"""New goals and activities, a no with its reason, other times and contacts, by FHIR clients."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import PlanRequest, PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ContactKind, OwnerKind, RequestStatus, Term
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import Cast, person_login, relate
from tests.factories.fhir import FhirClient, issues, told

GOAL_PLAN = "https://samverka.example/fhir/StructureDefinition/goal-careplan"
STATUS_REASON = "http://hl7.org/fhir/StructureDefinition/request-statusReason"
AGREED = "https://samverka.example/fhir/StructureDefinition/person-agreed"
GROUNDS = "https://samverka.example/fhir/CodeSystem/plan-refusal"


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def again(cast: Cast, plan: PlanDetail) -> PlanDetail:
    return reads.plan(replace(cast.region_nurse, at=datetime.now(UTC)), plan_id=plan.id)


# ── a new goal ──


def goal(plan: PlanDetail, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Goal",
        "extension": [{"url": GOAL_PLAN, "valueReference": {"reference": f"CarePlan/{plan.id}"}}],
        "lifecycleStatus": "active",
        "category": [{"text": "På lång sikt"}],
        "description": {"text": "Åka till Östersund själv"},
        "subject": {"reference": f"Patient/{plan.person_id}"},
        "target": [{"dueDate": "2027-06-01"}],
        **more,
    }


def test_a_goal_is_added_and_stands_in_the_plan(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    answer = nurse.post(goal(active))
    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert nurse.read(f"Goal/{made['id']}") == (made, answer["ETag"])
    one = again(cast, active).goals[-1]
    assert (one.words, one.term, str(one.reach_by)) == (
        "Åka till Östersund själv",
        Term.LONG,
        "2027-06-01",
    )
    whole, _tag = nurse.read(f"CarePlan/{active.id}")
    assert {"reference": f"Goal/{made['id']}"} in whole["goal"]
    page = log_in(cast.region_nurse).get(f"/planer/{active.id}/").content.decode()
    assert "Åka till Östersund själv" in page


BAD_GOALS: dict[str, tuple[dict[str, Any], str]] = {
    "no words": ({"description": {"text": " "}}, "Goal.description"),
    "no such term": ({"category": [{"text": "Någon gång"}]}, "Goal.category[0].text"),
    "another status": ({"lifecycleStatus": "proposed"}, "Goal.lifecycleStatus"),
    "another person": ({"subject": {"reference": "Patient/x"}}, "Goal.subject.reference"),
}


@pytest.mark.parametrize("name", BAD_GOALS)
def test_what_a_goal_cannot_be_is_told_and_nothing_is_kept(
    cast: Cast, nurse: FhirClient, active: PlanDetail, name: str
) -> None:
    values, where = BAD_GOALS[name]
    assert told(nurse.post(goal(active, **values))) == (422, [where])
    assert len(again(cast, active).goals) == len(active.goals)


def test_a_stranger_and_the_patient_add_no_goal(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    assert FhirClient(cast.stranger).post(goal(active)).status_code == 404
    assert FhirClient(person_login(karin)).post(goal(active)).status_code == 403
    assert len(again(cast, active).goals) == len(active.goals)


# ── a new activity ──


def activity(**more: Any) -> dict[str, Any]:
    return {"detail": {"status": "not-started", "description": "Ringa taxi", **more}}


def performers(cast: Cast, karin: PersonDetail) -> dict[OwnerKind, dict[str, Any]]:
    unit = cast.units["assessment"]
    return {
        OwnerKind.PERSON: {"reference": f"Patient/{karin.id}"},
        OwnerKind.OTHER: {"display": "Grannen Bo"},
        OwnerKind.MUNICIPALITY: {"type": "Organization", "reference": f"Organization/{unit.id}"},
    }


@pytest.mark.parametrize("kind", [OwnerKind.PERSON, OwnerKind.OTHER, OwnerKind.MUNICIPALITY])
def test_an_activity_is_added_after_the_others(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, active: PlanDetail, kind: OwnerKind
) -> None:
    resource, tag = nurse.read(f"CarePlan/{active.id}")
    new = activity(
        performer=[performers(cast, karin)[kind]],
        goal=[{"reference": f"Goal/{active.goals[0].id}"}],
        scheduledPeriod={"end": "2027-02-01"},
    )
    resource["activity"].append(new)
    answer = nurse.put(resource, tag)
    assert answer.status_code == 200, answer.content
    one = again(cast, active).activities[-1]
    assert (one.what, one.owner_kind, one.goal_id, str(one.due_on)) == (
        "Ringa taxi",
        kind,
        active.goals[0].id,
        "2027-02-01",
    )
    versions = PlanVersion.objects.filter(plan_id=active.id).count()
    back, tag = nurse.read(f"CarePlan/{active.id}")
    assert len(back["activity"]) == len(active.activities) + 1
    answer = nurse.put(back, tag)
    assert (answer.status_code, answer["ETag"]) == (200, tag)
    assert PlanVersion.objects.filter(plan_id=active.id).count() == versions


BAD_ACTIVITIES: dict[str, tuple[dict[str, Any], str]] = {
    "no owner": ({}, "performer"),
    "no words": ({"description": " ", "performer": [{"display": "Bo"}]}, "description"),
    "a day gone": (
        {"performer": [{"display": "Bo"}], "scheduledPeriod": {"end": "2020-01-01"}},
        "scheduledPeriod.end",
    ),
    "no such unit": (
        {"performer": [{"identifier": {"system": "urn:oid:1.2.752.29.4.19", "value": "SE0-X"}}]},
        "performer",
    ),
    "no such goal": (
        {"performer": [{"display": "Bo"}], "goal": [{"reference": "Goal/x"}]},
        "goal",
    ),
    "begun already": (
        {"performer": [{"display": "Bo"}], "status": "in-progress"},
        "status",
    ),
}


@pytest.mark.parametrize("name", BAD_ACTIVITIES)
def test_what_an_activity_cannot_be_is_told_and_nothing_is_done(
    cast: Cast, nurse: FhirClient, active: PlanDetail, name: str
) -> None:
    values, where = BAD_ACTIVITIES[name]
    resource, tag = nurse.read(f"CarePlan/{active.id}")
    resource["activity"].append(activity(**values))
    answer = nurse.put({**resource, "title": "Nytt"}, tag)
    place = f"CarePlan.activity[{len(active.activities)}].detail.{where}"
    assert told(answer) == (422, [place])
    assert again(cast, active).title == active.title


# ── a no ──


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


def why_not(code: str) -> list[dict[str, Any]]:
    concept = {"coding": [{"system": GROUNDS, "code": code}]}
    return [{"url": STATUS_REASON, "valueCodeableConcept": concept}]


NO = [{"text": "Du har redan en plan hos oss, och den kan ändras så att den räcker till."}]


def test_a_no_has_its_ground_and_its_reason(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    patient = FhirClient(person_login(karin))
    place = f"ServiceRequest/{json.loads(nurse.post(request(karin)).content)['id']}"
    no = {"status": "revoked", "extension": why_not("has-plan"), "note": NO}
    resource, tag = nurse.read(place)
    assert told(nurse.change(place, **{**no, "note": [{"text": "Nej"}]})) == (
        422,
        ["ServiceRequest.note"],
    )
    assert told(nurse.change(place, **{**no, "extension": why_not("no-time")})) == (
        422,
        ["ServiceRequest.extension"],
    )
    answer = nurse.change(place, **no)
    assert answer.status_code == 200, answer.content
    row = PlanRequest.objects.get()
    assert (row.status, row.ground, row.answer) == ("refused", "has-plan", NO[0]["text"])
    seen, _tag = patient.read(place)
    assert seen["note"] == NO
    assert seen["extension"][0]["valueCodeableConcept"]["text"].startswith("Du har redan en plan")
    assert nurse.put({**resource, **no}, tag).status_code == 412
    back, tag = nurse.read(place)
    answer = nurse.put(back, tag)
    assert (answer.status_code, answer["ETag"]) == (200, tag)


def test_who_answers_for_the_person_must_say_why_not(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    other = cast.units["assessment"].id
    performer = [{"reference": f"Organization/{other}"}]
    relate(cast.needs_assessor, karin)
    made = ops.ask_for_plan(
        cast.region_nurse, person_id=karin.id, reason="Fler är med.", unit_id=other, agreed=True
    )
    place = f"ServiceRequest/{made.id}"
    assessor = FhirClient(cast.needs_assessor)
    assert told(assessor.change(place, status="revoked")) == (422, ["ServiceRequest.extension"])
    assert told(nurse.change(place, status="completed"))[0] in (403, 404, 409)
    no = {"status": "revoked", "extension": why_not("has-plan"), "note": NO}
    assert told(nurse.change(place, **no))[0] in (403, 404, 409), performer
    assert assessor.change(place, **no).status_code == 200


# ── who asked another provider reads the own copy ──


def test_the_asker_reads_what_was_asked_and_answered_and_may_take_it_back(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    other = cast.units["assessment"].id
    made = ops.ask_for_plan(
        cast.region_nurse, person_id=karin.id, reason="Fler är med.", unit_id=other, agreed=True
    )
    place = f"ServiceRequest/{made.id}"
    resource, _tag = nurse.read(place)
    assert resource["reasonCode"] == [{"text": "Fler är med."}]
    assert FhirClient(cast.stranger).get(place).status_code == 404
    assert nurse.change(place, status="revoked").status_code == 200
    assert PlanRequest.objects.get().status == RequestStatus.WITHDRAWN
    assert nurse.read(place)[0]["status"] == "revoked"


def test_another_provider_is_asked_only_on_the_persons_yes(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    performer = [{"reference": f"Organization/{cast.units['assessment'].id}"}]
    yes = {"url": AGREED, "valueBoolean": True}
    more = [yes, {"url": "urn:x", "valueString": "y"}]
    for extension in ([{**yes, "valueBoolean": False}], [{**yes, "url": "urn:x"}], more):
        sent = request(karin, performer=performer, extension=extension)
        assert told(nurse.post(sent)) == (422, ["ServiceRequest.extension"])
    assert not PlanRequest.objects.exists()
    answer = nurse.post(request(karin, performer=performer, extension=[yes]))
    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert nurse.read(f"ServiceRequest/{made['id']}") == (made, answer["ETag"])
    assessor = FhirClient(cast.needs_assessor)
    assert assessor.read(f"ServiceRequest/{made['id']}")[0] == made
    assert FhirClient(cast.stranger).get(f"ServiceRequest/{made['id']}").status_code == 404


def test_the_asker_reads_the_yes_but_not_the_plan(
    cast: Cast, nurse: FhirClient, karin: PersonDetail
) -> None:
    other = cast.units["assessment"].id
    made = ops.ask_for_plan(
        cast.region_nurse, person_id=karin.id, reason="Fler är med.", unit_id=other, agreed=True
    )
    ops.accept_request(cast.needs_assessor, request_id=made.id)
    resource, _tag = nurse.read(f"ServiceRequest/{made.id}")
    assert resource["status"] == "completed"
    assert "supportingInfo" not in resource
    own, _tag = FhirClient(cast.needs_assessor).read(f"ServiceRequest/{made.id}")
    assert own["supportingInfo"]


# ── another time for a call ──


@pytest.fixture
def call(cast: Cast, shared: PlanDetail) -> Any:
    start = datetime.now(UTC) + timedelta(days=7)
    facts = ops.MeetingFacts(starts_at=start, ends_at=start + timedelta(hours=1), place="Krokom")
    invited = ops.Invited(units=(cast.units["assessment"].id,), person=True)
    return ops.call_meeting(cast.region_nurse, plan_id=shared.id, facts=facts, invited=invited)


def other_time(**ahead: float) -> str:
    return (datetime.now(UTC).replace(microsecond=0) + timedelta(**ahead)).isoformat()


def test_a_unit_asks_for_another_time_by_task(cast: Cast, call: Any) -> None:
    mine = next(one for one in call.calls if one.unit_id == cast.units["assessment"].id)
    client, when = FhirClient(cast.needs_assessor), other_time(days=9)
    output = [{"type": {"text": "Annat förslag på tid"}, "valueDateTime": when}]
    for values, where in (
        ({}, "Task.output"),
        ({"output": [{**output[0], "valueDateTime": other_time(days=-1)}]}, "Task.output"),
        ({"output": [{**output[0], "valueDateTime": "2027"}]}, "Task.output[0].valueDateTime"),
    ):
        assert told(client.change(f"Task/{mine.id}", status="on-hold", **values)) == (422, [where])
    answer = client.change(f"Task/{mine.id}", status="on-hold", output=output)
    assert answer.status_code == 200, answer.content
    seen = reads.meeting(cast.region_nurse, meeting_id=call.id).calls
    answered = next(one for one in seen if one.id == mine.id)
    assert answered.status.value == "other-time"
    assert answered.other_time == datetime.fromisoformat(when)
    resource, tag = client.read(f"Task/{mine.id}")
    assert client.put(resource, tag).status_code == 200


def test_the_person_asks_for_another_time_and_who_comes_second_is_told(
    cast: Cast, karin: PersonDetail, call: Any
) -> None:
    patient, when = FhirClient(person_login(karin)), other_time(days=9)
    nurse = FhirClient(cast.region_nurse)
    seen_by_nurse, old_tag = nurse.read(f"Appointment/{call.id}")
    resource, tag = patient.read(f"Appointment/{call.id}")
    me = {"reference": f"Patient/{karin.id}"}
    own = next(one for one in resource["participant"] if one["actor"] == me)
    own |= {"status": "tentative", "period": {"start": when}}
    answer = patient.put(resource, tag)
    assert answer.status_code == 200, answer.content
    assert answer["ETag"] != tag
    seen = reads.meeting(cast.region_nurse, meeting_id=call.id).calls
    mine = next(one for one in seen if one.invitee.value == "person")
    assert (mine.status.value, mine.other_time) == ("other-time", datetime.fromisoformat(when))
    for one in seen_by_nurse["participant"]:
        if one["actor"] == me:
            one["status"] = "accepted"
    answer = nurse.put(seen_by_nurse, old_tag)
    assert answer.status_code == 412
    assert issues(answer)[0]["code"] == "conflict"
    assert reads.meeting(cast.region_nurse, meeting_id=call.id).calls == seen


# ── whom the person can turn to ──


def test_a_contact_is_read_as_a_team_of_one(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    made = ops.appoint_contact(
        cast.region_nurse, person_id=karin.id, kind=ContactKind.FAST_VARDKONTAKT
    )
    place = f"CareTeam/{made.id}"
    resource, tag = nurse.read(place)
    assert resource["participant"][0]["member"]["display"] == made.name
    assert FhirClient(person_login(karin)).read(place)[0] == resource
    assert FhirClient(cast.stranger).get(place).status_code == 404
    assert nurse.put(resource, tag).status_code == 422
    relate(cast.needs_assessor, karin)
    assert FhirClient(cast.needs_assessor).get(place).status_code == 200
    ops.end_contact(cast.region_nurse, contact_id=made.id)
    assert nurse.read(place)[0]["status"] == "inactive"
    assert FhirClient(cast.needs_assessor).get(place).status_code in (404, 410)


def test_that_social_services_help_is_not_told_to_health_care(
    cast: Cast, nurse: FhirClient, karin: PersonDetail, plan: PlanDetail
) -> None:
    relate(cast.needs_assessor, karin)
    made = ops.appoint_contact(cast.needs_assessor, person_id=karin.id, kind=ContactKind.MAIN)
    assert FhirClient(cast.needs_assessor).get(f"CareTeam/{made.id}").status_code == 200
    assert told(nurse.get(f"CareTeam/{made.id}")) == (404, [])
