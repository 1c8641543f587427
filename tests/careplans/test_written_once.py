"""A yes is written once: to hand out and to call begin from it; versions as the person reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.people.reads import PersonDetail
from tests.careplans.test_pages import address, shown
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def said_yes(cast: Cast, karin: PersonDetail, plan: PlanDetail) -> PlanDetail:
    """Karin has said yes on her own page to home health care, which does not take part yet."""
    ops.ask_consent(
        cast.region_nurse,
        plan_id=plan.id,
        unit_ids=[cast.units["home_health"].id],
        covers="Planen",
    )
    ops.answer_consent(person_login(karin), plan_id=plan.id, yes=True)
    return plan


def test_handing_out_does_not_ask_again(cast: Cast, said_yes: PlanDetail) -> None:
    url = reverse("careplans:share", args=[said_yes.id])
    name = cast.units["home_health"].name
    client = log_in(cast.region_nurse)
    assert f"Lämna ut till {name}" in shown(client, url)
    client.post(url, {"consented": "1"})
    made = reads.plan(cast.region_nurse, plan_id=said_yes.id)
    assert [one.name for one in made.parties if one.shared] == [name]
    assert f"Lämna ut till {name}" not in shown(client, url)


def test_the_call_begins_with_those_who_may_know(cast: Cast, said_yes: PlanDetail) -> None:
    page = shown(log_in(cast.region_nurse), address("meeting_new", said_yes.id))
    key = cast.units["home_health"].id
    (box,) = [part for part in page.split("<input")[1:] if str(key) in part]
    assert "checked" in box.split(">")[0]


def test_the_person_reads_first_what_came_since_the_plan_began_to_hold(
    karin: PersonDetail, active: PlanDetail
) -> None:
    page = shown(log_in(person_login(karin)), address("versions", active.id))
    assert page.index("Fastställde planen") < page.index("Innan planen började gälla")
    assert page.index("Innan planen började gälla") < page.index("Lämnade ut planen")
