"""A municipality with a system of its own takes part in our plan by the API alone (Santeon SCP, IHE DCP and DCTM)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from samverka.access.roles import Role
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import ActivityStatus
from tests.connections.letting import bearer, make_client, public, system_token
from tests.factories.cast import NOW, Cast
from tests.factories.fhir import FhirClient, told

SYSTEM = "https://samverka.example/fhir/CodeSystem/plan-task"
SCOPES = "system/Task.cruds system/CarePlan.rs system/CareTeam.rs system/Goal.rs"
JSON = "application/fhir+json"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


class System:
    """The municipality's own system: a key, a token, and HTTP."""

    def __init__(self, cast: Cast, unit: str = "assessment") -> None:
        made = make_client(
            cast.units[unit].id, name="Kommunens system", kind="backend", scopes=SCOPES, keys=public(),
            roles=[Role.CARE.value, Role.INTEGRATION.value], purposes=["TREAT"], redirects=[],
        )  # fmt: skip
        answer = system_token(made, SCOPES)
        assert answer.status_code == 200, answer.content
        self.headers = bearer(answer.json()["access_token"])
        self.http = Client()

    def get(self, place: str) -> Any:
        return self.http.get(f"/fhir/R4/{place}", headers=self.headers)

    def find(self, place: str) -> list[dict[str, Any]]:
        answer = self.get(place)
        assert answer.status_code == 200, answer.content
        return [one["resource"] for one in json.loads(answer.content).get("entry", [])]

    def read(self, place: str) -> tuple[dict[str, Any], str]:
        answer = self.get(place)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content), answer["ETag"]

    def put(self, resource: dict[str, Any], tag: str) -> Any:
        place = f"/fhir/R4/{resource['resourceType']}/{resource['id']}"
        headers = self.headers | ({"If-Match": tag} if tag else {})
        return self.http.put(place, json.dumps(resource), content_type=JSON, headers=headers)

    def move(self, key: str, status: str, **more: Any) -> Any:
        """Read the Task and write its next status back."""
        task, tag = self.read(f"Task/{key}")
        return self.put(task | {"status": status} | more, tag)

    def patch(self, place: str, changes: list[Any], tag: str) -> Any:
        headers = self.headers | {"If-Match": tag}
        kind = "application/json-patch+json"
        return self.http.patch(
            f"/fhir/R4/{place}", json.dumps(changes), content_type=kind, headers=headers
        )

    def post(self, resource: dict[str, Any]) -> Any:
        place = f"/fhir/R4/{resource['resourceType']}"
        return self.http.post(place, json.dumps(resource), content_type=JSON, headers=self.headers)


def new_task(plan: PlanDetail, cast: Cast, unit: str, sort: str, **more: Any) -> dict[str, Any]:
    """A Task as the how-to shows it."""
    return {
        "resourceType": "Task", "status": "requested", "intent": "order",
        "code": {"coding": [{"system": SYSTEM, "code": sort}]},
        "basedOn": [{"reference": f"CarePlan/{plan.id}"}],
        "owner": {"reference": f"Organization/{cast.units[unit].id}"}, **more,
    }  # fmt: skip


def members(system: System, plan: PlanDetail) -> dict[str, dict[str, Any]]:
    found, _tag = system.read(f"CareTeam/{plan.id}")
    return {one["member"]["reference"]: one["period"] for one in found["participant"]}


