"""A carer's own plan: linked to that of the one cared for, and a reader of the one learns nothing of the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from samverka.access.rules import RelationKind
from samverka.audit.models import Event
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import CarerLink
from samverka.careplans.reads import PlanDetail
from samverka.careplans.rules import Group, PlanKind
from samverka.kernel.problems import NotFound, NotNow
from samverka.people.operations import PersonFacts
from samverka.people.reads import PersonDetail
from samverka.resources.models import Version
from tests.factories.browser import log_in
from tests.factories.cast import NOW, Cast, make_person, person_login

BERTIL = PersonFacts(given_name="Bertil", family_name="Quist")


@pytest.fixture
def bertil(cast: Cast) -> PersonDetail:
    """Karin's neighbour, who helps her. Social services know of him; the health centre does not."""
    return make_person(cast.needs_assessor, BERTIL, relation=RelationKind.INVESTIGATION)


@pytest.fixture
def own(cast: Cast, bertil: PersonDetail) -> PlanDetail:
    """Bertil's own plan as a carer."""
    return ops.start_plan(
        cast.needs_assessor, person_id=bertil.id, kind=PlanKind.CARER, title="Stöd till Bertil",
        template=Group.CARERS,
    )  # fmt: skip


@pytest.fixture
def linked(cast: Cast, own: PlanDetail, shared: PlanDetail) -> PlanDetail:
    """Linked to Karin's plan, which was shared with social services."""
    return ops.link_carer(cast.needs_assessor, plan_id=own.id, cared_plan_id=shared.id)


def test_one_who_may_see_both_sees_the_link_from_both_sides(
    cast: Cast, linked: PlanDetail, shared: PlanDetail
) -> None:
    assessor = cast.needs_assessor
    (cared,) = reads.carer_plans(assessor, plan_id=linked.id).linked
    (carer,) = reads.carer_plans(assessor, plan_id=shared.id).carers
    assert (cared.id, carer.id) == (shared.id, linked.id)


def test_one_who_sees_only_the_one_learns_nothing_of_the_other(
    cast: Cast, karin: PersonDetail, bertil: PersonDetail, linked: PlanDetail, shared: PlanDetail
) -> None:
    for actor, plan in (
        (cast.region_nurse, shared),
        (person_login(karin), shared),
        (person_login(bertil, "bertil"), linked),
    ):
        found = reads.carer_plans(actor, plan_id=plan.id)
        assert found == reads.CarerPlans((), ())
    with pytest.raises(NotFound):
        reads.carer_plans(cast.region_nurse, plan_id=linked.id)
    with pytest.raises(NotFound):
        reads.plan(person_login(bertil, "bertil"), plan_id=shared.id)
    assert [one.id for one in reads.list_plans(cast.region_nurse, person_id=karin.id)] == [
        shared.id
    ]


def test_no_line_of_the_log_names_the_other(
    cast: Cast, karin: PersonDetail, bertil: PersonDetail, linked: PlanDetail, shared: PlanDetail
) -> None:
    reads.carer_plans(cast.needs_assessor, plan_id=linked.id)
    ops.unlink_carer(cast.needs_assessor, plan_id=linked.id, cared_plan_id=shared.id)
    for person, other, others_plan in ((karin, bertil, linked), (bertil, karin, shared)):
        for line in Event.objects.filter(person_id=str(person.id)):
            told = f"{line.object_ids} {line.detail}"
            assert str(other.id) not in told
            assert str(others_plan.id) not in told
            assert other.family_name not in told


def test_nothing_of_the_link_is_published_or_kept_in_a_version(
    cast: Cast, bertil: PersonDetail, karin: PersonDetail, linked: PlanDetail, shared: PlanDetail
) -> None:
    kept = "".join(Version.objects.filter(person_id=karin.id).values_list("text", flat=True))
    assert kept
    assert str(linked.id) not in kept
    assert "Quist" not in kept


def test_only_a_carers_plan_is_linked_and_once(
    cast: Cast, linked: PlanDetail, shared: PlanDetail, own: PlanDetail
) -> None:
    assessor = cast.needs_assessor
    with pytest.raises(NotNow, match="redan"):
        ops.link_carer(assessor, plan_id=own.id, cared_plan_id=shared.id)
    with pytest.raises(NotNow, match="Bara en plan"):
        ops.link_carer(assessor, plan_id=shared.id, cared_plan_id=own.id)
    with pytest.raises(NotFound):
        ops.link_carer(cast.region_nurse, plan_id=own.id, cared_plan_id=shared.id)
    ops.unlink_carer(assessor, plan_id=own.id, cared_plan_id=shared.id)
    with pytest.raises(NotNow, match="inte kopplade"):
        ops.unlink_carer(assessor, plan_id=own.id, cared_plan_id=shared.id)
    assert CarerLink.objects.get().ended_by == "Sara Ek"


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("friday")
def test_pages_and_search_tell_nothing(
    cast: Cast, karin: PersonDetail, linked: PlanDetail, shared: PlanDetail
) -> None:
    nurse = log_in(cast.region_nurse)
    for name in ("plan", "print", "versions", "carer"):
        text = nurse.get(reverse(f"careplans:{name}", args=[shared.id])).content.decode()
        assert "Quist" not in text, name
        assert "Bertil" not in text, name
        assert str(linked.id) not in text, name
        assert nurse.get(reverse(f"careplans:{name}", args=[linked.id])).status_code == 404, name
    text = nurse.get(reverse("careplans:list", args=[karin.id])).content.decode()
    assert "Bertil" not in text
    her = log_in(person_login(karin))
    assert "Bertil" not in her.get(reverse("careplans:plan", args=[shared.id])).content.decode()
    assessor = log_in(cast.needs_assessor)
    assert "Karin" in assessor.get(reverse("careplans:carer", args=[linked.id])).content.decode()
    assert "Karin" not in assessor.get(reverse("careplans:plan", args=[linked.id])).content.decode()
