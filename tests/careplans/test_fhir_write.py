"""Plans written by FHIR clients: each change is the room's operation, or is told and not done."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import Plan, PlanVersion
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import SECTION_WORDS, ActivityStatus, GoalStatus, PlanStatus, Section
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource, Version
from tests.factories.browser import log_in
from tests.factories.cast import Cast, person_login
from tests.factories.fhir import FhirClient, issues, told


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)


def place(plan: PlanDetail) -> str:
    return f"CarePlan/{plan.id}"


def again(cast: Cast, plan: PlanDetail) -> PlanDetail:
    """The plan as it is by the clock of the pages."""
    return reads.plan(replace(cast.region_nurse, at=datetime.now(UTC)), plan_id=plan.id)


# ── read ──


@pytest.mark.parametrize("kind", ["CarePlan", "CareTeam", "Goal"])
def test_those_who_keep_it_read_the_shelf_to_the_letter(
    nurse: FhirClient, active: PlanDetail, kind: str
) -> None:
    key = active.goals[0].id if kind == "Goal" else active.id
    row = Resource.objects.get(kind=kind, local_id=str(key))
    text = Version.objects.get(resource=row, number=row.version).text
    assert nurse.get(f"{kind}/{key}").content.decode() == text


def test_another_party_reads_what_was_disclosed_to_it(
    cast: Cast, written: PlanDetail, shared: PlanDetail
) -> None:
    ops.withdraw_sharing(cast.region_nurse, plan_id=shared.id, by="Karin")
    ops.add_goal(
        cast.region_nurse, plan_id=shared.id, words="Ett mål till", term=shared.goals[0].term
    )
    own, _tag = FhirClient(cast.region_nurse).read(place(shared))
    other, _tag = FhirClient(cast.needs_assessor).read(place(shared))
    assert (len(own["goal"]), len(other["goal"])) == (2, 1)
    new = again(cast, shared).goals[1].id
    assert FhirClient(cast.needs_assessor).get(f"Goal/{new}").status_code == 404


def test_a_stranger_gets_404_for_reading_and_for_writing(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    resource, tag = nurse.read(place(active))
    stranger = FhirClient(cast.stranger)
    assert stranger.get(place(active)).status_code == 404
    assert told(stranger.put({**resource, "title": "Min"}, tag)) == (404, [])
    assert again(cast, active).title == "Karins plan"


def test_the_patient_reads_and_may_not_write(
    cast: Cast, karin: PersonDetail, active: PlanDetail
) -> None:
    patient = FhirClient(person_login(karin))
    resource, tag = patient.read(place(active))
    assert patient.put({**resource, "title": "Min plan"}, tag).status_code == 403
    assert again(cast, active).title == "Karins plan"


# ── plans ──


def test_a_client_rewrites_the_plan_and_the_page_shows_it(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    answer = nurse.change(place(active), title="Karin hemma", description="Att bo kvar med katten.")
    assert answer.status_code == 200, answer.content
    assert json.loads(answer.content)["title"] == "Karin hemma"
    assert answer["ETag"] == nurse.read(place(active))[1]
    page = log_in(cast.region_nurse).get(f"/planer/{active.id}/").content.decode()
    assert "Karin hemma" in page
    assert "Att bo kvar med katten." in page


def test_what_is_read_and_sent_back_changes_nothing(nurse: FhirClient, active: PlanDetail) -> None:
    before = PlanVersion.objects.filter(plan_id=active.id).count()
    for kind, key in (("CarePlan", active.id), ("Goal", active.goals[0].id)):
        resource, tag = nurse.read(f"{kind}/{key}")
        answer = nurse.put(resource, tag)
        assert (answer.status_code, answer["ETag"]) == (200, tag)
    assert PlanVersion.objects.filter(plan_id=active.id).count() == before


def test_a_plan_is_established_when_all_is_there_and_else_told_why(
    cast: Cast, nurse: FhirClient, plan: PlanDetail, shared: PlanDetail
) -> None:
    assert nurse.change(place(shared), status="active").status_code == 200
    assert again(cast, shared).status is PlanStatus.ACTIVE


def test_an_unfinished_plan_is_not_established(
    cast: Cast, nurse: FhirClient, plan: PlanDetail
) -> None:
    answer = nurse.change(place(plan), status="active", title="Nytt namn")
    assert answer.status_code in (409, 422), answer.content
    assert issues(answer)[0]["diagnostics"]
    assert again(cast, plan).title == "Karins plan", "half of it was done"


def test_a_plan_ends_with_its_reason(cast: Cast, nurse: FhirClient, active: PlanDetail) -> None:
    without = nurse.change(place(active), status="completed")
    assert told(without) == (422, ["CarePlan.note"])
    answer = nurse.change(
        place(active), status="completed", note=[{"text": "Karin klarar sig själv."}]
    )
    assert answer.status_code == 200, answer.content
    ended = again(cast, active)
    assert (ended.status, ended.end_reason) == (PlanStatus.ENDED, "Karin klarar sig själv.")


@pytest.mark.parametrize("status", ["revoked", "on-hold", "entered-in-error", "unknown"])
def test_a_plan_goes_to_no_other_status(nurse: FhirClient, active: PlanDetail, status: str) -> None:
    assert told(nurse.change(place(active), status=status)) == (422, ["CarePlan.status"])


def test_a_new_note_is_a_comment_and_own_texts_are_sections(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    notes = [
        {"text": f"{SECTION_WORDS[Section.STRENGTHS]}: Envis"},
        {"text": "Ringde Karin i dag."},
    ]
    answer = nurse.change(place(active), note=notes)
    assert answer.status_code == 200, answer.content
    seen = again(cast, active)
    assert seen.strengths == "Envis"
    assert [one.words for one in seen.comments] == ["Ringde Karin i dag."]
    assert nurse.read(f"Communication/{seen.comments[0].id}")[0]["payload"] == [
        {"contentString": "Ringde Karin i dag."}
    ]
    assert told(nurse.change(place(active), note=[{"text": "x", "authorString": "Eva"}])) == (
        422,
        ["CarePlan.note[0].authorString"],
    )


def test_an_activity_is_done_and_moved(cast: Cast, nurse: FhirClient, active: PlanDetail) -> None:
    resource, tag = nurse.read(place(active))
    detail = resource["activity"][0]["detail"]
    detail["status"] = "completed"
    detail["scheduledPeriod"] = {"end": "2026-12-24"}
    answer = nurse.put(resource, tag)
    assert answer.status_code == 200, answer.content
    first = again(cast, active).activities[0]
    assert (first.status, str(first.due_on)) == (ActivityStatus.DONE, "2026-12-24")


UNTAKEN: dict[str, tuple[dict[str, Any], str]] = {
    "intent": ({"intent": "order"}, "CarePlan.intent"),
    "language": ({"language": "sv"}, "CarePlan.language"),
    "subject": ({"subject": {"reference": "Patient/x"}}, "CarePlan.subject.reference"),
    "extension": (
        {"extension": [{"url": "http://example.org/x", "valueString": "y"}]},
        "CarePlan.extension[0].url",
    ),
    "period": ({"period": {"start": "2020-01-01"}}, "CarePlan.period.start"),
    "goal": ({"goal": []}, "CarePlan.goal[0].reference"),
}


@pytest.mark.parametrize("name", UNTAKEN)
def test_what_no_operation_takes_is_told_and_nothing_is_done(
    cast: Cast, nurse: FhirClient, active: PlanDetail, name: str
) -> None:
    values, where = UNTAKEN[name]
    if name == "goal":
        resource, tag = nurse.read(place(active))
        del resource["goal"]
        answer = nurse.put({**resource, "title": "Nytt"}, tag)
    else:
        answer = nurse.change(place(active), title="Nytt", **values)
    status, places = told(answer)
    assert status == 422, answer.content
    assert where in places
    assert again(cast, active).title == "Karins plan"


def test_an_activity_is_not_added_or_taken_away_unseen(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    resource, tag = nurse.read(place(active))
    more = deepcopy(resource)
    more["activity"].append({"detail": {"status": "not-started", "description": "Ny"}})
    assert told(nurse.put(more, tag))[0] == 422
    resource["activity"].pop()
    assert told(nurse.put(resource, tag)) == (422, ["CarePlan.activity[2]"])
    assert len(again(cast, active).activities) == 3


def test_a_plan_is_begun(cast: Cast, nurse: FhirClient, karin: PersonDetail) -> None:
    new: dict[str, Any] = {
        "resourceType": "CarePlan",
        "status": "draft",
        "intent": "plan",
        "title": "Rehab efter höften",
        "description": "Gå i trappan",
        "category": [
            {
                "coding": [
                    {"system": "https://fhir.inera.se/CodeSystem/typeofcareplan-cs", "code": "RP"}
                ]
            }
        ],
        "subject": {"reference": f"Patient/{karin.id}"},
    }
    answer = nurse.post(new)
    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert answer["Location"].endswith(f"/fhir/R4/CarePlan/{made['id']}/_history/1")
    assert nurse.read(f"CarePlan/{made['id']}") == (made, answer["ETag"])
    assert Plan.objects.get(id=made["id"]).title == "Rehab efter höften"
    count = Plan.objects.count()
    assert told(nurse.post({**new, "status": "active"})) == (422, ["CarePlan.status"])
    assert told(nurse.post({**new, "priority": 1}))[0] == 400
    assert told(nurse.post({**new, "language": "sv"})) == (422, ["CarePlan.language"])
    unknown = {**new["category"][0]["coding"][0], "code": "nonsense"}
    wrong = {**new, "category": [{"coding": [unknown]}]}
    assert told(nurse.post(wrong)) == (422, ["CarePlan.category"])
    another = nurse.post({**new, "category": [{"text": "Hej"}]})  # no plan of ours: kept as it is
    assert (another.status_code, nurse.client.get(another["Location"]).status_code) == (201, 200)
    assert Plan.objects.count() == count


# ── two at the same time ──


def test_who_comes_second_is_told_both_versions(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    resource, tag = nurse.read(place(active))
    assert nurse.change(place(active), title="Den första").status_code == 200
    answer = nurse.put({**resource, "title": "Den andra"}, tag)
    assert answer.status_code == 412
    first, *told_ = issues(answer)
    assert (first["code"], first["expression"]) == ("conflict", ["CarePlan.title"])
    assert "Den andra" in told_[0]["diagnostics"]
    assert "Den första" in told_[1]["diagnostics"]
    assert answer["ETag"] == nurse.read(place(active))[1]
    assert again(cast, active).title == "Den första"


def test_a_change_must_say_what_it_begins_from(nurse: FhirClient, active: PlanDetail) -> None:
    resource, _tag = nurse.read(place(active))
    for tag in ("", "*", "W/", '""'):
        assert told(nurse.put(resource, tag)) == (428, ["If-Match"])


# ── goals, teams ──


def test_a_goal_is_rewritten_and_followed_up(
    cast: Cast, nurse: FhirClient, active: PlanDetail
) -> None:
    key = active.goals[0].id
    resource, tag = nurse.read(f"Goal/{key}")
    resource |= {
        "description": {"text": "Gå till affären och hem"},
        "target": [{"dueDate": "2027-01-31"}],
        "lifecycleStatus": "completed",
        "note": [{"text": "Det gick bra, jag gick själv."}],
    }
    resource["achievementStatus"]["coding"][0]["code"] = "achieved"
    answer = nurse.put(resource, tag)
    assert answer.status_code == 200, answer.content
    one = again(cast, active).goals[0]
    assert (one.words, str(one.reach_by)) == ("Gå till affären och hem", "2027-01-31")
    assert (one.status, one.outcome) == (GoalStatus.REACHED, "Det gick bra, jag gick själv.")


def test_a_goal_says_how_it_went(nurse: FhirClient, active: PlanDetail) -> None:
    key = active.goals[0].id
    unclear = nurse.change(f"Goal/{key}", lifecycleStatus="completed")
    assert told(unclear) == (422, ["Goal.achievementStatus"])
    assert told(nurse.change(f"Goal/{key}", statusDate="2020-01-01")) == (422, ["Goal.statusDate"])


def test_another_party_follows_a_goal_up(cast: Cast, shared: PlanDetail) -> None:
    assessor = FhirClient(cast.needs_assessor)
    answer = assessor.change(
        f"Goal/{shared.goals[0].id}",
        lifecycleStatus="cancelled",
        note=[{"text": "Vill inte längre."}],
    )
    assert answer.status_code == 200, answer.content
    assert again(cast, shared).goals[0].status is GoalStatus.DROPPED


def test_a_goal_that_was_undone_is_gone(cast: Cast, nurse: FhirClient, active: PlanDetail) -> None:
    made = ops.add_goal(
        cast.region_nurse, plan_id=active.id, words="Fel mål", term=active.goals[0].term
    )
    key = made.goals[1].id
    ops.undo_change(cast.region_nurse, plan_id=active.id, version=made.version)
    assert told(nurse.get(f"Goal/{key}")) == (410, [])
    assert FhirClient(cast.stranger).get(f"Goal/{key}").status_code == 404


def test_a_team_follows_from_the_plan(nurse: FhirClient, active: PlanDetail) -> None:
    resource, tag = nurse.read(f"CareTeam/{active.id}")
    answer = nurse.put(resource, tag)
    assert answer.status_code == 422
    assert issues(answer)[0]["diagnostics"]
