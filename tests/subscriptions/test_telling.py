"""What a subscriber is told, when, in which order, and as often as it takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.audit.models import Event
from samverka.careplans import operations as plans
from samverka.careplans.reads import PlanDetail
from samverka.config.subscribing import reach
from samverka.kernel.actor import Actor
from samverka.subscriptions import operations, reads
from samverka.subscriptions.models import Happening, Notice, Subscription
from samverka.subscriptions.rules import WAITS, NoticeState, SubscriptionState, Topic
from tests.factories.cast import NOW, Cast
from tests.subscriptions.conftest import (
    Receiver,
    Teller,
    asked,
    kind_of,
    parameters,
    share,
    subscribe,
    write,
)

pytestmark = pytest.mark.django_db


def state(made: dict[str, Any]) -> str:
    return str(Subscription.objects.get(id=made["id"]).state)


def of_plan(plan: PlanDetail) -> str:
    return f"CarePlan/{plan.id}"


def plan_events(receiver: Receiver, plan: PlanDetail) -> list[int]:
    return [number for number, focus in receiver.events if focus == of_plan(plan)]


@pytest.fixture
def told(journal: Actor, plan: PlanDetail, receiver: Receiver, teller: Teller) -> dict[str, Any]:
    """The journal is told of Karin's plan, and has answered the handshake."""
    made = subscribe(
        journal, asked(criteria=f"CarePlan?subject=Patient/{plan.person_id}", url=receiver.url)
    )
    teller.run()
    return made


def test_a_handshake_comes_first_and_nothing_from_before(
    told: dict[str, Any], receiver: Receiver
) -> None:
    assert [kind_of(one) for one in receiver.got] == ["handshake"]
    assert parameters(receiver.got[0])["status"] == "requested"
    assert state(told) == "active"


