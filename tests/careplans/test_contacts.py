"""Fast vårdkontakt, fast läkarkontakt and main contact (PL 6:2–3, FVK-1–4, FLK-1–2)."""

from __future__ import annotations

import pytest

from samverka.access import operations as access
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, RelationKind
from samverka.careplans import operations as ops
from samverka.careplans import reads
from samverka.careplans.models import CareContact
from samverka.careplans.reads import CareContactDetail, PlanDetail
from samverka.careplans.rules import ContactKind
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Invalid, NotAllowed, NotFound, NotNow
from samverka.people.reads import PersonDetail
from samverka.resources.models import Resource
from tests.factories.cast import Cast, person_login, relate


def appoint(actor: Actor, person: PersonDetail, kind: ContactKind) -> CareContactDetail:
    return ops.appoint_contact(actor, person_id=person.id, kind=kind)


def names(actor: Actor, person: PersonDetail) -> set[str]:
    return {one.name for one in reads.list_contacts(actor, person_id=person.id)}


def test_a_fast_vardkontakt_is_appointed_and_seen_by_all_who_may_know_of_the_person(
    cast: Cast, karin: PersonDetail
) -> None:
    made = appoint(cast.region_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    assert (made.name, made.profession, made.unit_name, made.phone, made.phone_hours) == (
        "Lena Berg",
        "Distriktssköterska",
        "Krokoms hälsocentral",
        "08-465 004 10",
        "vardagar 8–16",
    )
    for reader in (
        cast.region_nurse,
        cast.municipal_nurse,
        cast.needs_assessor,
        person_login(karin),
    ):
        assert names(reader, karin) == {"Lena Berg"}
    assert names(cast.stranger, karin) == set()
    team = Resource.objects.get(kind="CareTeam", local_id=str(made.id))
    assert team.person_id == karin.id


def test_several_units_can_each_have_one(cast: Cast, karin: PersonDetail) -> None:
    appoint(cast.region_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    appoint(cast.municipal_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    assert names(cast.region_nurse, karin) == {"Lena Berg", "Mats Öberg"}


def test_a_unit_has_one_and_a_new_one_takes_over(cast: Cast, karin: PersonDetail) -> None:
    first = appoint(cast.region_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    with pytest.raises(NotNow):
        appoint(cast.region_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    ops.appoint_contact(
        cast.region_nurse,
        person_id=karin.id,
        kind=ContactKind.FAST_VARDKONTAKT,
        assignment_id=cast.physician.assignment_id,
    )
    assert names(cast.region_nurse, karin) == {"Anna Lund"}
    former = CareContact.objects.get(id=first.id)
    assert (former.until, former.ended_by) == (cast.region_nurse.at, "Lena Berg")


def test_the_fast_lakarkontakt_is_a_doctor_where_the_person_is_listed(
    cast: Cast, karin: PersonDetail
) -> None:
    with pytest.raises(NotNow):
        appoint(cast.region_nurse, karin, ContactKind.FAST_LAKARKONTAKT)
    made = appoint(cast.physician, karin, ContactKind.FAST_LAKARKONTAKT)
    assert made.name == "Anna Lund"


def test_only_the_own_units_staff_are_appointed_and_ended(cast: Cast, karin: PersonDetail) -> None:
    with pytest.raises(Invalid):
        ops.appoint_contact(
            cast.region_nurse,
            person_id=karin.id,
            kind=ContactKind.MAIN,
            assignment_id=cast.municipal_nurse.assignment_id,
        )
    made = appoint(cast.region_nurse, karin, ContactKind.MAIN)
    with pytest.raises(NotAllowed):
        ops.end_contact(cast.municipal_nurse, contact_id=made.id)
    ended = ops.end_contact(cast.region_nurse, contact_id=made.id)
    assert ended.until == cast.region_nurse.at
    with pytest.raises(NotNow):
        ops.end_contact(cast.region_nurse, contact_id=made.id)
    assert names(cast.region_nurse, karin) == set()


def test_a_stranger_the_person_and_support_staff_appoint_nobody(
    cast: Cast, karin: PersonDetail
) -> None:
    access.open_relation(
        cast.system,
        person_id=karin.id,
        kind=RelationKind.SOCIAL_SERVICE,
        unit_id=cast.units["home_care"].id,
        provider_id=cast.units["home_care"].provider_id,
    )
    with pytest.raises(NotFound):
        appoint(cast.stranger, karin, ContactKind.MAIN)
    with pytest.raises(NotAllowed):
        appoint(cast.home_care, karin, ContactKind.MAIN)
    with pytest.raises(NotAllowed):
        appoint(person_login(karin), karin, ContactKind.MAIN)


def test_that_ifo_has_to_do_with_someone_is_never_told_by_a_contact(
    cast: Cast, karin: PersonDetail
) -> None:
    relate(cast.ifo_officer, karin)
    with pytest.raises(NotNow):
        appoint(cast.ifo_officer, karin, ContactKind.MAIN)


def test_a_contact_in_social_services_is_shown_to_care_only_by_consent(
    cast: Cast, karin: PersonDetail
) -> None:
    appoint(cast.needs_assessor, karin, ContactKind.MAIN)
    assert names(person_login(karin), karin) == {"Sara Ek"}
    assert names(cast.needs_assessor, karin) == {"Sara Ek"}
    assert names(cast.region_nurse, karin) == set()
    access.give_consent(
        cast.region_nurse,
        person_id=karin.id,
        kind=ConsentKind.SVOD,
        reader_providers=[cast.units["health_centre"].provider_id],
        form=ConsentForm.ORAL,
        given_by="Karin",
    )
    assert names(cast.region_nurse, karin) == {"Sara Ek"}


def test_the_contact_of_a_party_is_seen_in_the_plan(
    cast: Cast, karin: PersonDetail, written: PlanDetail
) -> None:
    appoint(cast.needs_assessor, karin, ContactKind.MAIN)
    seen = reads.plan(cast.region_nurse, plan_id=written.id)
    assert {one.name for one in seen.contacts} == {"Sara Ek"}


def test_a_contact_behind_a_block_is_not_shown(cast: Cast, karin: PersonDetail) -> None:
    appoint(cast.municipal_nurse, karin, ContactKind.FAST_VARDKONTAKT)
    access.set_block(
        cast.municipal_nurse,
        person_id=karin.id,
        kind=BlockKind.OUTER,
        provider_id=cast.units["home_health"].provider_id,
    )
    assert names(cast.region_nurse, karin) == set()
    assert names(cast.municipal_nurse, karin) == {"Mats Öberg"}
