"""Whose questions are at hand: chosen with the yes to a request, changed while the plan is begun; why it was asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail, RequestDetail
from samverka.careplans.rules import Group
from samverka.kernel.problems import Invalid, NotAllowed, NotNow
from samverka.people.reads import PersonDetail
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, person_login

pytestmark = pytest.mark.django_db

WHY = "Han ramlar ofta och vågar inte gå ut."


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked(cast: Cast, karin: PersonDetail) -> RequestDetail:
    return ops.ask_for_plan(cast.region_nurse, person_id=karin.id, reason=WHY)


def test_a_yes_takes_the_group_and_the_plan_says_why(cast: Cast, asked: RequestDetail) -> None:
    client = log_in(cast.region_nurse)
    url = reverse("careplans:request", args=[asked.id])
    assert 'name="template"' in client.get(url).content.decode()
    assert client.post(url, {"template": "elderly"}).status_code == 302
    made = reads.plan_request(cast.region_nurse, request_id=asked.id).request
    assert made.plan_id is not None
    plan = reads.plan(cast.region_nurse, plan_id=made.plan_id)
    assert plan.template is Group.ELDERLY
    shown = client.get(reverse("careplans:plan", args=[plan.id])).content.decode()
    assert "Varför planen begärdes" in shown
    assert WHY in shown
    assert "Byt grupp" in shown


def test_only_those_who_see_the_request_read_why(
    cast: Cast, shared: PlanDetail, karin: PersonDetail
) -> None:
    asked = ops.ask_for_plan(cast.region_nurse, person_id=karin.id, reason=WHY)
    ops.accept_request(cast.region_nurse, request_id=asked.id, plan_id=shared.id)
    url = reverse("careplans:plan", args=[shared.id])
    seen = {
        name: WHY in log_in(actor).get(url).content.decode()
        for name, actor in (
            ("own", cast.region_nurse),
            ("other", cast.needs_assessor),
            ("person", person_login(karin)),
        )
    }
    assert seen == {"own": True, "other": False, "person": True}


def test_the_group_is_changed_while_the_plan_is_begun(cast: Cast, plan: PlanDetail) -> None:
    client, url = log_in(cast.region_nurse), reverse("careplans:group", args=[plan.id])
    page = client.get(reverse("careplans:plan", args=[plan.id])).content.decode()
    assert url in page
    assert 'name="template"' in client.get(url).content.decode()
    for chosen in (Group.ELDERLY, Group.ADDICTION, None):
        assert client.post(url, {"template": chosen or ""}).status_code == 302
        found = reads.plan(cast.region_nurse, plan_id=plan.id)
        assert (found.template, found.version) == (chosen, plan.version)


def test_a_group_that_cannot_be_chosen_is_said(cast: Cast, plan: PlanDetail) -> None:
    nurse = cast.region_nurse
    with pytest.raises(Invalid):
        ops.choose_template(nurse, plan_id=plan.id, template=Group.CARERS)
    url = reverse("careplans:group", args=[plan.id])
    assert log_in(nurse).post(url, {"template": "carers"}).status_code == 422
    assert reads.plan(nurse, plan_id=plan.id).template is None


def test_a_plan_that_holds_or_is_kept_by_others_keeps_its_questions(
    cast: Cast, shared: PlanDetail
) -> None:
    with pytest.raises(NotAllowed, match="håller i planen"):
        ops.choose_template(cast.needs_assessor, plan_id=shared.id, template=Group.ELDERLY)
    ops.activate_plan(cast.region_nurse, plan_id=shared.id)
    with pytest.raises(NotNow, match="gäller redan"):
        ops.choose_template(cast.region_nurse, plan_id=shared.id, template=Group.ELDERLY)
