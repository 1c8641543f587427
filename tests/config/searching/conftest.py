"""One person with a plan, and the nurse whose unit keeps it."""

from __future__ import annotations

import pytest

from samverka.careplans import operations as careplans
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Term
from samverka.people.reads import PersonDetail
from tests.factories.cast import KARINS_NUMBER, Cast, make_person
from tests.factories.fhir import FhirClient


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    return make_person(cast.region_nurse, identity=KARINS_NUMBER)


@pytest.fixture
def plan(cast: Cast, karin: PersonDetail) -> PlanDetail:
    nurse = cast.region_nurse
    made = careplans.start_plan(nurse, person_id=karin.id, kind=PlanKind.CARE)
    return careplans.add_goal(nurse, plan_id=made.id, words="Gå ut", term=Term.SHORT)


@pytest.fixture
def nurse(cast: Cast) -> FhirClient:
    return FhirClient(cast.region_nurse)
