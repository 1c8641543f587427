"""The county, Karin, and her plan, each made by doing the steps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverka.access.rules import ConsentForm, RelationKind
from samverka.careplans import operations as ops
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import OwnerKind, PlanKind, Term
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, NOW, Cast, make_person, relate

TODAY = NOW.date()


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    """Karin seeks the health centre; home health care and needs assessment have to do with her too."""
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, person)
    relate(cast.needs_assessor, person, RelationKind.INVESTIGATION)
    return person


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    """A SIP just begun at the health centre."""
    return ops.start_plan(
        cast.region_nurse,
        person_id=karin.id,
        kind=PlanKind.SIP,
        title="Karins plan",
        what_matters="Att kunna bo kvar hemma med katten.",
    )


@pytest.fixture
def written(cast: Cast, plan: PlanDetail) -> PlanDetail:
    """With a goal, activities of both sides, and all that the law asks for but consent."""
    nurse = cast.region_nurse
    made = ops.add_goal(nurse, plan_id=plan.id, words="Gå till affären själv", term=Term.SHORT)
    ops.add_activity(
        nurse,
        plan_id=plan.id,
        what="Läkemedelsgenomgång",
        owner=ops.Owner(unit_id=cast.units["health_centre"].id),
        goal_id=made.goals[0].id,
        due_on=TODAY + timedelta(days=10),
    )
    ops.add_activity(
        nurse,
        plan_id=plan.id,
        what="Hjälp med dusch",
        owner=ops.Owner(unit_id=cast.units["assessment"].id),
        due_on=TODAY + timedelta(days=5),
    )
    ops.add_activity(
        nurse,
        plan_id=plan.id,
        what="Går en runda varje dag",
        owner=ops.Owner(kind=OwnerKind.PERSON),
    )
    ops.set_no_others(nurse, plan_id=plan.id, nobody=True)
    ops.set_follow_up(nurse, plan_id=plan.id, day=TODAY + timedelta(days=90))
    region = cast.units["health_centre"].organisation_id
    return ops.set_responsible(nurse, plan_id=plan.id, organisation_id=region)


def given() -> ops.ConsentGiven:
    """Karin says yes."""
    return ops.ConsentGiven(given_by="Karin Åström", form=ConsentForm.ORAL)


@pytest.fixture
def shared(cast: Cast, written: PlanDetail) -> PlanDetail:
    """Shared with Krokom's needs assessment on Karin's consent."""
    return ops.share_plan(
        cast.region_nurse,
        plan_id=written.id,
        unit_ids=[cast.units["assessment"].id],
        consent=given(),
    )


@pytest.fixture
def active(cast: Cast, shared: PlanDetail) -> PlanDetail:
    """Established."""
    return ops.activate_plan(cast.region_nurse, plan_id=shared.id)


def taken_back(cast: Cast, shared: PlanDetail) -> PlanDetail:
    """Karin takes her consent back."""
    return ops.withdraw_sharing(cast.at(cast.region_nurse, hours=1), plan_id=shared.id, by="Karin")


def everything(plan: PlanDetail) -> str:
    """Every string that the page gets."""
    return repr(plan)
