"""Sent when somebody sends it; units of the same care provider that take part (PDL 4:1)."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from samverka.access import operations as access
from samverka.access.rules import BlockKind
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Term
from samverka.kernel.parameters import Key
from samverka.kernel.problems import NotFound, NotNow
from samverka.people.reads import PersonDetail, search_persons
from tests.careplans.conftest import taken_back
from tests.factories.cast import Cast, person_login

# ── sent when somebody sends it ──


@pytest.fixture
def sending(settings: Settings) -> None:
    settings.SAMVERKA_COUNTY = {**settings.SAMVERKA_COUNTY, str(Key.PLAN_GIVEN_AT_SAVE): 0}


def test_a_change_is_given_when_somebody_sends_it(
    cast: Cast, sending: None, shared: PlanDetail
) -> None:
    nurse, other = cast.region_nurse, cast.needs_assessor
    ops.add_goal(nurse, plan_id=shared.id, words="Ett", term=Term.SHORT)
    made = ops.add_goal(nurse, plan_id=shared.id, words="Två", term=Term.SHORT)
    ops.comment_plan(nurse, plan_id=shared.id, words="Ett ord")
    (receiver,) = made.unsent
    assert (receiver.name, receiver.unsent) == ("Krokoms omsorg", 2)
    seen = reads.plan(other, plan_id=shared.id)
    assert (seen.version, len(seen.goals), seen.comments) == (shared.version, 1, ())
    with pytest.raises(NotNow, match="inte är skickade"):
        ops.add_goal(other, plan_id=shared.id, words="Tre", term=Term.SHORT)
    sent = ops.send_plan(nurse, plan_id=shared.id)
    assert sent.unsent == ()
    seen = reads.plan(other, plan_id=shared.id)
    assert (seen.version, len(seen.goals), seen.may_edit) == (made.version, 3, True)
    assert [one.words for one in seen.comments] == ["Ett ord"]
    with pytest.raises(NotNow):
        ops.send_plan(nurse, plan_id=shared.id)
    # What the other side writes goes to those who keep the plan, and it has it itself.
    theirs = ops.add_goal(other, plan_id=shared.id, words="Tre", term=Term.SHORT)
    assert theirs.may_edit
    assert "Tre" in {one.words for one in reads.plan(nurse, plan_id=shared.id).goals}


def test_nothing_is_sent_without_consent(cast: Cast, sending: None, shared: PlanDetail) -> None:
    taken_back(cast, shared)
    with pytest.raises(NotNow):
        ops.send_plan(cast.at(cast.region_nurse, hours=2), plan_id=shared.id)


# ── units of the same care provider ──


def test_a_unit_of_the_same_care_provider_that_does_something_sees_that_plan_without_a_choice(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    """PDL 4:1. It takes part in that care; the active choice is about what one goes looking for."""
    ward, nurse = cast.ward_nurse, cast.region_nurse
    other = ops.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE, title="En annan plan")
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=plan.id)
    made = ops.add_activity(
        nurse, plan_id=plan.id, what="Provtagning", owner=ops.Owner(unit_id=cast.units["ward"].id)
    )
    seen = reads.plan(ward, plan_id=plan.id)
    assert (seen.title, seen.may_edit, seen.may_share) == ("Karins plan", True, False)
    assert Event.objects.order_by("-id").first().ground == "takes-part"
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=other.id)  # and nothing else
    done = ops.finish_activity(ward, activity_id=made.activities[0].id)
    party = next(one for one in done.parties if one.unit_id == ward.unit_id)
    ops.remove_party(nurse, party_id=party.id)
    with pytest.raises(NotFound):
        reads.plan(ward, plan_id=plan.id)
    assert search_persons(ward, text="Åström", number=None) == []


def test_taking_part_ends_when_it_is_undone(cast: Cast, plan: PlanDetail) -> None:
    made = ops.add_activity(
        cast.region_nurse,
        plan_id=plan.id,
        what="Provtagning",
        owner=ops.Owner(unit_id=cast.units["ward"].id),
    )
    ops.undo_change(cast.region_nurse, plan_id=plan.id, version=made.version)
    with pytest.raises(NotFound):
        reads.plan(cast.ward_nurse, plan_id=plan.id)


def test_a_block_stands_before_taking_part(
    cast: Cast, karin: PersonDetail, plan: PlanDetail
) -> None:
    ops.add_party(cast.region_nurse, plan_id=plan.id, unit_id=cast.units["ward"].id)
    assert reads.plan(cast.ward_nurse, plan_id=plan.id)
    access.set_block(
        person_login(karin),
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=plan.unit.provider_id,
        unit_id=plan.unit.id,
    )
    with pytest.raises(NotFound):
        reads.plan(cast.ward_nurse, plan_id=plan.id)
