"""A municipality's system hears that it has been asked, when the plan has been given to it and not before."""

from __future__ import annotations

from typing import Any

import pytest

from samverka.careplans import operations as plans
from samverka.careplans import reads as plan_reads
from samverka.kernel.actor import Actor
from samverka.subscriptions.rules import Topic
from tests.factories.cast import Cast
from tests.subscriptions.conftest import Receiver, Teller, asked, share, subscribe

pytestmark = pytest.mark.django_db


def test_the_one_who_is_asked_is_told(
    cast: Cast, plan: Any, omsorg: Actor, receiver: Receiver, teller: Teller
) -> None:
    unit = cast.units["assessment"]
    subscribe(omsorg, asked(Topic.TASK_ASSIGNED, url=receiver.url))
    teller.run()
    plans.add_activity(
        cast.region_nurse,
        plan_id=plan.id,
        what="Dusch",
        owner=plans.Owner(unit_id=unit.id),
    )
    teller.pass_(minutes=1).run()
    assert receiver.events == [], "nobody outside knows of the plan yet"
    share(cast, plan_reads.plan(cast.region_nurse, plan_id=plan.id))
    teller.pass_(minutes=2).run()
    known = plan_reads.plan(cast.region_nurse, plan_id=plan.id).tasks
    assert {place for _number, place in receiver.events} == {f"Task/{one.id}" for one in known}
    assert len(known) == 2
