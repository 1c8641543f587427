"""A yes to SVOD does not show of a plan more than was disclosed to the reader's party (PDL 3:11, SVOD 3:7)."""

from __future__ import annotations

import pytest

from samverka.access.operations import give_consent
from samverka.access.rules import ConsentForm, ConsentKind
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import PlanKind, Section
from samverka.kernel.problems import NotFound
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.careplans.conftest import everything, taken_back
from tests.factories.cast import Cast

LATER = "Skrivet efter att Karin tog tillbaka sitt ja"


@pytest.fixture
def yes_to_all(cast: Cast, karin: PersonDetail) -> None:
    """Karin lets both of Krokom's care providers read by SVOD."""
    readers = [cast.municipal_nurse.provider_id, cast.needs_assessor.provider_id]
    give_consent(
        cast.region_nurse,
        person_id=karin.id,
        kind=ConsentKind.SVOD,
        reader_providers=[one for one in readers if one],
        given_by="Karin",
        form=ConsentForm.ORAL,
    )


@pytest.mark.usefixtures("yes_to_all")
def test_what_is_written_after_a_yes_was_taken_back_is_read_by_no_other(
    cast: Cast, shared: PlanDetail
) -> None:
    taken_back(cast, shared)
    nurse = cast.at(cast.region_nurse, hours=2)
    now = reads.plan(nurse, plan_id=shared.id)
    ops.write_section(
        nurse, plan_id=shared.id, section=Section.IF_WORSE, text=LATER, version=now.version
    )
    named = cast.at(cast.needs_assessor, hours=3)
    kept = reads.plan(named, plan_id=shared.id)
    assert LATER not in everything(kept)
    assert kept.given is not None
    assert not kept.given.live
    assert LATER not in repr(reads.history(named, plan_id=shared.id))
    never = cast.at(cast.municipal_nurse, hours=3)
    for reading in (reads.plan, reads.history):
        with pytest.raises(NotFound):
            reading(never, plan_id=shared.id)
    listed = reads.list_plans(never, person_id=shared.person.id)
    assert [one.id for one in listed] == []


@pytest.mark.usefixtures("yes_to_all")
def test_the_shelf_opens_it_to_no_other_either(cast: Cast, shared: PlanDetail) -> None:
    found = Resource.objects.filter(person_id=shared.person.id, kind__in=["CarePlan", "Goal"])
    assert found.exists()
    assert not found.filter(published=True).exists()


@pytest.mark.usefixtures("yes_to_all")
def test_a_plan_that_one_makes_for_its_own_work_is_read_by_svod(
    cast: Cast, karin: PersonDetail
) -> None:
    own = ops.start_plan(
        cast.region_nurse, person_id=karin.id, kind=PlanKind.CARE, title="Vårdcentralens plan"
    )
    assert reads.plan(cast.municipal_nurse, plan_id=own.id).title == "Vårdcentralens plan"
