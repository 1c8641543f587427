"""Told as well: what is gone, what has found its person, all of a plan that is given, and each topic by a real operation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverka.access.roles import Role, permissions_of
from samverka.careplans import operations as plans
from samverka.careplans.reads import PlanDetail
from samverka.config import exchange
from samverka.config.exchange.operating import state
from samverka.config.feed import feed
from samverka.discharge import operations as discharge
from samverka.discharge.rules.messages import MessageKind
from samverka.kernel.actor import Actor
from samverka.people.reads import PersonDetail
from samverka.subscriptions.models import Notice, Subscription
from samverka.subscriptions.rules import Topic
from samverka.web.exchange import Call
from tests.factories.cast import KARINS_NUMBER, NOW, Cast
from tests.subscriptions.conftest import (
    Receiver,
    Teller,
    asked,
    connected,
    share,
    subscribe,
    write,
)

pytestmark = pytest.mark.django_db

FULL = {
    "_payload": {
        "extension": [
            {
                "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content",
                "valueCode": "full-resource",
            }
        ]
    }
}


def foci(receiver: Receiver) -> set[str]:
    return {focus for _number, focus in receiver.events}


def kept(actor: Actor, resource: dict[str, Any]) -> str:
    made = exchange.create(actor, resource["resourceType"], msgspec.json.encode(resource)).shown
    return f"{made.kind}/{made.id}"


def key(at: str) -> str:
    return at.split("/")[1]


def measured(karin: PersonDetail, said: str = "puls") -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": said},
        "subject": {"reference": f"Patient/{karin.id}"},
    }


# ── gone ──


def test_that_it_is_gone_is_told_by_id_to_those_who_could_read_it(
    cast: Cast, journal: Actor, karin: PersonDetail, receiver: Receiver, teller: Teller
) -> None:
    nurse = cast.region_nurse
    one, other = kept(nurse, measured(karin)), kept(nurse, measured(karin, "vikt"))
    search = "Observation?code:text=puls"
    subscribe(journal, asked(criteria=search, url=receiver.url))
    stranger = connected(cast, "other_centre", "annan")
    subscribe(stranger, asked(criteria=search, url=receiver.url))
    teller.run()
    later = cast.at(nurse, minutes=1)
    for at in (one, other):
        exchange.delete(later, "Observation", key(at))
    teller.pass_(minutes=1).run()
    assert receiver.events == [(1, one)], "The filter is judged on what it said last."
    [entry] = receiver.got[-1]["entry"][1:]
    assert entry["request"] == {"method": "DELETE", "url": one}
    assert "resource" not in entry
    assert not Notice.objects.filter(state="waiting").exists()
    assert Subscription.objects.get(account_id=stranger.id).events == 0


def test_what_it_was_before_it_went_is_told_no_more(
    cast: Cast, journal: Actor, karin: PersonDetail, receiver: Receiver, teller: Teller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("samverka.subscriptions.reads.telling.tells_all", lambda _at: True)
    monkeypatch.setattr("samverka.subscriptions.operations.asking.tells_all", lambda _at: True)
    monkeypatch.setattr("samverka.subscriptions.operations.delivering.tells_all", lambda _at: True)
    subscribe(journal, asked(criteria="Observation", url=receiver.url, channel=FULL))
    teller.run()
    at = kept(cast.at(cast.region_nurse, minutes=1), measured(karin))
    exchange.delete(cast.at(cast.region_nurse, minutes=2), "Observation", key(at))
    teller.pass_(minutes=2).run()
    assert receiver.events == [(1, at)]
    assert b"puls" not in receiver.bodies[-1], "Though whole resources are sent: there is none."


# ── placed ──


def test_what_waited_for_its_person_is_told_when_the_person_is_known(
    cast: Cast, journal: Actor, karin: PersonDetail, receiver: Receiver, teller: Teller
) -> None:
    nurse = cast.region_nurse
    system = replace(nurse, permissions=nurse.permissions | permissions_of([Role.INTEGRATION]))
    subscribe(journal, asked(Topic.ALERT_RAISED, receiver.url))
    teller.run()
    flag = {
        "resourceType": "Flag", "id": "f1", "status": "active", "code": {"text": "Fallrisk"},
        "subject": {"reference": "Patient/77"},
    }  # fmt: skip
    feed(cast.at(system, minutes=1), bundle(flag))
    teller.pass_(minutes=1).run()
    assert receiver.events == []
    pnr = {
        "system": "http://electronichealth.se/identifier/personnummer",
        "value": KARINS_NUMBER.value,
    }
    patient = {"resourceType": "Patient", "id": "77", "identifier": [pnr]}
    feed(cast.at(system, minutes=2), bundle(patient))
    teller.pass_(minutes=1).run()
    assert [focus.split("/")[0] for _number, focus in receiver.events] == ["Flag"]


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": one, "fullUrl": f"https://j.example/{one['resourceType']}/{one['id']}"} for one in resources]  # fmt: skip
    return msgspec.json.encode({"resourceType": "Bundle", "type": "collection", "entry": entries})


# ── given ──


def test_of_a_plan_that_is_given_all_that_is_new_in_it_is_told(
    cast: Cast, omsorg: Actor, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    subscribe(omsorg, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    share(cast, plan)
    teller.run()
    goal = f"Goal/{plan.goals[0].id}"
    assert foci(receiver) == {f"CarePlan/{plan.id}", f"CareTeam/{plan.id}", goal}
    before = len(receiver.events)
    write(cast, plan, "Att sova i egen säng", minutes=1)
    teller.pass_(minutes=1).run()
    new = [focus for _number, focus in receiver.events[before:]]
    assert new == [f"CarePlan/{plan.id}"], "The goal and the team are as they were."


# ── the topics, each by a real operation ──


def test_a_task_that_gets_an_owner_is_told(
    cast: Cast, omsorg: Actor, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    share(cast, plan)
    subscribe(omsorg, asked(Topic.TASK_ASSIGNED, receiver.url))
    teller.run()
    made = plans.ask_to_do(
        cast.at(cast.region_nurse, minutes=1), plan_id=plan.id, what="Hembesök", unit_id=cast.units["assessment"].id
    )  # fmt: skip
    teller.pass_(minutes=1).run()
    assert foci(receiver) == {f"Task/{made.id}"}


def test_a_step_on_the_way_home_is_told(
    cast: Cast, karin: PersonDetail, receiver: Receiver, teller: Teller
) -> None:
    ward = connected(cast, "ward", "vårdsystem")
    subscribe(ward, asked(Topic.DISCHARGE_STEP, receiver.url))
    teller.run()
    case = discharge.open_case(
        cast.at(cast.ward_nurse, minutes=1), person_id=karin.id,
        facts=discharge.AdmissionFacts(admitted_at=NOW - timedelta(hours=6)),
    )  # fmt: skip
    discharge.send_message(
        cast.at(cast.ward_nurse, minutes=2),
        case_id=case.id,
        kind=MessageKind.ADMISSION,
        letter=discharge.Letter(
            body={"estimated_at": (NOW + timedelta(days=3)).date().isoformat()},
            units=(cast.units["health_centre"].id,),
        ),
    )
    teller.pass_(minutes=2).run()
    assert foci(receiver) == {f"Encounter/{case.id}"}


def test_an_alert_is_told_when_it_is_raised_and_not_when_it_is_lifted(
    cast: Cast, journal: Actor, karin: PersonDetail, receiver: Receiver, teller: Teller
) -> None:
    subscribe(journal, asked(Topic.ALERT_RAISED, receiver.url))
    teller.run()
    flag = {
        "resourceType": "Flag", "status": "active", "code": {"text": "Fallrisk"},
        "subject": {"reference": f"Patient/{karin.id}"},
    }  # fmt: skip
    at = kept(cast.at(cast.region_nurse, minutes=1), flag)
    lifted = flag | {"id": at.split("/")[1], "status": "inactive"}
    exchange.update(
        cast.at(cast.region_nurse, minutes=2), "Flag", key(at), msgspec.json.encode(lifted)
    )
    teller.pass_(minutes=2).run()
    assert receiver.events == [(1, at)]


def test_the_server_says_where_its_socket_is_and_which_topics_there_are() -> None:
    told = msgspec.json.decode(state(Call("GET", base="https://x.example/fhir/R4")).text)["rest"][0]
    [socket] = told["extension"]
    assert socket["url"].endswith("capabilitystatement-websocket")
    assert socket["valueUri"].startswith(("ws://", "wss://"))
    [own] = [one for one in told["resource"] if one["type"] == "Subscription"]
    assert [one["valueCanonical"] for one in own["extension"]] == [one.url for one in Topic]