def test_a_municipality_with_its_own_system_takes_part_by_the_api_alone(
    cast: Cast, shared: PlanDetail, clock: Any
) -> None:
    system, own = System(cast), f"Organization/{cast.units['assessment'].id}"
    # what waits for us
    waiting = system.find(f"Task?owner={own}&status=requested")
    codes = {one["code"]["coding"][0]["code"]: one for one in waiting}
    assert set(codes) == {"invitation", "undertaking"}
    invitation, shower = codes["invitation"]["id"], codes["undertaking"]["id"]
    # the plan that it is about
    plan, _tag = system.read(codes["invitation"]["basedOn"][0]["reference"])
    assert plan["title"] == "Karins plan"
    assert own not in members(system, shared)
    # yes: and we are in the team
    clock.shift(60)
    answer = system.move(invitation, "accepted")
    assert answer.status_code == 200, answer.content
    assert members(system, shared)[own] == {"start": "2026-11-20T14:31:00+00:00"}
    assert system.find(f"Task?owner={own}&status=requested&code=invitation") == []
    # the shower: by PATCH, then by steps to its end
    task, tag = system.read(f"Task/{shower}")
    change = [{"op": "replace", "path": "/status", "value": "accepted"}]
    assert system.patch(f"Task/{shower}", change, tag).status_code == 200
    assert system.patch(f"Task/{shower}", change, tag).status_code == 412, "an older version"
    assert system.move(shower, "in-progress").status_code == 200
    output = [{"type": {"text": "Svar"}, "valueString": "Tre gånger i veckan"}]
    assert system.move(shower, "completed", output=output).status_code == 200
    plan, _tag = system.read(f"CarePlan/{shared.id}")
    done = [
        one["detail"]["status"]
        for one in plan["activity"]
        if one["detail"]["description"] == task["description"]
    ]
    assert done == ["completed"]
    # something new of our own, and something that we ask the region
    clock.shift(60)
    mine = new_task(
        shared, cast, "assessment", "undertaking", status="accepted", description="Trygghetslarm"
    )
    made = system.post(mine)
    assert made.status_code == 201, made.content
    asked = new_task(shared, cast, "health_centre", "undertaking", description="Se över synen",
                     restriction={"period": {"end": "2026-12-10"}})  # fmt: skip
    made = system.post(asked)
    assert made.status_code == 201, made.content
    at_region = json.loads(made.content)["id"]
    question = new_task(shared, cast, "health_centre", "question", status="ready", description="Hos er?",
                        partOf=[{"reference": f"Task/{at_region}"}])  # fmt: skip
    assert system.post(question).status_code == 201
    # the region sees it and answers, in its own words
    nurse = FhirClient(cast.region_nurse)
    [back] = json.loads(nurse.get(f"Task?part-of=Task/{at_region}").content)["entry"]
    answer = {"output": [{"type": {"text": "Svar"}, "valueString": "Nej"}], "status": "completed"}
    assert nurse.change(f"Task/{back['resource']['id']}", **answer).status_code == 200
    answer = nurse.change(
        f"Task/{at_region}", status="rejected", statusReason={"text": "Görs av optiker"}
    )
    assert answer.status_code == 200, answer.content
    told_now, _tag = system.read(f"Task/{at_region}")
    assert (told_now["status"], told_now["statusReason"]["text"]) == ("rejected", "Görs av optiker")
    # we leave: every one of ours is over
    last = system.find(f"Task?owner={own}&status=accepted")
    clock.shift(60)
    for one in last:
        assert system.move(one["id"], "in-progress").status_code == 200
        assert system.move(one["id"], "completed").status_code == 200
    assert members(system, shared)[own]["end"] == "2026-11-20T14:33:00+00:00"
    page = reads.plan(cast.at(cast.region_nurse, minutes=4), plan_id=shared.id)
    assert {one.what: one.status for one in page.activities}["Trygghetslarm"] is ActivityStatus.DONE


def test_what_cannot_be_done_is_told_in_words(cast: Cast, shared: PlanDetail, clock: Any) -> None:
    system, own = System(cast), f"Organization/{cast.units['assessment'].id}"
    [one] = system.find(f"Task?owner={own}&code=invitation")
    key = one["id"]
    no_tag = system.put(one | {"status": "accepted"}, "")
    assert told(no_tag)[0] == 428
    too_far = system.move(key, "completed")
    assert too_far.status_code == 409
    assert "received, accepted, rejected, cancelled" in too_far.content.decode()
    assert told(system.move(key, "rejected")) == (422, ["Task.statusReason"])
    assert told(system.move(key, "draft"))[0] == 422
    assert told(system.move(key, "requested", description="Annat"))[0] == 422
    assert system.http.delete(f"/fhir/R4/Task/{key}", headers=system.headers).status_code == 422
    begun = new_task(shared, cast, "home_health", "invitation", status="completed")
    assert told(system.post(begun)) == (422, ["Task.status"])
    unnamed = new_task(shared, cast, "home_health", "other")
    assert told(system.post(unnamed)) == (422, ["Task.code"])
    # the region's nurse asks; she does not answer in the municipality's place
    answer = FhirClient(cast.region_nurse).change(f"Task/{key}", status="accepted")
    assert answer.status_code == 403
    assert "cancelled" in answer.content.decode()


@pytest.mark.parametrize("who", ["stranger", "other unit"])
def test_others_find_and_read_nothing(cast: Cast, shared: PlanDetail, clock: Any, who: str) -> None:
    [one, *_more] = System(cast).find(f"Task?owner=Organization/{cast.units['assessment'].id}")
    if who == "stranger":
        client = FhirClient(cast.stranger)
        assert client.get(f"Task/{one['id']}").status_code == 404
        assert json.loads(client.get(f"Task?_id={one['id']}").content)["total"] == 0
        return
    other = System(cast, "home_health")
    assert other.get(f"Task/{one['id']}").status_code == 404
    assert other.find(f"Task?based-on=CarePlan/{shared.id}") == []
    assert other.put(one | {"status": "accepted"}, 'W/"1"').status_code == 404


def test_nobody_edits_the_team_by_hand(cast: Cast, shared: PlanDetail) -> None:
    nurse = FhirClient(cast.region_nurse)
    team, tag = nurse.read(f"CareTeam/{shared.id}")
    one_more = [*team["participant"], {"member": {"display": "Vi med"}}]
    without = nurse.put(team | {"participant": one_more}, tag)
    gone = nurse.client.delete(f"/fhir/R4/CareTeam/{shared.id}", headers={"if-match": tag})
    for answer in (without, gone):
        assert answer.status_code == 422
        assert "Task" in answer.content.decode()
    assert nurse.read(f"CareTeam/{shared.id}") == (team, tag)
