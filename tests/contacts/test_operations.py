"""Times, visits, stays and referrals: received, noted, cancelled, and who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from samverka.access import operations as access
from samverka.access.rules import BlockKind, ConsentForm, ConsentKind, Protection
from samverka.audit.models import Event
from samverka.contacts import operations, reads
from samverka.contacts.rules import (
    BookingFacts,
    BookingStatus,
    ReferralFacts,
    StayFacts,
    VisitFacts,
    Way,
)
from samverka.kernel.problems import Invalid, NotAllowed, NotFound
from samverka.people.reads import PersonDetail
from tests.factories.cast import (
    KARIN,
    KARINS_NUMBER,
    NOW,
    Cast,
    make_person,
    person_login,
    relate,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BLOOD = BookingFacts(
    starts_at=NOW + DAY,
    ends_at=NOW + DAY + timedelta(minutes=20),
    what="Ta blodprov",
    place="Plan 2",
    practitioner="Lena Berg, distriktssköterska",
    bring="Ät inget på morgonen.",
)


@pytest.fixture
def cast(laid_county: Cast) -> Cast:
    return laid_county


@pytest.fixture
def karin(cast: Cast) -> PersonDetail:
    person = make_person(cast.region_nurse, identity=KARINS_NUMBER)
    relate(cast.municipal_nurse, person)
    return person


def receive(cast: Cast, person: PersonDetail, unit: str, facts: BookingFacts = BLOOD, **given):
    values = {"source": "cosmic", "source_id": "17"} | given
    return operations.receive_booking(
        cast.system, person_id=person.id, facts=facts, unit_id=cast.units[unit].id, **values
    )


def test_a_received_time_is_seen_by_the_unit_and_the_person(cast, karin) -> None:
    made = receive(cast, karin, "health_centre")
    (seen,) = reads.upcoming(cast.region_nurse, person_id=karin.id)
    assert (seen.id, seen.what, seen.bring) == (made.id, "Ta blodprov", "Ät inget på morgonen.")
    assert seen.unit is not None
    assert (seen.unit.name, seen.unit.phone_hours) == ("Krokoms hälsocentral", "vardagar 8–16")
    (own,) = reads.upcoming(person_login(karin), person_id=karin.id)
    assert own.place == "Plan 2"


def test_the_same_again_changes_nothing_and_a_change_is_taken_in(cast, karin) -> None:
    first = receive(cast, karin, "health_centre")
    again = receive(cast, karin, "health_centre")
    assert (again.id, again.version) == (first.id, 1)
    moved = receive(
        cast, karin, "health_centre", replace(BLOOD, starts_at=NOW + 2 * DAY, ends_at=None)
    )
    assert (moved.id, moved.version) == (first.id, 2)
    assert len(reads.upcoming(cast.region_nurse, person_id=karin.id)) == 1
    assert [
        line.detail["change"]
        for line in Event.objects.filter(action="contact.receive").order_by("id")
    ] == ["new", "same", "changed"]


def test_two_sources_may_use_the_same_number(cast, karin) -> None:
    receive(cast, karin, "health_centre", source="a")
    receive(cast, karin, "health_centre", source="b")
    assert len(reads.upcoming(cast.region_nurse, person_id=karin.id)) == 2


def test_a_source_cannot_move_a_time_to_another_person_or_provider(cast, karin) -> None:
    receive(cast, karin, "health_centre")
    other = make_person(cast.region_nurse, replace(KARIN, given_name="Gun"))
    with pytest.raises(Invalid):
        receive(cast, other, "health_centre")
    with pytest.raises(Invalid):
        receive(cast, karin, "home_health")


def test_an_end_before_the_start_goes_nowhere(cast, karin) -> None:
    with pytest.raises(Invalid):
        receive(cast, karin, "health_centre", replace(BLOOD, ends_at=NOW))
    assert reads.timeline(cast.region_nurse, person_id=karin.id).empty


def test_an_import_must_name_the_unit(cast, karin) -> None:
    with pytest.raises(Invalid) as refused:
        operations.receive_booking(cast.system, person_id=karin.id, facts=BLOOD)
    assert refused.value.where == "unit"


def test_staff_note_only_for_the_own_unit(cast, karin) -> None:
    with pytest.raises(NotAllowed):
        operations.receive_booking(
            cast.region_nurse,
            person_id=karin.id,
            facts=BLOOD,
            unit_id=cast.units["ward"].id,
        )


def test_one_who_only_reads_may_not_note(cast, karin) -> None:
    with pytest.raises(NotAllowed):
        operations.book_time(cast.home_care, person_id=karin.id, facts=BLOOD)


def test_a_stranger_may_neither_note_nor_see(cast, karin) -> None:
    receive(cast, karin, "health_centre")
    with pytest.raises(NotFound):
        operations.book_time(cast.stranger, person_id=karin.id, facts=BLOOD)
    assert reads.timeline(cast.stranger, person_id=karin.id).empty
    with pytest.raises(NotFound):
        reads.person_times(cast.stranger, person_id=karin.id)


def test_the_other_side_sees_by_consent_only(cast, karin) -> None:
    receive(cast, karin, "health_centre")
    assert reads.timeline(cast.municipal_nurse, person_id=karin.id).empty
    access.give_consent(
        cast.municipal_nurse,
        person_id=karin.id,
        kind=ConsentKind.SVOD,
        reader_providers=[cast.municipal_nurse.provider_id],
        form=ConsentForm.ORAL,
        given_by="Karin",
    )
    assert len(reads.upcoming(cast.municipal_nurse, person_id=karin.id)) == 1


def test_another_unit_of_the_same_provider_chooses_and_a_block_closes(cast, karin) -> None:
    receive(cast, karin, "health_centre")
    relate(cast.ward_nurse, karin)
    assert reads.upcoming(cast.ward_nurse, person_id=karin.id) == []
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    assert len(reads.upcoming(cast.ward_nurse, person_id=karin.id)) == 1
    access.set_block(
        person_login(karin),
        person_id=karin.id,
        kind=BlockKind.INNER,
        provider_id=cast.region_nurse.provider_id,
        unit_id=cast.region_nurse.unit_id,
    )
    assert reads.upcoming(cast.ward_nurse, person_id=karin.id) == []


def test_places_of_a_protected_person_are_left_out(cast) -> None:
    facts = replace(KARIN, protection=Protection.SECRECY_MARK)
    person = make_person(cast.region_nurse, facts)
    relate(cast.ward_nurse, person)
    receive(cast, person, "health_centre", replace(BLOOD, way=Way.HOME, place="Backvägen 4"))
    receive_all(cast, person)
    access.make_choice(cast.ward_nurse, person_id=person.id)

    far = reads.timeline(cast.ward_nurse, person_id=person.id)
    shown: list[Any] = [*far.upcoming, *far.visits, *far.stays, *far.referrals]
    for one in shown:
        if one.unit is not None:
            assert one.unit.id == cast.ward_nurse.unit_id
    assert far.upcoming[0].unit is None
    assert far.upcoming[0].place == far.upcoming[0].practitioner == ""

    near = reads.timeline(cast.region_nurse, person_id=person.id)
    assert near.upcoming[0].unit is not None  # one knows one's own unit
    assert near.upcoming[0].place == ""  # but the address stays unsaid

    chosen = reads.timeline(cast.physician, person_id=person.id)
    assert chosen.upcoming[0].place == "Backvägen 4"
    own = reads.timeline(person_login(person), person_id=person.id)
    assert own.upcoming[0].place == "Backvägen 4"


def receive_all(cast: Cast, person: PersonDetail) -> None:
    given: dict[str, Any] = {
        "person_id": person.id,
        "unit_id": cast.units["ward"].id,
        "source": "cosmic",
    }
    operations.receive_visit(
        cast.system,
        facts=VisitFacts(starts_at=NOW - DAY, what="Akutbesök", place="Akuten"),
        source_id="v1",
        **given,
    )
    operations.receive_stay(
        cast.system,
        facts=StayFacts(admitted_at=NOW - DAY, ward="Avdelning 3", reason="Lunginflammation"),
        source_id="s1",
        **given,
    )
    operations.receive_referral(
        cast.system,
        facts=ReferralFacts(issued_at=NOW - DAY, what="Röntgen", to_whom="Röntgen Östersund"),
        source_id="r1",
        **given,
    )


def test_the_timeline_holds_all_four_and_a_stay_ends(cast, karin) -> None:
    receive_all(cast, karin)
    own = person_login(karin)
    found = reads.timeline(own, person_id=karin.id)
    assert (len(found.visits), len(found.stays), len(found.referrals)) == (1, 1, 1)
    assert found.ongoing is not None
    assert found.ongoing.reason == "Lunginflammation"
    assert found.visits[0].place == "Akuten"
    assert found.referrals[0].to_whom == "Röntgen Östersund"
    operations.receive_stay(
        cast.system,
        person_id=karin.id,
        unit_id=cast.units["ward"].id,
        source="cosmic",
        source_id="s1",
        facts=replace(
            StayFacts(admitted_at=NOW - DAY, ward="Avdelning 3", reason="Lunginflammation"),
            discharged_at=NOW,
        ),
    )
    assert reads.timeline(own, person_id=karin.id).ongoing is None


def test_what_was_shown_is_one_line_for_each_ground(cast, karin) -> None:
    receive_all(cast, karin)
    made = receive(cast, karin, "health_centre")
    relate(cast.ward_nurse, karin)
    access.make_choice(cast.ward_nurse, person_id=karin.id)
    reads.timeline(cast.ward_nurse, person_id=karin.id)
    lines = {line.ground: line for line in Event.objects.filter(action="contact.list")}
    assert set(lines) == {"care-relation", "other-unit"}
    assert lines["other-unit"].object_ids == [str(made.id)]
    assert lines["care-relation"].detail["kinds"] == ["Referral", "Stay", "Visit"]
    assert {line.person_id for line in lines.values()} == {str(karin.id)}


def test_an_empty_answer_is_a_line_too(cast, karin) -> None:
    reads.timeline(cast.region_nurse, person_id=karin.id)
    (line,) = Event.objects.filter(action="contact.list")
    assert (line.person_id, line.detail) == (str(karin.id), {"shown": 0})


def test_book_cancel_and_take_back(cast, karin) -> None:
    made = operations.book_time(cast.region_nurse, person_id=karin.id, facts=BLOOD)
    assert made.may_cancel
    done = operations.cancel_booking(cast.region_nurse, booking_id=made.id, reason="Sjuk")
    assert done.status is BookingStatus.CANCELLED
    assert reads.upcoming(cast.region_nurse, person_id=karin.id) == []
    back = operations.restore_booking(cast.region_nurse, booking_id=made.id)
    assert back.status is BookingStatus.BOOKED
    assert back.version == 3


def test_a_received_time_and_another_units_time_cannot_be_cancelled_here(cast, karin) -> None:
    received = receive(cast, karin, "health_centre")
    with pytest.raises(NotAllowed):
        operations.cancel_booking(cast.region_nurse, booking_id=received.id)
    own = operations.book_time(cast.region_nurse, person_id=karin.id, facts=BLOOD)
    with pytest.raises(NotFound):
        operations.cancel_booking(cast.municipal_nurse, booking_id=own.id)
    with pytest.raises(NotAllowed):
        operations.cancel_booking(person_login(karin), booking_id=own.id)


def test_the_timeline_is_one_query(cast, karin, django_assert_max_num_queries) -> None:
    receive_all(cast, karin)
    with django_assert_max_num_queries(7):  # savepoint ×2, row security, standing ×2, rows, trail
        reads.timeline(cast.region_nurse, person_id=karin.id)