def test_a_change_is_told_by_id_alone(
    told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    write(cast, plan, "Att sova i egen säng", minutes=1)
    teller.pass_(minutes=1).run()
    assert receiver.events == [(1, of_plan(plan))]
    assert b"egen s" not in receiver.bodies[-1]
    assert receiver.headers[-1]["Content-Type"] == "application/fhir+json"
    bundle = receiver.got[-1]
    assert (bundle["type"], len(bundle["entry"])) == ("history", 2)
    assert "resource" not in bundle["entry"][1]
    assert parameters(bundle)["events-since-subscription-start"] == "1"


def test_who_was_told_stands_in_the_log(
    told: dict[str, Any], cast: Cast, plan: PlanDetail, teller: Teller
) -> None:
    write(cast, plan, "Att sova i egen säng", minutes=1)
    teller.pass_(minutes=1).run()
    with act(cast.system, Action.NOTICE_RUN) as this:
        this.unchanged()
        lines = list(Event.objects.filter(action="subscription.tell"))
    assert [(one.person_id, one.actor_name) for one in lines] == [
        (str(plan.person_id), "Systemet journal")
    ]


def test_what_nobody_waits_for_is_not_written_down(cast: Cast, plan: PlanDetail) -> None:
    write(cast, plan, "Att sova i egen säng")
    assert not Happening.objects.exists()


def test_a_receiver_that_fails_is_told_later_and_nothing_is_lost(
    told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    receiver.answers[:] = [503, 500]
    write(cast, plan, "Ett", minutes=1)
    write(cast, plan, "Två", minutes=2)
    teller.pass_(minutes=3).run()
    teller.run()
    assert receiver.events == []
    assert len(receiver.answers) == 1, "It rests: not asked again at once."
    teller.pass_(minutes=1).run()
    teller.pass_(minutes=1).run()
    assert receiver.events == []
    teller.pass_(minutes=1).run()
    assert receiver.events == [(1, of_plan(plan)), (2, of_plan(plan))]


def test_after_the_last_try_it_stops_in_words_and_goes_on_when_mended(
    told: dict[str, Any],
    cast: Cast,
    journal: Actor,
    plan: PlanDetail,
    receiver: Receiver,
    teller: Teller,
) -> None:
    write(cast, plan, "Ett", minutes=1)
    receiver.answers[:] = [503] * (len(WAITS) + 1)
    teller.pass_(minutes=1)
    for wait in (*WAITS, timedelta(days=2)):
        teller.run()
        teller.at += wait
    assert state(told) == "error"
    found = reads.subscription(journal, subscription_id=Subscription.objects.get().id)
    assert "503" in found.fault
    write(cast, plan, "Två", days=3)
    teller.run()
    assert receiver.events == []
    operations.try_again(cast.administrator, subscription_id=found.id)
    teller.run()
    assert kind_of(receiver.got[-3]) == "handshake"
    assert receiver.events == [(1, of_plan(plan)), (2, of_plan(plan))]


def test_one_that_is_refused_is_given_up_and_the_next_goes(
    told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    write(cast, plan, "Ett", minutes=1)
    write(cast, plan, "Två", minutes=2)
    receiver.answers[:] = [422] * (len(WAITS) + 1)
    teller.pass_(minutes=2)
    for wait in WAITS:
        teller.run()
        teller.at += wait
        assert receiver.events == [], "The second of the same person waits for the first."
    teller.run()
    teller.run()
    assert receiver.events == [(2, of_plan(plan))]
    assert [one.state for one in Notice.objects.order_by("id")] == ["given-up", "sent"]
    assert state(told) == "active"


def test_who_falls_between_sending_and_noting_sends_again_with_the_same_number(
    told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    write(cast, plan, "Ett", minutes=1)
    teller.pass_(minutes=1)
    subscription = Subscription.objects.get()
    from samverka.subscriptions import jobs
    from samverka.subscriptions.jobs.posting import post

    jobs.spread(teller.actor)
    parcel = operations.take_notice(
        teller.actor(), subscription_id=subscription.id, reach=teller.reach
    )
    assert parcel is not None
    assert post(parcel) is None  # sent; and then the power goes
    teller.run()
    assert receiver.events == [(1, of_plan(plan))], "Somebody is taken to be sending it."
    teller.pass_(minutes=3).run()
    assert receiver.events == [(1, of_plan(plan)), (1, of_plan(plan))]


# ── the gate ──


@pytest.fixture
def given_told(
    omsorg: Actor, cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> dict[str, Any]:
    """The needs assessment's system is told of plans; Karin's has been given to it."""
    share(cast, plan)
    made = subscribe(omsorg, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    return made


def test_one_with_a_copy_hears_of_what_is_given(
    given_told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    write(cast, plan, "Att sova i egen säng", minutes=1)
    teller.pass_(minutes=1).run()
    assert of_plan(plan) in {focus for _number, focus in receiver.events}


def test_a_consent_taken_back_between_the_change_and_the_telling_is_obeyed(
    given_told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    write(cast, plan, "Hemligt", minutes=1)
    plans.withdraw_sharing(cast.at(cast.region_nurse, minutes=2), plan_id=plan.id, by="Karin")
    write(cast, plan, "Hemligare", minutes=3)
    teller.pass_(minutes=3).run()
    assert not Notice.objects.filter(state=NoticeState.WAITING).exists()
    heard = {focus for _number, focus in receiver.events}
    assert of_plan(plan) not in heard


def test_a_change_that_is_not_given_is_not_told(
    given_told: dict[str, Any], cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    plans.withdraw_sharing(cast.at(cast.region_nurse, minutes=1), plan_id=plan.id, by="Karin")
    teller.pass_(minutes=1).run()
    before = len(receiver.events)
    write(cast, plan, "Hemligt", minutes=2)
    teller.pass_(minutes=2).run()
    assert len(receiver.events) == before
    assert Subscription.objects.get(id=given_told["id"]).events == before, "No gap tells of it."


def test_a_stranger_is_told_nothing_and_leaves_no_refusal(
    cast: Cast, plan: PlanDetail, receiver: Receiver, teller: Teller
) -> None:
    from tests.subscriptions.conftest import connected

    stranger = connected(cast, "other_centre", "annan")
    subscribe(stranger, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    write(cast, plan, "Hemligt", minutes=1)
    teller.pass_(minutes=1).run()
    assert receiver.events == []
    with act(cast.system, Action.NOTICE_RUN) as this:
        this.unchanged()
        refused = Event.objects.filter(actor_id=str(stranger.id), outcome__gt=0)
        assert not refused.exists(), "It has asked for nothing; the house has."


def test_an_assignment_that_has_ended_turns_it_off_in_words(
    told: dict[str, Any], cast: Cast, journal: Actor, plan: PlanDetail, receiver: Receiver,
    teller: Teller,
) -> None:  # fmt: skip
    from samverka.organisations.operations import end_assignment

    write(cast, plan, "Ett", minutes=1)
    end_assignment(cast.at(cast.system, minutes=2), assignment_id=journal.assignment_id)
    teller.pass_(minutes=3).run()
    assert receiver.events == []
    row = Subscription.objects.get(id=told["id"])
    assert (row.state, bool(row.fault)) == (SubscriptionState.OFF, True)


# ── signs of life, ends, handshakes ──


def test_a_sign_of_life_when_nothing_has_happened(
    journal: Actor, receiver: Receiver, teller: Teller
) -> None:
    url = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-heartbeat-period"
    beat = {"extension": [{"url": url, "valueUnsignedInt": 60}]}
    subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url, channel=beat))
    teller.run()
    teller.pass_(seconds=59).run()
    assert [kind_of(one) for one in receiver.got] == ["handshake"]
    teller.pass_(seconds=1).run()
    teller.run()
    assert [kind_of(one) for one in receiver.got] == ["handshake", "heartbeat"]


def test_a_refused_handshake_stops_it(journal: Actor, receiver: Receiver, teller: Teller) -> None:
    receiver.answers[:] = [404]
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url))
    teller.run()
    assert state(made) == "error"
    found = reads.subscription(journal, subscription_id=Subscription.objects.get().id)
    assert "404" in found.fault


def test_headers_are_sent_and_shown_to_nobody(
    journal: Actor, receiver: Receiver, teller: Teller
) -> None:
    secret = {"header": ["Authorization: Bearer hemlig"]}
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url, channel=secret))
    assert made["channel"]["header"] == ["Authorization: ***"]
    assert b"hemlig" not in bytes(Subscription.objects.get().headers)
    teller.run()
    assert receiver.headers[0]["Authorization"] == "Bearer hemlig"


def test_it_ends_at_its_end(journal: Actor, receiver: Receiver, teller: Teller) -> None:
    end = (NOW + timedelta(hours=1)).isoformat()
    made = subscribe(journal, asked(Topic.PLAN_CHANGED, receiver.url, end=end))
    teller.run()
    operations.sweep(teller.pass_(hours=1).actor())
    assert state(made) == "off"


# ── what has been told, once more ──


def test_events_are_told_again_by_number_through_the_gate(
    told: dict[str, Any], cast: Cast, journal: Actor, plan: PlanDetail, teller: Teller
) -> None:
    for number in range(1, 6):
        write(cast, plan, f"Version {number}", minutes=number)
    teller.pass_(minutes=6).run()
    subscription = Subscription.objects.get()
    found = reads.read_events(
        journal, subscription_id=subscription.id, since=2, until=4, level=None, reach=reach()
    )
    assert [one.number for one in found.events] == [2, 3, 4]
    assert found.subscription.events == 5
