"""Why a plan that holds is changed, asked in the form that changes it; a draft does not ask."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import WHY_LENGTH, ContactKind
from samverka.kernel.actor import Actor
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db

WHY = "Karin orkar mer än vi trodde."


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _forms(plan: PlanDetail) -> dict[str, dict[str, str]]:
    """The address of each form, and what is sent."""
    goal, activity = plan.goals[0], plan.activities[0]
    new_goal = {"words": "Orka mer", "term": "short"}
    new_activity = {"what": "Simma", "owner": "person"}
    return {
        reverse("careplans:edit_section", args=[plan.id, "strengths"]): {"text": "Envis."},
        reverse("careplans:goal_new", args=[plan.id]): new_goal,
        reverse("careplans:goal_edit", args=[plan.id, goal.id]): new_goal,
        reverse("careplans:activity_new", args=[plan.id]): new_activity,
        reverse("careplans:activity_edit", args=[plan.id, activity.id]): new_activity
        | {"status": "ongoing"},
    }


@pytest.mark.parametrize("number", range(5))
def test_the_reason_is_kept_with_the_version_that_was_made(
    cast: Cast, active: PlanDetail, number: int
) -> None:
    nurse = cast.region_nurse
    client = log_in(nurse)
    address, body = list(_forms(active).items())[number]
    assert 'name="why"' in client.get(address).content.decode()
    sent = body | {"version": _version(active, address), "why": WHY}
    assert client.post(address, sent).status_code == 302
    newest = reads.history(nurse, plan_id=active.id).versions[0]
    assert (newest.number, newest.why) == (active.version + 1, WHY)
    compared = reverse("careplans:compare", args=[active.id])
    shown = client.get(f"{compared}?fran={active.version}&till={newest.number}").content.decode()
    assert WHY in shown


def _version(plan: PlanDetail, address: str) -> str:
    versions = {str(one.id): one.version for one in plan.goals}
    versions |= {str(one.id): one.version for one in plan.activities}
    return str(next((one for key, one in versions.items() if key in address), plan.version))


def test_nobody_has_to_say_why(cast: Cast, active: PlanDetail) -> None:
    client, nurse = log_in(cast.region_nurse), cast.region_nurse
    address = reverse("careplans:goal_new", args=[active.id])
    assert client.post(address, {"words": "Orka mer", "term": "short"}).status_code == 302
    newest = reads.history(nurse, plan_id=active.id).versions[0]
    assert (newest.why, newest.may_explain) == ("", True)


def test_too_long_a_reason_changes_nothing_and_stands_in_the_form(
    cast: Cast, active: PlanDetail
) -> None:
    client, long = log_in(cast.region_nurse), "x" * (WHY_LENGTH + 1)
    address = reverse("careplans:goal_new", args=[active.id])
    answer = client.post(address, {"words": "Orka mer", "term": "short", "why": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert reads.plan(cast.region_nurse, plan_id=active.id).version == active.version


def test_a_draft_does_not_ask(cast: Cast, written: PlanDetail) -> None:
    client = log_in(cast.region_nurse)
    for address in _forms(written):
        assert 'name="why"' not in client.get(address).content.decode(), address


def test_units_of_the_persons_contacts_come_first(cast: Cast, plan: PlanDetail) -> None:
    nurse, home_care = cast.region_nurse, cast.municipal_nurse
    unit = home_care.unit_id
    assert unit not in reads.person_requests(nurse, person_id=plan.person_id).near
    kind = ContactKind.FAST_VARDKONTAKT
    ops.appoint_contact(home_care, person_id=plan.person_id, kind=kind)
    assert unit in reads.person_requests(nurse, person_id=plan.person_id).near
    assert unit in reads.consent_question(nurse, plan_id=plan.id).near
    asked = _page(nurse, "ask", plan.person_id)
    before, _heading, rest = asked.partition("Har med personen att göra")
    assert f'value="{unit}"' in rest.partition("</optgroup>")[0]
    assert f'value="{unit}"' not in before
    shown = _page(nurse, "consent_ask", plan.id).partition("<main")[2]
    ticked, _folded, rest = shown.partition('<details class="reveal')
    assert f'value="{unit}"' in ticked
    assert f'value="{unit}"' not in rest


def _page(actor: Actor, name: str, key: UUID) -> str:
    return log_in(actor).get(reverse(f"careplans:{name}", args=[key])).content.decode()
